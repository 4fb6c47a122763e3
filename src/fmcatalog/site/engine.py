"""The engine (MkDocs with Material): the one place that knows it. It draws the frames."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit


class EngineError(Exception):
    """The engine could not make the site, or warned of something."""


def run(config: Path, docs: Path, date: int) -> dict[str, bytes]:
    """Draws pages, with all that the theme puts beside them.

    Args:
        config: The engine's settings, ``mkdocs.yml``.
        docs: Folder of the pages, as Markdown.
        date: Seconds since the epoch that the sitemap gives as the day of the pages.

    Returns:
        What it made, by path.

    Raises:
        EngineError: The engine failed, or warned: a warning is a broken link or a lost page.
    """
    # The theme prints an appeal about the engine's future at every import; it helps no reader.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _warnings() as said, _dated(date), TemporaryDirectory(dir=docs.parent) as target:
        try:
            settings = load_config(str(config), docs_dir=str(docs), site_dir=target)
            settings.plugins.on_startup(command="build", dirty=False)
            build(settings)
            found = (path for path in sorted(Path(target).rglob("*")) if path.is_file())
            made = {path.relative_to(target).as_posix(): path.read_bytes() for path in found}
        except MkDocsException as error:
            raise EngineError("\n".join([*said, str(error)])) from None
        finally:
            logging.getLogger("mkdocs").setLevel(logging.WARNING)
    if said:
        raise EngineError("\n".join(said))
    return made


def version() -> bytes:
    """Tells which engine draws: another one may draw otherwise."""
    return "\n".join(f"{name} {installed(name)}" for name in ("mkdocs", "mkdocs-material")).encode()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the engine's settings say that pages have to know.

    Attributes:
        base: Path the site is published under, such as ``/fmcatalog/``.
        repository: Address of the repository on its forge; empty when it has none.
        address: Whole address of the site, a slash at its end; empty where it is not set.
        nav: Paths of the pages in the navigation, from the top of the site.
    """

    base: str
    repository: str
    address: str = ""
    nav: tuple[str, ...] = ()


def settings(config: Path, docs: Path) -> Settings:
    """Reads the engine's settings.

    Args:
        config: ``mkdocs.yml``.
        docs: Folder of the staged pages; made when it is not there.
    """
    from mkdocs.config import load_config

    docs.mkdir(parents=True, exist_ok=True)
    read = load_config(str(config), docs_dir=str(docs))
    site = str(read.site_url or "").rstrip("/")
    path = urlsplit(site).path
    repository = str(read.extra.get("repository") or "").rstrip("/")
    base = path if path.endswith("/") else f"{path}/"
    nav = tuple(_pages(read.nav or []))
    return Settings(base, repository, f"{site}/" if site else "", nav)


def _pages(nav: Any) -> Iterator[str]:
    """Gives the paths of the pages in a navigation as the settings write it."""
    if isinstance(nav, str):
        yield nav.removesuffix("index.md") if nav.endswith("index.md") else f"{nav[:-3]}/"
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(item)


@contextmanager
def _dated(date: int) -> Iterator[None]:
    """Tells the engine a date; only for its run, since our own checks ask for the real day."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = before or str(date)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    collector, logger = _Collector(), logging.getLogger("mkdocs")
    propagate = logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield collector.said
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
