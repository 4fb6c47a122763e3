"""What the shapes themselves know: totals, terms, links, rows."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

from fmcatalog.documents import Document, read_csv
from fmcatalog.records import Figure3Row, Missing, Model, Stage, Table2Row, Term, link, read_rows
from fmcatalog.records.model import Venue
from fmcatalog.records.quantities import parse
from fmcatalog.records.reading import MOST_ERRORS
from fmcatalog.records.survey import Exhibit

BASE = {
    "name": "A",
    "title": "A",
    "authors": ["B C"],
    "published": "2023-04",
    "category": "adaptation",
    "sources": [{"fields": ["name"], "source": "azad-2023", "accessed": "2024-06-01"}],
}


def model(**more: object) -> Model:
    return Model.model_validate({**BASE, **more})


def stage(**more: str) -> Stage:
    return Stage.model_validate({"stage": "training", **more})


def test_a_shape_that_was_kept_is_what_it_was() -> None:
    whole = model(training=[{"stage": "training", "gpu": "not-reported", "epochs": "3"}])
    again = pickle.loads(pickle.dumps(whole))
    assert again == whole
    assert again.model_dump() == whole.model_dump()
    assert again.model_fields_set == whole.model_fields_set
    assert again.training[0].model_fields_set == {"stage", "gpu", "epochs"}
    assert again.model_copy(update={"name": "B"}).name == "B"
    with pytest.raises(ValidationError, match="frozen"):
        again.name = "B"


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ({"gpu_count": "8", "gpu_memory_gb": "24"}, "192"),
        ({"gpu_count": ">1", "gpu_memory_gb": "24"}, ">24"),
        ({"gpu_count": "8", "gpu_memory_gb": "24", "total_gpu_memory_gb": "1"}, "192"),
        ({"total_gpu_memory_gb": "320"}, "320"),
        ({"gpu_count": "8", "gpu_memory_gb": "not-reported"}, None),
        ({"total_gpu_memory_gb": "not-reported"}, None),
        ({"gpu_count": "2-4", "gpu_memory_gb": "24"}, None),
        ({}, None),
    ],
)
def test_the_memory_of_all_cards_is_multiplied_or_reported_or_unknown(
    given: dict[str, str], total: str | None
) -> None:
    found = stage(**given).total_memory
    assert (None if found is None else str(found)) == total


def test_a_model_gives_its_terms_by_facet_each_once() -> None:
    found = model(
        organs=["liver"],
        tasks="not-reported",
        training=[
            {"stage": "training", "gpu": "a100"},
            {"stage": "alignment", "gpu": "a100"},
            {"stage": "inference", "gpu": "not-reported"},
            {"stage": "fine-tuning"},
        ],
        datasets=[{"dataset": "d", "use": "evaluation"}, {"dataset": "d", "use": "fine-tuning"}],
        builds_on=[{"model": "sam", "relation": "adapts"}],
        licence={"code": "MIT", "weights": "not-reported"},
    )
    facets = ("category", "organ", "task", "modality", "gpu", "dataset", "base-model", "licence")
    assert [found.terms(f) for f in facets] == [
        ("adaptation",),
        ("liver",),
        (),
        (),
        ("a100",),
        ("d",),
        ("sam",),
        ("MIT",),
    ]
    assert len(found.stages) == 4
    assert model().terms("licence") == model().stages == ()
    assert [found.missing(f) for f in ("task", "modality", "organ")] == [
        Missing.NOT_REPORTED,
        None,
        None,
    ]


def test_a_shape_takes_its_own_values_again() -> None:
    found = model(
        reviewed="true", organs="not-applicable", parameters="7B", venue={"name": "V", "year": 2024}
    )
    again = Model.model_validate({k: getattr(found, k) for k in Model.model_fields})
    assert again == found
    assert Venue.model_validate({"name": "V", "year": "2024"}).year == 2024


@pytest.mark.parametrize("year", [True, 1899, 2101, 2024.0, -1])
def test_a_year_in_memory_is_held_to_the_same_limits(year: object) -> None:
    with pytest.raises(ValidationError):
        Venue.model_validate({"name": "V", "year": year})


def test_a_shape_is_not_changed_once_it_is_made() -> None:
    with pytest.raises(ValidationError):
        model().name = "B"  # type: ignore[misc]


def test_a_source_has_an_address_unless_it_is_a_survey() -> None:
    assert link("arxiv:2304.12306") == "https://arxiv.org/abs/2304.12306"
    assert link("doi:10.1038/x") == "https://doi.org/10.1038/x"
    assert link("https://a.org/x") == "https://a.org/x"
    assert link("azad-2023") is None


def test_a_term_is_short_where_it_says_so() -> None:
    term = {"id": "Apache-2.0", "label": "Apache License 2.0", "definition": "x"}
    assert Term.model_validate(term).short == "Apache License 2.0"
    assert Term.model_validate({**term, "short_label": "Apache"}).short == "Apache"


@pytest.mark.parametrize("id", ["", "a b", "a--b", "-a", "MIT-", "é", "a" * 61, "a/b", "."])
def test_a_term_has_an_id_that_can_stand_in_an_address(id: str) -> None:
    with pytest.raises(ValidationError):
        Term.model_validate({"id": id, "label": "x", "definition": "x"})


def test_a_quantity_has_an_upper_end_unless_it_is_open() -> None:
    assert parse("16-128").upper == 128
    assert parse(">1").upper is None


def test_a_flag_is_true_or_false_and_nothing_like_it() -> None:
    exhibit = {"id": "a", "title": "A", "checkable": "false"}
    assert Exhibit.model_validate(exhibit).checkable is False
    for other in ("no", "0", "False", "", 0):
        with pytest.raises(ValidationError):
            Exhibit.model_validate({**exhibit, "checkable": other})


def test_rows_without_a_shape_are_told_with_their_place_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "number,reference,model,category\n1,24,sam,a\nx,24,Sam,a\n3,25,gmai,a\n"
    )
    document, _ = read_csv(tmp_path, "t.csv")
    assert document is not None
    rows, found = read_rows(document, Figure3Row)
    assert [r.model for r in rows] == ["sam", "gmai"]
    places = [(d.code, d.place.line, d.place.column, d.path) for d in found]
    assert places == [("F204", 3, 1, (1, "number")), ("F204", 3, 6, (1, "model"))]


def test_a_table_of_errors_is_looked_into_so_far_and_no_further() -> None:
    rows = [{"number": "x"}] * 500
    text = "number\n" + "x\n" * 500
    found = read_rows(Document("t.csv", rows, text), Figure3Row)[1]  # type: ignore[arg-type]
    assert len(found) == MOST_ERRORS


def test_a_printed_cell_may_be_empty_but_not_endless() -> None:
    row = dict.fromkeys(Table2Row.model_fields, "")
    assert Table2Row.model_validate(row).epochs == ""
    with pytest.raises(ValidationError):
        Table2Row.model_validate({**row, "epochs": "x" * 201})
