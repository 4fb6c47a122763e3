"""A Chromium, and a page that remembers everything that went wrong on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Should a page ask an outside host after all, the answer does not depend on the network.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium; nothing is downloaded."""
    found = os.environ.get("FMCATALOG_CHROMIUM") or "/usr/bin/chromium"
    program = shutil.which(found) or shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the browser tests may not be left out in CI")
        pytest.skip("no Chromium; FMCATALOG_CHROMIUM names another program")
    return program


@pytest.fixture(scope="session")
def flags() -> list[str]:
    return FLAGS


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


SMALL_PRINT = """() => [...document.querySelectorAll("main svg text")]
  .filter((t) => t.getClientRects().length)
  .filter((t) => {
    const m = t.getScreenCTM();
    const scale = Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
    return parseFloat(getComputedStyle(t).fontSize) * scale < 8.5;
  })
  .map((t) => t.textContent)"""


@dataclass
class Probe:
    """A page, and what was heard from it.

    Attributes:
        page: The page of the browser.
        console: Errors and warnings on its console.
        errors: Exceptions that nobody caught.
        asked: All that was asked for.
        outside: Requests to other hosts than this machine.
        failed: Answers of 400 and above, and requests without an answer.
    """

    page: Page
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        self.page.on("requestfailed", self._failed)

    def open(self, address: str) -> Response:
        """Open an address and give its scripts a moment after all has been loaded."""
        response = self.page.goto(address, wait_until="load")
        assert response is not None
        self.page.wait_for_timeout(100)
        return response

    def tab_to(self, selector: str, *, most: int = 60) -> None:
        """Goes to an element as somebody does who has no mouse."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"{selector} is not reached with {most} presses of Tab")

    def small_print(self) -> list[str]:
        """Words of drawings that are below 8.5 px as they stand on this screen."""
        found: list[str] = self.page.evaluate(SMALL_PRINT)
        return found

    def trouble(self) -> dict[str, list[str]]:
        """All that was heard; empty when the page is well."""
        heard = {
            "console": self.console,
            "errors": self.errors,
            "outside": self.outside,
            "failed": self.failed,
        }
        return {kind: what for kind, what in heard.items() if what}

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.console.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        where = urlsplit(request.url)
        if where.scheme not in {"data", "blob"} and where.hostname != "127.0.0.1":
            self.outside.append(request.url)

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def _failed(self, request: Request) -> None:
        # Going to the next address breaks off what the page before was still fetching.
        if "ERR_ABORTED" in (request.failure or ""):
            return
        self.failed.append(f"{request.failure} {request.url}")


PageProbe = Callable[..., AbstractContextManager[Probe]]


@pytest.fixture(scope="session")
def page_probe(browser: Browser) -> PageProbe:
    """A new page: `with page_probe(width=390, scheme="dark", scripts=False) as probe`."""
    # One context a kind of screen: its cache spares the server, as a second visit would.
    contexts: dict[tuple[int, str, bool], BrowserContext] = {}

    @contextmanager
    def probing(
        *, width: int = 1440, scheme: str = "light", scripts: bool = True
    ) -> Iterator[Probe]:
        key = (width, scheme, scripts)
        if key not in contexts:
            contexts[key] = browser.new_context(
                viewport={"width": width, "height": 844 if width < 600 else 900},
                color_scheme="dark" if scheme == "dark" else "light",
                java_script_enabled=scripts,
                reduced_motion="reduce",
                service_workers="block",
            )
            contexts[key].set_default_timeout(30_000)
        page = contexts[key].new_page()
        try:
            yield Probe(page)
        finally:
            page.close()

    return probing
