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
import textwrap
import unicodedata
from collections import Counter
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
    return "".join(f"<U+{ord(c):04X}>" if _unseen(c) else c for c in text)


_BLANK = re.compile(
    "[\u00a0\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200a\u202f\u205f\u2800"
    "\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} or bool(
        _BLANK.match(letter)
    )


def called(letter: str) -> str:
    """Names a character as ``U+0422 CYRILLIC CAPITAL LETTER TE``."""
    name = unicodedata.name(letter, "") or _CONTROLS.get(letter, "")
    return f"U+{ord(letter):04X} {name}".strip()


_CONTROLS = {"\0": "NULL", "\t": "TAB", "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE", "\x7f": "DELETE"}


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


def close(word: str, near: str) -> bool:
    """Tells whether two words are so near that one is surely a slip of the other."""
    return difflib.SequenceMatcher(None, word.casefold()[:80], near.casefold()).ratio() >= 0.8


SHOWN_PER_FILE = 20
"""Diagnostics of one file that are written out as text; the rest is counted."""


def as_text(diagnostics: Sequence[Diagnostic], *, per_file: int = SHOWN_PER_FILE) -> str:
    """Writes diagnostics for a terminal: place, code, message, line, caret, help.

    Args:
        diagnostics: Sorted diagnostics.
        per_file: Number shown for one file before the rest is only counted.
    """
    alike = _alike(diagnostics)
    kept, rest = _first([d for d in diagnostics if d not in alike or alike[d]], per_file)
    blocks = ["\n".join([_block(d), *_also(alike.get(d, []))]) for d in kept]
    blocks += [f"{visible(file)}: {count} more in this file" for file, count in rest]
    return "\n".join(blocks)


def _alike(diagnostics: Sequence[Diagnostic]) -> dict[Diagnostic, list[Diagnostic]]:
    """Gives, for hints of one code in one file, those that the first of them stands for.

    Fourteen values without a source are told in one place, so that no error drowns among them.
    """
    homes: dict[tuple[str, str], list[Diagnostic]] = {}
    for d in diagnostics:
        if d.severity is Severity.HINT and d.path:
            homes.setdefault((d.place.file, d.code), []).append(d)
    return {
        d: some[1:] if d is some[0] else [] for some in homes.values() if some[1:] for d in some
    }


def _also(alike: Sequence[Diagnostic]) -> list[str]:
    words = [f"{dotted(d.path)} (line {d.place.line})" for d in alike]
    if not words:
        return []
    return textwrap.wrap(
        f"and so for: {', '.join(map(visible, words))}",
        100,
        initial_indent="      = ",
        subsequent_indent="        ",
    )


def _first(
    diagnostics: Sequence[Diagnostic], per_file: int
) -> tuple[list[Diagnostic], list[tuple[str, int]]]:
    """Gives the first diagnostics of every file, and how many more it has."""
    kept: list[Diagnostic] = []
    seen: Counter[str] = Counter()
    for d in diagnostics:
        seen[d.place.file] += 1
        if seen[d.place.file] <= per_file:
            kept.append(d)
    return kept, [(f, n - per_file) for f, n in sorted(seen.items()) if n > per_file]


def _block(d: Diagnostic) -> str:
    place = d.place
    at = f":{place.line}:{place.column}" if place.line else ""
    message, help = _cut(d.message), _cut(d.help)
    lines = [f"{visible(place.file)}{at}: {d.severity}[{d.code}] {message}"]
    note = ""
    if place.line and place.text:
        before, marked, after = _window(place.text, place.column, place.width)
        gutter = f"{place.line:>5} | "
        lines.append(f"{gutter}{before}{marked}{after}")
        carets = "^" * max(1, _cells(marked))
        note = f" {help}" if help and len(help) <= 60 and _cells(before) + len(carets) < 60 else ""
        under = " " * (len(gutter) - 2) + "| " + " " * _cells(before)
        lines.append(f"{under}{carets}{note}")
    if help and not note:
        lines.append(f"      = {help}")
    return "\n".join(lines)


def _cut(text: str, limit: int = 240) -> str:
    return visible(text if len(text) <= limit else f"{text[: limit - 1]}…")


def _window(text: str, column: int, width: int, room: int = 100) -> tuple[str, str, str]:
    """Cuts a long line to what stands before, at, and after a place, made visible."""
    at = max(0, min(column - 1, len(text)))
    start = max(0, min(at - room // 3, len(text) - room))
    end = start + room
    parts = (text[start:at], text[at : min(at + width, end)], text[at + width : end])
    # A line full of unseen characters grows when they are made visible.
    before, marked, after = (visible(p) for p in parts)
    return before[-room:], marked[:room], after[:room]


def _cells(text: str) -> int:
    """Counts the columns that a text takes in a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    marks = sum(unicodedata.category(c) in {"Mn", "Me"} for c in text)
    return len(text) + wide - marks


def as_json(diagnostics: Sequence[Diagnostic], *, per_file: int = SHOWN_PER_FILE) -> str:
    """Writes diagnostics as a JSON list, one object each.

    Args:
        diagnostics: Sorted diagnostics.
        per_file: Number written for one file before the rest is only counted, by an object
            whose ``code`` is null.
    """
    kept, rest = _first(diagnostics, per_file)
    objects: list[dict[str, object]] = [
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
        for d in kept
    ]
    empty = dict.fromkeys(
        ["code", "severity", "file", "line", "column", "field", "message", "help"]
    )
    objects += [{**empty, "file": f, "message": f"{n} more in this file"} for f, n in rest]
    return json.dumps(objects, indent=2, ensure_ascii=True)


def dotted(path: Path) -> str:
    """Writes a path as ``training[0].gpu``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def as_github(diagnostics: Sequence[Diagnostic], rules: str = "") -> str:
    """Writes diagnostics as workflow commands, so that a forge shows them beside the lines.

    Args:
        diagnostics: Sorted diagnostics.
        rules: Address of the page that explains the codes; empty when there is none.
    """
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
    lines = []
    kept, rest = _first(diagnostics, SHOWN_PER_FILE)
    for d in kept:
        at = f",line={d.place.line},col={d.place.column}" if d.place.line else ""
        more = f"{rules}#{d.code}" if rules else ""
        body = "; ".join(part for part in (d.message, d.help, more) if part)
        where = f"file={_property(d.place.file)}{at},title={d.code}"
        lines.append(f"::{level[d.severity]} {where}::{_data(body)}")
    lines += [f"::error file={_property(f)}::{n} more in this file" for f, n in rest]
    return "\n".join(lines)


def _data(text: str) -> str:
    # A line end in a record's text would otherwise start a workflow command of its own.
    return re.sub(r"[%\r\n]", lambda m: f"%{ord(m[0]):02X}", text)


def _property(text: str) -> str:
    return re.sub(r"[%\r\n:,]", lambda m: f"%{ord(m[0]):02X}", text)
