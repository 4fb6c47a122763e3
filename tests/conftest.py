"""What tests in several folders ask for: a built site, and a server for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# A test that changes a rule while it runs must not be remembered by the next one.
os.environ["FMCATALOG_CACHE"] = "off"

BASE_PATH = "/fmcatalog/"

Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def checkout() -> Path:
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def base_path() -> str:
    """The path that the site is built for; at the root, links that forget it would work."""
    return BASE_PATH


@pytest.fixture(scope="session")
def built_site(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built by the public command."""
    target = tmp_path_factory.mktemp("build") / "site"
    command = [str(Path(sys.executable).with_name("fmcatalog")), "build", "--site-dir", str(target)]
    environment = {
        **os.environ,
        "FMCATALOG_SITE_URL": f"https://catalog.example{BASE_PATH}",
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"fmcatalog build: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return target


@pytest.fixture(scope="session")
def installed(checkout: Path) -> Callable[[str], None]:
    """Install an engine unless it is there, or leave the test out: `installed("zensical")`."""

    @cache
    def failure(name: str) -> str:
        place = checkout / "build" / "engines" / name
        command = ["make", "--silent", f"build/engines/{name}/.done"]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        if (place / ".done").exists():
            return ""
        told = place / "said.txt"
        said = (told.read_text() if told.exists() else "") or done.stdout + done.stderr
        return f"{name} cannot be installed: {' '.join(said.split())[-300:]}"

    def install(name: str) -> None:
        if said := failure(name):
            pytest.skip(said)

    return install


@pytest.fixture(scope="session")
def toy(checkout: Path) -> Callable[..., Path]:
    """Make a checkout with the toy catalog, our pages and templates: `toy(tmp_path / "toy")`."""
    classic = "  variant: classic\n"

    def make(folder: Path, *, variant: str = "classic") -> Path:
        shutil.copytree(checkout / "tests/data/toy", folder)
        shutil.copytree(checkout / "docs", folder / "docs")
        (folder / "templates").symlink_to(checkout / "templates")
        settings = (checkout / "mkdocs.yml").read_text()
        assert settings.count(classic) == 1
        (folder / "mkdocs.yml").write_text(
            settings.replace("variant: classic", f"variant: {variant}")
        )
        (folder / "build").mkdir()
        (folder / "build/engines").symlink_to(checkout / "build/engines")
        return folder

    return make


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder the way a static host does: under a path, with a page for wrong addresses."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, base: str, directory: str) -> None:
        self.base = base
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def send_head(self) -> object:
        path = urlsplit(self.path).path
        if not path.startswith(self.base):
            # Another site's ground: a link that comes here forgot the base path.
            return self.send_error(HTTPStatus.NOT_FOUND)
        self.path = "/" + self.path[len(self.base) :]
        found = Path(self.translate_path(self.path))
        if found.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        if found.is_file() or (found / "index.html").is_file():
            return super().send_head()
        return self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        content = page.read_bytes() if page.is_file() else b"not found"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serve a folder: `with serve(folder) as address`, or `serve(folder, base="/a/b/")`."""

    @contextmanager
    def serving(folder: Path, *, base: str = BASE_PATH) -> Iterator[str]:
        handler = partial(Handler, base=base, directory=str(folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:  # type: ignore[arg-type]
            server.daemon_threads = True
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}{base}"
            finally:
                server.shutdown()
                thread.join()

    return serving


@pytest.fixture(scope="session")
def site_address(built_site: Path, serve: Serve) -> Iterator[str]:
    """Where the built site answers; ends with the base path."""
    with serve(built_site) as address:
        yield address
