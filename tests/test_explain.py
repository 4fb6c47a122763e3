"""Codes explained in a terminal, and messages that lead to their section."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.testing import CliRunner

from fmcatalog.cli import app
from fmcatalog.diagnostics import CODES, Diagnostic, Place, as_github
from fmcatalog.project import UsageError, rules_page

SITE = "https://catalog.example/fmcatalog"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FMCATALOG_SITE_URL", raising=False)


def said(*arguments: str) -> str:
    answer = CliRunner().invoke(app, ["explain", *arguments], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_explained_by_what_why_and_how(code: str) -> None:
    known, text = CODES[code], flat(said(code))
    assert text.startswith(f"{code} ({known.severity}) {known.what}")
    assert f"Why: {known.why}" in text
    assert f"Mend: {known.mend}" in text


@pytest.mark.parametrize("written", ["F301", "f301", "[F301]", "301"])
def test_a_code_may_be_written_as_it_stands_in_a_message(written: str) -> None:
    assert said(written).startswith("F301 ")


def test_several_codes_are_explained_in_the_order_asked_and_all_in_their_own() -> None:
    assert re.findall("^F[0-9]{3}", said("F302", "F301"), re.MULTILINE) == ["F302", "F301"]
    assert re.findall("^F[0-9]{3}", said("--all"), re.MULTILINE) == sorted(CODES)


def test_a_code_that_does_not_exist_is_answered_with_the_nearest() -> None:
    answer = CliRunner().invoke(app, ["explain", "FF404"])
    assert isinstance(answer.exception, UsageError)
    assert str(answer.exception) == "no code 'FF404'; did you mean 'F404'?"
    odd = CliRunner().invoke(app, ["explain", "\x1b[1mxyzzy"])
    assert str(odd.exception) == "no code '<U+001B>[1mxyzzy'; --all lists them"


def test_no_explanation_is_wider_than_a_terminal() -> None:
    assert max(map(len, said("--all").split("\n"))) <= 96


def test_what_can_never_be_suppressed_says_so() -> None:
    assert "It can never be suppressed." in said("F404")
    assert "catalog/suppressions.yaml" in said("F311")


def test_a_message_leads_to_its_section_where_the_address_of_the_site_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: Any = [Diagnostic("F301", Place("a.yaml", 1, 2), "unknown organ 'x'", "write 'y'")]
    plain = as_github(found, rules_page())
    assert plain == "::error file=a.yaml,line=1,col=2,title=F301::unknown organ 'x'; write 'y'"
    for written in (SITE, f"{SITE}/"):
        monkeypatch.setenv("FMCATALOG_SITE_URL", written)
        assert as_github(found, rules_page()) == f"{plain}; {SITE}/contribute/#F301"
        assert said("F301").rstrip().endswith(f"More: {SITE}/contribute/#F301")
