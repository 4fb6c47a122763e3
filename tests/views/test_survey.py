"""The survey page: each cell of each table, each erratum, and no match claimed without proof."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.rules import agreement
from fmcatalog.views import survey
from fmcatalog.views.page import Settings
from fmcatalog.views.survey import Check, SurveyView


@pytest.fixture(scope="module")
def view(real: Catalog, settings: Settings) -> SurveyView:
    return survey.view(real, settings)


@pytest.fixture(scope="module")
def checks(view: SurveyView) -> dict[str, Check]:
    return {check.label: check for check in view.checks}


def test_every_figure_and_table_of_the_survey_has_a_verdict(
    real: Catalog, view: SurveyView
) -> None:
    (data,) = real.surveys.values()
    assert len(view.checks) == len(data.survey.figures)
    assert all(check.verdict for check in view.checks)


@pytest.mark.parametrize(
    ("label", "cells"), [("Figure 1a", 6), ("Figure 3", 40), ("Table 1", 25), ("Table 2", 300)]
)
def test_what_can_be_checked_was_and_adds_up(
    label: str, cells: int, checks: dict[str, Check]
) -> None:
    check = checks[label]
    assert check.cells == cells == check.equal + check.explained + check.unexplained
    assert check.unexplained == 0


@pytest.mark.parametrize("label", ["Figure 1b", "Figure 1c", "Figure 8"])
def test_what_is_only_a_picture_cannot_be_checked_and_no_match_is_claimed(
    label: str, checks: dict[str, Check]
) -> None:
    check = checks[label]
    assert (check.cells, check.equal) == (0, 0)
    assert "no match is claimed" in check.verdict
    assert check.link is not None


def test_figure_1a_names_its_six_numbers(checks: dict[str, Check]) -> None:
    assert "(12, 9, 8, 6, 3, 2)" in checks["Figure 1a"].what


def test_the_tally_is_the_count_of_the_cells(real: Catalog, view: SurveyView) -> None:
    (data,) = real.surveys.values()
    found = agreement.table2(real, data)
    total, *kinds = [check.cells for check in view.tally]
    assert total == 300 == sum(kinds)
    assert kinds == [found.equal, found.doubted, found.explained, found.differs]


def test_a_cell_that_differs_shows_ours_and_why(view: SurveyView) -> None:
    cells = [cell for row in view.table2 for cell in row.cells]
    for cell in cells:
        assert bool(cell.ours) == (cell.state in {"explained", "open"})
        assert bool(cell.erratum) == (cell.state in {"explained", "doubted"})
    shown = Counter(cell.state for cell in cells)
    # The columns that name a row, its number and its model, head it and are equal.
    assert shown["equal"] + 2 * len(view.table2) == view.tally[1].cells
    assert shown["doubted"] == view.tally[2].cells
    assert shown["explained"] == view.tally[3].cells


def test_the_digits_that_changed_places_are_shown(view: SurveyView) -> None:
    (row,) = [row for row in view.table2 if row.link.label == "MedSAM"]
    (cell,) = [cell for cell in row.cells if cell.printed == "1024x2014"]
    assert (cell.ours, cell.state) == ("1024x1024", "explained")


def test_every_erratum_is_there_and_every_reference_to_one_leads_to_it(
    real: Catalog, view: SurveyView
) -> None:
    (data,) = real.surveys.values()
    errata = [erratum for subject in view.subjects for erratum in subject.errata]
    anchors = [f"survey/#erratum-{erratum.id}" for erratum in errata]
    assert len(anchors) == len(set(anchors)) == len(data.errata)
    led = {cell.erratum for row in view.table2 for cell in row.cells if cell.erratum}
    assert led <= set(anchors)
    counted = [int(n) for n in re.findall(r"\d+", f"{view.mistakes} {view.errata_note}")]
    assert counted[0] == sum(counted[1:3])
    assert sum(counted[1:]) == len(data.errata)


def test_what_is_uncertain_stays_uncertain(real: Catalog, view: SurveyView) -> None:
    (data,) = real.surveys.values()
    sure = {e.id: str(e.confidence) for e in data.errata}
    order = ["certain", "likely", "uncertain", "opinion"]
    for subject in view.subjects:
        said = [erratum.confidence for erratum in subject.errata]
        assert said == [sure[erratum.id] for erratum in subject.errata]
        assert said == sorted(said, key=order.index)


def test_what_is_no_mistake_is_not_told_as_one(real: Catalog, view: SurveyView) -> None:
    last = view.subjects[-1]
    assert not any(erratum.mistake for erratum in last.errata)
    assert all(erratum.mistake for one in view.subjects[:-1] for erratum in one.errata)
    assert "t2-19-gpus" in {erratum.id for erratum in last.errata}


def test_the_survey_s_records_stand_in_the_matrix_in_its_order(
    real: Catalog, view: SurveyView
) -> None:
    numbers = [row.cells[1].text for row in view.matrix.rows]
    assert numbers == [*map(str, range(1, 41)), "no", "no"]
    assert f"{len(real.models) - 42} records are in none of these" in view.matrix.caption
    assert sum(row.cells[2].text == "yes" for row in view.matrix.rows) == 25
    assert sum(bool(row.cells[3].links) for row in view.matrix.rows) == 25


def test_the_two_beyond_the_figure_are_explained(view: SurveyView) -> None:
    assert "the 40 papers of Figure 3, and 2 that the survey describes" in view.extra
    assert "MedLSAM (Adaptation) stands in its text and Table 1" in view.extra
    assert "3DSAM-adapter (Adaptation) stands in its text and Table 1" in view.extra


def test_search_terms_stand_letter_by_letter(real: Catalog, view: SurveyView) -> None:
    (data,) = real.surveys.values()
    assert view.queries == data.survey.search.queries
    assert len(view.challenges) == len(data.survey.challenges) == 9


def test_a_record_that_is_changed_shows_as_open(real: Catalog, settings: Settings) -> None:
    models = dict(real.models)
    stage = models["samed"].stages[0].model_copy(update={"gpu": "nvidia-a100"})
    models["samed"] = models["samed"].model_copy(update={"training": (stage,)})
    changed = Catalog.of(models, real.vocabularies.values(), real.surveys.values())
    view = survey.view(changed, settings)
    assert view.tally[-1].cells == 1
    assert view.tally[-1].state == "open"
    assert "1 differs unexplained" in view.lede
    assert [cell.state for row in view.table2 for cell in row.cells].count("open") == 1


def test_a_catalog_without_a_survey_has_no_such_page(real: Catalog, settings: Settings) -> None:
    with pytest.raises(ValueError, match="no survey"):
        survey.view(Catalog.of(real.models), settings)


def test_the_page_of_another_catalog_claims_what_holds_there(
    toy: Catalog, settings: Settings
) -> None:
    view = survey.view(toy, settings)
    total, *kinds = [check.cells for check in view.tally]
    assert total == sum(kinds)
    assert len(view.matrix.rows) == len(toy.models) - len(stats.later(toy))
