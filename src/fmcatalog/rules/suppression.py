"""Suppressions: what was found, looked at, and left as it is, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fmcatalog.catalog import SUPPRESSIONS, Loaded
from fmcatalog.diagnostics import CODES, Diagnostic, Severity, declare, dotted, nearest, rule
from fmcatalog.records import Suppression
from fmcatalog.rules.context import Context

NEVER = ("F1", "F2", "F36", "F404")
"""What the codes begin with that can never be suppressed."""

F360 = declare(
    "F360",
    Severity.WARNING,
    """A suppression that suppresses nothing.

    Why: what it was for is mended or has moved, and it could hide the next mistake.

    Mend: delete it, or correct its file, path or value.""",
)


def never(code: str) -> bool:
    """Tells whether a code can never be suppressed."""
    return code.startswith(NEVER)


@rule("F361")
def never_suppressed(context: Context) -> Iterator[Diagnostic]:
    """A suppression of what can never be suppressed: F1xx, F2xx, F36x and F404.

    Why: a file that cannot be read has nothing in it to agree with, and every cell of the survey
    is either right or explained.

    Mend: delete the suppression and mend what it was for; for F404 write an erratum.
    """
    for index, one in enumerate(context.loaded.suppressions):
        if one.code in CODES and never(one.code):
            yield context.at(
                SUPPRESSIONS,
                ("suppressions", index, "code"),
                "F361",
                f"{one.code} can never be suppressed",
                "delete it and mend what it was for",
            )


@rule("F362")
def unknown_code(context: Context) -> Iterator[Diagnostic]:
    """A suppression of a code that does not exist.

    Why: it suppresses nothing, though somebody meant something by it.

    Mend: write the code that the message has in brackets.
    """
    for index, one in enumerate(context.loaded.suppressions):
        if one.code not in CODES:
            near = nearest(one.code, sorted(CODES))
            help = f"did you mean '{near[0]}'?" if near else "fmcatalog explain --all lists them"
            path = ("suppressions", index, "code")
            yield context.at(SUPPRESSIONS, path, "F362", f"no code '{one.code}'", help)


def kept(loaded: Loaded, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Gives what is not suppressed, and a warning for each suppression that was not used.

    Args:
        loaded: The catalog as read, with its suppressions.
        found: Everything that was found.
    """
    by_place: dict[tuple[str, str], list[int]] = {}
    for index, one in enumerate(loaded.suppressions):
        if one.code in CODES and not never(one.code):
            by_place.setdefault((one.code, one.file), []).append(index)
    used: set[int] = set()
    for diagnostic in found:
        key = (diagnostic.code, diagnostic.place.file)
        matching = {
            index
            for index in by_place.get(key, ())
            if _means(loaded, loaded.suppressions[index], diagnostic)
        }
        used |= matching
        if not matching:
            yield diagnostic
    for indices in by_place.values():
        for index in indices:
            if index not in used:
                yield _unused(loaded, index)


def _means(loaded: Loaded, one: Suppression, diagnostic: Diagnostic) -> bool:
    if one.path is not None and one.path != dotted(diagnostic.path):
        return False
    if one.value is None:
        return True
    quoted = re.findall("'([^']*)'", diagnostic.message)
    return one.value in quoted or one.value == _value(loaded, diagnostic)


def _value(loaded: Loaded, diagnostic: Diagnostic) -> object:
    """Gives the value that a diagnostic points at; None where there is none."""
    document = loaded.documents.get(diagnostic.place.file)
    value: object = document.value if document else None
    for part in diagnostic.path:
        if isinstance(value, dict) and isinstance(part, str):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def _unused(loaded: Loaded, index: int) -> Diagnostic:
    one = loaded.suppressions[index]
    at = one.path or one.value or ""
    return Diagnostic(
        F360,
        loaded.place(SUPPRESSIONS, ("suppressions", index, "code")),
        f"nothing to suppress: no {one.code} at '{at}' in {one.file}",
        "delete it, or correct its file, path or value",
        ("suppressions", index, "code"),
        one.file,
    )


RULES = (never_suppressed, unknown_code)
