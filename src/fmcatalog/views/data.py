"""Downloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from fmcatalog import __version__
from fmcatalog.catalog import Catalog
from fmcatalog.records.schemas import SCHEMAS, schema
from fmcatalog.stats import answers
from fmcatalog.views.counted import plural
from fmcatalog.views.files import FILES, Need, files, needs, size
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Download, Fact, Link, Outlink, Value


class Field(NamedTuple):
    """A field of a record: its name in every format, and what it says."""

    name: str
    type: str
    required: bool
    description: str


class DataView(NamedTuple):
    """What the data page shows.

    Attributes:
        lede: What can be had, as of when.
        needs: What people want to do, and what to take for it.
        facts: Version, date, number of records, licence.
        downloads: Files.
        schemas: JSON Schemas.
        shell: One line for a shell.
        sql: Questions to the database.
        fields: The fields of a record.
        citation: BibTeX of the catalog.
    """

    lede: str
    needs: tuple[Need, ...]
    facts: tuple[Fact, ...]
    downloads: tuple[Download, ...]
    schemas: tuple[Download, ...]
    shell: str
    sql: str
    fields: tuple[Field, ...]
    citation: str


TITLE = "fmcatalog: a living, checked catalog of foundation models in medical imaging"
MAINTAINERS = "The fmcatalog maintainers"

SHELL = """\
# in a checkout of the catalog
fmcatalog export json -o models.json
fmcatalog export csv -o models.csv
fmcatalog export sqlite -o catalog.sqlite
fmcatalog list --modality ct --organ chest

# tables and taxonomy for a paper, with the papers they cite
fmcatalog list --origin figure-3 --format latex > tables.tex
fmcatalog list --origin figure-3 --format bibtex > models.bib

# a copy of the site, checked against its manifest
fmcatalog verify site
"""

SQL = """\
SELECT name, stage, gpu, gpu_count, total_gpu_memory_gb FROM hardware;

SELECT id FROM model_search WHERE model_search MATCH 'retina';

SELECT term.label, count(*) FROM model_term
JOIN term ON term.facet = model_term.facet AND term.id = model_term.term
WHERE model_term.facet = 'modality' GROUP BY term.label ORDER BY count(*) DESC;
"""

_SCHEMAS = {
    "model": "A record.",
    "vocabulary": "The terms of a facet.",
    "survey": "A survey: citation, search, challenges.",
    "errata": "The mistakes of a survey.",
    "suppressions": "What the check is told not to say, and why.",
}


def view(catalog: Catalog, settings: Settings) -> DataView:
    """Makes the data page."""
    return DataView(
        lede=(
            f"{plural(len(catalog.models), 'record')} and "
            f"{plural(len(catalog.vocabularies), 'vocabulary', 'vocabularies')} as plain files"
            + (f", as of {settings.as_of}" if settings.as_of else "")
            + ". No key, no account, no limit."
        ),
        needs=needs(settings),
        facts=tuple(_facts(catalog, settings)),
        downloads=(*files(settings), *_more(catalog, settings)),
        schemas=tuple(
            Download(
                f"{kind}.schema.json", f"schemas/{kind}.schema.json", "JSON Schema", note=about
            )
            for kind, about in ((kind, _SCHEMAS.get(kind, "")) for kind in SCHEMAS)
        ),
        shell=SHELL,
        sql=SQL,
        fields=tuple(_fields(catalog)),
        citation=citation(catalog, settings),
    )


def citation(catalog: Catalog, settings: Settings) -> str:
    """Writes the BibTeX entry of the catalog itself."""
    fields = {
        "title": f"{{{TITLE}}}",
        "author": f"{{{MAINTAINERS}}}",
        "year": settings.as_of[:4],
        "version": __version__,
        "note": f"{plural(len(catalog.models), 'model')}"
        + (f", data as of {settings.as_of}" if settings.as_of else ""),
        "url": settings.repository,
    }
    body = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@misc{{fmcatalog,\n{body}}}\n"


def _facts(catalog: Catalog, settings: Settings) -> Iterator[Fact]:
    terms = sum(len(terms) for terms in catalog.terms.values())
    yield Fact("Version", Value(__version__))
    yield Fact("As of", Value(settings.as_of) if settings.as_of else Value(missing="absent"))
    yield Fact("Models", Value(str(len(catalog.models))))
    yield Fact(
        "Terms",
        Value(f"{terms} in {plural(len(catalog.vocabularies), 'vocabulary', 'vocabularies')}"),
    )
    whole = answers.whole(catalog)
    asked = whole.known + whole.not_reported + whole.not_applicable + whole.missing
    yield Fact(
        "Completeness",
        Value(
            f"answered with a source: {whole.known:,} known, {whole.not_reported:,} not reported, "
            f"{whole.not_applicable:,} not applicable; {whole.missing:,} not looked up.",
            links=(
                Link(
                    f"{whole.percent} % of {asked:,} questions",
                    "statistics/#how-complete-the-records-are",
                ),
            ),
        ),
    )
    yield Fact(
        "Licence",
        Value(
            "for the data; MIT for the code.",
            outlinks=(Outlink("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),),
        ),
    )
    yield Fact(
        "Missing values",
        Value(
            "The words not-reported and not-applicable in place of the value; a field that nobody "
            "has looked up is not there."
        ),
    )
    yield Fact(
        "Quantities",
        Value(
            "In JSON an object: text as the record has it, form (exact, range, more-than and so "
            "on), the numbers, the unit. In CSV the text."
        ),
    )


def offered(catalog: Catalog) -> tuple[Download, ...]:
    """Gives the files whose sizes are told."""
    return (*FILES, *_parts(catalog))


def _more(catalog: Catalog, settings: Settings) -> Iterator[Download]:
    """Gives the smaller files, with their sizes where they are known."""
    for file in _parts(catalog):
        known = settings.sizes.get(file.path)
        yield replace(file, size=size(known)) if known is not None else file


def _parts(catalog: Catalog) -> Iterator[Download]:
    yield Download(
        "The counts",
        "api/v1/statistics.json",
        "JSON",
        note="By facet, group and quarter, and how complete the records are.",
    )
    yield Download(
        "The taxonomy", "api/v1/taxonomy.json", "JSON", note="Families and groups, with models."
    )
    for id, survey in catalog.surveys.items():
        yield Download(
            f"The survey of {survey.survey.authors[0]} et al.",
            f"api/v1/surveys/{id}.json",
            "JSON",
            note="Figures and tables as printed, reconciled with the records; the errata.",
        )
    for id in list(catalog.models)[:1]:
        yield Download(
            f"One model: {catalog.models[id].name}",
            f"api/v1/models/{id}.json",
            "JSON",
            note="There is one such file for every model.",
        )
    for facet, vocabulary in catalog.vocabularies.items():
        yield Download(
            vocabulary.plural,
            f"api/v1/vocabularies/{facet}.json",
            "JSON",
            note=f"{plural(len(vocabulary.terms), 'term')} with definitions.",
        )
    yield Download(
        "What each file and column is",
        "datapackage.json",
        "JSON",
        note="A data package: columns with types, keys, sizes, SHA-256.",
    )


class _Reader(NamedTuple):
    """Reads the JSON Schema of a record for people.

    Attributes:
        definitions: Shapes by name.
        offered: Ids of the terms of a facet, and the facet.
    """

    definitions: Mapping[str, Any]
    offered: Mapping[tuple[str, ...], str]

    def fields(self, shape: Mapping[str, Any], prefix: str = "") -> Iterator[Field]:
        """Gives the fields of a shape, those of a mapping or of a list's items under it."""
        required = shape.get("required", ())
        for key, value in shape["properties"].items():
            about = " ".join(value.get("description", "").split())
            yield Field(f"{prefix}{key}", self._type(value), key in required, about)
            inner = self._inside(value)
            if inner is not None:
                yield from self.fields(inner, f"{prefix}{key}.")

    def _inside(self, value: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Gives the shape of a mapping, or of the mappings in a list."""
        for option in value.get("anyOf", [value]):
            found = self._named(option.get("items", option))
            if "properties" in found:
                return found
        return None

    def _named(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in value:
            return value
        found: Mapping[str, Any] = self.definitions[value["$ref"].rsplit("/", 1)[-1]]
        return found

    def _type(self, value: Mapping[str, Any]) -> str:
        """Names the type of a field."""
        if "anyOf" in value:
            return f"{self._type(value['anyOf'][0])}, or missing"
        value = self._named(value)
        if "items" in value:
            return f"list: {self._type(value['items'])}"
        if "properties" in value:
            return "mapping"
        if True in value.get("enum", ()) or value.get("type") == "boolean":
            return "true or false"
        if "enum" in value:
            facet = self.offered.get(tuple(value["enum"]))
            return f"term ({facet})" if facet else f"one of: {', '.join(value['enum'])}"
        if value.get("type") == ["string", "number"]:
            return "quantity"
        if value.get("format") == "uri":
            return "address"
        if value.get("pattern", "").startswith("^[0-9]{4}-[0-9]{2}"):
            return "date"
        return "text"


def _fields(catalog: Catalog) -> Iterator[Field]:
    terms = {facet: sorted(ids) for facet, ids in catalog.terms.items()}
    body = schema("model", terms)
    yield Field("id", "text", True, "Name of the record's file; in JSON and CSV only.")
    offered = {tuple(ids): vocabulary_name(catalog, facet) for facet, ids in terms.items()}
    yield from _Reader(body.get("$defs", {}), offered).fields(body)


def vocabulary_name(catalog: Catalog, facet: str) -> str:
    """Names a facet within a sentence: ``data set``, ``GPU``."""
    label = catalog.vocabularies[facet].label
    return label if label.isupper() else label.lower()
