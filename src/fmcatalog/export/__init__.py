"""The catalog as files for machines: JSON, tables, citations, a database, feeds, schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.export.answers import (
    SCHEMA_VERSION,
    Records,
    changes,
    compact,
    data,
    explorer,
    explorer_texts,
    from_json,
    record_json,
    schemas,
    statistics,
    survey,
    taxonomy,
    to_json,
)
from fmcatalog.export.citations import Entries, Papers, bibtex, to_bibtex, to_csl, to_ris
from fmcatalog.export.database import to_sqlite
from fmcatalog.export.feeds import feeds
from fmcatalog.export.interface import interface
from fmcatalog.export.jsonld import to_jsonld
from fmcatalog.export.latex import to_latex
from fmcatalog.export.package import PUBLISHED, Described, package
from fmcatalog.export.skos import to_turtle
from fmcatalog.export.tables import (
    CSV_COLUMNS,
    TRAINING_COLUMNS,
    table_files,
    to_csv,
    to_parquet,
    to_training_csv,
    to_training_parquet,
)
from fmcatalog.records.writing import shape_text
from fmcatalog.views import explore, new_record, paths

WRITERS: Mapping[str, Callable[[Catalog, Sequence[str] | None], bytes]] = MappingProxyType(
    {
        "json": to_json,
        "csv": to_csv,
        "training": to_training_csv,
        "parquet": to_parquet,
        "training-parquet": to_training_parquet,
        "bibtex": to_bibtex,
        "csl-json": to_csl,
        "ris": to_ris,
        "latex": to_latex,
    }
)
"""Format → what writes all models, or chosen ones."""

WHOLE: Mapping[str, Callable[[Catalog], bytes]] = MappingProxyType(
    {
        "statistics": statistics,
        "changes": changes,
        "sqlite": to_sqlite,
        "skos": to_turtle,
        "jsonld": to_jsonld,
    }
)
"""Format → what writes the whole catalog."""


Known = Callable[[str, Sequence[str]], bool]
"""Tells of a record, by id, whether its files are there already as they would be made."""


def api(
    catalog: Catalog,
    top: str = "",
    known: Known = lambda _id, _uris: False,
    *,
    entries: Entries | None = None,
) -> Iterator[Artifact]:
    """Makes the data files of the site.

    Args:
        catalog: The catalog.
        top: Whole address of the site; empty where nobody knows it.
        known: Which records need no files.
        entries: Its papers as BibTeX, where somebody else wants them too.
    """
    papers = Papers(catalog, entries)
    # One after the other, since of ten thousand records each is tens of megabytes.
    described: dict[str, Described] = {}
    for artifact in chain(
        feeds(catalog, top), _records(catalog, papers, known), _whole(catalog, papers)
    ):
        if artifact.uri in PUBLISHED:
            described[artifact.uri] = Described.of(artifact)
        yield artifact
    yield package(described)
    yield from _each(catalog, papers)
    yield from interface(catalog)
    yield Artifact(explore.INDEX, explorer(catalog))
    yield Artifact(explore.TEXTS, explorer_texts(catalog))
    yield Artifact(new_record.INDEX, compact(new_record.index(catalog)))
    for artifact in schemas(catalog):
        yield Artifact(f"schemas/{artifact.uri}", artifact.content)


def _whole(catalog: Catalog, papers: Papers) -> Iterator[Artifact]:
    """Makes the other files that hold everything."""
    yield Artifact("api/v1/changes.json", changes(catalog))
    yield Artifact("api/v1/statistics.json", statistics(catalog))
    yield Artifact("api/v1/taxonomy.json", taxonomy(catalog))
    yield from table_files(catalog)
    yield Artifact("models.bib", papers.bibtex(catalog.models))
    yield Artifact("models.csl.json", papers.csl(catalog.models))
    yield Artifact("models.ris", papers.ris(catalog.models))
    yield Artifact("catalog.sqlite", to_sqlite(catalog))
    yield Artifact("vocabularies.ttl", to_turtle(catalog))


def _records(catalog: Catalog, papers: Papers, known: Known) -> Iterator[Artifact]:
    """Makes the files of each model, and of the same JSON the one of all."""
    whole = Records()
    for id in catalog.models:
        text = record_json(catalog, id)
        whole.add(text)
        json, paper = f"api/v1/models/{id}.json", f"models/{id}/{id}"
        if known(id, (json, f"{paper}.bib", f"{paper}.ris")):
            continue
        yield Artifact(json, text)
        yield Artifact(f"{paper}.bib", papers.bibtex([id]))
        yield Artifact(f"{paper}.ris", papers.ris([id]))
    yield Artifact("api/v1/models.json", whole.content())


def _each(catalog: Catalog, papers: Papers) -> Iterator[Artifact]:
    """Makes the files that hold one term, one vocabulary, one survey."""
    for facet in paths.CITED:
        for term in catalog.terms.get(facet, {}):
            ids = catalog.members(facet, term)
            for ending, write in (
                ("bib", papers.bibtex),
                ("csl.json", papers.csl),
                ("ris", papers.ris),
            ):
                if ids:
                    yield Artifact(paths.papers_path(facet, term, ending), write(ids))
    for facet, vocabulary in catalog.vocabularies.items():
        yield Artifact(f"api/v1/vocabularies/{facet}.json", shape_text(vocabulary))
    for id in catalog.surveys:
        yield Artifact(f"api/v1/surveys/{id}.json", survey(catalog, id))


__all__ = [
    "CSV_COLUMNS",
    "SCHEMA_VERSION",
    "TRAINING_COLUMNS",
    "WHOLE",
    "WRITERS",
    "Entries",
    "api",
    "bibtex",
    "changes",
    "data",
    "explorer",
    "explorer_texts",
    "feeds",
    "from_json",
    "interface",
    "package",
    "schemas",
    "statistics",
    "survey",
    "taxonomy",
    "to_bibtex",
    "to_csl",
    "to_csv",
    "to_json",
    "to_jsonld",
    "to_latex",
    "to_parquet",
    "to_ris",
    "to_sqlite",
    "to_training_csv",
    "to_training_parquet",
    "to_turtle",
]
