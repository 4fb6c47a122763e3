"""Diagnostics for other machines: SARIF, and no text of a record that becomes more than text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fmcatalog.cli import app
from fmcatalog.diagnostics import Diagnostic, Place, as_github
from fmcatalog.sarif import as_sarif

TOY = Path(__file__).parent / "data" / "toy"
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
