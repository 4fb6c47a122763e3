"""From a document to a shape: pydantic's errors become diagnostics with a place and a remedy."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fmcatalog.diagnostics import Diagnostic, Severity, declare, nearest, shown
from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.documents import F104, Document
from fmcatalog.records.base import MISSING, Shape
from fmcatalog.records.remedies import Offered, for_nothing, keys_at, may_miss, remedied, to_add

S = TypeVar("S", bound=Shape)
ERROR = Severity.ERROR

F201 = declare(
    "F201",
    ERROR,
    """A key that this kind of file does not have.

    Why: a misspelt key would be a value that silently does not appear.

    Mend: use the key the message suggests, or delete it.""",
)
F202 = declare(
    "F202",
    ERROR,
    """A key that must be there is not.

    Why: without name, title, authors, date, group and sources a record cannot be shown or cited.

    Mend: add the key.""",
)
F203 = declare(
    "F203",
    ERROR,
    """A value of the wrong kind: a text where a list is wanted, a list where a text is wanted.

    Why: it cannot be read as what the key means.

    Mend: write a list as [a, b], a mapping as {key: value}, a text without brackets.""",
)
F204 = declare(
    "F204",
    ERROR,
    """A value that does not have the form its key asks for: a date, a quantity, an id, a number.

    Why: it could not be compared, sorted or counted.

    Mend: use one of the forms in the message.""",
)
F205 = declare(
    "F205",
    ERROR,
    """A value that is not one of the few that its key allows.

    Why: pages and filters are made from the list.

    Mend: use one of the values in the message.""",
)
F206 = declare(
    "F206",
    ERROR,
    """An empty text or list.

    Why: empty could mean unknown, absent or forgotten; the catalog keeps these apart.

    Mend: write the value, not-reported or not-applicable, or leave the key out.""",
)
F207 = declare(
    "F207",
    ERROR,
    """A text or list that is longer than its limit.

    Why: it is shown in one place, and read by people.

    Mend: shorten it.""",
)
F208 = declare(
    "F208",
    ERROR,
    """A text with characters that cannot be seen, or with look-alike letters.

    Why: what a reviewer reads would not be what is published, and searches would miss it.

    Mend: type the word anew. Letters of every script are welcome, but not mixed in one word.""",
)
F209 = declare(
    "F209",
    ERROR,
    """An address that the catalog does not link to.

    Why: links must be safe to click: https, a public host, nothing hidden in them.

    Mend: copy the address from the browser.""",
)
F210 = declare(
    "F210",
    ERROR,
    """An identifier (arXiv, DOI) that is not well formed.

    Why: a wrong digit names another paper.

    Mend: copy it from the paper's page; quote an arXiv identifier so that no zero is lost.""",
)

_OWN = {
    "fm_form": F204,
    "fm_choice": F205,
    "fm_kind": F203,
    "fm_long": F207,
    "fm_text": F208,
    "fm_address": F209,
    "fm_identifier": F210,
}


def read(
    document: Document, shape: type[S], offered: Offered | None = None
) -> tuple[S | None, list[Diagnostic]]:
    """Gives a document its shape.

    Args:
        document: A document that was read.
        shape: What it should be.
        offered: The values that fit, of keys that have few.

    Returns:
        The shape, or None with every reason why not.
    """
    try:
        return shape.model_validate(document.value), []
    except ValidationError as error:
        known = offered or {}
        return None, [_diagnostic(document, shape, e, known) for e in _real_errors(error)]


def shaped(
    document: Document, found: list[Diagnostic], shape: type[S], offered: Offered
) -> tuple[S | None, list[Diagnostic]]:
    """Gives a document its shape, with all that is wrong with it, each thing once.

    Args:
        document: A document that was read.
        found: What was wrong with it before it had a shape.
        shape: What it should be.
        offered: The values that fit, of keys that have few.
    """
    value, wrong = read(document, shape, offered)
    if not found and not wrong:
        return value, []
    places = {d.place for d in found}
    unseen = {d.place.line for d in found if d.code == F104}
    unknown = {d.path for d in wrong if d.code == F201}
    early = [remedied(d, shape, offered) for d in found if d.path not in unknown or not d.path]
    late = [d for d in wrong if d.place not in places]
    # What cannot be seen is told at its column; the text that holds it need not be told too.
    return value, [*early, *(d for d in late if d.code != F208 or d.place.line not in unseen)]


def read_rows(document: Document, shape: type[S]) -> tuple[tuple[S, ...], list[Diagnostic]]:
    """Gives every row of a table its shape; rows that have none are left out."""
    rows: list[S] = []
    found: list[Diagnostic] = []
    for index, value in enumerate(document.value):
        try:
            rows.append(shape.model_validate(value))
        except ValidationError as error:
            for details in _real_errors(error)[: MOST_ERRORS - len(found)]:
                details["loc"] = (index, *details["loc"])
                found.append(_diagnostic(document, shape, details, {}))
    return tuple(rows), found


def _real_errors(error: ValidationError) -> list[ErrorDetails]:
    """Gives the errors of a file, not those of a file that is nothing but errors.

    A list whose items are all wrong is not empty, though pydantic counts the right ones only.
    """
    details = error.errors(include_url=False)
    return [e for e in details if e["type"] != "too_short" or not e["input"]][:MOST_ERRORS]


MOST_ERRORS = 200
"""Errors of one file that are looked into; nobody reads more, and a hostile file has thousands."""


def _diagnostic(
    document: Document, shape: type[Shape], error: ErrorDetails, offered: Offered
) -> Diagnostic:
    kind = error["type"]
    path = _real(document.value, error["loc"], kind)
    field = next((p for p in reversed(path) if isinstance(p, str)), "")
    code, message, help = _said(shape, error, path, field, offered)
    at_key = kind in {"extra_forbidden", "missing"}
    if kind == "missing":
        path = path[:-1]
    return Diagnostic(code, document.place(path, key=at_key), message, help, path)


def _said(
    shape: type[Shape], error: ErrorDetails, path: FieldPath, name: str, offered: Offered
) -> tuple[str, str, str]:
    """Gives code, message and help for one of pydantic's errors."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    found = shown(given)
    if kind == "extra_forbidden":
        return F201, f"unknown key {shown(name)}", _unknown(shape, path)
    if kind == "missing":
        return F202, f"the key '{path[-1]}' is missing", to_add(shape, path, offered)
    if kind == "enum":
        allowed = _allowed(context)
        near = nearest(given, allowed) if isinstance(given, str) else []
        help = f"did you mean '{near[0]}'?" if near else "one of: " + ", ".join(allowed)
        said = f"{found} is not" if isinstance(given, str) else f"is {_kind(given)}, not"
        return F205, f"{name} {said} one of its values", help
    if kind == "fm_kind":
        return F203, f"{name} is {_kind(given)}, {context['message']}", context["help"]
    if kind in {"fm_empty", "too_short"}:
        return F206, f"{name} is empty", context.get("help") or for_nothing(shape, path, offered)
    if kind in _OWN:
        code, help = _OWN[kind], context["help"]
        if isinstance(given, str) and given in _UNKNOWN and may_miss(shape, path):
            help = "write not-reported or not-applicable, or leave the key out"
        # A list is named by what is wrong in it; how many it holds says nothing.
        found = f"{found} " if isinstance(given, str) else ""
        return code, f"{name} {found}{context['message']}", help
    if kind == "too_long":
        return F207, f"{name} has more than {context['max_length']} items", "shorten it"
    if kind == "tuple_type":
        help = _as_list(given, may_miss=may_miss(shape, path))
        return F203, f"{name} is {_kind(given)}, where a list is wanted", help
    if kind in {"model_type", "dict_type"}:
        keys, _ = keys_at(shape, path)
        help = "write {" + ", ".join(f"{k}: …" for k in keys[:4]) + "}"
        return F203, f"{name} is {_kind(given)}, where keys with values are wanted", help
    # Nothing of the shapes leads here; a new kind of field must not bring the reader down.
    return F204, f"{name} {found}: {error['msg'][:120]}", ""


_UNKNOWN = frozenset(
    {"?", "-", "N/A", "NA", "n/a", "na", "None", "none", "unknown", "Unknown", "TBD", "TBA", "tbd"}
)
"""What people write for a value that they do not know."""


def _unknown(shape: type[Shape], path: FieldPath) -> str:
    """Says what a key that is none may have meant, or where it belongs."""
    name = str(path[-1])
    known, synonyms = keys_at(shape, path[:-1])
    meant = synonyms.get(name, "")
    homes = [key for key in known if name in keys_at(shape, (*path[:-1], key))[0]]
    if homes:
        return f"write it under '{meant if meant in homes else homes[0]}'"
    if not meant:
        meant = next(iter(nearest(name, known)), "")
    if meant:
        return f"did you mean '{meant}'?"
    left = len(known) - MOST_KEYS
    some = ", ".join(known[:MOST_KEYS]) + (f" and {left} more" if left > 0 else "")
    return f"delete it, or use one of the keys: {some}"


MOST_KEYS = 16
"""Keys that one message names, the needed ones first."""


def _as_list(given: Any, *, may_miss: bool) -> str:
    """Says how a value is written where a list is wanted."""
    if isinstance(given, dict):
        first = shown(next(iter(given), "…"), 40)
        return f"write '- ' before {first}, the first key of an item; align its other keys with it"
    if given in MISSING:
        return "this list has to be known"
    if given in _UNKNOWN and may_miss:
        return "write not-reported or not-applicable, or leave the key out"
    return f"write [{_BETWEEN.sub(', ', shown(given, 120)[1:-1])}]"


_BETWEEN = re.compile(r"\s*;\s*|,?\s+(?:and|&)\s+")
"""What people write between two names; in a list it would make one name of them."""


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return f"the text {shown(value, 40)}"
    return "a list" if isinstance(value, list) else "a mapping"


def _real(value: Any, loc: tuple[int | str, ...], kind: str) -> FieldPath:
    """Drops what pydantic adds to a location that is not in the document."""
    path: list[int | str] = []
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        inside = (isinstance(value, dict) and part in value) or (
            isinstance(value, list) and isinstance(part, int) and part < len(value)
        )
        if inside:
            value = value[part]
            path.append(part)
        elif last and kind == "missing":
            path.append(part)
    return tuple(path)


def _allowed(context: dict[str, Any]) -> list[str]:
    expected = context.get("expected", "")
    return [w.strip(" '") for w in str(expected).replace(" or ", ", ").split(",") if w.strip(" '")]
