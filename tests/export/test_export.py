"""The data files: strict, stable, harmless, and the same values as the records."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pytest
import yaml
from bibtexparser.library import Library
from hypothesis import given, settings
from hypothesis import strategies as st

from fmcatalog import export, stats
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.answers import json_bytes
from fmcatalog.records import Model

ROOT = Path(__file__).resolve().parents[2]
TOY = ROOT / "tests" / "data" / "toy"
HOURS = "GPU hours"
IDS = ["harbor", "lumen", "pebble", "quill", "sparrow", "tern", "umbra"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(TOY).catalog


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT).catalog


def strict(content: bytes) -> Any:
    def refuse(word: str) -> Any:
        raise AssertionError(f"{word} is not JSON")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({k for k, _ in pairs}) == len(pairs)
        return dict(pairs)

    return json.loads(content.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once)


def models(content: bytes) -> dict[str, dict[str, Any]]:
    return {m["id"]: m for m in strict(content)["models"]}


def record(id: str) -> dict[str, Any]:
    text = (TOY / "catalog" / "models" / f"{id}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CBaseLoader)
    return loaded


# --- JSON ---------------------------------------------------------------------------------------


def test_json_is_a_version_a_count_and_the_models(catalog: Catalog) -> None:
    data = strict(export.to_json(catalog))
    assert list(data) == ["schema_version", "count", "models"]
    assert re.fullmatch(r"[0-9]+\.[0-9]+", data["schema_version"])
    assert data["count"] == len(data["models"]) == 7
    assert [m["id"] for m in data["models"]] == IDS


def test_json_holds_only_the_models_asked_for_in_that_order(catalog: Catalog) -> None:
    data = strict(export.to_json(catalog, ["tern", "lumen"]))
    assert data["count"] == 2
    assert [m["id"] for m in data["models"]] == ["tern", "lumen"]
    assert strict(export.to_json(catalog, []))["models"] == []


@pytest.mark.parametrize("id", IDS)
def test_a_model_in_json_has_its_id_and_exactly_the_keys_of_its_yaml(
    id: str, catalog: Catalog
) -> None:
    data = models(export.to_json(catalog))[id]
    assert next(iter(data)) == "id"
    written = record(id)
    assert set(data) == {"id", *written}
    for key in ("links", "licence", "venue", "identifiers"):
        assert data.get(key, {}).keys() == written.get(key, {}).keys()
    for ours, theirs in zip(data["sources"], written["sources"], strict=True):
        assert ours.keys() == theirs.keys()
    if isinstance(written.get("training"), list):
        for ours, theirs in zip(data["training"], written["training"], strict=True):
            assert ours.keys() == theirs.keys()


def test_keys_come_in_the_order_of_a_record(catalog: Catalog) -> None:
    order = ["id", *Model.model_fields]
    for data in models(export.to_json(catalog)).values():
        assert list(data) == [key for key in order if key in data]


def test_texts_and_lists_are_those_of_the_yaml(catalog: Catalog) -> None:
    data, written = models(export.to_json(catalog))["lumen"], record("lumen")
    for key in ("name", "title", "authors", "modalities", "builds_on", "datasets", "links"):
        assert data[key] == written[key]
    assert data["identifiers"]["arxiv"] == "2203.99990"


def test_dates_are_iso_strings_and_keep_what_is_known(catalog: Catalog) -> None:
    data = models(export.to_json(catalog))
    assert data["lumen"]["published"] == "2022-03-14"
    assert data["harbor"]["published"] == "2023-05"
    assert data["lumen"]["sources"][0]["accessed"] == "2024-06-01"
    assert data["lumen"]["sources"][2]["accessed"] == "2024-06"


@pytest.mark.parametrize(
    ("id", "stage", "key", "value"),
    [
        ("lumen", 0, "gpu_count", {"text": "8", "form": "exact", "value": 8}),
        ("lumen", 1, "gpu_hours", {"text": "0.5", "form": "exact", "value": 0.5, "unit": HOURS}),
        ("harbor", 0, "gpu_count", {"text": ">1", "form": "more-than", "min": 1}),
        ("harbor", 0, "gpu_hours", {"text": "~100", "form": "about", "value": 100, "unit": HOURS}),
        ("harbor", 0, "batch_size", {"text": "16-64", "form": "range", "min": 16, "max": 64}),
        (
            "harbor",
            0,
            "input_size",
            {
                "text": "224x224-1024x1024",
                "form": "range",
                "min": [224, 224],
                "max": [1024, 1024],
                "unit": "pixels",
            },
        ),
        ("quill", 0, "gpu_count", {"text": "<=4", "form": "at-most", "max": 4}),
        (
            "quill",
            0,
            "gpu_memory_gb",
            {"text": ">=24", "form": "at-least", "min": 24, "unit": "GB"},
        ),
        ("quill", 0, "gpu_hours", {"text": "<10", "form": "less-than", "max": 10, "unit": HOURS}),
        (
            "quill",
            0,
            "batch_size",
            {
                "text": "32, 64",
                "parts": [{"form": "exact", "value": 32}, {"form": "exact", "value": 64}],
            },
        ),
        (
            "pebble",
            0,
            "batch_size",
            {
                "text": "1 (3D), 4 (2D)",
                "parts": [
                    {"label": "3D", "form": "exact", "value": 1},
                    {"label": "2D", "form": "exact", "value": 4},
                ],
            },
        ),
        ("pebble", 0, "gpu_hours", "not-reported"),
        ("umbra", 0, "gpu_count", "not-reported"),
    ],
)
def test_a_quantity_says_its_form_and_its_numbers(
    id: str, stage: int, key: str, value: object, catalog: Catalog
) -> None:
    assert models(export.to_json(catalog))[id]["training"][stage][key] == value


def test_the_kinds_of_missing_keep_their_words_and_an_absent_value_is_not_there(
    catalog: Catalog,
) -> None:
    data = models(export.to_json(catalog))
    assert data["quill"]["organs"] == "not-applicable"
    assert data["tern"]["organs"] == "not-reported"
    assert "organs" not in data["sparrow"]
    assert data["tern"]["author_count"] == "not-reported"
    assert data["quill"]["author_count"] == {"text": "12", "form": "exact", "value": 12}


def test_parameters_are_numbers_for_machines_and_text_for_people(catalog: Catalog) -> None:
    data = models(export.to_json(catalog))
    assert data["lumen"]["parameters"] == {"text": "93.7M", "form": "exact", "value": 93_700_000}
    assert data["quill"]["parameters"]["min"] == 7_000_000_000


def test_what_is_no_number_is_not_written_as_one() -> None:
    assert json.loads(json_bytes({"x": float("nan"), "y": float("inf")})) == {
        "x": None,
        "y": None,
    }


def test_every_data_file_is_strict_and_ends_with_a_line_end(catalog: Catalog) -> None:
    artifacts = {a.uri: a.content for a in export.api(catalog)}
    assert {"api/v1/models.json", "api/v1/statistics.json", "models.csv", "models.bib"} <= set(
        artifacts
    )
    assert {f"api/v1/models/{id}.json" for id in IDS} <= set(artifacts)
    assert {f"api/v1/vocabularies/{facet}.json" for facet in catalog.vocabularies} <= set(artifacts)
    for uri, content in artifacts.items():
        if uri.endswith((".sqlite", ".parquet")):
            continue
        # RIS wants its lines to end with CR and LF, all others with LF alone.
        assert (b"\r" in content) == uri.endswith(".ris")
        assert content.endswith(b"\n") or uri.startswith("assets/")
        if uri.endswith(".json"):
            strict(content)


def test_one_models_file_is_the_same_value_as_in_all(catalog: Catalog) -> None:
    artifacts = {a.uri: a.content for a in export.api(catalog)}
    for id, data in models(artifacts["api/v1/models.json"]).items():
        assert strict(artifacts[f"api/v1/models/{id}.json"]) == data


def test_the_taxonomy_holds_every_model_once_a_level(real: Catalog) -> None:
    families = strict(export.taxonomy(real))["families"]
    groups = [group for family in families for group in family["narrower"]]
    for level in (families, groups):
        assert sorted(m for branch in level for m in branch["models"]) == list(real.models)
    for group in groups:
        assert all(real.models[m].category == group["id"] for m in group["models"])


def test_the_survey_stands_beside_the_records(real: Catalog) -> None:
    said = strict(export.survey(real, "azad-2023"))
    cells = [cell for row in said["table2"] for cell in row["cells"].values()]
    assert len(said["table2"]) == 25
    assert len(cells) == 300
    assert "differs" not in {cell["verdict"] for cell in cells}
    errata = {erratum["id"] for erratum in said["errata"]}
    assert {id for cell in cells for id in cell["errata"]} <= errata
    (medsam,) = [row for row in said["table2"] if row["model"] == "medsam"]
    assert medsam["cells"]["input_size"] == {
        "printed": "1024x2014",
        "record": "1024x1024",
        "verdict": "explained",
        "errata": ["t2-19-input"],
    }
    assert len(said["figure3"]) == 40


def test_statistics_are_the_counts_of_the_pages(catalog: Catalog) -> None:
    data = strict(export.statistics(catalog))
    assert data["models"] == 7
    assert data["surveyed"] == 5
    assert data["beyond_the_figure"] == ["umbra"]
    tiers = {id: tier for tier, ids in data["tiers"].items() for id in ids}
    assert tiers == {id: catalog.tier(id) for id in IDS}
    assert data["groups"]["outliners"] == {"figure3": 1, "catalog": 3}
    assert data["facets"]["modality"]["counts"]["radiation"] == 4
    assert data["facets"]["organ"]["not_applicable"] == 1
    assert data["quarters"]["2022Q4"] == 2
    assert data["public"] == {"code": 2, "weights": 2}
    assert data["completeness"]["summary"]["known"] == 3
    for facet, found in data["facets"].items():
        assert found["known"] == stats.distribution(catalog, facet).tally.known


def test_the_same_catalog_gives_the_same_bytes(catalog: Catalog) -> None:
    again = load(TOY).catalog
    assert list(export.api(again)) == list(export.api(catalog))


# --- CSV ------------------------------------------------------------------------------------------


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_csv_has_one_row_a_model(catalog: Catalog, real: Catalog) -> None:
    assert [row["id"] for row in rows(export.to_csv(catalog))] == IDS
    found = rows(export.to_csv(real))
    assert [row["id"] for row in found] == list(real.models)
    assert all(None not in row and None not in row.values() for row in found)


def test_csv_columns_are_named_like_the_keys_of_a_record(catalog: Catalog) -> None:
    header = export.to_csv(catalog).decode().split("\n")[0].split(",")
    assert tuple(header) == export.CSV_COLUMNS
    assert len(set(header)) == len(header)
    parts = {"id", "year", "arxiv", "doi", "paper", "code", "weights"}
    parts |= {"licence_code", "licence_weights", "gpu", "gpu_count", "gpu_memory_gb"}
    parts |= {"total_gpu_memory_gb", "gpu_hours", "tier"}
    assert set(header) - parts <= set(Model.model_fields)


def test_csv_joins_lists_and_stages_and_keeps_the_kinds_of_missing(catalog: Catalog) -> None:
    found = {row["id"]: row for row in rows(export.to_csv(catalog))}
    assert found["lumen"]["modalities"] == "chest-x-ray; text"
    assert found["lumen"]["authors"].split("; ") == record("lumen")["authors"]
    assert found["lumen"]["gpu_hours"] == "960; 0.5"
    assert found["lumen"]["total_gpu_memory_gb"].startswith("320")
    assert found["umbra"]["total_gpu_memory_gb"] == "320"
    assert found["quill"]["organs"] == "not-applicable"
    assert found["tern"]["organs"] == "not-reported"
    assert found["sparrow"]["organs"] == ""
    assert found["harbor"]["weights"] == "not-reported"
    assert found["pebble"]["builds_on"] == "harbor (extends)"
    assert {id: row["tier"] for id, row in found.items()} == {id: catalog.tier(id) for id in IDS}


DANGEROUS = ["=1+1", "+1", "-1", "@x", "|x", "＝1", "＋1", "－1", "＠x", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text: str, catalog: Catalog) -> None:
    model = catalog.models["sparrow"].model_copy(update={"name": text, "title": text})
    (row,) = rows(export.to_csv(Catalog.of({"sparrow": model})))
    assert row["name"] == f"'{text}"
    assert row["title"] == f"'{text}"
    assert strict(export.to_json(Catalog.of({"sparrow": model})))["models"][0]["name"] == text


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=3, max_size=3))
def test_any_text_stays_in_its_cell(texts: list[str]) -> None:
    values = {
        key: text.replace("\0", "")
        for key, text in zip(("name", "title", "category"), texts, strict=True)
    }
    model = load_once().models["sparrow"].model_copy(update=values)
    (row,) = rows(export.to_csv(Catalog.of({"sparrow": model})))
    for key, text in values.items():
        assert row[key] in (text.replace("\r", " "), "'" + text.replace("\r", " "))
        assert row[key] == "-" or not row[key].startswith(tuple("=+-@|\t\n"))


_LOADED: list[Catalog] = []


def load_once() -> Catalog:
    if not _LOADED:
        _LOADED.append(load(TOY).catalog)
    return _LOADED[0]


# --- BibTeX ---------------------------------------------------------------------------------------

_UNTEX = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{c}": c for c in "{}&%$#_"},
}


def untex(text: str) -> str:
    pattern = "|".join(re.escape(k) for k in _UNTEX)
    return re.sub(pattern, lambda m: _UNTEX[m[0]], text)


def plain(value: str) -> str:
    return untex(value.removeprefix("{").removesuffix("}") if value[:1] == "{" else value)


def parsed(content: bytes) -> Library:
    library = bibtexparser.parse_string(content.decode("utf-8"))
    assert library.failed_blocks == []
    return library


def authors(field: str) -> list[str]:
    """Splits at the "and" outside braces, as BibTeX does."""
    names, depth, last = [], 0, 0
    for match in re.finditer(r"\\.|[{}]| and ", field):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == " and " and depth == 0:
            names.append(field[last : match.start()])
            last = match.end()
    return [plain(name) for name in [*names, field[last:]]]


@pytest.mark.parametrize("which", ["toy", "real"])
def test_bibtex_read_back_has_every_model_with_its_title_and_authors(
    which: str, catalog: Catalog, real: Catalog
) -> None:
    chosen = catalog if which == "toy" else real
    library = parsed(export.to_bibtex(chosen))
    assert [e.key for e in library.entries] == list(chosen.models)
    for entry in library.entries:
        model = chosen.models[entry.key]
        assert plain(entry["title"]) == " ".join(model.title.split())
        wanted = [*model.authors, *(["others"] if model.author_count is not None else [])]
        assert authors(entry["author"]) == wanted
        assert re.fullmatch(r"[0-9]{4}", entry["year"])


def test_keys_are_unique_and_ascii(real: Catalog) -> None:
    keys = [entry.key for entry in parsed(export.to_bibtex(real)).entries]
    assert len(set(keys)) == len(keys) == len(real.models)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_a_journal_is_an_article_a_conference_is_in_proceedings_and_a_preprint_is_neither(
    catalog: Catalog,
) -> None:
    entries = {e.key: e for e in parsed(export.to_bibtex(catalog)).entries}
    lumen, harbor, quill = entries["lumen"], entries["harbor"], entries["quill"]
    assert (lumen.entry_type, lumen["journal"]) == ("article", "Journal of Invented Results")
    assert (lumen["year"], lumen["volume"], lumen["pages"]) == ("2023", "4", "12-19")
    assert (lumen["doi"], lumen["eprint"], lumen["archiveprefix"]) == (
        r"10.1234/toy.lumen",
        "2203.99990",
        "arXiv",
    )
    assert (harbor.entry_type, harbor["booktitle"]) == ("inproceedings", "Conference on Toys")
    assert (quill.entry_type, quill["year"]) == ("misc", "2023")
    assert "eprint" not in quill.fields_dict


def test_an_author_whose_name_holds_and_stays_one_author(catalog: Catalog) -> None:
    (entry,) = parsed(export.to_bibtex(catalog, ["pebble"])).entries
    assert entry["author"] == "Dee Placeholder and {Eve and Sons}"


HOSTILE = [
    "}, evil = {1",
    "@article{x, title={y}}",
    "100% of $x_1^2$ & #1 ~ \\input{/etc/passwd}",
    "{{{",
    "}}}",
    '"quoted" "half',
    "\\",
    "a\\}",
    "% comment",
    "Şükrü 李 O'Neil Æ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_field(text: str, catalog: Catalog) -> None:
    model = catalog.models["sparrow"].model_copy(update={"title": text, "authors": (text, "B C")})
    (entry,) = parsed(export.to_bibtex(Catalog.of({"sparrow": model}))).entries
    assert entry.key == "sparrow"
    assert set(entry.fields_dict) == {"title", "author", "year"}
    assert plain(entry["title"]) == text
    assert authors(entry["author"]) == [text, "B C"]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_title_comes_back_letter_by_letter(title: str) -> None:
    model = load_once().models["sparrow"].model_copy(update={"title": title})
    (entry,) = parsed(export.to_bibtex(Catalog.of({"sparrow": model}))).entries
    assert plain(entry["title"]) == title


# --- schemas --------------------------------------------------------------------------------------


def test_there_is_a_schema_for_each_kind_of_file_and_each_is_a_schema(catalog: Catalog) -> None:
    schemas = {a.uri: strict(a.content) for a in export.schemas(catalog)}
    assert sorted(schemas) == [
        f"{kind}.schema.json"
        for kind in ("errata", "model", "suppressions", "survey", "vocabulary")
    ]
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("where", [ROOT, TOY], ids=["real", "toy"])
def test_every_file_is_valid_by_its_schema_as_an_editor_reads_it(where: Path) -> None:
    catalog = load(where).catalog
    schemas = {a.uri: json.loads(a.content) for a in export.schemas(catalog)}
    checked = 0
    for path in sorted((where / "catalog").rglob("*.yaml")):
        kind = {"models": "model", "vocabularies": "vocabulary"}.get(path.parent.name, path.stem)
        validator = jsonschema.Draft202012Validator(schemas[f"{kind}.schema.json"])
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader)
        assert [e.message[:200] for e in validator.iter_errors(data)] == [], path.name
        checked += 1
    assert checked == len(catalog.models) + 9 + 2


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: a date is a text."""


EditorLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("modalities", ["ctt"]),
        ("published", "2023"),
        ("category", "nothing"),
        ("titel", "x"),
        ("links", {"code": "http://example.org"}),
        ("training", [{"stage": "training", "gpu": "acme-three"}]),
        ("builds_on", [{"model": "lumen", "relation": "is"}]),
    ],
)
def test_an_editor_marks_what_validate_would_refuse(
    key: str, value: object, catalog: Catalog
) -> None:
    schema = next(json.loads(a.content) for a in export.schemas(catalog) if "model" in a.uri)
    validator = jsonschema.Draft202012Validator(schema)
    good = yaml.load(
        (TOY / "catalog/models/sparrow.yaml").read_text(encoding="utf-8"), Loader=EditorLoader
    )
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, key: value})


def test_every_key_of_a_record_is_described_to_the_editor(catalog: Catalog) -> None:
    schema = next(json.loads(a.content) for a in export.schemas(catalog) if "model" in a.uri)
    assert set(schema["properties"]) == set(Model.model_fields)
    for name, definition in {"Model": schema, **schema["$defs"]}.items():
        for key, field in definition.get("properties", {}).items():
            assert field.get("description"), f"{name}.{key}"


def test_the_committed_schemas_are_those_of_the_code(real: Catalog) -> None:
    for artifact in export.schemas(real):
        assert (ROOT / "schemas" / artifact.uri).read_bytes() == artifact.content, artifact.uri
