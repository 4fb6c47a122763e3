"""The shape of a vocabulary: the terms of one facet."""

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
    refuse,
)
from fmcatalog.records.model import Identifiers, Lines, Texts
from fmcatalog.records.source import Citation


class Facet(StrEnum):
    """What a vocabulary's terms say about a model."""

    CATEGORY = "category"
    MODALITY = "modality"
    ORGAN = "organ"
    TASK = "task"
    ALGORITHM = "algorithm"
    GPU = "gpu"
    BASE_MODEL = "base-model"
    DATASET = "dataset"
    LICENCE = "licence"


class Scheme(StrEnum):
    """An outside vocabulary."""

    DICOM = "dicom"
    UBERON = "uberon"
    RADLEX = "radlex"
    MESH = "mesh"
    WIKIDATA = "wikidata"
    SPDX = "spdx"


class Closeness(StrEnum):
    """How an outside term relates to ours (SKOS)."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"


class BaseModelKind(StrEnum):
    """What a base model is."""

    LANGUAGE_MODEL = "language-model"
    VISION_ENCODER = "vision-encoder"
    VISION_LANGUAGE_MODEL = "vision-language-model"
    SEGMENTATION_MODEL = "segmentation-model"
    IMAGE_GENERATOR = "image-generator"


class Match(Shape):
    """A term of an outside vocabulary."""

    scheme: Scheme
    """Which vocabulary."""
    code: Line
    """Its code there, such as MR or UBERON:0002107."""
    relation: Closeness
    """exact, close, broad (theirs is broader) or narrow (theirs is narrower)."""


class TermLinks(Shape):
    """Where to read more about what a term names."""

    homepage: Address | None = None
    """Its own page."""
    paper: Address | None = None
    """Its paper."""
    code: Address | None = None
    """Its code."""
    weights: Address | None = None
    """Its weights."""


class Since(Shape):
    """When and why the living catalog added a term the survey does not have."""

    date: Date
    """When."""
    reason: Prose
    """Why."""


def _label_id(value: Any) -> Any:
    # Licences keep the spelling of SPDX (Apache-2.0); all other ids are slugs.
    fits = isinstance(value, str) and value.isascii() and 0 < len(value) <= 60
    if not fits or not all(p and p.replace(".", "").isalnum() for p in value.split("-")):
        raise refuse("form", "is not an id", "letters, digits, dots and hyphens")
    return value


class Term(Shape):
    """One term of a vocabulary."""

    id: Annotated[TermId, BeforeValidator(_label_id)]
    """Its id: what records write."""
    label: Line
    """What people read."""
    short_label: Line | None = None
    """A shorter label for charts and chips."""
    notation: Line | None = None
    """How the survey writes it in its tables."""
    definition: Prose
    """What it means, in one or two sentences."""
    broader: TermId | None = None
    """The term above it."""
    aliases: Lines | None = None
    """Other words for it; a record that uses one gets a hint."""
    matches: tuple[Match, ...] | None = None
    """The same thing in outside vocabularies, each one checked."""
    identifiers: Identifiers | None = None
    """Identifiers of its paper."""
    links: TermLinks | None = None
    """Where to read more."""
    sources: tuple[Citation, ...] | None = None
    """Where its definition, matches and facts were read."""
    since: Since | None = None
    """When and why it was added, if the survey does not have it."""
    strengths: Texts | None = None
    """Category only: what such models are good at."""
    limitations: Texts | None = None
    """Category only: where they end."""
    uses: Texts | None = None
    """Category only: what they are used for."""
    vendor: Line | None = None
    """Gpu only: who makes it."""
    memory_gb: Annotated[tuple[Whole, ...], Field(min_length=1)] | None = None
    """Gpu only: the memory sizes it was sold with, in GB."""
    released: Date | None = None
    """Gpu and base-model only: when it came out."""
    kind: BaseModelKind | None = None
    """Base-model only: what it is."""
    builds_on: tuple[Slug, ...] | None = None
    """Base-model only: base models it goes back to."""
    modalities: tuple[TermId, ...] | None = None
    """Dataset only: kinds of data it holds."""
    organs: Annotated[tuple[TermId, ...], Field(min_length=1)] | None = None
    """Modality only: all that it can look at, narrower organs included; anything when absent."""
    commercial: Flag | None = None
    """Licence only: whether it allows commercial use; absent where that depends on more."""
    imaging: Flag | None = None
    """Modality only: false for data that is not a picture, such as text."""
    collective: Flag | None = None
    """Modality and organ only: it stands for several that no source lists, so that anything may
    be among them."""

    @property
    def short(self) -> str:
        """The label for charts and chips."""
        return self.short_label or self.label


class Vocabulary(Shape):
    """The terms of one facet."""

    facet: Facet
    """Which facet; also the name of the file."""
    label: Line
    """What people read."""
    plural: Line
    """Its plural."""
    definition: Prose
    """What the facet says about a model."""
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    """The terms, a broader one before its narrower ones."""
