"""The catalog as an SQLite database: normalised, with foreign keys, full-text search and views.

A value that a source looked for and did not give is NULL, and a row of ``missing`` says which kind
of missing it is; a value nobody looked up is NULL without such a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fmcatalog.catalog import Catalog, Tier
from fmcatalog.export.answers import SCHEMA_VERSION
from fmcatalog.export.lines import line
from fmcatalog.export.tables import QUANTITIES, ends
from fmcatalog.records import Erratum, Missing, Model, Quantity, Shape, Stage, listed

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

"""

# Made when the rows are there, since putting all of them in order at once is quicker.
_INDEX = "CREATE INDEX model_term_by_term ON model_term (facet, term)"

_SEARCH = """
CREATE VIRTUAL TABLE model_search USING fts5 (id UNINDEXED, name, title, authors, summary)
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

_NAMING = (
    *("term", "model", "model_term", "licence", "dataset_use", "builds_on", "training"),
    "erratum_model",
)
"""Tables whose rows name something that need not be there; the others hold parts of models."""

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
        base.executescript(_TABLES.replace("{quantities}", columns))
        with base:
            _insert(base, _tables(catalog))
            base.execute(_INDEX)
        # Asked once of a whole table, not of each row as it comes in.
        for table in _NAMING:
            loose = base.execute(f"PRAGMA foreign_key_check ({table})").fetchone()
            if loose is not None:
                raise sqlite3.IntegrityError(f"{table} refers to a {loose[2]} that is not there")
        base.execute(_SEARCH)
        with base:
            # Of several rows in one statement, the index of words would be kept in pieces.
            base.executemany("INSERT INTO model_search VALUES (?, ?, ?, ?, ?)", _words(catalog))
        base.executescript(_VIEWS)
        base.executescript("INSERT INTO model_search (model_search) VALUES ('optimize'); VACUUM;")
    finally:
        base.close()
    return place.read_bytes()


def _insert(
    base: sqlite3.Connection, tables: Iterable[tuple[str, Iterable[Row]]], most: int = 50
) -> None:
    """Inserts rows of tables, many in one statement, which takes half as long as one by one."""
    # Rows wait until they fill a statement: each of another size would have to be understood anew.
    waiting: dict[str, list[Row]] = {}
    for table, rows in tables:
        found = waiting.setdefault(table, [])
        found += rows
        whole = len(found) - len(found) % most
        if whole:
            statement = _statement(table, len(found[0]), most)
            for start in range(0, whole, most):
                base.execute(statement, list(chain.from_iterable(found[start : start + most])))
            del found[:whole]
    for table, rest in waiting.items():
        if rest:
            base.executemany(_statement(table, len(rest[0]), 1), rest)


def _statement(table: str, columns: int, rows: int) -> str:
    marks = f"({', '.join('?' * columns)})"
    return f"INSERT INTO {table} VALUES {', '.join([marks] * rows)}"  # noqa: S608 - our own names


def _tables(catalog: Catalog) -> Iterator[tuple[str, Iterable[Row]]]:
    """Gives tables with rows for them, in the order of the rows."""
    yield "about", [("schema_version", SCHEMA_VERSION), ("models", str(len(catalog.models)))]
    terms = [
        (facet, place, term)
        for facet, terms in catalog.terms.items()
        for place, term in enumerate(terms.values(), start=1)
    ]
    yield (
        "term",
        ((f, t.id, t.label, line(t.definition), t.broader, place) for f, place, t in terms),
    )
    yield "term_alias", ((f, t.id, alias) for f, _, t in terms for alias in t.aliases or ())
    found = iter(catalog.models.items())
    # Some models, all their tables: what is read of a model is then at hand.
    while models := list(islice(found, 100)):
        yield "model", (_model(id, model, catalog.tier(id)) for id, model in models)
        yield from _of_models(catalog, models)
    errata = [(survey, e) for survey, data in catalog.surveys.items() for e in data.errata]
    yield "erratum", (_erratum(survey, e) for survey, e in errata)
    yield "erratum_model", ((survey, e.id, id) for survey, e in errata for id in e.models or ())


def _of_models(
    catalog: Catalog, models: Sequence[tuple[str, Model]]
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Gives the tables that hold parts of models."""
    yield "author", ((id, n, name) for id, m in models for n, name in enumerate(m.authors, 1))
    yield (
        "text",
        (
            (id, kind, n, line(text))
            for id, m in models
            for kind in _TEXTS
            for n, text in enumerate(getattr(m, kind) or (), 1)
        ),
    )
    yield "link", ((id, *item) for id, m in models for item in _items(m.links))
    yield (
        "missing",
        (
            (id, field, kind.value)
            for id, m in models
            if any(map(_lacks, (m, m.links, m.licence, *m.stages)))
            for field, kind in _missing(m)
        ),
    )
    yield (
        "model_term",
        (
            (id, facet, term, n)
            for id, m in models
            for facet, key in _TERMS
            for n, term in enumerate(listed(getattr(m, key)), 1)
        ),
    )
    licences = ((id, *item) for id, m in models for item in _items(m.licence))
    yield "licence", ((id, of, "licence", term) for id, of, term in licences)
    yield (
        "dataset_use",
        (
            (id, n, "dataset", use.dataset, use.use.value)
            for id, m in models
            for n, use in enumerate(listed(m.datasets), 1)
        ),
    )
    yield (
        "builds_on",
        (
            (id, n, p.relation.value, p.model, None, None)
            if p.model in catalog.models
            else (id, n, p.relation.value, None, "base-model", p.model)
            for id, m in models
            for n, p in enumerate(listed(m.builds_on), 1)
        ),
    )
    yield (
        "training",
        (_stage(id, number, stage) for id, m in models for number, stage in enumerate(m.stages, 1)),
    )
    sources = [(id, n, source) for id, m in models for n, source in enumerate(m.sources, 1)]
    yield (
        "source",
        (
            (id, n, s.source, s.locator, str(s.accessed), line(s.note) if s.note else None)
            for id, n, s in sources
        ),
    )
    yield "source_field", ((id, n, f) for id, n, s in sources for f in dict.fromkeys(s.fields))
    yield (
        "correction",
        (
            (id, n, str(c.date), c.field, line(c.old), line(c.new), line(c.reason), c.source)
            for id, m in models
            for n, c in enumerate(m.corrections or (), 1)
        ),
    )


def _words(catalog: Catalog) -> Iterator[Row]:
    """Gives what is searched."""
    for id, model in catalog.models.items():
        authors = "; ".join(model.authors)
        yield id, model.name, model.title, authors, line(model.summary or "")


def _model(id: str, model: Model, tier: Tier) -> Row:
    venue, named = model.venue, model.identifiers
    place: Row = (None,) * 5
    if venue is not None:
        kind = None if venue.kind is None else venue.kind.value
        place = (venue.name, kind, venue.year, venue.volume, venue.pages)
    numbers: Row = (None,) * 4
    if named is not None:
        numbers = (named.arxiv, named.doi, named.preprint_doi, named.pubmed)
    return (
        *(id, model.name, model.title, str(model.published), model.category, "category"),
        *(int(bool(model.reviewed)), *place, *numbers, *_quantity(model.parameters)),
        *(_quantity(model.author_count)[0], line(model.summary) if model.summary else None),
        tier.value,
    )


def _erratum(survey: str, e: Erratum) -> Row:
    about = (e.place, str(e.kind), e.printed, e.right, line(e.reason), e.source, e.locator)
    return (survey, e.id, *about, str(e.confidence))


def _stage(id: str, number: int, stage: Stage) -> Row:
    gpu = None if stage.gpu.__class__ is Missing else stage.gpu
    total = stage.total_memory or stage.total_gpu_memory_gb
    values = stage.__dict__ | {"total_gpu_memory_gb": total}
    numbers = chain.from_iterable([_quantity(values[key]) for key in QUANTITIES])
    return (id, number, stage.stage.value, "gpu" if gpu else None, gpu, *numbers)


def _quantity(value: Quantity | Missing | None) -> tuple[str | None, float | None, float | None]:
    return (value.text, *ends(value)) if value.__class__ is Quantity else (None, None, None)


def _items(shape: Shape | None) -> list[tuple[str, str]]:
    """Gives the parts of links or licences that have a value."""
    given = shape.__dict__.items() if shape is not None else ()
    return [(k, v) for k, v in given if v is not None and v.__class__ is not Missing]


def _missing(model: Model) -> Iterator[tuple[str, Missing]]:
    """Gives what is missing and how: keys as sources name them, such as ``links.code``."""
    for key, value in model.__dict__.items():
        if key in {"links", "licence"} and value is not None:
            yield from ((f"{key}.{part}", kind) for part, kind in _kinds(value))
        elif type(value) is Missing:
            yield key, value
    seen = set()
    for stage in model.stages:
        for part, kind in _kinds(stage):
            field = f"training.{stage.stage}.{part}"
            if field not in seen:
                seen.add(field)
                yield field, kind


def _kinds(shape: Shape) -> list[tuple[str, Missing]]:
    return [(key, value) for key, value in shape.__dict__.items() if type(value) is Missing]


def _lacks(shape: Shape | None) -> bool:
    """Tells whether a value of a shape is missing."""
    return shape is not None and Missing in map(type, shape.__dict__.values())


__all__ = ["to_sqlite"]
