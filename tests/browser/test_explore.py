"""The explorer in a Chromium: the table of questions, its address, its files, its keys."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import yaml

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.records.text import folded
from fmcatalog.selection import Query, select, unlisted

ROOT = Path(__file__).resolve().parents[2]
TABLE: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/data/queries.yaml").read_text())
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"

SHOWN = """() => [...document.querySelectorAll("#explore-rows tr")].map((row) => row.dataset.id)"""
COLUMN = """(key) => {
  const heads = [...document.querySelectorAll("#explore-results thead th")];
  const place = heads.findIndex((head) => head.dataset.column === key);
  return [...document.querySelectorAll("#explore-rows tr")]
    .map((row) => row.cells[place].textContent.trim());
}"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def explore(site_address: str) -> str:
    return f"{site_address}explore/"


def shown(probe: Any) -> list[str]:
    found: list[str] = probe.page.evaluate(SHOWN)
    return found


def asked(probe: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(probe.page.url).query)


def visit(probe: Any, address: str) -> Any:
    probe.open(address)
    probe.page.locator(".fm-explore--ready.fm-explore--whole").wait_for()
    return probe.page


def option(page: Any, facet: str, label: str) -> Any:
    fold = page.locator(f".fm-facet[data-facet={facet}]")
    if not fold.evaluate("fold => fold.open"):
        fold.locator("summary").click()
    return fold.get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)} \d+$")).first


def box(place: Any) -> dict[str, float]:
    found: dict[str, float] | None = place.bounding_box()
    assert found is not None
    return found


def test_the_browser_answers_as_python_does(
    explore: str, catalog: Catalog, page_probe: Any
) -> None:
    surveyed = set(select(catalog, Query({"origin": ["survey"]})))
    wrong = {}
    with page_probe() as probe:
        for entry in TABLE:
            # of hundreds only the rows in sight are drawn; those of the survey stay few
            few = "" if "tier=" in entry["query"] else "&tier=surveyed"
            visit(probe, f"{explore}?{entry['query']}{few}")
            found = [id for id in shown(probe) if id in surveyed]
            if found != entry["ids"].split() or probe.page.locator(".fm-ignored").is_visible():
                wrong[entry["question"]] = found
        assert probe.trouble() == {}
    assert wrong == {}


@pytest.mark.parametrize(
    ("unknown", "rest"),
    [
        ("modality=nonsense", "modality=ct&origin=survey"),
        ("colour=blue", "organ=liver"),
        ("max-gpus=many", "year=2022"),
        ("sort=charm", "category=hybrid"),
        ("columns=charm", "category=hybrid"),
        ("pick=nobody", "category=hybrid"),
    ],
)
def test_what_nobody_knows_is_left_out_and_named(
    unknown: str, rest: str, explore: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        visit(probe, f"{explore}?{rest}")
        expected = shown(probe)
        page = visit(probe, f"{explore}?{unknown}&{rest}")
        assert shown(probe) == expected
        assert unknown in page.locator(".fm-ignored").inner_text()
        assert probe.trouble() == {}


def test_the_whole_state_is_in_the_address(explore: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{explore}?tier=surveyed")
        everything = shown(probe)
        option(page, "modality", "Computed tomography").check()
        option(page, "organ", "Liver").check()
        page.locator("#explore-results").get_by_role("button", name="First version").click()
        page.locator("#explore-results").get_by_role("button", name="First version").click()
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("checkbox", name="Authors", exact=True).check()
        page.keyboard.press("Escape")
        for id in shown(probe)[:2]:
            page.locator(f"tr[data-id='{id}'] input").check()
        page.locator("#explore-text").fill("segment")
        there = shown(probe)
        query = asked(probe)
        assert query["modality"] == ["ct"]
        assert query["organ"] == ["liver"]
        assert query["sort"] == ["-published"]
        assert query["text"] == ["segment"]
        assert "authors" in query["columns"][0].split(",")
        assert len(query["pick"][0].split(",")) == 2
        assert 0 < len(there) < len(everything)
        page.reload()
        page.locator(".fm-explore--ready").wait_for()  # with titles: the address asks for words
        assert shown(probe) == there
        assert option(page, "modality", "Computed tomography").is_checked()
        assert page.locator("#explore-text").input_value() == "segment"
        assert page.locator("th[aria-sort=descending]").inner_text().startswith("First")
        page.go_back()  # the picks and the typing came after the second pick
        assert "text" not in asked(probe)
        for _ in range(6):
            page.go_back()
        assert shown(probe) == everything
        assert asked(probe) == {"tier": ["surveyed"]}
        assert probe.trouble() == {}


def test_each_count_is_what_a_choice_would_show(explore: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{explore}?modality=mri&code=public")
        for facet, label in (("organ", "Brain"), ("organ", "Abdomen"), ("task", "Segmentation")):
            box = option(page, facet, label)
            said = int(box.locator("xpath=ancestor::label").locator(".fm-count").inner_text())
            box.check()
            assert len(shown(probe)) == said
            status = page.get_by_role("status").first
            assert status.inner_text().startswith(f"{said} of ")
            box.uncheck()
        assert option(page, "organ", "Stomach").count() == 1
        zero = page.locator("li.fm-zero:not(.fm-unused) > div").locator("visible=true")
        assert zero.count() > 0


@pytest.mark.parametrize("column", ["total-memory", "gpus", "gpu-hours", "gpu-memory"])
def test_numbers_sort_as_numbers_and_the_unknown_come_last(
    column: str, explore: str, page_probe: Any
) -> None:
    found = {}
    with page_probe() as probe:
        for sign in ("", "-"):
            visit(probe, f"{explore}?tier=surveyed&columns={column}&sort={sign}{column}")
            texts = probe.page.evaluate(COLUMN, column)
            numbers = [re.match(r"[>~]?([0-9.]+)", text) for text in texts]
            known = [float(number[1]) for number in numbers if number]
            assert known == sorted(known, reverse=bool(sign))
            assert all(numbers[: len(known)])
            assert not any(numbers[len(known) :])
            found[sign] = known
    assert sorted(found[""]) == sorted(found["-"])
    assert found[""]


def test_a_chip_takes_its_filter_away_and_keeps_the_focus(explore: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{explore}?modality=ct&modality=mri&max-gpu-memory=24")
        chips = page.get_by_role("list", name="Filters in use")
        chips.get_by_role("button", name="Remove filter Modality: Magnetic").press("Enter")
        assert asked(probe) == {"modality": ["ct"], "max-gpu-memory": ["24"]}
        focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert focused == "Remove filter Memory per card: at most 24 GB"
        chips.get_by_role("button", name="Clear all").press("Enter")
        assert asked(probe) == {}
        assert page.evaluate("document.activeElement.id") == "explore-text"
        assert not chips.is_visible()


def test_an_empty_result_names_the_filter_to_drop(
    explore: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{explore}?modality=genomics&organ=liver&tier=surveyed")
        assert shown(probe) == []
        liver = select(catalog, Query({"organ": ["liver"], "tier": ["surveyed"]}))
        line = page.locator(".fm-nothing li", has_text="Modality: Genomics")
        assert f"leaves {len(liver)} models" in line.inner_text()
        line.get_by_role("button").click()
        assert shown(probe) == list(liver)
        assert not page.locator(".fm-nothing").is_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_keyboard_is_enough(width: int, explore: str, page_probe: Any) -> None:
    with page_probe(width=width) as probe:
        page = visit(probe, f"{explore}?origin=survey")
        probe.tab_to("#explore-text")
        page.keyboard.type("sam")
        some = shown(probe)
        assert asked(probe) == {"origin": ["survey"], "text": ["sam"]}
        if width < 600:
            probe.tab_to(".fm-filters-fold > summary", most=1)
            page.keyboard.press("Enter")
            probe.tab_to(".fm-facet > summary", most=1)
            page.keyboard.press("Enter")
            page.locator(".fm-facet input").first.wait_for()
        else:
            probe.tab_to(".fm-facet > summary", most=1)
        probe.tab_to(".fm-facet input[type=checkbox]", most=1)
        page.keyboard.press("Space")
        where = "document.activeElement.closest('label')?.textContent ?? ''"
        assert "prompted" in page.evaluate(where)
        assert asked(probe)["category"] == ["textually-prompted"]
        assert set(shown(probe)) < set(some)
        page.keyboard.press("Space")
        assert shown(probe) == some
        if width < 600:
            probe.tab_to(".fm-show", most=400)
            page.keyboard.press("Enter")
        probe.tab_to("#explore-results thead button", most=400)
        page.keyboard.press("Enter")
        assert asked(probe)["sort"] == ["model"]
        assert page.evaluate("document.activeElement.textContent") == "Model"
        probe.tab_to("#explore-rows input")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "A"
        assert len(asked(probe)["pick"]) == 1
        assert probe.trouble() == {}


def test_two_to_six_can_be_compared(explore: str, catalog: Catalog, page_probe: Any) -> None:
    ids = sorted(catalog.models)[:7]
    with page_probe() as probe:
        page = visit(probe, explore)
        tray = page.get_by_role("region", name="Picked models")
        page.locator(f"tr[data-id='{ids[0]}'] input").check()
        assert tray.get_by_role("link", name="Compare").count() == 0
        for id in ids[1:6]:
            page.locator(f"tr[data-id='{id}'] input").check()
        href = tray.get_by_role("link", name="Compare").get_attribute("href")
        assert href == f"../compare/?models={','.join(ids[:6])}"
        assert not page.locator(f"tr[data-id='{ids[6]}'] input").is_visible()
        tray.get_by_role("button", name="Take").first.click()
        assert asked(probe)["pick"] == [",".join(ids[1:6])]
        assert page.locator(f"tr[data-id='{ids[6]}'] input").is_visible()


@pytest.mark.parametrize("query", ["", "modality=ct&organ=abdomen", "category=hybrid"])
def test_the_files_are_those_of_python(
    query: str, explore: str, catalog: Catalog, page_probe: Any
) -> None:
    writers = {"CSV": export.to_csv, "JSON": export.to_json, "BibTeX": export.to_bibtex}
    with page_probe() as probe:
        page = visit(probe, f"{explore}?{query}")
        ids = shown(probe)
        page.get_by_text("Download", exact=True).click()
        for label, write in writers.items():
            with page.expect_download() as waiting:
                page.get_by_role("button", name=label, exact=True).click()
            wanted = ids if query else list(catalog.models)
            assert Path(waiting.value.path()).read_bytes() == write(catalog, wanted)
            slug = re.sub("[^a-z0-9.]+", "-", query) or "all"
            assert waiting.value.suggested_filename.startswith(f"fmcatalog-{slug}.")
        assert probe.trouble() == {}


def test_files_keep_the_order_that_is_shown(
    explore: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{explore}?category=adaptation&sort=-published")
        ids = shown(probe)
        assert ids != sorted(ids)
        page.get_by_text("Download", exact=True).click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="CSV", exact=True).click()
        assert Path(waiting.value.path()).read_bytes() == export.to_csv(catalog, ids)


def test_bibtex_and_the_address_can_be_copied(
    explore: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{explore}?category=hybrid&columns=category,cite")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        read = "navigator.clipboard.readText()"
        id = shown(probe)[0]
        button = page.get_by_role("button", name=f"Copy BibTeX of {catalog.models[id].name}")
        button.click()
        page.locator(".fm-cite", has_text="Copied").wait_for()
        assert page.evaluate(read).encode() == export.to_bibtex(catalog, [id])
        page.get_by_role("button", name="Copy link").click()
        page.locator(".fm-tools .fm-button", has_text="Copied").wait_for()
        assert page.evaluate(read) == page.url


@pytest.mark.parametrize("width", [390, 1440])
def test_without_a_script_the_whole_list_is_there(
    width: int, explore: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=False) as probe:
        probe.open(explore)
        links = probe.page.locator("#models tbody th a")
        assert links.count() == len(catalog.models)
        ways = probe.page.locator(".fm-way a").evaluate_all("links => links.map((a) => a.href)")
        assert explore.replace("explore/", "modalities/") in ways
        assert explore.replace("explore/", "modalities/ct/") in ways


def test_on_a_phone_the_filters_are_folded(explore: str, page_probe: Any) -> None:
    with page_probe(width=390) as probe:
        page = visit(probe, f"{explore}?modality=ct&organ=liver")
        fold = page.locator(".fm-filters-fold > summary")
        assert fold.inner_text() == "Filters (2)"
        assert not page.locator(".fm-facet").first.is_visible()
        top = page.locator("#explore-rows tr").first.bounding_box()
        assert top is not None
        assert top["y"] < 500
        fold.click()
        assert page.locator(".fm-facet").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_count_stays_in_reach_of_a_thumb(explore: str, page_probe: Any) -> None:
    with page_probe(width=390) as probe:
        page = visit(probe, f"{explore}?origin=survey")
        show = page.locator(".fm-show")
        assert not show.is_visible()
        page.locator(".fm-filters-fold > summary").click()
        folds = page.locator(".fm-facet")
        assert not any(folds.evaluate_all("folds => folds.map((fold) => fold.open)"))
        assert all(fold["height"] >= 24 for fold in map(box, folds.all()))
        option(page, "modality", "Ultrasound").check()
        option(page, "organ", "Brain").check()
        found = len(shown(probe))
        assert show.inner_text() == f"Show {found} models"
        at = box(show)
        assert at["height"] >= 44
        assert 844 - at["height"] - 1 <= at["y"] <= 844 - at["height"] + 1
        option(page, "organ", "Brain").uncheck()
        assert show.inner_text() == f"Show {len(shown(probe))} models"
        assert len(shown(probe)) > found
        show.click()
        assert not show.is_visible()
        assert page.evaluate("document.activeElement.id") == "explore-found"
        assert 0 <= box(page.get_by_role("status").first)["y"] < 200
        assert box(page.locator("#explore-rows tr").first)["y"] < 500
        assert probe.trouble() == {}


def test_on_a_phone_nothing_found_is_said_on_the_bar_too(explore: str, page_probe: Any) -> None:
    with page_probe(width=390) as probe:
        page = visit(probe, f"{explore}?modality=genomics&organ=liver&tier=surveyed")
        page.locator(".fm-filters-fold > summary").click()
        page.get_by_role("button", name="No models").click()
        assert page.locator(".fm-nothing").is_visible()
        assert not page.locator(".fm-legend").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_filters_can_be_skipped(
    width: int, scripts: bool, explore: str, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=scripts) as probe:
        page = visit(probe, f"{explore}?organ=liver") if scripts else probe.page
        if not scripts:
            probe.open(explore)
        skip = page.locator(".fm-explore").get_by_role("link", name="Skip to results")
        first = page.locator(".fm-explore :is(a, input, summary, button)").first
        assert first.inner_text() == skip.inner_text()
        skip.focus()
        at = box(skip)
        assert at["x"] >= 0
        assert at["height"] >= 24
        address = page.url
        page.keyboard.press("Enter")
        if scripts:
            assert page.evaluate("document.activeElement.id") == "explore-found"
            assert page.url == address
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "Columns"
        else:
            assert page.url == f"{address}#models"


@pytest.mark.parametrize("width", [390, 1440])
def test_who_says_several_organs_does_not_vanish(
    width: int, explore: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        page = visit(probe, f"{explore}?organ=liver&modality=us")
        query = Query({"organ": ["liver"], "modality": ["us"]})
        said = {one.key: one for one in unlisted(catalog, query) if not one.unknown}
        assert "organ" in said
        before = shown(probe)
        more = page.locator(".fm-unlisted [data-facet=organ]", has_text="not which")
        assert more.inner_text().startswith(f"{said['organ'].count} more say “Several organs”")
        more.click()
        assert asked(probe)["organ"] == ["liver", "multi-organ"]
        assert len(shown(probe)) == len(before) + said["organ"].count
        assert page.evaluate("document.activeElement.id") == "explore-found"
        assert more.count() == 0
        page.go_back()
        assert shown(probe) == before
        visit(probe, explore)
        assert not page.locator(".fm-unlisted").is_visible()


UNSAID = [
    Query({"modality": ["ct"], "organ": ["abdomen"], "weights": ["public"]}, max_gpus=8),
    Query({"modality": ["histopathology"], "commercial-use": ["allowed", "not-reported"]}),
    Query({"organ": ["liver"], "modality": ["us"]}, min_gpu_memory=16, max_gpu_memory=80),
    Query({"weights": ["unknown"]}, text="sam"),
]


@pytest.mark.parametrize("query", UNSAID, ids=range(len(UNSAID)))
def test_what_is_unknown_is_said_as_in_python(
    query: Query, explore: str, catalog: Catalog, page_probe: Any
) -> None:
    pairs = [(key, word) for key, words in query.words().items() for word in words]
    for key in ("gpus", "gpu-memory"):
        least, most = query.limits(key)
        pairs += [(f"min-{key}", least)] if least else []
        pairs += [(f"max-{key}", most)] if most else []
    pairs += [("q", query.text)] if query.text else []
    with page_probe() as probe:
        page = visit(probe, f"{explore}?{urlencode(pairs)}")
        buttons = page.locator(".fm-unlisted button")
        found = buttons.evaluate_all("all => all.map((b) => [b.dataset.facet, b.textContent])")
        told = []
        for one in unlisted(catalog, query):
            says = "says" if one.count == 1 else "say"
            if one.option is None:
                text = f"of which “{one.label}” is unknown: lift the limit"
            elif one.unknown:
                text = f"of which “{one.label}” is unknown: add"
            else:
                text = f"{says} “{one.option.label}”, not which: add"
            told.append([one.key, f"{one.count} more {text}"])
        assert sorted(found) == sorted(told)
        status = page.locator("#explore-found")
        before = status.inner_text()
        for one in unlisted(catalog, query):
            if not one.unknown:
                continue
            page.locator(f".fm-unlisted [data-facet={one.key}]", has_text="is unknown").click()
            more = int(status.inner_text().split()[0]) - int(before.split()[0])
            # Without a limit those come too that are known to be beyond it.
            assert more >= one.count if one.option is None else more == one.count
            assert page.evaluate("document.activeElement.id") == "explore-found"
            page.go_back()
            assert status.inner_text() == before


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_marks_are_explained_above_the_table(
    width: int, scripts: bool, explore: str, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=scripts) as probe:
        probe.open(explore)
        if scripts:
            probe.page.locator(".fm-explore--ready").wait_for()
        legend = probe.page.locator(".fm-legend")
        words = legend.inner_text()
        for word in ("known", "not reported", "not applicable", "not looked up"):
            assert word in words
        table = box(probe.page.locator(".fm-explore table").first)
        assert box(legend)["y"] < table["y"]


WORDS = (
    "MedSAM‑2: Étude №2",
    "Σίσυφος ΟΔΟΣ",
    "Straße ﬁne ½",
    "Мedѕam",
    "图像 ２０２３",
    "a_b\u0130",
)


def test_the_browser_folds_a_text_as_python_does(
    explore: str, catalog: Catalog, page_probe: Any
) -> None:
    texts = [*WORDS, *catalog.models]
    texts += [text for model in catalog.models.values() for text in (model.name, model.title)]
    script = explore.replace("explore/", "assets/explore/texts.js")
    with page_probe() as probe:
        probe.open(explore)
        found = probe.page.evaluate(
            "([script, texts]) => import(script).then(({ folded }) => texts.map(folded))",
            [script, texts],
        )
    assert found == [folded(text) for text in texts]


class Held:
    """Answers for a file of the site only when it is told to."""

    def __init__(self, page: Any, pattern: str) -> None:
        self.routes: list[Any] = []
        page.route(pattern, self._hold)

    def _hold(self, route: Any) -> None:
        self.routes.append(route)

    def come(self) -> None:
        for route in self.routes:
            route.continue_()

    def come_as(self, text: str) -> None:
        for route in self.routes:
            route.fulfill(body=text, content_type="application/json")

    def fail(self) -> None:
        for route in self.routes:
            route.abort()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_stands_there_until_the_index_has_come(
    scheme: str, explore: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe(scheme=scheme) as probe:
        page = probe.page
        index = Held(page, "**/assets/explore.json")
        page.goto(explore, wait_until="load")
        page.wait_for_timeout(1200)
        assert page.locator("#models tbody tr").count() == len(catalog.models)
        assert page.locator("#models tbody a").first.is_visible()
        assert page.locator(".fm-way a").first.is_visible()
        hidden = "(row) => getComputedStyle(row.closest('.fm-explore__main')).contentVisibility"
        assert page.locator("#models").evaluate(hidden) == "visible"
        index.come()
        page.locator(".fm-explore--ready").wait_for()
        assert page.locator("#models").count() == 0
        assert len(shown(probe)) > 0


def test_without_an_index_the_list_stays(explore: str, catalog: Catalog, page_probe: Any) -> None:
    with page_probe() as probe:
        page = probe.page
        index = Held(page, "**/assets/explore.json")
        page.goto(explore, wait_until="load")
        page.wait_for_timeout(100)
        index.fail()
        page.locator(".fm-explore--plain").wait_for()
        assert page.locator("#models tbody tr").count() == len(catalog.models)
        assert page.locator("#models").is_visible()
        assert probe.errors == []


def test_names_are_found_before_titles_and_authors_have_come(
    explore: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = probe.page
        texts = Held(page, "**/assets/explore-texts.json")
        page.goto(explore, wait_until="load")
        page.locator(".fm-explore--ready").wait_for()
        status = page.get_by_role("status").first
        assert "way" not in status.inner_text()
        everything = shown(probe)
        option(page, "modality", "Computed tomography").check()
        assert shown(probe) != everything
        option(page, "modality", "Computed tomography").uncheck()
        page.locator("#explore-text").fill("shruthi")  # an author, and no name
        assert shown(probe) == []
        assert "titles and authors are on their way" in status.inner_text()
        page.locator("#explore-text").fill("medsam")
        assert "medsam" in shown(probe)
        page.locator("#explore-text").fill("")
        page.locator("#explore-rows input").first.focus()
        focused = page.evaluate("document.activeElement.ariaLabel")
        texts.come()
        page.locator(".fm-explore--whole").wait_for()
        assert page.evaluate("document.activeElement.ariaLabel") == focused
        first = next(iter(catalog.models.values()))
        link = page.locator("#explore-rows a").first
        assert link.get_attribute("title") == first.title
        page.locator("#explore-text").fill("shruthi")
        assert shown(probe) == list(select(catalog, Query(text="shruthi")))
        assert "way" not in status.inner_text()
        assert probe.trouble() == {}


def test_what_an_address_asks_for_in_words_waits_for_them(
    explore: str, catalog: Catalog, page_probe: Any
) -> None:
    for query in ("text=shruthi&pick=medsam", "sort=-title", "columns=title,authors"):
        with page_probe() as probe:
            page = probe.page
            texts = Held(page, "**/assets/explore-texts.json")
            page.goto(f"{explore}?{query}", wait_until="load")
            page.wait_for_timeout(300)
            assert page.locator(".fm-explore--ready").count() == 0
            texts.come()
            page.locator(".fm-explore--ready").wait_for()
            if "text" in query:
                page.get_by_role("region", name="Picked models").wait_for()
                assert shown(probe) == list(select(catalog, Query(text="shruthi")))
            elif query == "sort=-title":
                titles = {id: model.title.lower() for id, model in catalog.models.items()}
                assert shown(probe)[0] == max(titles, key=lambda id: titles[id])
            else:
                assert all(page.evaluate(COLUMN, "title"))


@pytest.mark.parametrize("what", ["nothing", "an older copy"])
def test_without_titles_and_authors_it_says_so(
    what: str, explore: str, catalog: Catalog, page_probe: Any
) -> None:
    older = Catalog.of(dict(list(catalog.models.items())[1:]), catalog.vocabularies.values(), ())
    with page_probe() as probe:
        page = probe.page
        texts = Held(page, "**/assets/explore-texts.json")
        page.goto(explore, wait_until="load")
        page.locator(".fm-explore--ready").wait_for()
        page.wait_for_timeout(100)
        if what == "nothing":
            texts.fail()
        else:
            texts.come_as(export.explorer_texts(older).decode())
        page.locator(".fm-explore--whole").wait_for()
        page.locator("#explore-text").fill("medsam")
        assert "medsam" in shown(probe)
        said = page.get_by_role("status").first.inner_text()
        assert said.endswith("by name; titles and authors could not be fetched")
        assert probe.errors == []


def test_our_scripts_are_light(explore: str, built_site: Path, page_probe: Any) -> None:
    fetched: list[str] = []
    with page_probe() as probe:
        probe.page.on("request", lambda request: fetched.append(request.url))
        visit(probe, explore)
    base = explore.removesuffix("explore/")
    ours = {
        u.removeprefix(base)
        for u in fetched
        if re.search(r"assets/(explore|fmcat|search).*\.js$", u)
    }
    assert ours == {"assets/explore/explore.js", "assets/fmcatalog.js", "assets/search.js"}
    weight = sum(len(gzip.compress((built_site / name).read_bytes(), 9)) for name in ours)
    assert weight <= 16 * 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "query", ["", "?modality=ct&pick=medsam,samed", "?organ=skin&task=dialogue"]
)
def test_axe_finds_nothing(
    query: str, width: int, scheme: str, explore: str, page_probe: Any
) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: npm ci in tests/browser brings it")
    with page_probe(width=width, scheme=scheme) as probe:
        page = visit(probe, f"{explore}{query}")
        if width < 600:
            page.locator(".fm-filters-fold > summary").click()
        # Through the debugger: the page's own policy does not let a foreign script in.
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))")
        assert found == []


def test_a_question_in_the_address_goes_to_the_explorer_alone(
    site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(f"{site_address}explore/?q=pathology&year=2025")
        probe.page.locator("text=/^\\d+ of \\d+ models$/").first.wait_for()
        assert "text=pathology" in probe.page.url
        assert not probe.page.locator("#__search").is_checked()
        assert probe.trouble() == {}


IN_SIGHT = """[...document.querySelectorAll("tr[data-id]")].filter((row) => {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}).length"""


@pytest.mark.parametrize("width", [390, 1440])
def test_rows_are_there_wherever_the_page_is_moved_to(
    width: int, explore: str, page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        probe.open(explore)
        probe.page.locator("tr[data-id]").first.wait_for()
        for place in (3000, 8000, 2600, 0):
            probe.page.evaluate(f"scrollTo(0, {place})")
            probe.page.wait_for_timeout(300)
            assert probe.page.evaluate(IN_SIGHT) >= 8, place
        assert probe.trouble() == {}
