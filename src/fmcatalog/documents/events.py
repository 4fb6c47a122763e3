"""YAML as libyaml's events, under limits, built into mappings, lists and strings only.

libyaml's own loader is never used: a small nested file can crash it. Its events are safe as long
as nobody follows them too deep.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.diagnostics import shown
from fmcatalog.documents.problems import (
    F104,
    F105,
    F106,
    F107,
    F108,
    F110,
    F111,
    UNSEEN,
    Problem,
)

Value = str | list["Value"] | dict[str, "Value"]
"""What a document is made of: text, lists and mappings. Types come later, from the records."""

MAX_DEPTH = 12
_LAYOUT = "use the layout of a record"


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
            # Not all of libyaml's complaints are YAMLErrors: a bad escape is a ValueError.
            raise Problem(F105, f"not YAML: {str(error)[:120]}") from None

    def _next(self) -> yaml.Event:
        self._count += 1
        if self._count > self._max:
            raise Problem(F106, f"has more than {self._max} values", _LAYOUT)
        event: yaml.Event = next(self._events)
        return event

    def _document(self) -> Value:
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise Problem(F110, "is empty", "begin with 'name: …'")
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            raise self._at(F107, event, "a directive (%…)", "delete the line")
        value = self._value(self._next(), (), 0)
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._at(F107, event, "a second document (---)", "one record a file")
        if not isinstance(value, dict):
            raise Problem(F110, "is not a mapping of keys to values", "begin with 'name: …'", 1, 1)
        return value

    def _value(self, event: yaml.Event, path: FieldPath, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            raise self._at(F107, event, f"an alias (*{event.anchor})", "write the value out")
        if getattr(event, "anchor", None):
            raise self._at(F107, event, "an anchor (&…)", "write the value without it")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise self._at(F107, event, f"a tag ({shown(tag, 40)})", "write the value without it")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if depth >= MAX_DEPTH:
            raise self._at(F106, event, f"is nested more than {MAX_DEPTH} levels deep", _LAYOUT)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, path, depth)
        return self._mapping(event, path, depth)

    def _scalar(self, event: yaml.ScalarEvent, path: FieldPath) -> str:
        value: str = event.value
        if self._spots is not None and path not in self._spots:
            self._mark(event, path)
        if not event.style and value in {"", "~", "null", "Null", "NULL"}:
            self.problems.append(
                self._at(
                    F111,
                    event,
                    f"'{path[-1]}' has no value" if path else "no value",
                    "write it, write not-reported, or leave the key out",
                )
            )
        elif event.style == '"' and (unseen := UNSEEN.search(value)):
            code = f"character U+{ord(unseen[0]):04X} by an escape"
            self.problems.append(self._at(F104, event, code, "delete it"))
        return value

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
            if not isinstance(event, yaml.ScalarEvent):
                raise self._at(F105, event, "a key must be a word", "write 'key: value'")
            key = self._value(event, (*path, "?"), depth)
            if not isinstance(key, str) or (key == "<<" and not event.style):
                raise self._at(F107, event, "a merge key (<<)", "write the values out")
            if key in mapping:
                self.problems.append(
                    self._at(
                        F108,
                        event,
                        f"{shown(key)} stands twice, first in line {lines[key]}",
                        "keep one of the two",
                    )
                )
            lines[key] = _span(event)[0]
            value_event = self._next()
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
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        said = error.problem or "not YAML"
        message, help = next(
            ((m, h) for words, m, h in _SYNTAX if words in said), (f"not YAML: {said[:120]}", "")
        )
        if line > self._text.count("\n") + 1 or line == 0:
            line, column = self._text.count("\n") + 1, 1
        if (
            error.context_mark
            and error.context_mark.line + 1 < line
            and "block" in (error.context or "")
        ):
            help = f"{help}; it belongs to what begins in line {error.context_mark.line + 1}"
        return Problem(F105, message, help.strip("; "), line, column)


def _span(event: yaml.Event) -> tuple[int, int, int]:
    """Gives line, column and width of an event; a width of 1 where it spans lines."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return 1, 1, 1
    width = end.column - start.column if end.line == start.line else 1
    return start.line + 1, start.column + 1, max(1, width)


_SYNTAX = [
    (
        "mapping values are not allowed",
        "a ':' where none can be",
        "quote a text that holds ': ', or look for a missing ':' in the line above",
    ),
    ("could not find expected ':'", "a key without ':'", "write 'key: value' (line above too)"),
    ("did not find expected key", "wrong indentation or a stray quote", "align keys of one block"),
    ("did not find expected '-'", "wrong indentation in a list", "align '- ' with the items above"),
    ("did not find expected ',' or ']'", "a list that is not closed", "end it with ']'"),
    ("did not find expected ',' or '}'", "a mapping that is not closed", "end it with '}'"),
    ("found character '\\t'", "a tab used as indentation", "indent with spaces"),
    ("cannot start any token", "a character that cannot begin a text", "quote the text"),
    ("found unexpected end of stream", "a quote that is not closed", "close it"),
    ("unknown escape", "an unknown escape in a double-quoted text", "use single quotes"),
    ("control characters are not allowed", "a control character", "delete it"),
    ("found undefined tag handle", "a tag (!…)", "quote a text that begins with '!'"),
    ("while scanning an alias", "an alias (*…)", "quote a text that begins with '*'"),
    ("did not find expected alphabetic", "an anchor or alias", "quote a text with & or * in front"),
]
