"""Checks over a built site: what its pages point to is there, and comes from the site itself.

What a page holds and points to is known from writing it, or read; then whatever they point to is
looked up, once each. Nothing is asked of the network: an address on another host is only looked at
for where it stands. A reader may follow it; a page may not fetch it.
"""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from fmcatalog.site.pointing import Point, Reading, in_css

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

HOME: Final = "index.html"
_NOT_FOUND: Final = "404.html"

_ID: Final = re.compile(rb' id="([^"]*)"')
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)

Target = str | tuple[str, str, str]
"""A path from the top of the site, for a link; else what points there (see `pointing`), the page
that it is seen from, and the address."""

_Fault = tuple[str, int, str]
"""File, line, and what is wrong there."""

_IDS: dict[frozenset[bytes], frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """What a page holds and where it leads, known from writing it or from reading it.

    Attributes:
        ids: What a link can lead to inside it.
        targets: Paths from the top of the site that it links to, with ``?query`` and ``#part``; of
            a page that was read, all else that it points to, too.
    """

    ids: frozenset[str]
    targets: Collection[Target]

    @property
    def sends_on(self) -> bool:
        """Whether the page leads its reader to another one by itself."""
        return any(not isinstance(one, str) and one[0] == "redirect" for one in self.targets)

    @classmethod
    def of(cls, content: bytes, targets: Iterable[str]) -> Told | None:
        """Notes the ids of what we wrote; in our own templates an id is `` id="…"`` and unescaped.

        Args:
            content: What the page says, as HTML.
            targets: Where it leads.

        Returns:
            None where an id stands twice: such a page is to be read.
        """
        found = _ID.findall(content)
        # Ten thousand pages have a few sets of ids, and lead to the same few places.
        written = frozenset(found)
        if len(written) < len(found):
            return None
        ids = _IDS.get(written)
        if ids is None:
            ids = _IDS[written] = frozenset(id.decode() for id in written)
        return cls(ids, tuple(map(intern, targets)))


def check(
    folder: Path,
    base_path: str,
    told: Mapping[str, Told] | None = None,
    bare: Mapping[str, bytes] | None = None,
    files: Iterable[str] | None = None,
) -> list[str]:
    """Find what is broken in a built site.

    Reported are: links and anchors that lead nowhere; resources that are missing, or would be
    fetched from another host; scripts as addresses; ids that stand twice in a page; pages without a
    title; and pages that cannot be reached by links from the home page. The page for a wrong
    address and pages that send the reader on need not be reached.

    Args:
        folder: The built site.
        base_path: The path it will be served under: `/` or `/fmcatalog/`.
        told: Pages, by file, that need not be read, since it is known what they hold.
        bare: Some of these without what they say, as HTML, which is read instead.
        files: What is in the folder, where that is known.

    Returns:
        One line a fault, `file:line: what`, ordered by file; empty when all is well.
    """
    there = frozenset(_walk(folder) if files is None else files)
    site = _Site(
        folder, f"/{base_path.strip('/')}/".replace("//", "/"), there, told or {}, bare or {}
    )
    faults = {*site.read(), *site.follow(), *site.unreachable()}
    return [f"{file}:{line}: {what}" for file, line, what in sorted(faults)]


def _walk(folder: Path) -> Iterator[str]:
    inside = [""]
    for above in inside:
        for entry in os.scandir(folder / above):
            if entry.is_dir(follow_symlinks=False):
                inside.append(f"{above}{entry.name}/")
            else:
                yield f"{above}{entry.name}"


class _Site:
    """A built site: its files, and what its pages and style sheets point to.

    Args:
        folder: Where it is.
        base: The path it will be served under.
        files: What there is.
        told: Pages that need not be read.
        bare: Some of these without what they say.
    """

    def __init__(
        self,
        folder: Path,
        base: str,
        files: frozenset[str],
        told: Mapping[str, Told],
        bare: Mapping[str, bytes],
    ) -> None:
        self._folder, self._base, self._files = folder, base, files
        self._told, self._bare = told, bare
        self._pages = {file: page for file, page in told.items() if file in files}
        self._styles: dict[str, frozenset[Target]] = {}
        self._places: dict[Target, str] = {}  # the page behind all that leads to one

    def read(self) -> Iterator[_Fault]:
        """Reads what nobody told of; gives what is wrong with a page by itself."""
        for file in self._bare.keys() & self._pages.keys():
            told, frame = self._pages.pop(file), Reading(self._bare[file])
            if told.ids.isdisjoint(frame.ids()) and not [*frame.flaws()]:
                targets = {*told.targets, *self._targets(file, frame.points())}
                self._pages[file] = Told(told.ids | frame.ids(), targets)
        for file in self._files.difference(self._pages):
            if file.endswith(".html"):
                page = Reading((self._folder / file).read_bytes())
                yield from ((file, line, what) for line, what in page.flaws())
                targets = {*self._targets(file, page.points())}
                self._pages[file] = Told(page.ids(), targets)
            elif file.endswith(".css"):
                points = (point for point, _ in self._lines(file))
                self._styles[file] = frozenset(self._targets(file, points))

    def follow(self) -> Iterator[_Fault]:
        """Looks every target up, once; gives those that lead nowhere, wherever they stand."""
        pointing = {file: page.targets for file, page in self._pages.items()} | self._styles
        broken: dict[Target, str] = {}
        for target in set[Target]().union(*pointing.values()):
            place, fault = self._behind(target) if isinstance(target, str) else self._at(*target)
            if place:
                self._places[target] = place
            if fault:
                broken[target] = fault
        for file, targets in pointing.items() if broken else ():
            if not broken.keys().isdisjoint(targets):
                yield from self._tell(file, broken)

    def unreachable(self) -> Iterator[_Fault]:
        """Follows links from the home page until all pages are found; gives those that are not."""
        if HOME not in self._pages:
            yield HOME, 1, "the home page is missing"
            return
        left = self._pages.keys() - {HOME, _NOT_FOUND}
        queue = [HOME]
        for file in queue:
            fresh = left.intersection(map(self._places.get, self._pages[file].targets))
            queue += fresh
            left -= fresh
            if not left:
                return
        for file in left:
            if not self._pages[file].sends_on:
                yield file, 1, "no path of links leads here from the home page"

    def _targets(self, file: str, points: Iterable[Point]) -> Iterator[Target]:
        """Gives what a file points to; as seen from the top, where all files can share that."""
        top, base = "../" * file.count("/"), self._base
        for kind, address in points:
            if top and address.startswith(top):
                path = address[len(top) :]
                yield path if kind == "link" else (kind, HOME, path)
            elif kind == "link" and address.startswith(base) and address[:2] != "//":
                yield address[len(base) :]
            else:
                yield kind, file, address

    def _tell(self, file: str, broken: Mapping[Target, str]) -> Iterator[_Fault]:
        """Gives what is broken of a file; only now its lines are looked for."""
        if file in self._told and file not in self._bare:
            for target in self._told[file].targets:
                if fault := broken.get(target):
                    to = " to" if fault == "broken link" else ""
                    yield file, 1, f"{fault}{to} {target}"
            return
        lines = self._lines(file)
        targets = self._targets(file, (point for point, _ in lines))
        for ((_, address), line), target in zip(lines, targets, strict=True):
            if target in broken:
                yield file, line, f"{broken[target]} {address[:200]}"

    def _lines(self, file: str) -> list[tuple[Point, int]]:
        """Gives all that a file points to, and where."""
        path = self._folder / file
        if file.endswith(".html"):
            return [*Reading(path.read_bytes()).lines().items()]
        text = path.read_text(encoding="utf-8", errors="replace")
        return [(("resource", address), line) for line, address in in_css(text)]

    def _behind(self, path: str) -> tuple[str, str]:
        """Gives the page at a path from the top, if it is one, and says what is wrong with it."""
        plain, _, part = path.partition("#")
        plain = unquote(plain.partition("?")[0])
        file = f"{plain}{HOME}" if not plain or plain.endswith("/") else plain
        page = self._pages.get(file)
        if page is None and file in self._files:
            return "", ""
        if page is not None and (not part or part in page.ids):
            return file, ""
        return self._at("link", HOME, f"./{path}")

    def _at(self, kind: str, page: str, address: str) -> tuple[str, str]:
        """Gives the page that an address leads to, if any, and says what is wrong with it."""
        scheme = _SCHEME.match(address)
        if scheme or address.startswith("//"):
            return "", _outside(kind, scheme[1].lower() if scheme else "https")
        path, _, fragment = address.partition("#")
        file = self._file(page, unquote(path.partition("?")[0]))
        if file is None:
            return "", "missing resource" if kind == "resource" else "broken link"
        if file not in self._pages:
            return "", ""
        fragment = unquote(fragment.partition(":~:")[0])
        lost = fragment and fragment != "top" and fragment not in self._pages[file].ids
        followed = file if kind in {"link", "redirect"} else ""
        return followed, "broken anchor" if lost else ""

    def _file(self, page: str, path: str) -> str | None:
        """Gives the file behind a path as it stands on a page."""
        if not path:
            return page
        if path.startswith("/"):
            if not f"{path}/".startswith(self._base):
                return None
            path = path[len(self._base) :]
            joined = posixpath.normpath(path) if path else "."
        else:
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        index = HOME if joined == "." else f"{joined}/{HOME}"
        if not path.endswith("/") and joined in self._files:
            return joined
        return index if index in self._files else None


def _outside(kind: str, scheme: str) -> str:
    if scheme in {"javascript", "vbscript", "file", "blob"}:
        return "not an address for a page:"
    if kind == "resource" and scheme != "data":
        return "fetched from another host:"
    return ""
