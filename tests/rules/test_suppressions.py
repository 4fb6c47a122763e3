"""Suppressions: what they leave out, what they can never leave out, and what they say when idle."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from fmcatalog import project
from fmcatalog.catalog import load
from fmcatalog.diagnostics import CODES, Severity
from fmcatalog.rules import check
from fmcatalog.rules.suppression import never

TOY = Path(__file__).resolve().parents[1] / "data" / "toy"
FILE = "catalog/suppressions.yaml"
TERN = "catalog/models/tern.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "toy")
    return tmp_path / "toy"


def entry(code: str, at: str, file: str = TERN) -> str:
    return f"  - {{code: {code}, file: {file}, {at}, reason: Seen and left.}}\n"


def found(root: Path, *entries: str) -> list[tuple[str, str]]:
    (root / FILE).write_text("suppressions:\n" + "".join(entries), encoding="utf-8")
    return [(d.code, d.message) for d in check(load(root), dt.date(2024, 7, 1))]


SUMMARY = ("F351", "no source for 'summary'")
USES = ("F351", "no source for 'use_cases'")


def test_without_the_file_nothing_is_suppressed(root: Path) -> None:
    assert [d.code for d in check(load(root), dt.date(2024, 7, 1))] == ["F351", "F351"]


@pytest.mark.parametrize("at", ["path: summary", "value: summary", "path: summary, value: summary"])
def test_a_finding_is_left_out_by_its_path_or_by_the_word_in_quotes(at: str, root: Path) -> None:
    assert found(root, entry("F351", at)) == [USES]


def test_one_reason_may_stand_for_each_finding(root: Path) -> None:
    assert found(root, entry("F351", "path: summary"), entry("F351", "path: use_cases")) == []


@pytest.mark.parametrize(
    ("code", "at", "file"),
    [
        ("F351", "path: title", TERN),
        ("F351", "value: titles", TERN),
        ("F351", "path: summary, value: use_cases", TERN),
        ("F350", "path: summary", TERN),
        ("F351", "path: summary", "catalog/models/quill.yaml"),
        ("F351", "path: summary", "catalog/models/nobody.yaml"),
    ],
)
def test_a_suppression_that_meets_nothing_is_a_warning(
    code: str, at: str, file: str, root: Path
) -> None:
    left = found(root, entry(code, at, file))
    assert [c for c, _ in left] == ["F351", "F351", "F360"]
    assert f"no {code} at" in left[-1][1]
    assert CODES["F360"].severity is Severity.WARNING


def test_a_value_is_found_by_what_stands_at_its_place(root: Path) -> None:
    path = root / "catalog/models/umbra.yaml"
    path.write_text(path.read_text().replace("[x-ray]", "[XR]"))
    (before,) = [m for c, m in found(root, "  []\n") if c == "F302"]
    assert "'XR'" in before
    file = "catalog/models/umbra.yaml"
    for at in ("path: 'modalities[0]'", "value: XR"):
        assert "F302" not in {c for c, _ in found(root, entry("F302", at, file))}


@pytest.mark.parametrize("code", ["F105", "F204", "F360", "F404"])
def test_some_errors_can_never_be_suppressed(code: str, root: Path) -> None:
    assert ("F361", f"{code} can never be suppressed") in found(root, entry(code, "path: name"))


def test_an_error_that_can_never_be_suppressed_is_still_said(root: Path) -> None:
    path = root / TERN
    path.write_text(path.read_text().replace("published: ", "published: the "))
    codes = {c for c, _ in found(root, entry("F204", "path: published"))}
    assert {"F204", "F361"} <= codes


def test_what_can_never_be_suppressed_is_what_cannot_be_read_and_what_the_survey_prints() -> None:
    assert {c for c in CODES if never(c)} == {
        c for c in CODES if c[:2] in {"F1", "F2"} or c[:3] == "F36" or c == "F404"
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("suppressions:\n  - {code: F351, file: x, reason: So.}\n", "F204"),
        ("suppressions:\n  - {code: F351, file: x, path: y}\n", "F202"),
        ("suppressions:\n  - {code: 351, file: x, path: y, reason: So.}\n", "F204"),
        ("suppressions: [\n", "F105"),
        ("suppressions:\n  - {code: F351, file: x, path: y, reason: So., by: Me}\n", "F201"),
    ],
)
def test_a_file_of_suppressions_is_checked_like_any_other(
    written: str, code: str, root: Path
) -> None:
    (root / FILE).write_text(written)
    diagnostics = check(load(root), dt.date(2024, 7, 1))
    assert {d.code for d in diagnostics if d.place.file == FILE} == {code}
    assert sum(d.code == "F351" for d in diagnostics) == 2


def test_who_checks_one_record_hears_of_the_suppressions_about_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1719792000")
    found(root, entry("F351", "path: title"))
    for paths, codes in (([root / TERN], 3), ([root / "catalog/models/quill.yaml"], 0)):
        assert len(project.validate(root, paths).diagnostics) == codes
