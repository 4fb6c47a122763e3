"""The site: pages made from the catalog, drawn by the engine, checked, put in place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fmcatalog import __version__, artifacts, manifest, memory
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.memory import Memory
from fmcatalog.site import engine, fonts, frames, head, links, scripts
from fmcatalog.site.press import HAND_WRITTEN, INTERNAL, Press
from fmcatalog.site.rendering import Renderer
from fmcatalog.views import compare_files, llms
from fmcatalog.views.linked import linked
from fmcatalog.views.model import ModelView
from fmcatalog.views.page import Page, Settings
from fmcatalog.views.pages import pages

Say = Callable[[str], None]

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
    """

    site: Path
    pages: int
    rewritten: int
    files: int
    seconds: float
    problems: tuple[str, ...] = ()


def build(
    root: Path,
    catalog: Catalog,
    data: Iterable[Artifact],
    bibtex: Mapping[str, str],
    target: Path,
    say: Say,
    *,
    through_engine: bool = False,
) -> Built:
    """Makes the whole site and puts it in place in one step.

    Nothing is put in place when the engine warns, a page does not fit its frame, or a link is
    broken: the old site stays as it was. A build that is killed leaves it as it was, too.

    Args:
        root: The checkout.
        catalog: A catalog that was found in order.
        data: Data files of the site.
        bibtex: Id to BibTeX entry.
        target: Folder of the site.
        say: Told what is being done.
        through_engine: Let the engine draw every page, which gives the same site and takes longer.

    Raises:
        artifacts.Busy: Another build of the same site is running.
        artifacts.Foreign: The target holds something that is not a site.
    """
    start = time.monotonic()
    docs = root / "build" / "docs"
    # One checkout has one staging folder, whatever it builds into: builds of it queue up.
    with artifacts.lock(target), artifacts.lock(docs, patience=120):
        kept = Memory.of(root)
        place = memory.digest(str(target.resolve()).encode())
        with artifacts.staging(target) as folder:
            filling = artifacts.Filling(folder, target, kept.recall("site", place) or {})
            told: dict[str, links.Told] = {}
            settings = engine.settings(root / "mkdocs.yml", docs)
            try:
                for artifact, known in _files(
                    root, catalog, data, bibtex, settings, kept, filling, say, through_engine
                ):
                    filling.put(artifact)
                    if known is not None:
                        told[artifact.uri] = known
            except (engine.EngineError, frames.FrameError) as error:
                return Built(target, 0, 0, 0, 0.0, tuple(str(error).splitlines()))
            say("checking links")
            about = {"version": __version__, "as_of": _as_of(catalog)}
            entries = [manifest.Entry(u, s.size, s.digest.hex()) for u, s in filling.stamps.items()]
            filling.put(Artifact(manifest.NAME, manifest.write(entries, about)))
            problems = tuple(links.check(folder, settings.base, told))
            if not problems:
                artifacts.publish(folder, target)
                kept.keep("site", place, filling.stamps)
    count = sum(uri.endswith(".html") for uri in filling.stamps)
    seconds = time.monotonic() - start
    return Built(target, count, filling.fresh, len(filling.stamps), seconds, problems)


def _files(
    root: Path,
    catalog: Catalog,
    data: Iterable[Artifact],
    bibtex: Mapping[str, str],
    settings: engine.Settings,
    kept: Memory,
    filling: artifacts.Filling,
    say: Say,
    through_engine: bool,
) -> Iterator[tuple[Artifact, links.Told | None]]:
    """Makes every file of the site but the manifest."""
    say("writing data files")
    for artifact in data:
        yield artifact, None
    sizes = {uri: stamp.size for uri, stamp in filling.stamps.items()}
    told = Settings(settings.repository, _as_of(catalog), sizes)
    for artifact in (
        *_by_hand(root / HAND_WRITTEN),
        *fonts.faces(),
        head.card(catalog),
        compare_files.names(catalog),
        Artifact(llms.PLACE, llms.text(catalog, settings.address, told).encode()),
    ):
        yield artifact, None

    def beside(_: Page, view: object) -> Iterator[Artifact]:
        if isinstance(view, ModelView):
            yield compare_files.file(view, catalog.models[view.id])

    say("making pages")
    press = Press(
        root,
        root / "build" / "docs",
        settings,
        _newest(catalog),
        Renderer(_templates(root)),
        dict(linked(catalog, settings.address, told)),
        frozenset(sizes),
        beside,
        kept,
    )
    wanted = pages(catalog, told, bibtex)
    yield from press.through_engine(wanted) if through_engine else press.through_frames(wanted)


def _templates(root: Path) -> Path:
    checkout = root / "templates"
    return checkout if checkout.is_dir() else Path(__file__).parent.parent / "templates"


def _as_of(catalog: Catalog) -> str:
    return datetime.fromtimestamp(_newest(catalog), UTC).date().isoformat()


def _newest(catalog: Catalog) -> int:
    """Gives the day of the newest reading of a source: the date of the data, not of the build."""
    days = [s.accessed.first for m in catalog.models.values() for s in m.sources]
    newest = max(days, default=datetime(2023, 10, 28, tzinfo=UTC).date())
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())


def _by_hand(folder: Path) -> Iterator[Artifact]:
    """Gives what was written by hand as it travels; the engine draws the pages among it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix != ".md" and name not in INTERNAL:
            content = path.read_bytes()
            yield Artifact(name, scripts.lean(content) if path.suffix == ".js" else content)
