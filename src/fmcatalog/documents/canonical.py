"""The shortest way through a file in the canonical layout, as `layout` writes it.

Such a file needs no parser: a line is indented by two spaces a level, goes on with a dash, a key
or both, and its value ends with it or is a folded text in the lines below. Only what can mean
but one thing is taken. At the first other line this gives up, and `quick` reads the file.
"""

from __future__ import annotations

import re
from typing import Any

from fmcatalog.documents.events import Value

_KEY = r"(?!null\b)[a-z][a-z_]{0,40}"
_BEGIN = r"(?!(?:null|Null|NULL)\b)[~(]?[^\W_]"
_CELL = rf'(?:{_BEGIN}[^\n,:\#?\[\]{{}}"]*+(?<!\x20)|"[^"\\\n]++")'
_PAIR = rf"{_KEY}:\x20{_CELL}"
_LINE = re.compile(
    rf"""
    ((?:\x20\x20){{0,5}}+)  # far from MAX_DEPTH
    (-\x20)?
    (?:({_KEY}):(?:\x20|(?=\n)))?
    (?:
      ({_BEGIN}[^\n:\#]*+(?:(?:(?<!\x20)\#|:(?![\x20\n]))[^\n:\#]*+)*+(?<!\x20))
    | "([^"\\\n]++)"
    | \[({_CELL}(?:,\x20{_CELL})*+)\]
    | {{({_PAIR}(?:,\x20{_PAIR})*+)}}
    | >-((?:\n\1(?(2)(?(3)\x20\x20))\x20\x20[^\x20\n].*+)++)
    |
    )\n
    | .++  # any other line gives neither dash nor key
    """,
    re.VERBOSE,
)
_CELLS = re.compile(r'(?:"([^"]+)"|([^,]+))(?:, |\Z)')
_PAIRS = re.compile(r'([a-z_]+): (?:"([^"]+)"|([^,]+))(?:, |\Z)')
_COMMENT = re.compile("(?:#.*\n)?")


class _Odd(Exception):
    """Something that the parser has to look at."""


def read(text: str, most: int) -> dict[str, Value] | None:
    """Reads a document.

    Args:
        text: The decoded text, of which all but the line ends can be printed.
        most: The largest number of libyaml's events.

    Returns:
        What `quick.build` would give; None when it has to be asked.
    """
    # No character makes more than two events.
    if 2 * len(text) >= most:
        return None
    try:
        return _document(text)
    except _Odd:
        return None


def _document(text: str) -> dict[str, Value]:
    top: dict[str, Value] = {}
    homes: list[Any] = [top]  # the list or mapping of each level that may still grow
    awaited = ""  # the key whose list or mapping the next line begins
    begin = _COMMENT.match(text)
    lines = _LINE.findall(text, begin.end() if begin else 0)
    for indent, dash, key, plain, quoted, cells, pairs, folded in lines:
        level = len(indent) // 2
        if awaited or level != len(homes) - 1:
            _move(homes, level, awaited, [] if dash else {})
            awaited = ""
        if type(homes[level]) is not (list if dash else dict):
            raise _Odd
        if dash and key:
            homes.append({})
            homes[level].append(homes[-1])
        value = plain or quoted
        if folded:
            margin = "    " if dash and key else "  "
            value = folded.replace(f"\n{indent}{margin}", " ")[1:]
        elif not value and (cells or pairs):
            value = _list(cells) if cells else _mapping(pairs)
        home = homes[-1]
        if key and key not in home:
            home[key] = value
            awaited = "" if value else key
        elif value and dash and not key:
            home.append(value)
        else:
            raise _Odd
    if awaited or not top:
        raise _Odd
    return top


def _move(homes: list[Any], level: int, awaited: str, new: Any) -> None:
    """Goes to the list or mapping that a line adds to: a new one, or one that holds the last."""
    if level != len(homes) if awaited else level >= len(homes):
        raise _Odd
    if awaited:
        homes[-1][awaited] = new
        homes.append(new)
    else:
        del homes[level + 1 :]


def _list(cells: str) -> list[Value]:
    if '"' not in cells:
        return [*cells.split(", ")]
    return [quoted or plain for quoted, plain in _CELLS.findall(cells)]


def _mapping(pairs: str) -> dict[str, Value]:
    found = _PAIRS.findall(pairs)
    mapping: dict[str, Value] = {key: quoted or plain for key, quoted, plain in found}
    if len(mapping) < len(found):
        raise _Odd
    return mapping
