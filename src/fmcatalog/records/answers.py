"""The shape of every answer of the API, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fmcatalog.records.base import Shape
from fmcatalog.records.model import Model
from fmcatalog.records.quantities import is_data
from fmcatalog.records.schemas import described_as_written
from fmcatalog.records.survey import Erratum, Figure3Row, Survey, Table1Row
from fmcatalog.records.vocabulary import Vocabulary


class Answer(Shape):
    """What every answer about the whole begins with."""

    schema_version: str
    """Version of this form: the first number changes only with the address (v1)."""


class Models(Answer):
    """All models."""

    count: int
    """How many there are."""
    models: tuple[Model, ...]
    """The records, by id."""


class Branch(Shape):
    """A family or a group of the taxonomy."""

    id: str
    """Its id: what a record's category says."""
    label: str
    """What people read."""
    definition: str
    """What it means."""
    models: tuple[str, ...]
    """The ids of all models in it, those of the branches below too."""
    narrower: tuple[Branch, ...] | None = None
    """The branches below; absent where there are none."""


class Taxonomy(Answer):
    """Families and groups as a tree."""

    families: tuple[Branch, ...]
    """The branches at the top."""


class GroupCount(Shape):
    """How many models a group has."""

    figure3: int
    """In the survey's Figure 3."""
    catalog: int
    """In this catalog."""


class Counted(Shape):
    """How many records have a value, and why the others have none."""

    total: int
    """All records."""
    known: int
    """Records with a value."""
    not_reported: int
    """Looked for, and no source says it."""
    not_applicable: int
    """The question does not arise."""
    absent: int
    """Not looked up yet."""


class FacetCount(Counted):
    """The same for the terms of a facet."""

    multiple: int
    """Records with more than one term."""
    counts: dict[str, int]
    """Term to the number of models that have it or a narrower one."""


class Public(Shape):
    """How many models can be had."""

    code: int
    """With public code."""
    weights: int
    """With public weights."""


class Answered(Shape):
    """What the records answer of what is asked of each."""

    percent: int
    """Share that is answered with a source, rounded down."""
    known: int
    """Answered by a value."""
    not_reported: int
    """Looked for, and no source says it."""
    not_applicable: int
    """The question does not arise."""
    missing: int
    """Not looked up."""
    unsourced: int
    """Answered without a source."""
    records: dict[str, int]
    """Model to its percent."""


class Owed(Shape):
    """What the catalog owes of one kind."""

    values: int
    """Values."""
    records: int
    """Records they are missing from."""


class Statistics(Answer):
    """The counts that the pages show."""

    models: int
    """All models."""
    surveyed: int
    """Those of the survey's Figure 3."""
    beyond_the_figure: tuple[str, ...]
    """Models of the survey that its Figure 3 does not have."""
    tiers: dict[str, tuple[str, ...]]
    """Tier (how far a record was checked) to its models."""
    groups: dict[str, GroupCount]
    """Group to its counts."""
    facets: dict[str, FacetCount]
    """Facet to its counts."""
    quarters: dict[str, int]
    """Quarter to the number of models first published in it."""
    public: Public
    """What can be had."""
    completeness: dict[str, Counted]
    """Key of a record to how many have it."""
    answers: Answered
    """What the records answer."""
    debts: dict[str, Owed]
    """What is missing."""


class CellAnswer(Shape):
    """A printed cell beside the record."""

    printed: str
    """What the survey prints."""
    record: str
    """What the record says, in the survey's notation."""
    verdict: str
    """How the two agree."""
    errata: tuple[str, ...]
    """The errata that explain a difference."""


class RowAnswer(Shape):
    """A row of the survey's Table 2."""

    row: int
    """Its number."""
    model: str | None = None
    """The model; absent where no record has the name."""
    cells: dict[str, CellAnswer]
    """Column to cell."""


class GroupAnswer(Shape):
    """A count of the survey's Figure 1a."""

    printed: int
    """What the survey prints."""
    records: int
    """How many records of its Figure 3 are in the group."""


class Reconciled(Shape):
    """How much of the survey the records bear out."""

    figure1a: dict[str, GroupAnswer]
    """Group to its counts."""
    figure3: int
    """Rows of Figure 3 that stand in the same group in the records."""
    table1: int
    """Rows of Table 1 that stand in the same group in the records."""
    table2: dict[str, int]
    """Verdict to the number of cells of Table 2."""


class SurveyAnswer(Answer):
    """A survey as printed, beside what the records have."""

    survey: Survey
    """What it is, how it was searched, which challenges it names."""
    reconciliation: Reconciled
    """How much of it the records bear out."""
    figure3: tuple[Figure3Row, ...]
    """The papers of Figure 3."""
    table1: tuple[Table1Row, ...]
    """The networks of Table 1."""
    table2: tuple[RowAnswer, ...]
    """Table 2, cell by cell."""
    errata: tuple[Erratum, ...]
    """What is wrong in it."""


class ChangeAnswer(Shape):
    """One change."""

    id: str
    """Its name, for ever."""
    date: str
    """Its day, YYYY-MM-DD."""
    event: str
    """added (a record), corrected (a value of a record) or erratum (a value of the survey)."""
    models: tuple[str, ...]
    """The models it is about."""
    name: str
    """The model's name, or the place in the survey."""
    field: str | None = None
    """The value that changed, such as links.code."""
    old: str | None = None
    """What stood there."""
    new: str | None = None
    """What stands there now."""
    reason: str | None = None
    """Why."""
    source: str | None = None
    """What says so: a survey id, arxiv:…, doi:…, or an https address."""
    locator: str | None = None
    """Where in it."""


class Changes(Answer):
    """New records and corrected values, newest first."""

    count: int
    """How many there are."""
    changes: tuple[ChangeAnswer, ...]
    """The changes."""


ANSWERS: dict[str, type[Shape]] = {
    "models": Models,
    "model": Model,
    "vocabulary": Vocabulary,
    "taxonomy": Taxonomy,
    "statistics": Statistics,
    "survey": SurveyAnswer,
    "changes": Changes,
}
"""Kind of answer → its shape."""


def model_of(record: Mapping[str, Any]) -> Model:
    """Reads a model back from its answer.

    Raises:
        ValueError: It is none; pydantic's error is one.
    """
    return Model.model_validate({key: _read(v) for key, v in record.items() if key != "id"})


def _read(value: Any) -> Any:
    if is_data(value):
        return value["text"]
    if isinstance(value, list):
        return tuple(_read(inner) for inner in value)
    return {k: _read(v) for k, v in value.items()} if isinstance(value, dict) else value


def definitions() -> tuple[dict[str, str], dict[str, Any]]:
    """Describes every answer in JSON Schema 2020-12.

    Returns:
        Kind → the name of its schema, and the schemas by name, which refer to each other as
        ``#/$defs/NAME``. Readers must take keys they do not know, so none is closed.
    """
    described = described_as_written(tuple(ANSWERS.values()))
    named: dict[str, Any] = {}
    found: dict[str, Any] = {name: _named(shape, named) for name, shape in described.items()}
    found |= dict(sorted(named.items()))
    # A record is written with its id in front, which in YAML is the name of its file.
    model = found["Model"]
    id = {"type": "string", "description": "Its id, for ever: the name of its file."}
    model["properties"] = {"id": id, **model["properties"]}
    model["required"] = ["id", *model["required"]]
    return {kind: shape.__name__ for kind, shape in ANSWERS.items()}, found


def _named(value: Any, named: dict[str, Any]) -> Any:
    """Gives each kind of quantity, which stands in many places, one place of its own."""
    if isinstance(value, list):
        return [_named(inner, named) for inner in value]
    if not isinstance(value, dict):
        return value
    name = value.get("$comment")
    if isinstance(name, str):
        named[name] = {key: inner for key, inner in value.items() if key != "$comment"}
        return {"$ref": f"#/$defs/{name}"}
    return {key: _named(inner, named) for key, inner in value.items()}
