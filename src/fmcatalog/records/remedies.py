"""What to write where nothing stands: the shape of a file tells whether it may stay so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, get_args, get_origin

from fmcatalog.diagnostics import Diagnostic
from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.documents import F111
from fmcatalog.records.base import Missing, Shape
from fmcatalog.records.dates import PartialDate

Offered = Mapping[str, Sequence[str]]
"""Key of a file → the values that fit, of a key that has few which its shape does not know."""


def remedied(found: Diagnostic, shape: type[Shape], offered: Offered) -> Diagnostic:
    """Says of a key without a value what to write; gives other diagnostics back as they are.

    Args:
        found: What the reader found, who does not know the shape.
        shape: The shape of the file.
        offered: The values that fit, of keys that have few.
    """
    return (
        replace(found, help=for_nothing(shape, found.path, offered))
        if (found.code == F111)
        else found
    )


def for_nothing(shape: type[Shape], path: FieldPath, offered: Offered) -> str:
    """Says what to write for a value that is empty, by whether it may be left out."""
    if path and isinstance(path[-1], int):
        return "write it, or delete the item"
    home = at(shape, path[:-1])
    field = home.model_fields.get(str(path[-1])) if home and path else None
    if field is not None and field.is_required():
        form, values = _form(field.annotation, offered.get(str(path[-1]), ()))
        if values:
            return "write one of: " + ", ".join(values)
        what = {"…": "it", "- ": f"below it '  {form}'"}.get(form[:2], form)
        return f"write {what}: it cannot be left out"
    if field is not None and _mentions(field.annotation):
        return "write it, write not-reported, or leave the key out"
    return "write it, or leave the key out"


def to_add(shape: type[Shape], path: FieldPath, offered: Offered) -> str:
    """Says how a key that is missing is written."""
    key = str(path[-1])
    home = at(shape, path[:-1])
    form, values = _form(home.model_fields[key].annotation if home else None, offered.get(key, ()))
    if form.startswith("- "):
        return f"add '{key}:' and below it '  {form}'"
    return f"add '{key}: {form}'" + (", one of: " + ", ".join(values) if values else "")


def _form(annotation: Any, values: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Gives how a value is written, and the few there are, if they are few."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return "…", [str(value) for value in annotation]
    if annotation is PartialDate:
        return "YYYY-MM-DD", ()
    shape = _inner(annotation)
    if shape is not None:
        needed = [k for k, field in shape.model_fields.items() if field.is_required()]
        written = "{" + ", ".join(f"{key}: …" for key in needed) + "}"
        return ("- " if get_origin(annotation) is tuple else "") + written, ()
    return ("[one, another]" if get_origin(annotation) is tuple else "…"), values


def may_miss(shape: type[Shape], path: FieldPath) -> bool:
    """Tells whether not-reported can stand at a path."""
    home = at(shape, path[:-1])
    field = home.model_fields.get(str(path[-1])) if home and path else None
    return field is not None and _mentions(field.annotation)


def _mentions(annotation: Any) -> bool:
    return annotation is Missing or any(_mentions(a) for a in get_args(annotation))


def at(shape: type[Shape], path: FieldPath) -> type[Shape] | None:
    """Gives the shape at a path; None where a text or a list of texts stands."""
    found: type[Shape] | None = shape
    for part in path:
        if isinstance(part, str):
            field = found.model_fields.get(part) if found else None
            found = _inner(field.annotation) if field else None
    return found


def keys_at(shape: type[Shape], path: FieldPath) -> tuple[list[str], dict[str, str]]:
    """Gives the keys, and the words written for them, of the shape at a path."""
    found = at(shape, path)
    return (list(found.model_fields), found.synonyms) if found else ([], {})


def _inner(annotation: Any) -> type[Shape] | None:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((s for a in get_args(annotation) if (s := _inner(a)) is not None), None)
