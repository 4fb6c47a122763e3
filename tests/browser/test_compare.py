"""Models side by side in a Chromium: the columns, the address, the keys, the files, a phone."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.tables import _harmless
from fmcatalog.live import Follower
from fmcatalog.views import compare, model
from fmcatalog.views.columns import Cell, Side, side
from fmcatalog.views.model import ModelView
from fmcatalog.views.page import Settings

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
THREE = ["medsam", "medclip", "sam-med2d"]

SHOWN = """() => [...document.querySelectorAll("#comparison thead th")].map((h) => h.dataset.id)"""
READ = """async (ids) => {
  const { ModelPage } = await import(new URL("../assets/compare/columns.js", location));
  const cell = ({ words, same, inside }) => [
    words,
    same,
    [...inside.querySelectorAll(".fm-source a")].map((a) => a.getAttribute("href")),
  ];
  const read = async (id) => {
    const address = new URL(`../models/${id}/`, location);
    const html = await (await fetch(address)).text();
    const page = new DOMParser().parseFromString(html, "text/html");
    const { sections, ...one } = new ModelPage(id, address, page).column();
    const rows = (section) => section.rows.map((row) => [row.key, row.label, ...cell(row.cell)]);
    return {
      ...one,
      badge: [one.badge.textContent, one.badge.getAttribute("href")],
      sections: sections.map((section) => [section.key, section.label, rows(section)]),
      empty: cell(one.empty),
      noStage: cell(one.noStage),
    };
  };
  return Promise.all(ids.map(read));
}"""
ROWS = """() => [...document.querySelectorAll("#comparison tbody")].flatMap((body) =>
  [...body.querySelectorAll("tr[data-row]")].map((row) =>
    [body.dataset.group, row.dataset.row, !row.hasAttribute("data-equal")]))"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT).catalog


def views(catalog: Catalog) -> dict[str, ModelView]:
    bibtex = {id: export.bibtex(id, one) for id, one in catalog.models.items()}
    made = model.Models(catalog, Settings("", "2026-11-23"), bibtex)
    return {id: made.view(id) for id in catalog.models}


@pytest.fixture(scope="module")
def sides(catalog: Catalog) -> dict[str, Side]:
    return {id: side(seen, catalog.models[id]) for id, seen in views(catalog).items()}


@pytest.fixture(scope="module")
def address(site_address: str) -> str:
    return f"{site_address}compare/"


def visit(probe: Any, address: str) -> Any:
    probe.open(address)
    probe.page.locator(".fm-compare--ready").wait_for()
    return probe.page


def shown(page: Any) -> list[str]:
    found: list[str] = page.evaluate(SHOWN)
    return found


def asked(page: Any) -> str:
    return parse_qs(urlsplit(page.evaluate("location.href")).query).get("models", [""])[0]


def saved(page: Any, label: str) -> str:
    if not page.locator(".fm-menu").evaluate("fold => fold.open"):
        page.get_by_text("Download", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def wanted(catalog: Catalog, top: str) -> list[dict[str, Any]]:
    """What the script has to make of the pages of all models."""

    def cell(of: Cell) -> list[Any]:
        return [of.words, of.same, [top + mark.path for mark in of.marks]]

    found = []
    for id, seen in views(catalog).items():
        made = side(seen, catalog.models[id])
        sections = [
            [part.key, part.label, [[li.key, li.label, *cell(li.cell)] for li in part.lines]]
            for part in made.sections
        ]
        found.append(
            {
                "id": id,
                "name": made.name,
                "path": top + made.path,
                "badge": [seen.badge.label, top + seen.badge.path],
                "sections": sections,
                "empty": cell(made.empty),
                "noStage": cell(made.no_stage),
                "near": [[li.path.split("/")[1], li.label, li.note] for li in seen.neighbours],
                "bibtex": seen.bibtex,
            }
        )
    return found


def test_the_script_reads_of_every_page_the_column_that_python_makes(
    address: str, catalog: Catalog, base_path: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(address)
        columns = probe.page.evaluate(READ, list(catalog.models))
        for column, expected in zip(columns, wanted(catalog, base_path), strict=True):
            assert column == expected
        assert probe.trouble() == {}


def test_a_comparison_shows_an_edited_record(
    toy: Callable[..., Path],
    serve: Callable[..., AbstractContextManager[str]],
    base_path: str,
    page_probe: Any,
    tmp_path: Path,
) -> None:
    root = toy(tmp_path / "toy")
    follower = Follower(root, root / "build/preview", lambda _: None, lambda: None)
    follower.whole()
    toys = load(root).catalog
    with serve(root / "build/preview") as site, page_probe() as probe:
        # The preview's own server tells no dates, so that nothing is kept; a route has it so, too.
        probe.page.route("**/*", lambda route: route.continue_())
        page = visit(probe, f"{site}compare/?models=lumen,tern")
        # Among these are kinds of missing that no record of the real catalog has.
        assert page.evaluate(READ, list(toys.models)) == wanted(toys, base_path)
        record = root / "catalog/models/tern.yaml"
        text = record.read_text(encoding="utf-8")
        record.write_text(text.replace("name: Tern", "name: Arctic Tern"), encoding="utf-8")
        follower.changed(frozenset({record}))
        page.reload()
        page.get_by_role("link", name="Arctic Tern", exact=True).wait_for()
        assert probe.errors == []


def test_the_script_puts_columns_together_as_python_does(
    address: str, sides: dict[str, Side], page_probe: Any
) -> None:
    ids = list(sides)
    samples = [THREE, ids[:6], ids[7:9], ids[-6:], [ids[3], ids[20]]]
    with page_probe() as probe:
        for some in samples:
            page = visit(probe, f"{address}?models={','.join(some)}")
            wanted = [
                [rows.key, row.key, row.differs]
                for rows in compare.side_by_side([sides[id] for id in some])
                for row in rows.rows
            ]
            assert page.evaluate(ROWS) == wanted
            assert shown(page) == some
        assert probe.trouble() == {}


def test_what_is_shown_stands_in_the_address(address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{address}?models=medsam")
        field = page.get_by_label("Add a model")
        field.fill("MedCLIP")
        field.press("Enter")
        page.locator("th[data-id=medclip]").wait_for()
        assert asked(page) == "medsam,medclip"
        field.fill("samed")
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator("th[data-id=samed]").wait_for()
        page.get_by_role("button", name="Take MedCLIP away").click()
        page.locator("th[data-id=medclip]").wait_for(state="detached")
        assert shown(page) == ["medsam", "samed"]
        page.reload()
        page.locator(".fm-compare--ready").wait_for()
        assert shown(page) == ["medsam", "samed"]
        page.go_back()
        page.locator("th[data-id=medclip]").wait_for()
        assert shown(page) == ["medsam", "medclip", "samed"]
        # A reload may break off what was still on its way.
        assert [f for f in probe.failed if "ERR_ABORTED" not in f] == []
        assert probe.errors == probe.console == []


def test_what_cannot_be_shown_is_named(address: str, page_probe: Any) -> None:
    many = ["medsam", "medclip", "samed", "radfm", "retfound", "chexzero", "plip"]
    with page_probe() as probe:
        page = visit(probe, f"{address}?models=nobody,{','.join(many)},medsam")
        assert shown(page) == many[:6]
        note = page.locator("#compare-note")
        assert note.is_visible()
        assert "nobody" in note.inner_text()
        assert "plip" in note.inner_text()
        page.get_by_label("Add a model").fill("PLIP")
        page.keyboard.press("Enter")
        assert "6" in note.inner_text()
        assert shown(page) == many[:6]
        page.get_by_role("button", name="Take MedSAM away").click()
        page.locator("th[data-id=medsam]").wait_for(state="detached")
        assert not note.is_visible()
        assert probe.trouble() == {}


@pytest.mark.parametrize("answer", ["404", "nothing", "another page"])
def test_a_page_that_cannot_be_had_is_told(answer: str, address: str, page_probe: Any) -> None:
    def answered(route: Any) -> None:
        if answer == "nothing":
            route.abort()
        else:
            status = 404 if answer == "404" else 200
            route.fulfill(status=status, content_type="text/html", body="<h1>Not here</h1>")

    with page_probe() as probe:
        probe.page.route("**/models/medclip/", answered)
        page = visit(probe, f"{address}?models=medsam,medclip")
        assert "could not be fetched" in page.locator("#compare-note").inner_text()
        assert shown(page) == []
        page.unroute("**/models/medclip/")
        page.get_by_label("Add a model").fill("samed")
        page.keyboard.press("Enter")
        page.locator("th[data-id=samed]").wait_for()
        assert shown(page) == ["medsam", "medclip", "samed"]
        assert not page.locator("#compare-note").is_visible()
        assert probe.errors == []


def test_nothing_of_the_address_or_of_a_page_runs(address: str, page_probe: Any) -> None:
    hostile = ["../../evil", "<img src=x onerror=alert(1)>", "//evil.example", "medsam/../x"]
    with page_probe() as probe:
        page = visit(probe, f"{address}?models={quote(','.join(['medsam', *hostile]))}")
        assert shown(page) == ["medsam"]
        assert all(one in page.locator("#compare-note").inner_text() for one in hostile)
        assert page.locator("#compare-note *").count() == 0
        assert [one for one in probe.asked if "evil" in one and "?" not in one] == []
        assert probe.trouble() == {}

    def answered(route: Any) -> None:
        html = route.fetch().text()
        bad = '<script src="../../assets/bad.js"></script><img src="../../assets/bad.svg">'
        assert html.count("<dd>") > 1
        route.fulfill(content_type="text/html", body=html.replace("<dd>", f"<dd>{bad}<p>Here</p>"))

    with page_probe() as probe:
        probe.page.route("**/models/medclip/", answered)
        page = visit(probe, f"{address}?models=medclip&equal=all")
        assert page.locator("#comparison td p").count()
        assert [one for one in probe.asked if one.endswith("bad.js")] == []


def test_links_lead_where_they_lead_on_the_page(
    address: str, base_path: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{address}?models=medsam,radfm&equal=all")
        found = page.locator("#comparison a").evaluate_all(
            "all => all.map((a) => [a.relList.contains('external'), a.getAttribute('href')])"
        )
        # On paper an address that begins with http is spelled out: those of our own site do not.
        assert all(href.startswith("https://" if outside else base_path) for outside, href in found)
        assert page.locator("#comparison .fm-chip").count() == 0
        assert page.get_by_role("link", name="github.com/bowang-lab/MedSAM", exact=True).count()
        marks = page.get_by_role("link", name="Source 3 of MedSAM", exact=True)
        assert marks.count() > 5
        assert len(set(marks.evaluate_all("all => all.map((a) => a.title)"))) == 1


def test_equal_rows_fold_and_are_counted(
    address: str, sides: dict[str, Side], page_probe: Any
) -> None:
    some = ["medsam", "sam-med2d"]
    rows = [row for g in compare.side_by_side([sides[id] for id in some]) for row in g.rows]
    equal = sum(not row.differs for row in rows)
    assert 0 < equal < len(rows)
    with page_probe() as probe:
        page = visit(probe, f"{address}?models={','.join(some)}")
        said = page.locator(".fm-compare__said").inner_text()
        assert re.findall(r"\d+", said) == ["2", str(len(rows) - equal), str(equal)]
        visible = page.locator("tr[data-row]:visible")
        assert visible.count() == len(rows) - equal
        fold = page.locator(".fm-side__fold").first
        assert fold.get_attribute("aria-expanded") == "false"
        fold.focus()
        page.keyboard.press("Enter")
        assert fold.get_attribute("aria-expanded") == "true"
        assert len(rows) - equal < visible.count() <= len(rows)
        page.get_by_label("Show equal rows").check()
        assert visible.count() == len(rows)
        assert page.evaluate("location.href").endswith("equal=all")
        page.reload()
        page.locator(".fm-compare--ready").wait_for()
        assert visible.count() == len(rows)
        # A sign and a word, not a colour alone.
        marks = page.locator("#comparison tbody th :is(.fm-differs, .fm-equal)")
        assert set(marks.all_inner_texts()) == {"differs", "equal"}
        signs = marks.evaluate_all("all => all.map((m) => getComputedStyle(m, '::before').content)")
        assert {sign.split('"')[1] for sign in signs} == {"≠", "="}
        assert probe.trouble() == {}


def test_every_mark_leads_to_a_source(address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, f"{address}?models=medsam,medclip&equal=all")
        links = page.locator("#comparison .fm-source a").evaluate_all("a => a.map((l) => l.href)")
        assert len(links) > 20
        assert probe.trouble() == {}
        for link in {links[0], links[-1]}:
            probe.open(link)
            assert probe.page.locator(f"[id='{urlsplit(link).fragment}']").is_visible()


def test_kinds_of_missing_are_drawn_apart(
    address: str, sides: dict[str, Side], page_probe: Any
) -> None:
    def kinds(side: Side) -> set[str]:
        return {line.cell.value.missing for part in side.sections for line in part.lines} - {""}

    some = sorted(sides, key=lambda id: -len(kinds(sides[id])))[:3]
    wanted = set.union(*(kinds(sides[id]) for id in some))
    with page_probe() as probe:
        page = visit(probe, f"{address}?models={','.join(some)}&equal=all")
        for kind in wanted:
            assert page.locator(f"#comparison .fm-missing--{kind}").count()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_keyboard_is_enough(width: int, address: str, page_probe: Any) -> None:
    with page_probe(width=width) as probe:
        page = visit(probe, f"{address}?models=medsam")
        probe.tab_to("#compare-add")
        page.keyboard.type("CheXzero")
        page.keyboard.press("Enter")
        page.locator("th[data-id=chexzero]").wait_for()
        assert page.evaluate("document.activeElement.id") == "compare-add"
        probe.tab_to("[aria-label^='Take MedSAM']")
        page.keyboard.press("Enter")
        page.locator("th[data-id=medsam]").wait_for(state="detached")
        assert "Take CheXzero" in page.evaluate("document.activeElement.ariaLabel")
        assert asked(page) == "chexzero"
        assert probe.trouble() == {}


def test_a_model_page_leads_here(address: str, site_address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        probe.open(f"{site_address}models/medsam/")
        probe.page.get_by_role("link", name="Compare", exact=True).last.click()
        probe.page.locator(".fm-compare--ready").wait_for()
        assert shown(probe.page) == ["medsam"]
        probe.page.locator(".fm-compare__near button").first.click()
        probe.page.locator("#comparison thead th").nth(1).wait_for()
        assert len(shown(probe.page)) == 2
        assert probe.errors == []


# --- files ---------------------------------------------------------------------------------------


def test_the_files_say_what_is_shown(
    address: str, sides: dict[str, Side], catalog: Catalog, page_probe: Any, tmp_path: Path
) -> None:
    groups = compare.side_by_side([sides[id] for id in THREE])
    wanted = [
        (rows.label, row.label, "differs" if row.differs else "equal", [c.words for c in row.cells])
        for rows in groups
        for row in rows.rows
    ]
    with page_probe() as probe:
        page = visit(probe, f"{address}?models={','.join(THREE)}")
        table = list(csv.reader(io.StringIO(saved(page, "CSV"))))
        assert table[0] == ["group", "row", "compared", *THREE]
        guarded = [(g, r, s, [_harmless(w) for w in words]) for g, r, s, words in wanted]
        assert [(g, r, s, words) for g, r, s, *words in table[1:]] == guarded

        lines = [line for line in saved(page, "Markdown").splitlines() if line.startswith("|")]
        cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
        assert {len(row) for row in cells} == {len(THREE) + 2}
        bare = [[re.sub(r"\\(.)", r"\1", cell.strip()) for cell in row] for row in cells]
        rows = [row for row in bare[2:] if row[1]]
        assert [(row[0], row[2:]) for row in rows] == [(r, words) for _, r, _, words in wanted]

        assert saved(page, "BibTeX") == export.to_bibtex(catalog, THREE).decode()
        compiles(saved(page, "LaTeX"), tmp_path)

        page.get_by_label("Only what differs").check()
        table = list(csv.reader(io.StringIO(saved(page, "CSV"))))
        about = groups[-1].label
        assert [(g, r) for g, r, *_ in table[1:]] == [
            (g, r) for g, r, sign, _ in wanted if sign == "differs" and g != about
        ]
        compiles(saved(page, "LaTeX"), tmp_path)
        assert probe.trouble() == {}


def compiles(text: str, folder: Path) -> None:
    program = shutil.which("pdflatex")
    if program is None:
        return
    (folder / "compared.tex").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "compared.tex"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    said = done.stdout.decode(errors="replace")
    assert done.returncode == 0, said[-2000:]
    assert (folder / "compared.pdf").stat().st_size > 1000
    assert "Missing character" not in said


HOSTILE = [
    "=1+1", "-", "-x", "＝1", "@a", 'a,b"c', "two\nlines", "\\input{/etc/passwd}",
    "100% & $5 #1_a^b~c",
    "{", "}", "a|b", "*bold* _it_ `code` [l](x) <b>", "[x]", "* y", "Şükrü 李 O'Neil Æ é ế ﬁ 😀",
    "— – “q” … × ≤ α µ ° © ²", "-- --- ?` !` ,, << >> ''", "//evil/%0a", "\u202e\u200b\ufeff",
]  # fmt: skip


def test_no_text_breaks_out_of_a_file(address: str, page_probe: Any, tmp_path: Path) -> None:
    with page_probe() as probe:
        page = visit(probe, address)
        texts: dict[str, str] = page.evaluate(
            """async (words) => {
              const { content } = await import(new URL("../assets/compare/files.js", location));
              const column = { name: words[0], id: "a", bibtex: "" };
              const rows = words.map((text, n) => ({ key: `${n}`, label: text, differs: true,
                cells: [{ words: text }, { words: text }] }));
              const groups = [{ key: "g", label: words[7], rows }];
              const made = {};
              for (const format of ["csv", "md", "tex"])
                made[format] = content(format, [column, column], groups, "http://127.0.0.1/?a=%b");
              return made;
            }""",
            HOSTILE,
        )
        assert probe.trouble() == {}
    table = list(csv.reader(io.StringIO(texts["csv"])))
    assert [row[3] for row in table[1:]] == [_harmless(text) for text in HOSTILE]
    lines = [line for line in texts["md"].splitlines() if line.startswith("|")]
    assert len(lines) == len(HOSTILE) + 3
    assert not re.search(r"(?<!\\)[<`]", "".join(lines))
    compiles(texts["tex"], tmp_path)


# --- screens -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (390, "light"), (1440, "light")])
def test_axe_finds_no_barrier_in_a_comparison(
    width: int, scheme: str, address: str, page_probe: Any
) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: npm ci in tests/browser brings it")
    with page_probe(width=width, scheme=scheme) as probe:
        page = visit(probe, f"{address}?models={','.join(THREE)},nobody&equal=all")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "axe.run().then((r) => r.violations.map((v) => `${v.id}: ${v.nodes[0].html}`))"
        )
        assert found == []


def test_two_columns_fit_on_a_phone_and_more_scroll(address: str, page_probe: Any) -> None:
    with page_probe(width=390) as probe:
        page = visit(probe, f"{address}?models={','.join(THREE)}")
        region = page.locator(".fm-compare__region")
        heads = page.locator("#comparison thead th")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert heads.nth(1).bounding_box()["x"] + heads.nth(1).bounding_box()["width"] <= 390
        assert region.evaluate("r => r.scrollWidth > r.clientWidth")
        first = page.locator("#comparison tbody th").nth(1)
        before = first.bounding_box()["x"]
        region.evaluate("r => r.scrollBy(150, 0)")
        assert first.bounding_box()["x"] == before
        assert probe.trouble() == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_without_scripts_groups_stand_side_by_side(
    width: int, address: str, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=False) as probe:
        probe.open(f"{address}?models=medsam,medclip")
        fold = probe.page.locator(".fm-ready details").first
        fold.locator("summary").first.click()
        assert fold.locator("tbody tr").first.is_visible()
        assert fold.locator(".fm-differs").count()
        assert probe.outside == []
