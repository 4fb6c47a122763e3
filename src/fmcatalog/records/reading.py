"""From a document to a shape: pydantic's errors become diagnostics with a place and a remedy."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fmcatalog.diagnostics import Diagnostic, Severity, declare, nearest, shown
from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.documents import Document
from fmcatalog.records.base import MISSING, Shape

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
    "fm_empty": F206,
    "fm_long": F207,
    "fm_text": F208,
    "fm_address": F209,
    "fm_identifier": F210,
}


def read(document: Document, shape: type[S]) -> tuple[S | None, list[Diagnostic]]:
    """Gives a document its shape.

    Args:
        document: A document that was read.
        shape: What it should be.

    Returns:
        The shape, or None with every reason why not.
    """
    try:
        return shape.model_validate(document.value), []
    except ValidationError as error:
        found = [
            _diagnostic(document, shape, details, document.value)
            for details in error.errors(include_url=False)
            # A list of which no item is right is called empty as well: once is enough.
            if not (details["type"] == "too_short" and details["input"])
        ]
        return None, found


def read_rows(document: Document, shape: type[S]) -> tuple[tuple[S, ...], list[Diagnostic]]:
    """Gives every row of a table its shape; rows that have none are left out."""
    rows: list[S] = []
    found: list[Diagnostic] = []
    for index, value in enumerate(document.value):
        try:
            rows.append(shape.model_validate(value))
        except ValidationError as error:
            for details in error.errors(include_url=False):
                details["loc"] = (index, *details["loc"])
                found.append(_diagnostic(document, shape, details, document.value))
    return tuple(rows), found


def _diagnostic(
    document: Document, shape: type[Shape], error: ErrorDetails, value: Any
) -> Diagnostic:
    kind = error["type"]
    path = _real(value, error["loc"], kind)
    name = next((p for p in reversed(path) if isinstance(p, str)), "")
    found = shown(error["input"])
    at_key = False
    context = error.get("ctx", {})
    if kind == "extra_forbidden":
        code, at_key = F201, True
        known, synonyms = _keys(shape, path[:-1])
        near = [synonyms[name]] if name in synonyms else nearest(name, known)
        message = f"unknown key {shown(name)}"
        help = f"did you mean '{near[0]}'?" if near else "keys: " + ", ".join(sorted(known))
    elif kind == "missing":
        code, message, help = F202, f"the key '{path[-1]}' is missing", f"add '{path[-1]}: …'"
        path, at_key = path[:-1], True
    elif kind == "enum":
        code = F205
        allowed = _allowed(context)
        near = nearest(str(error["input"]), allowed)
        message = f"{name}: {found} is not one of its values"
        help = f"did you mean '{near[0]}'?" if near else "one of: " + ", ".join(allowed)
    elif kind in _OWN:
        code = _OWN[kind]
        message = f"{name} {found} {context['message']}"
        help = context["help"]
    elif kind in {"too_short", "string_too_short"}:
        code, message, help = F206, f"{name} is empty", "write it, or leave the key out"
    elif kind in {"too_long", "string_too_long"}:
        limit = context.get("max_length", "")
        code, message, help = F207, f"{name} has more than {limit} items", "shorten it"
    elif kind in {"tuple_type", "list_type"}:
        code, message = F203, f"{name} is {_kind(error['input'])}, where a list is wanted"
        help = f"write [{str(error['input'])[:40]}]" if isinstance(error["input"], str) else ""
        if isinstance(error["input"], str) and error["input"] in MISSING:
            help = "this list has to be known"
    elif kind in {"model_type", "model_attributes_type", "dict_type"}:
        code, message = F203, f"{name} is {_kind(error['input'])}, where keys are wanted"
        keys, _ = _keys(shape, path)
        help = "keys: " + ", ".join(sorted(keys))[:120]
    else:
        code, message, help = F204, f"{name} {found}: {error['msg'][:120]}", ""
    return Diagnostic(code, document.place(path, key=at_key), message, help, path)


def _kind(value: Any) -> str:
    return "a text" if isinstance(value, str) else "a list" if isinstance(value, list) else "keys"


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


def _keys(shape: type[Shape], path: FieldPath) -> tuple[list[str], dict[str, str]]:
    """Gives the keys, and the words written for them, of the shape at a path."""
    for part in path:
        if isinstance(part, str) and part in shape.model_fields:
            inner = _inner(shape.model_fields[part].annotation)
            if inner is None:
                return [], {}
            shape = inner
    return list(shape.model_fields), shape.synonyms


def _inner(annotation: Any) -> type[Shape] | None:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((s for a in get_args(annotation) if (s := _inner(a)) is not None), None)


def _allowed(context: dict[str, Any]) -> list[str]:
    expected = context.get("expected", "")
    if isinstance(expected, Enum):
        return [str(expected)]
    return [w.strip(" '") for w in str(expected).replace(" or ", ", ").split(",") if w.strip(" '")]
