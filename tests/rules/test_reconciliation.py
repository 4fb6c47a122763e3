"""Double entry on the real catalog: no cell of the survey's tables can drift from the records."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections import Counter
from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog, Loaded, SurveyData, load
from fmcatalog.diagnostics import Diagnostic
from fmcatalog.project import validate
from fmcatalog.records import TABLE2_COLUMNS, Missing, Model, Quantity, Stage
from fmcatalog.records.quantities import parse
from fmcatalog.rules import Context
from fmcatalog.rules.reconciliation import (
    Verdict,
    by_name,
    erratum_of_nothing,
    figure1a,
    figure3,
    table1,
    table2,
    table2_cell,
)

ROOT = Path(__file__).resolve().parents[2]
SURVEY = "azad-2023"
GROUPS = {
    "contrastive": 12,
    "conversational": 9,
    "adaptation": 8,
    "generalist": 6,
    "generative": 3,
    "hybrid": 2,
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def survey(catalog: Catalog) -> SurveyData:
    return catalog.surveys[SURVEY]


def with_model(catalog: Catalog, id: str, **changed: object) -> Catalog:
    """Copies a catalog with one model changed."""
    models = {**catalog.models, id: catalog.models[id].model_copy(update=changed)}
    return Catalog.of(models, catalog.vocabularies.values(), catalog.surveys.values())


def with_survey(catalog: Catalog, **changed: object) -> Catalog:
    """Copies a catalog with a part of the survey changed."""
    data = dataclasses.replace(catalog.surveys[SURVEY], **changed)  # type: ignore[arg-type]
    return Catalog.of(catalog.models, catalog.vocabularies.values(), [data])


def context(catalog: Catalog) -> Context:
    return Context(Loaded(catalog, {}, ()), dt.date(2026, 1, 1))


def failures(catalog: Catalog) -> list[Diagnostic]:
    return list(table2_cell(context(catalog)))


def named(found: list[Diagnostic]) -> set[tuple[int, str]]:
    """Gives the row and column that each message names."""
    pairs = set()
    for diagnostic in found:
        row, column = diagnostic.message.split(":")[0].split(", column ")
        pairs.add((int(row.removeprefix("row ").split(" ")[0]), column))
    return pairs


# --- as it is -------------------------------------------------------------------------------------


def test_table_2_has_300_cells_and_every_row_its_record(
    catalog: Catalog, survey: SurveyData
) -> None:
    rows = table2(catalog, survey)
    assert len(rows) == 25
    assert len({id for id, _ in rows} - {None}) == 25
    assert sum(len(cells) for _, cells in rows) == 300


def test_no_cell_of_table_2_is_left_unexplained(catalog: Catalog, survey: SurveyData) -> None:
    cells = [cell for _, row in table2(catalog, survey) for cell in row]
    assert [(c.row, c.column) for c in cells if c.verdict is Verdict.DIFFERS] == []
    assert failures(catalog) == []
    counts = Counter(cell.verdict for cell in cells)
    assert counts[Verdict.EQUAL] > 240
    assert counts[Verdict.EXPLAINED] > 0


def test_a_cell_is_explained_only_by_an_erratum_that_says_what_is_right(
    catalog: Catalog, survey: SurveyData
) -> None:
    for _, row in table2(catalog, survey):
        for cell in row:
            if cell.verdict is Verdict.EXPLAINED:
                assert cell.errata
                assert cell.right is not None
                assert cell.right != cell.printed
            assert (cell.verdict is Verdict.EQUAL) == (not cell.errata)


def test_without_the_errata_exactly_the_explained_cells_fail(
    catalog: Catalog, survey: SurveyData
) -> None:
    explained = {
        (cell.row, cell.column)
        for _, row in table2(catalog, survey)
        for cell in row
        if cell.verdict is Verdict.EXPLAINED
    }
    assert named(failures(with_survey(catalog, errata=()))) == explained


# --- every cell, changed behind -------------------------------------------------------------------

CELLS = [(row, column) for row in range(1, 26) for column in TABLE2_COLUMNS]
STAGED = {
    "gpu_count": ("gpu_count",),
    "gpu_memory_gb": ("gpu_memory_gb",),
    "gpu_hours": ("gpu_hours",),
    "input_size": ("input_size", "sequence_length"),
    "batch_size": ("batch_size",),
    "epochs": ("epochs", "iterations"),
}


def with_stage(model: Model, index: int, **changed: object) -> tuple[Stage, ...]:
    stages = list(model.stages)
    stages[index] = stages[index].model_copy(update=changed)
    return tuple(stages)


def changes(catalog: Catalog, id: str, column: str) -> list[dict[str, object]]:
    """Gives every way to change one value that a cell is made from."""
    model = catalog.models[id]
    if column == "short_name":
        return [{"name": f"{model.name}2"}]
    if column in ("category", "sub_category"):
        others = [g for g in GROUPS if g != model.category]
        family = catalog.broader("category", model.category)
        if column == "category":
            others = [g for g in others if catalog.broader("category", g) != family]
        return [{"category": group} for group in others]
    found: list[dict[str, object]] = []
    for index, stage in enumerate(model.stages):
        if column == "gpu_model":
            card = next(g for g in catalog.terms["gpu"] if g != stage.gpu)
            found.append({"gpu": card, "index": index})
        elif column == "total_gpu_memory_gb":
            found += _other_totals(stage, index)
        else:
            key = next((k for k in STAGED[column] if getattr(stage, k) is not None), column)
            found.append({key: parse("987"), "index": index})
    return [
        {"training": with_stage(model, c.pop("index"), **c)}  # type: ignore[call-overload]
        for c in found
    ]


def _other_totals(stage: Stage, index: int) -> list[dict[str, object]]:
    if stage.total_memory is None and len([k for k in _factors(stage) if k]) < 2:
        return [
            {"index": index, "gpu_count": parse("3"), "gpu_memory_gb": parse("7")},
            {"index": index, "gpu_count": None, "total_gpu_memory_gb": parse("21")},
        ]
    return [
        {"index": index, "gpu_count": parse("987")},
        {"index": index, "gpu_memory_gb": parse("9")},
    ]


def _factors(stage: Stage) -> tuple[bool, bool]:
    return isinstance(stage.gpu_count, Quantity), isinstance(stage.gpu_memory_gb, Quantity)


@pytest.mark.parametrize(("row", "column"), CELLS, ids=str)
def test_changing_the_value_behind_a_cell_fails_and_names_row_and_column(
    row: int, column: str, catalog: Catalog, survey: SurveyData
) -> None:
    id = by_name(catalog, survey.table2[row - 1].short_name)
    assert id is not None
    if column == "row":  # No record holds the number of a row; the table itself does.
        rows = list(survey.table2)
        rows[row - 1] = rows[row - 1].model_copy(update={"row": "99"})
        assert named(failures(with_survey(catalog, table2=tuple(rows)))) == {(row, "row")}
        return
    tried = changes(catalog, id, column)
    assert tried
    for changed in tried:
        found = failures(with_model(catalog, id, **changed))
        assert (row, column) in named(found)
        assert {r for r, _ in named(found)} == {row}


@pytest.mark.parametrize(("row", "column"), CELLS, ids=str)
def test_changing_a_printed_cell_fails_unless_an_erratum_says_what_is_right(
    row: int, column: str, catalog: Catalog, survey: SurveyData
) -> None:
    rows = list(survey.table2)
    rows[row - 1] = rows[row - 1].model_copy(update={column: "987"})
    changed = with_survey(catalog, table2=tuple(rows))
    right = {
        (cell.row, cell.column)
        for erratum in survey.errata
        for cell in erratum.cells or ()
        if cell.right is not None
    }
    if (row, column) not in right:
        assert named(failures(changed)) == {(row, column)}
    elif column != "short_name":
        assert failures(changed) == []
    about = {(c.row, c.column) for e in survey.errata for c in e.cells or ()}
    doubts = [d.message for d in erratum_of_nothing(context(changed))]
    assert bool(doubts) == ((row, column) in about)


@pytest.mark.parametrize("column", [*STAGED, "gpu_model"])
def test_a_value_taken_out_of_a_record_is_missed_in_every_row(
    column: str, catalog: Catalog, survey: SurveyData
) -> None:
    for row, printed in enumerate(survey.table2, start=1):
        id = by_name(catalog, printed.short_name)
        assert id is not None
        keys = ("gpu",) if column == "gpu_model" else STAGED[column]
        bare = tuple(s.model_copy(update=dict.fromkeys(keys)) for s in catalog.models[id].stages)
        assert (row, column) in named(failures(with_model(catalog, id, training=bare)))


def test_not_reported_and_not_applicable_are_not_taken_for_each_other(
    catalog: Catalog, survey: SurveyData
) -> None:
    swap = {
        Missing.NOT_REPORTED: Missing.NOT_APPLICABLE,
        Missing.NOT_APPLICABLE: Missing.NOT_REPORTED,
    }
    swapped = 0
    for row, printed in enumerate(survey.table2, start=1):
        id = by_name(catalog, printed.short_name)
        assert id is not None
        model = catalog.models[id]
        if len(model.stages) != 1:
            continue
        for column in ("gpu_hours", "batch_size"):
            value = getattr(model.stages[0], column)
            if value in swap:
                training = with_stage(model, 0, **{column: swap[value]})
                found = named(failures(with_model(catalog, id, training=training)))
                assert found == {(row, column)}
                swapped += 1
    assert swapped >= 5


def test_the_message_gives_what_is_printed_and_what_the_record_says(catalog: Catalog) -> None:
    model = catalog.models["medsam"]
    training = with_stage(model, 0, gpu_count=parse("21"))
    by_column = {d.path[1]: d for d in failures(with_model(catalog, "medsam", training=training))}
    assert by_column["gpu_count"].message == (
        "row 19 (medsam), column gpu_count: printed '20', the record gives '21'"
    )
    assert "1680" in by_column["total_gpu_memory_gb"].message
    assert "mend catalog/models/medsam.yaml" in by_column["gpu_count"].help


def test_validating_only_the_changed_record_shows_the_cell_too(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    record = tmp_path / "catalog" / "models" / "medsam.yaml"
    record.write_text(record.read_text().replace("gpu_count: 20\n", "gpu_count: 21\n"))
    verdict = validate(tmp_path, [record])
    assert verdict.failed(strict=False)
    assert named(list(verdict.diagnostics)) == {(19, "gpu_count"), (19, "total_gpu_memory_gb")}
    place = verdict.diagnostics[0].place
    assert place.file == f"catalog/surveys/{SURVEY}/table2.csv"
    assert place.line == 20
    assert "MedSAM" in place.text
    other = tmp_path / "catalog" / "models" / "sam-u.yaml"
    assert validate(tmp_path, [other]).diagnostics == ()


def test_a_missing_record_is_named_by_its_row(catalog: Catalog) -> None:
    models = {id: m for id, m in catalog.models.items() if id != "radfm"}
    without = Catalog.of(models, catalog.vocabularies.values(), catalog.surveys.values())
    (only,) = failures(without)
    assert only.message == "row 24, column short_name: no record named 'RadFM'"


# --- the figures and Table 1 ----------------------------------------------------------------------


def test_figure_3_has_forty_papers_in_six_groups_and_agrees_with_the_records(
    catalog: Catalog, survey: SurveyData
) -> None:
    assert len({row.model for row in survey.figure3}) == 40
    assert [row.number for row in survey.figure3] == list(range(1, 41))
    assert Counter(row.category for row in survey.figure3) == GROUPS
    assert list(figure3(context(catalog))) == []


def test_figure_1a_counts_12_9_8_6_3_and_2_over_the_forty(
    catalog: Catalog, survey: SurveyData
) -> None:
    counted = Counter(catalog.models[row.model].category for row in survey.figure3)
    assert [count for _, count in counted.most_common()] == [12, 9, 8, 6, 3, 2]
    assert dict(survey.survey.figure1a) == GROUPS
    assert list(figure1a(context(catalog))) == []


def test_medlsam_and_3dsam_adapter_are_the_two_beyond_the_figure(
    catalog: Catalog, survey: SurveyData
) -> None:
    figure = {row.model for row in survey.figure3}
    assert set(survey.survey.beyond_the_figure) == {"medlsam", "3dsam-adapter"}
    assert [catalog.models[m].name for m in ("medlsam", "3dsam-adapter")] == [
        "MedLSAM",
        "3DSAM-adapter",
    ]
    assert {row.model for row in survey.table1} - figure == {"medlsam", "3dsam-adapter"}


@pytest.mark.parametrize("number", range(1, 41))
def test_a_paper_of_figure_3_in_another_group_fails_figure_and_count(
    number: int, catalog: Catalog, survey: SurveyData
) -> None:
    row = survey.figure3[number - 1]
    group = next(g for g in GROUPS if g != row.category)
    changed = context(with_model(catalog, row.model, category=group))
    (only,) = figure3(changed)
    assert only.message == f"no. {number}: '{row.model}' is '{group}' in its record"
    assert {d.message.split(":")[0] for d in figure1a(changed)} == {row.category, group}


def test_a_paper_of_figure_3_without_a_record_fails(catalog: Catalog) -> None:
    models = {id: m for id, m in catalog.models.items() if id != "virchow"}
    without = Catalog.of(models, catalog.vocabularies.values(), catalog.surveys.values())
    assert [d.message for d in figure3(context(without))] == ["no. 31: no record 'virchow'"]


def test_a_row_of_figure_3_out_of_order_fails(catalog: Catalog, survey: SurveyData) -> None:
    rows = (survey.figure3[1], survey.figure3[0], *survey.figure3[2:])
    found = list(figure3(context(with_survey(catalog, figure3=rows))))
    assert [d.message for d in found] == ["number 2 in place 1", "number 1 in place 2"]


@pytest.mark.parametrize("index", range(25))
def test_a_network_of_table_1_in_another_group_fails(
    index: int, catalog: Catalog, survey: SurveyData
) -> None:
    assert list(table1(context(catalog))) == []
    row = survey.table1[index]
    group = next(g for g in GROUPS if g != row.category)
    (only,) = table1(context(with_model(catalog, row.model, category=group)))
    assert only.message == f"'{row.model}' is '{group}' in its record"


def test_every_erratum_is_about_a_cell_as_printed_and_a_record_that_is_there(
    catalog: Catalog, survey: SurveyData
) -> None:
    assert list(erratum_of_nothing(context(catalog))) == []
    assert len({e.id for e in survey.errata}) == len(survey.errata)


@pytest.mark.parametrize(
    ("row", "column"), [(0, "epochs"), (26, "epochs"), (1, "epoch"), (1, "model_fields")]
)
def test_an_erratum_about_no_cell_of_the_table_fails(
    row: int, column: str, catalog: Catalog, survey: SurveyData
) -> None:
    first = next(e for e in survey.errata if e.cells)
    cell = first.cells[0].model_copy(update={"row": row, "column": column})  # type: ignore[index]
    wrong = first.model_copy(update={"cells": (cell,), "id": "wrong"})
    found = erratum_of_nothing(context(with_survey(catalog, errata=(*survey.errata, wrong))))
    assert [d.message for d in found] == [f"Table 2 has no row {row}, column '{column}'"]


def test_an_erratum_about_a_value_that_records_do_not_have_fails(
    catalog: Catalog, survey: SurveyData
) -> None:
    named = next(erratum for erratum in survey.errata if erratum.fields)
    wrong = named.model_copy(update={"id": "wrong", "fields": ("links.code", "categry")})
    changed = with_survey(catalog, errata=(*survey.errata, wrong))
    (found,) = erratum_of_nothing(context(changed))
    assert found.message == "records have no value 'categry'"
    assert found.help == "did you mean 'category'?"
