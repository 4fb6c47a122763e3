"""The site's search: what the theme's own index would hold of every page, made here.

The index travels to those who search, not with every page. Beyond `MOST_PAGES` pages it holds a
line a page instead of all its text: what a reader types are names, titles, modalities.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fmcatalog.site.engine import EngineError
from fmcatalog.site.rendering import boost, titled
from fmcatalog.views.page import Page

UNSEARCHED = "data-search-exclude"
"""What a template says of a part that the search shall leave out."""
MOST_PAGES = 3000
"""Pages up to which the index holds their whole text."""

WORKER = re.compile(r"assets/javascripts/workers/search\.[0-9a-f]+\.min\.js")
"""The theme's script that searches."""

_EDGE = re.compile(rb"(\w)=\1\+(\w)\+(\w)\.id\}return \1")
_BUNDLE = re.compile(r'<script src="([^"]*)assets/javascripts/bundle\.')
_SCRIPT = re.compile(r"assets/javascripts/bundle\.[0-9a-f]+\.min\.js")
_STYLED = re.compile(r'\("style",\{\},(\w+)\.toString\(\)\)')
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ID = re.compile(r'\sid="([^"]*)"')
_KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
_ALWAYS = frozenset({"object", "script", "style"})
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_EXCLUDES = f" {UNSEARCHED}"
_EXCLUDED = re.compile(rf"\s{UNSEARCHED}(?=[\s=>/])")
_HEADING = re.compile(r"<h[1-6][^>]*\sid=")
_NEVER = float("inf")

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A search that a theme brings along.

    Attributes:
        place: Where its index stands.
        key: Under which name its entries stand in it.
        mended: Whether it is the one that our scripts mend.
        branched: Whether an entry says where in the navigation it stands, and how deep.
    """

    place: str
    key: str
    mended: bool = False
    branched: bool = False

    def entry(self, place: str, level: int, title: str, text: str, more: Entry) -> Entry:
        """Gives an entry; what this search does not know is left out.

        Args:
            place: Address from the top of the site.
            level: Depth of its heading.
            title: Its title.
            text: Its text.
            more: What else is known of its page: tags, weight, and its path in the navigation.
        """
        if self.branched:
            known = {"path": more["path"], "tags": more.get("tags", [])}
            return {"location": place, "level": level, "title": title, "text": text, **known}
        known = {name: value for name, value in more.items() if name != "path"}
        return {"location": place, "title": title, "text": text, **known}


LUNR = Kind("search/search_index.json", "docs", mended=True)
"""The search of MkDocs Material."""
KINDS = (LUNR, Kind("search.json", "items", branched=True))


def kind(drawn: Container[str]) -> Kind:
    """Tells which search the engine's theme has.

    Args:
        drawn: Paths of the files that the engine made.

    Raises:
        EngineError: There is no index that we know of.
    """
    found = next((one for one in KINDS if one.place in drawn), None)
    if found is None:
        places = " nor ".join(one.place for one in KINDS)
        raise EngineError(f"the engine made no index for a search: neither {places}")
    return found


def styles(kind: Kind, drawn: Mapping[str, bytes]) -> tuple[str, ...]:
    """Gives the style sheets that the theme's search writes into a page when it opens.

    Args:
        kind: Which search it is.
        drawn: Files that the engine made.

    Raises:
        EngineError: There is none where there should be one.
    """
    if not kind.branched:
        return ()
    script = next((drawn[name].decode() for name in drawn if _SCRIPT.fullmatch(name)), "")
    named = _STYLED.search(script)
    sheet = named and re.search(rf"\b{named[1]}='([^'\\]+)'", script)
    if not sheet:
        raise EngineError("the theme's search has changed: its style sheet is not in its script")
    return (sheet[1],)


def patient(page: str) -> str:
    """Puts our script before the theme's, so that the index waits until somebody searches.

    Args:
        page: HTML of a page; without the theme's script it stays as it is.
    """
    return _BUNDLE.sub(r'<script src="\1assets/search.js"></script>\g<0>', page, count=1)


def parted(worker: bytes) -> bytes:
    """Parts the edges in the names that the theme's search gives to the states of its word graph.

    A name is a letter and a number for each edge, one behind the other; where the letter is a
    digit, two states can have one name. They are then taken for one, the graph holds words that
    are on no page, and every query that reaches one of them finds nothing (lunr 2.3.9).

    Args:
        worker: The script that searches.
    """
    mended, found = _EDGE.subn(rb'\1=\1+\2+\3.id+","}return \1', worker)
    if found != 1:
        raise ValueError("the theme's search has changed: see site/search.py")
    return mended


def index(kind: Kind, drawn: str, entries: Iterable[tuple[tuple[str, ...], list[Entry]]]) -> bytes:
    """Makes the index of all pages.

    Args:
        kind: Which search it is for.
        drawn: The engine's own, for its settings.
        entries: What stands in it of each page, with the page's place in the order.
    """
    settings = json.loads(drawn)["config"]
    docs = [entry for _, found in sorted(entries, key=lambda pair: pair[0]) for entry in found]
    made = {"config": settings, kind.key: docs}
    ascii = not kind.branched  # how each writes letters beyond it
    return json.dumps(made, ensure_ascii=ascii, separators=(",", ":")).encode()


def by_page(kind: Kind, drawn: str) -> dict[str, list[Entry]]:
    """Gives the entries of an index of the engine, by the path of their page."""
    pages: dict[str, list[Entry]] = {}
    for entry in json.loads(drawn)[kind.key]:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return pages


def of_page(
    kind: Kind, page: Page, content: bytes, *, whole: bool, named: list[Entry] | None = None
) -> list[Entry]:
    """Gives what the index holds of a page: an entry for it, and one for each of its parts.

    Args:
        kind: Which search it is for.
        page: The page.
        content: What it says, as HTML.
        whole: All its text; else its title and its sentence.
        named: The engine's entries of the page where it drew it: the navigation may name it.
    """
    if page.kind == "not-found":
        return []  # it has no address to lead to
    name = titled(page.title)
    more: Entry = {"path": [name], "tags": [titled(word) for word in page.words]}
    if not page.words:
        del more["tags"]
    if boost(page) != 1.0:
        more["boost"] = boost(page)
    if named and kind.branched:
        name, more["path"] = named[0]["title"], named[0]["path"]
    if not whole:
        return [kind.entry(page.path, 1, name, "", more)]
    return [
        kind.entry(
            f"{page.path}#{section.id}" if section.id else page.path,
            section.level,
            "".join(section.title).strip() or name,
            "".join(section.text.parts).strip(),
            more,
        )
        for section in _Reader(content.decode(), to_the_end=kind.branched).sections
        if not section.excluded
    ]


def _indexed(content: str) -> str:
    """Empties the elements that are kept out of the index, tables above all, before they are read.

    An element ends for the reader at the first end of that name. One that holds another of its
    name, or a heading that can be linked to, is left as it is.
    """
    kept = []
    done = at = 0
    while (at := content.find(_EXCLUDES, at)) >= 0:
        at = content.index(">", at)
        start = content.rindex("<", done, at)
        tag = _NAME.match(content, start)[1]  # type: ignore[index]
        end = content.find(f"</{tag}>", at)
        inside = slice(at, end if end >= 0 else at)
        if f"<{tag}" not in content[inside] and not _HEADING.search(content, at, inside.stop):
            kept.append(content[done : at + 1])
            done = at = inside.stop
    return "".join((*kept, content[done:]))


class _Text:
    """Pieces of text and tags; an element that stays empty goes again."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._solid = -1  # place of the last part that is not space
        self._first: dict[str, int] = {}

    def add(self, part: str) -> None:
        if not part.isspace():
            self._solid = len(self.parts)
        self.parts.append(part)

    def open(self, tag: str) -> None:
        self._first.setdefault(tag, len(self.parts))
        self.add(f"<{tag}>")

    def close(self, tag: str) -> None:
        start = self._first[tag]
        if self._solid > start:
            self.add(f"</{tag}>")
            return
        del self.parts[start:]
        self._first = {name: at for name, at in self._first.items() if at < start}
        self._solid = start - 1
        while self._solid >= 0 and self.parts[self._solid].isspace():
            self._solid -= 1


class _Section:
    def __init__(self, tag: str, depth: float = 0, id: str = "", *, excluded: bool = False) -> None:
        self.tag, self.depth, self.id, self.excluded = tag, depth, id, excluded
        self.level = 1 if tag == "hx" else int(tag[1])
        self.title: list[str] = []
        self.text = _Text()


def _named(tag: str, start: int) -> str:
    """Gives the name of an element out of its tag; most tags hold nothing else."""
    name = tag[start:-1]
    return name if name.isalnum() else _NAME.match(tag)[1]  # type: ignore[index]


class _Reader:
    """Parts HTML at its headings, as the theme's search does, in a tenth of its time.

    Like there, elements are told apart by their names alone: what is left out ends where the
    first of its name does, unless it is asked to end where it does.
    """

    def __init__(self, content: str, *, to_the_end: bool = False) -> None:
        self.sections: list[_Section] = []
        self._to_the_end = to_the_end
        self._since = 0  # depth of what is left out
        self._open: list[str] = []
        self._permalinks = 0
        self._skipped = set(_ALWAYS)
        for number, piece in enumerate(_TAG.split(_indexed(content))):
            if number % 2 == 0:
                if piece:
                    self._data(html.unescape(piece) if "&" in piece else piece)
            elif piece[1] == "/":
                self._end(_named(piece, 2))
            elif piece[1] != "!":
                name = _named(piece, 1)
                self._start(name, piece)
                if piece.endswith("/>"):
                    self._end(name)

    def _skipping(self) -> bool:
        return not self._skipped.isdisjoint(self._open)

    def _current(self) -> _Section:
        if not self.sections:
            self.sections.append(_Section("hx"))
            self._section = self.sections[-1]
        return self._section

    def _start(self, tag: str, piece: str) -> None:
        if tag in _VOID:
            return
        self._open.append(tag)
        excluded = _EXCLUDES in piece and _EXCLUDED.search(piece) is not None
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            found = _ID.search(piece)
            if found is not None:
                depth = len(self._open)
                if tag != "h1" and not self.sections:
                    self.sections.append(_Section("hx", depth))
                id = html.unescape(found[1]) if self.sections else ""
                self._section = _Section(tag, depth, id, excluded=excluded)
                self.sections.append(self._section)
        section = self._current()
        if tag == "a" and 'class="headerlink"' in piece:
            self._permalinks += 1
        if excluded or 'class="linenodiv"' in piece:
            self._skipped.add(tag)
            self._since = self._since or len(self._open)
        elif tag in _KEPT and not self._skipping():
            if section.tag in self._open:
                section.title.append(f"<{tag}>")
            else:
                section.text.open(tag)

    def _end(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            return
        if self._section.depth > len(self._open):
            for section in reversed(self.sections):
                if section.depth <= len(self._open):
                    self._section.depth = _NEVER
                    self._section = section
                    break
        self._open.pop()
        within = self._to_the_end and len(self._open) >= self._since > 0
        if tag == "a" and self._permalinks:
            self._permalinks -= 1
        if tag in self._skipped:
            if tag not in _ALWAYS and not within:
                self._skipped = set(_ALWAYS) if self._to_the_end else self._skipped - {tag}
                self._since = 0
            return
        if tag in _KEPT and not self._skipping():
            if self._section.tag in self._open:
                self._section.title.append(f"</{tag}>")
            else:
                self._section.text.close(tag)

    def _data(self, data: str) -> None:
        if self._skipping():
            return
        if "pre" not in self._open:
            data = " " if data.isspace() else data.replace("\n", " ")
        section = self._current()
        if section.tag in self._open:
            if not self._permalinks:
                section.title.append(html.escape(data, quote=False))
        elif data.isspace():
            parts = section.text.parts
            if not parts or not parts[-1].isspace() or "pre" in self._open:
                section.text.add(data)
        else:
            section.text.add(html.escape(data, quote=False))
