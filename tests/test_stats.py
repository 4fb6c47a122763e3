"""Counts and cross-tabs of the toy catalog, each checked against its records by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog, load
from fmcatalog.records import Facet, Missing
from fmcatalog.stats import Count, Tally, near

TOY = Path(__file__).parent / "data" / "toy"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(TOY).catalog


def counts(found: tuple[Count, ...]) -> dict[str, int]:
    return {c.id: c.count for c in found}


def test_the_kinds_of_missing_are_counted_apart() -> None:
    values = ["a", Missing.NOT_REPORTED, Missing.NOT_REPORTED, Missing.NOT_APPLICABLE, None, 0, ""]
    assert stats.tally(values) == Tally(7, 3, 2, 1, 1)
    assert stats.tally([]) == Tally(0, 0, 0, 0, 0)


def test_a_model_counts_under_the_broader_term_once_and_under_its_own(catalog: Catalog) -> None:
    found = stats.distribution(catalog, "modality")
    assert counts(found.counts) == {
        "radiation": 4,
        "ct": 2,
        "text": 2,
        "x-ray": 2,
        "chest-x-ray": 1,
        "mri": 1,
    }
    assert found.tally == Tally(7, 5, 1, 0, 1)
    assert found.multiple == 4


def test_the_most_frequent_comes_first_and_ties_go_by_label(catalog: Catalog) -> None:
    found = stats.distribution(catalog, "modality").counts
    assert [c.id for c in found] == ["radiation", "ct", "text", "x-ray", "chest-x-ray", "mri"]


def test_only_top_terms_can_be_counted(catalog: Catalog) -> None:
    found = stats.distribution(catalog, "modality", top=True)
    assert counts(found.counts) == {"radiation": 4, "text": 2, "mri": 1}
    assert found.multiple == 2


def test_only_some_models_can_be_counted(catalog: Catalog) -> None:
    found = stats.distribution(catalog, "organ", ["umbra", "quill"])
    assert counts(found.counts) == {"heart": 1, "torso": 1}
    assert found.tally == Tally(2, 1, 0, 1, 0)


@pytest.mark.parametrize(
    ("facet", "tally"),
    [
        ("category", Tally(7, 7, 0, 0, 0)),
        ("organ", Tally(7, 4, 1, 1, 1)),
        ("task", Tally(7, 5, 1, 0, 1)),
        ("algorithm", Tally(7, 3, 1, 0, 3)),
        ("gpu", Tally(7, 4, 1, 1, 1)),
        ("dataset", Tally(7, 2, 0, 0, 5)),
        ("base-model", Tally(7, 4, 1, 0, 2)),
    ],
)
def test_known_and_missing_of_a_facet_are_all_models(
    facet: str, tally: Tally, catalog: Catalog
) -> None:
    found = stats.distribution(catalog, facet).tally
    assert found == tally
    assert found.total == sum((found.known, found.not_reported, found.not_applicable, found.absent))


@pytest.mark.parametrize("facet", [f.value for f in Facet])
def test_a_count_is_the_number_of_members_on_the_terms_page(facet: str, catalog: Catalog) -> None:
    for count in stats.distribution(catalog, facet).counts:
        assert count.models == catalog.members(facet, count.id)


def test_quarters_without_a_paper_are_counted_as_none(catalog: Catalog) -> None:
    assert counts(stats.quarters(catalog)) == {
        "2022Q1": 1,
        "2022Q2": 0,
        "2022Q3": 0,
        "2022Q4": 2,
        "2023Q1": 0,
        "2023Q2": 2,
        "2023Q3": 1,
        "2023Q4": 0,
        "2024Q1": 1,
    }
    assert stats.quarters(catalog)[0].label == "2022 Q1"
    assert stats.quarters(catalog, []) == ()


def test_groups_come_in_the_order_of_the_vocabulary_and_add_up(catalog: Catalog) -> None:
    assert counts(stats.groups(catalog)) == {"readers": 2, "tellers": 2, "outliners": 3}
    assert counts(stats.groups(catalog, ["tern"])) == {"readers": 1, "tellers": 0, "outliners": 0}


def test_the_timeline_adds_up_to_the_catalog(catalog: Catalog) -> None:
    found = stats.over_time(catalog)
    assert found.count("2022Q4", "readers") == 1
    assert found.count("2022Q4", "outliners") == 1
    assert found.count("2022Q1", "outliners") == 0
    assert sum(found.cells.values()) == 7
    assert stats.over_time(catalog, "organ").count("2024Q1", "torso") == 1


def test_two_facets_cross_at_the_models_that_have_both(catalog: Catalog) -> None:
    found = stats.cross(catalog, "modality", "organ")
    assert found.cells["radiation", "torso"] == 4
    assert found.cells["mri", "brain"] == 1
    assert ("mri", "lung") not in found.cells
    assert stats.cross(catalog, "category", "task", top=False).count("tellers", "answering") == 2
    fine = stats.cross(catalog, "modality", "organ", top=False)
    assert fine.count("chest-x-ray", "lung") == 1


def test_what_a_term_meets_is_counted_over_its_members(catalog: Catalog) -> None:
    found = stats.meets(catalog, "modality", "ct", "task", 5)
    assert [(id, count) for id, _, count in found.counts] == [
        ("answering", 1),
        ("lesion-outlining", 1),
        ("outlining", 1),
    ]
    assert found.outside == 0
    inner = stats.meets(catalog, "modality", "ct", "task", 1, innermost=True)
    assert [(id, count) for id, _, count in inner.counts] == [("answering", 1)]
    assert inner.outside == 1
    assert stats.meets(catalog, "task", "answering", "organ", 0).outside == 3


def test_links_are_public_or_missing_in_one_of_three_ways(catalog: Catalog) -> None:
    found = stats.links(catalog, "code")
    assert {c.id: c.models for c in found.counts} == {
        "public": ("harbor", "lumen"),
        "not-reported": ("pebble",),
        "not-applicable": ("quill",),
        "absent": ("sparrow", "tern", "umbra"),
    }
    assert found.tally == Tally(7, 2, 1, 1, 3)


def test_completeness_counts_links_and_licence_by_part(catalog: Catalog) -> None:
    found = stats.completeness(catalog)
    assert found["links.weights"] == Tally(7, 2, 1, 0, 4)
    assert found["licence.code"] == Tally(7, 2, 1, 0, 4)
    assert found["summary"] == Tally(7, 3, 0, 0, 4)
    assert found["training"] == Tally(7, 5, 0, 1, 1)
    assert all(t.known == 7 for k, t in found.items() if k in ("name", "title", "authors"))
    assert not {"sources", "reviewed", "links", "licence"} & set(found)


def test_a_rig_has_a_total_that_is_exact_or_a_bound(catalog: Catalog) -> None:
    rigs = {(r.model, r.stage): r for r in stats.rigs(catalog)}
    assert set(rigs) == {("harbor", 0), ("lumen", 0), ("pebble", 0), ("umbra", 0)}
    lumen, harbor, umbra = rigs["lumen", 0], rigs["harbor", 0], rigs["umbra", 0]
    assert (lumen.cards, lumen.per_card, lumen.total, lumen.exact) == (8, 40, 320, True)
    assert (harbor.cards, harbor.total, harbor.exact, harbor.hours) == (None, 16, False, None)
    assert (umbra.cards, umbra.per_card, umbra.total) == (None, None, 320)


def test_neighbours_share_terms_and_a_rare_term_ties_closer(catalog: Catalog) -> None:
    found = stats.neighbours(catalog, "pebble")
    assert found[0][0] == "quill"
    assert found[0][1].startswith("shares ")
    assert "pebble" not in [id for id, _ in found]
    assert len(stats.neighbours(catalog, "pebble", 1)) == 1
    assert {id for id, _ in stats.neighbours(catalog, "sparrow")} == {"harbor", "umbra"}


def test_in_a_large_catalog_the_nearest_share_the_rarest_term_and_then_the_next(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(id: str) -> dict[str, str]:
        catalog.forget()
        return dict(stats.neighbours(catalog, id, 3))

    few = {id: asked(id) for id in catalog.models}
    monkeypatch.setattr(near, "SEARCHED", 0)
    for id, model in catalog.models.items():
        many = asked(id)
        assert id not in many
        assert len(many) == len(few[id])
        assert all(why == few[id][m] for m, why in many.items() if m in few[id])
        words = [(f, w) for f in ("category", "modality", "organ") for w in model.terms(f)]
        words += [(f, w) for f in ("task", "algorithm") for w in model.terms(f)]
        sets = sorted((frozenset(catalog.members(*word)) for word in words), key=len)
        first = next(iter(many), "")
        having = [first in models for models in sets]
        others = [[m in models for models in sets] for m in catalog.models if m != id]
        assert having == max(others)


def test_the_overview_agrees_with_the_parts(catalog: Catalog) -> None:
    view = stats.overview(catalog)
    assert (view.models, view.surveyed, view.beyond) == (7, 5, ("umbra",))
    assert view.groups == (
        ("readers", "Readers", 2, 2),
        ("tellers", "Tellers", 2, 2),
        ("outliners", "Outliners", 1, 3),
    )
    assert (view.code, view.weights, view.hardware) == (2, 2, 4)
    assert view.facets["modality"] == 6


def test_an_empty_catalog_counts_nothing() -> None:
    view = stats.overview(Catalog.of({}))
    assert (view.models, view.surveyed, view.code, view.groups) == (0, 0, 0, ())
    assert stats.quarters(Catalog.of({})) == ()
