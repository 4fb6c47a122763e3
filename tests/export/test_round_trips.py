"""What is written is read back as the same values, from every format that holds them."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.tables import QUANTITIES
from fmcatalog.records import Missing, Quantity, Stage, listed
from fmcatalog.records.quantities import parse

ROOT = Path(__file__).resolve().parents[2]
ROOTS = {"real": ROOT, "toy": ROOT / "tests" / "data" / "toy"}


@pytest.fixture(scope="module", params=ROOTS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOTS[request.param]).catalog


def read(cell: str | None) -> Any:
    """A cell as the record's value: a quantity, a kind of missing, or nothing."""
    if not cell:
        return None
    cell = cell.removeprefix("'")
    return Missing(cell) if cell in set(map(str, Missing)) else parse(cell)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_csv_gives_back_texts_lists_and_kinds_of_missing(catalog: Catalog) -> None:
    for row in rows(export.to_csv(catalog)):
        model = catalog.models[row["id"]]
        assert row["name"].removeprefix("'") == model.name
        assert row["title"].removeprefix("'") == model.title
        assert tuple(row["authors"].removeprefix("'").split("; ")) == model.authors
        assert row["published"] == str(model.published)
        for key in ("modalities", "organs", "tasks", "algorithms"):
            value = getattr(model, key)
            words = tuple(row[key].split("; ")) if row[key] else None
            assert words == ((str(value),) if isinstance(value, Missing) else value)
        assert read(row["parameters"]) == model.parameters
        pairs = [f"{p.model} ({p.relation})" for p in listed(model.builds_on)]
        if pairs:
            assert row["builds_on"].split("; ") == pairs


def wanted(stage: Stage, key: str) -> Any:
    return (stage.total_memory if key.startswith("total") else None) or getattr(stage, key)


def test_csv_gives_back_every_quantity(catalog: Catalog) -> None:
    compared = 0
    for row in rows(export.to_training_csv(catalog)):
        stage = catalog.models[row["model"]].stages[int(row["number"]) - 1]
        for key in QUANTITIES:
            assert read(row[key]) == wanted(stage, key), (row["model"], key)
            compared += 1
    assert compared == len(QUANTITIES) * sum(len(m.stages) for m in catalog.models.values())


def test_sqlite_gives_back_every_quantity_and_why_there_is_none(catalog: Catalog) -> None:
    base = sqlite3.connect(":memory:")
    base.deserialize(export.to_sqlite(catalog))
    missing = {(m, f): Missing(k) for m, f, k in base.execute("SELECT * FROM missing")}
    for id, model in catalog.models.items():
        (parameters,) = base.execute("SELECT parameters FROM model WHERE id = ?", [id]).fetchone()
        assert (read(parameters) or missing.get((id, "parameters"))) == model.parameters
        for number, stage in enumerate(model.stages, start=1):
            for key in QUANTITIES:
                (text,) = base.execute(
                    f"SELECT {key} FROM training WHERE model = ? AND number = ?", [id, number]
                ).fetchone()
                value = wanted(stage, key)
                if isinstance(value, Quantity):
                    assert read(text) == value
                else:
                    assert text is None
                if isinstance(value, Missing):
                    assert (id, f"training.{stage.stage}.{key}") in missing
    base.close()


def test_sqlite_gives_back_texts_lists_links_and_corrections(catalog: Catalog) -> None:
    base = sqlite3.connect(":memory:")
    base.deserialize(export.to_sqlite(catalog))

    def column(query: str, id: str) -> list[Any]:
        return [found[0] for found in base.execute(query, [id])]

    for id, model in catalog.models.items():
        assert column("SELECT title FROM model WHERE id = ?", id) == [model.title]
        query = "SELECT name FROM author WHERE model = ? ORDER BY position"
        assert tuple(column(query, id)) == model.authors
        for facet in ("modality", "organ", "task", "algorithm"):
            query = (
                f"SELECT term FROM model_term WHERE model = ? AND facet = '{facet}'"
                " ORDER BY position"
            )
            assert tuple(column(query, id)) == model.terms(facet)
        query = "SELECT field || old || new FROM correction WHERE model = ? ORDER BY number"
        assert column(query, id) == [c.field + c.old + c.new for c in model.corrections or ()]
    base.close()
