"""The catalog as JSON: records, counts, changes, and what the explorer reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from fmcatalog import selection, stats
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog, SurveyData
from fmcatalog.export.lines import line
from fmcatalog.records import Model, Shape
from fmcatalog.records.answers import (
    Branch,
    Changes,
    Statistics,
    SurveyAnswer,
    Taxonomy,
    model_of,
)
from fmcatalog.records.schemas import SCHEMAS, schema
from fmcatalog.records.writing import json_text, shape_text
from fmcatalog.rules.reconciliation import table2
from fmcatalog.stats import answers
from fmcatalog.stats.history import Change, history

SCHEMA_VERSION = "1.0"
"""Version of the JSON form; the first number changes when a reader of the old form would fail."""


def record_json(catalog: Catalog, id: str) -> bytes:
    """Writes a record: ``id`` and the YAML's own keys; quantities and dates typed.

    Returns:
        Dates as ISO strings; a quantity as an object with ``text``, ``form`` and its numbers;
        a missing value as ``not-reported`` or ``not-applicable``; an absent one not at all.
    """
    return b'{\n  "id": "%b",%b' % (id.encode(), shape_text(catalog.models[id])[1:])


def to_json(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as ``{"schema_version", "count", "models": […]}``."""
    whole = Records()
    for id in catalog.models if ids is None else ids:
        whole.add(record_json(catalog, id))
    return whole.content()


class Records:
    """What `to_json` writes, growing record by record."""

    def __init__(self) -> None:
        self._count = 0
        self._text = bytearray()

    def add(self, text: bytes) -> None:
        """Adds what `record_json` wrote."""
        self._count += 1
        self._text += b",\n    " if self._text else b"[\n    "
        self._text += text.rstrip().replace(b"\n", b"\n    ")

    def content(self) -> bytes:
        """Gives the whole."""
        head = json_bytes({"schema_version": SCHEMA_VERSION, "count": self._count}).rstrip()[:-2]
        return b"".join(
            (
                head,
                b',\n  "models": ',
                self._text or b"[",
                b"\n  ]\n}\n" if self._text else b"]\n}\n",
            )
        )


def from_json(content: bytes) -> dict[str, Model]:
    """Reads models back from what `to_json` writes.

    Raises:
        ValueError: It is not that.
    """
    try:
        models = json.loads(content)["models"]
        return {record["id"]: model_of(record) for record in models}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"is not models.json: {error}") from None


def json_bytes(data: Any) -> bytes:
    """Writes strict JSON: UTF-8, two spaces, a line end at the end, no NaN."""
    return json_text(data, pretty=True)


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
    answer = Statistics.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "models": view.models,
            "surveyed": view.surveyed,
            "beyond_the_figure": list(view.beyond),
            "tiers": {c.id: list(c.models) for c in stats.tiers(catalog)},
            "groups": {id: {"figure3": f, "catalog": c} for id, _, f, c in view.groups},
            "facets": facets,
            "quarters": {c.id: c.count for c in stats.quarters(catalog)},
            "public": {"code": view.code, "weights": view.weights},
            "completeness": {k: asdict(t) for k, t in stats.completeness(catalog).items()},
            "answers": asdict(answers.whole(catalog)),
            "debts": {d.id: {"values": d.count, "records": len(d.models)} for d in owed},
        }
    )
    return shape_text(answer)


def taxonomy(catalog: Catalog) -> bytes:
    """Writes families and groups as a tree, each with all its models."""

    def branch(id: str) -> Branch:
        term = catalog.terms["category"][id]
        below = tuple(branch(narrower) for narrower in catalog.narrower("category", id))
        return Branch(
            id=id,
            label=term.label,
            definition=line(term.definition),
            models=catalog.members("category", id),
            narrower=below or None,
        )

    terms = catalog.terms.get("category", {})
    families = tuple(branch(id) for id, term in terms.items() if term.broader is None)
    return shape_text(Taxonomy(schema_version=SCHEMA_VERSION, families=families))


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
    answer = {
        "schema_version": SCHEMA_VERSION,
        "survey": data(found.survey),
        "reconciliation": _reconciled(catalog, found, rows),
        "figure3": [data(row) for row in found.figure3],
        "table1": [data(row) for row in found.table1],
        "table2": rows,
        "errata": [data(erratum) for erratum in found.errata],
    }
    return shape_text(SurveyAnswer.model_validate(answer))


def _reconciled(
    catalog: Catalog, found: SurveyData, rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    groups = {id: model.category for id, model in catalog.models.items()}
    drawn = Counter(groups.get(row.model) for row in found.figure3)
    cells = Counter(cell["verdict"] for row in rows for cell in row["cells"].values())
    return {
        "figure1a": {
            group: {"printed": printed, "records": drawn[group]}
            for group, printed in found.survey.figure1a.items()
        },
        "figure3": sum(groups.get(row.model) == row.category for row in found.figure3),
        "table1": sum(groups.get(row.model) == row.category for row in found.table1),
        "table2": dict(sorted(cells.items())),
    }


def changes(catalog: Catalog) -> bytes:
    """Writes new records and corrected values, newest first."""
    names = [field.name for field in fields(Change)]
    found = [
        {name: value for name in names if (value := getattr(change, name)) not in ("", None)}
        | {"date": change.date.isoformat(), "event": str(change.event)}
        for change in history(catalog)
    ]
    answer = {"schema_version": SCHEMA_VERSION, "count": len(found), "changes": found}
    return shape_text(Changes.model_validate(answer))


def explorer(catalog: Catalog) -> bytes:
    """Writes what the explorer in the browser reads first: what can be asked, and every value."""
    index = {"schema": SCHEMA_VERSION, **selection.index(catalog)}
    return compact(index)


def explorer_texts(catalog: Catalog) -> bytes:
    """Writes what it reads then: titles, authors, and the other words of a search."""
    return compact(selection.texts(catalog))


def compact(data: Any) -> bytes:
    """Writes strict JSON on one line."""
    return json_text(data)


def data(shape: Shape) -> dict[str, Any]:
    """Gives any shape as data for JSON."""
    dumped: dict[str, Any] = shape.model_dump(mode="json", exclude_none=True)
    return dumped
