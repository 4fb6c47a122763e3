"""Other engines on the same tree: ProperDocs and Zensical draw frames, and pages fill them.

What an engine alone makes of every page is the measure, as it is for MkDocs. The engines are
installed by `make engines`; where that cannot be done, these tests are left out and say why.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fmcatalog import export, project, site
from fmcatalog.cli import app
from fmcatalog.site import engine, frames, links, search
from fmcatalog.site.engine import EngineError
from fmcatalog.site.frames import FrameError, Look, learn
from fmcatalog.views.page import Page
from fmcatalog.views.pages import Make, pages

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://catalog.example/fmcatalog/"
DATE = 1_700_000_000

Installed = Callable[[str], None]
Toy = Callable[..., Path]


def source(root: Path) -> site.Source:
    catalog = project.catalog(root)
    bibtex = {id: export.bibtex(id, model) for id, model in catalog.models.items()}
    return site.Source(root, catalog, partial(export.api, catalog, ADDRESS), bibtex)


def built(
    made_of: site.Source, name: str, target: Path, *, through_engine: bool
) -> dict[str, bytes]:
    done = site.build(made_of, target, lambda _: None, name=name, through_engine=through_engine)
    assert done.problems == ()
    files = (path for path in target.rglob("*") if path.is_file())
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in files}


@dataclass(frozen=True)
class Sites:
    """A toy site made by an engine in both ways.

    Attributes:
        engine: Its name.
        root: The checkout; the prototypes are drawn once more.
        framed: The site whose pages were filled into frames, by path.
        drawn: The site whose every page the engine drew.
        alone: What the engine makes of the prototypes.
    """

    engine: str
    root: Path
    framed: dict[str, bytes]
    drawn: dict[str, bytes]
    alone: dict[str, bytes]


@pytest.fixture(
    scope="module",
    params=[("properdocs", "classic"), ("zensical", "classic"), ("zensical", "modern")],
    ids=["properdocs", "zensical", "zensical-modern"],
)
def sites(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    installed: Installed,
    toy: Toy,
) -> Sites:
    name, variant = request.param
    installed(name)
    folder = tmp_path_factory.mktemp(name)
    root = toy(folder / "toy", variant=variant)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FMCATALOG_SITE_URL", ADDRESS)
        drawn = built(source(root), name, folder / "drawn", through_engine=True)
        framed = built(source(root), name, folder / "framed", through_engine=False)
        alone = engine.run(name, root / "mkdocs.yml", root / "build/docs", DATE)
    return Sites(name, root, framed, drawn, alone)


def test_a_page_in_a_frame_is_what_the_engine_alone_makes_of_it(sites: Sites) -> None:
    assert sites.framed.keys() == sites.drawn.keys()
    assert [name for name, made in sites.framed.items() if made != sites.drawn[name]] == []


def test_every_kind_of_page_was_among_them(sites: Sites) -> None:
    kinds = {path.stem for path in (ROOT / "templates").glob("*.html")}
    seen = {page.kind for page, _ in all_pages(sites.root)}
    # What is no kind of page is a piece of pages.
    assert kinds - seen <= PIECES
    assert len(sites.framed) > len(seen) > 20


def test_the_engine_drew_and_no_prototype_is_left(sites: Sites) -> None:
    generator = {"properdocs": "mkdocs-ProperDocs", "zensical": "zensical-"}[sites.engine]
    for name, content in sites.framed.items():
        assert "frame-" not in name
        assert b"zzq" not in content.lower()
        if name.endswith(".html"):
            assert f'<meta name="generator" content="{generator}'.encode() in content


def test_what_readers_do_not_see_is_not_on_the_page(sites: Sites) -> None:
    page = sites.framed["models/tern/index.html"].decode()
    assert "md-tag" not in page
    assert page.count('rel="canonical"') == 1
    assert f'<link rel="canonical" href="{ADDRESS}models/tern/">' in page


def test_a_page_that_stands_anywhere_has_no_relative_address(sites: Sites) -> None:
    page = sites.framed["404.html"].decode()
    assert re.findall(r'(?:href|src)="\.[^"]*"', page) == []
    assert '":"..' not in page


def test_the_search_knows_every_page_by_its_names(sites: Sites) -> None:
    kind = search.kind(sites.framed)
    entries = json.loads(sites.framed[kind.place])[kind.key]
    (found,) = (entry for entry in entries if entry["location"] == "models/tern/")
    assert "Tern" in found["tags"]
    assert len({entry["location"] for entry in entries}) == len(entries)


# --- what is missing is said ----------------------------------------------------------------------

WANTED = Look("models/", nav=False, hidden=("navigation",), parted=True)
LEADS = f"{re.escape(frames.LEAD)}|{re.escape(frames.SPENT)}"


@pytest.mark.parametrize(
    ("pattern", "instead", "said"),
    [
        (LEADS, "", "no place for the content"),
        (re.escape(frames.TWO), "", "no place for the content"),
        (frames.TITLE, "another", "no place for: title"),
        (frames.ABOUT, "another", "no place for: about"),
        ("<script|</head>", "", "no place for: head"),
        (f'<h2 id="{frames.FIRST}">', "<h2>", "no place for headings"),
        ("<body", f"<body class='{frames.TITLE.upper()}'", "more than can be filled: .*ZZQTITLE"),
        ('rel="canonical" href="[^"]*/models/', 'href="./', "more than can be filled: .*frame-"),
    ],
)
def test_a_slot_that_an_engine_leaves_out_is_named(
    sites: Sites, pattern: str, instead: str, said: str
) -> None:
    path, page = prototype(sites)
    learn(page, WANTED, f"{ADDRESS}{path}")
    spoilt, count = re.subn(pattern, instead, page)
    assert count
    with pytest.raises(FrameError, match=said):
        learn(spoilt, WANTED, f"{ADDRESS}{path}")


def test_a_list_of_contents_that_an_engine_leaves_out_is_named(sites: Sites) -> None:
    path, page = prototype(sites)
    without = re.sub(
        r'<ul class="md-nav__list" data-md-component="toc".*?</ul>', "", page, flags=re.DOTALL
    )
    with pytest.raises(FrameError, match="no place for: contents"):
        learn(without, WANTED, f"{ADDRESS}{path}")


def prototype(sites: Sites) -> tuple[str, str]:
    """Gives place and page of the prototype of a model, as the engine drew it."""
    names = [n for n in sites.alone if re.fullmatch(r"models/frame-\d+/index\.html", n)]
    found = {name: sites.alone[name].decode() for name in names}
    name = next(name for name, page in found.items() if frames.FIRST in page)
    return name.removesuffix("index.html"), found[name]


def test_a_broken_link_in_a_page_written_by_hand_stops_the_engine(
    sites: Sites, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(sites.root / "build/docs", docs)
    about = docs / "about.md"
    about.write_text(f"{about.read_text()}\n[away](nowhere.md)\n")
    with pytest.raises(EngineError, match=r"(?s)about\.md.*") as caught:
        engine.run(sites.engine, sites.root / "mkdocs.yml", docs, DATE)
    assert "\x1b" not in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert list(tmp_path.iterdir()) == [docs]


def test_without_an_address_a_page_claims_none(
    sites: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FMCATALOG_SITE_URL", raising=False)
    made = built(source(sites.root), sites.engine, tmp_path / "site", through_engine=False)
    assert [name for name in made if b'rel="canonical"' in made[name]] == []
    assert b"<loc>" not in made["sitemap.xml"]


# --- one engine and another -----------------------------------------------------------------------


def test_properdocs_draws_what_mkdocs_draws_but_for_its_name(
    installed: Installed, toy: Toy, tmp_path: Path
) -> None:
    installed("properdocs")
    root = toy(tmp_path / "toy")
    built(source(root), "mkdocs", tmp_path / "site", through_engine=False)
    settings, docs = root / "mkdocs.yml", root / "build/docs"
    one, other = (engine.run(name, settings, docs, DATE) for name in ("mkdocs", "properdocs"))
    assert one.keys() == other.keys()
    named = re.compile(rb'(<meta name="generator" content="mkdocs-)(?:ProperDocs )?[0-9.]+,')
    for name in one.keys() - {"sitemap.xml.gz"}:
        assert named.sub(rb"\1", other[name]) == named.sub(rb"\1", one[name]), name


def test_an_engine_takes_nothing_over_from_another(
    installed: Installed, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("zensical")
    root = toy(tmp_path / "toy")
    monkeypatch.setenv("FMCATALOG_CACHE", str(tmp_path / "cache"))
    names = ("mkdocs", "zensical", "mkdocs")
    first, other, last = (
        built(source(root), name, tmp_path / "site", through_engine=False) for name in names
    )
    assert first == last
    pages = [name for name in first if name.endswith(".html")]
    assert [name for name in pages if first[name] == other[name]] == []


def test_an_engine_that_is_not_there_is_told_how_to_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for ask in (
        lambda: engine.version("zensical", tmp_path),
        lambda: engine.run("zensical", tmp_path / "mkdocs.yml", tmp_path / "docs", DATE),
    ):
        with pytest.raises(EngineError, match="zensical is not installed: `make engines`"):
            ask()


def test_a_search_whose_style_sheet_is_not_known_is_refused() -> None:
    (kind,) = (kind for kind in search.KINDS if kind.branched)
    name = "assets/javascripts/bundle.0a1b.min.js"
    script = b"a;Tc='.a{color:red}';f(C(\"style\",{},Tc.toString()))"
    assert search.styles(kind, {name: script}) == (".a{color:red}",)
    for other in (script.replace(b"Tc=", b"Td="), script.replace(b"red", b"\\72 ed"), b""):
        with pytest.raises(EngineError, match="search has changed: its style sheet"):
            search.styles(kind, {name: other})


def test_an_engine_without_a_search_or_a_page_is_refused() -> None:
    with pytest.raises(EngineError, match="no index for a search: neither search/search_index"):
        search.kind({"index.html": b""})


def test_the_command_builds_with_another_engine(
    installed: Installed, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("zensical")
    monkeypatch.chdir(toy(tmp_path / "toy"))
    done = CliRunner().invoke(app, ["build", "--engine", "zensical", "--site-dir", "made"])
    assert done.exit_code == 0, done.output
    assert b'content="zensical-' in Path("made/models/tern/index.html").read_bytes()


# --- the real catalog -----------------------------------------------------------------------------

PIECES = frozenset({"browse", "macros", "own-data"})
EACH = 2
"""How many pages of each look are drawn in full: all of them take an engine a quarter minute."""


def all_pages(root: Path) -> list[tuple[Page, Make]]:
    made = source(root)
    told = site.Settings("", "2023-10-28", {})
    return list(pages(made.catalog, told, made.bibtex))


def few(wanted: Iterable[tuple[Page, Make]]) -> Iterator[tuple[Page, Make]]:
    """Gives what the navigation leads to, and some pages of each kind in each folder."""
    nav = engine.settings(ROOT / "mkdocs.yml", ROOT / "build/docs").nav

    def place(one: tuple[Page, Make]) -> tuple[str, str]:
        page = one[0]
        return page.kind, page.path.rstrip("/").rpartition("/")[0]

    for _, group in groupby(sorted(wanted, key=place), place):
        some = list(group)
        longest = sorted(some, key=lambda one: -len(one[0].title))
        chosen = {page.path for page, _ in (*some[:EACH], *longest[:EACH])}
        yield from (one for one in some if one[0].path in chosen.union(nav))


@pytest.mark.parametrize("name", ["properdocs", "zensical"])
def test_pages_of_the_real_catalog_are_what_the_engine_alone_makes_of_them(
    name: str, installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(name)
    monkeypatch.setenv("FMCATALOG_SITE_URL", ADDRESS)
    monkeypatch.setattr(site, "pages", lambda *about: few(pages(*about)))
    monkeypatch.setattr(links, "check", lambda *_: [])  # most pages are not there
    pages_alone = replace(source(ROOT), data=lambda _known, _stamps: ())
    framed = built(pages_alone, name, tmp_path / "framed", through_engine=False)
    drawn = built(pages_alone, name, tmp_path / "drawn", through_engine=True)
    assert framed.keys() == drawn.keys()
    assert [path for path, made in framed.items() if made != drawn[path]] == []
    assert sum(path.endswith(".html") for path in framed) > 70
