"""The tables of models and of training stages, as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.export import (
    CSV_COLUMNS,
    TRAINING_COLUMNS,
    tables,
    to_csv,
    to_parquet,
    to_training_csv,
    to_training_parquet,
)
from fmcatalog.export.tables import LISTS, QUANTITIES, STAGED
from fmcatalog.records.quantities import parse

ROOT = Path(__file__).resolve().parents[2]
ROOTS = {"real": ROOT, "toy": ROOT / "tests" / "data" / "toy"}


@pytest.fixture(scope="module", params=ROOTS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOTS[request.param]).catalog


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def parquet(content: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return found


def test_every_stage_is_a_row_with_the_values_of_the_record(catalog: Catalog) -> None:
    found = rows(to_training_csv(catalog))
    stages = {
        (id, str(n)): s for id, m in catalog.models.items() for n, s in enumerate(m.stages, 1)
    }
    assert [(row["model"], row["number"]) for row in found] == list(stages)
    for row in found:
        assert tuple(row) == TRAINING_COLUMNS
        stage = stages[row["model"], row["number"]]
        for column in ("gpu", "gpu_count", "gpu_hours", "epochs", "batch_size"):
            value = getattr(stage, column)
            written = "" if value is None else getattr(value, "text", str(value))
            assert row[column].removeprefix("'") == written
        if stage.total_memory is not None:
            assert row["total_gpu_memory_gb"].removeprefix("'") == stage.total_memory.text


def cell(row: dict[str, Any], column: str) -> str:
    """A value of Parquet as CSV writes it."""
    for missing in ("not_reported", "not_applicable"):
        if column in row[missing]:
            return missing.replace("_", "-")
    value = row[column]
    if isinstance(value, list):
        return "; ".join("" if item is None else item for item in value)
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    ("columns", "table", "typed"),
    [(CSV_COLUMNS, to_csv, to_parquet), (TRAINING_COLUMNS, to_training_csv, to_training_parquet)],
    ids=["models", "training"],
)
def test_parquet_holds_the_cells_of_the_csv(
    columns: tuple[str, ...], table: Any, typed: Any, catalog: Catalog
) -> None:
    plain = [
        {key: value.removeprefix("'") for key, value in row.items()} for row in rows(table(catalog))
    ]
    found = [
        {column: cell(row, column).removeprefix("'") for column in columns}
        for row in parquet(typed(catalog))
    ]
    assert found == plain
    assert found


def test_a_list_is_a_list_and_a_quantity_has_its_ends(catalog: Catalog) -> None:
    for row in parquet(to_parquet(catalog)):
        model = catalog.models[row["id"]]
        assert tuple(row["authors"]) == model.authors
        for column in LISTS[1:5]:
            value = getattr(model, column)
            assert row[column] == (list(value) if isinstance(value, tuple) else None)
        assert all(len(row[column]) == len(model.stages) for column in STAGED)
    for row in parquet(to_training_parquet(catalog)):
        for key in QUANTITIES:
            if row[key] is None:
                assert row[f"{key}_low"] is row[f"{key}_high"] is None
            else:
                quantity = parse(row[key])
                assert row[f"{key}_low"] == float(quantity.sort_key)
                assert row[f"{key}_high"] == float(quantity.largest)


def test_duckdb_answers_from_parquet_and_from_csv_alike(catalog: Catalog, tmp_path: Path) -> None:
    for name, write in (("models", to_parquet), ("training", to_training_parquet)):
        (tmp_path / f"{name}.parquet").write_bytes(write(catalog))
    (tmp_path / "models.csv").write_bytes(to_csv(catalog))
    base = duckdb.connect()
    models, table = f"'{tmp_path}/models.parquet'", f"'{tmp_path}/models.csv'"
    terms = base.execute(
        f"SELECT term, count(*) FROM (SELECT unnest(modalities) AS term FROM {models}) GROUP BY 1"
    ).fetchall()
    for term, count in terms:
        assert count == sum(term in m.terms("modality") for m in catalog.models.values())
    same = f"SELECT id, title FROM {models} EXCEPT SELECT id, title FROM {table}"
    assert base.execute(same).fetchall() == []
    large = base.execute(
        f"SELECT count(*) FROM '{tmp_path}/training.parquet' WHERE gpu_count_low >= 8"
    ).fetchone()
    counts = [s.gpu_count for m in catalog.models.values() for s in m.stages]
    assert large == (sum(hasattr(c, "sort_key") and c.sort_key >= 8 for c in counts),)


def test_to_write_parquet_neither_numpy_nor_pandas_is_loaded() -> None:
    script = Path(tables.__file__).with_name("arrow.py")
    told = b'[{"id":"text"},1]\n{"id":["b"]}\n'
    told += b'[{"id":"text","lists":"texts","year":"integer","low":"number"},1]\n'
    told += b'{"id":["a",null],"lists":[["x"],[]],"year":[2023,null],"low":[0.5,null]}\n'
    command = [sys.executable, "-I", "-X", "importtime", str(script)]
    done = subprocess.run(command, input=told, capture_output=True, check=True)
    assert b"pyarrow" in done.stderr
    assert b"pandas" not in done.stderr.replace(b"pandas_shim", b"").replace(b"pandas-shim", b"")
    assert b"numpy" not in done.stderr
    sizes, _, files = done.stdout.partition(b"\n")
    first, second = json.loads(sizes)
    assert len(files) == first + second
    assert pq.read_table(io.BytesIO(files[:first])).to_pylist() == [{"id": "b"}]
    assert pq.read_table(io.BytesIO(files[first:])).to_pylist() == [
        {"id": "a", "lists": ["x"], "year": 2023, "low": 0.5},
        {"id": None, "lists": [], "year": None, "low": None},
    ]


def test_a_table_of_no_models_has_its_columns() -> None:
    nothing = Catalog.of({})
    for write in (to_parquet, to_training_parquet):
        table = pq.read_table(io.BytesIO(write(nothing)))
        assert table.num_rows == 0
        assert {"not_reported", "not_applicable"} <= set(table.column_names)
