"""The SQLite database: whole, consistent, and the same values as the records."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.export import to_sqlite
from fmcatalog.export.database import _NAMING
from fmcatalog.records import Missing, Quantity, listed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def base(catalog: Catalog) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(to_sqlite(catalog))
    yield connection
    connection.close()


def test_it_is_sound(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_record_with_a_loose_end_makes_no_database(catalog: Catalog) -> None:
    model = catalog.models["medsam"].model_copy(update={"tasks": ("no-such-task",)})
    loose = Catalog.of(
        {**catalog.models, "medsam": model},
        catalog.vocabularies.values(),
        catalog.surveys.values(),
    )
    with pytest.raises(sqlite3.IntegrityError, match="model_term refers to a term"):
        to_sqlite(loose)


def test_a_table_that_is_not_asked_for_loose_ends_holds_parts_of_one_whole(
    base: sqlite3.Connection,
) -> None:
    wholes = {}
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        keys = base.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        if keys and table not in _NAMING:
            wholes[table] = [key[2] for key in keys if key[1] == 0]
    parts = ("author", "text", "link", "missing", "source", "correction")
    assert wholes == {
        **{part: ["model"] for part in parts},
        "source_field": ["source"],
        "term_alias": ["term"],
    }


def test_every_record_is_in_it_with_its_names(catalog: Catalog, base: sqlite3.Connection) -> None:
    rows = base.execute("SELECT id, name, title, published, category FROM model ORDER BY id")
    assert rows.fetchall() == [
        (id, m.name, m.title, str(m.published), m.category) for id, m in catalog.models.items()
    ]
    authors = base.execute("SELECT model, name FROM author ORDER BY model, position").fetchall()
    assert authors == [(id, name) for id, m in catalog.models.items() for name in m.authors]


@pytest.mark.parametrize("facet", ["modality", "organ", "task", "algorithm"])
def test_terms_are_those_of_the_records(
    facet: str, catalog: Catalog, base: sqlite3.Connection
) -> None:
    rows = base.execute(
        "SELECT model, term FROM model_term WHERE facet = ? ORDER BY model, position", [facet]
    )
    assert rows.fetchall() == [
        (id, term) for id, m in catalog.models.items() for term in m.terms(facet)
    ]


def test_a_missing_value_is_null_and_says_which_kind(
    catalog: Catalog, base: sqlite3.Connection
) -> None:
    rows = base.execute("SELECT model, field, kind FROM missing")
    said = {(model, field): kind for model, field, kind in rows}
    for id, model in catalog.models.items():
        for key in ("organs", "parameters", "training", "builds_on"):
            value = getattr(model, key)
            assert said.get((id, key)) == (str(value) if isinstance(value, Missing) else None)
        address = getattr(model.links, "weights", None)
        found = base.execute(
            "SELECT address FROM link WHERE model = ? AND kind = 'weights'", [id]
        ).fetchone()
        if address is None or isinstance(address, Missing):
            assert found is None
            assert said.get((id, "links.weights")) == (str(address) if address else None)
        else:
            assert found == (address,)


def test_quantities_keep_their_text_and_can_be_compared(
    catalog: Catalog, base: sqlite3.Connection
) -> None:
    rows = base.execute(
        "SELECT model, number, gpu_memory_gb, gpu_memory_gb_low, gpu_memory_gb_high FROM training"
    ).fetchall()
    assert len(rows) == sum(len(m.stages) for m in catalog.models.values())
    for id, number, text, low, high in rows:
        value = catalog.models[id].stages[number - 1].gpu_memory_gb
        assert text == (str(value) if isinstance(value, Quantity) else None)
        if value is not None and isinstance(value, Quantity) and value.exact is not None:
            assert low == high == float(value.exact)


def test_what_builds_on_what_is_found(catalog: Catalog, base: sqlite3.Connection) -> None:
    rows = base.execute(
        "SELECT model, coalesce(parent_model, parent_term), relation FROM builds_on "
        "ORDER BY model, position"
    )
    assert rows.fetchall() == [
        (id, parent.model, str(parent.relation))
        for id, m in catalog.models.items()
        for parent in listed(m.builds_on)
    ]


def test_words_find_models_and_views_answer(base: sqlite3.Connection) -> None:
    found = base.execute("SELECT id FROM model_search WHERE model_search MATCH 'medsam'")
    assert "medsam" in {id for (id,) in found}
    seen = base.execute("SELECT gpu, gpu_count FROM hardware WHERE id = 'medsam'").fetchall()
    assert ("NVIDIA A100", "20") in seen
    groups = dict(
        base.execute('SELECT "group", count(*) FROM model_overview GROUP BY 1').fetchall()
    )
    assert sum(groups.values()) == base.execute("SELECT count(*) FROM model").fetchone()[0]


def test_the_bytes_depend_on_the_catalog_alone(catalog: Catalog, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from fmcatalog.catalog import load\n"
        "from fmcatalog.export import to_sqlite\n"
        f"sys.stdout.buffer.write(to_sqlite(load(Path({str(ROOT)!r})).catalog))"
    )
    environment = {**os.environ, "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    made = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=True,
    ).stdout
    assert sha256(made).hexdigest() == sha256(to_sqlite(catalog)).hexdigest()


def test_duckdb_can_read_every_table_which_it_does_by_row_number(base: sqlite3.Connection) -> None:
    tables = base.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'model_search_%'"
    ).fetchall()
    assert len(tables) > 15
    for (name,) in tables:
        base.execute(f'SELECT rowid FROM "{name}" LIMIT 1')


@pytest.mark.slow
def test_datasette_serves_tables_views_and_facets(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    file.write_bytes(to_sqlite(catalog))

    def got(path: str) -> list[dict[str, str]]:
        # Its own packages warn of what Python will drop; that is not ours to judge.
        command = [sys.executable, "-W", "ignore", "-m", "datasette", "--get", path, str(file)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        found: list[dict[str, str]] = json.loads(done.stdout)
        return found

    models = got("/catalog/model.json?_shape=array&_size=max")
    assert [row["id"] for row in models] == list(catalog.models)
    seen = got("/catalog/model_overview.json?_shape=array&id=medsam")
    assert [row["name"] for row in seen] == ["MedSAM"]
    stages = got("/catalog/training.json?_shape=array&_labels=on&model=medsam")
    assert stages[0]["model"] == {"value": "medsam", "label": "MedSAM"}  # type: ignore[comparison-overlap]
