"""Texts on one line."""

from __future__ import annotations

import sys

import pytest

from fmcatalog.export.lines import line

SPACES = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]


@pytest.mark.parametrize("space", [*SPACES, "  ", " \n", "\r\n"])
def test_all_space_becomes_one_space_and_goes_from_the_ends(space: str) -> None:
    assert line(f"a{space}b") == "a b"
    assert line(f"{space}a b{space}") == "a b"
    assert line(space) == ""


@pytest.mark.parametrize("text", ["", "a", "a b", "Tübingen → 東京", "a\u200bb", "a\x00b"])
def test_a_line_stays_as_it_is(text: str) -> None:
    assert line(text) == text
