"""Models side by side: columns from the views of the pages, and what counts as equal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fmcatalog.catalog import Catalog
from fmcatalog.views import columns, compare, model
from fmcatalog.views.columns import MISSING_WORDS, Side
from fmcatalog.views.compare import CompareView, side_by_side
from fmcatalog.views.model import ModelView
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Value


@pytest.fixture(scope="module")
def seen(catalog: Catalog, settings: Settings) -> dict[str, ModelView]:
    made = model.Models(catalog, settings, dict.fromkeys(catalog.models, "@misc{}"))
    return {id: made.view(id) for id in catalog.models}


@pytest.fixture(scope="module")
def view(catalog: Catalog, seen: dict[str, ModelView]) -> CompareView:
    return compare.view(catalog, seen.__getitem__)


@pytest.fixture(scope="module")
def sides(catalog: Catalog, seen: dict[str, ModelView]) -> dict[str, Side]:
    return {id: columns.side(one, catalog.models[id]) for id, one in seen.items()}


def values(side: Side) -> dict[str, Value]:
    return {line.label: line.cell.value for part in side.sections for line in part.lines}


def shown(value: Value) -> Value:
    return value._replace(sources=(), sort="", outlinks=())


def test_every_value_of_a_model_page_stands_in_its_column(
    seen: dict[str, ModelView], sides: dict[str, Side]
) -> None:
    assert list(sides) == list(seen)
    for id, page in seen.items():
        column = values(sides[id])
        for fact in (*page.facets, *page.facts):
            assert shown(column[fact.label]) == shown(fact.value)
        staged = [part for part in sides[id].sections if part.key.startswith("training:")]
        assert len(staged) == len(page.training)
        for part, stage in zip(staged, page.training, strict=True):
            labels = [line.label for line in part.lines]
            assert {fact.label for fact in stage.facts} <= set(labels)
            assert "Memory together" in labels


def test_keys_are_not_repeated(sides: dict[str, Side]) -> None:
    for side in sides.values():
        keys = [part.key for part in side.sections]
        assert len(keys) == len(set(keys))
        for part in side.sections:
            lines = [line.key for line in part.lines]
            assert len(lines) == len(set(lines))


def test_no_source_stands_for_what_was_not_looked_up(sides: dict[str, Side]) -> None:
    cells = [line.cell for side in sides.values() for part in side.sections for line in part.lines]
    assert any(cell.value.missing == "not-reported" and cell.marks for cell in cells)
    assert not any(cell.value.missing == "absent" and cell.marks for cell in cells)


def test_source_marks_lead_to_the_list_on_the_model_page(
    seen: dict[str, ModelView], sides: dict[str, Side]
) -> None:
    for id, side in sides.items():
        there = {str(entry.number) for entry in seen[id].sources}
        marks = [mark for part in side.sections for line in part.lines for mark in line.cell.marks]
        assert all(mark.label in there for mark in marks)
        assert all(mark.path == f"models/{id}/#source-{mark.label}" for mark in marks)


def test_a_model_equals_itself_in_every_row(sides: dict[str, Side]) -> None:
    for side in sides.values():
        assert not any(row.differs for rows in side_by_side([side, side]) for row in rows.rows)


def test_the_order_of_terms_makes_no_difference(
    sides: dict[str, Side], seen: dict[str, ModelView], catalog: Catalog
) -> None:
    id = next(id for id, page in seen.items() if any(len(f.value.links) > 1 for f in page.facets))
    page = seen[id]
    facets = tuple(
        fact._replace(value=fact.value._replace(links=fact.value.links[::-1]))
        for fact in page.facets
    )
    other = compare.side(replace(page, facets=facets), catalog.models[id])
    assert not any(row.differs for rows in side_by_side([sides[id], other]) for row in rows.rows)


def test_every_row_has_a_cell_for_each_model(sides: dict[str, Side]) -> None:
    some = list(sides.values())[: compare.MOST]
    for rows in side_by_side(some):
        for row in rows.rows:
            assert len(row.cells) == len(some)
            assert all(cell.words for cell in row.cells)


def test_kinds_of_missing_are_kept_apart(sides: dict[str, Side]) -> None:
    cells = [line.cell for s in sides.values() for part in s.sections for line in part.lines]
    for cell in cells:
        if cell.value.missing and not cell.items:
            assert cell.words.startswith(MISSING_WORDS[cell.value.missing])


def test_keys_are_merged_in_order() -> None:
    assert compare.merged([["a", "c"], ["a", "b", "c", "d"], ["e", "a"]]) == list("eabcd")
    assert compare.merged([]) == []


def test_groups_have_ready_made_comparisons(catalog: Catalog, view: CompareView) -> None:
    for group in view.groups:
        members = [side.id for table in group.tables for side in table.sides]
        assert len(members) + group.rest == group.count
        for table in group.tables:
            assert 1 < len(table.sides) <= compare.MOST
            assert table.path == f"compare/?models={','.join(side.id for side in table.sides)}"
            assert table.differ == sum(len(rows.rows) for rows in table.groups)
            assert all(row.differs for rows in table.groups for row in rows.rows)


def test_every_model_can_be_picked(catalog: Catalog, sides: dict[str, Side]) -> None:
    names = json.loads(compare.names(catalog).content)["models"]
    assert [one[:2] for one in names] == [[id, side.name] for id, side in sides.items()]
