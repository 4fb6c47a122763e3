"""One page of each kind, as a reader meets it: on a phone and a desktop, by day and by night."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

# The kind of a page → its address; `*` stands for one page out of many.
KINDS = {
    "home": "",
    "models": "models/",
    "model": "models/*/",
    "taxonomy": "taxonomy/",
    "group": "taxonomy/*/",
    "modalities": "modalities/",
    "modality": "modalities/*/",
    "organs": "organs/",
    "organ": "organs/*/",
    "tasks": "tasks/",
    "task": "tasks/*/",
    "algorithms": "algorithms/",
    "algorithm": "algorithms/*/",
    "gpus": "gpus/",
    "gpu": "gpus/*/",
    "licences": "licences/",
    "licence": "licences/*/",
    "base models": "base-models/",
    "base model": "base-models/*/",
    "datasets": "datasets/",
    "dataset": "datasets/*/",
    "timeline": "timeline/",
    "timeline of a group": "timeline/group/*/",
    "timeline of a modality": "timeline/modality/*/",
    "timeline of a tier": "timeline/tier/*/",
    "since the survey": "since/",
    "statistics": "statistics/",
    "statistics of a tier": "statistics/tier/*/",
    "gaps": "gaps/",
    "gaps by task": "gaps/task/",
    "gaps by group": "gaps/group/",
    "gaps of a tier": "gaps/tier/*/",
    "gaps by task or group of a tier": "gaps/*/tier/*/",
    "lineage": "lineage/",
    "hardware": "hardware/",
    "survey": "survey/",
    "taxonomy of the survey": "survey/taxonomy/",
    "data": "data/",
    "API": "data/api/",
    "Python": "data/python/",
    "contribute": "contribute/",
    "add a paper": "contribute/new/",
    "help wanted": "help-wanted/",
    "about": "about/",
    "checks": "checks/",
    "not found": "no/such/page/",
    "explore": "explore/",
    "compare": "compare/",
}
WIDTHS = [390, 1440]
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

# What a page says, as text: folded parts count, scripts and styles do not.
WORDS = """() => {
  const main = (document.querySelector("main") ?? document.body).cloneNode(true);
  main.querySelectorAll("script, style, noscript, template").forEach((e) => e.remove());
  return main.textContent.split(/\\s+/).filter(Boolean).length;
}"""

# What makes the page wider than the screen: not what scrolls in a frame of its own.
WIDE = """() => {
  const framed = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== "visible") return true;
    return false;
  };
  const width = document.documentElement.clientWidth;
  const named = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`;
  const wide = [...document.querySelectorAll("main *")]
    .filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > width + 1)
    .filter((e) => !framed(e)).map(named).slice(0, 5);
  const over = document.documentElement.scrollWidth - width;
  return over > 0 ? [`the page is ${over} px too wide`, ...wide] : wide;
}"""

# Big and bright at night; and pictures from a file, which do not know day from night.
WHITE = """() => [...document.querySelectorAll("body *")].filter((e) => {
  const { width, height } = e.getBoundingClientRect();
  if (e.matches(".md-content :is(img, object, embed, iframe)")) return true;
  if (width * height < 10_000 || !e.checkVisibility()) return false;
  const style = getComputedStyle(e);
  const drawn = e instanceof SVGGeometryElement ? style.fill : style.backgroundColor;
  const [r, g, b, a = 1] = (drawn.match(/[0-9.]+/g) ?? [0, 0, 0, 0]).map(Number);
  // A bar is light in the dark to be seen, and has a colour; paper has none.
  return a > 0.5 && Math.min(r, g, b) > 0.7 * 255;
}).map((e) => e.outerHTML.slice(0, 80))"""

# Words in drawings with less contrast to the page than text needs: axe does not look into SVG.
PALE = """() => {
  const parts = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const linear = (part) => part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const page = parts(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll("main svg text")].filter((text) => {
    const { fill } = getComputedStyle(text);
    if (!text.checkVisibility() || fill === "none") return false;
    let [r, g, b, there = 1] = parts(fill);
    for (let e = text; e.closest("svg"); e = e.parentElement) there *= getComputedStyle(e).opacity;
    const shown = [r, g, b].map((part, at) => part * there + page[at] * (1 - there));
    const [low, high] = [light(shown), light(page)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) < 4.5;
  }).map((text) => text.textContent);
}"""

BRIGHTNESS = """() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


@pytest.fixture(scope="session")
def addresses(built_site: Path, site_address: str) -> dict[str, str]:
    """The kind of a page → the whole address of one."""
    found = {}
    for kind, address in KINDS.items():
        found[kind] = site_address + address
        if "*" in address:
            pages = sorted(built_site.glob(f"{address}index.html"))
            assert pages, f"no page of the kind: {kind}"
            page = pages[len(pages) // 2].parent.relative_to(built_site)
            found[kind] = f"{site_address}{page.as_posix()}/"
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_whole_on_every_screen(
    kind: str, width: int, addresses: dict[str, str], page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        response = probe.open(addresses[kind])
        if kind == "not found":
            assert response.status == 404
            # The browser's own words about the address that we asked for, and nothing else.
            assert [f for f in probe.failed if addresses[kind] not in f] == []
            assert len(probe.failed) == len(probe.console) == 1
            probe.failed.clear()
            probe.console.clear()
        assert probe.trouble() == {}
        assert probe.page.locator("h1").count() == 1
        assert probe.page.locator("h1").inner_text().strip()
        assert probe.page.title().strip()
        assert probe.page.evaluate(WIDE) == []
        assert probe.small_print() == []
        assert probe.page.evaluate(BRIGHTNESS) > 0.8
        assert probe.page.evaluate(PALE) == []
        probe.page.emulate_media(color_scheme="dark")
        # Asked from here: in the page, the site's own policy forbids to wait for an expression.
        for _ in range(40):
            if probe.page.evaluate(BRIGHTNESS) < 0.3:
                break
            probe.page.wait_for_timeout(50)
        assert probe.page.evaluate(BRIGHTNESS) < 0.3
        assert probe.page.evaluate(PALE) == []
        assert probe.page.evaluate(WHITE) == []
        assert probe.page.evaluate(WIDE) == []
        assert probe.trouble() == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_scripts_of_a_page_are_light(
    kind: str, addresses: dict[str, str], built_site: Path, site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(addresses[kind])
    asked = {address.removeprefix(site_address) for address in probe.asked}
    ours = {path for path in asked if re.match(r"assets/(?!javascripts/).*\.js$", path)}
    assert "assets/fmcatalog.js" in ours
    weight = sum(len(gzip.compress((built_site / path).read_bytes())) for path in ours)
    assert weight <= (16 if kind == "explore" else 8) * 1024


def test_a_page_that_opens_at_night_is_dark(site_address: str, page_probe: Any) -> None:
    with page_probe(scheme="dark") as probe:
        probe.open(site_address)
        assert probe.page.evaluate(BRIGHTNESS) < 0.3
        assert probe.trouble() == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_scripts(
    kind: str, addresses: dict[str, str], page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(addresses[kind])
        with_scripts = probe.page.evaluate(WORDS)
    with page_probe(width=390, scripts=False) as probe:
        probe.open(addresses[kind])
        without = probe.page.evaluate(WORDS)
        assert probe.page.evaluate(WIDE) == []
        assert probe.page.locator("h1").is_visible()
    assert without >= 0.7 * with_scripts


def test_every_kind_of_page_is_opened_here(built_site: Path) -> None:
    kinds = [re.compile(address.replace("*", "[^/]+")) for address in KINDS.values()]
    there = [page.parent.relative_to(built_site) for page in built_site.rglob("index.html")]
    addresses = ["" if page == Path() else f"{page.as_posix()}/" for page in there]
    assert [one for one in addresses if not any(kind.fullmatch(one) for kind in kinds)] == []


# Links in charts have no plain `href`.
LINKS = """() => [...document.querySelectorAll("a[href]")].map(
  (a) => new URL(a.getAttribute("href"), document.baseURI).href.split("#")[0])"""


@pytest.mark.parametrize("base", ["/", "/a/b/"])
def test_the_site_works_under_any_base_path(
    base: str, built_site: Path, serve: Any, site_address: str, addresses: dict[str, str],
    page_probe: Any,
) -> None:  # fmt: skip
    links = set()
    with serve(built_site, base=base) as address, page_probe() as probe:
        for kind in ("home", "models", "model", "group", "modality"):
            probe.open(addresses[kind].replace(site_address, address))
            links.update(probe.page.evaluate(LINKS))
        assert probe.trouble() == {}
        here = {link for link in links if link.startswith("http://127.0.0.1:")}
        assert len(here) > 10
        assert {link for link in here if not link.startswith(address)} == set()
        assert {link for link in here if not probe.page.request.get(link).ok} == set()


# --- the way past the header ---------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "models/medsam/", "explore/", "about/"])
def test_the_first_tab_leads_past_the_header_to_the_start(
    path: str, site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(f"{site_address}{path}")
        probe.tab_to(".md-skip", most=3)
        probe.page.keyboard.press("Enter")
        probe.page.keyboard.press("Tab")
        assert probe.page.evaluate("document.activeElement.closest('article') !== null")
        assert probe.page.evaluate(
            "document.querySelector('#content').contains(document.querySelector('h1'))"
        )


@pytest.mark.parametrize("path", ["statistics/", "models/medsam/", "about/"])
def test_who_skips_the_header_does_not_land_under_it(
    path: str, site_address: str, page_probe: Any
) -> None:
    with page_probe(width=1440) as probe:
        probe.open(f"{site_address}{path}")
        page = probe.page
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.locator(".md-skip").focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        header = page.evaluate("document.querySelector('.md-header').offsetHeight")
        top = "document.querySelector('#content').getBoundingClientRect().top"
        assert page.evaluate(top) >= header
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= header
        for _ in range(12):
            page.keyboard.press("Tab")
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= header


@pytest.mark.parametrize("path", ["gaps/", "gaps/task/"])
def test_the_heads_of_a_grid_stay_in_sight(path: str, site_address: str, page_probe: Any) -> None:
    with page_probe(width=1440) as probe:
        page = probe.page
        probe.open(f"{site_address}{path}")
        middle = page.locator(".fm-grid tbody tr").nth(9)
        middle.evaluate("(row) => scrollTo(0, row.getBoundingClientRect().top + scrollY - 300)")
        page.wait_for_timeout(200)
        header = page.evaluate("document.querySelector('.md-header').offsetHeight")
        heads = page.locator(".fm-grid thead th").all()
        assert all(header - 2 <= head.bounding_box()["y"] <= header + 2 for head in heads)


# --- the site's own search -----------------------------------------------------------------------


def record(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


@pytest.fixture(scope="session")
def records(checkout: Path) -> dict[str, dict[str, Any]]:
    return {
        path.stem: record(path) for path in sorted((checkout / "catalog/models").glob("*.yaml"))
    }


@pytest.fixture(scope="session")
def modalities(checkout: Path) -> dict[str, str]:
    """The id of a modality → what readers call it."""
    terms = record(checkout / "catalog/vocabularies/modality.yaml")["terms"]
    return {term["id"]: term["label"] for term in terms}


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_source_mark_says_its_source_on(way: str, site_address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        probe.open(f"{site_address}models/medsam/")
        mark = probe.page.locator('.fm-source a[href="#source-3"]').first
        getattr(mark, way)()
        said = probe.page.get_by_role("tooltip").inner_text()
        listed = probe.page.locator("#source-3").inner_text()
        assert len(said) > 20
        assert listed.startswith(said)
        assert probe.trouble() == {}


def test_no_source_stands_for_what_was_not_looked_up(built_site: Path) -> None:
    pages = "".join(page.read_text() for page in built_site.glob("models/*/index.html"))
    assert re.search(r'not reported</span>\s*<sup class="fm-source"', pages)
    assert not re.search(r'not looked up</span>\s*<sup class="fm-source"', pages)


def search(probe: Any, words: str, wanted: list[str], *, first: bool = False) -> bool:
    """Whether the search of the page finds one of the wanted pages for some words."""
    field = probe.page.locator(".md-search__input")
    field.click()
    field.fill(words)
    item = ".md-search-result__item:first-child > " if first else ""
    found = probe.page.locator(
        ", ".join(f'{item}.md-search-result__link[href*="/{path}/"]' for path in wanted)
    )
    # The theme listens to keys, and forgets those that come before its index is ready.
    for _ in range(40):
        field.press("End")
        if found.count():
            return True
        probe.page.wait_for_timeout(250)
    return False


@pytest.mark.parametrize("width", [390, 1440])
def test_the_index_of_the_search_comes_when_somebody_searches(
    width: int, site_address: str, page_probe: Any
) -> None:
    asked: list[str] = []
    with page_probe(width=width) as probe:
        page = probe.page
        page.on("request", lambda request: asked.append(request.url))
        probe.open(f"{site_address}models/medsam/")
        assert not [url for url in asked if "search_index" in url]
        if width < 600:
            page.locator("header [for=__search]").first.click()
        else:
            page.locator(".md-search__input").click()
        page.keyboard.type("totalsegmentator")  # faster than the index comes
        page.locator(".md-search-result__link").first.wait_for()
        assert len([url for url in asked if "search_index" in url]) == 1
        probe.open(f"{site_address}?q=medsam")
        page.locator('.md-search-result__link[href*="/models/medsam/"]').first.wait_for()
        assert probe.trouble() == {}


@pytest.mark.parametrize("field", ["name", "title"])
def test_the_search_finds_every_model_by(
    field: str, records: dict[str, Any], site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(site_address)
        lost = [
            id
            for id, fields in records.items()
            if not search(probe, fields[field], [f"models/{id}"], first=field == "name")
        ]
        assert lost == []
        assert probe.trouble() == {}


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("CT", "modalities/ct"),
        ("sam", "base-models/sam"),
        ("CLIP", "base-models/clip"),
        ("LLaMA", "base-models/llama"),
        ("Segmentation", "tasks/segmentation"),
        ("LoRA", "algorithms/low-rank-adaptation"),
        ("UNI", "models/uni"),
        ("license", "licences"),
        ("commercial", "licences"),
        ("Commercial use", "licences"),
        ("trust", "about"),
        ("error rate", "checks"),
        ("24GB", "hardware"),
    ],
)
def test_a_name_typed_in_full_comes_before_longer_ones(
    word: str, path: str, site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(site_address)
        assert search(probe, word, [path], first=True)
        assert probe.trouble() == {}


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("UNI", "models/uni"),
        ("MedSAM", "models/medsam"),
        ("CLIP", "base-models/clip"),
        ("CONCH", "models/conch"),
    ],
)
def test_enter_opens_the_first_page_that_is_shown(
    word: str, path: str, site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(site_address)
        assert search(probe, word, [path], first=True)
        probe.page.keyboard.press("Enter")
        probe.page.wait_for_url(f"{site_address}{path}/*")
        assert probe.trouble() == {}


def held_back(probe: Any) -> Callable[[], None]:
    """Keeps the index of the search back; gives what lets it come."""
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    def release() -> None:
        for _ in range(40):
            if held:
                break
            probe.page.wait_for_timeout(50)
        held[0].continue_()

    probe.page.route("**/search/search_index.json", hold)
    return release


@pytest.mark.parametrize("width", [390, 1440])
def test_enter_pressed_before_the_answer_opens_it_when_it_comes(
    width: int, site_address: str, page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        page = probe.page
        release = held_back(probe)
        probe.open(site_address)
        if width < 600:
            page.locator("header [for=__search]").first.click()
        else:
            page.locator(".md-search__input").click()
        page.keyboard.type("MedSAM")
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        assert page.url == site_address
        release()
        page.wait_for_url(f"{site_address}models/medsam/*")
        assert probe.trouble() == {}


def test_enter_opens_what_was_typed_not_what_an_earlier_letter_found(
    site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(site_address)
        assert search(probe, "MedSA", ["models/medsam"])
        probe.page.locator(".md-search__input").fill("CONCH")
        probe.page.keyboard.press("Enter")
        probe.page.wait_for_url(f"{site_address}models/conch/*")
        assert probe.trouble() == {}


def test_who_types_on_after_enter_is_not_led_away(site_address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = probe.page
        release = held_back(probe)
        probe.open(site_address)
        page.locator(".md-search__input").click()
        page.keyboard.type("MedSA")
        page.keyboard.press("Enter")
        page.keyboard.type("M")
        release()
        page.locator('.md-search-result__link[href*="/models/medsam/"]').first.wait_for()
        page.wait_for_timeout(200)
        assert page.url == site_address
        assert probe.trouble() == {}


def found(probe: Any, words: str) -> list[str]:
    """The pages that a search shows, whose number it has in its first line."""
    field = probe.page.locator(".md-search__input")
    field.click()
    field.fill(words)
    shown = probe.page.locator(".md-search-result__item > a")
    for _ in range(40):
        field.press("End")
        if shown.count():
            break
        probe.page.wait_for_timeout(250)
    return [link.get_attribute("href") or "" for link in shown.all()]


def test_a_search_of_several_words_wants_every_one(site_address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        probe.open(site_address)
        both = found(probe, "pathology foundation model")
        assert "/models/" in both[0]
        assert len(both) < 100
    with page_probe() as probe:
        probe.open(site_address)
        assert found(probe, "zzqx brain")  # where no page has all words, any will do


def test_a_hit_does_not_say_its_name_and_title_again(site_address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        probe.open(site_address)
        assert search(probe, "UniMedVL", ["models/unimedvl"], first=True)
        first = probe.page.locator(".md-search-result__item").first
        assert "UniMedVL" not in " ".join(first.locator(".md-tag").all_inner_texts())
        assert "Ultrasound" in first.locator(".md-tag").all_inner_texts()


def test_the_search_finds_models_by_every_modality(
    records: dict[str, Any], modalities: dict[str, str], site_address: str, page_probe: Any
) -> None:
    models = {
        modality: [
            f"models/{id}"
            for id, fields in records.items()
            if modality in fields.get("modalities", [])
        ]
        for modality in modalities
    }
    with page_probe() as probe:
        probe.open(site_address)
        lost = [
            modality
            for modality, label in modalities.items()
            if models[modality] and not search(probe, label, models[modality])
        ]
    assert lost == []


def test_no_word_of_the_search_index_breaks_a_search(built_site: Path) -> None:
    index = json.loads((built_site / "search" / "search_index.json").read_text())
    texts = [f"{entry['title']} {entry['text']}" for entry in index["docs"]]
    words = {w for text in texts for w in re.split(index["config"]["separator"], text)}
    assert "foundation" in words
    # The theme's search takes `*` in an indexed word for a wildcard, and then fails on every query
    # that the word matches.
    assert [word for word in words if "*" in word] == []


# Each width and each scheme once a kind: a rule that fails in one of them rarely needs both.
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_axe_finds_no_barrier(
    kind: str, width: int, scheme: str, addresses: dict[str, str], page_probe: Any
) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: npm ci in tests/browser brings it")
    with page_probe(width=width, scheme=scheme) as probe:
        probe.open(addresses[kind])
        # Through the debugger: the page's own policy does not let a foreign script in.
        probe.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = probe.page.evaluate(
            "axe.run().then((r) => r.violations.map((v) => `${v.id}: ${v.nodes[0].html}`))"
        )
        assert found == []
