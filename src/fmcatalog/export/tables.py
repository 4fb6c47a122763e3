"""The catalog as tables, one row a model or one row a training stage: as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, islice, pairwise
from pathlib import Path
from string import ascii_letters, digits
from typing import Any, NamedTuple

from fmcatalog import apart
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.export.lines import line
from fmcatalog.records import Missing, Quantity
from fmcatalog.records.writing import json_text

LISTS = ("authors", "modalities", "organs", "tasks", "algorithms", "builds_on", "datasets")
"""Columns of models that hold several texts."""

STAGED = ("gpu", "gpu_count", "gpu_memory_gb", "total_gpu_memory_gb", "gpu_hours")
"""Columns of models that hold one value a training stage."""

CSV_COLUMNS = (
    "id",
    "name",
    "title",
    "authors",
    "published",
    "category",
    "venue",
    "year",
    "arxiv",
    "doi",
    "paper",
    "code",
    "weights",
    "licence_code",
    "licence_weights",
    *LISTS[1:],
    "parameters",
    *STAGED,
    "summary",
    "tier",
)
"""Columns of ``models.csv``; new ones come last."""

QUANTITIES = (
    "gpu_count",
    "gpu_memory_gb",
    "total_gpu_memory_gb",
    "gpu_hours",
    "input_size",
    "sequence_length",
    "batch_size",
    "epochs",
    "iterations",
)
"""What a stage measures."""

TRAINING_COLUMNS = ("model", "number", "stage", "gpu", *QUANTITIES)
"""Columns of ``training.csv``."""

Row = tuple[Any, ...]
"""A value a column: text, number, quantity, kind of missing, None, or tuple of texts and None."""


class Table(NamedTuple):
    """A table.

    Attributes:
        columns: Its columns.
        lists: Those that hold several texts.
        measured: Those that hold a quantity, whose ends are told.
    """

    columns: tuple[str, ...]
    lists: tuple[str, ...]
    measured: tuple[str, ...]


MODELS = Table(CSV_COLUMNS, (*LISTS, *STAGED), ("parameters",))
TRAINING = Table(TRAINING_COLUMNS, (), QUANTITIES)


def table_files(
    catalog: Catalog, wanted: Callable[[str, str], bool] = lambda _name, _uri: True
) -> Iterator[Artifact]:
    """Makes the published tables; what stands in a row is worked out once for all forms.

    Args:
        catalog: The catalog.
        wanted: Tells by the name of a table and the address of a file whether it is to be made.
    """
    # An extra: who only reads pages need not wait for a library of a hundred megabytes.
    endings = ("csv", "parquet") if find_spec("pyarrow") else ("csv",)
    typed: dict[str, tuple[Table, Sequence[Row]]] = {}
    for name, table, found in (("models", MODELS, models), ("training", TRAINING, training)):
        uris = [uri for end in endings if wanted(name, uri := f"{name}.{end}")]
        rows = list(found(catalog)) if uris else []
        for uri in uris:
            if uri.endswith(".csv"):
                yield Artifact(uri, _csv(table, rows))
            else:
                typed[uri] = table, rows
    if typed:
        yield from map(Artifact, typed, _parquet(*typed.values()))


def to_csv(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as a table: one row each, lists joined by ``; ``, stages too.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return _csv(MODELS, models(catalog, ids))


def to_training_csv(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes the stages of training as a table: one row each, quantities as records have them.

    The total memory is computed from count and memory where both are known.
    """
    return _csv(TRAINING, training(catalog, ids))


def to_parquet(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes the rows of `to_csv` as Parquet: lists as lists, nothing as null.

    Raises:
        ModuleNotFoundError: There is no pyarrow: it comes with ``fmcatalog[parquet]``.
    """
    return _parquet((MODELS, models(catalog, ids)))[0]


def to_training_parquet(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes the rows of `to_training_csv` as Parquet, with the ends of each quantity.

    Raises:
        ModuleNotFoundError: There is no pyarrow: it comes with ``fmcatalog[parquet]``.
    """
    return _parquet((TRAINING, training(catalog, ids)))[0]


def models(catalog: Catalog, ids: Sequence[str] | None = None) -> Iterator[Row]:
    """Gives one row a model, with the columns of `CSV_COLUMNS`."""
    for id in catalog.models if ids is None else ids:
        model = catalog.models[id]
        venue, numbers, links, licence = model.venue, model.identifiers, model.links, model.licence
        stages = model.stages
        yield (
            id,
            model.name,
            model.title,
            model.authors,
            str(model.published),
            model.category,
            venue and venue.name,
            venue and venue.year,
            numbers and numbers.arxiv,
            numbers and numbers.doi,
            links and links.paper,
            links and links.code,
            links and links.weights,
            licence and licence.code,
            licence and licence.weights,
            model.modalities,
            model.organs,
            model.tasks,
            model.algorithms,
            _several(model.builds_on, lambda p: f"{p.model} ({p.relation})"),
            _several(model.datasets, lambda d: f"{d.dataset} ({d.use})"),
            model.parameters,
            tuple([stage.gpu for stage in stages]),
            tuple([_said(stage.gpu_count) for stage in stages]),
            tuple([_said(stage.gpu_memory_gb) for stage in stages]),
            tuple([_said(stage.total_memory) for stage in stages]),
            tuple([_said(stage.gpu_hours) for stage in stages]),
            line(model.summary) if model.summary else None,
            catalog.tier(id).value,
        )


def training(catalog: Catalog, ids: Sequence[str] | None = None) -> Iterator[Row]:
    """Gives one row a training stage, with the columns of `TRAINING_COLUMNS`."""
    for id in catalog.models if ids is None else ids:
        for number, stage in enumerate(catalog.models[id].stages, start=1):
            total = stage.total_memory or stage.total_gpu_memory_gb
            values = stage.__dict__ | {"total_gpu_memory_gb": total}
            yield id, number, stage.stage.value, stage.gpu, *[values[key] for key in QUANTITIES]


def text(value: Any) -> str:
    """Writes a value for a cell: a quantity as the record has it, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join([item or "" for item in value])
    return str(_said(value))


def _said(value: Any) -> Any:
    """Gives the text of a quantity as the record has it, and any other value as it is."""
    return value.text if value.__class__ is Quantity else value


_ENDS: dict[str, tuple[float, float]] = {}
"""What `ends` found, by text: a few hundred make up the numbers of ten thousand records."""


def ends(value: Any) -> tuple[float | None, float | None]:
    """Gives the lowest and the highest number that a quantity holds."""
    if not isinstance(value, Quantity):
        return (None, None)
    known = _ENDS.get(value.text)
    if known is None:
        items = [end.number for i in value.items for end in (i.low, i.high) if end is not None]
        known = _ENDS[value.text] = (float(min(items)), float(max(items)))
    return known


def _several(value: Any, write: Any) -> Any:
    return tuple(write(item) for item in value) if isinstance(value, tuple) else value


_BATCH = 1000
"""Rows that are written together: ten thousand would be tens of megabytes on the way."""


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    found = iter(rows)
    while some := list(islice(found, _BATCH)):
        yield some


# --- CSV ------------------------------------------------------------------------------------------


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    out = io.BytesIO()
    # Encoded as it grows: as one text it would take four bytes a character, and be copied twice.
    lines = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(table.columns)
    for some in _batches(rows):
        writer.writerows(zip(*map(_cells, zip(*some, strict=True)), strict=True))
    lines.flush()
    return out.getvalue()


def _cells(values: Sequence[Any]) -> Sequence[str]:
    """Writes the values of a column for cells."""
    cells = [value if value.__class__ is str else text(value) for value in values]
    if {cell[:1] for cell in cells} <= _WORDS_BEGIN and "\r" not in "".join(cells):
        return cells
    return [_harmless(cell) for cell in cells]


_WORDS_BEGIN = frozenset(("", *ascii_letters, *digits))
"""How nearly every cell begins."""


def _harmless(cell: str) -> str:
    """Keeps spreadsheets from running a cell as a formula, and from ending a row within it."""
    cell = cell.replace("\r", " ")  # a lone one ends a row for some
    return f"'{cell}" if cell != "-" and _runs(cell[:1]) else cell


@lru_cache(4096)
def _runs(sign: str) -> bool:
    """Tells whether spreadsheets run a cell with this first character as a formula."""
    # Full-width forms are folded by some of them.
    head = unicodedata.normalize("NFKC", sign)
    return head != "" and head in "=+-@|\t\n"


# --- Parquet --------------------------------------------------------------------------------------


def _parquet(*tables: tuple[Table, Iterable[Row]]) -> list[bytes]:
    """Writes tables as Parquet, all at once: what it takes is loaded for all of them.

    A value that is missing is null, and its column is named in ``not_reported`` or
    ``not_applicable``; a quantity has its lowest and highest number beside it.
    """
    if not find_spec("pyarrow"):
        raise ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow")
    told = []
    for table, rows in tables:
        lines = [json_text(_columns(table, some)) for some in _batches(rows)]
        told += [json_text([_kinds(table), len(lines)]), *lines]
    written = apart.run(Path(__file__).with_name("arrow.py"), b"".join(told))
    sizes, _, files = written.partition(b"\n")
    bounds = accumulate(json.loads(sizes), initial=0)
    return [files[start:end] for start, end in pairwise(bounds)]


def _kinds(table: Table) -> dict[str, str]:
    """Gives the columns of a table, each with what it holds."""
    kinds = {}
    for column in table.columns:
        kinds[column] = "integer" if column in {"year", "number"} else "text"
        if column in table.lists:
            kinds[column] = "texts"
        if column in table.measured:
            kinds |= {f"{column}_low": "number", f"{column}_high": "number"}
    return kinds | {missing.replace("-", "_"): "texts" for missing in Missing}


def _columns(table: Table, rows: Sequence[Row]) -> dict[str, list[Any]]:
    data: dict[str, list[Any]] = {}
    without: dict[Missing, list[list[str]]] = {kind: [[] for _ in rows] for kind in Missing}
    for place, column in enumerate(table.columns):
        values = [row[place] for row in rows]
        types = {*map(type, values)}
        if column in table.measured:
            pairs = [ends(value) for value in values]
            data[f"{column}_low"] = [low for low, _ in pairs]
            data[f"{column}_high"] = [high for _, high in pairs]
        if Missing in types:
            for number, value in enumerate(values):
                if value.__class__ is Missing:
                    without[value][number].append(column)
                    values[number] = None
        data[column] = [_said(value) for value in values] if Quantity in types else values
    return data | {kind.replace("-", "_"): columns for kind, columns in without.items()}
