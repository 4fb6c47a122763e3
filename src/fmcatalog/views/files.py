"""The files that most people want, by what they want to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Download, Link
from fmcatalog.views.paths import FEED

MEDIA: Mapping[str, str] = {
    "JSON": "application/json",
    "CSV": "text/csv",
    "SQLite": "application/vnd.sqlite3",
    "Parquet": "application/vnd.apache.parquet",
    "BibTeX": "application/x-bibtex",
    "CSL-JSON": "application/vnd.citationstyles.csl+json",
    "RIS": "application/x-research-info-systems",
    "Turtle": "text/turtle",
    "Atom": "application/atom+xml",
}
"""Format → its media type."""

FILES = (
    Download("All models", "api/v1/models.json", "JSON", note="Every record, every field, typed."),
    Download(
        "All models as a table", "models.csv", "CSV", note="One row a model, for a spreadsheet."
    ),
    Download(
        "All training stages", "training.csv", "CSV", note="One row a stage: cards, memory, hours."
    ),
    Download(
        "The whole catalog as a database",
        "catalog.sqlite",
        "SQLite",
        note="Models, terms, links, training, sources, errata; with full-text search and views.",
    ),
    Download(
        "All models, typed columns",
        "models.parquet",
        "Parquet",
        note="The rows of models.csv; lists are lists, what is missing is null.",
    ),
    Download(
        "All training stages, typed columns",
        "training.parquet",
        "Parquet",
        note="The rows of training.csv, and the lowest and highest number of each quantity.",
    ),
    Download(
        "All papers for LaTeX", "models.bib", "BibTeX", note="One entry a model; the key is its id."
    ),
    Download("All papers for pandoc", "models.csl.json", "CSL-JSON", note="Zotero reads it, too."),
    Download(
        "All papers for EndNote", "models.ris", "RIS", note="Mendeley and most others read it."
    ),
    Download(
        "All vocabularies for the semantic web",
        "vocabularies.ttl",
        "Turtle",
        note="SKOS: labels, definitions, broader terms, matches to DICOM, UBERON and others.",
    ),
    Download(
        "New records and corrections",
        FEED,
        "Atom",
        note="For a feed reader; each group and each modality has one of its own.",
    ),
    Download(
        "New records and corrections for programs",
        "api/v1/changes.json",
        "JSON",
        note="Old and new value with the reason, newest first.",
    ),
)
"""The files most people want."""


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody wants to do, and what to take for it.

    Attributes:
        want: What, beginning with a verb.
        take: Files and pages, the best first.
        get: What that gives.
    """

    want: str
    take: tuple[Link, ...]
    get: str


_NEEDS = (
    (
        "Look through it in a spreadsheet",
        (Link("models.csv", "models.csv"), Link("training.csv", "training.csv")),
        "One row a model; one row a training stage.",
    ),
    (
        "Write a script",
        (Link("models.json", "api/v1/models.json"), Link("the API", "data/api/")),
        "Every field, typed. The API has one model, one vocabulary, counts and changes, too.",
    ),
    (
        "Work in a notebook",
        (Link("Python", "data/python/"), Link("models.parquet", "models.parquet")),
        "fmcatalog.load(), filters, data frames; or columns with types.",
    ),
    (
        "Ask in SQL",
        (Link("catalog.sqlite", "catalog.sqlite"), Link("examples", "data/#from-sql")),
        "Tables with foreign keys, search and views: sqlite3, Datasette, DuckDB.",
    ),
    (
        "Cite the papers",
        (
            Link("models.bib", "models.bib"),
            Link("models.csl.json", "models.csl.json"),
            Link("models.ris", "models.ris"),
        ),
        "LaTeX; pandoc and Zotero; EndNote and Mendeley. Each group and term has its own.",
    ),
    (
        "Cite this catalog",
        (Link("how to cite", "data/#how-to-cite"),),
        "BibTeX with the version and the day of the data.",
    ),
    (
        "Put its tables into a paper",
        (Link("LaTeX", "data/#from-a-shell"),),
        "The survey's Table 1, Table 2 and taxonomy for any filter.",
    ),
    (
        "Hear of changes",
        (Link("feed.xml", FEED), Link("changes.json", "api/v1/changes.json")),
        "New records and corrected values, with the reason.",
    ),
    (
        "Match it with other data",
        (Link("vocabularies.ttl", "vocabularies.ttl"),),
        "SKOS, matched to DICOM, UBERON, RadLex, MeSH.",
    ),
    (
        "Keep a copy",
        (Link("datapackage.json", "datapackage.json"), Link("manifest.json", "manifest.json")),
        "What each file and column is; size and SHA-256 of every file, for fmcatalog verify.",
    ),
)


def files(settings: Settings) -> tuple[Download, ...]:
    """Gives the files that this site has, with their sizes where they are known."""
    if not settings.sizes:
        return FILES
    return tuple(
        replace(file, size=size(settings.sizes[file.path]))
        for file in FILES
        if file.path in settings.sizes
    )


def needs(settings: Settings) -> tuple[Need, ...]:
    """Gives what people want to do, and what of this site to take for it."""
    there = {file.path for file in files(settings)}
    gone = {file.path for file in FILES} - there
    return tuple(
        Need(want, tuple(link for link in take if link.path not in gone), get)
        for want, take, get in _NEEDS
    )


def size(count: int) -> str:
    """Writes a number of bytes for people: ``84 KB``, ``1.2 MB``."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB"
