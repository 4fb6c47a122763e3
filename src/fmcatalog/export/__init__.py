"""The catalog as files for machines: JSON, tables, citations, a database, feeds, schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from fmcatalog.artifacts import Artifact, Stamp
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
from fmcatalog.views.keys import (
    AS_OF,
    COUNT,
    EVERYTHING,
    NOTHING,
    PRESENCE,
    SIZES,
    Basis,
    Keys,
    going_by,
)

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


Known = Callable[[Basis, Sequence[str]], bool]
"""Takes over files that are there already, where nothing that they are made of has changed; tells
whether it did. They need not be made then."""

_CITED = going_by("title authors author_count published venue identifiers links")
_TABLE = EVERYTHING - going_by("aliases other_titles corrections key_ideas use_cases limitations")
_TABLE -= going_by("sources author_count", PRESENCE, COUNT, AS_OF, SIZES)
_EXPLORED = going_by("name aliases category published reviewed links training")
_EXPLORED |= going_by("modalities organs tasks algorithms builds_on datasets licence")
_STATISTICS = _EXPLORED - going_by("name aliases") | going_by("venue identifiers sources", PRESENCE)
_TEXTS = going_by("title other_titles aliases authors author_count identifiers")
_IDENTITY = going_by("name title other_titles aliases identifiers")


def api(
    catalog: Catalog,
    top: str = "",
    known: Known = lambda _basis, _uris: False,
    stamps: Mapping[str, Stamp] | None = None,
    *,
    entries: Entries | None = None,
) -> Iterator[Artifact]:
    """Makes the data files of the site.

    Args:
        catalog: The catalog.
        top: Whole address of the site; empty where nobody knows it.
        known: Takes over those that need not be made.
        stamps: What became of those that were given, and of those taken over; it grows as they do.
        entries: Its papers as BibTeX, where somebody else wants them too.
    """
    papers = Papers(catalog, entries)
    # One after the other, since of ten thousand records each is tens of megabytes.
    described: dict[str, Described] = {}
    for artifact in chain(
        feeds(catalog, top, lambda basis, uri: known(basis, (uri,))),
        _records(catalog, papers, known),
        _whole(catalog, papers, known),
    ):
        if stamps is None and artifact.uri in PUBLISHED:
            described[artifact.uri] = Described.of(artifact)
        yield artifact
    if stamps is not None:
        for uri in PUBLISHED & stamps.keys():
            described[uri] = Described(stamps[uri].size, stamps[uri].digest.hex())
    yield package(described)
    yield from _each(catalog, papers, known)
    yield from interface(catalog)
    for artifact in schemas(catalog):
        yield Artifact(f"schemas/{artifact.uri}", artifact.content)


def _whole(catalog: Catalog, papers: Papers, known: Known) -> Iterator[Artifact]:
    """Makes the other files that hold everything."""
    ids = catalog.models
    files: list[tuple[str, Keys, Callable[[], bytes]]] = [
        ("api/v1/changes.json", going_by("name corrections sources"), lambda: changes(catalog)),
        ("api/v1/statistics.json", _STATISTICS, lambda: statistics(catalog)),
        ("api/v1/taxonomy.json", going_by("category"), lambda: taxonomy(catalog)),
        ("models.bib", _CITED, lambda: papers.bibtex(ids)),
        ("models.csl.json", _CITED, lambda: papers.csl(ids)),
        ("models.ris", _CITED, lambda: papers.ris(ids)),
        ("catalog.sqlite", EVERYTHING, lambda: to_sqlite(catalog)),
        ("vocabularies.ttl", NOTHING, lambda: to_turtle(catalog)),
        (explore.INDEX, _EXPLORED, lambda: explorer(catalog)),
        (explore.TEXTS, _TEXTS, lambda: explorer_texts(catalog)),
        (new_record.INDEX, _IDENTITY, lambda: compact(new_record.index(catalog))),
    ]
    for uri, keys, write in files:
        if not known(Basis(keys), (uri,)):
            yield Artifact(uri, write())
    tables = {"models": _TABLE, "training": going_by("training")}
    yield from table_files(catalog, lambda name, uri: not known(Basis(tables[name]), (uri,)))


def _records(catalog: Catalog, papers: Papers, known: Known) -> Iterator[Artifact]:
    """Makes the files of each model, and of the same JSON the one of all."""
    place = "api/v1/models.json"
    whole = None if known(Basis(EVERYTHING), (place,)) else Records()
    for id in catalog.models:
        json, paper = f"api/v1/models/{id}.json", f"models/{id}/{id}"
        same = known(Basis(EVERYTHING, ("model", id)), (json, f"{paper}.bib", f"{paper}.ris"))
        if same and whole is None:
            continue
        text = record_json(catalog, id)
        if whole is not None:
            whole.add(text)
        if not same:
            yield Artifact(json, text)
            yield Artifact(f"{paper}.bib", papers.bibtex([id]))
            yield Artifact(f"{paper}.ris", papers.ris([id]))
    if whole is not None:
        yield Artifact(place, whole.content())


def _each(catalog: Catalog, papers: Papers, known: Known) -> Iterator[Artifact]:
    """Makes the files that hold one term, one vocabulary, one survey."""
    for facet in paths.CITED:
        for term in catalog.terms.get(facet, {}):
            ids = catalog.members(facet, term)
            for ending, write in (
                ("bib", papers.bibtex),
                ("csl.json", papers.csl),
                ("ris", papers.ris),
            ):
                uri = paths.papers_path(facet, term, ending)
                if ids and not known(Basis(_CITED, (facet, term)), (uri,)):
                    yield Artifact(uri, write(ids))
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
