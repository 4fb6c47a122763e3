"""YAML as libyaml's events, under limits, built into mappings, lists and strings only.

libyaml's own loader is never used: a small nested file can crash it. Its events are safe as long
as nobody follows them too deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import yaml

from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.diagnostics import called, shown
from fmcatalog.documents.problems import (
    F104,
    F105,
    F106,
    F107,
    F108,
    F110,
    F111,
    MAX_PROBLEMS,
    NULLS,
    UNSEEN,
    Problem,
)

Value = str | list["Value"] | dict[str, "Value"]
"""What a document is made of: text, lists and mappings. Types come later, from the records."""

MAX_DEPTH = 12

_Better = tuple[str, str, int, int]
"""A message, a help, a line and a column that say more than libyaml's own."""
_LAYOUT = "write a list as [a, b]; the records that are here show the layout"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key and its value stand; lines and columns from 1."""

    key_line: int
    key_column: int
    key_width: int
    line: int
    column: int
    width: int


class Builder:
    """Builds mappings, lists and strings from libyaml's events."""

    def __init__(self, text: str, most: int, spots: dict[FieldPath, Spot] | None) -> None:
        self._text = text
        self._max = most
        self._spots = spots
        self._count = 0
        self._last: yaml.Event | None = None
        self.problems: list[Problem] = []

    def build(self) -> Value:
        """Builds the document.

        Raises:
            Problem: It cannot be read; what can be read over is in ``problems``.
        """
        self._events = yaml.parse(self._text, Loader=yaml.CBaseLoader)
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise self._syntax(error) from None
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # Not all of libyaml's complaints are YAMLErrors, nor do all of them know their place.
            raise Problem(F105, f"not YAML: {str(error)[:120]}") from None

    def _next(self) -> yaml.Event:
        self._count += 1
        if self._count > self._max:
            raise Problem(F106, f"has more than {self._max} values", _LAYOUT)
        event: yaml.Event = next(self._events)
        self._last = event
        return event

    def _document(self) -> Value:
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise Problem(F110, "the file is empty", "begin with 'name: …'")
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            raise self._at(F107, event, "a directive (%…)", "delete the line")
        value = self._value(self._next(), (), 0)
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            help = "delete this line; another record goes into a file of its own"
            raise self._at(F107, event, "a second document (---)", help)
        if not isinstance(value, dict):
            raise Problem(
                F110, "the file is not a mapping of keys to values", "begin with 'name: …'", 1, 1
            )
        return value

    def _value(self, event: yaml.Event, path: FieldPath, depth: int) -> Value:
        self._plain(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if depth >= MAX_DEPTH:
            raise self._at(F106, event, f"is nested more than {MAX_DEPTH} levels deep", _LAYOUT)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, path, depth)
        return self._mapping(event, path, depth)

    def _plain(self, event: yaml.Event) -> None:
        """Refuses what would make a value something else than what is written."""
        if isinstance(event, yaml.AliasEvent):
            help = "quote a text that begins with '*', or write the value out"
            raise self._at(F107, event, f"an alias ({shown(f'*{event.anchor}', 40)})", help)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            help = "quote a text that begins with '&', or delete it"
            raise self._at(F107, event, f"an anchor ({shown(f'&{anchor}', 40)})", help)
        tag = getattr(event, "tag", None)
        if tag is not None:
            help = "quote a text that begins with '!', or delete it"
            raise self._at(F107, event, f"a tag ({shown(tag, 40)})", help)

    def _scalar(self, event: yaml.ScalarEvent, path: FieldPath, *, key: bool = False) -> str:
        value: str = event.value
        if self._spots is not None and path not in self._spots:
            self._mark(event, path)
        if event.style in {">", "|"} and not value.strip():
            help = f"quote it, such as '{event.style}1', or write the text below it, indented"
            raise self._at(F105, event, f"'{event.style}' begins a text that is not there", help)
        if not key and not event.style and value in NULLS:
            self._note(self._nothing(event, path))
        elif event.style == '"' and (unseen := UNSEEN.search(value)):
            message = f"an escape gives {called(unseen[0])}, which cannot be seen"
            self._note(self._at(F104, event, message, "delete it"))
        return value

    def _nothing(self, event: yaml.Event, path: FieldPath) -> Problem:
        # Whether it can be left out, the shape of the file knows: records.remedies.
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        item = "an item of " if path and isinstance(path[-1], int) else ""
        help = "write it, write not-reported, or leave the key out"
        return Problem(F111, f"{item}'{key}' has no value", help, *_span(event), path)

    def _note(self, problem: Problem) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)

    def _sequence(self, event: yaml.Event, path: FieldPath, depth: int) -> list[Value]:
        self._mark(event, path)
        items: list[Value] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, event: yaml.Event, path: FieldPath, depth: int) -> dict[str, Value]:
        self._mark(event, path)
        mapping: dict[str, Value] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            self._plain(event)
            if not isinstance(event, yaml.ScalarEvent):
                help = "write 'key: value'; quote a text that holds brackets"
                raise self._at(F105, event, "a list or a mapping where a key is wanted", help)
            key = self._scalar(event, (*path, "?"), key=True)
            if key == "<<" and not event.style:
                raise self._at(F107, event, "a merge key (<<)", "write the values out")
            if key in mapping:
                message = f"{shown(key)} stands twice, first in line {lines[key]}"
                self._note(self._at(F108, event, message, "keep one of the two"))
            lines[key] = _span(event)[0]
            if not key and not event.style:
                raise self._at(F105, event, "a ':' without a key", "write 'key: value'")
            value_event = self._next()
            if ":" in key and not event.style and _empty(value_event):
                raise self._at(F105, event, "a ':' without a space", "write 'key: value'")
            value = self._value(value_event, (*path, key), depth + 1)
            if self._spots is not None and key not in mapping:
                self._mark(value_event, (*path, key), key=event)
            mapping.setdefault(key, value)
        return mapping

    def _mark(self, event: yaml.Event, path: FieldPath, key: yaml.Event | None = None) -> None:
        if self._spots is None:
            return
        at = (0, 0, 0) if key is None else _span(key)
        self._spots[path] = Spot(*at, *_span(event))

    def _at(self, code: str, event: yaml.Event, message: str, help: str) -> Problem:
        return Problem(code, message, help, *_span(event))

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        said = f"{error.context or ''} {error.problem or ''}".strip()
        mark, begun = error.problem_mark, error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        code, message, help, point_back = next(
            (row[1:] for row in _SYNTAX if row[0] in said),
            (F105, f"not YAML: {shown(said, 120)}", "", False),
        )
        if (point_back or not self._line(line).strip()) and begun and begun.line + 1 <= line:
            # Where it began is where the writer has to look, not where the parser gave up.
            line, column = begun.line + 1, begun.column + 1
        better = None
        if "did not find expected key" in said:
            better = self._quoted_before(mark) or self._stray(line, column)
        elif "mapping values" in said:
            better = self._key_begun(line, column)
        elif "any token" in said and self._line(line)[column - 1 : column] == "\t":
            better = ("a tab used as indentation", "indent with spaces", line, column)
        if better is not None:
            message, help, line, column = better
        while line > 1 and not self._line(line).strip():
            # The parser gave up at the end of the file; what is missing belongs to the text above.
            line, column = line - 1, len(self._line(line - 1).rstrip()) + 1
        return Problem(code, message, help, line, column, self._word(line, column))

    def _key_begun(self, line: int, column: int) -> _Better | None:
        """Tells whether a refused ':' ends a key, so that the fault lies in the line above."""
        key = re.fullmatch(r"( *)[A-Za-z_-]+", self._line(line)[: column - 1])
        above = next((n for n in range(line - 1, 0, -1) if self._line(n).strip()), 0)
        if key is None or not above:
            return None
        indent = len(self._line(above)) - len(self._line(above).lstrip(" "))
        if len(key[1]) > indent:
            help = "begin the keys of one block in the same column"
            return "wrong indentation", help, line, len(key[1]) + 1
        help = "write a ':' and a space after the key, and a space after '-'"
        return "a line without 'key: value'", help, above, indent + 1

    def _stray(self, line: int, column: int) -> _Better | None:
        """Tells whether there is something too much before or at a place where no key begins."""
        rest = self._line(line)[column - 1 :]
        if rest[:1] == ":":
            return "a ':' without a key", "write 'key: value'", line, column
        if self._line(line)[: column - 1].strip() or rest[:1] in {"]", "}", ","}:
            help = "put a text that holds quotes, brackets or commas in quotes"
            what = "text" if rest[:1].isalnum() else shown(rest[:1])
            return f"{what} where none can be", help, line, column
        return None

    def _quoted_before(self, mark: yaml.Mark | None) -> _Better | None:
        """Tells whether a quoted text ends right before a place where no key begins."""
        last = self._last
        if not (isinstance(last, yaml.ScalarEvent) and last.style in {"'", '"'} and mark):
            return None
        line, column, _ = _span(last)
        if cast("yaml.Mark", last.end_mark).line != mark.line:
            return None
        if line <= mark.line:
            what = f"a quote that is not closed ({last.style})"
            return what, "close it in its line, or quote with the other kind", line, column
        inside = "write '' for an apostrophe inside '…', or quote with \"…\""
        help = inside if last.style == "'" else "quote the whole text, with '…' outside"
        return "text after the closing quote", help, line, mark.column + 1

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def _line(self, line: int) -> str:
        return self._lines[line - 1] if line <= len(self._lines) else ""

    def _word(self, line: int, column: int) -> int:
        """Gives the length of the word at a place, to underline it."""
        found = re.match(r"\S+", self._line(line)[column - 1 :])
        return len(found[0]) if found else 1


def _span(event: yaml.Event) -> tuple[int, int, int]:
    """Gives line, column and width of an event; a width of 1 where it spans lines."""
    start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
    width = end.column - start.column if end.line == start.line else 1
    return start.line + 1, start.column + 1, max(1, width)


def _empty(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and not event.value


_SYNTAX: list[tuple[str, str, str, str, bool]] = [
    # words of libyaml; code, message, help; whether to point at what was begun
    (
        "mapping values are not allowed",
        F105,
        "a ':' where none can be",
        "put a text that holds ': ' in quotes, or look for a missing quote or indent above",
        False,
    ),
    (
        "could not find expected ':'",
        F105,
        "a line without 'key: value'",
        "write a ':' and a space after the key, and a space after '-'",
        True,
    ),
    (
        "did not find expected key",
        F105,
        "wrong indentation",
        "begin the keys of one block in the same column",
        False,
    ),
    (
        "did not find expected '-'",
        F105,
        "wrong indentation in a list",
        "begin the items in one column, and their keys two columns further",
        False,
    ),
    (
        "did not find expected ',' or ']'",
        F105,
        "a list that is not closed, or lacks a comma",
        "write [a, b]",
        True,
    ),
    (
        "did not find expected ',' or '}'",
        F105,
        "a mapping that is not closed, or lacks a comma",
        "write {key: value, key: value}",
        True,
    ),
    (
        "did not find expected node content",
        F105,
        "something is missing here",
        "write [a, b] or {key: value}",
        False,
    ),
    (
        "block sequence entries are not allowed",
        F105,
        "a '-' where no list can begin",
        "begin the list in the line below its key, or quote the text",
        False,
    ),
    ("tab character", F105, "a tab used as indentation", "indent with spaces", False),
    (
        "cannot start any token",
        F105,
        "a character that cannot begin a text",
        "put the text in quotes",
        False,
    ),
    (
        "found unexpected end of stream",
        F105,
        "a quote that is not closed",
        "close it in its line",
        True,
    ),
    (
        "unknown escape",
        F105,
        "a '\\' in double quotes that means nothing",
        "use single quotes",
        False,
    ),
    (
        "invalid Unicode character escape",
        F105,
        "an escape that is no character",
        "type the character",
        False,
    ),
    (
        "did not find expected comment or line break",
        F105,
        "a text that begins with '>' or '|'",
        "put it in quotes, such as '>8'",
        True,
    ),
    ("undefined tag handle", F107, "a tag (!…)", "quote a text that begins with '!'", False),
    ("directive", F107, "a directive (%…)", "delete the line", False),
    ("incompatible YAML document", F107, "a directive (%…)", "delete the line", False),
    (
        "document start",
        F105,
        "text after the end of the record",
        "begin every key in the first column; one record a file",
        False,
    ),
    (
        "alphabetic or numeric",
        F107,
        "an anchor or alias (&, *)",
        "quote a text that begins with it",
        False,
    ),
]
