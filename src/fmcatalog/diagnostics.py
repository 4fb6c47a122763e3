"""What can be wrong with the data: codes, diagnostics, and how they are shown.

A :class:`Diagnostic` is a value, never an exception: reading and checking return them, and
nothing stops at the first. Every diagnostic carries a code; every code is declared once, with
what it means, why it matters and how to mend it, and the documentation is made from that.
"""

from __future__ import annotations

import difflib
import inspect
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Path = tuple[str | int, ...]
"""Where a value sits in a document: keys and list indices from the top."""


class Severity(StrEnum):
    """How bad a diagnostic is: errors fail, warnings fail under ``--strict``, hints never."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic.

    Attributes:
        id: Stable id, for example ``F301``; never reused for something else.
        severity: Severity of every diagnostic with this code.
        what: What is wrong, one sentence.
        why: Why it matters.
        mend: What to write instead.
    """

    id: str
    severity: Severity
    what: str
    why: str
    mend: str


CODES: dict[str, Code] = {}
"""Every declared code by id."""


def declare(code: str, severity: Severity, doc: str) -> str:
    """Declares a code from a text of three paragraphs: what, ``Why: …`` and ``Mend: …``.

    Args:
        code: Id such as ``F101``.
        severity: Severity of its diagnostics.
        doc: The three paragraphs.

    Returns:
        The id, so that a module can bind it to a name.

    Raises:
        ValueError: The id is taken, or a paragraph is missing.
    """
    if code in CODES:
        raise ValueError(f"{code} is declared twice")
    paragraphs = [" ".join(p.split()) for p in inspect.cleandoc(doc).split("\n\n")]
    why = next((p[5:] for p in paragraphs if p.startswith("Why: ")), "")
    mend = next((p[6:] for p in paragraphs if p.startswith("Mend: ")), "")
    if not (paragraphs[0] and why and mend):
        raise ValueError(f"{code} needs three paragraphs: what, 'Why: …', 'Mend: …'")
    CODES[code] = Code(code, severity, paragraphs[0], why, mend)
    return code


F = TypeVar("F", bound=Callable[..., object])


def rule(code: str, severity: Severity = Severity.ERROR) -> Callable[[F], F]:
    """Declares a code from the docstring of the function that checks it."""

    def declared(check: F) -> F:
        declare(code, severity, check.__doc__ or "")
        return check

    return declared


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: what a caret can point at.

    Attributes:
        file: Path relative to the root of the catalog, with forward slashes.
        line: Line, from 1; 0 when the whole file is meant.
        column: Column, from 1; 0 when the whole file is meant.
        width: Number of characters to underline, at least 1.
        text: The line itself.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong with the data.

    Attributes:
        code: Id of a declared code.
        place: Where.
        message: What is wrong, with the value found (escaped, cut).
        help: What to write instead; may be empty.
        path: Path of the value in its document.
        concerns: Another file that it is about, if any.
    """

    code: str
    place: Place
    message: str
    help: str = ""
    path: Path = field(default=())
    concerns: str = ""

    @property
    def severity(self) -> Severity:
        """Severity of the diagnostic's code."""
        return CODES[self.code].severity

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """File, line, column, code, message: the order in which diagnostics are shown."""
        return (self.place.file, self.place.line, self.place.column, self.code, self.message)


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorts diagnostics by place and drops exact repetitions."""
    return sorted(set(diagnostics), key=lambda d: d.sort_key)


def shown(value: object, limit: int = 60) -> str:
    """Writes a found value for a message: quoted, cut, invisible characters made visible.

    Args:
        value: Any value out of a document.
        limit: Number of characters kept.
    """
    if isinstance(value, dict):
        return f"a mapping with {len(value)} keys"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = str(value)
    return f"'{visible(text[:limit])}{'…' if len(text) > limit else ''}'"


def visible(text: str) -> str:
    """Replaces characters that cannot be seen, or would move the terminal, by ``<U+XXXX>``."""
    return "".join(
        f"<U+{ord(c):04X}>"
        if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} or ord(c) == 0xFEFF
        else c
        for c in text
    )


def nearest(word: str, known: Iterable[str], limit: int = 1) -> list[str]:
    """Finds the known words nearest to one that is not known.

    Args:
        word: What was written.
        known: What could have been written.
        limit: How many to give back.
    """
    folded = {k.casefold(): k for k in known}
    found = difflib.get_close_matches(word.casefold()[:80], folded, n=limit, cutoff=0.6)
    return [folded[f] for f in found]


SHOWN_PER_FILE = 20
"""Diagnostics of one file that are written out as text; the rest is counted."""


def as_text(diagnostics: Sequence[Diagnostic], *, per_file: int = SHOWN_PER_FILE) -> str:
    """Writes diagnostics for a terminal: place, code, message, line, caret, help.

    Args:
        diagnostics: Sorted diagnostics.
        per_file: Number shown for one file before the rest is only counted.
    """
    blocks: list[str] = []
    seen: dict[str, int] = {}
    for d in diagnostics:
        seen[d.place.file] = seen.get(d.place.file, 0) + 1
        if seen[d.place.file] <= per_file:
            blocks.append(_block(d))
    blocks += [
        f"{visible(file)}: {count - per_file} more in this file"
        for file, count in sorted(seen.items())
        if count > per_file
    ]
    return "\n".join(blocks)


def _block(d: Diagnostic) -> str:
    place = d.place
    at = f":{place.line}:{place.column}" if place.line else ""
    lines = [f"{visible(place.file)}{at}: {d.severity}[{d.code}] {d.message}"]
    if place.line and place.text:
        text, column = _window(place.text, place.column)
        gutter = f"{place.line:>5} | "
        lines.append(f"{gutter}{visible(text)}")
        shift = len(visible(text[: column - 1]))
        carets = "^" * max(1, min(place.width, len(text) - column + 1))
        note = f" {d.help}" if d.help and len(d.help) <= 60 else ""
        lines.append(f"{' ' * (len(gutter) - 2)}| {' ' * shift}{carets}{note}".rstrip())
        if d.help and not note:
            lines.append(f"      = {d.help}")
    elif d.help:
        lines.append(f"      = {d.help}")
    return "\n".join(lines)


def _window(text: str, column: int, width: int = 100) -> tuple[str, int]:
    """Cuts a long line to a window round the column."""
    start = max(0, min(column - 1 - width // 3, len(text) - width))
    return text[start : start + width], column - start


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Writes diagnostics as a JSON list, one object each."""
    return json.dumps(
        [
            {
                "code": d.code,
                "severity": str(d.severity),
                "file": d.place.file,
                "line": d.place.line or None,
                "column": d.place.column or None,
                "field": dotted(d.path),
                "message": d.message,
                "help": d.help or None,
            }
            for d in diagnostics
        ],
        indent=2,
        ensure_ascii=True,
    )


def dotted(path: Path) -> str:
    """Writes a path as ``training[0].gpu``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Writes diagnostics as workflow commands, so that a forge shows them beside the lines."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
    lines = []
    for d in diagnostics:
        at = f",line={d.place.line},col={d.place.column}" if d.place.line else ""
        body = f"{d.message} {d.help}".strip()
        where = f"file={_property(d.place.file)}{at},title={d.code}"
        lines.append(f"::{level[d.severity]} {where}::{_data(body)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    # A line end in a record's text would otherwise start a workflow command of its own.
    return re.sub(r"[%\r\n]", lambda m: f"%{ord(m[0]):02X}", text)


def _property(text: str) -> str:
    return re.sub(r"[%\r\n:,]", lambda m: f"%{ord(m[0]):02X}", text)
