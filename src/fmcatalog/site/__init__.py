"""The site: pages made from the catalog, drawn by the engine, checked, put in place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fmcatalog import __version__, artifacts, manifest
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.site import engine, fonts, head, links, lost, policy, rendering, scripts, search
from fmcatalog.views import compare, compare_files, llms, paths
from fmcatalog.views.linked import linked
from fmcatalog.views.page import Page, Settings
from fmcatalog.views.pages import pages

Say = Callable[[str], None]

HAND_WRITTEN = "docs"
INTERNAL = frozenset({"docs/decisions.md", "docs/architecture.md", "docs/picture.png"})
"""What the repository shows of itself; it stays off the site."""


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
) -> Built:
    """Makes the whole site and puts it in place in one step.

    Nothing is put in place when the engine warns, a page is missing, or a link is broken: the
    old site stays as it was. A build that is killed leaves it as it was, too.

    Args:
        root: The checkout.
        catalog: A catalog that was found in order.
        data: Data files of the site.
        bibtex: Id to BibTeX entry.
        target: Folder of the site.
        say: Told what is being done.

    Raises:
        artifacts.Busy: Another build of the same site is running.
        artifacts.Foreign: The target holds something that is not a site.
    """
    start = time.monotonic()
    staged = root / "build" / "docs"
    # One checkout has one staging folder, whatever it builds into: builds of it queue up.
    with artifacts.lock(target), artifacts.lock(staged, patience=120):
        say("making pages")
        frame = engine.settings(root / "mkdocs.yml", staged)
        as_of = datetime.fromtimestamp(_newest(catalog), UTC).date().isoformat()
        data = tuple(data)
        sizes = {artifact.uri: len(artifact.content) for artifact in data}
        settings = Settings(frame.repository, as_of, sizes)
        wanted = list(pages(catalog, settings, bibtex))
        made = [
            *rendering.render(wanted, _templates(root)),
            *_by_hand(root / HAND_WRITTEN),
            *fonts.faces(),
            head.card(catalog),
            Artifact(llms.PLACE, llms.text(catalog, frame.address, settings).encode()),
            *_columns(wanted),
            *data,
        ]
        synced = artifacts.sync(staged, made)
        with artifacts.staging(target) as folder:
            say("drawing frames")
            try:
                engine.run(root / "mkdocs.yml", staged, folder, _newest(catalog))
            except engine.EngineError as error:
                problems = tuple(str(error).splitlines())
                return Built(target, len(wanted), len(synced.written), 0, 0.0, problems)
            _finish(folder, frame, dict(linked(catalog, frame.address, settings)))
            say("checking links")
            about = {"version": __version__, "as_of": as_of}
            (folder / manifest.NAME).write_bytes(manifest.make(folder, about))
            problems = (*_missing(folder, made), *links.check(folder, frame.base))
            files = sum(path.is_file() for path in folder.rglob("*"))
            count = sum(1 for _ in folder.rglob("*.html"))
            if not problems:
                artifacts.publish(folder, target)
    seconds = time.monotonic() - start
    return Built(target, count, len(synced.written), files, seconds, tuple(problems))


def _templates(root: Path) -> Path:
    checkout = root / "templates"
    return checkout if checkout.is_dir() else Path(__file__).parent.parent / "templates"


def _newest(catalog: Catalog) -> int:
    """Gives the day of the newest reading of a source: the date of the data, not of the build."""
    days = [s.accessed.first for m in catalog.models.values() for s in m.sources]
    newest = max(days, default=datetime(2023, 10, 28, tzinfo=UTC).date())
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())


def _columns(wanted: Iterable[tuple[Page, object]]) -> Iterator[Artifact]:
    """Makes the columns of a comparison from the same views as the models' pages."""
    for _, view in wanted:
        if isinstance(view, compare.CompareView):
            yield from compare_files.files(view)


def _by_hand(folder: Path) -> Iterator[Artifact]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and f"{HAND_WRITTEN}/{name}" not in INTERNAL:
            content = path.read_bytes()
            yield Artifact(name, scripts.lean(content) if path.suffix == ".js" else content)


def _finish(folder: Path, frame: engine.Frame, stated: Mapping[str, Mapping[str, Any]]) -> None:
    """Gives every page its head and policy, and the page for wrong addresses its place."""
    lost.place(folder, frame.base)
    for path in folder.rglob("*.html"):
        path.write_bytes(policy.secured(search.patient(_headed(folder, path, frame, stated))))


def _headed(
    folder: Path, path: Path, frame: engine.Frame, stated: Mapping[str, Mapping[str, Any]]
) -> bytes:
    """Gives a page with what its head says of it, and where the same stands as JSON."""
    place = path.relative_to(folder).as_posix().removesuffix("index.html")
    nowhere = place == lost.PAGE
    near = frame.base if nowhere else rendering.relative(place, "")
    top = frame.address or near
    record = f"api/v1/{place.rstrip('/')}.json"
    known = place.startswith("models/") and (folder / record).is_file()
    data = rendering.relative(place, record) if known else ""
    page = head.described(path.read_bytes(), "" if nowhere else place, top, data)
    page = head.prepared(page, (near + face for face in _faces(place)))
    feeds = [(near + paths.FEED, "All models")]
    if place and not nowhere and (folder / place / paths.FEED).is_file():
        feeds.append((paths.FEED, "The models of this page"))
    page = head.followed(page, feeds)
    return head.stated(page, stated[place]) if place in stated else page


def _faces(place: str) -> tuple[str, ...]:
    """Gives the faces that a page shows at its top: titles, and on some a line in italics."""
    italic = not place or (place.startswith("models/") and place != "models/")
    return (fonts.TITLES, fonts.ITALICS) if italic else (fonts.TITLES,)


def _missing(folder: Path, made: Iterable[Artifact]) -> Iterator[str]:
    """Names every page that was meant and not made."""
    for artifact in made:
        if not artifact.uri.endswith(".md"):
            continue
        uri = artifact.uri.removesuffix(".md")
        page = f"{uri}.html" if uri.endswith("index") else f"{uri}/index.html"
        if uri == "404/index":
            page = lost.PAGE
        if not (folder / page).is_file():
            yield f"{page}: the page was not made"
