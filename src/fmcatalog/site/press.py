"""From pages to files: the engine draws the frames once, and every page is filled into one.

The other way, where the engine sees every page, gives the same bytes. It is there to prove that,
and to leave the frames by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from fmcatalog import artifacts, memory
from fmcatalog.artifacts import Artifact
from fmcatalog.memory import Memory
from fmcatalog.site import engine, fonts, frames, lost, policy, search, sitemap, skip
from fmcatalog.site.head import Head, put, titles
from fmcatalog.site.links import Told
from fmcatalog.site.notes import Noted, Notes
from fmcatalog.site.rendering import Body, Renderer, carrier, relative
from fmcatalog.views import paths
from fmcatalog.views.page import UNPARTED, Page
from fmcatalog.views.pages import Make

HAND_WRITTEN = "docs"
INTERNAL = frozenset({"architecture.md", "benchmarks.md", "decisions.md", "picture.png"})
"""What the repository shows of itself; it stays off the site."""


_Later = tuple[Page, Make, Noted | None]
"""A page that is not made yet, and what is known of it where it is as it was."""


def seconds(day: dt.date) -> int:
    """Gives a day as the engine wants it: in seconds since the epoch."""
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Press:
    """What pages are made with.

    Attributes:
        root: The checkout.
        docs: Folder that the engine reads.
        settings: What the engine's settings say.
        date: Seconds since the epoch that the engine gives as the day of the pages.
        renderer: What writes a page's content.
        facts: Tells by its path what a page is about, in the words of schema.org.
        files: Addresses of the data files of the site.
        kept: What earlier builds drew.
        same: Tells of a page that the last build made whether this one would make the same of it.
        lent: Gives a digest of what other records lend a page.
        keep: Takes the file of a page over from the last build; false where that cannot be.
        notes: What is known of pages.
        engine: Which engine draws.
    """

    root: Path
    docs: Path
    settings: engine.Settings
    date: int
    renderer: Renderer
    facts: Callable[[str], Mapping[str, Any] | None]
    files: frozenset[str]
    kept: Memory
    same: Callable[[Page, bytes], bool] = lambda _page, _lent: False
    lent: Callable[[Page], bytes] = lambda _: b""
    keep: Callable[[Page], bool] = lambda _: False
    notes: Notes = field(default_factory=Notes)
    engine: str = "mkdocs"

    def through_frames(self, wanted: Iterable[tuple[Page, Make]]) -> Iterator[Artifact]:
        """Makes every page by filling it into a frame.

        Raises:
            engine.EngineError: The engine failed, or warned.
            frames.FrameError: A page does not fit into what the engine drew.
        """
        nav = frozenset(self.settings.nav)
        ready: list[tuple[Page, Body]] = []
        later: list[_Later] = []
        looks: dict[frames.Look, Page] = {}
        for page, make in wanted:
            old = self.notes.before.get(page.path)
            if old is not None and not self.same(page, old.lent):
                old = None
            if page.path in nav and old is None:
                ready.append((page, self.renderer.body(page, make())))
                parted = bool(ready[-1][1].sections)
            else:
                later.append((page, make, old))
                parted = old.parted if old is not None else page.kind not in UNPARTED
            looks.setdefault(frames.look(page, parted=parted, nav=nav), page)
        known, drawn, own = self._learned(looks)
        kind = search.kind(drawn)
        rest = _Rest(self, drawn, own, len(ready) + len(later), kind)
        self.notes.now_in = memory.digest(
            b"%d" % rest.whole, *(drawn[name] for name in sorted(own))
        )
        for page, body in self._bodies(ready, self._unknown(later, rest, nav)):
            look = frames.look(page, parted=bool(body.sections), nav=nav)
            frame = known.get(look)
            if frame is None:
                has = "has" if look.parted else "has no"
                raise frames.FrameError(f"{page.path} {has} headings: say so in views/page.py")
            content = frame.content(body)
            address, head = self._address(page.path), self._head(page)
            fill = partial(frame.fill, page, body, address=address, head=head)
            made = rest.file(page, fill(content=content))
            told = Told.of(content, body.targets)
            entries = rest.entries(page, content)
            self.notes.now[page.path] = Noted(self.lent(page), look.parted, told, entries)
            if self.notes.make(look, made):
                self.notes.bare[look] = rest.file(page, fill(content=b""))
            yield made
        self.renderer.forget()
        yield from rest.files()

    def alone(self, navigation: Iterable[Page], page: Page) -> Callable[[Page, object], bytes]:
        """Gives what fills pages like one, by themselves, as they are filled among all others.

        Args:
            navigation: The pages of the navigation, which every frame shows.
            page: A page that is not among them, and has parts.

        Raises:
            engine.EngineError: The engine failed, or warned.
            frames.FrameError: What the engine drew cannot be filled.
        """
        nav = frozenset(self.settings.nav)
        look = partial(frames.look, parted=True, nav=nav)
        wanted = look(page)
        frame = self._learned({look(one): one for one in (*navigation, page)})[0][wanted]

        def filled(page: Page, view: object) -> bytes:
            body = self.renderer.body(page, view)
            content = frame.content(body)
            address, head = self._address(page.path), self._head(page)
            return frame.fill(page, body, content=content, address=address, head=head)

        return filled

    def _learned(
        self, looks: Mapping[frames.Look, Page]
    ) -> tuple[dict[frames.Look, frames.Frame], dict[str, bytes], set[str]]:
        """Learns frames; gives them, what the engine drew, and which files are the prototypes."""
        prototypes = frames.prototypes(looks)
        drawn = self._draw(prototypes.values())
        dressed = _tailor(search.kind(drawn), drawn)
        known = {
            look: frames.learn(dressed(_page(drawn, path)), look, self._address(path))
            for look, (path, _) in prototypes.items()
        }
        return known, drawn, {f"{path}index.html" for path, _ in prototypes.values()}

    def through_engine(self, wanted: Iterable[tuple[Page, Make]]) -> Iterator[Artifact]:
        """Makes every page by letting the engine draw it.

        Raises:
            engine.EngineError: The engine failed, or warned.
        """
        bodies = list(self._bodies([], wanted))
        drawn = self._draw((page.path, carrier(page, body)) for page, body in bodies)
        own = {f"{page.path}index.html" for page, _ in bodies}
        kind = search.kind(drawn)
        dressed = _tailor(kind, drawn)
        rest = _Rest(self, drawn, own, len(bodies), kind, drawn[kind.place])
        for page, _ in bodies:
            html = put(dressed(_page(drawn, page.path)), self._head(page))
            rest.note(page, [])
            yield rest.file(page, html.encode())
        yield from rest.files()

    def _unknown(
        self, later: list[_Later], rest: _Rest, nav: frozenset[str]
    ) -> list[tuple[Page, Make]]:
        """Takes over the pages that are as they were; gives those that have to be made."""
        unknown = []
        framed = self.notes.now_in == self.notes.before_in
        for page, make, old in later:
            if old is None or not framed or not self.keep(page):
                unknown.append((page, make))
                continue
            self.notes.keep(page.path, frames.look(page, parted=old.parted, nav=nav))
            rest.note(page, old.entries)
        return unknown

    def _bodies(
        self, ready: Iterable[tuple[Page, Body]], later: Iterable[tuple[Page, Make]]
    ) -> Iterator[tuple[Page, Body]]:
        yield from ready
        for page, make in later:
            yield page, self.renderer.body(page, make())

    def _draw(self, written: Iterable[tuple[str, str]]) -> dict[str, bytes]:
        """Lets the engine draw pages, and those written by hand; what it drew is remembered."""
        config = self.root / "mkdocs.yml"
        by_hand = sorted((self.root / HAND_WRITTEN).glob("*.md"))
        staged = [Artifact(p.name, p.read_bytes()) for p in by_hand if p.name not in INTERNAL]
        staged += [Artifact(f"{path}index.md", text.encode()) for path, text in written]
        told = (config.read_bytes(), repr(self.settings).encode(), str(self.date).encode())
        parts = (part for one in staged for part in (one.uri.encode(), one.content))
        version = engine.version(self.engine, self.root)
        key = memory.digest(memory.code(), version, *told, *parts)
        drawn: dict[str, bytes] | None = self.kept.recall("engine", key)
        if drawn is None:
            artifacts.sync(self.docs, staged)
            drawn = engine.run(self.engine, config, self.docs, self.date)
            self.kept.keep("engine", key, drawn)
        return drawn

    def _address(self, path: str) -> str:
        return f"{self.settings.address or '/'}{path}"

    def _head(self, page: Page) -> str:
        return self.head(page.path, page.title, page.description, page.ahead)

    def head(self, path: str, title: str, about: str, ahead: tuple[str, ...] = ()) -> str:
        """Gives what belongs into the head of a page."""
        nowhere = path == lost.PATH
        near = self.settings.base if nowhere else relative(path, "")
        top = "" if near == "./" else near
        record = f"api/v1/{path.rstrip('/')}.json"
        known = path.startswith("models/") and record in self.files
        feeds = [(top + paths.FEED, "All models")]
        if path and f"{path}{paths.FEED}" in self.files:
            feeds.append((paths.FEED, "The models of this page"))
        italic = not path or (path.startswith("models/") and path != "models/")
        faces = (fonts.TITLES, fonts.ITALICS) if italic else (fonts.TITLES,)
        said = Head(
            title,
            about,
            "" if nowhere else path,
            self.settings.address or top,
            tuple(top + face for face in faces),
            tuple(feeds),
            relative(path, record) if known else "",
            self.facts(path),
            tuple(top + one for one in ahead),
        )
        return str(said)


def _page(drawn: Mapping[str, bytes], path: str) -> bytes:
    try:
        return drawn[f"{path}index.html"]
    except KeyError:
        raise engine.EngineError(f"the engine drew no page at {path or '/'}") from None


def _tailor(kind: search.Kind, drawn: Mapping[str, bytes]) -> Callable[[bytes], str]:
    """Gives what gives a page its policy, its search its patience, its skip link its aim."""
    styles = search.styles(kind, drawn)

    def dressed(content: bytes) -> str:
        page = skip.to_start(content.decode())
        return policy.secured(search.patient(page) if kind.mended else page, styles)

    return dressed


@dataclass(slots=True)
class _Rest:
    """What is made of all pages together, and what the engine and its theme put beside them.

    Attributes:
        press: What pages are made with.
        drawn: What the engine made.
        own: Pages among it that stand for ours.
        count: How many pages there are.
        kind: Which search the theme has.
        index: The search index where the engine has seen every page; else it is made here.
    """

    press: Press
    drawn: Mapping[str, bytes]
    own: set[str]
    count: int
    kind: search.Kind
    index: bytes = b""
    _places: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    _entries: list[tuple[tuple[str, ...], list[search.Entry]]] = field(default_factory=list)
    _found: dict[str, list[search.Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.index:
            self._found = search.by_page(self.kind, self.drawn[self.kind.place].decode())

    @property
    def whole(self) -> bool:
        """Whether the search holds all text of the pages."""
        return self.count <= search.MOST_PAGES

    def entries(self, page: Page, content: bytes) -> list[search.Entry]:
        """Takes note of a page; gives what the search holds of it."""
        named = self._found.get(page.path)
        entries = search.of_page(self.kind, page, content, whole=self.whole, named=named)
        self.note(page, entries)
        return entries

    def file(self, page: Page, html: bytes) -> Artifact:
        """Gives the file of a page."""
        if page.path == lost.PATH:
            html = lost.anywhere(html.decode(), self.press.settings.base).encode()
        return Artifact(lost.file(page.path), html)

    def note(self, page: Page, entries: list[search.Entry]) -> None:
        """Takes note of a page."""
        order = sitemap.order(page.path)
        self._entries.append((order, entries))
        if page.path != lost.PATH:
            self._places.append((order, page.path))

    def files(self) -> Iterator[Artifact]:
        """Gives all other files."""
        ours = {lost.PAGE, self.kind.place, sitemap.PLACE, f"{sitemap.PLACE}.gz"} | self.own
        dressed = _tailor(self.kind, self.drawn)
        for name, content in self.drawn.items():
            if name in ours:
                continue
            if not name.endswith(".html"):
                worker = self.kind.mended and search.WORKER.fullmatch(name)
                yield Artifact(name, search.parted(content) if worker else content)
                continue
            html = dressed(content)
            path = name.removesuffix("index.html")
            head = self.press.head(path, *titles(html))
            self._places.append(((*sitemap.order(path)[:-1], ""), path))
            yield Artifact(name, put(html, head).encode())
        address = self.press.settings.address
        addresses = [f"{address}{path}" for _, path in sorted(self._places)]
        yield from sitemap.files(self.drawn[sitemap.PLACE].decode(), addresses)
        yield Artifact(self.kind.place, self.index or self._search())

    def _search(self) -> bytes:
        """Makes the index: the engine's entries of what was written by hand, and ours."""
        ours = {name.removesuffix("index.html") for name in self.own}
        for place, entries in self._found.items():
            if place not in ours:
                self._entries.append(((*sitemap.order(place)[:-1], ""), entries))
        return search.index(self.kind, self.drawn[self.kind.place].decode(), self._entries)
