"""The catalog as tables: one row a model, one row a training stage."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from typing import Any

from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Model, listed

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
    "modalities",
    "organs",
    "tasks",
    "algorithms",
    "builds_on",
    "datasets",
    "parameters",
    "gpu",
    "gpu_count",
    "gpu_memory_gb",
    "total_gpu_memory_gb",
    "gpu_hours",
    "summary",
)
"""Columns of ``models.csv``."""


def to_csv(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as a table: one row each, lists joined by ``; ``, stages too.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for id in catalog.models if ids is None else ids:
        cells = _cells(id, catalog.models[id])
        writer.writerow([_harmless(cells[column]) for column in CSV_COLUMNS])
    return out.getvalue().encode()


TRAINING_COLUMNS = (
    "model",
    "number",
    "stage",
    "gpu",
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
"""Columns of ``training.csv``."""


def to_training_csv(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes the stages of training as a table: one row each, quantities as records have them.

    The total memory is computed from count and memory where both are known.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(TRAINING_COLUMNS)
    for id in catalog.models if ids is None else ids:
        for number, stage in enumerate(catalog.models[id].stages, start=1):
            cells = {
                "model": id,
                "number": str(number),
                **{key: _text(getattr(stage, key)) for key in TRAINING_COLUMNS[2:]},
            }
            cells["total_gpu_memory_gb"] = _text(stage.total_memory or stage.total_gpu_memory_gb)
            writer.writerow([_harmless(cells[column]) for column in TRAINING_COLUMNS])
    return out.getvalue().encode()


def _cells(id: str, model: Model) -> dict[str, str]:
    stages = model.stages
    cells = {
        "id": id,
        "name": model.name,
        "title": model.title,
        "authors": "; ".join(model.authors),
        "published": str(model.published),
        "category": model.category,
        "venue": model.venue.name if model.venue else "",
        "year": str(model.venue.year) if model.venue else "",
        "builds_on": _list(model.builds_on, lambda p: f"{p.model} ({p.relation})"),
        "datasets": _list(model.datasets, lambda d: f"{d.dataset} ({d.use})"),
        "parameters": _text(model.parameters),
        "summary": " ".join((model.summary or "").split()),
        "total_gpu_memory_gb": "; ".join(_text(s.total_memory) for s in stages),
    }
    for key in ("arxiv", "doi"):
        cells[key] = _text(getattr(model.identifiers, key, None))
    for key in ("paper", "code", "weights"):
        cells[key] = _text(getattr(model.links, key, None))
    for key in ("code", "weights"):
        cells[f"licence_{key}"] = _text(getattr(model.licence, key, None))
    for key in ("modalities", "organs", "tasks", "algorithms"):
        cells[key] = _list(getattr(model, key), str)
    for key in ("gpu", "gpu_count", "gpu_memory_gb", "gpu_hours"):
        cells[key] = "; ".join(_text(getattr(s, key)) for s in stages)
    return cells


def _list(value: Any, write: Any) -> str:
    if isinstance(value, Missing):
        return str(value)
    return "; ".join(write(item) for item in listed(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    # Spreadsheets run such cells as formulas; full-width forms are folded by some of them.
    cell = cell.replace("\r", " ")  # the csv module leaves a lone one unquoted, which ends the row
    head = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if head and head in "=+-@|\t\r\n" and cell != "-" else cell
