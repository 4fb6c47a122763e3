"""What changed, told from the data alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.records import Correction
from fmcatalog.records.dates import parse_date
from fmcatalog.stats.history import Event, history

TOY = Path(__file__).parent / "data" / "toy"


@pytest.fixture(scope="module")
def toy() -> Catalog:
    return load(TOY).catalog


def test_every_record_is_added_once_on_the_day_it_was_first_read(toy: Catalog) -> None:
    added = {c.id: c for c in history(toy) if c.event is Event.ADDED}
    assert sorted(added) == list(toy.models)
    for id, model in toy.models.items():
        assert added[id].date == min(s.accessed.first for s in model.sources)


def test_names_are_unique_also_for_two_corrections_of_one_day(toy: Catalog) -> None:
    one = {"date": parse_date("2024-06-11"), "field": "name", "reason": "A slip."}
    twice = (
        Correction.model_validate({**one, "old": "A", "new": "B"}),
        Correction.model_validate({**one, "old": "B", "new": "Lumen"}),
    )
    model = toy.models["lumen"].model_copy(update={"corrections": twice})
    found = history(Catalog.of({"lumen": model}))
    assert [c.id for c in found] == ["lumen/2024-06-11/name", "lumen/2024-06-11/name/2", "lumen"]
    assert [(c.old, c.new) for c in found[:2]] == [("A", "B"), ("B", "Lumen")]


def test_an_erratum_has_the_day_it_was_found_or_that_of_the_first_reading(toy: Catalog) -> None:
    (seen,) = (c for c in history(toy) if c.event is Event.ERRATUM)
    read = [
        s.accessed.first for m in toy.models.values() for s in m.sources if s.source == "doe-2024"
    ]
    assert (seen.id, seen.date) == ("doe-2024/pebble-epochs", min(read))
    data = toy.surveys["doe-2024"]
    errata = tuple(
        e.model_copy(update={"found": parse_date("2025-02")} if e.id == "pebble-epochs" else {})
        for e in data.errata
    )
    later = type(data)(data.survey, errata, data.figure3, data.table1, data.table2)
    changed = Catalog.of(toy.models, toy.vocabularies.values(), [later])
    (seen,) = (c for c in history(changed) if c.event is Event.ERRATUM)
    assert seen.date == dt.date(2025, 2, 1)
    assert history(changed)[0] == seen


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Lumen"),
        ("published", "2022-03-14"),
        ("links.code", "https://example.org/lumen"),
        ("training.pre-training.epochs", "30"),
        ("modalities", "chest-x-ray, text"),
        ("reviewed", "True"),
        ("builds_on", None),
        ("training.alignment.epochs", None),
        ("links.demo", None),
        ("training", None),
        ("nothing.at.all", None),
    ],
)
def test_a_value_is_found_by_its_name(name: str, value: str | None, toy: Catalog) -> None:
    assert toy.models["lumen"].text(name) == value
