"""A file becomes a document: text values, and the place of each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fmcatalog.diagnostics import Diagnostic
from fmcatalog.documents import (
    BREAKS,
    MAX_COLUMNS,
    MAX_ROWS,
    RECORD_BYTES,
    TABLE_BYTES,
    Document,
    parse_yaml,
    read_csv,
    read_yaml,
)
from fmcatalog.documents.problems import UNSEEN

FILE = "catalog/models/x.yaml"


def parsed(text: str) -> tuple[Document | None, list[Diagnostic]]:
    return parse_yaml(FILE, text.encode("utf-8", "surrogatepass"))


def table(tmp_path: Path, text: str) -> tuple[Document | None, list[Diagnostic]]:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8", newline="")
    return read_csv(tmp_path, "t.csv")


# --- what cannot be seen --------------------------------------------------------------------------


def test_nothing_that_can_be_printed_is_unseen_or_ends_a_line() -> None:
    printed = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    assert UNSEEN.search(printed) is None
    assert BREAKS.search(printed) is None


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("\x00", "U+0000 NULL"),
        ("\x1b", "U+001B ESCAPE"),
        ("\x7f", "U+007F DELETE"),
        ("\x9b", "U+009B"),
        ("\xad", "U+00AD SOFT HYPHEN"),
        ("\u061c", "U+061C ARABIC LETTER MARK"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u200e", "U+200E LEFT-TO-RIGHT MARK"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2060", "U+2060 WORD JOINER"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\ufff9", "U+FFF9 INTERLINEAR ANNOTATION ANCHOR"),
        ("\ufffe", "U+FFFE"),
        ("\ue000", "U+E000"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
@pytest.mark.parametrize("where", ["in a value", "in a key", "in a comment"])
def test_a_character_that_cannot_be_seen_is_named_at_its_place(
    letter: str, name: str, where: str
) -> None:
    line = {"in a value": f"c: d{letter}e", "in a key": f"cd{letter}e: f"}
    text = f"a: b\n{line.get(where, f'#  d{letter}')}\n"
    found = [d for d in parsed(text)[1] if d.code == "F104"]
    assert [(d.place.line, d.place.column) for d in found] == [(2, text[5:].index(letter) + 1)]
    assert found[0].message == f"{name}, which cannot be seen"
    assert found[0].help == "delete it"


@pytest.mark.parametrize("letter", ["\r", "\x85", "\u2028", "\u2029"])
def test_what_only_some_readers_take_for_a_line_end_stops_the_reading(letter: str) -> None:
    document, found = parsed(f"a: b\nc: d{letter}e: f\n")
    assert document is None
    assert [(d.code, d.place.line, d.place.column) for d in found] == [("F104", 2, 5)]


def test_a_file_of_an_old_mac_is_told_to_end_its_lines() -> None:
    (found,) = parsed("a: b\rc: d\re: f\r")[1]
    assert "CARRIAGE RETURN" in found.message
    assert "(and 2 more in this line)" in found.message
    assert found.help == "end lines with LF or CRLF"


def test_unseen_characters_are_told_once_a_line_and_for_so_many_lines() -> None:
    found = parsed("\u200b\u200b#\n" * 1000 + "a: b\n")[1]
    assert len(found) == 200
    assert {d.place.column for d in found} == {1}


def test_joiners_pass_the_reader_since_words_need_them() -> None:
    document, found = parsed("a: می\u200cخواهم\nb: क्\u200dष\n")
    assert found == []
    assert document is not None


# --- reading --------------------------------------------------------------------------------------


def test_a_record_and_a_table_have_limits_of_their_own() -> None:
    text = f"a: {'x' * RECORD_BYTES}\n".encode()
    assert [d.code for d in parse_yaml(FILE, text)[1]] == ["F102"]
    assert parse_yaml(FILE, text, limit=TABLE_BYTES)[1] == []


def test_a_large_vocabulary_is_read_and_a_hostile_one_is_not() -> None:
    def terms(count: int) -> bytes:
        return b"terms:\n" + b"".join(b"  - {id: t%d, label: x}\n" % n for n in range(count))

    assert parse_yaml(FILE, terms(10_000), limit=TABLE_BYTES)[1] == []
    assert [d.code for d in parse_yaml(FILE, terms(14_000), limit=TABLE_BYTES)[1]] == ["F106"]


def test_a_torn_file_is_refused_or_whole_at_every_length() -> None:
    text = "name: x\nlist: [a, {b: 'c'}]\ntext: >-\n  d\n  e\n"
    for length in range(len(text)):
        document, found = parsed(text[:length])
        assert (document is None) <= bool(found), length
        for d in found:
            assert d.place.line <= text[:length].count("\n") + 1


def test_a_document_comes_with_what_can_be_read_over() -> None:
    document, found = parsed("a: b\na: c\nd:\n")
    assert document is not None
    assert document.value == {"a": "b", "d": ""}
    assert [d.code for d in found] == ["F108", "F111"]


def test_places_are_right_after_accents_wide_letters_and_emoji() -> None:
    document, _ = parsed("a: {é: 李李, 😀: b, c: [d, e]}\n")
    assert document is not None
    line = "a: {é: 李李, 😀: b, c: [d, e]}"
    assert document.place(("a", "😀")).column == line.index("b") + 1
    assert document.place(("a", "c", 1)).column == line.index("e]") + 1


def test_a_place_that_is_not_there_is_the_nearest_that_is() -> None:
    document, _ = parsed("# note\na:\n  - {b: c}\n")
    assert document is not None
    assert document.place(("a", 0, "z")).line == 3
    assert document.place(("a", 5)).text == "a:"
    assert document.place(()).line == 2
    assert document.place((), key=True).line == 2


def test_a_document_without_places_points_at_its_first_line() -> None:
    place = Document("t.csv", [], "a,b\n").place(("x",))
    assert (place.line, place.column, place.text) == (1, 1, "a,b")


# --- tables ---------------------------------------------------------------------------------------


def test_a_cell_of_a_table_has_its_place(tmp_path: Path) -> None:
    document, found = table(tmp_path, 'a,b,c\n1,"x, y",x\r\n2,,z\n')
    assert found == []
    assert document is not None
    assert document.value == [
        {"a": "1", "b": "x, y", "c": "x"},
        {"a": "2", "b": "", "c": "z"},
    ]
    assert [document.place((0, k)).column for k in "abc"] == [1, 4, 10]
    assert [document.place((1, k)).column for k in "abc"] == [1, 3, 4]
    assert (document.place((1,)).line, document.place((1,)).width) == (3, 4)


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("", "F110", 0, "the table is empty"),
        ("\n", "F110", 0, "the table is empty"),
        ("a,b\n1,2\n3\n", "F105", 3, "the row has 1 cells, the header 2"),
        ("a,b\n1,2\n\n3,4\n", "F105", 3, "the row has 0 cells"),
        ("a,b\n1,2,3\n", "F105", 2, "the row has 3 cells"),
        ('a,b\n1,2\n3,"x" y\n', "F105", 3, "not a CSV table"),
        ('a,b\n1,"2\n3,4\n', "F105", 3, "not a CSV table"),
        ('a,b\n1,"2\n3",4\n', "F105", 2, "a cell that spans lines"),
        ("a,b,a\n1,2,3\n", "F108", 1, "the column 'a' stands twice"),
        ("a,b\n1,x\u202ey\n", "F104", 2, "U+202E"),
        ("a,b\n1,x\ry\n", "F104", 2, "U+000D"),
        (",".join("abcd"[n % 4] * n for n in range(1, MAX_COLUMNS + 2)), "F106", 1, "columns"),
        ("a\n" + "x\n" * MAX_ROWS, "F106", 0, "rows"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_line(
    tmp_path: Path, text: str, code: str, line: int, said: str
) -> None:
    (found,) = table(tmp_path, text)[1]
    assert (found.code, found.place.line) == (code, line)
    assert said in found.message


def test_a_table_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    assert [d.code for d in read_csv(tmp_path, "t.csv")[1]] == ["F112"]
    (tmp_path / "t.csv").write_bytes(b"a,b\n1,\xff\n")
    (found,) = read_csv(tmp_path, "t.csv")[1]
    assert (found.code, found.place.line) == ("F103", 2)


def test_a_record_that_is_not_there_is_told(tmp_path: Path) -> None:
    document, (found,) = read_yaml(tmp_path, "x.yaml")
    assert document is None
    assert found.code == "F112"
