"""The page of the API: its addresses, the one form of a quantity, the promise, the changelog."""

from __future__ import annotations

from typing import NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Link

API = "api/v1/"
"""Folder of the API."""


class Call(NamedTuple):
    """One kind of address and what it answers.

    Attributes:
        path: Within `API`; a parameter in braces.
        answer: Kind of answer, which names its schema.
        summary: What it gives, in a few words.
        about: What is in it.
        parameter: Name of the parameter; empty where there is none.
        values: What may stand for the parameter.
    """

    path: str
    answer: str
    summary: str
    about: str
    parameter: str = ""
    values: str = ""


CALLS = (
    Call("models.json", "models", "All models", "Every record, every field, by id."),
    Call(
        "models/{id}.json",
        "model",
        "One model",
        "The same record alone.",
        "id",
        "Id of a model, such as medsam.",
    ),
    Call(
        "vocabularies/{facet}.json",
        "vocabulary",
        "One vocabulary",
        "Terms with definition, broader term, aliases and matches in outside vocabularies.",
        "facet",
        "Name of a vocabulary, such as modality.",
    ),
    Call(
        "taxonomy.json",
        "taxonomy",
        "The taxonomy",
        "Families and groups as a tree, each with its models.",
    ),
    Call(
        "statistics.json",
        "statistics",
        "The counts",
        "By group, facet and quarter; how complete the records are.",
    ),
    Call(
        "surveys/{survey}.json",
        "survey",
        "A survey, reconciled",
        "Its figures and tables as printed, each cell beside the record, verdicts, errata.",
        "survey",
        "Id of a survey, such as azad-2023.",
    ),
    Call(
        "changes.json",
        "changes",
        "The changes",
        "New records and corrected values, old and new with the reason, newest first.",
    ),
)
"""Everything that can be asked."""

MAY = (
    "New records, terms and surveys appear; values are corrected, and changes.json says so.",
    "New keys may appear in any object, new answers at new addresses: ignore what you do not know.",
    "A key that a record need not have may be missing; its absence means that nobody looked it up.",
    "New words may join event, verdict and the terms of a vocabulary.",
)
"""What version 1 may change."""

MAY_NOT = (
    "No address and no key is renamed, moved or removed.",
    "No value changes its type, its unit or the meaning of its words.",
    "The order of models (by id) and of keys (as in a record) stays.",
    "An id of a model, a term or a change is never given to another thing.",
)
"""What version 1 may not change."""

PROMISE = (
    "Version 1 may gain records, keys and answers; it does not rename or remove an address or a "
    "key, and no value changes its type, unit or meaning. What cannot keep this becomes v2, beside "
    "v1 for at least a year."
)
"""The same in a few lines."""

RELEASES = (
    (
        "1.0",
        "not yet released",
        "Models, vocabularies, taxonomy, statistics, surveys, changes; schemas of the answers.",
    ),
)
"""Versions of the form, newest first: number, day, what is new."""


class CallEntry(NamedTuple):
    """A row of the table of addresses.

    Attributes:
        pattern: Address with its parameter.
        example: A file of this kind.
        schema: Its JSON Schema.
        summary: What it gives.
        about: What is in it.
    """

    pattern: str
    example: Link
    schema: Link
    summary: str
    about: str


class Form(NamedTuple):
    """A form of a quantity.

    Attributes:
        text: As a record has it.
        json: As the API gives it.
        about: What it means.
    """

    text: str
    json: str
    about: str


FORMS = (
    Form("80", '{"text": "80", "form": "exact", "value": 80, "unit": "GB"}', "A number."),
    Form("93.7M", '{"text": "93.7M", "form": "exact", "value": 93700000}', "Without a unit."),
    Form("16-128", '{"text": "16-128", "form": "range", "min": 16, "max": 128}', "A range."),
    Form(">1", '{"text": ">1", "form": "more-than", "min": 1}', "A bound; also at-least."),
    Form("<=4", '{"text": "<=4", "form": "at-most", "max": 4}', "A bound; also less-than."),
    Form("~100", '{"text": "~100", "form": "about", "value": 100, "unit": "GPU hours"}', "About."),
    Form(
        "224x224",
        '{"text": "224x224", "form": "exact", "value": [224, 224], "unit": "pixels"}',
        "A size: a list of two to four numbers.",
    ),
    Form(
        "50, 100",
        '{"text": "50, 100", "parts": [{"form": "exact", "value": 50}, '
        '{"form": "exact", "value": 100}]}',
        "Several values.",
    ),
    Form(
        "1 (3D), 4 (2D)",
        '{"text": "1 (3D), 4 (2D)", "parts": [{"label": "3D", "form": "exact", "value": 1}, '
        '{"label": "2D", "form": "exact", "value": 4}]}',
        "Several values, each with what it is for.",
    ),
    Form("not-reported", '"not-reported"', "Looked for, and no source says it."),
    Form("not-applicable", '"not-applicable"', "The question does not arise."),
    Form("", "", "The key is not there: nobody has looked it up."),
)
"""Every form of a quantity."""


class ApiView(NamedTuple):
    """What the page shows.

    Attributes:
        calls: Addresses.
        forms: Forms of a quantity.
        may: What version 1 may change.
        may_not: What it may not.
        promise: The same in a few lines.
        releases: Versions.
        openapi: The description for machines.
    """

    calls: tuple[CallEntry, ...]
    forms: tuple[Form, ...]
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    promise: str
    releases: tuple[tuple[str, str, str], ...]
    openapi: Link


def view(catalog: Catalog, settings: Settings) -> ApiView:  # noqa: ARG001 - one form for all pages
    """Makes the page."""
    return ApiView(
        calls=tuple(_entry(catalog, call) for call in CALLS if _example(catalog, call)),
        forms=FORMS,
        may=MAY,
        may_not=MAY_NOT,
        promise=PROMISE,
        releases=RELEASES,
        openapi=Link("openapi.json", f"{API}openapi.json"),
    )


def _entry(catalog: Catalog, call: Call) -> CallEntry:
    path = _example(catalog, call)
    schema = f"{API}schemas/{call.answer}.schema.json"
    return CallEntry(
        f"/{API}{call.path}",
        Link(path, f"{API}{path}"),
        Link("schema", schema),
        call.summary,
        call.about,
    )


def _example(catalog: Catalog, call: Call) -> str:
    """Gives a file that is there; empty where the catalog has none of this kind."""
    first = {
        "": [""],
        "id": ["medsam"] if "medsam" in catalog.models else list(catalog.models),
        "facet": list(catalog.vocabularies),
        "survey": list(catalog.surveys),
    }[call.parameter]
    return call.path.replace(f"{{{call.parameter}}}", first[0]) if first else ""
