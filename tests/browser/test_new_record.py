"""The form for a new record: by keyboard, with remedies, to a file that the check accepts."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.documents import parse_yaml
from fmcatalog.documents.layout import lay_out
from fmcatalog.records import Model, addresses, dates, quantities, read
from fmcatalog.records.layouts import plan
from fmcatalog.site.scripts import lean
from fmcatalog.views import new_record

ROOT = Path(__file__).resolve().parents[2]
FMCATALOG = Path(sys.executable).with_name("fmcatalog")
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
MODELS = ROOT / "catalog" / "models"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def form(site_address: str) -> str:
    return f"{site_address}contribute/new/#form"


def visit(probe: Any, address: str) -> Any:
    probe.open(address)
    probe.page.locator(".fm-new__form").wait_for()
    return probe.page


def yaml(page: Any) -> str:
    text: str = page.locator("#new-yaml").text_content()
    return text


def typed(page: Any, name: str, text: str, *, end: str = "Tab") -> None:
    page.locator(f'[name="{name}"]').focus()
    page.keyboard.type(text)
    page.keyboard.press(end)


def says(page: Any, name: str) -> Any:
    return page.locator(f'[id="new-{name}-says"]')


def laid_out(text: str) -> str:
    """The text in the layout of the formatter."""
    return lay_out(text, plan(Model))


def validated(folder: Path, id: str, text: str) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "catalog", folder / "catalog")
    (folder / "catalog" / "models" / f"{id}.yaml").write_text(text, encoding="utf-8")
    return subprocess.run(
        [str(FMCATALOG), "validate", "--strict", f"catalog/models/{id}.yaml"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_paper_is_filled_in_by_keyboard_mended_and_accepted_by_the_check(
    form: str, page_probe: Any, tmp_path: Path
) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        assert "needed" in page.locator(".fm-new__count").inner_text()
        typed(page, "name", "Nova Scan")
        assert page.locator("#new-id").input_value() == "nova-scan"
        typed(page, "title", "Nova: One Model for Every Scan, Tested: A Study")
        typed(page, "authors", "Ada Beispiel, Şükrü Öz, 李 明")
        typed(page, "published", "24/4/2023")
        said = says(page, "published")
        assert "'24/4/2023' is not a date" in said.inner_text()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")  # the remedy stands right behind the box
        assert page.locator('[name="published"]').input_value() == "2023-04-24"
        assert said.is_hidden()
        page.locator('[name="category"]').focus()
        page.keyboard.type("Adapt")
        typed(page, "identifiers.arxiv", "https://arxiv.org/abs/2304.99990v2")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        assert page.locator('[name="identifiers.arxiv"]').input_value() == "2304.99990"
        typed(page, "links.code", "http://github.com/nova/scan")
        assert "is not encrypted" in says(page, "links.code").inner_text()
        says(page, "links.code").get_by_role("button").press("Enter")
        page.locator('[id="new-links.weights-missing"]').focus()
        page.keyboard.type("not rep")
        typed(page, "modalities", "MR", end="Enter")
        typed(page, "modalities", "ct", end="Enter")
        typed(page, "organs", "livr", end="Enter")
        assert "did you mean 'liver'?" in says(page, "organs").inner_text()
        says(page, "organs").get_by_role("button").press("Enter")
        typed(page, "parameters", "93.7 million")
        says(page, "parameters").get_by_role("button").press("Enter")
        typed(
            page, "summary", "A model that outlines what the user points at: organs, lesions. " * 3
        )
        page.get_by_role("button", name="Add a stage").press("Enter")
        page.keyboard.type("fine")
        typed(page, "training.0.gpu", "nvidia-a100")
        typed(page, "training.0.gpu_count", "8")
        typed(page, "sources.0.source", "arxiv:2304.99990")
        assert page.locator(".fm-new__count").inner_text().startswith("In order")
        text = yaml(page)
        assert probe.trouble() == {}
    done = validated(tmp_path, "nova-scan", text)
    assert done.returncode == 0, done.stdout + text
    assert done.stdout == "", done.stdout
    assert "authors: [Ada Beispiel, Şükrü Öz, 李 明]" in text
    assert "modalities: [mri, ct]" in text
    assert "\nparameters: 93.7M\n" in text
    assert laid_out(text) == text


PAPER = ROOT / "tests" / "data" / "medfoo.yaml"


def fill_in(page: Any) -> None:
    """Types the paper that tests/contribute/test_new.py takes through the other doors."""
    typed(page, "name", "MedFoo")
    typed(page, "title", "MedFoo: Segmenting 50% of Ultrasound with α-nets & more")
    typed(page, "authors", "Jörg Müller, Anna van der Berg, Şükrü O'Neil")
    typed(page, "published", "2024-02-16")
    page.locator('[name="category"]').select_option("adaptation")
    typed(page, "identifiers.arxiv", "2402.11111")
    typed(page, "links.paper", "https://arxiv.org/abs/2402.11111")
    typed(page, "modalities", "ct", end="Enter")
    typed(page, "modalities", "mri", end="Enter")
    page.locator('[name="summary"]').fill("It segments\nwhat it sees.")
    page.locator('[name="key_ideas"]').fill("Prompts are boxes.\n### Not a heading of ours")
    typed(page, "sources.0.fields", "title, authors, published, identifiers.arxiv, links.paper")
    typed(page, "sources.0.locator", "API record")
    page.locator('[name="sources.0.accessed"]').fill("2026-11-24")
    page.get_by_role("button", name="Add a source").press("Enter")
    typed(page, "sources.1.fields", "name, category, modalities, summary, key_ideas")
    typed(page, "sources.1.source", "arxiv:2402.11111")
    typed(page, "sources.1.locator", "abstract")
    typed(page, "sources.1.accessed", "2026-11-24")


def test_the_form_gives_the_bytes_that_every_other_door_gives(form: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        fill_in(page)
        assert page.locator(".fm-new__count").inner_text().startswith("In order")
        assert page.locator("#new-id").input_value() == PAPER.stem
        assert yaml(page).encode() == PAPER.read_bytes()
        assert probe.trouble() == {}


def test_what_was_typed_survives_a_reload_until_it_is_thrown_away(
    form: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        over = page.get_by_role("button", name="Start over")
        assert over.is_hidden()
        fill_in(page)
        typed(page, "organs", "livr")
        page.locator('[id="new-parameters-missing"]').select_option("not-reported")
        page.locator('[id="new-datasets-missing"]').select_option("not-applicable")
        page.get_by_role("button", name="Add a stage").press("Enter")
        page.keyboard.type("fine")
        typed(page, "training.0.gpu_count", "8")
        before = yaml(page)
        page.reload()
        page.locator(".fm-new__form").wait_for()
        assert yaml(page) == before
        assert "is back" in page.locator(".fm-new__side [role=status]").last.inner_text()
        assert page.locator("#new-id").input_value() == "medfoo"
        assert page.locator('[name="parameters"]').is_disabled()
        assert page.get_by_role("button", name="Add a data set").is_hidden()
        assert "did you mean 'liver'?" in says(page, "organs").inner_text()
        # What the form wrote by itself, it goes on to write.
        typed(page, "name", " Two")
        assert page.locator("#new-id").input_value() == "medfoo-two"
        page.once("dialog", lambda dialog: dialog.dismiss())
        over.press("Enter")
        assert "name: MedFoo Two" in yaml(page)
        page.once("dialog", lambda dialog: dialog.accept())
        with page.expect_navigation():
            over.press("Enter")
        page.locator(".fm-new__form").wait_for()
        assert page.locator('[name="name"]').input_value() == ""
        assert over.is_hidden()
        assert page.evaluate("sessionStorage.length") == 0
        assert probe.trouble() == {}


@pytest.mark.parametrize("draft", ["{", "7", '{"id": 1}', '{"id": "x", "parts": {"name": 5}}'])
def test_a_draft_that_cannot_be_read_does_not_stop_the_form(
    draft: str, form: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        page.evaluate("(draft) => sessionStorage.setItem('fm-new-record', draft)", draft)
        page.reload()
        page.locator(".fm-new__form").wait_for()
        typed(page, "title", "A Title")
        assert "title: A Title" in yaml(page)
        assert probe.trouble() == {}


def test_a_paper_that_is_here_already_is_recognised(form: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        for name, text in (
            ("title", "segment ANYTHING in Medical Images!"),
            ("name", "medsam"),
            ("identifiers.doi", "10.1038/S41467-024-44824-Z"),
            ("identifiers.arxiv", "2304.12306"),
        ):
            typed(page, name, text)
            assert "mend the record 'medsam'" in says(page, name).inner_text()
            href = says(page, name).get_by_role("link").get_attribute("href")
            assert href.endswith("/models/medsam/")
        assert "is here already" in page.locator("#new-id-says").inner_text()


def test_a_second_source_takes_over_what_it_names(form: str, page_probe: Any) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        typed(page, "name", "Nova")
        typed(page, "title", "A Title")
        page.get_by_role("button", name="Add a source").press("Enter")
        page.keyboard.type("titel")
        page.keyboard.press("Tab")
        assert "is no value of the record" in says(page, "sources.1.fields").inner_text()
        page.locator('[name="sources.1.fields"]').fill("title")
        assert "fields: [name]" in yaml(page)
        assert "fields: [title]" in yaml(page)


def test_the_forge_opens_its_page_for_a_new_file_filled_in(form: str, page_probe: Any) -> None:
    def known(route: Any) -> None:
        text = route.fetch().text()
        assert 'data-repository=""' in text
        text = text.replace('data-repository=""', 'data-repository="https://github.com/owner/name"')
        route.fulfill(body=text, content_type="text/html")

    with page_probe() as probe:
        probe.page.route(form.removesuffix("#form"), known)
        page = visit(probe, form)
        page.evaluate("() => { window.open = (address) => { window.opened = address; }; }")
        typed(page, "name", "Nova & Co")
        page.get_by_role("button", name="Open on GitHub").click()
        opened = urlsplit(page.evaluate("window.opened"))
        assert opened.path == "/owner/name/new/main"
        asked = parse_qs(opened.query)
        assert asked["filename"] == ["catalog/models/nova-co.yaml"]
        assert asked["value"] == [yaml(page)]
        page.locator('[name="summary"]').fill("é" * 2400)
        page.get_by_role("button", name="Open on GitHub").click()
        opened = urlsplit(page.evaluate("window.opened"))
        assert "value" not in parse_qs(opened.query)
        assert "too long" in page.locator(".fm-new__side [role=status]").last.inner_text()
        assert probe.trouble() == {}


def test_where_the_repository_is_unknown_nothing_offers_to_open_it(
    form: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        assert page.get_by_role("button", name="Copy").first.is_visible()
        assert page.get_by_role("button", name="Open on GitHub").count() == 0
        assert "catalog/models/" in page.locator(".fm-new__side").inner_text()


def test_a_press_on_a_problem_counts_while_the_field_before_is_left(
    form: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        page.locator('[name="published"]').focus()
        page.keyboard.type("2025-03-04")
        problem = page.locator(".fm-new__problems button", has_text="Source: needed").first
        box = problem.bounding_box()
        page.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(100)  # long enough for the change of the field to be heard
        page.mouse.up()
        assert page.evaluate("document.activeElement.name") == "sources.0.source"


def test_the_record_can_be_downloaded(form: str, page_probe: Any, tmp_path: Path) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        typed(page, "name", "Nova")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download").click()
        assert waiting.value.suggested_filename == "nova.yaml"
        waiting.value.save_as(tmp_path / "nova.yaml")
        assert (tmp_path / "nova.yaml").read_bytes() == yaml(page).encode()


WRITTEN = """async ([address, values, fields]) => {
  const { written } = await import(address);
  return values.map((value) => written(value, fields));
}"""

ODD = {
    "name": "no",
    "title": "A: B # c",
    "aliases": ["1e5", "a, b", "- x", 'it\'s "so"', "~", "[x]", "null", "x: y", "a:b", ":x"],
    "authors": ["O'Neil", "Æ", "Şükrü 李" * 12],
    "published": "2023-04",
    "venue": {"name": "A, B", "year": "2024", "volume": "15"},
    "summary": "word " * 30 + "end\nand another: line # here",
    "key_ideas": ["short", "long " * 30 + "end"],
    "reviewed": "true",
}


def test_the_layout_is_that_of_every_record(
    site_address: str, form: str, catalog: Catalog, page_probe: Any
) -> None:
    values: list[Any] = [ODD]
    for path in sorted(MODELS.glob("*.yaml")):
        document, _ = parse_yaml(path.name, path.read_bytes())
        assert document is not None
        values.append(document.value)
    fields = new_record.fields(catalog)
    with page_probe() as probe:
        probe.open(form)
        address = f"{site_address}assets/contribute/layout.js"
        found = probe.page.evaluate(WRITTEN, [address, stripped(values), fields])
    assert len(found) == len(values) > 40
    for text, value in zip(found, stripped(values), strict=True):
        document, problems = parse_yaml("x.yaml", text.encode())
        assert problems == []
        assert document is not None
        assert stripped(document.value) == value
        assert laid_out(text) == text


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: stripped(v) for k, v in value.items()}
    if isinstance(value, list):
        return [stripped(v) for v in value]
    return value.rstrip("\n")


JUDGED = """async ([address, asked]) => {
  const { complaint } = await import(address);
  const about = { today: "2026-11-24", surveys: ["azad-2023"] };
  return asked.map(([kind, text]) => complaint(kind, text, about));
}"""

TEXTS = {
    "date": "2023-04 2023-04-24 2023-13 2023-02-30 1899-01 24.4.2023 3/2/2023 April_2023 x "
    "2023/04/24 2023-4-1 24_Apr_2023 20230424",
    "arxiv": "2304.12306 2304.1230 2304.12306v2 0704.0001 0703.0001 1412.1234 1412.12345 "
    "1512.1234 cs/0501001 math.GT/0309136 2313.12345 arXiv:2304.12306 x",
    "doi": "10.1038/s41586-023-05881-4 https://doi.org/10.1/x https://doi.org/10.1000/x 10.1000/ x "
    "doi:10.1000/abc.",
    "address": "https://a.org http://a.org a.org //a.org https://a.org:8080/x https://u@a.org "
    "https://localhost/x https://127.0.0.1/ https://xn--a.org/ https://a.org/%zz ftp://a.org "
    "https://A.org https://a.org/(x) https://a.test https:///x",
    "slug": "a a-b A a_b -a a- a--b é",
    "count": "8 16-128 >1 50,_100 1_(3D),_4_(2D) 8.5 8.5k 0 1,000 8_GPUs 5-3 >1-2 224x224 x "
    "about_8 8_to_16 1_million eight",
    "measure": "0.37 93.7M 7B 93.7_million ~1000 <=3 0.0 1.5k 80GB 80_GB",
    "extent": "224x224 224_x_224 96×96×96 224x224-384x384 224 512px 224x224-96x96x96",
}


def python(kind: str, text: str) -> str | None:
    """What the catalog's own check says; None when it takes the text."""
    if kind in {"arxiv", "doi", "address"}:
        said: str | None = getattr(addresses, f"{kind}_complaint")(text)
        return said
    key = {"date": "published", "slug": "builds_on", "measure": "parameters"}.get(kind, "training")
    value: Any = text
    if kind == "slug":
        value = [{"model": text, "relation": "extends"}]
    elif key == "training":
        stage = {"count": "gpu_count", "extent": "input_size"}[kind]
        value = [{"stage": "training", stage: text}]
    record = {
        "name": "N", "title": "T", "authors": ["A"], "published": "2023-01",
        "category": "adaptation",
        "sources": [{"fields": ["name"], "source": "azad-2023", "accessed": "2024-01-01"}],
        key: value,
    }  # fmt: skip
    document, _ = parse_yaml("x.yaml", json.dumps(record, ensure_ascii=False).encode())
    assert document is not None
    _, wrong = read(document, Model)
    return wrong[0].message + " " + wrong[0].help if wrong else None


def test_the_form_judges_as_the_check_does(site_address: str, form: str, page_probe: Any) -> None:
    asked = [(k, w.replace("_", " ")) for k, ws in TEXTS.items() for w in ws.split(" ")]
    with page_probe() as probe:
        probe.open(form)
        address = f"{site_address}assets/contribute/checks.js"
        found = probe.page.evaluate(JUDGED, [address, asked])
    ours = {pair: python(*pair) for pair in asked}
    theirs = dict(zip(asked, found, strict=True))
    assert {p for p in asked if ours[p] is None} == {p for p in asked if theirs[p] is None}
    # A remedy that the form offers is one that the check takes.
    for (kind, text), said in theirs.items():
        if said and "use" in said:
            assert python(kind, said["use"]) is None, (text, said)
    assert dates.suggestion("24/4/2023") == "write 2023-04-24"
    assert quantities.suggestion("93.7 million") == "write 93.7M"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("page", ["contribute/new/#form", "help-wanted/"])
def test_axe_finds_nothing_by_day_and_by_night(
    page: str, width: int, site_address: str, browser: Any
) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: npm ci in tests/browser brings it")
    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=True,
        )
        tab = context.new_page()
        tab.goto(site_address + page)
        if "new" in page:
            tab.locator(".fm-new__form").wait_for()
            typed(tab, "published", "2023-13-13")
            typed(tab, "modalities", "ct", end="Enter")
            typed(tab, "organs", "livr", end="Enter")
            tab.get_by_role("button", name="Add a stage").click()
        tab.add_script_tag(content=AXE.read_text())
        assert tab.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))") == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_without_scripts_the_page_shows_the_steps_and_the_template(
    form: str, page_probe: Any
) -> None:
    with page_probe(scripts=False) as probe:
        probe.open(form)
        page = probe.page
        assert page.locator(".fm-steps li").count() == 3
        assert "name: MyModel" in page.locator("#template").inner_text()
        for key in ("published", "identifiers.arxiv", "training.gpu_hours", "sources.accessed"):
            assert page.get_by_text(key, exact=True).first.is_visible()


def test_the_form_asks_for_every_key_of_a_record_but_those_that_come_later(
    form: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe() as probe:
        page = visit(probe, form)
        for field in new_record.fields(catalog):
            key = field["key"]
            places = f'[name="{key}"], [name^="{key}."], [id="new-{key}-missing"]'
            later = key in {"reviewed", "corrections"}
            assert (page.locator(places).count() > 0) == (not later), key


def test_every_key_has_a_kind_of_its_own(catalog: Catalog) -> None:
    def kinds(fields: list[dict[str, Any]]) -> dict[str, str]:
        found = {}
        for field in fields:
            found[field["key"]] = field["kind"]
            found |= {f"{field['key']}.{k}": v for k, v in kinds(field.get("fields", [])).items()}
        return found

    toy = load(ROOT / "tests" / "data" / "toy").catalog
    bare = Catalog.of({})
    assert kinds(new_record.fields(toy)) == kinds(new_record.fields(catalog))
    assert kinds(new_record.fields(bare)) == kinds(new_record.fields(catalog))


def test_a_key_is_laid_out_as_the_formatter_plans_it(catalog: Catalog) -> None:
    layouts = pytest.importorskip("fmcatalog.records.layouts")

    def agree(fields: list[dict[str, Any]], plan: Any) -> None:
        assert [field["key"] for field in fields] == list(plan.keys)
        for field in fields:
            mine = plan.keys[field["key"]]
            inner = mine.items if field["kind"] == "list" or field.get("several") else mine
            if "fields" in field:
                assert field["flow"] == inner.flow, field["key"]
                agree(field["fields"], inner)
            else:
                assert field["plain"] == bool(inner.plain), field["key"]
                assert field.get("flow", True) == mine.flow, field["key"]

    agree(new_record.fields(catalog), layouts.plan(Model))


def test_the_form_comes_when_somebody_asks_for_it(form: str, page_probe: Any) -> None:
    asked: list[str] = []
    with page_probe() as probe:
        page = probe.page
        page.on("request", lambda request: asked.append(request.url))
        probe.open(form.removesuffix("#form"))
        assert not [url for url in asked if url.endswith("contribute/form.js")]
        assert page.locator("#template").is_visible()
        page.get_by_role("link", name="Fill in the form").press("Enter")
        page.locator(".fm-new__form").wait_for()
        assert page.url == form
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "name"
        assert page.get_by_role("link", name="Fill in the form").count() == 0
        page.keyboard.type("Nova")
        # A draft opens the form again, whichever way one comes back.
        page.goto("about:blank")
        page.goto(form.removesuffix("#form"))
        page.locator(".fm-new__form").wait_for()
        assert page.locator('[name="name"]').input_value() == "Nova"
        assert probe.trouble() == {}


@pytest.mark.parametrize("page", ["", "contribute/", "help-wanted/"])
def test_who_follows_a_link_to_the_form_has_it_at_once(
    page: str, site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(site_address + page)
        probe.page.locator('main a[href$="new/#form"]').first.click()
        probe.page.locator(".fm-new__form").wait_for()
        assert probe.trouble() == {}


def test_the_scripts_of_the_form_are_light(catalog: Catalog) -> None:
    paths = [*new_record.view(catalog, new_record.Settings()).scripts, "assets/explore/dom.js"]
    sent = [lean((ROOT / "docs" / path).read_bytes()) for path in paths]
    assert sum(len(gzip.compress(script, mtime=0)) for script in sent) <= 16 * 1024


def test_the_index_holds_every_paper_and_every_term_that_may_be_chosen(catalog: Catalog) -> None:
    (found,) = (a for a in export.api(catalog) if a.uri == new_record.INDEX)
    data = json.loads(found.content)
    assert [paper[0] for paper in data["papers"]] == list(catalog.models)
    assert [t[0] for t in data["terms"]["organ"]] == list(catalog.terms["organ"])
    assert [t[0] for t in data["terms"]["category"]] == list(catalog.leaves("category"))
