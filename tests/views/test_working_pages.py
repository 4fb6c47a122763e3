"""Data and contribute: what they tell people to do works as it stands there."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

from fmcatalog import export
from fmcatalog.catalog import Catalog
from fmcatalog.diagnostics import CODES, Severity
from fmcatalog.records.schemas import schema
from fmcatalog.views import contribute, data
from fmcatalog.views.data import SHELL, SQL
from fmcatalog.views.page import Settings
from fmcatalog.views.record_template import SLIPS, TEMPLATE

FMCATALOG = Path(sys.executable).with_name("fmcatalog")


def test_every_download_is_made(catalog: Catalog, settings: Settings) -> None:
    view = data.view(catalog, settings)
    made = {artifact.uri for artifact in export.api(catalog)}
    assert {file.path for file in (*view.downloads, *view.schemas)} <= made


def test_the_sql_lines_run_on_the_database(real: Catalog) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(export.to_sqlite(real))
    hardware, retina, modalities = (
        connection.execute(question).fetchall() for question in SQL.split(";")[:3]
    )
    connection.close()
    assert len(hardware) == sum(len(model.stages) for model in real.models.values())
    assert ("retfound",) in retina
    texts = sum("text" in model.terms("modality") for model in real.models.values())
    assert ("Text", texts) in modalities


def test_the_shell_lines_run_in_a_checkout(tmp_path: Path, checkout: Path) -> None:
    for line in SHELL.splitlines():
        if not line or line.startswith("#"):
            continue
        # A page writes for a shell; what stands behind > is a file there.
        program, *arguments = shlex.split(line.partition(" > ")[0])
        assert program == "fmcatalog"
        if arguments[0] == "verify":
            continue
        done = subprocess.run(
            [str(FMCATALOG), *arguments, "--root", str(checkout)],
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "models.json").stat().st_size > 0
    assert (tmp_path / "models.csv").stat().st_size > 0


def test_every_key_of_a_record_is_described(catalog: Catalog, settings: Settings) -> None:
    fields = {field.name: field for field in data.view(catalog, settings).fields}
    body = schema("model")
    assert set(body["properties"]) <= set(fields)
    assert all(field.description for field in fields.values())
    assert {name for name, f in fields.items() if f.required and "." not in name} == {
        "id",
        *body["required"],
    }
    assert fields["training.gpu_count"].type == "quantity, or missing"
    assert fields["modalities"].type == "list: term (modality), or missing"
    assert fields["links.code"].type == "address, or missing"
    assert fields["published"].type == "date"


def test_the_catalog_is_cited_with_its_version_and_day(real: Catalog, settings: Settings) -> None:
    said = data.citation(real, Settings("https://forge.example/catalog", "2026-11-23"))
    assert said.startswith("@misc{fmcatalog,")
    assert f"{len(real.models)} models, data as of 2026-11-23" in said
    assert "url = {https://forge.example/catalog}" in said
    assert "url" not in data.citation(real, settings)
    assert said.count("{") == said.count("}")


def test_the_record_to_start_from_is_in_order(real: Catalog, settings: Settings) -> None:
    assert contribute.complaints(real, TEMPLATE, settings) == []


def test_its_first_block_is_all_that_is_required(real: Catalog, settings: Settings) -> None:
    first = TEMPLATE.split("\n\n")[0].replace(
        "fields: [name, title, authors, published, category, links, modalities, organs, tasks,\n"
        "             algorithms, builds_on, parameters, summary, training.fine-tuning]",
        "fields: [name, title, authors, published, category]",
    )
    found = contribute.complaints(real, f"{first}\n", settings)
    assert [d for d in found if d.severity is Severity.ERROR] == []


def test_each_slip_gets_the_answer_that_the_page_shows(real: Catalog, settings: Settings) -> None:
    shown = contribute.view(real, settings).example
    for slip in SLIPS:
        assert slip.right in TEMPLATE
        found = contribute.complaints(real, TEMPLATE.replace(slip.right, slip.wrong), settings)
        assert found
        assert all(d.message in shown for d in found)
    assert "did you mean 'summary'?" in shown
    assert "write 'mri'" in shown


def test_a_file_that_is_no_yaml_is_answered_too(real: Catalog, settings: Settings) -> None:
    (found,) = contribute.complaints(real, "name: [MyModel\ntitle: x\n", settings)
    assert found.code == "F105"


def test_every_rule_is_explained(real: Catalog, settings: Settings) -> None:
    rules = contribute.view(real, settings).rules
    assert [rule.code for rule in rules] == sorted(CODES)
    assert all(rule.what and rule.why[0].isupper() and rule.mend for rule in rules)
