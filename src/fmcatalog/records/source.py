"""Provenance: where values come from."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from fmcatalog.records.addresses import (
    address_complaint,
    arxiv_complaint,
    arxiv_in,
    doi_complaint,
    doi_in,
)
from fmcatalog.records.base import Date, Line, Prose, Shape, refuse
from fmcatalog.records.sharing import alike, common

_FIELD = re.compile(r"[a-z_]+(?:\.[a-z_-]+){0,2}")
_SURVEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _field(value: Any) -> str:
    if not isinstance(value, str) or not _FIELD.fullmatch(value):
        meant = str(value).strip().lower().replace(" ", "_")
        help = "write a key such as title, or a part of one such as links.code"
        help = f"write {meant}" if _FIELD.fullmatch(meant) else help
        raise refuse("form", "is not the name of a value", help)
    return value


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refuse("empty", "is empty", "arxiv:…, doi:…, an https address, or a survey id")
    kind, help = "identifier", "write arxiv:2304.12306, doi:10.…, https://…, or azad-2023"
    if value.startswith("arxiv:"):
        said = arxiv_complaint(value[6:])
    elif value.startswith("doi:"):
        said = doi_complaint(value[4:])
    elif "://" in value:
        said, kind, help = address_complaint(value), "address", ""
    elif _SURVEY.fullmatch(value):
        said = None
    else:
        said = "is not a source"
    if said is not None:
        found, doi = arxiv_in(value), doi_in(value)
        if kind == "identifier" and (doi or found):
            help = f"write doi:{doi}" if doi else f"write arxiv:{found}"
        raise refuse(kind, said, help)
    return value


FieldPath = Annotated[str, BeforeValidator(common(_field)), WithJsonSchema({"type": "string"})]
Reference = Annotated[
    str,
    BeforeValidator(_reference),
    WithJsonSchema(
        {"type": "string", "examples": ["azad-2023", "arxiv:2304.12306", "doi:10.1000/x"]}
    ),
]


class Source(Shape):
    """One thing that was read, and the values it gave."""

    fields: Annotated[tuple[FieldPath, ...], Field(min_length=1, max_length=60), alike()]
    """Which values: keys of the record, or dotted parts such as links.code or
    training.pre-training.epochs."""
    source: Reference
    """What was read: a survey id, arxiv:…, doi:…, or an https address."""
    locator: Line | None = None
    """Where in it: section, table and row, file and commit."""
    accessed: Date
    """When it was read."""
    note: Prose | None = None
    """What it says exactly, or why this value was taken."""


class Citation(Shape):
    """A source of a term or an erratum: what was read, without naming fields."""

    source: Reference
    """What was read: a survey id, arxiv:…, doi:…, or an https address."""
    locator: Line | None = None
    """Where in it."""
    accessed: Date | None = None
    """When it was read."""
    note: Prose | None = None
    """What it says exactly."""


def link(reference: str) -> str | None:
    """Gives the address of a source, or None for a survey of the catalog.

    Args:
        reference: A value of ``source``.
    """
    if reference.startswith("arxiv:"):
        return f"https://arxiv.org/abs/{reference[6:]}"
    if reference.startswith("doi:"):
        return f"https://doi.org/{reference[4:]}"
    return reference if "://" in reference else None
