"""A document with its comments: what is needed to write it again in another layout.

libyaml gives no comments. They are found in the text between its events, and each one is tied to
the entry (a key with its value, or an item of a list) that it stands above or beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import cast

import yaml

from fmcatalog.documents.events import Value
from fmcatalog.documents.problems import NULLS

_HEADER = re.compile(r"[|>][+0-9-]*[ \t]+(#.*)")


class Kind(Enum):
    """What a node is."""

    TEXT = "text"
    LIST = "list"
    MAPPING = "mapping"


@dataclass(slots=True)
class Node:
    """A value as written.

    Attributes:
        kind: Text, list or mapping.
        text: The text, where it is one.
        plain: Whether the text stands without quotes in one style or another.
        entries: The keys or items, where it is a collection.
        foot: Comments after the last entry; an empty text is a blank line.
    """

    kind: Kind
    text: str = ""
    plain: bool = False
    entries: list[Entry] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)

    @property
    def null(self) -> bool:
        """Whether nothing is written, or a word that YAML takes for nothing."""
        return self.kind is Kind.TEXT and self.plain and self.text in NULLS

    def value(self) -> Value:
        """Gives the value without comments."""
        if self.kind is Kind.TEXT:
            return self.text
        if self.kind is Kind.LIST:
            return [entry.value.value() for entry in self.entries]
        return {entry.key: entry.value.value() for entry in self.entries}

    def comments(self) -> Iterator[str]:
        """Gives every comment, in the order of the nodes; blank lines are none."""
        for entry in self.entries:
            yield from (c for c in (*entry.above, *entry.beside) if c)
            yield from entry.value.comments()
        yield from (c for c in self.foot if c)


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list, and the comments that belong to it.

    Attributes:
        key: The key; empty for an item.
        value: The value.
        above: Comments in lines of their own before it; an empty text is a blank line.
        beside: Comments behind it.
    """

    key: str
    value: Node
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """Where an entry begins, and the collection that it is in."""

    start: int
    entry: Entry
    home: _Home


@dataclass(slots=True)
class _Home:
    """A collection: where it is, how far it is indented, and the collection round it."""

    node: Node
    column: int
    flow: bool
    start: int
    outer: _Home | None
    end: int = 0


@dataclass(slots=True)
class _Token:
    """Something visible that a comment can stand behind."""

    start: int
    end: int
    entry: Entry


def parse(text: str) -> Node:
    """Gives a document as nodes with their comments.

    Args:
        text: A text that :func:`fmcatalog.documents.parse_yaml` has read before: here nothing is
            checked again.
    """
    tree = _Tree(text)
    for start, comment in tree.comments():
        tree.tie(start, comment)
    _settle(tree.root)
    return tree.root


def _settle(node: Node) -> None:
    """Moves what has no place of its own: inside an empty pair of brackets, a second behind."""
    for entry in node.entries:
        entry.above += entry.beside[:-1]
        entry.beside = entry.beside[-1:]
        _settle(entry.value)
        if not entry.value.entries and entry.value.foot:
            entry.above += entry.value.foot
            entry.value.foot = []


class _Tree:
    def __init__(self, text: str) -> None:
        self._text = text
        self._places: list[_Place] = []
        self._homes: list[_Home] = []
        self._tokens: list[_Token] = []
        self._scalars: list[tuple[int, int]] = []
        self._headers: dict[int, tuple[str, Entry]] = {}
        self._events = yaml.parse(text, Loader=yaml.CBaseLoader)
        next(self._events)
        next(self._events)
        holder = Entry("", Node(Kind.TEXT))
        self._value(next(self._events), holder, None)
        self.root = holder.value

    def _value(self, event: yaml.Event, entry: Entry, outer: _Home | None) -> None:
        """Builds the value of an entry."""
        start, end = _index(event)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, entry)
            # Of a block text the last line break does not count: a layout always ends with it.
            text = event.value.rstrip("\n") if event.style in {"|", ">"} else event.value
            entry.value = Node(Kind.TEXT, text, not event.style)
            return
        flow = bool(getattr(event, "flow_style", False))
        if flow and end > start:
            self._tokens.append(_Token(start, end, entry))
        mapping = isinstance(event, yaml.MappingStartEvent)
        node = Node(Kind.MAPPING if mapping else Kind.LIST)
        mark = cast("yaml.Mark", event.start_mark)
        home = _Home(node, mark.column, flow, start, outer)
        self._homes.append(home)
        entry.value = node
        closing = yaml.MappingEndEvent if mapping else yaml.SequenceEndEvent
        while not isinstance(event := next(self._events), closing):
            child = Entry("", Node(Kind.TEXT))
            node.entries.append(child)
            self._places.append(_Place(_index(event)[0], child, home))
            if mapping:
                key = cast("yaml.ScalarEvent", event)
                child.key = key.value
                self._scalar(key, child)
                event = next(self._events)
            self._value(event, child, home)
        closed, end = _index(event)
        home.end = end
        if flow and end > closed:
            self._tokens.append(_Token(closed, end, entry))

    def _scalar(self, event: yaml.ScalarEvent, entry: Entry) -> None:
        start, end = _index(event)
        if end == start:
            return
        self._scalars.append((start, end))
        self._tokens.append(_Token(start, end, entry))
        header = _HEADER.match(self._text, start) if event.style in {"|", ">"} else None
        if header:
            self._headers[start] = (header[1], entry)

    def comments(self) -> Iterator[tuple[int, str]]:
        """Finds the comments: where a '#' stands outside of every text, after a space."""
        for comment, entry in self._headers.values():
            entry.beside.append(comment.rstrip())
        at = 0
        for start, end in [*sorted(self._scalars), (len(self._text), len(self._text))]:
            for match in re.finditer(r"(?:^|(?<=[ \t\n]))#.*", self._text[at:start]):
                yield at + match.start(), match[0].rstrip()
            at = end

    def tie(self, start: int, comment: str) -> None:
        """Ties a comment to the entry it belongs to."""
        line = self._text.rfind("\n", 0, start) + 1
        if self._text[line:start].strip(" \t"):
            behind = [t for t in self._tokens if line < t.end <= start]
            if behind:
                max(behind, key=lambda t: t.end).entry.beside.append(comment)
                return
        self._own_line(start, line, comment)

    def _own_line(self, start: int, line: int, comment: str) -> None:
        following = next((p for p in self._places if p.start > start), None)
        home = self._closed_before(start, start - line, following)
        if home is not None:
            block = home.node.foot
        elif following is not None:
            block = following.entry.above
        else:
            block = self.root.foot
        if _blank(self._text[:line].split("\n")[-2:-1]) and block[-1:] != [""]:
            block.append("")
        block.append(comment)
        after = self._text.find("\n", start) + 1
        if home is None and following and after and _blank([self._line(after)]):
            block.append("")

    def _line(self, start: int) -> str:
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else len(self._text)]

    def _closed_before(self, start: int, column: int, following: _Place | None) -> _Home | None:
        """Gives the collection that a comment ends, or None where it is about what follows."""
        inside = [h for h in self._homes if h.flow and h.start < start < h.end]
        if inside:
            innermost = max(inside, key=lambda h: h.start)
            return innermost if following is None or following.start > innermost.end else None
        if following is not None and column <= following.home.column:
            return None
        before = [p for p in self._places if p.start < start]
        home = before[-1].home if before else None
        if following is not None and (not before or _within(following.home, before[-1].entry)):
            return None
        while home is not None and (home.flow or home.column > column):
            home = home.outer
        return None if home is None or (following and home is following.home) else home


def _within(home: _Home, entry: Entry) -> bool:
    """Tells whether a collection is the value of an entry: the comment stands before its first."""
    return home.node is entry.value


def _blank(lines: list[str]) -> bool:
    return bool(lines) and not lines[0].strip(" \t")


def _index(event: yaml.Event) -> tuple[int, int]:
    start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
    return start.index, end.index
