"""The hardware page: every stage a row, totals computed, kinds of missing told apart."""

from __future__ import annotations

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.records import Quantity
from fmcatalog.views import hardware, over_time, paths
from fmcatalog.views.figures import ScatterDrawing
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Row
from fmcatalog.views.scope import whole

COLUMN = {column.label: place - 1 for place, column in enumerate(hardware.COLUMNS)}


def rows_of(catalog: Catalog, settings: Settings, id: str) -> list[Row]:
    table = hardware.view(catalog, settings).table
    return [row for row in table.rows if row.head.path == paths.model_path(id)]


def test_every_stage_has_a_row(catalog: Catalog, settings: Settings) -> None:
    table = hardware.view(catalog, settings).table
    assert len(table.rows) == sum(len(model.stages) for model in catalog.models.values())
    assert all(len(row.cells) == len(table.columns) - 1 for row in table.rows)


def test_all_rows_of_table_2_are_there_and_lead_to_it(real: Catalog, settings: Settings) -> None:
    table = hardware.view(real, settings).table
    led = {link.path for row in table.rows for link in row.cells[COLUMN["Table 2"]].links}
    assert led == {f"survey/#table2-{number}" for number in range(1, 26)}


def test_the_total_is_cards_times_memory(real: Catalog, settings: Settings) -> None:
    (row,) = rows_of(real, settings, "medsam")
    assert [row.cells[COLUMN[c]].text for c in ("Cards", "GB a card", "GB in all")] == [
        "20",
        "80",
        "1600",
    ]
    assert row.cells[COLUMN["GB in all"]].sort == "1600"


def test_a_bound_stays_a_bound(real: Catalog, settings: Settings) -> None:
    (row,) = rows_of(real, settings, "deid-gpt")
    assert row.cells[COLUMN["GB in all"]].text == ">24"
    view = hardware.view(real, settings)
    (bound,) = [band for band in view.bands if band.label == "Not an exact number"]
    assert "DeID-GPT" in {link.label for link in bound.models}
    assert "DeID-GPT" in view.caveat
    assert "only run." in view.caveat


def test_a_missing_total_has_the_kind_of_the_missing_factor(
    catalog: Catalog, settings: Settings
) -> None:
    for id, model in catalog.models.items():
        for stage, row in zip(model.stages, rows_of(catalog, settings, id), strict=True):
            total = row.cells[COLUMN["GB in all"]]
            factors = (stage.gpu_count, stage.gpu_memory_gb)
            gaps = [f for f in factors if not isinstance(f, Quantity)]
            if stage.total_memory is not None:
                assert total.text == str(stage.total_memory)
            elif gaps:
                assert total.missing == paths.missing_word(gaps[0])
            else:
                assert total.text == "no single number"


def test_numbers_sort_as_numbers_and_unknown_ones_last(
    catalog: Catalog, settings: Settings
) -> None:
    table = hardware.view(catalog, settings).table
    for place, column in enumerate(table.columns[1:]):
        for row in table.rows:
            cell = row.cells[place]
            assert not (cell.missing and cell.sort)
            if column.numeric and cell.sort:
                float(cell.sort)


def test_optimiser_steps_are_not_epochs(real: Catalog, settings: Settings) -> None:
    (row,) = rows_of(real, settings, "cite")
    assert row.cells[COLUMN["Epochs"]].text == "1000 steps"
    assert row.cells[COLUMN["Epochs"]].sort == ""


def test_every_model_is_in_one_band(catalog: Catalog, settings: Settings) -> None:
    bands = hardware.view(catalog, settings).bands
    shown = [link.path for band in bands for link in band.models]
    assert sorted(shown) == sorted(map(paths.model_path, catalog.models))
    assert all(band.count == len(band.models) for band in bands)


def test_the_numbers_of_the_lede_are_those_of_stats(catalog: Catalog, settings: Settings) -> None:
    view = hardware.view(catalog, settings)
    tally = stats.distribution(catalog, "gpu").tally
    assert f"{tally.known} of {tally.total} models (all tiers) name the card" in view.lede
    assert len(view.without) == tally.total - tally.known
    assert f"for {len(view.without)} of {tally.total} models (all tiers)" in view.without_note


def test_the_page_says_that_a_reported_rig_is_not_the_least(
    catalog: Catalog, settings: Settings
) -> None:
    assert "not the least that would do" in hardware.view(catalog, settings).caveat


def test_a_point_is_a_rig_of_stats_in_its_time(catalog: Catalog, settings: Settings) -> None:
    figure = hardware.view(catalog, settings).figure
    assert isinstance(figure.drawing, ScatterDrawing)
    points = {(point.path, point.y) for point in figure.drawing.points}
    assert points == {(paths.model_path(r.model), r.total) for r in stats.rigs(catalog)}
    for point in figure.drawing.points:
        model = next(m for id, m in catalog.models.items() if paths.model_path(id) == point.path)
        assert int(point.x) == model.published.year
    known = len({path for path, _ in points})
    assert figure.caption.startswith(f"{known} of {len(catalog.models)} models")


def test_of_very_many_points_some_are_drawn_evenly_over_the_dates(
    real: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = whole(real)
    all_of_them = over_time.memory_figure(real, "memory", scope)
    monkeypatch.setattr(over_time, "DRAWN", 20)
    figure = over_time.memory_figure(real, "memory", scope)
    assert isinstance(figure.drawing, ScatterDrawing)
    assert isinstance(all_of_them.drawing, ScatterDrawing)
    every = -(-len(all_of_them.drawing.points) // 20)
    assert every > 1
    assert figure.drawing.points == all_of_them.drawing.points[::every]
    assert figure.table is not None
    assert len(figure.table.rows) == len(figure.drawing.points)
    assert f"Of every {every} points, by date, one is drawn" in figure.caption
    assert "is drawn;" not in all_of_them.caption
