"""The site: pages made from the catalog, drawn by the engine, checked, put in place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from fmcatalog import __version__, artifacts, manifest, memory, stats
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.memory import Memory
from fmcatalog.records import Model
from fmcatalog.site import engine, fonts, frames, head, links, scripts
from fmcatalog.site.notes import Noted, Notes
from fmcatalog.site.press import HAND_WRITTEN, INTERNAL, Press, seconds
from fmcatalog.site.rendering import Renderer, templates
from fmcatalog.views import compare, data, explore, llms
from fmcatalog.views.files import size
from fmcatalog.views.keys import COUNT, Basis, Changed, Keys, going_by, lent
from fmcatalog.views.linked import statements
from fmcatalog.views.page import Page, Settings
from fmcatalog.views.pages import pages

Say = Callable[[str], None]
Known = Callable[[Basis, Sequence[str]], bool]
"""Takes over files that are made of something, and tells whether it could; see `export.Known`."""

_CARD = going_by("category published modalities organs links", COUNT)
"""What the picture of shared pages goes by."""

NO_REPOSITORY = (
    "warning: no repository is set (extra.repository in mkdocs.yml, or FMCATALOG_REPOSITORY): "
    "pages do not say where to edit or report"
)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        site: Where the site is.
        pages: Pages made.
        rewritten: Staged files that were not the same as before.
        files: Files of the site.
        seconds: How long it took.
        problems: Why the site was not put in place; empty when it was.
        remarks: What its readers will miss, though it is in order.
    """

    site: Path
    pages: int
    rewritten: int
    files: int
    seconds: float
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a site is made of.

    Attributes:
        root: The checkout.
        catalog: A catalog that was found in order.
        data: Makes the data files; asks which of them it need not make, and is told what became of
            those that it made.
        bibtex: Id to BibTeX entry.
        digests: Digest of every record's file, by id; without one its pages are always made anew.
        world: Digest of everything else in the catalog's folder.
        known: Records by the digest of their files, as earlier builds read them.
    """

    root: Path
    catalog: Catalog
    data: Callable[[Known, Mapping[str, artifacts.Stamp]], Iterable[Artifact]]
    bibtex: Mapping[str, str]
    digests: Mapping[str, bytes] = field(default_factory=dict)
    world: bytes = b""
    known: Mapping[bytes, Model] = field(default_factory=dict)


def build(
    source: Source, target: Path, say: Say, *, name: str = "mkdocs", through_engine: bool = False
) -> Built:
    """Makes the whole site and puts it in place in one step.

    Nothing is put in place when the engine warns, a page does not fit its frame, or a link is
    broken: the old site stays as it was. A build that is killed leaves it as it was, too. What
    the last build made of the same bytes is taken over from it.

    Args:
        source: What it is made of.
        target: Folder of the site.
        say: Told what is being done.
        name: Which engine draws; see :data:`engine.ENGINES`.
        through_engine: Let the engine draw every page, which gives the same site and takes longer.

    Raises:
        artifacts.Busy: Another build of the same site is running.
        artifacts.Foreign: The target holds something that is not a site.
    """
    start = time.monotonic()
    docs = source.root / "build" / "docs"
    # One checkout has one staging folder, whatever it builds into: builds of it queue up.
    with artifacts.lock(target), artifacts.lock(docs, patience=120):
        kept = Memory.of(source.root)
        place = memory.digest(str(target.resolve()).encode())
        with artifacts.staging(target) as folder:
            filling = artifacts.Filling(folder, target, kept.recall("site", place) or {})
            settings = engine.settings(source.root / "mkdocs.yml", docs)
            making = _Making(source, settings, kept, filling, name)
            try:
                for artifact in making.files(say, through_engine=through_engine):
                    filling.put(artifact)
            except (engine.EngineError, frames.FrameError) as error:
                return Built(target, 0, 0, 0, 0.0, tuple(str(error).splitlines()))
            say("checking links")
            source.catalog.forget()  # what is left to do needs the room
            about = {"version": __version__, "as_of": making.as_of}
            entries = (manifest.Entry(u, s.size, s.digest.hex()) for u, s in filling.stamps.items())
            filling.put(Artifact(manifest.NAME, manifest.write(entries, about)))
            problems = tuple(making.faults(folder))
            if not problems:
                artifacts.publish(folder, target)
                kept.keep("site", place, filling.stamps)
                making.remember()
    count = sum(uri.endswith(".html") for uri in filling.stamps)
    seconds = time.monotonic() - start
    remarks = () if making.settings.repository else (NO_REPOSITORY,)
    return Built(target, count, filling.fresh, len(filling.stamps), seconds, problems, remarks)


@dataclass(frozen=True)
class _Making:
    """The files of a site, one after the other, and what the next build need not make again."""

    source: Source
    settings: engine.Settings
    kept: Memory
    filling: artifacts.Filling
    engine: str

    @cached_property
    def as_of(self) -> str:
        """Day of the newest reading of a source: the date of the data, not of the build."""
        return stats.read_last(self.source.catalog).isoformat()

    @cached_property
    def _world(self) -> bytes:
        """Digest of all that every page goes by."""
        written = sorted(templates(self.source.root).glob("*.html"))
        return memory.digest(
            self.source.world,
            memory.code(),
            repr(self.settings).encode(),
            *(path.read_bytes() for path in written),
        )

    def _of(self, stamps: Mapping[str, artifacts.Stamp]) -> bytes:
        """Gives the digest of a site, and of all that its pages go by."""
        listed = stamps.get(manifest.NAME)  # with the digests of all other files in it
        return memory.digest(self._world, listed.digest if listed else b"")

    @cached_property
    def _before(self) -> tuple[Mapping[str, bytes], Mapping[str, Noted], bytes]:
        """What is known of the last site: digests of its records, what was noted, its frames."""
        return self.kept.recall("pages", self._of(self.filling.known)) or ({}, {}, b"")

    @cached_property
    def _changed(self) -> Changed | None:
        """What changed since the last build; None where that is not known."""
        records, known = self._before[0], self.source.known
        if not records or not known.keys() >= set(records.values()):
            return None
        now = self.source.catalog
        models = {id: known[digest] for id, digest in records.items()}
        before = Catalog.of(models, now.vocabularies.values(), now.surveys.values())
        return Changed(before, now)

    @cached_property
    def notes(self) -> Notes:
        """What is known of pages."""
        return Notes(*self._before[1:]) if self._changed is not None else Notes()

    def files(self, say: Say, *, through_engine: bool) -> Iterator[Artifact]:
        """Makes every file but the manifest."""
        root, catalog = self.source.root, self.source.catalog
        say("writing data files")
        yield from self.source.data(self._known, self.filling.stamps)
        sizes = {uri: stamp.size for uri, stamp in self.filling.stamps.items()}
        told = Settings(self.settings.repository, self.as_of, sizes, self.settings.address)
        yield from _by_hand(root / HAND_WRITTEN)
        yield from self._fonts()
        yield from self._whole(head.CARD, _CARD, lambda: head.card(catalog))
        yield compare.names(catalog)
        yield Artifact(llms.PLACE, llms.text(catalog, self.settings.address, told).encode())
        say("making pages")
        press = Press(
            root,
            root / "build" / "docs",
            self.settings,
            seconds(stats.read_last(catalog)),
            Renderer(templates(root)),
            statements(catalog, self.settings.address, told),
            frozenset(sizes),
            self.kept,
            self._same,
            partial(lent, catalog),
            self._keep,
            self.notes,
            self.engine,
        )
        wanted = pages(catalog, told, self.source.bibtex)
        yield from press.through_engine(wanted) if through_engine else press.through_frames(wanted)

    def _fonts(self) -> tuple[Artifact, ...]:
        key = memory.digest(memory.code(), fonts.versions())
        faces: tuple[Artifact, ...] | None = self.kept.recall("fonts", key)
        if faces is None:
            faces = tuple(fonts.faces())
            self.kept.keep("fonts", key, faces)
        return faces

    def _whole(self, uri: str, keys: Keys, make: Callable[[], Artifact]) -> Iterator[Artifact]:
        """Makes a file of the whole catalog, unless it can be taken over."""
        if not self._known(Basis(keys), (uri,)):
            yield make()

    def _known(self, basis: Basis, uris: Sequence[str]) -> bool:
        changed = self._changed
        return changed is not None and changed.leaves(basis) and self.filling.keep_all(uris)

    def _same(self, page: Page, given: bytes) -> bool:
        changed = self._changed
        return changed is not None and changed.leaves_page(page, given, sizes=self._sizes)

    @cached_property
    def _sizes(self) -> bool:
        """Whether the data files, which are made by now, are as large as they were told to be."""
        then, now = self.filling.known, self.filling.stamps
        told = {file.path for file in data.offered(self.source.catalog)} & now.keys()
        return all(uri in then and size(then[uri].size) == size(now[uri].size) for uri in told)

    def _keep(self, page: Page) -> bool:
        return self.filling.keep_all([f"{page.path}index.html"])

    def faults(self, folder: Path) -> list[str]:
        """Gives what is broken in the site, as it stands in its folder."""
        files = self.filling.stamps
        told = self.notes.told(gone=bool(self.filling.known.keys() - files.keys()))
        bare = {one.uri: one.content for one in self.notes.bare.values()}
        return links.check(folder, self.settings.base, told, bare, files)

    def remember(self) -> None:
        """Keeps what the next build need not make again."""
        stamps, notes = self.filling.stamps, self.notes
        known = (dict(self.source.digests), notes.now, notes.now_in)
        self.kept.keep("pages", self._of(stamps), known)


def _by_hand(folder: Path) -> Iterator[Artifact]:
    """Gives what was written by hand as it travels; the engine draws the pages among it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix != ".md" and name not in INTERNAL:
            content = path.read_bytes()
            if name == explore.SCRIPT:
                content = scripts.joined(path)
            elif path.suffix == ".js":
                content = scripts.lean(content)
            yield Artifact(name, content)
