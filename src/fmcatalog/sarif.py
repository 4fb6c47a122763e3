"""Diagnostics as SARIF 2.1.0, which forges and editors read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from fmcatalog.diagnostics import CODES, Code, Diagnostic, Severity, visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def as_sarif(diagnostics: Sequence[Diagnostic], version: str, rules: str = "") -> str:
    """Writes diagnostics as one SARIF run.

    Args:
        diagnostics: Sorted diagnostics.
        version: Version of the tool.
        rules: Address of the page that explains the codes; empty when there is none.
    """
    used = sorted({d.code for d in diagnostics})
    driver: dict[str, object] = {
        "name": "fmcatalog",
        "version": version,
        "rules": [_rule(CODES[id], rules) for id in used],
    }
    number = {id: index for index, id in enumerate(used)}
    run = {
        "tool": {"driver": driver},
        # SARIF counts in UTF-16 units unless told otherwise.
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, number[d.code]) for d in diagnostics],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: Code, rules: str) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": code.id,
        "shortDescription": {"text": code.what},
        "fullDescription": {"text": code.why},
        "help": {"text": code.mend},
        "defaultConfiguration": {"level": _LEVEL[code.severity]},
    }
    if rules:
        rule["helpUri"] = f"{rules}#{code.id}"
    return rule


def _result(d: Diagnostic, rule: int) -> dict[str, object]:
    place = d.place
    address = quote(place.file, safe="/", errors="replace")
    physical: dict[str, object] = {"artifactLocation": {"uri": address}}
    if place.line:
        column = max(1, place.column)
        physical["region"] = {
            "startLine": place.line,
            "startColumn": column,
            "endColumn": column + max(1, place.width),
        }
    text = "; ".join(part for part in (d.message, d.help) if part)
    return {
        "ruleId": d.code,
        "ruleIndex": rule,
        "level": _LEVEL[d.severity],
        # Readers take [text](number) in a message for a link; a backslash says that it is none.
        "message": {"text": _plain(visible(text))},
        "locations": [{"physicalLocation": physical}],
    }


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
