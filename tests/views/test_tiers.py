"""How far a record was checked is seen everywhere, and every denominator says whom it counts."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog, Tier
from fmcatalog.selection import Query, select
from fmcatalog.views import columns, llms, model, models, scope, statistics, timeline
from fmcatalog.views.figures import BarsDrawing, StackedDrawing, TimelineDrawing
from fmcatalog.views.page import Settings


def test_the_whole_comes_first_and_then_each_tier_that_has_models(real: Catalog) -> None:
    whole, *parts = scope.scopes(real)
    assert whole.models == tuple(real.models)
    assert whole.tier is None
    assert sorted(id for part in parts for id in part.models) == sorted(real.models)
    assert [part.tier for part in parts] == sorted({real.tier(m) for m in real.models}, key=_place)
    for part in parts:
        assert part.tier is not None
        assert part.path("statistics/") == f"statistics/tier/{part.tier.value}/"
        assert part.counted().startswith(f"{len(part.models)} {part.tier.value} model")


def _place(tier: Tier) -> int:
    return list(Tier).index(tier)


def test_a_catalog_of_one_tier_needs_no_switch(real: Catalog) -> None:
    ids = [id for id in real.models if real.tier(id) is Tier.SURVEYED]
    one = Catalog.of(
        {id: real.models[id] for id in ids}, real.vocabularies.values(), real.surveys.values()
    )
    assert len(scope.scopes(one)) == 1
    assert scope.tabs(one, "statistics/", scope.whole(one)) == ()
    assert list(statistics.views(one)) == []


def test_every_page_and_row_of_a_model_says_its_tier(catalog: Catalog, settings: Settings) -> None:
    made = model.Models(catalog, settings, dict.fromkeys(catalog.models, ""))
    seen = {id: made.view(id) for id in catalog.models}
    for id, view in seen.items():
        tier = catalog.tier(id)
        assert (view.tier, view.tier_means) == (tier.value, tier.definition)
    table = models.view(catalog).table
    place = [column.label for column in table.columns].index("Tier") - 1
    for id, row in zip(catalog.models, table.rows, strict=True):
        assert row.cells[place].tier == catalog.tier(id).value


def test_a_comparison_says_each_model_s_tier(catalog: Catalog, settings: Settings) -> None:
    made = model.Models(catalog, settings, dict.fromkeys(catalog.models, ""))
    seen = {id: made.view(id) for id in catalog.models}
    for side in (columns.side(seen[id], one) for id, one in catalog.models.items()):
        (cell,) = [ln.cell for part in side.sections for ln in part.lines if ln.label == "Tier"]
        assert cell.words == cell.value.tier == catalog.tier(side.id).value


def test_the_first_thing_a_language_model_reads_explains_the_tiers(
    real: Catalog, settings: Settings
) -> None:
    text = llms.text(real, "", settings)
    assert all(tier.definition in text for tier in Tier)
    assert scope.split(real) in text


def test_statistics_of_a_tier_count_only_its_models_and_lead_only_to_them(real: Catalog) -> None:
    made = {path: make() for path, _, make in statistics.views(real)}
    assert "statistics/tier/surveyed/" in made
    for one in scope.scopes(real)[1:]:
        view = made[one.path("statistics/")]
        assert one.counted() in view.lede
        assert view.closing is None
        assert [tab.link.path for tab in view.tabs if tab.current] == [one.path("statistics/")]
        for figure in (*view.distributions, *view.opening):
            assert f"{len(one.models)} {one.who}" in figure.caption or len(one.models) == 1
            assert isinstance(figure.drawing, BarsDrawing | StackedDrawing)
            for mark in figure.drawing.marks:
                query = parse_qs(urlsplit(mark.path).query)
                found = select(real, Query(query))
                assert len(found) == mark.count, mark
                assert set(found) <= set(one.models)


def test_openness_by_year_leads_to_what_it_counts_and_says_what_a_share_is_of(
    catalog: Catalog, settings: Settings
) -> None:
    for figure, key in zip(
        statistics.view(catalog, settings).opening, ("code", "weights"), strict=True
    ):
        assert isinstance(figure.drawing, StackedDrawing)
        assert sum(mark.count for mark in figure.drawing.marks) == len(catalog.models)
        for mark in figure.drawing.marks:
            assert len(select(catalog, Query(parse_qs(urlsplit(mark.path).query)))) == mark.count
        assert figure.table is not None
        by_year = {row.head.label: row.cells[-1].text for row in figure.table.rows}
        for year, shown in by_year.items():
            ids = [m for m in catalog.models if str(catalog.models[m].published.year) == year]
            tally = stats.links(catalog, key, ids).tally
            looked = tally.known + tally.not_reported
            assert shown.endswith(f"of {looked}") if looked else shown == "none looked for"


def test_memory_by_year_accounts_for_every_model(catalog: Catalog, settings: Settings) -> None:
    table = statistics.view(catalog, settings).memory
    total = 0
    for row in table.rows:
        known, bounds, unknown, models_ = (int(cell.text) for cell in row.cells[3:])
        assert known + bounds + unknown == models_
        if not known:
            assert {cell.text for cell in row.cells[:3]} == {"none known"}
        total += models_
    assert total == len(catalog.models)


def test_gaps_that_closed_are_added_up_by_year(real: Catalog, settings: Settings) -> None:
    table = statistics.view(real, settings).closing
    assert table is not None
    *years, total = table.rows
    for column, cell in enumerate(total.cells):
        closed = sum(int(row.cells[column].text) for row in years)
        if not closed:
            assert (cell.text, cell.links) == ("0", ())
            continue
        assert cell.links[0].label == str(closed)
        assert cell.links[0].path.endswith("#closed")


@pytest.mark.parametrize("numbers", [False, True])
def test_the_timeline_draws_names_where_there_is_room_and_else_numbers(
    numbers: bool, real: Catalog, settings: Settings
) -> None:
    quarters = len(stats.quarters(real))
    if numbers:
        views = [timeline.view(real, settings)] if quarters > timeline.NAMED else []
    else:
        found = timeline.parts(real)
        views = [make() for path, _, make in found if path == "timeline/tier/surveyed/"]
    for view in views:
        drawing = view.figure.drawing
        assert isinstance(drawing, TimelineDrawing)
        if numbers:
            assert not drawing.entries
            assert sum(cell.count for cell in drawing.cells) == len(real.models)
            assert all("/group/" in cell.path and "#q" in cell.path for cell in drawing.cells)
        else:
            assert not drawing.cells
            assert len(drawing.entries) == 42
