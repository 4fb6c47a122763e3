"""What a slip in the YAML is called, and where the caret stands."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.diagnostics import Diagnostic, as_text
from fmcatalog.documents import parse_yaml, quick
from fmcatalog.documents.events import MAX_DEPTH, Builder, Problem

FILE = "catalog/models/x.yaml"


def only(text: str) -> Diagnostic:
    (found,) = parse_yaml(FILE, text.encode())[1]
    return found


def underlined(found: Diagnostic) -> str:
    start = found.place.column - 1
    return found.place.text[start : start + found.place.width]


# text; code, line, what the caret stands under, words of the message, words of the help
SLIPS: dict[str, tuple[str, str, int, str, str, str]] = {
    "a key without its colon": (
        "name: x\ncategory adaptation\nsources: []\n",
        "F105",
        2,
        "category",
        "a line without 'key: value'",
        "a ':' and a space",
    ),
    "a colon without its space": (
        "name:x\ntitle: y\n",
        "F105",
        1,
        "name:x",
        "a line without 'key: value'",
        "a ':' and a space",
    ),
    "a dash without its space": (
        "a:\n  - b\n  -c\n  - d\n",
        "F105",
        3,
        "-c",
        "a line without 'key: value'",
        "a space after '-'",
    ),
    "a colon without its space in braces": (
        "a: {b:c, d: e}\n",
        "F105",
        1,
        "b:c",
        "a ':' without a space",
        "write 'key: value'",
    ),
    "a colon without a key": (": b\n", "F105", 1, ":", "without a key", "write 'key: value'"),
    "a colon without a key in braces": (
        "a: {: b}\n",
        "F105",
        1,
        ":",
        "something is missing here",
        "{key: value}",
    ),
    "a comma too many": ("a: [b, , c]\n", "F105", 1, ",", "something is missing", "[a, b]"),
    "a question mark alone": ("? \n: b\n", "F105", 1, "", "a ':' without a key", "key: value"),
    "a colon inside a text": (
        "summary: A model: it draws\n",
        "F105",
        1,
        ":",
        "a ':' where none can be",
        "in quotes",
    ),
    "a key a column too far": (
        "name: x\n title: y\n",
        "F105",
        2,
        "title:",
        "wrong indentation",
        "the same column",
    ),
    "a key between two columns": (
        "a:\n  b: c\n d: e\n",
        "F105",
        3,
        "d:",
        "wrong indentation",
        "the same column",
    ),
    "a key between two columns under a quoted text": (
        "a:\n  b: 'c'\n d: e\n",
        "F105",
        3,
        "d:",
        "wrong indentation",
        "the same column",
    ),
    "a key of a list item a column too near": (
        "a:\n  - b: 1\n    c: 2\n   d: 3\n",
        "F105",
        4,
        "d:",
        "wrong indentation in a list",
        "two columns further",
    ),
    "a quote that the rest of the file closes": (
        'a: "b\nc: d\ne: "f" g\n',
        "F105",
        1,
        '"b',
        "a quote that is not closed",
        "close it",
    ),
    "a quote that nothing closes": (
        "a: b\nc: 'd\n",
        "F105",
        2,
        "'d",
        "a quote that is not closed",
        "close it",
    ),
    "an apostrophe in single quotes": (
        "a: 'it's'\n",
        "F105",
        1,
        "s'",
        "text after the closing quote",
        "write ''",
    ),
    "a bracket too many": ("a: [b, c]]\n", "F105", 1, "]", "']' where none can be", "in quotes"),
    "a list among keys": ("a: 'b'\n- c\n", "F105", 2, "-", "wrong indentation", "same column"),
    "a bracket that closes nothing": ("a: 'b'\n]\n", "F105", 2, "]", "']' where none", "quotes"),
    "a list that is not closed": (
        "a: [b, c\nd: e\n",
        "F105",
        1,
        "[b,",
        "a list that is not closed",
        "write [a, b]",
    ),
    "a mapping that is not closed": (
        "a:\n  - {b: c\nd: e\n",
        "F105",
        2,
        "{b:",
        "a mapping that is not closed",
        "write {key: value",
    ),
    "a list in the line of its key": (
        "a: - b\n",
        "F105",
        1,
        "-",
        "a '-' where no list can begin",
        "in the line below",
    ),
    "a tab in front of a key": (
        "a:\n\tb: c\n",
        "F105",
        2,
        "\t",
        "a tab used as indentation",
        "indent with spaces",
    ),
    "a tab in front of an item": (
        "a:\n  - b\n\t- c\n",
        "F105",
        3,
        "\t",
        "a tab used as indentation",
        "indent with spaces",
    ),
    "an at sign in front": ("a: @b\n", "F105", 1, "@b", "cannot begin a text", "in quotes"),
    "a percent sign in front": ("a: %b\n", "F105", 1, "%b", "cannot begin a text", "in quotes"),
    "an unknown escape": (
        'a: "Med\\SAM"\n',
        "F105",
        1,
        '\\SAM"',
        "in double quotes that means nothing",
        "single quotes",
    ),
    "an escaped surrogate": (
        'a: "\\uD800"\n',
        "F105",
        1,
        'D800"',
        "an escape that is no character",
        "type the character",
    ),
    "an escape beyond Unicode": (
        'a: "\\U00110000"\n',
        "F105",
        1,
        '00110000"',
        "an escape that is no character",
        "type the character",
    ),
    "a bound without quotes": (
        "a: >1\nb: c\n",
        "F105",
        1,
        ">",
        "'>' begins a text that is not there",
        "quote it",
    ),
    "a longer bound without quotes": (
        "a: >100\nb: c\n",
        "F105",
        1,
        ">100",
        "a text that begins with '>'",
        "in quotes",
    ),
    "a list as a key": ("? [a]\n: b\n", "F105", 1, "[", "where a key is wanted", "key: value"),
    "a mapping as a key": ("{{a: b}: c}\n", "F105", 1, "{", "where a key is wanted", "quote"),
    "text after the end": (
        "a: b\n...\nc: d\n",
        "F105",
        3,
        "c:",
        "text after the end of the record",
        "one record a file",
    ),
    "an anchor": ("a: &b c\n", "F107", 1, "&b c", "an anchor ('&b')", "begins with '&'"),
    "an alias": ("a: *b\n", "F107", 1, "*b", "an alias ('*b')", "begins with '*'"),
    "an alias as a key": ("*b : c\n", "F107", 1, "*b", "an alias ('*b')", "write the value out"),
    "bold text": ("a: **b**\n", "F107", 1, "*b**", "an anchor or alias", "quote"),
    "a tag that runs code": (
        "a: !!python/object/apply:os.system [ls]\n",
        "F107",
        1,
        "!!python/object/apply:os.system [",
        "a tag ('tag:yaml.org,2002:python/object/apply:os…')",
        "begins with '!'",
    ),
    "a tag of its own": ("a: !b c\n", "F107", 1, "!b c", "a tag ('!b')", "begins with '!'"),
    "a bare exclamation mark": ("a: ! c\n", "F107", 1, "! c", "a tag ('!')", "begins with '!'"),
    "a tag handle that nothing defines": ("a: !e!b c\n", "F107", 1, "!e!b", "a tag", "quote"),
    "a merge key": ("<<: {a: b}\n", "F107", 1, "<<", "a merge key", "write the values out"),
    "a nested merge key": ("a:\n  <<: b\n", "F107", 2, "<<", "a merge key", "write the values"),
    "a version directive": ("%YAML 1.2\n---\na: b\n", "F107", 1, "%", "a directive", "delete"),
    "a version that libyaml refuses": (
        "%YAML 1.3\n---\na: b\n",
        "F107",
        1,
        "%YAML",
        "a directive",
        "delete",
    ),
    "a tag directive": ("%TAG ! tag:x,1:\n---\na: b\n", "F107", 1, "%", "a directive", "delete"),
    "an unknown directive": ("%FOO x\n---\na: b\n", "F107", 1, " x", "a directive", "delete"),
    "a percent sign at the start of a line": (
        "a: b\n%c: d\n",
        "F107",
        2,
        ": d",
        "a directive",
        "delete",
    ),
    "a second document": (
        "a: b\n---\nc: d\n",
        "F107",
        2,
        "---",
        "a second document",
        "a file of its own",
    ),
    "a key twice": ("a: b\nc: d\na: e\n", "F108", 3, "a", "first in line 1", "keep one"),
    "a nested key twice": (
        "a:\n  - {b: 1, c: 2,\n     b: 3}\n",
        "F108",
        3,
        "b",
        "'b' stands twice, first in line 2",
        "keep one",
    ),
    "a key twice, once in quotes": ("a: b\n'a': e\n", "F108", 2, "'a'", "first in line 1", "keep"),
    "nothing behind a key": ("a:\nb: c\n", "F111", 1, "", "'a' has no value", "not-reported"),
    "only a comment behind a key": ("b: #c\n", "F111", 1, " ", "'b' has no value", "leave the key"),
    "a null": ("a: {b: null}\n", "F111", 1, "null", "'b' has no value", "not-reported"),
    "a tilde in a list": ("a: [~]\n", "F111", 1, "~", "has no value", "not-reported"),
    "a list at the top": ("- a: b\n", "F110", 1, "-", "is not a mapping", "begin with 'name: …'"),
    "a text at the top": ("hello\n", "F110", 1, "h", "is not a mapping", "begin with 'name: …'"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_and_the_caret_stands_under_it(slip: str) -> None:
    text, code, line, word, said, help = SLIPS[slip]
    found = only(text)
    assert (found.code, found.place.line) == (code, line)
    assert underlined(found).startswith(word[:1])
    assert found.place.text[found.place.column - 1 :].startswith(word)
    assert said in found.message
    assert help in found.help
    assert len(as_text([found]).splitlines()) <= 4


def test_an_empty_file_says_how_to_begin() -> None:
    for text in ("", "\n\n", "# only a comment\n", "\ufeff"):
        found = only(text)
        assert (found.code, found.message, found.help) == (
            "F110",
            "the file is empty",
            "begin with 'name: …'",
        )


def test_a_start_marker_alone_is_a_document_without_value() -> None:
    codes = {d.code for d in parse_yaml(FILE, b"---\n")[1]}
    assert codes == {"F110"}


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH])
def test_lists_may_be_nested_up_to_the_limit_and_no_deeper(depth: int) -> None:
    text = "a: " + "[" * depth + "x" + "]" * depth
    codes = [d.code for d in parse_yaml(FILE, text.encode())[1]]
    assert codes == ([] if depth < MAX_DEPTH else ["F106"])


def test_the_number_of_values_is_limited_whatever_the_size() -> None:
    Builder("a: [b, c]\n", 11, None).build()
    with pytest.raises(Problem, match="more than 10 values"):
        Builder("a: [b, c]\n", 10, None).build()


def test_a_quoted_null_a_quoted_merge_key_and_an_empty_text_are_texts() -> None:
    document, found = parse_yaml(FILE, b"a: 'null'\n'<<': b\n? ''\n: \"\"\n")
    assert found == []
    assert document is not None
    assert document.value == {"a": "null", "<<": "b", "": ""}


def test_an_escaped_unseen_character_is_found_in_a_key_and_in_a_value() -> None:
    found = parse_yaml(FILE, b'"a\\u200B": "b\\u202E"\n')[1]
    assert [(d.code, d.place.column) for d in found] == [("F104", 1), ("F104", 12)]
    assert "U+200B ZERO WIDTH SPACE" in found[0].message


def test_only_so_many_problems_of_a_file_are_kept() -> None:
    found = parse_yaml(FILE, b"a: [" + b"~," * 5000 + b"]")[1]
    assert len(found) == 200


def test_a_text_over_several_lines_is_kept_and_marked_at_its_start() -> None:
    document, found = parse_yaml(FILE, b"a: >-\n  one\n  two\nb: 'three\n  four'\n")
    assert found == []
    assert document is not None
    assert document.value == {"a": "one two", "b": "three four"}
    place = document.place(("b",))
    assert (place.line, place.column, place.width) == (4, 4, 1)


def test_what_the_parser_says_without_a_place_is_still_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parse(*_: object, **__: object) -> object:
        raise ValueError("strange")

    monkeypatch.setattr(quick, "build", lambda *_: None)
    monkeypatch.setattr(yaml, "parse", lambda *a, **k: iter(parse, 1))
    found = only("'a': b\n")
    assert (found.code, found.message) == ("F105", "not YAML: strange")


def test_a_complaint_that_nobody_foresaw_is_passed_on_cut_and_quoted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parse(*_: object, **__: object) -> object:
        raise yaml.MarkedYAMLError(problem="\x1b[31m" + "z" * 500)

    monkeypatch.setattr(quick, "build", lambda *_: None)
    monkeypatch.setattr(yaml, "parse", lambda *a, **k: iter(parse, 1))
    found = only("'a': b\n")
    assert (found.code, found.place.line, found.place.column) == ("F105", 1, 1)
    assert found.message.startswith("not YAML: '<U+001B>[31m")
    assert len(found.message) < 150


SAFE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
VALUES = st.recursive(
    SAFE,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(SAFE, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(SAFE, VALUES, min_size=1, max_size=5))
def test_what_is_written_in_quotes_is_read_letter_by_letter(value: dict[str, object]) -> None:
    text = json.dumps(value, ensure_ascii=False)
    document, found = parse_yaml(FILE, text.encode(), limit=1 << 20)
    assert {d.code for d in found} <= {"F104"}
    assert document is not None
    assert document.value == value
