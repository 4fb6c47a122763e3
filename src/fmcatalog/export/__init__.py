"""The catalog as files for machines: JSON, tables, citations, and the schemas of the YAML."""

from __future__ import annotations

from collections.abc import Iterable

from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.export.answers import (
    SCHEMA_VERSION,
    compact,
    data,
    explorer,
    json_bytes,
    record,
    schemas,
    statistics,
    to_json,
)
from fmcatalog.export.citations import bibtex, to_bibtex
from fmcatalog.export.tables import CSV_COLUMNS, to_csv
from fmcatalog.views import new_record


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
    yield Artifact(new_record.INDEX, compact(new_record.index(catalog)))
    for artifact in schemas(catalog):
        yield Artifact(f"schemas/{artifact.uri}", artifact.content)


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
