"""The only reader: bytes on disk to text values with positions.

YAML is read as libyaml's events under limits of bytes, depth and number, and built into
mappings, lists and strings only: no tags, anchors, aliases, merge keys, or guessed types.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from fmcatalog.diagnostics import Diagnostic, Place, called, shown
from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.documents import canonical, quick
from fmcatalog.documents.events import Builder, Spot, Value
from fmcatalog.documents.files import decode, folder, too_large
from fmcatalog.documents.problems import (
    F104,
    F105,
    F106,
    F108,
    F109,
    F110,
    F111,
    F112,
    MAX_PROBLEMS,
    UNSEEN,
    Problem,
)
from fmcatalog.documents.trees import Held, NoRevision, Revision, Tree, WorkingTree, tree_of

RECORD_BYTES = 64 * 1024
TABLE_BYTES = 1024 * 1024
MAX_EVENTS = 20_000
MAX_TABLE_EVENTS = 80_000
MAX_ROWS = 20_000
MAX_COLUMNS = 100
BREAKS = re.compile("[\r\x85\u2028\u2029]")


class Document:
    """A file that was read: its value, and the position of everything in it.

    Positions are looked up only when a diagnostic asks for them, since almost every file of a
    catalog is in order.

    Attributes:
        file: Path relative to the root, with forward slashes.
        text: The decoded text.
    """

    __slots__ = ("_lines", "_spots", "_value", "file", "text")

    def __init__(self, file: str, value: Value | None, text: str) -> None:
        self.file = file
        self.text = text
        self._value = value
        self._spots: dict[FieldPath, Spot] | None = None
        self._lines: list[str] | None = None

    @classmethod
    def known(cls, file: str, data: bytes) -> Document:
        """Makes a document of bytes that were found in order before; built when it is asked."""
        return cls(file, None, decode(data))

    @property
    def value(self) -> Value:
        """The mapping (YAML) or the list of rows (CSV)."""
        if self._value is None:
            self._value = Builder(self.text, MAX_TABLE_EVENTS, None).build()
        return self._value

    def let_go(self) -> None:
        """Lets go of the value, of a document in order: whoever asks gets it built again."""
        self._value = None

    def place(self, path: FieldPath, *, key: bool = False) -> Place:
        """Gives the place of a value, or of the nearest mapping or list that holds it.

        Args:
            path: Keys and indices from the top.
            key: Point at the key instead of the value.
        """
        spots = self._find()
        while path and path not in spots:
            path, key = path[:-1], True
        spot = spots.get(path)
        if self._lines is None:
            self._lines = self.text.split("\n")
        if spot is None:
            return place_at(self.file, self._lines, 1, 1)
        if key and spot.key_line:
            return place_at(self.file, self._lines, spot.key_line, spot.key_column, spot.key_width)
        return place_at(self.file, self._lines, spot.line, spot.column, spot.width)

    def _find(self) -> dict[FieldPath, Spot]:
        if self._spots is None:
            if self.file.endswith(".csv"):
                self._spots = dict(_csv_spots(self.text))
            else:
                self._spots = {}
                Builder(self.text, MAX_TABLE_EVENTS, self._spots).build()
        return self._spots


def place_at(file: str, lines: list[str], line: int, column: int, width: int = 1) -> Place:
    """Makes a place with the text of its line."""
    return Place(file, line, column, width, lines[line - 1] if 0 < line <= len(lines) else "")


def read_yaml(
    root: Path | Tree, file: str, *, limit: int = RECORD_BYTES
) -> tuple[Document | None, list[Diagnostic]]:
    """Reads one YAML file.

    Args:
        root: Folder or tree that `file` is relative to.
        file: Path with forward slashes.
        limit: Largest size in bytes.

    Returns:
        The document, or None with the diagnostics that say why not. A document may come with
        diagnostics: an empty value or an unseen character does not stop the reading.
    """
    try:
        data = tree_of(root).read(file, limit)
    except Problem as problem:
        return None, _diagnostics(file, "", [problem])
    return parse_yaml(file, data, limit=limit)


def parse_yaml(
    file: str, data: bytes, *, limit: int = RECORD_BYTES
) -> tuple[Document | None, list[Diagnostic]]:
    """Parses the bytes of a YAML file; see :func:`read_yaml`."""
    text = ""
    try:
        if len(data) > limit:
            raise too_large(limit)
        text = decode(data)
        # Nothing that can be printed is unseen, and asking for that takes a third of the time.
        plain = text.replace("\n", "").isprintable()
        if not plain and BREAKS.search(text):
            # Readers disagree whether a line ends there: no position after it could be trusted.
            return None, _diagnostics(file, text, _unseen(text))
        most = MAX_EVENTS if limit <= RECORD_BYTES else MAX_TABLE_EVENTS
        found = (canonical.read(text, most) if plain else None) or quick.build(text, most)
        if found is not None and (plain or not UNSEEN.search(text)):
            return Document(file, found, text), []
        builder = Builder(text, most, None)
        value = builder.build()
    except Problem as problem:
        # An unseen character explains why the parser gave up, and the parser cannot say where.
        return None, _diagnostics(file, text, list(_unseen(text)) or [problem])
    return Document(file, value, text), _diagnostics(
        file, text, [*_unseen(text), *builder.problems]
    )


def read_csv(root: Path | Tree, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """Reads a CSV table with a header; the value is a list of rows, each column → text.

    Args:
        root: Folder or tree that `file` is relative to.
        file: Path with forward slashes.
    """
    text = ""
    try:
        text = decode(tree_of(root).read(file, TABLE_BYTES))
        value = list(_rows(text))
    except Problem as problem:
        return None, _diagnostics(file, text, list(_unseen(text)) or [problem])
    return Document(file, value, text), _diagnostics(file, text, _unseen(text))


def _rows(text: str) -> Iterator[Value]:
    reader = csv.reader(text.split("\n")[: -1 if text.endswith("\n") else None], strict=True)
    try:
        header = next(reader, [])
        if not header:
            raise Problem(F110, "the table is empty")
        if len(header) > MAX_COLUMNS:
            raise Problem(F106, f"has more than {MAX_COLUMNS} columns", "", 1, 1)
        twice = next((name for name in header if header.count(name) > 1), None)
        if twice is not None:
            raise Problem(F108, f"the column {shown(twice)} stands twice", "keep one", 1, 1)
        for number, row in enumerate(reader, start=2):
            if number > MAX_ROWS:
                raise Problem(F106, f"has more than {MAX_ROWS} rows")
            if number != reader.line_num:
                help = "close the quote in the line where the cell begins"
                raise Problem(F105, "a cell that spans lines", help, number, 1)
            if len(row) != len(header):
                raise Problem(
                    F105,
                    f"the row has {len(row)} cells, the header {len(header)}",
                    "write every cell; quote a cell that holds a comma",
                    reader.line_num,
                    1,
                )
            yield dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise Problem(
            F105,
            f"not a CSV table: {error}",
            "quote a cell that holds a comma or a quote; a quote inside is written twice",
            reader.line_num,
            1,
        ) from None


def _unseen(text: str) -> Iterator[Problem]:
    """Finds what cannot be seen: once a line, so that a file full of it is still readable."""
    if not UNSEEN.search(text):
        return
    told = 0
    for number, line in enumerate(text.split("\n"), start=1):
        match = UNSEEN.search(line)
        if match and told < MAX_PROBLEMS:
            told += 1
            count = len(UNSEEN.findall(line))
            more = f" (and {count - 1} more in this line)" if count > 1 else ""
            help = "end lines with LF or CRLF" if match[0] == "\r" else "delete it"
            message = f"{called(match[0])}, which cannot be seen{more}"
            yield Problem(F104, message, help, number, match.start() + 1)


def _diagnostics(file: str, text: str, problems: Iterable[Problem]) -> list[Diagnostic]:
    lines = text.split("\n")
    return [
        Diagnostic(
            p.code,
            place_at(file, lines, p.line, p.column, p.width) if p.line else Place(file),
            p.message,
            p.help,
            p.path,
        )
        for p in problems
    ]


def _csv_spots(text: str) -> Iterator[tuple[FieldPath, Spot]]:
    lines = text.split("\n")
    header = next(csv.reader(lines[:1]), [])
    for index, line in enumerate(lines[1:]):
        at = index + 2
        yield (index,), Spot(0, 0, 0, at, 1, max(1, len(line)))
        column = 1
        for name, cell in zip(header, next(csv.reader([line]), []), strict=False):
            start = line.find(cell, column - 1) + 1 or column
            yield (index, name), Spot(0, 0, 0, at, start, max(1, len(cell)))
            column = start + len(cell) + 1


__all__ = [
    "F104",
    "F109",
    "F111",
    "F112",
    "RECORD_BYTES",
    "TABLE_BYTES",
    "Document",
    "Held",
    "NoRevision",
    "Problem",
    "Revision",
    "Tree",
    "Value",
    "WorkingTree",
    "folder",
    "parse_yaml",
    "place_at",
    "read_csv",
    "read_yaml",
    "tree_of",
]
