"""CSL-JSON and RIS: the papers as other programs read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.catalog import Catalog, load
from fmcatalog.export.citations import csl, to_bibtex, to_csl, to_ris
from fmcatalog.records import Model

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def model() -> Model:
    return load(ROOT / "tests" / "data" / "toy").catalog.models["pebble"]


def named(model: Model, **changed: object) -> Catalog:
    return Catalog.of({"pebble": model.model_copy(update=changed)})


def test_every_paper_stands_once_in_each_format_in_the_same_order(real: Catalog) -> None:
    items = json.loads(to_csl(real))
    entries = rispy.loads(to_ris(real).decode())
    assert [item["id"] for item in items] == list(real.models)
    assert [entry["id"] for entry in entries] == list(real.models)
    assert to_bibtex(real).decode().count("\n@") + 1 == len(items)


def test_titles_authors_years_and_identifiers_come_back_from_ris(real: Catalog) -> None:
    for entry in rispy.loads(to_ris(real).decode()):
        model = real.models[entry["id"]]
        assert entry["title"] == model.title
        assert len(entry["authors"]) == len(model.authors)
        assert entry["year"] == str(model.venue.year if model.venue else model.published.year)
        if model.identifiers and model.identifiers.doi:
            assert entry["doi"] == model.identifiers.doi


def test_an_item_of_csl_says_what_the_record_says(real: Catalog) -> None:
    item = csl("medsam", real.models["medsam"])
    assert item["type"] == "article-journal"
    assert item["container-title"] == "Nature Communications"
    assert item["issued"] == {"date-parts": [[2024]]}
    assert item["author"][0] == {"family": "Ma", "given": "Jun"}
    assert item["DOI"] == "10.1038/s41467-024-44824-z"


def test_a_preprint_has_its_day_and_its_number(real: Catalog) -> None:
    id, model = next(
        (i, m)
        for i, m in real.models.items()
        if m.venue is None and m.identifiers and m.identifiers.arxiv and len(str(m.published)) == 10
    )
    item = csl(id, model)
    assert item["type"] == "article"
    assert "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0]) == str(
        model.published
    )
    assert item["number"] == f"arXiv:{model.identifiers.arxiv}"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "parted"),
    [
        (
            "Jan van der Laak",
            {"family": "Laak", "given": "Jan", "non-dropping-particle": "van der"},
        ),
        ("Şükrü O'Neil-Ærø", {"family": "O'Neil-Ærø", "given": "Şükrü"}),
        ("李 明", {"family": "明", "given": "李"}),
        ("Madonna", {"literal": "Madonna"}),
        ("Pebble Works, Inc.", {"literal": "Pebble Works, Inc."}),
    ],
)
def test_a_name_is_parted(model: Model, name: str, parted: dict[str, str]) -> None:
    (item,) = json.loads(to_csl(named(model, authors=(name,))))
    assert item["author"] == [parted]


def test_authors_who_are_not_named_are_counted(model: Model) -> None:
    from fmcatalog.records.quantities import parse

    catalog = named(model, author_count=parse("12"), authors=("Ada Stone", "Bo Brook"))
    assert json.loads(to_csl(catalog))[0]["note"] == "and 10 more authors"
    assert "N1  - and 10 more authors\r\n" in to_ris(catalog).decode()


TEXT = st.text(min_size=1, max_size=60).filter(str.strip)


@given(title=TEXT, author=TEXT)
def test_no_text_begins_a_line_or_an_entry_of_its_own(title: str, author: str) -> None:
    toy = load(ROOT / "tests" / "data" / "toy").catalog.models["pebble"]
    catalog = named(toy, title=title, authors=(author,))
    lines = to_ris(catalog).decode().split("\r\n")
    assert [line for line in lines if line.startswith("TY")] == lines[:1]
    assert all(line[2:6] == "  - " for line in lines if line)
    assert json.loads(to_csl(catalog))[0]["title"] == " ".join(title.split())
