"""The engine: the one place that knows which there are. It draws the frames.

MkDocs runs inside our process. The others run as commands, in an environment of their own: the
theme of one and the libraries of another need not go together.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

ENGINES = ("mkdocs", "properdocs", "zensical")
"""Which engines can draw: the one that does, and those that can take its place."""
BESIDE = "build/engines"
"""Where `make engines` puts those that run as commands: an environment for each."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TRACE = "Traceback (most recent call last):"
# What Zensical writes and should not: an address that is not set as the top of a host, and words
# to search by, which a page asked it to hide, as a list with `hidden` on it.
_TOO_MUCH = (
    re.compile(rb'[ \t]*<link rel="canonical" href="/[^>]*>\n?'),
    re.compile(rb"\n[ \t]*<url>\s*<loc>/[^<]*</loc>\s*</url>"),
    re.compile(rb'\n[ \t]*<nav class="md-tags" hidden>.*?</nav>\n', re.DOTALL),
)


class EngineError(Exception):
    """The engine could not make the site, or warned of something."""


def run(name: str, config: Path, docs: Path, date: int) -> dict[str, bytes]:
    """Draws pages, with all that the theme puts beside them.

    Args:
        name: Which of `ENGINES` draws.
        config: The engine's settings, ``mkdocs.yml``.
        docs: Folder of the pages, as Markdown.
        date: Seconds since the epoch that the sitemap gives as the day of the pages.

    Returns:
        What it made, by path.

    Raises:
        EngineError: The engine failed, or warned: a warning is a broken link or a lost page.
    """
    if name == "mkdocs":
        return _within(config, docs, date)
    return _as_command(name, config, docs, date)


def _within(config: Path, docs: Path, date: int) -> dict[str, bytes]:
    """Draws with MkDocs, in this process."""
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
            made = _files(Path(target))
        except MkDocsException as error:
            raise EngineError("\n".join([*said, str(error)])) from None
        finally:
            logging.getLogger("mkdocs").setLevel(logging.WARNING)
    if said:
        raise EngineError("\n".join(said))
    return made


def _as_command(name: str, config: Path, docs: Path, date: int) -> dict[str, bytes]:
    """Draws with an engine that is a command, in a folder that holds nothing else.

    Zensical reads only what is below its settings, and keeps a cache beside them.
    """
    command = _command(name, config.parent)
    with TemporaryDirectory(dir=docs.parent) as folder:
        work = Path(folder)
        shutil.copytree(docs, work / "docs")
        told = {"INHERIT": str(config.resolve()), "docs_dir": "docs", "site_dir": "site"}
        own = work / "mkdocs.yml"
        own.write_text(json.dumps(told), encoding="utf-8")
        done = subprocess.run(
            [command, "build", "--strict", "--config-file", own],
            env={"SOURCE_DATE_EPOCH": str(date), **os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            said = _COLOUR.sub("", done.stderr).partition(_TRACE)[0].strip()
            raise EngineError(f"{name} failed, or warned\n{said}".strip())
        made = _files(work / "site")
    for path in made:
        if path.endswith((".html", ".xml")):
            for pattern in _TOO_MUCH:
                made[path] = pattern.sub(b"", made[path])
    return made


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _command(name: str, root: Path) -> Path:
    """Finds the command of an engine: beside our Python, where `make engines` puts it, anywhere."""
    places = (Path(sys.executable).with_name(name), root / BESIDE / name / "bin" / name)
    found = next((path for path in places if path.is_file()), None) or shutil.which(name)
    if found is None:
        raise EngineError(f"{name} is not installed: `make engines` installs it beside the project")
    return Path(found)


def version(name: str, root: Path) -> bytes:
    """Tells which engine draws: another one may draw otherwise.

    Args:
        name: Which of `ENGINES` draws.
        root: The checkout.
    """
    if name == "mkdocs":
        return "\n".join(
            f"{one} {installed(one)}" for one in ("mkdocs", "mkdocs-material")
        ).encode()
    around = _command(name, root).resolve().parents[1]
    found = around.glob("lib/python*/site-packages/*.dist-info")
    return "\n".join([name, *sorted(path.name for path in found)]).encode()


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
