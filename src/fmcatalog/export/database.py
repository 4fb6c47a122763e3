"""The catalog as an SQLite database: normalised, with foreign keys, full-text search and views.

A value that a source looked for and did not give is NULL, and a row of ``missing`` says which kind
of missing it is; a value nobody looked up is NULL without such a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fmcatalog.catalog import Catalog
from fmcatalog.export.answers import SCHEMA_VERSION
from fmcatalog.export.tables import QUANTITIES, ends
from fmcatalog.records import Missing, Model, Quantity, Stage, listed

_TABLES = """
CREATE TABLE about (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE term (
  facet TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL, definition TEXT NOT NULL,
  broader TEXT, position INTEGER NOT NULL,
  PRIMARY KEY (facet, id),
  FOREIGN KEY (facet, broader) REFERENCES term (facet, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE term_alias (
  facet TEXT NOT NULL, term TEXT NOT NULL, alias TEXT NOT NULL,
  PRIMARY KEY (facet, term, alias), FOREIGN KEY (facet, term) REFERENCES term (facet, id)
);

CREATE TABLE model (
  id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL,
  published TEXT NOT NULL, category TEXT NOT NULL, category_facet TEXT NOT NULL,
  reviewed INTEGER NOT NULL,
  venue TEXT, venue_kind TEXT, venue_year INTEGER, volume TEXT, pages TEXT,
  arxiv TEXT UNIQUE, doi TEXT UNIQUE, preprint_doi TEXT UNIQUE, pubmed TEXT UNIQUE,
  parameters TEXT, parameters_low REAL, parameters_high REAL, author_count TEXT, summary TEXT,
  tier TEXT NOT NULL,
  FOREIGN KEY (category_facet, category) REFERENCES term (facet, id)
);
CREATE TABLE author (
  model TEXT NOT NULL REFERENCES model (id), position INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (model, position)
);
CREATE TABLE text (
  model TEXT NOT NULL REFERENCES model (id), kind TEXT NOT NULL, position INTEGER NOT NULL,
  text TEXT NOT NULL, PRIMARY KEY (model, kind, position)
);
CREATE TABLE link (
  model TEXT NOT NULL REFERENCES model (id), kind TEXT NOT NULL, address TEXT NOT NULL,
  PRIMARY KEY (model, kind)
);
CREATE TABLE missing (
  model TEXT NOT NULL REFERENCES model (id), field TEXT NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (model, field)
);
CREATE TABLE model_term (
  model TEXT NOT NULL REFERENCES model (id), facet TEXT NOT NULL, term TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (model, facet, term), FOREIGN KEY (facet, term) REFERENCES term (facet, id)
);
CREATE TABLE licence (
  model TEXT NOT NULL REFERENCES model (id), of TEXT NOT NULL,
  facet TEXT NOT NULL, term TEXT NOT NULL,
  PRIMARY KEY (model, of), FOREIGN KEY (facet, term) REFERENCES term (facet, id)
);
CREATE TABLE dataset_use (
  model TEXT NOT NULL REFERENCES model (id), position INTEGER NOT NULL, facet TEXT NOT NULL,
  dataset TEXT NOT NULL, use TEXT NOT NULL,
  PRIMARY KEY (model, position), FOREIGN KEY (facet, dataset) REFERENCES term (facet, id)
);
CREATE TABLE builds_on (
  model TEXT NOT NULL REFERENCES model (id), position INTEGER NOT NULL, relation TEXT NOT NULL,
  parent_model TEXT REFERENCES model (id), parent_facet TEXT, parent_term TEXT,
  PRIMARY KEY (model, position),
  FOREIGN KEY (parent_facet, parent_term) REFERENCES term (facet, id),
  CHECK ((parent_model IS NULL) <> (parent_term IS NULL))
);
CREATE TABLE training (
  model TEXT NOT NULL REFERENCES model (id), number INTEGER NOT NULL, stage TEXT NOT NULL,
  gpu_facet TEXT, gpu TEXT, {quantities},
  PRIMARY KEY (model, number), FOREIGN KEY (gpu_facet, gpu) REFERENCES term (facet, id)
);
CREATE TABLE source (
  model TEXT NOT NULL REFERENCES model (id), number INTEGER NOT NULL, source TEXT NOT NULL,
  locator TEXT, accessed TEXT NOT NULL, note TEXT, PRIMARY KEY (model, number)
);
CREATE TABLE source_field (
  model TEXT NOT NULL, number INTEGER NOT NULL, field TEXT NOT NULL,
  PRIMARY KEY (model, number, field), FOREIGN KEY (model, number) REFERENCES source (model, number)
);
CREATE TABLE correction (
  model TEXT NOT NULL REFERENCES model (id), number INTEGER NOT NULL, date TEXT NOT NULL,
  field TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, reason TEXT NOT NULL, source TEXT,
  PRIMARY KEY (model, number)
);
CREATE TABLE erratum (
  survey TEXT NOT NULL, id TEXT NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL,
  printed TEXT, correct TEXT, reason TEXT NOT NULL, source TEXT, locator TEXT,
  confidence TEXT NOT NULL, PRIMARY KEY (survey, id)
);
CREATE TABLE erratum_model (
  survey TEXT NOT NULL, erratum TEXT NOT NULL, model TEXT NOT NULL REFERENCES model (id),
  PRIMARY KEY (survey, erratum, model),
  FOREIGN KEY (survey, erratum) REFERENCES erratum (survey, id)
);

CREATE INDEX model_term_by_term ON model_term (facet, term);
CREATE VIRTUAL TABLE model_search USING fts5 (id UNINDEXED, name, title, authors, summary);
"""

_VIEWS = """
CREATE VIEW model_overview AS
SELECT model.id, model.name, term.label AS "group", model.published,
  (SELECT group_concat(label, '; ') FROM (SELECT t.label FROM model_term m
     JOIN term t ON t.facet = m.facet AND t.id = m.term
     WHERE m.model = model.id AND m.facet = 'modality' ORDER BY m.position)) AS modalities,
  (SELECT group_concat(label, '; ') FROM (SELECT t.label FROM model_term m
     JOIN term t ON t.facet = m.facet AND t.id = m.term
     WHERE m.model = model.id AND m.facet = 'organ' ORDER BY m.position)) AS organs,
  (SELECT address FROM link WHERE link.model = model.id AND kind = 'code') AS code,
  (SELECT address FROM link WHERE link.model = model.id AND kind = 'weights') AS weights,
  model.tier
FROM model JOIN term ON term.facet = model.category_facet AND term.id = model.category;

CREATE VIEW hardware AS
SELECT model.id, model.name, training.stage, term.label AS gpu, training.gpu_count,
  training.gpu_memory_gb, training.total_gpu_memory_gb, training.gpu_hours
FROM training JOIN model ON model.id = training.model
LEFT JOIN term ON term.facet = training.gpu_facet AND term.id = training.gpu;

CREATE VIEW unsourced AS
SELECT model.id, missing.field, missing.kind FROM missing JOIN model ON model.id = missing.model
WHERE NOT EXISTS (SELECT 1 FROM source_field f WHERE f.model = missing.model
  AND (missing.field = f.field OR missing.field LIKE f.field || '.%'));
"""

_TERMS = (
    ("modality", "modalities"),
    ("organ", "organs"),
    ("task", "tasks"),
    ("algorithm", "algorithms"),
)
_TEXTS = ("aliases", "other_titles", "key_ideas", "use_cases", "limitations")

Row = tuple[Any, ...]


def to_sqlite(catalog: Catalog) -> bytes:
    """Writes the catalog as an SQLite database.

    A quantity is three columns: its text as the record has it, and the lowest and highest number
    it holds, for queries. The bytes depend on the catalog and the version of SQLite alone.
    """
    columns = ", ".join(f"{q} TEXT, {q}_low REAL, {q}_high REAL" for q in QUANTITIES)
    # In a file, so that a large one is not held twice.
    with TemporaryDirectory() as folder:
        return _written(catalog, columns, Path(folder, "catalog.sqlite"))


def _written(catalog: Catalog, columns: str, place: Path) -> bytes:
    base = sqlite3.connect(place)
    try:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        base.executescript("PRAGMA foreign_keys = ON;" + _TABLES.replace("{quantities}", columns))
        with base:
            base.execute("PRAGMA defer_foreign_keys = ON")
            for table, rows in _batches(_rows(catalog)):
                marks = ", ".join("?" * len(rows[0]))
                base.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
        base.executescript(_VIEWS)
        base.executescript("INSERT INTO model_search (model_search) VALUES ('optimize'); VACUUM;")
    finally:
        base.close()
    return place.read_bytes()


def _batches(found: Iterable[tuple[str, Row]], most: int = 500) -> Iterator[tuple[str, list[Row]]]:
    """Gathers rows by their table, since many at once take half as long."""
    waiting: dict[str, list[Row]] = {}
    for table, row in found:
        rows = waiting.setdefault(table, [])
        rows.append(row)
        if len(rows) == most:
            yield table, waiting.pop(table)
    yield from waiting.items()


def _rows(catalog: Catalog) -> Iterator[tuple[str, Row]]:
    """Gives every row with its table, what is referred to before what refers to it."""
    yield "about", ("schema_version", SCHEMA_VERSION)
    yield "about", ("models", str(len(catalog.models)))
    for facet, terms in catalog.terms.items():
        for position, term in enumerate(terms.values(), start=1):
            row = (facet, term.id, term.label, _line(term.definition), term.broader, position)
            yield "term", row
            for alias in term.aliases or ():
                yield "term_alias", (facet, term.id, alias)
    for id, model in catalog.models.items():
        yield "model", (*_model(id, model), catalog.tier(id).value)
    for id, model in catalog.models.items():
        yield from _parts(catalog, id, model)
        for field, value in _missing(model):
            yield "missing", (id, field, str(value))
        authors = "; ".join(model.authors)
        found = (id, model.name, model.title, authors, _line(model.summary or ""))
        yield "model_search", found
    for survey, data in catalog.surveys.items():
        for e in data.errata:
            about = (e.place, str(e.kind), e.printed, e.right, _line(e.reason), e.source, e.locator)
            yield "erratum", (survey, e.id, *about, str(e.confidence))
            for id in e.models or ():
                yield "erratum_model", (survey, e.id, id)


def _model(id: str, model: Model) -> Row:
    venue, identifiers = model.venue, model.identifiers
    place: Row = (None,) * 5
    if venue is not None:
        kind = None if venue.kind is None else str(venue.kind)
        place = (venue.name, kind, venue.year, venue.volume, venue.pages)
    numbers = [
        getattr(identifiers, key, None) for key in ("arxiv", "doi", "preprint_doi", "pubmed")
    ]
    return (
        *(id, model.name, model.title, str(model.published), model.category, "category"),
        *(int(bool(model.reviewed)), *place, *numbers, *_quantity(model.parameters)),
        *(_quantity(model.author_count)[0], _line(model.summary) if model.summary else None),
    )


def _parts(catalog: Catalog, id: str, model: Model) -> Iterator[tuple[str, Row]]:
    yield from _words(id, model)
    yield from _terms(catalog, id, model)
    for number, stage in enumerate(model.stages, start=1):
        yield "training", _stage(id, number, stage)
    for number, source in enumerate(model.sources, start=1):
        read = (source.source, source.locator, str(source.accessed))
        yield "source", (id, number, *read, _line(source.note) if source.note else None)
        for field in dict.fromkeys(source.fields):
            yield "source_field", (id, number, field)
    for number, one in enumerate(model.corrections or (), start=1):
        told = (one.field, _line(one.old), _line(one.new), _line(one.reason), one.source)
        yield "correction", (id, number, str(one.date), *told)


def _words(id: str, model: Model) -> Iterator[tuple[str, Row]]:
    for position, name in enumerate(model.authors, start=1):
        yield "author", (id, position, name)
    for kind in _TEXTS:
        for position, text in enumerate(getattr(model, kind) or (), start=1):
            yield "text", (id, kind, position, _line(text))
    for kind, address in _items(model.links):
        yield "link", (id, kind, address)


def _terms(catalog: Catalog, id: str, model: Model) -> Iterator[tuple[str, Row]]:
    for of, licence in _items(model.licence):
        yield "licence", (id, of, "licence", licence)
    for facet, key in _TERMS:
        for position, word in enumerate(listed(getattr(model, key)), start=1):
            yield "model_term", (id, facet, word, position)
    for position, use in enumerate(listed(model.datasets), start=1):
        yield "dataset_use", (id, position, "dataset", use.dataset, str(use.use))
    for position, parent in enumerate(listed(model.builds_on), start=1):
        known = parent.model in catalog.models
        above = (parent.model, None, None) if known else (None, "base-model", parent.model)
        yield "builds_on", (id, position, str(parent.relation), *above)


def _stage(id: str, number: int, stage: Stage) -> Row:
    gpu = None if stage.gpu is None or isinstance(stage.gpu, Missing) else stage.gpu
    values = {key: getattr(stage, key) for key in QUANTITIES}
    values["total_gpu_memory_gb"] = stage.total_memory or stage.total_gpu_memory_gb
    numbers = (part for key in QUANTITIES for part in _quantity(values[key]))
    return (id, number, str(stage.stage), "gpu" if gpu else None, gpu, *numbers)


def _quantity(value: Quantity | Missing | None) -> tuple[str | None, float | None, float | None]:
    return (value.text if isinstance(value, Quantity) else None, *ends(value))


def _items(shape: Any) -> Iterator[tuple[str, str]]:
    """Gives the parts of links or licences that have a value."""
    for key in type(shape).model_fields if shape is not None else ():
        value = getattr(shape, key)
        if value is not None and not isinstance(value, Missing):
            yield key, value


def _missing(model: Model) -> Iterable[tuple[str, Missing]]:
    """Gives what is missing and how: keys as sources name them, such as ``links.code``."""
    for key in type(model).model_fields:
        value = getattr(model, key)
        if isinstance(value, Missing):
            yield key, value
        elif key in {"links", "licence"} and value is not None:
            for part in type(value).model_fields:
                if isinstance(getattr(value, part), Missing):
                    yield f"{key}.{part}", getattr(value, part)
    seen = set()
    for stage in model.stages:
        for part in ("gpu", *QUANTITIES):
            value, field = getattr(stage, part), f"training.{stage.stage}.{part}"
            if isinstance(value, Missing) and field not in seen:
                seen.add(field)
                yield field, value


def _line(text: str) -> str:
    return " ".join(text.split())


__all__ = ["to_sqlite"]
