"""The site: pages made from the catalog, drawn by the engine, checked, put in place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from fmcatalog import __version__, artifacts, manifest, memory, stats
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.memory import Memory
from fmcatalog.site import engine, fonts, frames, head, links, scripts
from fmcatalog.site.press import HAND_WRITTEN, INTERNAL, Notes, Press, seconds
from fmcatalog.site.rendering import Renderer, templates
from fmcatalog.views import compare, explore, llms
from fmcatalog.views.keys import Keys
from fmcatalog.views.linked import statements
from fmcatalog.views.page import Page, Settings
from fmcatalog.views.pages import pages

Say = Callable[[str], None]
Known = Callable[[str, Sequence[str]], bool]
"""Tells of a record, by id, whether its files are there already as they would be made."""

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
        data: Makes the data files; asks of each record whether it needs none.
        bibtex: Id to BibTeX entry.
        digests: Digest of every record's file, by id; without one its pages are always made anew.
        world: Digest of everything else in the catalog's folder.
    """

    root: Path
    catalog: Catalog
    data: Callable[[Known], Iterable[Artifact]]
    bibtex: Mapping[str, str]
    digests: Mapping[str, bytes] = field(default_factory=dict)
    world: bytes = b""


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
            told: dict[str, links.Told] = {}
            try:
                for artifact, known in making.files(say, through_engine=through_engine):
                    filling.put(artifact)
                    if known is not None:
                        told[artifact.uri] = known
            except (engine.EngineError, frames.FrameError) as error:
                return Built(target, 0, 0, 0, 0.0, tuple(str(error).splitlines()))
            say("checking links")
            about = {"version": __version__, "as_of": making.as_of}
            entries = (manifest.Entry(u, s.size, s.digest.hex()) for u, s in filling.stamps.items())
            filling.put(Artifact(manifest.NAME, manifest.write(entries, about)))
            known_pages = told | making.notes.told
            problems = tuple(links.check(folder, making.settings.base, known_pages))
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
    notes: Notes = field(default_factory=Notes)

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
            self.as_of.encode(),
            *(path.read_bytes() for path in written),
        )

    def files(
        self, say: Say, *, through_engine: bool
    ) -> Iterator[tuple[Artifact, links.Told | None]]:
        """Makes every file but the manifest."""
        root, catalog = self.source.root, self.source.catalog
        say("writing data files")
        for artifact in self.source.data(self._known()):
            yield artifact, None
        sizes = {uri: stamp.size for uri, stamp in self.filling.stamps.items()}
        told = Settings(self.settings.repository, self.as_of, sizes, self.settings.address)
        for artifact in (
            *_by_hand(root / HAND_WRITTEN),
            *self._fonts(),
            head.card(catalog),
            compare.names(catalog),
            Artifact(llms.PLACE, llms.text(catalog, self.settings.address, told).encode()),
        ):
            yield artifact, None
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
            Keys(catalog, self.source.digests, self._world).of,
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

    def _known(self) -> Known:
        before: Mapping[str, bytes] = self.kept.recall("data", self._world) or {}
        digests = self.source.digests

        def known(id: str, uris: Sequence[str]) -> bool:
            same = id in digests and before.get(id) == digests[id]
            return same and self.filling.keep_all(uris)

        return known

    def _keep(self, page: Page) -> bool:
        return self.filling.keep_all([f"{page.path}index.html"])

    def remember(self) -> None:
        """Keeps what the next build need not make again."""
        self.kept.keep("data", self._world, dict(self.source.digests))
        if self.notes.key:
            self.kept.keep("pages", self.notes.key, self.notes.now)


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
