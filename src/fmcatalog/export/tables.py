"""The catalog as tables, one row a model or one row a training stage: as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Model, Quantity

if TYPE_CHECKING:
    import pyarrow as pa

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

Row = Mapping[str, Any]
"""Column → text, number, quantity, tuple of them, kind of missing, or None."""


def to_csv(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as a table: one row each, lists joined by ``; ``, stages too.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return _csv(CSV_COLUMNS, models(catalog, ids))


def to_training_csv(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes the stages of training as a table: one row each, quantities as records have them.

    The total memory is computed from count and memory where both are known.
    """
    return _csv(TRAINING_COLUMNS, training(catalog, ids))


def to_parquet(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes the rows of `to_csv` as Parquet: lists as lists, nothing as null.

    Raises:
        ModuleNotFoundError: There is no pyarrow: it comes with ``fmcatalog[parquet]``.
    """
    import pyarrow as pa

    texts = pa.list_(pa.string())
    kinds = dict.fromkeys((*LISTS, *STAGED), texts) | {"year": pa.int32()}
    return _parquet(CSV_COLUMNS, models(catalog, ids), kinds, measured=("parameters",))


def to_training_parquet(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes the rows of `to_training_csv` as Parquet, with the ends of each quantity.

    Raises:
        ModuleNotFoundError: There is no pyarrow: it comes with ``fmcatalog[parquet]``.
    """
    import pyarrow as pa

    kinds = {"number": pa.int32()}
    return _parquet(TRAINING_COLUMNS, training(catalog, ids), kinds, measured=QUANTITIES)


def models(catalog: Catalog, ids: Sequence[str] | None = None) -> Iterator[Row]:
    """Gives one row a model."""
    for id in catalog.models if ids is None else ids:
        yield {**_model(id, catalog.models[id]), "tier": catalog.tier(id).value}


def training(catalog: Catalog, ids: Sequence[str] | None = None) -> Iterator[Row]:
    """Gives one row a training stage."""
    for id in catalog.models if ids is None else ids:
        for number, stage in enumerate(catalog.models[id].stages, start=1):
            values = {key: getattr(stage, key) for key in ("gpu", *QUANTITIES)}
            values["total_gpu_memory_gb"] = stage.total_memory or stage.total_gpu_memory_gb
            yield {"model": id, "number": number, "stage": str(stage.stage), **values}


def text(value: Any) -> str:
    """Writes a value for a cell: a quantity as the record has it, nothing as nothing."""
    if isinstance(value, tuple):
        return "; ".join(map(text, value))
    return value.text if isinstance(value, Quantity) else "" if value is None else str(value)


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


def _model(id: str, model: Model) -> Row:
    stages, venue = model.stages, model.venue
    row = {
        "id": id,
        "name": model.name,
        "title": model.title,
        "authors": model.authors,
        "published": str(model.published),
        "category": model.category,
        "venue": venue.name if venue else None,
        "year": venue.year if venue else None,
        "builds_on": _several(model.builds_on, lambda p: f"{p.model} ({p.relation})"),
        "datasets": _several(model.datasets, lambda d: f"{d.dataset} ({d.use})"),
        "parameters": model.parameters,
        "summary": " ".join(model.summary.split()) if model.summary else None,
        "total_gpu_memory_gb": tuple(stage.total_memory for stage in stages),
    }
    for key in ("arxiv", "doi"):
        row[key] = getattr(model.identifiers, key, None)
    for key in ("paper", "code", "weights"):
        row[key] = getattr(model.links, key, None)
    for key in ("code", "weights"):
        row[f"licence_{key}"] = getattr(model.licence, key, None)
    for key in ("modalities", "organs", "tasks", "algorithms"):
        row[key] = getattr(model, key)
    for key in ("gpu", "gpu_count", "gpu_memory_gb", "gpu_hours"):
        row[key] = tuple(getattr(stage, key) for stage in stages)
    return row


def _several(value: Any, write: Any) -> Any:
    return tuple(write(item) for item in value) if isinstance(value, tuple) else value


# --- CSV ------------------------------------------------------------------------------------------


def _csv(columns: Sequence[str], rows: Iterator[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_harmless(text(row[column])) for column in columns] for row in rows)
    return out.getvalue().encode()


def _harmless(cell: str) -> str:
    # Spreadsheets run such cells as formulas; full-width forms are folded by some of them.
    cell = cell.replace("\r", " ")  # the csv module leaves a lone one unquoted, which ends the row
    head = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if head and head in "=+-@|\t\r\n" and cell != "-" else cell


# --- Parquet --------------------------------------------------------------------------------------


def _parquet(
    columns: Sequence[str],
    rows: Iterator[Row],
    kinds: Mapping[str, pa.DataType],
    *,
    measured: Sequence[str],
) -> bytes:
    """Writes rows as Parquet.

    A value that is missing is null, and its column is named in ``not_reported`` or
    ``not_applicable``; a quantity has its lowest and highest number beside it.
    """
    import pyarrow as pa
    from pyarrow import parquet

    found = list(rows)
    data: dict[str, pa.Array] = {}
    for column in columns:
        kind = kinds.get(column, pa.string())
        values = [row[column] for row in found]
        data[column] = pa.array([_plain(value) for value in values], kind)
        if column in measured:
            pairs = [ends(value) for value in values]
            data[f"{column}_low"] = pa.array([low for low, _ in pairs], pa.float64())
            data[f"{column}_high"] = pa.array([high for _, high in pairs], pa.float64())
    for missing in Missing:
        named = [[c for c in columns if row[c] is missing] for row in found]
        data[missing.replace("-", "_")] = pa.array(named, pa.list_(pa.string()))
    out = io.BytesIO()
    parquet.write_table(pa.table(data), out, compression="zstd")
    # Its own pool keeps tens of megabytes for tables that nobody will make.
    pa.default_memory_pool().release_unused()
    return out.getvalue()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, Missing):
        return None
    if isinstance(value, tuple):
        return [None if item is None else text(item) for item in value]
    return value if isinstance(value, int) else text(value)
