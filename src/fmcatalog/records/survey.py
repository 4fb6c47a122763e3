"""The shapes of a survey's files: what it is, its errata, and its tables as printed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from fmcatalog.records.base import (
    Address,
    Date,
    Flag,
    Line,
    Prose,
    Shape,
    Slug,
    TermId,
    Whole,
    described,
    refuse,
)
from fmcatalog.records.model import Identifiers, Lines
from fmcatalog.records.source import FieldPath, Reference

TABLE2_COLUMNS = (
    "row",
    "category",
    "sub_category",
    "short_name",
    "gpu_model",
    "gpu_count",
    "gpu_memory_gb",
    "total_gpu_memory_gb",
    "gpu_hours",
    "input_size",
    "batch_size",
    "epochs",
)
"""The twelve columns of the survey's Table 2."""


def _cell(value: Any) -> str:
    # A printed cell may be empty, which no other text of the catalog may.
    if not isinstance(value, str) or len(value) > 200:
        raise refuse("form", "is not the text of a cell", "copy the cell as printed")
    return value


Cell = Annotated[str, BeforeValidator(_cell), described(maxLength=200)]


class Challenge(Shape):
    """An open challenge the survey names."""

    id: Slug
    title: Line
    section: Line
    summary: Prose


class Search(Shape):
    """How the survey's papers were searched."""

    platforms: Lines
    queries: Lines
    placeholders: dict[str, Line] | None = None
    kinds: Lines | None = None
    filter: Prose | None = None


class Exhibit(Shape):
    """A figure or table of the survey, and whether the data can prove it."""

    id: Slug
    title: Line
    checkable: Flag
    reason: Prose | None = None


class SurveyLinks(Shape):
    """Where to find the survey."""

    paper: Address | None = None
    list: Address | None = None


class Survey(Shape):
    """A survey that records are reconciled with."""

    id: Slug
    title: Line
    authors: Annotated[tuple[Line, ...], Field(min_length=1)]
    published: Date
    identifiers: Identifiers
    links: SurveyLinks | None = None
    summary: Prose
    search: Search
    challenges: tuple[Challenge, ...]
    figures: tuple[Exhibit, ...]
    figure1a: dict[TermId, Whole]
    beyond_the_figure: tuple[Slug, ...] = ()


class Confidence(StrEnum):
    """How sure an erratum is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNCERTAIN = "uncertain"
    OPINION = "opinion"


class ErratumKind(StrEnum):
    """What kind of error it is."""

    TYPING_SLIP = "typing-slip"
    WRONG_VALUE = "wrong-value"
    WRONG_QUANTITY = "wrong-quantity"
    WRONG_LABEL = "wrong-label"
    WRONG_NAME = "wrong-name"
    WRONG_CITATION = "wrong-citation"
    WRONG_WORD = "wrong-word"
    WRONG_COUNT = "wrong-count"
    DUPLICATE_REFERENCE = "duplicate-reference"
    MISSING_REFERENCE = "missing-reference"
    AUTHOR_NAMES = "author-names"
    FORMAT_INCONSISTENCY = "format-inconsistency"
    AMBIGUOUS = "ambiguous"
    INCOMPLETE = "incomplete"
    UNVERIFIED = "unverified"
    CONTRADICTION = "contradiction"
    QUESTIONABLE_CLASSIFICATION = "questionable-classification"
    DEFINITION_MISMATCH = "definition-mismatch"
    SUPERSEDED_TITLE = "superseded-title"
    VERSION_MIX = "version-mix"
    SURVEY_LIST = "survey-list"
    NOT_AN_ERROR = "not-an-error"
    TRANSCRIPTION = "transcription"


class ErratumCell(Shape):
    """A cell of Table 2 that an erratum is about."""

    row: Whole
    """Row, 1 to 25."""
    column: Line
    """Column, by the header of table2.csv."""
    printed: Cell
    """What is printed there."""
    right: Cell | None = None
    """What should stand there, in the survey's notation; absent when not known."""


class Erratum(Shape):
    """One error of the survey."""

    id: Slug
    place: Line
    cells: tuple[ErratumCell, ...] | None = None
    printed: Prose | None = None
    right: Prose | None = None
    kind: ErratumKind
    reason: Prose
    source: Reference | None = None
    locator: Line | None = None
    confidence: Confidence
    models: tuple[Slug, ...] | None = None
    fields: tuple[FieldPath, ...] | None = None
    """Which values of these models, beside the cells: category, links.code."""
    found: Date | None = None
    """When it was found; absent for those of the survey's first reading."""

    @property
    def mistake(self) -> bool:
        """Whether the survey is wrong, or may be: not where it only seemed so."""
        return self.kind not in {ErratumKind.NOT_AN_ERROR, ErratumKind.TRANSCRIPTION}

    @property
    def told(self) -> tuple[str, str]:
        """What is printed and what is right, its cells joined; empty where it is not known."""
        cells = self.cells or ()
        printed = self.printed or "; ".join(c.printed or "(empty)" for c in cells)
        right = self.right or "; ".join(c.right or "" for c in cells if c.right is not None)
        if not right and self.kind is ErratumKind.NOT_AN_ERROR:
            right = printed
        return printed, right


class Errata(Shape):
    """The errors found in a survey."""

    survey: Slug
    errata: tuple[Erratum, ...]


class Figure3Row(Shape):
    """A paper of Figure 3."""

    number: Whole
    reference: Whole
    model: Slug
    category: TermId


class Table1Row(Shape):
    """A network of Table 1."""

    category: TermId
    number: Whole
    reference: Whole
    model: Slug


class Table2Row(Shape):
    """A row of Table 2, as printed."""

    row: Cell
    category: Cell
    sub_category: Cell
    short_name: Cell
    gpu_model: Cell
    gpu_count: Cell
    gpu_memory_gb: Cell
    total_gpu_memory_gb: Cell
    gpu_hours: Cell
    input_size: Cell
    batch_size: Cell
    epochs: Cell
