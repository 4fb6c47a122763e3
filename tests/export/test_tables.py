"""The table of training stages."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from fmcatalog.catalog import load
from fmcatalog.export import TRAINING_COLUMNS, to_training_csv

ROOT = Path(__file__).resolve().parents[2]


def test_every_stage_is_a_row_with_the_values_of_the_record() -> None:
    catalog = load(ROOT).catalog
    rows = list(csv.DictReader(io.StringIO(to_training_csv(catalog).decode(), newline="")))
    stages = {
        (id, str(n)): s for id, m in catalog.models.items() for n, s in enumerate(m.stages, 1)
    }
    assert [(row["model"], row["number"]) for row in rows] == list(stages)
    for row in rows:
        assert tuple(row) == TRAINING_COLUMNS
        stage = stages[row["model"], row["number"]]
        for column in ("gpu", "gpu_count", "gpu_hours", "epochs", "batch_size"):
            value = getattr(stage, column)
            assert row[column].removeprefix("'") == ("" if value is None else str(value))
        if stage.total_memory is not None:
            assert row["total_gpu_memory_gb"].removeprefix("'") == str(stage.total_memory)
