"""The aggregate: immutable, ordered, indexed by id, term and word."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from pydantic import ValidationError

from fmcatalog.catalog import (
    Catalog,
    Tier,
    load,
    model_file,
    remembered,
    survey_file,
    vocabulary_file,
    words,
)
from fmcatalog.diagnostics import Severity
from fmcatalog.records import Facet, Missing
from fmcatalog.rules import check

TOY = Path(__file__).parent / "data" / "toy"
IDS = ("harbor", "lumen", "pebble", "quill", "sparrow", "tern", "umbra")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(TOY).catalog


def test_models_are_ordered_by_id_whatever_the_order_they_come_in(catalog: Catalog) -> None:
    assert tuple(catalog.models) == IDS
    backwards = dict(reversed(catalog.models.items()))
    assert tuple(Catalog.of(backwards).models) == IDS


def test_the_catalog_and_what_it_holds_cannot_be_changed(catalog: Catalog) -> None:
    with pytest.raises(TypeError):
        catalog.models["new"] = catalog.models["lumen"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        catalog.models = {}  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        catalog.models["lumen"].name = "Lumière"  # type: ignore[misc]


def test_all_nine_facets_have_a_vocabulary(catalog: Catalog) -> None:
    assert set(catalog.vocabularies) == {facet.value for facet in Facet}
    assert len(catalog.vocabularies) == 9


def test_terms_keep_the_order_of_their_vocabulary(catalog: Catalog) -> None:
    assert list(catalog.terms["modality"])[:3] == ["radiation", "x-ray", "chest-x-ray"]


@pytest.mark.parametrize(
    ("facet", "word", "term"),
    [
        ("modality", "ct", "ct"),
        ("modality", "CT", "ct"),
        ("modality", "Computed Tomography", "ct"),
        ("modality", "MR", "mri"),
        ("category", "Words", "by-words"),
        ("category", "bm", "by-marks"),
        ("gpu", "acme 1", "acme-one"),
        ("licence", "apache 2", "Apache-2.0"),
        ("licence", "mit license", "MIT"),
        ("modality", "sonar", None),
        ("organ", "ct", None),
        ("colour", "ct", None),
    ],
)
def test_a_word_means_the_term_with_that_id_label_notation_or_alias(
    facet: str, word: str, term: str | None, catalog: Catalog
) -> None:
    assert catalog.resolve(facet, word) == term


def test_an_id_wins_over_another_terms_alias(catalog: Catalog) -> None:
    first, second = catalog.terms["organ"]["lung"], catalog.terms["organ"]["heart"]
    assert words([second.model_copy(update={"aliases": ("LUNG",)}), first])["lung"] == "heart"
    vocabulary = catalog.vocabularies["organ"].model_copy(
        update={"terms": (second.model_copy(update={"aliases": ("lung",)}), first)}
    )
    assert Catalog.of({}, [vocabulary]).resolve("organ", "lung") == "lung"


def test_a_terms_ancestors_come_nearest_first(catalog: Catalog) -> None:
    assert catalog.broader("modality", "chest-x-ray") == ("x-ray", "radiation")
    assert catalog.broader("modality", "radiation") == ()
    assert catalog.broader("modality", "sonar") == ()


def test_climbing_ends_at_a_circle(catalog: Catalog) -> None:
    lung = catalog.terms["organ"]["lung"]
    a = lung.model_copy(update={"id": "a", "broader": "b"})
    b = lung.model_copy(update={"id": "b", "broader": "a"})
    vocabulary = catalog.vocabularies["organ"].model_copy(update={"terms": (a, b)})
    assert Catalog.of({}, [vocabulary]).broader("organ", "a") == ("b",)


def test_a_terms_children_come_in_the_order_of_the_vocabulary(catalog: Catalog) -> None:
    assert catalog.narrower("organ", "torso") == ("lung", "heart", "liver")
    assert catalog.narrower("organ", "lung") == ()


@pytest.mark.parametrize(
    ("facet", "term", "members"),
    [
        ("modality", "radiation", ("harbor", "lumen", "pebble", "umbra")),
        ("modality", "x-ray", ("lumen", "umbra")),
        ("modality", "chest-x-ray", ("lumen",)),
        ("organ", "torso", ("harbor", "lumen", "pebble", "umbra")),
        ("category", "by-marks", ("harbor", "sparrow", "umbra")),
        ("category", "by-words", ("lumen", "pebble", "quill", "tern")),
        ("gpu", "acme-two", ("lumen", "umbra")),
        ("base-model", "lumen", ("harbor", "quill")),
        ("dataset", "pebbles", ("lumen", "pebble")),
        ("licence", "toy-terms", ("lumen",)),
        ("modality", "sonar", ()),
    ],
)
def test_members_of_a_term_include_those_of_its_narrower_terms(
    facet: str, term: str, members: tuple[str, ...], catalog: Catalog
) -> None:
    assert catalog.members(facet, term) == members


def test_models_without_a_value_come_with_the_kind_of_missing(catalog: Catalog) -> None:
    assert catalog.unknown("organ") == (
        ("quill", Missing.NOT_APPLICABLE),
        ("sparrow", None),
        ("tern", Missing.NOT_REPORTED),
    )
    assert catalog.unknown("category") == ()


def test_loading_goes_on_after_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    models = tmp_path / "catalog" / "models"
    models.mkdir(parents=True)
    (models / "a.yaml").write_text("name: [")
    (models / "b.yaml").write_bytes((TOY / "catalog/models/sparrow.yaml").read_bytes())
    loaded = load(tmp_path)
    assert list(loaded.catalog.models) == ["b"]
    missing = {vocabulary_file(facet) for facet in Facet}
    assert {d.place.file for d in loaded.diagnostics} == {model_file("a"), *missing}


def test_an_empty_folder_is_an_empty_catalog_with_nine_vocabularies_missing(
    tmp_path: Path,
) -> None:
    loaded = load(tmp_path)
    assert dict(loaded.catalog.models) == {}
    assert [d.code for d in loaded.diagnostics] == ["F112"] * 9


def test_a_value_is_found_in_its_file_again(catalog: Catalog) -> None:
    loaded = load(TOY)
    place = loaded.place(model_file("lumen"), ("training", 1, "epochs"))
    assert place.text.strip() == "epochs: 5"
    assert place.text[place.column - 1 :][: place.width] == "5"
    key = loaded.place(model_file("lumen"), ("venue", "year"), key=True)
    assert key.text[key.column - 1 :][: key.width] == "year"
    cell = loaded.place(survey_file("doe-2024", "table2.csv"), (2, "epochs"))
    assert (cell.line, cell.text[cell.column - 1 :]) == (4, "9")
    assert loaded.place("catalog/models/nobody.yaml", ("name",)).line == 0


def test_a_survey_comes_with_its_tables_and_errata(catalog: Catalog) -> None:
    data = catalog.surveys["doe-2024"]
    assert [row.model for row in data.figure3] == ["lumen", "tern", "pebble", "quill", "harbor"]
    assert [row.model for row in data.table1] == ["lumen", "harbor", "umbra"]
    assert [row.short_name for row in data.table2] == ["Lumen", "Harbor", "Pebble"]
    assert [e.id for e in data.errata] == ["pebble-epochs", "harbor-hours", "umbra-uncounted"]


def test_reading_twice_gives_the_same_catalog(catalog: Catalog) -> None:
    again = load(TOY).catalog
    assert dict(again.models) == dict(catalog.models)
    assert dict(again.vocabularies) == dict(catalog.vocabularies)
    assert dict(again.surveys) == dict(catalog.surveys)


def test_a_broken_record_is_reported_once_and_not_called_missing_elsewhere(tmp_path: Path) -> None:
    shutil.copytree(TOY / "catalog", tmp_path / "catalog")
    survey = next(iter(load(tmp_path).catalog.surveys.values()))
    broken = tmp_path / "catalog" / "models" / f"{survey.figure3[0].model}.yaml"
    broken.write_text(broken.read_text().replace("\npublished:", "\npublishd:"))
    found = check(load(tmp_path), dt.date(2026, 1, 1))
    errors = [d for d in found if d.severity is Severity.ERROR]
    assert {d.place.file for d in errors} == {broken.relative_to(tmp_path).as_posix()}


def test_a_tier_tells_the_survey_first_and_then_the_review(catalog: Catalog) -> None:
    # Of the toy's models, a survey names these three; a review does not change that.
    named = {row.model for data in catalog.surveys.values() for row in data.figure3}
    named |= {id for data in catalog.surveys.values() for id in data.survey.beyond_the_figure}
    assert named
    for id, model in catalog.models.items():
        for reviewed in (True, None):
            changed = model.model_copy(update={"reviewed": reviewed})
            other = Catalog.of({**catalog.models, id: changed}, (), catalog.surveys.values())
            later = Tier.REVIEWED if reviewed else Tier.LISTED
            assert other.tier(id) is (Tier.SURVEYED if id in named else later)
    assert all(tier.label and tier.definition for tier in Tier)


def test_what_a_catalog_forgets_it_works_out_again() -> None:
    asked = []

    @remembered
    def count(catalog: Catalog, facet: str) -> int:
        asked.append(facet)
        return len(catalog.terms[facet])

    catalog = load(TOY).catalog
    assert count(catalog, "modality") == count(catalog, "modality")
    assert asked == ["modality"]
    catalog.forget()
    assert count(catalog, "modality") == len(catalog.terms["modality"])
    assert asked == ["modality"] * 2
    catalog.forget()
    catalog.forget()
