"""What is wrong is a value, and it is shown so that nobody has to guess."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fmcatalog.records  # noqa: F401 - declares the codes used below
from fmcatalog.diagnostics import (
    CODES,
    SHOWN_PER_FILE,
    Diagnostic,
    Place,
    Severity,
    as_github,
    as_json,
    as_text,
    called,
    declare,
    dotted,
    nearest,
    ordered,
    rule,
    shown,
    visible,
)

LINE = "modalities: [ct, mr]"
PLACE = Place("catalog/models/a.yaml", 14, 18, 2, LINE)
FINDING = Diagnostic("F201", PLACE, "unknown 'mr'", "did you mean 'mri'?", ("modalities", 1))


def finding(text: str, column: int, width: int = 1, help: str = "") -> Diagnostic:
    return Diagnostic("F201", Place("a.yaml", 3, column, width, text), "wrong", help)


# --- codes ----------------------------------------------------------------------------------------


def test_a_code_is_declared_once_with_all_its_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fmcatalog.diagnostics.CODES", {})
    doc = "It is\n    wrong.\n\n    Why: it is.\n\n    Mend: do\n    it."
    assert declare("F901", Severity.HINT, doc) == "F901"
    with pytest.raises(ValueError, match="F901 is declared twice"):
        declare("F901", Severity.HINT, doc)
    for torn in ("It is wrong.", "It is.\n\nWhy: x.", "It is.\n\nMend: x.", ""):
        with pytest.raises(ValueError, match="three paragraphs"):
            declare("F902", Severity.HINT, torn)


def test_a_rule_declares_its_code_by_its_docstring(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: dict[str, object] = {}
    monkeypatch.setattr("fmcatalog.diagnostics.CODES", codes)

    @rule("F903", Severity.WARNING)
    def check() -> None:
        """It is wrong.

        Why: so.

        Mend: thus.
        """

    assert list(codes) == ["F903"]
    assert check() is None  # type: ignore[func-returns-value]
    with pytest.raises(ValueError, match="three paragraphs"):
        rule("F904")(lambda: None)


def test_the_severity_of_a_finding_is_that_of_its_code() -> None:
    assert FINDING.severity is CODES["F201"].severity is Severity.ERROR


def test_findings_are_ordered_by_place_and_told_once() -> None:
    later = Diagnostic("F201", Place("b.yaml", 1, 1), "x")
    above = Diagnostic("F202", Place("a.yaml", 2, 9), "x")
    right = Diagnostic("F201", Place("a.yaml", 2, 10), "x")
    assert ordered([later, right, above, right]) == [above, right, later]


# --- values in messages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("MIT", "'MIT'"),
        ("a\nb\t\x1b[31m", "'a<U+000A>b<U+0009><U+001B>[31m'"),
        ("\u202eabc\u200b", "'<U+202E>abc<U+200B>'"),
        ("\ufeffa\xa0b\u3164", "'<U+FEFF>a<U+00A0>b<U+3164>'"),
        ("Şükrü 李 β-VAE", "'Şükrü 李 β-VAE'"),
        ("x" * 61, f"'{'x' * 60}…'"),
        ({"a": 1, "b": 2}, "a mapping with 2 keys"),
        (["a"] * 3, "a list of 3"),
        ("", "''"),
    ],
)
def test_a_value_is_quoted_cut_and_made_visible(value: object, text: str) -> None:
    assert shown(value) == text


@given(st.text())
def test_what_is_made_visible_holds_nothing_that_moves_a_terminal(text: str) -> None:
    kinds = {unicodedata.category(c) for c in visible(text)}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_a_letter_is_called_by_number_and_name() -> None:
    assert called("Т") == "U+0422 CYRILLIC CAPITAL LETTER TE"
    assert called("\r") == "U+000D CARRIAGE RETURN"
    assert called("\ue000") == "U+E000"


def test_the_nearest_word_is_found_whatever_its_case_and_none_when_far() -> None:
    assert nearest("MODALITES", ["organs", "modalities"]) == ["modalities"]
    assert nearest("zzz", ["organs"]) == []
    assert nearest("m" * 100_000, ["modalities"]) == []


def test_a_path_is_written_as_people_say_it() -> None:
    assert dotted(("training", 0, "gpu")) == "training[0].gpu"
    assert dotted(()) == ""


# --- as text --------------------------------------------------------------------------------------


def test_a_finding_is_shown_with_place_code_line_caret_and_help() -> None:
    assert as_text([FINDING]).splitlines() == [
        "catalog/models/a.yaml:14:18: error[F201] unknown 'mr'",
        "   14 | modalities: [ct, mr]",
        "      |                  ^^ did you mean 'mri'?",
    ]


def test_help_that_is_long_or_far_to_the_right_has_a_line_of_its_own() -> None:
    long = as_text([finding("a: b", 1, help="z" * 61)]).splitlines()
    assert long[2:] == ["      | ^", f"      = {'z' * 61}"]
    right = as_text([finding("x" * 80, 70, help="short")]).splitlines()
    assert right[-1] == "      = short"


def test_a_finding_about_a_whole_file_has_no_line() -> None:
    whole = Diagnostic("F110", Place("a.yaml"), "is empty", "begin")
    assert as_text([whole]) == "a.yaml: error[F110] is empty\n      = begin"
    assert as_text([Diagnostic("F110", Place("a.yaml"), "is empty")]) == (
        "a.yaml: error[F110] is empty"
    )
    assert as_text([]) == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name: plain word", "word"),
        ("authors: [李明, Wei]", "Wei"),
        ("authors: [李明, 张伟]", "张伟"),
        ("title: e\u0301tude word", "word"),
        ("a:\tb\u200b word", "word"),
        ("x" * 300 + " word " + "y" * 300, "word"),
        ("word" + "y" * 300, "word"),
        ("y" * 300 + "word", "word"),
    ],
)
def test_the_carets_stand_under_the_word_in_a_terminal(text: str, word: str) -> None:
    at = text.index(word)
    _, line, carets = as_text([finding(text, at + 1, len(word))]).splitlines()
    assert word in line

    def cells(part: str) -> int:
        marks = sum(unicodedata.combining(c) > 0 for c in part)
        return len(part) - marks + sum(unicodedata.east_asian_width(c) == "W" for c in part)

    assert carets.index("^") == cells(line[: line.index(word)])
    assert carets.count("^") == cells(word)


@pytest.mark.parametrize(("column", "width"), [(1, 500), (4, 9), (9, 1), (0, 1), (1000, 5)])
def test_carets_never_run_past_the_line(column: int, width: int) -> None:
    _, line, carets = as_text([finding("ab: cde", column, width)]).splitlines()
    assert carets.count("^") >= 1
    assert len(carets) <= len(line) + 1


@given(
    st.text(max_size=300),
    st.integers(0, 400),
    st.integers(1, 400),
    st.text(max_size=300),
    st.text(max_size=300),
)
def test_whatever_is_found_takes_at_most_four_lines_and_little_room(
    text: str, column: int, width: int, message: str, help: str
) -> None:
    line = text.replace("\n", " ")
    found = Diagnostic("F201", Place("a\n.yaml", 1, column, width, line), message, help)
    shown_lines = as_text([found]).split("\n")
    assert len(shown_lines) <= 4
    assert all(c.isprintable() or c == " " or ord(c) > 127 for s in shown_lines for c in s)
    assert len("\n".join(shown_lines)) < 20_000


def test_a_file_with_thirty_findings_shows_twenty_and_counts_the_rest() -> None:
    bad = [Diagnostic("F201", Place("a.yaml", n, 1, 1, "x"), f"no {n}") for n in range(1, 31)]
    other = [Diagnostic("F201", Place("b.yaml", 1, 1, 1, "y"), "of another file")]
    text = as_text([*bad, *other])
    assert text.count("a.yaml:") == SHOWN_PER_FILE + 1
    assert "no 20" in text
    assert "no 21" not in text
    assert text.endswith("a.yaml: 10 more in this file")
    assert "of another file" in text


def test_every_format_counts_what_it_does_not_show() -> None:
    bad = [Diagnostic("F201", Place("a.yaml", n, 1, 1, "x"), f"no {n}") for n in range(1, 31)]
    objects = json.loads(as_json(bad))
    assert len(objects) == SHOWN_PER_FILE + 1
    assert (objects[-1]["code"], objects[-1]["message"]) == (None, "10 more in this file")
    assert as_github(bad).splitlines()[-1] == "::error file=a.yaml::10 more in this file"


# --- for machines ---------------------------------------------------------------------------------


def test_json_keeps_every_part_and_is_ascii() -> None:
    text = as_json([FINDING, Diagnostic("F110", Place("é.yaml"), "is empty")])
    assert text.isascii()
    first, second = json.loads(text)
    assert first == {
        "code": "F201",
        "severity": "error",
        "file": "catalog/models/a.yaml",
        "line": 14,
        "column": 18,
        "field": "modalities[1]",
        "message": "unknown 'mr'",
        "help": "did you mean 'mri'?",
    }
    assert (second["file"], second["line"], second["help"]) == ("é.yaml", None, None)


def test_a_workflow_command_names_file_line_and_code() -> None:
    assert as_github([FINDING]) == (
        "::error file=catalog/models/a.yaml,line=14,col=18,title=F201"
        "::unknown 'mr'; did you mean 'mri'?"
    )
    assert as_github([FINDING], "https://example.org/rules/").endswith(
        "; https://example.org/rules/#F201"
    )


HOSTILE = st.text(alphabet="ab:,%\r\n\u2028\x85= ", max_size=30)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_of_a_record_becomes_a_workflow_command(file: str, said: str, help: str) -> None:
    found = Diagnostic("F201", Place(file, 1, 1, 1, "x"), said, help)
    text = as_github([found])
    assert not re.search(r"[\r\n]", text)
    properties, _, data = text.removeprefix("::error ").partition("::")
    assert properties.count(",") == 3
    assert properties.count(":") == 0

    def decoded(part: str) -> str:
        return re.sub("%([0-9A-F]{2})", lambda m: chr(int(m[1], 16)), part)

    assert decoded(properties.split(",")[0]) == f"file={file}"
    assert decoded(data) == "; ".join(p for p in (said, help) if p)


def test_a_file_name_cannot_smuggle_in_a_command() -> None:
    place = Place("x\n::error::y,line=9.yaml", 1, 1)
    text = as_github([Diagnostic("F201", place, "a\r\n::set-output name=x::y %0A")])
    assert text == (
        "::error file=x%0A%3A%3Aerror%3A%3Ay%2Cline=9.yaml,line=1,col=1,title=F201"
        "::a%0D%0A::set-output name=x::y %250A"
    )
