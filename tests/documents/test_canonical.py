"""The canonical layout is read without a parser, and never otherwise than a parser reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmcatalog.documents import MAX_EVENTS, canonical, quick

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [p.read_text("utf-8") for p in sorted((ROOT / "catalog" / "models").glob("*.yaml"))]

WHOLE = """\
# a comment
name: One
title: "One: two, and three?"
authors:
  - Ana (of A) O'Neil
  - "B: C"
address: https://example.org/a#b?c=d
list: [a b, "c, d", (e)]
pairs: {one: x y, two: "z: z"}
text: >-
  Some words - and: more # of
  them.
stages:
  - stage: ~3
    note: >-
      In an
      item.
    fields:
      - deep
  - {model: m, relation: r}
  - >-
    Folded
    again.
last:
  inner: v
"""


def test_the_whole_of_the_layout_is_read_without_a_parser() -> None:
    assert canonical.read(WHOLE, MAX_EVENTS) == {
        "name": "One",
        "title": "One: two, and three?",
        "authors": ["Ana (of A) O'Neil", "B: C"],
        "address": "https://example.org/a#b?c=d",
        "list": ["a b", "c, d", "(e)"],
        "pairs": {"one": "x y", "two": "z: z"},
        "text": "Some words - and: more # of them.",
        "stages": [
            {"stage": "~3", "note": "In an item.", "fields": ["deep"]},
            {"model": "m", "relation": "r"},
            "Folded again.",
        ],
        "last": {"inner": "v"},
    }
    assert canonical.read(WHOLE, MAX_EVENTS) == quick.build(WHOLE, MAX_EVENTS)


def test_every_record_of_the_catalog_is_read_without_a_parser() -> None:
    for text in RECORDS:
        found = canonical.read(text, MAX_EVENTS)
        assert found is not None, text[:200]
        assert found == quick.build(text, MAX_EVENTS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "a: b",
        "a:\n",
        "a:\nb: c\n",
        "a: ~\n",
        "a: null\n",
        "null: a\n",
        "a: [b, null]\n",
        "a: b\na: c\n",
        "a: {b: c, b: d}\n",
        "a: b: c\n",
        "a: b #c\n",
        "a: b \n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: b\n\nc: d\n",
        "a: b\n# c\n",
        "a: 'b'\n",
        'a: ""\n',
        'a: ""\n  - b\n',
        'a: "\\n"\n',
        'a: "b" c\n',
        "a: [b,c]\n",
        "a: [b, c:d]\n",
        "a: [[b], c]\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: -\n",
        "a: |\n  b\n",
        "a: >\n  b\n",
        "a: >-\nb: c\n",
        "a: >-\n  b\n   c\n",
        "a: >-\n    b\n",
        "a: >-\n  b\n\n  c\n",
        "a:\n- b\n",
        "a:\n   - b\n",
        "a:\n  - b\n  c: d\n",
        "a:\n  - - b\n",
        "a:\n  -\n    b: c\n",
        "- a\n",
        "<<: a\n",
        "---\na: b\n",
        "a: b\n...\n",
        "a: b\n---\na: b\n",
    ],
)
def test_whatever_else_is_left_to_the_parser(text: str) -> None:
    assert canonical.read(text, MAX_EVENTS) is None


def test_a_text_that_may_have_too_many_values_is_left_to_the_parser() -> None:
    text = "a: b\n"
    assert canonical.read(text, 2 * len(text) + 1) == {"a": "b"}
    assert canonical.read(text, 2 * len(text)) is None


def test_lists_and_mappings_are_taken_as_deep_as_records_go_and_no_deeper() -> None:
    lines = [f"{'  ' * level}a:\n" for level in range(5)]
    assert canonical.read("".join([*lines, f"{'  ' * 5}a: b\n"]), MAX_EVENTS) is not None
    deeper = f"{'  ' * 5}a:\n{'  ' * 6}a: b\n"
    assert canonical.read("".join([*lines, deeper]), MAX_EVENTS) is None


# --- never otherwise than the parser --------------------------------------------------------------

INDENTS = st.sampled_from(["", "", "", "  ", "  ", "  ", "    ", "    ", "      ", " "])
DASHES = st.sampled_from(["", "", "", "- ", "- ", "-", "- - "])
KEYS = st.sampled_from(
    ["a: ", "b: ", "c: ", "d: ", "a:", "b:", "c:", "", "", "null: ", "A: ", '"a": ', "<<: ", "a : "]
)
PLAIN = st.text("ab1 :#,'\"~-.[]{}?&*!|>%@`\\=é李", max_size=6)
CELLS = st.lists(PLAIN | st.sampled_from(["a", "b", '"c, d"', "null", "~", "~1"]), max_size=3)
PAIRS = st.lists(st.tuples(st.sampled_from("abcd"), PLAIN | st.just('"e: f, g"')), max_size=3)
VALUES = st.one_of(
    PLAIN,
    PLAIN.map('"{}"'.format),
    st.sampled_from(["null", "Null a", "~", "~3", "(a) b", "x y", "a:b#c", ">-", ">-", "|", ""]),
    CELLS.map(lambda cells: f"[{', '.join(cells)}]"),
    PAIRS.map(lambda pairs: f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}"),
)
LINES = st.one_of(
    st.tuples(INDENTS, DASHES, KEYS, VALUES).map("".join),
    st.tuples(INDENTS, st.sampled_from(["some words", "- a", "a: b", "", "# c"])).map("".join),
)
TEXTS = st.lists(LINES, min_size=1, max_size=8).map(lambda lines: "\n".join([*lines, ""]))


def agrees(text: str) -> None:
    """Holds what is read without a parser to what is read with one."""
    found = canonical.read(text, MAX_EVENTS)
    assert found is None or found == quick.build(text, MAX_EVENTS)


@settings(max_examples=1000)
@given(TEXTS)
def test_made_up_lines_are_read_as_the_parser_reads_them_or_not_at_all(text: str) -> None:
    agrees(text)


PIECES = st.sampled_from(
    [
        "\n",
        "  ",
        " ",
        "- ",
        "a: b",
        ": ",
        ":",
        " #",
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "null",
        "~",
    ]
) | st.sampled_from(["? ", "&a ", "*a", "|", ">-", ">-\n  ", "---\n", "<<: ", "\\", "(", "\n\n"])


@settings(max_examples=400)
@given(
    st.sampled_from([WHOLE, *RECORDS[::20]]),
    st.lists(st.tuples(st.integers(0, 8000), st.integers(0, 4), PIECES), min_size=1, max_size=4),
)
def test_edited_records_are_read_as_the_parser_reads_them_or_not_at_all(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    for at, dropped, piece in edits:
        place = at % (len(text) + 1)
        text = text[:place] + piece + text[place + dropped :]
    agrees(text)
