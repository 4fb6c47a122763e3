"""Double entry: what a survey printed against what the records say.

Every printed cell of Table 2 equals the record written back in the survey's notation, or an
erratum says what is right, or the check fails by row and column. The same for the members of
Figure 3 and Table 1 and the counts of Figure 1a.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from fmcatalog.catalog import Catalog, SurveyData, model_file, survey_file
from fmcatalog.diagnostics import Diagnostic, nearest, rule, shown
from fmcatalog.records import (
    TABLE2_COLUMNS,
    Figure3Row,
    Missing,
    Model,
    Quantity,
    Stage,
    Table1Row,
    Table2Row,
)
from fmcatalog.records.quantities import parse
from fmcatalog.records.survey import ErratumCell
from fmcatalog.rules.context import Context

_SEQUENCE = re.compile(r"max-(?:sq|seq)-len: (.+)")
_ITERATIONS = re.compile(r"\((.+) iterations?\)")
_STAGE_KEYS = {
    "gpu_count": ("gpu_count", ""),
    "gpu_memory_gb": ("gpu_memory_gb", ""),
    "gpu_hours": ("gpu_hours", ""),
    "input_size": ("input_size", "sequence_length"),
    "batch_size": ("batch_size", ""),
    "epochs": ("epochs", "iterations"),
}

NOT_REPORTED, EMPTY, ABSENT = "-", "", "(no value)"


class Verdict(StrEnum):
    """What comparing a printed cell with the record gave."""

    EQUAL = "equal"
    DOUBTED = "doubted"
    EXPLAINED = "explained"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says: a quantity, a word, or a kind of missing, whatever its spelling."""

    word: str = ""
    quantity: Quantity | None = None
    unit: str = ""

    @property
    def text(self) -> str:
        """The value in the survey's notation."""
        if self.quantity is None:
            return self.word
        text = re.sub(r" \(([23]D)\)", r"(\1)", str(self.quantity))
        if self.unit == "sequence_length":
            return f"max-sq-len: {text}"
        return f"({text} iteration)" if self.unit == "iterations" else text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of Table 2, reconciled.

    Attributes:
        row: Row, from 1.
        column: Column of ``table2.csv``.
        printed: As printed.
        ours: The record, in the survey's notation.
        verdict: What the comparison gave.
        errata: Ids of the errata that are about the cell.
        right: What the errata say should stand there, if they say.
    """

    row: int
    column: str
    printed: str
    ours: str
    verdict: Verdict
    errata: tuple[str, ...] = ()
    right: str | None = None


About = dict[tuple[int, str], list[tuple[str, ErratumCell]]]
"""Row and column of a cell → the errata about it, each with its id."""


def table2(catalog: Catalog, data: SurveyData) -> tuple[tuple[str | None, tuple[Cell, ...]], ...]:
    """Reconciles Table 2.

    Returns:
        For each row the id of its record (None where there is none of that name) and its cells.
    """
    about: About = {}
    for erratum in data.errata:
        for cell in erratum.cells or ():
            about.setdefault((cell.row, cell.column), []).append((erratum.id, cell))
    return tuple(
        _row(catalog, about, number, row) for number, row in enumerate(data.table2, start=1)
    )


def _row(
    catalog: Catalog, about: About, number: int, row: Table2Row
) -> tuple[str | None, tuple[Cell, ...]]:
    id = by_name(catalog, row.short_name)
    cells = tuple(
        _cell(catalog, about, number, column, getattr(row, column), id) for column in TABLE2_COLUMNS
    )
    return id, cells


def by_name(catalog: Catalog, name: str) -> str | None:
    """Finds the record with a short name; the first of several."""
    return catalog.by_name.get(name)


def _cell(
    catalog: Catalog, about: About, row: int, column: str, printed: str, id: str | None
) -> Cell:
    found = about.get((row, column), [])
    errata = tuple(erratum for erratum, _ in found)
    right = next((cell.right for _, cell in found if cell.right is not None), None)
    if id is None:
        return Cell(row, column, printed, ABSENT, Verdict.DIFFERS, errata, right)
    ours = _ours(catalog, catalog.models[id], row, column)
    wanted = _read(catalog, column, printed if right is None else right)
    if ours != wanted:
        verdict = Verdict.DIFFERS
    elif right is not None and wanted != _read(catalog, column, printed):
        verdict = Verdict.EXPLAINED
    else:
        verdict = Verdict.DOUBTED if found else Verdict.EQUAL
    return Cell(row, column, printed, _shown(catalog, column, ours), verdict, errata, right)


def _read(catalog: Catalog, column: str, text: str) -> Value:
    """Reads a cell in the survey's notation."""
    if text in (NOT_REPORTED, EMPTY):
        return Value(text)
    if column in ("row", "category", "sub_category", "short_name"):
        return Value(text)
    if column == "gpu_model":
        return Value(catalog.resolve("gpu", text) or text)
    unit = ""
    if match := _SEQUENCE.fullmatch(text):
        text, unit = match[1], "sequence_length"
    elif match := _ITERATIONS.fullmatch(text):
        text, unit = match[1], "iterations"
    try:
        return Value("", parse(text), unit)
    except ValueError:
        return Value(text)


def record_cell(catalog: Catalog, id: str, row: int, column: str) -> str:
    """Writes a record as a cell of Table 2, in the survey's notation."""
    return _shown(catalog, column, _ours(catalog, catalog.models[id], row, column))


def _ours(catalog: Catalog, model: Model, row: int, column: str) -> Value:
    """Writes a record back as the value of a cell."""
    if column == "row":
        return Value(str(row))
    if column == "short_name":
        return Value(model.name)
    if column in ("category", "sub_category"):
        group = catalog.term("category", model.category)
        term = group if column == "sub_category" else None
        if column == "category" and group is not None and group.broader is not None:
            term = catalog.term("category", group.broader)
        return Value((term.notation or term.label) if term else model.category)
    if column == "gpu_model":
        gpus = [stage.gpu for stage in model.stages]
        return _joined([Value(_missing(g) if isinstance(g, Missing | None) else g) for g in gpus])
    if column == "total_gpu_memory_gb":
        return _joined([_total(stage) for stage in model.stages])
    key, other = _STAGE_KEYS[column]
    return _joined([_stage(stage, key, other) for stage in model.stages])


def _stage(stage: Stage, key: str, other: str) -> Value:
    value = getattr(stage, key)
    if not isinstance(value, Quantity) and other:
        instead = getattr(stage, other)
        if isinstance(instead, Quantity):
            return Value("", instead, other)
    return Value("", value) if isinstance(value, Quantity) else Value(_missing(value))


def _total(stage: Stage) -> Value:
    total = stage.total_memory
    if total is not None:
        return Value("", total)
    factor = stage.gpu_count if isinstance(stage.gpu_count, Missing | None) else stage.gpu_memory_gb
    return Value(_missing(factor) if isinstance(factor, Missing | None) else NOT_REPORTED)


def _missing(value: Missing | None) -> str:
    if value is None:
        return ABSENT
    return NOT_REPORTED if value is Missing.NOT_REPORTED else EMPTY


def _joined(values: list[Value]) -> Value:
    """Puts the stages' values into one cell: equal ones once, missing ones left out."""
    known = list(dict.fromkeys(v for v in values if v.quantity is not None))
    if len(known) == 1:
        return known[0]
    if known:
        items = tuple(i for v in known if v.quantity is not None for i in v.quantity.items)
        return Value("", Quantity(items, ""), known[0].unit)
    words = list(dict.fromkeys(v.word for v in values))
    named = [w for w in words if w not in (NOT_REPORTED, EMPTY, ABSENT)]
    if named:
        return Value(", ".join(named))
    return Value(next((w for w in (NOT_REPORTED, EMPTY) if w in words), ABSENT))


def _shown(catalog: Catalog, column: str, value: Value) -> str:
    term = catalog.term("gpu", value.word) if column == "gpu_model" else None
    return term.label if term else value.text


@rule("F401")
def figure3(context: Context) -> Iterator[Diagnostic]:
    """A paper of Figure 3 that the records do not hold, or hold in another group.

    Why: the catalog claims to hold the survey; the claim is checked row by row.

    Mend: mend the record's category or the row of figure3.csv, whichever is wrong.
    """
    for id, data in context.catalog.surveys.items():
        file = survey_file(id, "figure3.csv")
        for index, row in enumerate(data.figure3):
            if row.number != index + 1:
                message = f"number {row.number} in place {index + 1}"
                yield context.at(file, (index, "number"), "F401", message, "number them in order")
            yield from _member(context, "F401", file, index, row, f"no. {row.number}: ")


def _member(
    context: Context, code: str, file: str, index: int, row: Figure3Row | Table1Row, said: str = ""
) -> Iterator[Diagnostic]:
    """Finds a row whose model has no record, or stands in another group there."""
    model = context.catalog.models.get(row.model)
    if model is not None and model.category != row.category:
        message = f"{said}'{row.model}' is '{model.category}' in its record"
        help = f"mend this row or {model_file(row.model)}"
        at = context.at(file, (index, "category"), code, message, help)
        yield replace(at, concerns=model_file(row.model))
    elif model is None and row.model not in context.loaded.broken:
        near = nearest(row.model, context.catalog.models)
        help = f"write '{near[0]}', or add the record" if near else "add the record"
        message = f"{said}no record '{row.model}'"
        yield context.at(file, (index, "model"), code, message, help)


@rule("F402")
def figure1a(context: Context) -> Iterator[Diagnostic]:
    """A count of Figure 1a that the records do not give.

    Why: the counts of the six groups are what the survey is quoted for.

    Mend: correct the number if the figure prints another one, or else the category of the record
    that is in the wrong group.
    """
    for id, data in context.catalog.surveys.items():
        models, broken = context.catalog.models, context.loaded.broken
        found = {r.model: models[r.model].category for r in data.figure3 if r.model in models}
        found |= {r.model: r.category for r in data.figure3 if r.model in broken}
        for group, count in data.survey.figure1a.items():
            given = [model for model, category in found.items() if category == group]
            if len(given) != count:
                yield context.at(
                    survey_file(id, "survey.yaml"),
                    ("figure1a", group),
                    "F402",
                    f"{group}: printed {count}, the records of Figure 3 give {len(given)}"
                    f" ({', '.join(given[:9])})",
                    "correct the number, or the group of a record",
                )


@rule("F403")
def table1(context: Context) -> Iterator[Diagnostic]:
    """A network of Table 1 that the records do not hold, or hold in another group.

    Why: the catalog claims to hold the survey; the claim is checked row by row.

    Mend: mend the record's category or the row of table1.csv, whichever is wrong.
    """
    for id, data in context.catalog.surveys.items():
        file = survey_file(id, "table1.csv")
        for index, row in enumerate(data.table1):
            yield from _member(context, "F403", file, index, row)


@rule("F404")
def table2_cell(context: Context) -> Iterator[Diagnostic]:
    """A cell of Table 2 that differs from the record, with no erratum to explain it.

    Why: either the record is wrong or the survey is; a reader must be told which.

    Mend: correct the record, or add an erratum with the right value and its source to
    errata.yaml of the survey.
    """
    for id, data in context.catalog.surveys.items():
        for number, (model, cells) in enumerate(table2(context.catalog, data)):
            row = data.table2[number]
            if model is None:
                if {row.short_name, ""} & set(context.loaded.broken.values()):
                    continue
                path = (number, "short_name")
                message = f"row {number + 1}, column short_name: no record named '{row.short_name}'"
                file = survey_file(id, "table2.csv")
                yield context.at(file, path, "F404", message, "give the record this name")
                continue
            for cell in cells:
                if cell.verdict is Verdict.DIFFERS and _readable(context, cell):
                    yield _differs(context, id, model, cell)


_VOCABULARIES = {"gpu_model": "gpu", "category": "category", "sub_category": "category"}


def _readable(context: Context, cell: Cell) -> bool:
    """Tells whether a cell can be judged: not while the vocabulary it is read with is broken."""
    facet = _VOCABULARIES.get(cell.column)
    return facet is None or facet in context.catalog.terms


def _differs(context: Context, survey: str, model: str, cell: Cell) -> Diagnostic:
    said = f"printed '{cell.printed}'"
    if cell.right is not None:
        said += f", right by erratum {cell.errata[0]} '{cell.right}'"
    path = (cell.row - 1, cell.column)
    return Diagnostic(
        "F404",
        context.loaded.place(survey_file(survey, "table2.csv"), path),
        f"row {cell.row} ({model}), column {cell.column}: {said}, the record gives '{cell.ours}'",
        f"mend {model_file(model)}, or {'the' if cell.errata else 'add an'} erratum for the cell",
        path,
        concerns=model_file(model),
    )


@rule("F405")
def erratum_of_nothing(context: Context) -> Iterator[Diagnostic]:
    """An erratum about a cell not printed like that, or a record or value that is not there.

    Why: it would explain away a difference that nobody looked at.

    Mend: copy the cell from table2.csv, and correct row, column or record.
    """
    for id, data in context.catalog.surveys.items():
        file = survey_file(id, "errata.yaml")
        seen: set[str] = set()
        for index, erratum in enumerate(data.errata):
            if erratum.id in seen:
                path: tuple[str | int, ...] = ("errata", index, "id")
                yield context.at(file, path, "F405", f"'{erratum.id}' stands twice", "rename one")
            seen.add(erratum.id)
            for number, cell in enumerate(erratum.cells or ()):
                path = ("errata", index, "cells", number)
                if not 1 <= cell.row <= len(data.table2) or cell.column not in TABLE2_COLUMNS:
                    message = f"Table 2 has no row {cell.row}, column '{cell.column}'"
                    yield context.at(file, path, "F405", message, ", ".join(TABLE2_COLUMNS))
                elif getattr(data.table2[cell.row - 1], cell.column) != cell.printed:
                    found = getattr(data.table2[cell.row - 1], cell.column)
                    message = f"row {cell.row}, column {cell.column} is printed '{found}'"
                    yield context.at(file, (*path, "printed"), "F405", message, f'write "{found}"')
            for number, model in enumerate(erratum.models or ()):
                if model not in context.catalog.models and model not in context.loaded.broken:
                    path = ("errata", index, "models", number)
                    yield context.at(file, path, "F405", f"no record '{model}'", "correct the id")
            for number, field in enumerate(erratum.fields or ()):
                if field.split(".")[0] not in Model.model_fields:
                    path = ("errata", index, "fields", number)
                    near = nearest(field, Model.model_fields)
                    help = f"did you mean '{near[0]}'?" if near else "name a key of the record"
                    message = f"records have no value {shown(field)}"
                    yield context.at(file, path, "F405", message, help)


RULES = (figure3, figure1a, table1, table2_cell, erratum_of_nothing)
