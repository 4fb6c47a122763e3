"""Hostile and broken files: each one answered with the right code, never a traceback or a hang."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fmcatalog.documents import RECORD_BYTES, folder, parse_yaml, read_csv, read_yaml

FILE = "catalog/models/x.yaml"


def codes(text: str | bytes) -> list[str]:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return [d.code for d in parse_yaml(FILE, data)[1]]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("name: x\nname: y\n", "F108", 2),
        ("a: {b: 1, b: 2}\n", "F108", 1),
        ("a: &x 1\nb: *x\n", "F107", 1),
        ("b: *x\n", "F107", 1),
        ("a: !!python/object:os.system ls\n", "F107", 1),
        ("a: !!int x\n", "F107", 1),
        ("a: !!bool x\n", "F107", 1),
        ("a: !!timestamp x\n", "F107", 1),
        ("<<: {a: 1}\n", "F107", 1),
        ("%YAML 1.1\n---\na: 1\n", "F107", 1),
        ("a: 1\n---\nb: 2\n", "F107", 2),
        ("? [a]\n: 1\n", "F105", 1),
        ("a: b: c\n", "F105", 1),
        ("a:\n\tb: 1\n", "F105", 2),
        ('a: "b\n', "F105", 1),
        ("a: [1, 2\nb: 3\n", "F105", None),
        ('a: "\\q"\n', "F105", 1),
        ("a:\n", "F111", 1),
        ("a: ~\n", "F111", 1),
        ("a: null\n", "F111", 1),
        ('a: "x\\u202Ey"\n', "F104", 1),
        ('a: "x\\0y"\n', "F104", 1),
        ("a: x\u202ey\n", "F104", 1),
        ("b: 1\na: x\u200by\n", "F104", 2),
        ("a: x\ufeffy\n", "F104", 1),
        ("a: x\ue000y\n", "F104", 1),
        ("", "F110", None),
        ("# only a comment\n", "F110", None),
        ("- a\n- b\n", "F110", None),
        ("just text\n", "F110", None),
        (": x\n", "F105", 1),
        ("a: 1\n: x\n", "F105", 2),
        ("a: 'it's'\n", "F105", 1),
        ("a: 'b' c\n", "F105", 1),
        ('a: "b\nc: "d"\n', "F105", None),
        ("a: b\n  c: d\n", "F105", None),
        ("a:\n  b: 1\n c: 2\n", "F105", 3),
        ("name MedSAM\ntitle: x\n", "F105", 1),
        ("a: [x]]\n", "F105", 1),
        ("a: {b: 1}}\n", "F105", 1),
        ("a: *\n", "F107", 1),
        ("a: @x\n", "F105", 1),
        ("a: %x\n", "F105", 1),
        ("a: - b\n", "F105", 1),
        ("a\n", "F110", None),
    ],
)
def test_each_disguise_and_slip_is_answered_at_its_line(
    text: str, code: str, line: int | None
) -> None:
    found = parse_yaml(FILE, text.encode())[1]
    assert code in [d.code for d in found]
    if line is not None:
        assert line in [d.place.line for d in found if d.code == code]


@pytest.mark.parametrize(
    "data", [b"a: \xff\n", b"a: \xc3(\n", "a: x\n".encode("utf-16"), b"a: \xed\xa0\x80\n"]
)
def test_bytes_that_are_not_utf8_are_refused_with_their_place(data: bytes) -> None:
    (found,) = parse_yaml(FILE, data)[1]
    assert found.code == "F103"
    assert found.place.line == 1


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "- - - "])
def test_deep_nesting_is_refused_before_it_can_hurt(opener: str) -> None:
    text = "a:\n  " + opener * (60_000 // len(opener))
    assert set(codes(text)) <= {"F106", "F105"}
    assert codes(text)


def test_many_values_are_refused() -> None:
    assert codes("a: [" + "1," * 25_000 + "]") == ["F106"]


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    with big.open("wb") as file:
        file.truncate(3 * 2**30)
    assert [d.code for d in read_yaml(tmp_path, "big.yaml")[1]] == ["F102"]
    assert codes(b"a: " + b"x" * RECORD_BYTES) == ["F102"]


@pytest.mark.parametrize("kind", ["link", "pipe", "device", "folder"])
def test_what_is_no_regular_file_is_refused_and_not_followed(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.yaml"
    if kind == "link":
        path.symlink_to("/proc/self/environ")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    document, found = read_yaml(tmp_path, "x.yaml")
    assert document is None
    assert [d.code for d in found] == ["F101"]


def test_names_that_do_not_belong_are_told_and_none_is_ignored(tmp_path: Path) -> None:
    top = tmp_path / "catalog" / "models"
    top.mkdir(parents=True)
    for name in ("good.yaml", "Bad.yaml", "a b.yaml", "x.yml", "con.yaml", "x\n::error::y.yaml"):
        (top / name).write_text("a: 1\n")
    files, strange = folder(tmp_path, "catalog/models", ".yaml")
    assert files == ["catalog/models/good.yaml"]
    assert len(strange) == 5
    assert {d.code for d in strange} == {"F109"}


def test_text_stays_text_whatever_it_looks_like() -> None:
    text = "a: 2304.10300\nb: no\nc: 010\nd: 1_000\ne: 190:20:30\nf: 2023-02-30\ng: 1.10\nh: .nan\n"
    document, found = parse_yaml(FILE, text.encode())
    assert found == []
    assert document is not None
    assert document.value == {
        "a": "2304.10300",
        "b": "no",
        "c": "010",
        "d": "1_000",
        "e": "190:20:30",
        "f": "2023-02-30",
        "g": "1.10",
        "h": ".nan",
    }


def test_a_byte_order_mark_and_dos_line_ends_are_taken() -> None:
    document, found = parse_yaml(FILE, b"\xef\xbb\xbfname: x\r\ntitle: y\r\n")
    assert found == []
    assert document is not None
    assert document.value == {"name": "x", "title": "y"}


def test_every_value_and_key_knows_its_place() -> None:
    text = "name: x\nlist:\n  - {a: 1, b: two}\n  - [q, r]\n"
    document, _ = parse_yaml(FILE, text.encode())
    assert document is not None
    value = document.place(("list", 0, "b"))
    assert (value.line, value.column, value.width, value.text) == (3, 15, 3, "  - {a: 1, b: two}")
    key = document.place(("list", 0, "b"), key=True)
    assert (key.line, key.column, key.width) == (3, 12, 1)
    assert document.place(("list", 1, 1)).column == 9
    assert document.place(("nothing", "here")).line == 1


def test_a_table_is_read_by_its_header_and_a_short_row_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('a,b\n1,"x, y"\n')
    document, found = read_csv(tmp_path, "t.csv")
    assert found == []
    assert document is not None
    assert document.value == [{"a": "1", "b": "x, y"}]
    assert document.place((0, "b")).column == 4
    (tmp_path / "t.csv").write_text("a,b\n1\n")
    (problem,) = read_csv(tmp_path, "t.csv")[1]
    assert (problem.code, problem.place.line) == ("F105", 2)


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ("", "F110", None),
        ("a,a\n1,2\n", "F108", 1),
        ('a,b\n1,"x\ny"\n', "F105", 2),
        ('a,b\n1,"x"y\n', "F105", 2),
        ("a,b\n1,2,3\n", "F105", 2),
        ("a,b\n1,x\u202ey\n", "F104", 2),
    ],
)
def test_a_broken_table_is_answered_at_its_line(
    tmp_path: Path, table: str, code: str, line: int | None
) -> None:
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    found = read_csv(tmp_path, "t.csv")[1]
    assert code in [d.code for d in found]
    if line is not None:
        assert line in [d.place.line for d in found if d.code == code]


def test_a_table_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n" + "1\n" * 200_000)
    assert [d.code for d in read_csv(tmp_path, "t.csv")[1]] == ["F106"]
    assert [d.code for d in read_csv(tmp_path, "no.csv")[1]] == ["F112"]


def test_a_folder_that_is_a_link_or_a_file_is_not_walked(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_text("x")
    assert [d.code for d in folder(tmp_path, "linked", ".yaml")[1]] == ["F101"]
    assert [d.code for d in folder(tmp_path, "file", ".yaml")[1]] == ["F101"]
    assert folder(tmp_path, "nothing", ".yaml") == ([], [])


@given(st.binary(max_size=400))
@example(b"\x00")
@example(b"a: \xef\xbf\xbe")
@example(b"- - - -\n ?\n")
@example(b'"\\U00110000"')
def test_any_bytes_are_a_document_or_diagnostics(data: bytes) -> None:
    document, found = parse_yaml(FILE, data)
    assert document is not None or found


@given(st.text(alphabet="ab:-?[]{}&*!|>'\"%@#, \n\t<~", max_size=80))
def test_any_yaml_punctuation_is_a_document_or_diagnostics(text: str) -> None:
    document, found = parse_yaml(FILE, text.encode())
    assert document is not None or found
