"""The catalog as JSON: records, counts, what the explorer reads, and the JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from fmcatalog import selection, stats
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.records import Shape
from fmcatalog.records.schemas import SCHEMAS, schema
from fmcatalog.rules.reconciliation import table2
from fmcatalog.stats import answers

SCHEMA_VERSION = "1.0"
"""Version of the JSON form; the first number changes when a reader of the old form would fail."""


def record(catalog: Catalog, id: str) -> dict[str, Any]:
    """Gives a record as data: ``id`` and the YAML's own keys; quantities and dates typed.

    Returns:
        Dates as ISO strings; a quantity as an object with ``text``, ``form`` and its numbers;
        a missing value as ``not-reported`` or ``not-applicable``; an absent one not at all.
    """
    data = catalog.models[id].model_dump(mode="json", exclude_none=True)
    return {"id": id, **data}


def to_json(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as ``{"schema_version", "count", "models": […]}``."""
    models = [record(catalog, id) for id in (catalog.models if ids is None else ids)]
    return json_bytes({"schema_version": SCHEMA_VERSION, "count": len(models), "models": models})


def json_bytes(data: Any) -> bytes:
    """Writes strict JSON: UTF-8, two spaces, a line end at the end, no NaN."""
    return (json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def schemas(catalog: Catalog) -> tuple[Artifact, ...]:
    """Makes ``schemas/<kind>.schema.json``; the terms are offered as completion."""
    terms = {facet: sorted(ids) for facet, ids in catalog.terms.items()}
    return tuple(
        Artifact(f"{kind}.schema.json", json_bytes(schema(kind, terms))) for kind in SCHEMAS
    )


def statistics(catalog: Catalog) -> bytes:
    """Writes the counts that the pages show, as JSON."""
    view, owed = stats.overview(catalog), answers.owed(catalog)
    facets = {}
    for facet in catalog.terms:
        found = stats.distribution(catalog, facet)
        facets[facet] = {
            **asdict(found.tally),
            "multiple": found.multiple,
            "counts": {c.id: c.count for c in found.counts},
        }
    return json_bytes(
        {
            "schema_version": SCHEMA_VERSION,
            "models": view.models,
            "surveyed": view.surveyed,
            "beyond_the_figure": list(view.beyond),
            "groups": {id: {"figure3": f, "catalog": c} for id, _, f, c in view.groups},
            "facets": facets,
            "quarters": {c.id: c.count for c in stats.quarters(catalog)},
            "public": {"code": view.code, "weights": view.weights},
            "completeness": {k: asdict(t) for k, t in stats.completeness(catalog).items()},
            "answers": asdict(answers.whole(catalog)),
            "debts": {d.id: {"values": d.count, "records": len(d.models)} for d in owed},
        }
    )


def taxonomy(catalog: Catalog) -> bytes:
    """Writes families and groups as a tree, each with all its models."""

    def branch(id: str) -> dict[str, Any]:
        term = catalog.terms["category"][id]
        below = [branch(narrower) for narrower in catalog.narrower("category", id)]
        return {
            "id": id,
            "label": term.label,
            "definition": " ".join(term.definition.split()),
            "models": list(catalog.members("category", id)),
            **({"narrower": below} if below else {}),
        }

    terms = catalog.terms.get("category", {})
    families = [branch(id) for id, term in terms.items() if term.broader is None]
    return json_bytes({"schema_version": SCHEMA_VERSION, "families": families})


def survey(catalog: Catalog, id: str) -> bytes:
    """Writes a survey as printed, beside what the records have: cell by cell, with the errata."""
    found = catalog.surveys[id]
    rows = [
        {
            "row": number,
            "model": model,
            "cells": {
                cell.column: {
                    "printed": cell.printed,
                    "record": cell.ours,
                    "verdict": str(cell.verdict),
                    "errata": list(cell.errata),
                }
                for cell in cells
            },
        }
        for number, (model, cells) in enumerate(table2(catalog, found), start=1)
    ]
    return json_bytes(
        {
            "schema_version": SCHEMA_VERSION,
            "survey": data(found.survey),
            "figure3": [data(row) for row in found.figure3],
            "table1": [data(row) for row in found.table1],
            "table2": rows,
            "errata": [data(erratum) for erratum in found.errata],
        }
    )


def explorer(catalog: Catalog) -> bytes:
    """Writes what the explorer in the browser reads: what can be asked, and every value."""
    index = {"schema": SCHEMA_VERSION, **selection.index(catalog)}
    return compact(index)


def compact(data: Any) -> bytes:
    """Writes strict JSON on one line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode()


def data(shape: Shape) -> dict[str, Any]:
    """Gives any shape as data for JSON."""
    dumped: dict[str, Any] = shape.model_dump(mode="json", exclude_none=True)
    return dumped
