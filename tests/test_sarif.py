"""Diagnostics for other machines: SARIF, and no text of a record that becomes more than text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from fmcatalog.cli import app
from fmcatalog.diagnostics import CODES, Diagnostic, Place, as_github
from fmcatalog.sarif import as_sarif

TOY = Path(__file__).parent / "data" / "toy"
PACKAGE = Path(__file__).parent / "browser/node_modules/@microsoft/jest-sarif"
EVIL = "x\r\n::error::owned%0A [a](1) \\ \u202e\x1b"


def one(message: str = "m", file: str = "catalog/models/a.yaml", line: int = 3) -> Diagnostic:
    return Diagnostic("F301", Place(file, line, 5, 2), message, "help")


def test_a_run_names_tool_rules_and_places() -> None:
    run = json.loads(as_sarif([one(), one(line=0)], "1.0", "https://x.example/c/"))["runs"][0]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("fmcatalog", "1.0")
    assert [r["id"] for r in driver["rules"]] == ["F301"]
    assert driver["rules"][0]["helpUri"] == "https://x.example/c/#F301"
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("F301", 0, "error")
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "catalog/models/a.yaml"
    assert physical["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 7}
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_nothing_wrong_is_a_run_without_results() -> None:
    told = json.loads(as_sarif([], "1.0"))
    assert told["version"] == "2.1.0"
    assert told["runs"][0]["results"] == []


def test_a_text_or_a_file_name_stays_what_it_is() -> None:
    text = as_sarif([one(EVIL, f"catalog/models/{EVIL} ü.yaml")], "1.0")
    result = json.loads(text)["runs"][0]["results"][0]
    assert text.isascii()
    assert "\\[a\\](1)" in result["message"]["text"]
    assert not {"\n", "\r", "\x1b", "\u202e"} & set(result["message"]["text"])
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert "%0D%0A%3A%3Aerror" in uri
    assert uri.isascii()


@pytest.mark.parametrize("message", [EVIL, "\n::set-env name=PATH::x", "::stop-commands::x", "%0A"])
def test_a_workflow_command_stays_on_its_line(message: str) -> None:
    lines = as_github([one(message, f"a,b:{message}")]).splitlines()
    assert [line for line in lines if line.startswith("::")] == lines[:1]
    head, _, _ = lines[0].removeprefix("::error ").partition("::")
    assert [p.partition("=")[0] for p in head.split(",")] == ["file", "line", "col", "title"]


def test_the_command_line_writes_it() -> None:
    done = CliRunner().invoke(app, ["validate", "--format", "sarif", "--root", str(TOY)])
    assert done.exit_code == 0
    assert {r["level"] for r in json.loads(done.stdout)["runs"][0]["results"]} == {"note"}


# --- against the schema of the standard, which an npm package for tests brings --------------------


@pytest.fixture(scope="module")
def standard() -> jsonschema.protocols.Validator:
    found = sorted(PACKAGE.glob("lib/schemas/sarif-2.1.0*.json"))
    if not found:
        pytest.skip("no schema of SARIF: npm ci in tests/browser brings it")
    schema = json.loads(found[-1].read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema, jsonschema.Draft7Validator)
    validator.check_schema(schema)
    checked: jsonschema.protocols.Validator = validator(schema)
    return checked


def wrong(standard: jsonschema.protocols.Validator, text: str) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in standard.iter_errors(json.loads(text))]


EVERY = [
    *(Diagnostic(code, Place("catalog/models/a.yaml", 3, 5, 2), "m", "help") for code in CODES),
    *(one(EVIL, f"catalog/models/{EVIL} ü.yaml", line) for line in (0, 3)),
]


@pytest.mark.parametrize("rules", ["", "https://x.example/c/"])
@pytest.mark.parametrize("diagnostics", [[], EVERY], ids=["nothing", "everything"])
def test_it_is_sarif_by_the_schema_of_the_standard(
    diagnostics: list[Diagnostic], rules: str, standard: jsonschema.protocols.Validator
) -> None:
    assert wrong(standard, as_sarif(diagnostics, "1.0", rules)) == []


def test_what_the_command_writes_of_a_broken_catalog_is_sarif(
    standard: jsonschema.protocols.Validator, tmp_path: Path
) -> None:
    root = tmp_path / "toy"
    shutil.copytree(TOY, root)
    (root / "catalog/models/a b.yaml").write_text("name: x", encoding="utf-8")
    (root / "catalog/models/b.yaml").write_bytes(b"name: \xff")
    (root / "catalog/models/c.yaml").write_text("name: [\n", encoding="utf-8")
    (root / "catalog/models/d.yaml").write_text("name: D\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["validate", "--format", "sarif", "--root", str(root)])
    assert done.exit_code == 1
    results = json.loads(done.stdout)["runs"][0]["results"]
    assert {"F103", "F105", "F109", "F202"} <= {result["ruleId"] for result in results}
    assert wrong(standard, done.stdout) == []


def mangled(change: Any) -> str:
    log = json.loads(as_sarif([one()], "1.0"))
    change(log["runs"][0])
    return json.dumps(log)


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run.pop("tool"),
        lambda run: run["results"][0].pop("message"),
        lambda run: run["results"][0].update(level="hint"),
        lambda run: run["results"][0].update(colour="red"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(
            startLine=0
        ),
    ],
    ids=["no tool", "no message", "no such level", "no such key", "no such line"],
)
def test_the_schema_of_the_standard_refuses_what_is_not_sarif(
    change: Any, standard: jsonschema.protocols.Validator
) -> None:
    assert len(wrong(standard, mangled(change))) >= 1
