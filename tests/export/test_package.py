"""The data package: its files are those that are published, and frictionless takes them."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.tables import CSV_COLUMNS, TRAINING_COLUMNS
from fmcatalog.views.files import FILES

ROOT = Path(__file__).resolve().parents[2]
ROOTS = {"real": ROOT, "toy": ROOT / "tests" / "data" / "toy"}


@pytest.fixture(scope="module", params=ROOTS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOTS[request.param]).catalog


@pytest.fixture
def folder(catalog: Catalog, tmp_path: Path) -> Path:
    for artifact in export.api(catalog):
        path = tmp_path / artifact.uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    return tmp_path


def checked(folder: Path) -> tuple[int, dict[str, object]]:
    frictionless = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [str(frictionless), "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    report: dict[str, object] = json.loads(done.stdout)
    return done.returncode, report


@pytest.mark.slow
def test_frictionless_finds_every_file_whole_and_every_row_right(folder: Path) -> None:
    status, report = checked(folder)
    assert report["valid"], report
    assert status == 0
    assert report["stats"] == {"tasks": len(FILES), "errors": 0, "warnings": 0} | {
        "seconds": report["stats"]["seconds"]  # type: ignore[index]
    }


@pytest.mark.slow
def test_frictionless_notices_a_row_that_belongs_to_no_model(folder: Path) -> None:
    table = folder / "training.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join([*lines, lines[-1].replace(lines[-1].split(",")[0], "nobody", 1)]))
    status, report = checked(folder)
    assert status == 1
    found = {error["type"] for task in report["tasks"] for error in task["errors"]}  # type: ignore[attr-defined]
    assert {"foreign-key", "hash-count"} <= found


def test_each_file_is_named_once_with_size_and_digest(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert [resource["path"] for resource in package["resources"]] == [f.path for f in FILES]
    assert len({resource["name"] for resource in package["resources"]}) == len(FILES)
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"


def test_every_column_is_explained(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_bytes())
    tables = {r["name"]: r["schema"]["fields"] for r in package["resources"] if "schema" in r}
    assert [f["name"] for f in tables["models"]] == list(CSV_COLUMNS)
    assert [f["name"] for f in tables["training"]] == list(TRAINING_COLUMNS)
    assert all(len(f["description"]) > 5 for fields in tables.values() for f in fields)
