"""Where nothing is yet, and what builds on what: with and without scripts, on both screens."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fmcatalog import taxonomy
from fmcatalog.catalog import Catalog, load
from fmcatalog.selection import Query, select

WIDTHS = [390, 1440]
GAPS = {"gaps/": "organ", "gaps/task/": "task", "gaps/group/": "category"}

CELLS = """() => [...document.querySelectorAll("#grid td a")].map((a) => [a.href, a.innerText])"""


@pytest.fixture(scope="session")
def catalog(checkout: Path) -> Catalog:
    return load(checkout).catalog


def seen(probe: Any, selector: str, address: str) -> set[str]:
    """What the visible links lead to, from the top of the site."""
    where = [
        link.removeprefix(address)
        for link in probe.page.locator(selector).evaluate_all(
            "(links) => links.filter((a) => a.checkVisibility()).map((a) =>"
            " new URL(a.getAttribute('href'), location).href.replace(/#.*$/, ''))"
        )
    ]
    return set(where)


def unfold(probe: Any) -> None:
    """Opens the years that are folded."""
    for fold in probe.page.locator("details.fm-family:not([open]) > summary").all()[::-1]:
        fold.click()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("page", GAPS)
def test_every_cell_of_the_grid_asks_for_as_many_as_it_says(
    page: str, scripts: bool, catalog: Catalog, site_address: str, page_probe: Any
) -> None:
    with page_probe(scripts=scripts) as probe:
        probe.open(site_address + page)
        cells = probe.page.evaluate(CELLS)
        assert probe.trouble() == {}
    assert len(cells) > 100
    asked = set()
    for href, text in cells:
        address = urlsplit(href)
        assert address.path.endswith("/explore/")
        query = parse_qs(address.query)
        asked |= set(query)
        assert len(select(catalog, Query(query))) == int(text), href
    assert asked == {"modality", GAPS[page]}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_cell_leads_to_its_models(
    width: int, catalog: Catalog, site_address: str, page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        probe.open(f"{site_address}gaps/")
        probe.tab_to('#grid td a[href$="modality=ct&organ=liver"]', most=400)
        probe.page.keyboard.press("Enter")
        probe.page.wait_for_url("**/explore/?*modality=ct*")
        wanted = select(catalog, Query({"modality": ["ct"], "organ": ["liver"]}))
        probe.page.locator(f'[data-id="{wanted[0]}"]').first.wait_for()
        ids = probe.page.locator("tr[data-id]").evaluate_all("rows => rows.map(r => r.dataset.id)")
        assert sorted(ids) == sorted(wanted)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_missing_is_said_before_the_grid(
    width: int, scripts: bool, catalog: Catalog, site_address: str, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=scripts) as probe:
        probe.open(f"{site_address}gaps/task/")
        first = probe.page.locator(".fm-holes li").first
        assert first.bounding_box()["y"] < probe.page.viewport_size["height"]
        for hole in probe.page.locator(".fm-holes li").all():
            links = hole.locator("a").evaluate_all("links => links.map(a => a.href)")
            modality, *tasks = [link.rstrip("/").rsplit("/", 1)[1] for link in links]
            assert tasks
            for task in tasks:
                assert select(catalog, Query({"modality": [modality], "task": [task]})) == ()


def test_the_names_of_the_rows_stay_when_the_grid_is_moved_on_a_phone(
    site_address: str, page_probe: Any
) -> None:
    with page_probe(width=390, scripts=False) as probe:
        probe.open(f"{site_address}gaps/")
        head = probe.page.locator("#grid tbody th").first
        before = head.bounding_box()["x"]
        probe.page.locator("#grid").evaluate("(t) => { t.parentElement.scrollLeft = 300; }")
        assert probe.page.locator("#grid").evaluate("(t) => t.parentElement.scrollLeft") == 300
        assert abs(head.bounding_box()["x"] - before) <= 1


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_family_shows_all_that_came_of_its_root(
    width: int, scripts: bool, catalog: Catalog, site_address: str, page_probe: Any
) -> None:
    graph = taxonomy.lineage(catalog)
    with page_probe(width=width, scripts=scripts) as probe:
        probe.open(f"{site_address}lineage/")
        for root in ("sam", "clip"):
            members = taxonomy.descendants(graph, root)
            wanted = {f"base-models/{root}/"} | {
                f"{'models' if id in catalog.models else 'base-models'}/{id}/" for id in members
            }
            assert seen(probe, f"#{root} .fm-outline a", site_address) == wanted
            drawing = seen(probe, f"#{root} svg a", site_address)
            assert drawing == (wanted if width > 960 else set())
        assert probe.small_print() == []
        assert probe.trouble() == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_one_walks_from_a_model_to_its_kin_with_the_keyboard(
    width: int, site_address: str, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=False) as probe:
        probe.open(f"{site_address}lineage/")
        # A phone has the words, a desktop the drawing as well.
        family = "#sam svg" if width > 960 else "#sam .fm-outline"
        kin = "#kin" if width > 960 else "main :is(.fm-lineage, .fm-kin)"
        probe.page.locator(f'{family} a[href*="models/medsam/"]').first.press("Enter")
        probe.page.wait_for_url("**/models/medsam/**")
        wanted = {"models/medsam/", "base-models/sam/", "models/medlsam/"}
        assert seen(probe, f"{kin} a", site_address) | {"models/medsam/"} >= wanted
        probe.page.locator(f'{kin} a[href*="base-models/sam/"]:visible').first.press("Enter")
        probe.page.wait_for_url("**/base-models/sam/**")
        assert "models/sam-med2d/" in seen(probe, f"{kin} a", site_address)
        assert probe.trouble() == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_timeline_of_a_group_holds_its_members_only(
    width: int, catalog: Catalog, site_address: str, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=False) as probe:
        probe.open(f"{site_address}timeline/")
        probe.page.locator('nav a[href$="group/adaptation/"]').press("Enter")
        probe.page.wait_for_url("**/timeline/group/adaptation/")
        unfold(probe)
        wanted = {f"models/{id}/" for id in catalog.members("category", "adaptation")}
        assert seen(probe, ".fm-moments li > a:not(.fm-badge, .fm-tier)", site_address) == wanted
        probe.page.locator('nav a[href$="modality/ct/"]').press("Enter")
        probe.page.wait_for_url("**/timeline/modality/ct/")
        unfold(probe)
        wanted = {f"models/{id}/" for id in catalog.members("modality", "ct")}
        assert seen(probe, ".fm-moments li > a:not(.fm-badge, .fm-tier)", site_address) == wanted
        assert probe.small_print() == []
        assert probe.trouble() == {}
