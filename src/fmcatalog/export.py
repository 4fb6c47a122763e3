"""The catalog as data files: JSON, CSV, BibTeX, and the JSON Schemas of the YAML files."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from fmcatalog import selection, stats
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Model, Shape, listed
from fmcatalog.records.schemas import SCHEMAS, schema
from fmcatalog.stats import answers
from fmcatalog.views import new_record

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


CSV_COLUMNS = (
    "id",
    "name",
    "title",
    "authors",
    "published",
    "category",
    "venue",
    "year",
    "arxiv",
    "doi",
    "paper",
    "code",
    "weights",
    "licence_code",
    "licence_weights",
    "modalities",
    "organs",
    "tasks",
    "algorithms",
    "builds_on",
    "datasets",
    "parameters",
    "gpu",
    "gpu_count",
    "gpu_memory_gb",
    "total_gpu_memory_gb",
    "gpu_hours",
    "summary",
)
"""Columns of ``models.csv``."""


def to_csv(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as a table: one row each, lists joined by ``; ``, stages too.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for id in catalog.models if ids is None else ids:
        cells = _cells(id, catalog.models[id])
        writer.writerow([_harmless(cells[column]) for column in CSV_COLUMNS])
    return out.getvalue().encode()


def _cells(id: str, model: Model) -> dict[str, str]:
    stages = model.stages
    cells = {
        "id": id,
        "name": model.name,
        "title": model.title,
        "authors": "; ".join(model.authors),
        "published": str(model.published),
        "category": model.category,
        "venue": model.venue.name if model.venue else "",
        "year": str(model.venue.year) if model.venue else "",
        "builds_on": _list(model.builds_on, lambda p: f"{p.model} ({p.relation})"),
        "datasets": _list(model.datasets, lambda d: f"{d.dataset} ({d.use})"),
        "parameters": _text(model.parameters),
        "summary": " ".join((model.summary or "").split()),
        "total_gpu_memory_gb": "; ".join(_text(s.total_memory) for s in stages),
    }
    for key in ("arxiv", "doi"):
        cells[key] = _text(getattr(model.identifiers, key, None))
    for key in ("paper", "code", "weights"):
        cells[key] = _text(getattr(model.links, key, None))
    for key in ("code", "weights"):
        cells[f"licence_{key}"] = _text(getattr(model.licence, key, None))
    for key in ("modalities", "organs", "tasks", "algorithms"):
        cells[key] = _list(getattr(model, key), str)
    for key in ("gpu", "gpu_count", "gpu_memory_gb", "gpu_hours"):
        cells[key] = "; ".join(_text(getattr(s, key)) for s in stages)
    return cells


def _list(value: Any, write: Any) -> str:
    if isinstance(value, Missing):
        return str(value)
    return "; ".join(write(item) for item in listed(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    # Spreadsheets run such cells as formulas; full-width forms are folded by some of them.
    cell = cell.replace("\r", " ")  # the csv module leaves a lone one unquoted, which ends the row
    head = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if head and head in "=+-@|\t\r\n" and cell != "-" else cell


def to_bibtex(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as BibTeX; the keys are the records' ids."""
    chosen = catalog.models if ids is None else ids
    return "\n".join(bibtex(id, catalog.models[id]) for id in chosen).encode()


def bibtex(id: str, model: Model) -> str:
    """Writes one model as a BibTeX entry with the key ``id``."""
    venue, identifiers = model.venue, model.identifiers
    fields: dict[str, str] = {
        "title": f"{{{_tex(model.title)}}}",
        "author": " and ".join(_author(a) for a in model.authors)
        + (" and others" if model.author_count is not None else ""),
        "year": str(venue.year if venue else model.published.year),
    }
    kind = "misc"
    if venue is not None:
        kind = {"journal": "article", "conference": "inproceedings"}.get(venue.kind or "", "misc")
        where = {"article": "journal", "inproceedings": "booktitle"}.get(kind, "howpublished")
        fields[where] = _tex(venue.name)
        fields["volume"] = _tex(venue.volume or "")
        fields["pages"] = _tex(venue.pages or "").replace("–", "--")
    if identifiers is not None:
        fields["doi"] = _tex(identifiers.doi or identifiers.preprint_doi or "")
        if identifiers.arxiv:
            fields["eprint"] = identifiers.arxiv
            fields["archiveprefix"] = "arXiv"
    paper = model.links.paper if model.links is not None else None
    if paper is not None and not isinstance(paper, Missing):
        fields["url"] = _tex(paper, url=True)
    body = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@{kind}{{{id},\n{body}}}\n"


def _author(name: str) -> str:
    # Braces keep a name with "and" or a comma in one piece.
    written = _tex(name)
    return f"{{{written}}}" if re.search(r",|\band\b", name) else written


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: rf"\{c}" for c in "&%$#_"},
}


def _tex(text: str, *, url: bool = False) -> str:
    special = {"%": r"\%", "#": r"\#"} if url else _TEX
    return "".join(special.get(c, c) for c in " ".join(text.split()))


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


def explorer(catalog: Catalog) -> bytes:
    """Writes what the explorer in the browser reads: what can be asked, and every value."""
    index = {"schema": SCHEMA_VERSION, **selection.index(catalog)}
    return _compact(index)


def _compact(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode()


def api(catalog: Catalog) -> Iterable[Artifact]:
    """Makes the data files of the site."""
    yield Artifact("api/v1/models.json", to_json(catalog))
    for id in catalog.models:
        yield Artifact(f"api/v1/models/{id}.json", json_bytes(record(catalog, id)))
        yield Artifact(f"models/{id}/{id}.bib", to_bibtex(catalog, [id]))
    for facet, vocabulary in catalog.vocabularies.items():
        yield Artifact(f"api/v1/vocabularies/{facet}.json", json_bytes(data(vocabulary)))
    yield Artifact("api/v1/statistics.json", statistics(catalog))
    yield Artifact("models.csv", to_csv(catalog))
    yield Artifact("models.bib", to_bibtex(catalog))
    yield Artifact("assets/explore.json", explorer(catalog))
    yield Artifact(new_record.INDEX, _compact(new_record.index(catalog)))
    for artifact in schemas(catalog):
        yield Artifact(f"schemas/{artifact.uri}", artifact.content)


def data(shape: Shape) -> dict[str, Any]:
    """Gives any shape as data for JSON."""
    dumped: dict[str, Any] = shape.model_dump(mode="json", exclude_none=True)
    return dumped


__all__ = [
    "CSV_COLUMNS",
    "SCHEMA_VERSION",
    "api",
    "bibtex",
    "data",
    "explorer",
    "record",
    "schemas",
    "statistics",
    "to_bibtex",
    "to_csv",
    "to_json",
]
