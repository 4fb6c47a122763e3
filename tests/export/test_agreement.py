"""Every file counts the same models, and gives them the same values."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy

from fmcatalog import export, stats
from fmcatalog.catalog import Catalog, load
from fmcatalog.views.linked import linked
from fmcatalog.views.page import Settings

ROOTS = {
    "real": Path(__file__).resolve().parents[2],
    "toy": Path(__file__).resolve().parents[1] / "data" / "toy",
}


@pytest.fixture(scope="module", params=ROOTS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOTS[request.param]).catalog


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> dict[str, bytes]:
    return {artifact.uri: artifact.content for artifact in export.api(catalog)}


@pytest.fixture(scope="module")
def base(files: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["catalog.sqlite"])
    yield connection
    connection.close()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def asked(base: sqlite3.Connection, question: str) -> list[tuple[Any, ...]]:
    return base.execute(question).fetchall()


def test_every_file_holds_the_same_models(
    catalog: Catalog, files: dict[str, bytes], base: sqlite3.Connection
) -> None:
    wanted = list(catalog.models)
    data = json.loads(files["api/v1/models.json"])
    assert data["count"] == len(wanted)
    bibtex = bibtexparser.parse_string(files["models.bib"].decode())
    explorer = json.loads(files["assets/explore.json"])
    families = json.loads(files["api/v1/taxonomy.json"])["families"]
    pages = [path for path, _ in linked(catalog, "", Settings(as_of="2026-01-01"))]
    found = {
        "json": [model["id"] for model in data["models"]],
        "one json each": sorted(
            uri.split("/")[-1].removesuffix(".json") for uri in files if "v1/models/" in uri
        ),
        "csv": [row["id"] for row in rows(files["models.csv"])],
        "bibtex": [entry.key for entry in bibtex.entries],
        "csl": [item["id"] for item in json.loads(files["models.csl.json"])],
        "ris": [entry["id"] for entry in rispy.loads(files["models.ris"].decode())],
        "sqlite": [id for (id,) in asked(base, "SELECT id FROM model ORDER BY id")],
        "search": [id for (id,) in asked(base, "SELECT id FROM model_search ORDER BY id")],
        "taxonomy": sorted(id for family in families for id in family["models"]),
        "pages": [p.split("/")[1] for p in pages if p.startswith("models/")],
        "explorer": explorer["models"]["id"],
    }
    assert {kind: ids for kind, ids in found.items() if ids != wanted} == {}
    assert json.loads(files["api/v1/statistics.json"])["models"] == len(wanted)


@pytest.mark.parametrize("facet", ["modality", "organ", "task", "algorithm"])
def test_every_file_counts_a_facet_the_same(
    facet: str, catalog: Catalog, files: dict[str, bytes], base: sqlite3.Connection
) -> None:
    key = {"modality": "modalities"}.get(facet, f"{facet}s")
    in_json = Counter(
        term
        for model in json.loads(files["api/v1/models.json"])["models"]
        if isinstance(model.get(key), list)
        for term in model[key]
    )
    in_csv = Counter(
        term
        for row in rows(files["models.csv"])
        if row[key] not in {"", "not-reported", "not-applicable"}
        for term in row[key].split("; ")
    )
    in_sqlite = dict(
        base.execute("SELECT term, count(*) FROM model_term WHERE facet = ? GROUP BY 1", [facet])
    )
    assert in_json == in_csv == in_sqlite
    counted = json.loads(files["api/v1/statistics.json"])["facets"][facet]["counts"]
    assert counted == {c.id: c.count for c in stats.distribution(catalog, facet).counts}
    for term, count in counted.items():
        # A broader term counts what is under it, too.
        assert count == len(catalog.members(facet, term)) >= in_json.get(term, 0)


def test_the_training_table_and_the_database_hold_the_same_stages(
    files: dict[str, bytes], base: sqlite3.Connection
) -> None:
    columns = "model, number, stage, gpu, gpu_count, gpu_memory_gb, total_gpu_memory_gb, gpu_hours"
    words = {"not-reported", "not-applicable"}
    table = [
        tuple("" if row[c] in words else row[c].removeprefix("'") for c in columns.split(", "))
        for row in rows(files["training.csv"])
    ]
    found = asked(base, f"SELECT {columns} FROM training ORDER BY model, number")
    assert [tuple("" if v is None else str(v) for v in row) for row in found] == table
