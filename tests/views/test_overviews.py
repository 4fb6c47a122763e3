"""Home, statistics, timeline and the page for wrong addresses: their numbers are those of stats."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.rules import agreement
from fmcatalog.selection import Query, select
from fmcatalog.views import category, home, not_found, paths, statistics, term, timeline
from fmcatalog.views.counted import coverage, listed, unknowns
from fmcatalog.views.figures import BarsDrawing, Figure, ScatterDrawing, StackedDrawing
from fmcatalog.views.page import Settings


def figures(view: Any) -> list[Figure]:
    """Every figure of a view."""
    parts = [one for v in view for one in (v if type(v) is tuple else (v,))]
    return [one for one in parts if isinstance(one, Figure)]


@pytest.mark.parametrize("kind", [home, statistics, timeline])
def test_ids_of_figures_and_tables_stand_once_on_a_page(
    kind: Any, catalog: Catalog, settings: Settings
) -> None:
    drawn = figures(kind.view(catalog, settings))
    ids = [f"figure-{f.id}" for f in drawn] + [f.table.id for f in drawn if f.table]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", [home, statistics, timeline])
def test_every_mark_leads_somewhere_and_every_chart_has_a_caption(
    kind: Any, catalog: Catalog, settings: Settings
) -> None:
    for figure in figures(kind.view(catalog, settings)):
        assert figure.caption
        drawing = figure.drawing
        if isinstance(drawing, BarsDrawing | StackedDrawing):
            assert all(mark.path and mark.count for mark in drawing.marks)
        if isinstance(drawing, ScatterDrawing):
            assert all(point.path and point.y > 0 for point in drawing.points)


def test_a_bar_counts_what_its_page_lists(catalog: Catalog, settings: Settings) -> None:
    for figure in statistics.view(catalog, settings).distributions:
        facet = "category" if figure.id == "group" else figure.id
        assert isinstance(figure.drawing, BarsDrawing)
        pages = {paths.term_path(facet, id): id for id in catalog.terms[facet]}
        for mark in figure.drawing.marks:
            assert mark.count == len(catalog.members(facet, pages[mark.path]))


def test_a_caption_says_of_how_many_and_why_the_others_are_missing(
    catalog: Catalog, settings: Settings
) -> None:
    for figure in statistics.view(catalog, settings).distributions[1:]:
        tally = stats.distribution(catalog, figure.id).tally
        assert f"{tally.total} models" in figure.caption
        assert unknowns(tally) in figure.caption


def test_captions_name_each_kind_of_missing_apart() -> None:
    assert unknowns(stats.Tally(9, 2, 1, 2, 4)) == (
        "1 not reported, 2 not applicable, 4 not looked up yet"
    )
    assert coverage(stats.Tally(9, 8, 0, 1, 0), "sing") == "8 of 9 models sing; 1 not applicable."
    assert coverage(stats.Tally(9, 9, 0, 0, 0), "sing") == "All 9 models sing."
    said = coverage(stats.Tally(9, 9, 0, 0, 0), "sing", "listed models")
    assert said == "All 9 listed models sing."


def test_lists_are_written_as_people_do() -> None:
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_the_group_chart_counts_the_catalog_and_says_what_the_survey_counts(
    real: Catalog, settings: Settings
) -> None:
    figure = home.view(real, settings).charts[0]
    assert isinstance(figure.drawing, BarsDrawing)
    groups = [group for group in stats.groups(real) if group.count]
    assert [m.label for m in figure.drawing.marks] == [group.label for group in groups]
    assert sum(mark.count for mark in figure.drawing.marks) == len(real.models)
    assert figure.table is not None
    printed = [row.cells[1].text for row in figure.table.rows if row.cells[1].sort]
    assert sorted(map(int, printed), reverse=True) == [12, 9, 8, 6, 3, 2]
    others = {row.cells[1].text for row in figure.table.rows if not row.cells[1].sort}
    assert others == {"not in it"}
    assert "MedLSAM and 3DSAM-adapter" in figure.caption


def test_every_count_of_the_first_page_leads_to_what_it_counts(
    catalog: Catalog, settings: Settings
) -> None:
    overview = stats.overview(catalog)
    counts = {link.label: link.count for link in home.view(catalog, settings).counts}
    assert counts == {
        "models": overview.models,
        "groups": len(overview.groups),
        "modalities": overview.facets["modality"],
        "organs": overview.facets["organ"],
        "with public code": overview.code,
        "with the GPU named": overview.hardware,
    }


def test_the_proof_is_what_the_check_found(real: Catalog, settings: Settings) -> None:
    (data,) = real.surveys.values()
    found = agreement.table2(real, data)
    said = home.view(real, settings).proof
    assert found.cells == 300
    assert f"All {found.cells} cells" in said
    assert f"{found.agree} agree ({found.doubted} of them doubted by an erratum)" in said
    assert f"{found.explained} differ and an erratum says why" in said
    assert "none differs unexplained" in said


def test_the_latest_papers_come_newest_first(catalog: Catalog, settings: Settings) -> None:
    dates = [entry.date for entry in home.view(catalog, settings).latest]
    newest = sorted((str(m.published) for m in catalog.models.values()), reverse=True)
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == newest[0]
    assert len(dates) == min(6, len(catalog.models))


def test_every_model_stands_in_one_quarter(catalog: Catalog, settings: Settings) -> None:
    view = timeline.view(catalog, settings)
    quarters = [quarter for year in view.years for quarter in year.quarters]
    shown = [moment.link.path for quarter in quarters for moment in quarter.moments]
    assert sorted(shown) == sorted(map(paths.model_path, catalog.models))
    assert [q.count for q in quarters] == [q.count for q in stats.quarters(catalog)][::-1]
    assert all(q.count == len(q.moments) for q in quarters)


def test_a_piece_of_a_bar_leads_to_its_quarter(catalog: Catalog, settings: Settings) -> None:
    view = timeline.view(catalog, settings)
    assert isinstance(view.counts.drawing, StackedDrawing)
    quarters = [quarter for year in view.years for quarter in year.quarters]
    anchors = {f"timeline/#{quarter.anchor}" for quarter in quarters}
    assert {mark.path for mark in view.counts.drawing.marks} <= anchors
    assert sum(mark.count for mark in view.counts.drawing.marks) == len(catalog.models)


def test_no_match_is_claimed_with_the_survey_s_timeline(real: Catalog, settings: Settings) -> None:
    assert "no match is claimed" in timeline.view(real, settings).note


def test_every_row_of_completeness_adds_up(catalog: Catalog, settings: Settings) -> None:
    table = statistics.view(catalog, settings).completeness
    for row in table.rows:
        assert sum(int(cell.text) for cell in row.cells[:4]) == len(catalog.models)


def test_openness_names_the_models_of_each_bar(catalog: Catalog, settings: Settings) -> None:
    for figure in statistics.view(catalog, settings).openness:
        assert isinstance(figure.drawing, BarsDrawing)
        assert figure.table is not None
        bars = [mark.count for mark in figure.drawing.marks]
        rows = [(int(row.cells[0].text), len(row.cells[1].links)) for row in figure.table.rows]
        assert rows == [(count, count) for count in bars]


def test_the_cross_table_counts_a_model_in_each_of_its_modalities(
    catalog: Catalog, settings: Settings
) -> None:
    table = statistics.view(catalog, settings).cross
    found = stats.cross(catalog, "modality", "category")
    for row, modality in zip(table.rows, found.rows, strict=True):
        *groups, total = [int(cell.text) for cell in row.cells]
        assert groups == [found.count(modality.id, group.id) for group in found.columns]
        assert total == modality.count == sum(groups)


def test_a_wrong_address_leads_on_to_every_model(catalog: Catalog, settings: Settings) -> None:
    view = not_found.view(catalog, settings)
    assert {link.path for link in view.models} == set(map(paths.model_path, catalog.models))
    assert [link.label.casefold() for link in view.models] == sorted(
        link.label.casefold() for link in view.models
    )


def test_views_hold_no_markup(catalog: Catalog, settings: Settings) -> None:
    def texts(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, tuple):
            return [text for one in value for text in texts(one)]
        if is_dataclass(value):
            return [text for f in fields(value) for text in texts(getattr(value, f.name))]
        return []

    for kind in (home, statistics, timeline, not_found):
        assert not [t for t in texts(kind.view(catalog, settings)) if "</" in t or "&amp;" in t]


def test_a_term_leads_to_the_same_models_to_narrow_down(real: Catalog) -> None:
    for facet, terms in real.terms.items():
        for id in terms:
            models = real.members(facet, id)
            link = paths.narrowing(facet, id, models)
            assert (link is None) == (len(models) < 2)
            if link is not None:
                asked = parse_qs(urlsplit(link.path).query)
                assert select(real, Query(asked)) == models
    assert term.view(real, "modality", "ct").explore is not None
    assert category.view(real, "hybrid").explore is not None


def test_a_data_set_tells_training_from_evaluation(real: Catalog) -> None:
    page = term.view(real, "dataset", "medsam-image-mask-pairs")
    assert "Trained on it: 1. Evaluated on it: 1; 1 does both." in page.tally
    assert page.table.columns[1].label == "Used for"
    (row,) = page.table.rows
    assert row.first[0].text == "fine-tuning, evaluation"
    for id in real.terms["dataset"]:
        page = term.view(real, "dataset", id)
        for row in page.table.rows:
            assert row.first[0].text
    assert "Used for" not in [c.label for c in term.view(real, "organ", "liver").table.columns]
