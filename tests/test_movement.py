"""What moves over the years is counted over the right models, and a blank is never a no."""

from __future__ import annotations

from pathlib import Path

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog, Tier, load
from fmcatalog.records import Model
from fmcatalog.stats import gaps, movement

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def surveyed(real: Catalog) -> Catalog:
    """The survey's models alone."""
    return with_models(real, {})


def with_models(real: Catalog, more: dict[str, Model]) -> Catalog:
    kept = {id: model for id, model in real.models.items() if real.tier(id) is Tier.SURVEYED}
    return Catalog.of({**kept, **more}, real.vocabularies.values(), real.surveys.values())


def later(**values: object) -> Model:
    """A model that no survey has."""
    shape = {
        "name": "Late",
        "title": "A paper that came later",
        "authors": ["Ada Example"],
        "category": "adaptation",
        "sources": [{"fields": ["title"], "source": "arxiv:2501.00001", "accessed": "2026-11-26"}],
        **values,
    }
    return Model.model_validate(shape)


def test_years_without_a_model_are_counted_as_none(real: Catalog, surveyed: Catalog) -> None:
    assert [year.id for year in movement.years(surveyed)] == ["2022", "2023"]
    catalog = with_models(real, {"late": later(published="2026-02")})
    counts = {year.id: year.count for year in movement.years(catalog)}
    assert list(counts) == ["2022", "2023", "2024", "2025", "2026"]
    assert (counts["2024"], counts["2025"], counts["2026"]) == (0, 0, 1)
    assert sum(counts.values()) == 43
    assert movement.years(catalog, ()) == ()


@pytest.mark.parametrize("key", ["code", "weights"])
def test_openness_by_year_adds_up_and_keeps_the_kinds_of_missing_apart(
    key: str, real: Catalog
) -> None:
    found = movement.openness(real, key)
    tally = stats.links(real, key).tally
    totals = {
        column.id: sum(found.count(year.id, column.id) for year in found.rows)
        for column in found.columns
    }
    assert totals.get("public", 0) == tally.known
    assert totals.get("not-reported", 0) == tally.not_reported
    assert totals.get("absent", 0) == tally.absent
    assert sum(totals.values()) == len(real.models)


def test_the_median_is_of_one_exact_total_a_model(real: Catalog) -> None:
    def stage(name: str, count: str, memory: str) -> dict[str, str]:
        return {"stage": name, "gpu_count": count, "gpu_memory_gb": memory}

    more = {
        "one": later(
            published="2025-01",
            training=[stage("pre-training", "8", "80"), stage("fine-tuning", "1", "80")],
        ),
        "two": later(published="2025-02", training=[stage("training", "1", "24")]),
        "bound": later(published="2025-03", training=[stage("training", ">1", "24")]),
        "blank": later(published="2025-04"),
    }
    year = movement.memory(with_models(real, more))[-1]
    assert year.year == "2025"
    assert year.totals == ((24.0, "two"), (640.0, "one"))
    assert year.median == 332
    assert year.bounds == ("bound",)
    assert year.unknown == 1
    (empty,) = movement.memory(with_models(real, more), ["blank"])
    assert empty.median is None
    assert empty.unknown == 1


def closing(catalog: Catalog) -> movement.Closing:
    return movement.closing(catalog, "organ", "modality")


def test_the_survey_alone_has_closed_none_of_its_gaps(surveyed: Catalog) -> None:
    found = closing(surveyed)
    assert found.surveyed == 42
    assert found.empty > 0
    assert (found.filled, found.closed) == (0, ())


def test_a_gap_is_closed_by_the_first_later_model_that_stands_there(
    real: Catalog, surveyed: Catalog
) -> None:
    grid = gaps.grid(surveyed, "organ", "modality")
    assert not grid.at("stomach", "mri")
    assert grid.at("stomach", "histopathology")
    about = {"organs": ["stomach"], "modalities": ["mri", "histopathology"]}
    more = {
        "second": later(published="2025-02", **about),
        "first": later(published="2024-11-05", **about),
    }
    found = closing(with_models(real, more))
    (one,) = [c for c in found.closed if (c.row.id, c.column.id) == ("stomach", "mri")]
    assert one.models == ("first", "second")
    # where a surveyed model stands there was no gap
    assert ("stomach", "histopathology") not in {(c.row.id, c.column.id) for c in found.closed}
    several = set(surveyed.members("organ", "multi-organ"))
    assert set(one.perhaps) >= several & set(surveyed.members("modality", "mri"))
    assert all(surveyed.tier(id) is Tier.SURVEYED for id in one.perhaps)
    assert found.filled >= len(found.closed)


def test_a_part_of_a_wider_closed_gap_is_not_named_again(real: Catalog) -> None:
    found = closing(real)
    places = {(c.row.id, c.column.id) for c in found.closed}
    for one in found.closed:
        wider = {
            (row, column)
            for row in (one.row.id, *one.row.above)
            for column in (one.column.id, *one.column.above)
        }
        assert wider & places == {(one.row.id, one.column.id)}


def test_without_a_survey_there_is_nothing_to_close(real: Catalog) -> None:
    alone = Catalog.of(real.models, real.vocabularies.values())
    assert closing(alone) == movement.Closing(0, 0, 0, ())
    assert {count.id: count.count for count in stats.tiers(alone)}[Tier.SURVEYED.value] == 0


def test_tiers_add_up_to_the_catalog(real: Catalog) -> None:
    found = stats.tiers(real)
    assert [count.id for count in found] == ["surveyed", "reviewed", "listed"]
    assert found[0].count == 42
    assert sum(count.count for count in found) == len(real.models)
    assert [c.count for c in stats.tiers(real, ["medsam"])] == [1, 0, 0]
