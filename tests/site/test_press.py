"""Two ways to the same site: frames filled here, and every page through the engine."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from fmcatalog import export, project, site
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import load
from fmcatalog.site import links, lost, press, rendering, search, sitemap
from fmcatalog.site.notes import Notes
from fmcatalog.site.pointing import Reading
from fmcatalog.site.rendering import Body, carrier
from fmcatalog.views.page import Page

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://catalog.example/fmcatalog/"


def built(target: Path, *, through_engine: bool) -> dict[str, bytes]:
    catalog = project.catalog(ROOT)
    bibtex = {id: export.bibtex(id, model) for id, model in catalog.models.items()}
    source = site.Source(ROOT, catalog, partial(export.api, catalog, ADDRESS), bibtex)
    done = site.build(source, target, lambda _: None, through_engine=through_engine)
    assert done.problems == ()
    files = (path for path in target.rglob("*") if path.is_file())
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in files}


class Each(dict[Any, Artifact]):
    """Takes pages without what they say by their files, instead of one for each frame."""

    def __setitem__(self, _: object, page: Artifact) -> None:
        super().__setitem__(page.uri, page)


@pytest.fixture(scope="module")
def notes() -> Notes:
    """What a build noted of the real site; every page is there without what it says."""
    return Notes(bare=Each())


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, notes: Notes
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FMCATALOG_SITE_URL", ADDRESS)
        folder = tmp_path_factory.mktemp("two-ways")
        drawn = built(folder / "drawn", through_engine=True)
        patch.setattr(site, "Notes", lambda: notes)
        patch.setattr(Notes, "make", lambda *_: True)
        return built(folder / "framed", through_engine=False), drawn


def test_the_whole_real_site_is_the_same_byte_for_byte(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    framed, drawn = sites
    assert framed.keys() == drawn.keys()
    assert [name for name in framed if framed[name] != drawn[name]] == []


def test_no_prototype_is_left_on_the_site(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    framed, _ = sites
    assert [name for name in framed if "frame-" in name] == []
    assert [name for name in framed if b"zzq" in framed[name].lower()] == []


def test_every_page_but_the_lost_one_is_listed_once(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    framed, _ = sites
    listed = [e.text for e in ET.fromstring(framed[sitemap.PLACE]).iter() if e.tag.endswith("loc")]
    pages = {n.removesuffix("index.html") for n in framed if n.endswith("index.html")}
    assert len(listed) == len(set(listed))
    assert {str(text).removeprefix(ADDRESS) for text in listed} == pages
    assert gzip.decompress(framed[f"{sitemap.PLACE}.gz"]) == framed[sitemap.PLACE]


def test_links_that_are_known_are_those_that_a_reader_finds(
    sites: tuple[dict[str, bytes], dict[str, bytes]], tmp_path: Path
) -> None:
    framed, _ = sites
    for name, content in framed.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert links.check(tmp_path, "/fmcatalog/") == []
    target = tmp_path / "models/medsam/index.html"
    target.unlink()
    broken = links.check(tmp_path, "/fmcatalog/")
    told = {"explore/index.html": links.Told(frozenset(), frozenset({"models/medsam/"}))}
    assert any(fault.startswith("explore/index.html") for fault in broken)
    known = links.check(tmp_path, "/fmcatalog/", told)
    assert "explore/index.html:1: broken link to models/medsam/" in known


BY_SCRIPTS = {"../assets/explore-texts.json", "../../assets/contribute.json"}
"""What no page points to, but its script."""


def as_seen(path: str, target: str) -> str:
    """A target as it stands on a page; the page for a wrong address has no place of its own."""
    return f"/fmcatalog/{target}" if path == lost.PATH else rendering.relative(path, target)


def addresses(page: Reading) -> set[str]:
    return {address for _, address in page.points()}


def test_what_is_told_of_every_page_is_what_reading_it_would_tell(
    sites: tuple[dict[str, bytes], dict[str, bytes]], notes: Notes
) -> None:
    framed, _ = sites
    bare: dict[Any, Artifact] = dict(notes.bare)
    by_hand = {f"{path.stem}/index.html" for path in (ROOT / "docs").glob("*.md")}
    files = {lost.file(path) for path in notes.now}
    assert {name for name in framed if name.endswith(".html")} - by_hand == files
    for path, noted in notes.now.items():
        file, told = lost.file(path), noted.told
        assert told is not None, file
        page, frame = Reading(framed[file]), Reading(bare[file].content)
        assert told.ids.isdisjoint(frame.ids()), file
        assert told.ids | frame.ids() == page.ids(), file
        seen = {as_seen(path, str(target)) for target in told.targets}
        rest = addresses(page) - addresses(frame) - seen
        assert {one for one in rest if not one.startswith(("https://", "#"))} == set(), file
        assert {unquote(one[1:]) for one in rest if one[0] == "#"} <= told.ids, file
        assert seen - addresses(page) <= BY_SCRIPTS, file


def test_beyond_some_thousand_pages_the_search_holds_a_line_a_page() -> None:
    page = Page("models/a/", "model", "A & B", "Says.", ("A", "Long title", "CT"))
    (entry,) = search.of_page(search.LUNR, page, b"<p>text</p>", whole=False)
    assert entry == {
        "location": "models/a/",
        "title": "A &amp; B",
        "text": "",
        "tags": ["A", "Long title", "CT"],
        "boost": 3.0,
    }


def test_a_body_is_carried_as_html_and_headings() -> None:
    page = Page("models/a/", "model", 'A "b" <c>', "D.", ("x",))
    text = carrier(page, Body("<p>lead</p>", (("One", "<p>1</p>"),)))
    head, _, body = text.removeprefix("---\n").partition("---\n")
    assert 'title: "A &quot;b&quot; &lt;c&gt;"\n' in head
    assert body == "\n<p>lead</p>\n\n## One\n\n<p>1</p>\n"


@pytest.mark.parametrize(
    ("page", "path", "seen"),
    [
        ("", "", "./"),
        ("", "explore/", "explore/"),
        ("models/a/", "", "../../"),
        ("models/a/", "models.csv", "../../models.csv"),
        ("models/a/", "models/a/#part", "#part"),
        ("models/a/", "models/b/#part", "../../models/b/#part"),
        ("explore/", "explore/?q=1#part", "../explore/?q=1#part"),
    ],
)
def test_a_path_is_written_as_seen_from_its_page(page: str, path: str, seen: str) -> None:
    assert rendering.relative(page, path) == seen


def test_a_page_with_headings_that_its_kind_does_not_tell_of_stops_the_build(
    toy: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = toy(tmp_path / "toy")
    monkeypatch.setattr(press, "UNPARTED", frozenset({"term", "contribute-new", "help-wanted"}))
    built = project.build(root, load(root), tmp_path / "site", lambda _: None)
    assert built.problems[0].endswith("has headings: say so in views/page.py")
    assert not (tmp_path / "site").exists()
