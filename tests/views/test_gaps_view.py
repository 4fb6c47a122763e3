"""The pages of gaps: every number is a query, every empty crossing is named."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from fmcatalog.catalog import Catalog, Tier
from fmcatalog.selection import Query, select
from fmcatalog.views import gaps
from fmcatalog.views.gaps import GapsView


def views(catalog: Catalog) -> dict[str, GapsView]:
    return {path: make() for path, _, make in gaps.views(catalog)}


def test_there_is_a_page_for_organ_task_and_group_each_linked_from_the_others(
    catalog: Catalog,
) -> None:
    made = views(catalog)
    whole = ["gaps/", "gaps/task/", "gaps/group/"]
    assert [path for path in made if "/tier/" not in path] == whole
    for path in whole:
        assert [tab.link.path for tab in made[path].tabs] == whole
        assert [tab.link.path for tab in made[path].tabs if tab.current] == [path]


def test_each_page_leads_to_the_same_of_one_tier(real: Catalog) -> None:
    made = views(real)
    for path, view in made.items():
        assert {tab.link.path for tab in view.tiers} <= set(made)
        assert [tab.link.path for tab in view.tiers if tab.current] == [path]
        # the crossings of the same tier, and no other
        tiers = {tab.link.path.partition("tier/")[2] for tab in view.tabs}
        assert tiers == {path.partition("tier/")[2]}
    surveyed = made["gaps/tier/surveyed/"]
    assert "hold none of the 42 surveyed models" in surveyed.lede
    assert surveyed.closed is None


def test_a_gap_that_closed_names_the_first_model_and_counts_those_there(real: Catalog) -> None:
    assert views(real)["gaps/"].closed is not None
    for path, view in views(real).items():
        if view.closed is None:
            continue
        assert "/tier/" not in path
        rows = [*view.closed.table.rows, *(view.closed.rest.rows if view.closed.rest else ())]
        assert len({row.head.path for row in rows}) == len(rows)
        for row in rows:
            found = select(real, Query(parse_qs(urlsplit(row.head.path).query)))
            assert str(len(found)) == row.cells[2].text
            assert all(real.tier(id) is not Tier.SURVEYED for id in found)
            first = row.cells[0].links[0].path.split("/")[1]
            assert first in found
            dates = [real.models[id].published.first for id in found]
            assert real.models[first].published.first == min(dates)


def test_a_number_is_what_its_link_asks_for(catalog: Catalog) -> None:
    for view in views(catalog).values():
        for row in view.rows:
            assert len(row.cells) == len(view.columns) + 2
            for cell in row.cells:
                assert bool(cell.path) == bool(cell.count)
                if cell.path:
                    asked = urlsplit(cell.path)
                    assert asked.path == "explore/"
                    found = select(catalog, Query(parse_qs(asked.query)))
                    assert len(found) == cell.count, cell


def test_an_empty_crossing_is_said_to_be_empty_here_and_not_impossible(catalog: Catalog) -> None:
    for view in views(catalog).values():
        for cell in (cell for row in view.rows for cell in row.cells):
            if cell.kind == "empty":
                assert "none in this catalog" in cell.name
            assert (cell.kind == "impossible") == ("cannot be" in cell.name)


def test_the_gaps_in_words_are_the_ones_marked_in_the_grid(catalog: Catalog) -> None:
    for view in views(catalog).values():
        marked = sum(cell.wide for row in view.rows for cell in row.cells)
        assert marked == sum(len(hole.rows) for hole in view.holes)
        heads = {column.link.path for column in view.columns}
        assert {hole.column.path for hole in view.holes} <= heads


def test_how_many_are_unknown_and_that_models_count_twice_is_said(real: Catalog) -> None:
    made = views(real)
    said = " ".join(made["gaps/"].notes)
    for part in ("no organ: ", " not applicable", "no modality: ", "more than the models"):
        assert part in said
    several = sum("multi-organ" in model.terms("organ") for model in real.models.values())
    assert f"{several} models name “Several organs”" in said
    assert "cannot be" in said
    assert "more than its models" in " ".join(made["gaps/group/"].notes)


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ("organs/stomach/", "modalities/fundus-photography/", "impossible"),
        ("organs/liver/", "modalities/fundus-photography/", "apart"),
        ("organs/eye/", "modalities/fundus-photography/", "count"),
    ],
)
def test_a_crossing_is_of_the_kind_that_the_vocabulary_says(
    row: str, column: str, kind: str, real: Catalog
) -> None:
    view = views(real)["gaps/"]
    place = [head.link.path for head in view.columns].index(column) + 1
    cells = next(r.cells for r in view.rows if r.head.link.path == row)
    assert cells[place].kind == kind


def test_empty_crossings_of_pictures_are_named_before_those_of_text(catalog: Catalog) -> None:
    terms = {f"modalities/{id}/": term for id, term in catalog.terms["modality"].items()}
    for view in (make() for _, _, make in gaps.views(catalog)):
        other = [terms[hole.column.path].imaging is False for hole in view.holes]
        assert other == sorted(other)
