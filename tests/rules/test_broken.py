"""A table of broken records, and exactly what the check says about each: tests/data/broken.yaml.

The remedies of the table were found by the messages alone; after them nothing is left to say.
"""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import fmcatalog.cli  # noqa: F401 - imports every module that declares a code
from fmcatalog.catalog import load
from fmcatalog.diagnostics import CODES, Diagnostic, as_text
from fmcatalog.rules import check

DATA = Path(__file__).resolve().parents[1] / "data"
TABLE = yaml.load((DATA / "broken.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
ROWS: list[dict[str, Any]] = TABLE["rows"]
TODAY = dt.date(2024, 7, 1)

NOT_IN_THE_TABLE = {
    "F101": "a link, a pipe or a folder in the place of a file is not made by changing a text",
    "F102": "a file beyond 64 KiB would be most of the table",
}
"""Codes that the table cannot hold, and why; tests/rules/test_codes.py has them."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "toy", tmp_path / "toy")
    return tmp_path / "toy"


def found(root: Path) -> list[Diagnostic]:
    return check(load(root), TODAY)


@cache
def of_the_toy() -> frozenset[tuple[str, str, str]]:
    return frozenset((d.code, d.message, d.place.file) for d in found(DATA / "toy"))


def said(root: Path) -> list[Diagnostic]:
    """Gives what the check says beyond the one debt of the toy."""
    return [d for d in found(root) if (d.code, d.message, d.place.file) not in of_the_toy()]


def changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def broken(root: Path, row: dict[str, Any]) -> tuple[Path, str]:
    """Breaks the toy as a row says; gives the file and its text."""
    path = root / row.get("file", "catalog/models/newcomer.yaml")
    before = path.read_text(encoding="utf-8") if path.exists() else TABLE["record"]
    text = row["text"] if "text" in row else changed(before, row.get("change", {}))
    path.write_text(text, encoding=row.get("encoding", "utf-8"))
    return path, text


def test_there_is_nothing_to_say_about_the_record_that_is_broken(root: Path) -> None:
    (root / "catalog/models/newcomer.yaml").write_text(TABLE["record"], encoding="utf-8")
    assert said(root) == []


def test_the_table_is_long_and_every_row_is_another_one() -> None:
    assert len({row["is"] for row in ROWS}) == len(ROWS) >= 60
    assert len({row["says"] for row in ROWS}) == len(ROWS)


def test_every_code_stands_in_the_table_or_has_a_reason() -> None:
    told = {code for code in CODES if any(f"[{code}]" in row["says"] for row in ROWS)}
    assert told | set(NOT_IN_THE_TABLE) == set(CODES)
    assert not told & set(NOT_IN_THE_TABLE)


@pytest.mark.parametrize("row", ROWS, ids=[row["is"] for row in ROWS])
def test_the_check_says_exactly_this(row: dict[str, Any], root: Path) -> None:
    broken(root, row)
    assert as_text(said(root)) == row["says"]


MENDED = [row for row in ROWS if "mend" in row]


def test_most_rows_are_mended() -> None:
    assert len(MENDED) > 0.8 * len(ROWS)


@pytest.mark.parametrize("row", MENDED, ids=[row["is"] for row in MENDED])
def test_what_the_message_asks_for_mends_it(row: dict[str, Any], root: Path) -> None:
    path, text = broken(root, row)
    path.write_text(changed(text, row["mend"]), encoding="utf-8")
    assert said(root) == []
