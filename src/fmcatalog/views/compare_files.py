"""The columns of a comparison as files: one a model, and the names to pick from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.records import Model
from fmcatalog.records.writing import json_text
from fmcatalog.views import paths
from fmcatalog.views.columns import Cell, Side, side
from fmcatalog.views.model import ModelView
from fmcatalog.views.parts import Link, Outlink

FOLDER = "assets/compare"
"""Where they stand on the site."""


def names(catalog: Catalog) -> Artifact:
    """Makes the list that the script picks from."""
    found = [
        [id, model.name, paths.badge(catalog, model.category).label]
        for id, model in catalog.models.items()
    ]
    return Artifact(f"{FOLDER}/names.json", _json({"models": found}))


def file(seen: ModelView, model: Model) -> Artifact:
    """Makes the column of one model, out of the view of its page."""
    return Artifact(place(seen.id), _json(column(side(seen, model))))


def place(id: str) -> str:
    """Gives the address of a model's column."""
    return f"{FOLDER}/models/{id}.json"  # not under a name that a model may have


def column(side: Side) -> dict[str, Any]:
    """Gives a column as data; what is empty is left out."""
    return {
        "id": side.id,
        "name": side.name,
        "path": side.path,
        "group": [side.badge.label, side.badge.path, side.badge.shape],
        "sections": [
            {
                "key": section.key,
                "label": section.label,
                "rows": [
                    {"key": line.key, "label": line.label, "cell": cell(line.cell)}
                    for line in section.lines
                ],
            }
            for section in side.sections
        ],
        "empty": cell(side.empty),
        "no_stage": cell(side.no_stage),
        "near": [[_id(link), link.label, link.note] for link in side.near],
        "bibtex": side.bibtex,
    }


def cell(of: Cell) -> dict[str, Any]:
    """Gives a cell as data."""
    value = of.value
    found = {
        "words": of.words,
        "same": of.same if of.same != of.words else "",
        "text": value.text,
        "missing": value.missing,
        "group": [value.badge.label, value.badge.path, value.badge.shape] if value.badge else [],
        "tier": value.tier,
        "links": [[one.label, one.path, one.note] for one in value.links],
        "outlinks": _outlinks(value.outlinks),
        "items": list(of.items),
        "note": value.note,
        "printed": value.printed,
        "erratum": value.erratum,
        "sources": [[mark.label, mark.path] for mark in of.marks],
    }
    return {key: part for key, part in found.items() if part}


def _outlinks(links: Sequence[Outlink]) -> list[list[str]]:
    return [[one.label, one.href, one.note] for one in links]


def _id(link: Link) -> str:
    return link.path.strip("/").rpartition("/")[2]


def _json(data: Any) -> bytes:
    return json_text(data)
