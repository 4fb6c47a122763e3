"""The explorer without a script: all models, or the newest and the way to all."""

from __future__ import annotations

from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog
from fmcatalog.selection import FACETS
from fmcatalog.views import explore, models, paths

ROOT = Path(__file__).resolve().parents[2]


def test_up_to_a_thousand_every_model_is_there_with_all_columns(catalog: Catalog) -> None:
    seen = explore.view(catalog)
    assert len(catalog.models) <= explore.WHOLE
    assert not seen.many
    assert [row.head.path for row in seen.table.rows] == list(map(paths.model_path, catalog.models))
    assert {1 + len(row.cells) for row in seen.table.rows} == {len(seen.table.columns)}
    assert seen.table.rest is None


def test_of_more_the_newest_are_there_with_the_way_to_all(
    real: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = explore.view(real)
    monkeypatch.setattr(explore, "WHOLE", 100)
    monkeypatch.setattr(models, "LISTED", 30)
    seen = explore.view(real)
    assert seen.many
    newest = models.newest(real, tuple(real.models), 30)
    assert [row.head.path for row in seen.table.rows] == list(map(paths.model_path, newest))
    assert seen.table.columns == whole.table.columns[:3]
    assert {1 + len(row.cells) for row in seen.table.rows} == {3}
    assert seen.table.rest is not None
    assert seen.table.rest.path == "models/"
    assert seen.table.rest.label == f"All {len(real.models)} of them"
    assert seen.ways == whole.ways


def test_every_facet_has_its_page_beside_the_list(real: Catalog) -> None:
    ways = explore.view(real).ways
    assert [way.index.path for way in ways] == [paths.facet_path(facet) for facet in FACETS]
    assert all(0 < len(way.terms) <= explore.SHOWN for way in ways)


def test_what_a_visit_needs_is_there() -> None:
    docs = ROOT / "docs"
    assert (docs / explore.SCRIPT).is_file()
    assert [
        path for path in explore.AHEAD if path != explore.INDEX and not (docs / path).is_file()
    ] == []
