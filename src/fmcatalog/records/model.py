"""The shape of a record: one model, one file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from fmcatalog.diagnostics import shown
from fmcatalog.records.base import (
    Address,
    ArxivId,
    Date,
    Digits,
    Doi,
    Flag,
    Line,
    Missing,
    OrMissing,
    Prose,
    Shape,
    Slug,
    TermId,
    Year,
    refuse,
)
from fmcatalog.records.dates import PartialDate
from fmcatalog.records.measured import Count, Extent, Gigabytes, GpuHours, Measure, Tokens
from fmcatalog.records.quantities import Quantity
from fmcatalog.records.sharing import alike
from fmcatalog.records.source import FieldPath, Reference, Source


def _once(items: tuple[Any, ...]) -> tuple[Any, ...]:
    for index, item in enumerate(items):
        if item in items[:index]:
            raise refuse("form", f"names {shown(item)} twice", "keep one")
    return items


Terms = Annotated[tuple[TermId, ...], Field(min_length=1, max_length=40), AfterValidator(_once)]
Texts = Annotated[tuple[Prose, ...], Field(min_length=1, max_length=20)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=40), AfterValidator(_once)]


class Relation(StrEnum):
    """How a model goes back to another one."""

    FINE_TUNED_FROM = "fine-tuned-from"
    INITIALISED_FROM = "initialised-from"
    USES_FROZEN = "uses-frozen"
    ADAPTS = "adapts"
    EXTENDS = "extends"
    PROMPTS = "prompts"
    EVALUATES = "evaluates"
    DATA_FROM = "data-from"


class Use(StrEnum):
    """What a data set was used for."""

    PRE_TRAINING = "pre-training"
    FINE_TUNING = "fine-tuning"
    INSTRUCTION_TUNING = "instruction-tuning"
    EVALUATION = "evaluation"


class StageName(StrEnum):
    """A stage of training, or the use without training."""

    PRE_TRAINING = "pre-training"
    ALIGNMENT = "alignment"
    INSTRUCTION_TUNING = "instruction-tuning"
    FINE_TUNING = "fine-tuning"
    TRAINING = "training"
    INFERENCE = "inference"


class VenueKind(StrEnum):
    """What sort of place a paper appeared in."""

    JOURNAL = "journal"
    CONFERENCE = "conference"


class Venue(Shape):
    """Where the version of record appeared."""

    name: Line
    """Journal or conference, for example "Nature Communications" or "ICCV"."""
    kind: VenueKind | None = None
    """Whether it is a journal or a conference."""
    year: Year
    """Year of publication there."""
    volume: Line | None = None
    """Volume, with the issue in brackets where there is one."""
    pages: Line | None = None
    """Pages or article number."""


class Identifiers(Shape):
    """Identifiers of the paper; none of them may stand in another record."""

    arxiv: ArxivId | None = None
    """arXiv identifier without version; quote it, so that no zero is lost."""
    doi: Doi | None = None
    """DOI of the version of record (not of the preprint)."""
    preprint_doi: Doi | None = None
    """DOI of a preprint elsewhere than on arXiv (bioRxiv, medRxiv, Research Square)."""
    pubmed: Digits | None = None
    """PubMed identifier."""


class Links(Shape):
    """Where to find the work."""

    paper: OrMissing[Address] | None = None
    """The paper."""
    code: OrMissing[Address] | None = None
    """The authors' code."""
    weights: OrMissing[Address] | None = None
    """The trained weights."""
    demo: OrMissing[Address] | None = None
    """Something to try in a browser."""
    data: OrMissing[Address] | None = None
    """The training data, where the authors offer them."""
    project: OrMissing[Address] | None = None
    """The project's own page."""


class Licence(Shape):
    """Under which licence things are given away: a term of the licence vocabulary."""

    code: OrMissing[TermId] | None = None
    """Licence of the code, from its licence file."""
    weights: OrMissing[TermId] | None = None
    """Licence of the weights, from their card."""
    data: OrMissing[TermId] | None = None
    """Licence of the data."""


class Parent(Shape):
    """One model that this one builds on."""

    model: Slug
    """Id of a record, or of a base-model term."""
    relation: Relation
    """How it builds on it."""


class DatasetUse(Shape):
    """One data set and what it was used for."""

    dataset: TermId
    """A term of the dataset vocabulary."""
    use: Use
    """What for."""


class Stage(Shape):
    """What one stage of training took, as reported."""

    stage: StageName
    """Which stage."""
    gpu: OrMissing[TermId] | None = None
    """The card or accelerator: a term of the gpu vocabulary."""
    gpu_count: OrMissing[Count] | None = None
    """Number of cards."""
    gpu_memory_gb: OrMissing[Gigabytes] | None = None
    """Memory of one card, in GB."""
    total_gpu_memory_gb: OrMissing[Gigabytes] | None = None
    """Memory of all cards, in GB: only where a source gives the total but not its factors."""
    gpu_hours: OrMissing[GpuHours] | None = None
    """Training time in GPU hours (hours times cards)."""
    input_size: OrMissing[Extent] | None = None
    """Size of an input, in pixels or voxels."""
    sequence_length: OrMissing[Tokens] | None = None
    """Length of a text input, in tokens."""
    batch_size: OrMissing[Count] | None = None
    """Total batch size over all cards."""
    epochs: OrMissing[Count] | None = None
    """Passes over the data."""
    iterations: OrMissing[Count] | None = None
    """Optimiser steps, where these are reported instead of epochs."""

    synonyms: ClassVar[dict[str, str]] = {
        "gpus": "gpu_count",
        "gpu_model": "gpu",
        "memory": "gpu_memory_gb",
        "hours": "gpu_hours",
        "resolution": "input_size",
        "steps": "iterations",
    }

    @property
    def total_memory(self) -> Quantity | None:
        """Memory of all cards in GB: count times memory, else the reported total, else None."""
        if isinstance(self.gpu_count, Quantity) and isinstance(self.gpu_memory_gb, Quantity):
            return self.gpu_count.times(self.gpu_memory_gb)
        total = self.total_gpu_memory_gb
        return total if isinstance(total, Quantity) else None


class Correction(Shape):
    """A value that this record gave wrong, and gives right since."""

    date: Date
    """When it was corrected."""
    field: FieldPath
    """Which value: a key of the record, or a dotted part such as links.code or
    training.fine-tuning.epochs."""
    old: Prose
    """What stood there, as the record had it; the items of a list joined by a comma."""
    new: Prose
    """What stands there instead."""
    reason: Prose
    """Why."""
    source: Reference | None = None
    """What says so: a survey id, arxiv:…, doi:…, or an https address."""


Parents = Annotated[tuple[Annotated[Parent, alike()], ...], Field(min_length=1)]
DatasetUses = Annotated[tuple[Annotated[DatasetUse, alike()], ...], Field(min_length=1)]
Stages = Annotated[tuple[Annotated[Stage, alike()], ...], Field(min_length=1)]


class Model(Shape):
    """A foundation model in medical imaging, as its paper and its own pages describe it."""

    synonyms: ClassVar[dict[str, str]] = {
        "modality": "modalities",
        "organ": "organs",
        "task": "tasks",
        "algorithm": "algorithms",
        "author": "authors",
        "date": "published",
        "license": "licence",
        "group": "category",
        "description": "summary",
        "abstract": "summary",
        "code": "links",
        "weights": "links",
        "paper": "links",
        "arxiv": "identifiers",
        "doi": "identifiers",
        "hardware": "training",
        "params": "parameters",
    }

    name: Line
    """Short name, as its authors or the survey write it."""
    aliases: Lines | None = None
    """Other names that people search for."""
    title: Line
    """Title of the paper."""
    other_titles: Lines | None = None
    """Earlier or later titles of the same work."""
    authors: Annotated[tuple[Line, ...], Field(min_length=1, max_length=2000)]
    """Authors in order, given name first."""
    author_count: OrMissing[Annotated[Count, Field()]] | None = None
    """Only when the list of authors is incomplete: their number, or not-reported."""
    published: Date
    """First public version: YYYY-MM-DD, or YYYY-MM."""
    category: TermId
    """Group of the taxonomy: one of its leaves."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=60)]
    """Where the values come from."""
    reviewed: Flag | None = None
    """Whether a second person read the sources and found the same."""
    venue: Venue | None = None
    """Where the version of record appeared; absent for a preprint."""
    identifiers: Identifiers | None = None
    """Identifiers of the paper."""
    links: Links | None = None
    """Paper, code, weights, demo."""
    licence: Annotated[Licence, alike()] | None = None
    """Licences of code and weights."""
    modalities: OrMissing[Terms] | None = None
    """Kinds of image or data the model works on: terms of the modality vocabulary."""
    organs: OrMissing[Terms] | None = None
    """Parts of the body: terms of the organ vocabulary."""
    tasks: OrMissing[Terms] | None = None
    """What it was made or tested for: terms of the task vocabulary."""
    algorithms: OrMissing[Terms] | None = None
    """Objectives and techniques: terms of the algorithm vocabulary."""
    builds_on: OrMissing[Parents] | None = None
    """Models it goes back to."""
    datasets: OrMissing[DatasetUses] | None = None
    """Data it was trained or tested on."""
    parameters: OrMissing[Measure] | None = None
    """Number of parameters, such as 93.7M or 7B."""
    summary: Prose | None = None
    """What it is and why it matters, in two to four sentences."""
    key_ideas: Texts | None = None
    """Its ideas, one a line."""
    use_cases: Texts | None = None
    """What it is good for."""
    limitations: Texts | None = None
    """Where it ends, as its authors or the survey say."""
    training: OrMissing[Stages] | None = None
    """What training took, one block a stage."""
    corrections: Annotated[tuple[Correction, ...], Field(min_length=1)] | None = None
    """Values that were wrong here and are mended, the oldest first. Filling in is no correction."""

    @property
    def added(self) -> PartialDate:
        """The day the record came into the catalog: that of its first reading of a source."""
        return min((source.accessed for source in self.sources), key=lambda date: date.first)

    def text(self, name: str) -> str | None:
        """Gives a value as a correction writes it.

        Args:
            name: A key, or a dotted part: ``links.code``, ``training.fine-tuning.epochs``.

        Returns:
            None where there is no such value, or it is a mapping or a list of them.
        """
        value: Any = self
        for key in name.split("."):
            if isinstance(value, tuple):
                value = next((s for s in value if getattr(s, "stage", None) == key), None)
            else:
                value = getattr(value, key, None) if isinstance(value, Shape) else None
        if isinstance(value, tuple):
            plain = all(isinstance(item, str) for item in value)
            return ", ".join(value) if plain else None
        return None if value is None or isinstance(value, Shape) else str(value)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Training stages; empty where training is missing."""
        return self.training if isinstance(self.training, tuple) else ()

    def terms(self, facet: str) -> tuple[str, ...]:
        """Gives the term ids a record has in a facet; empty where the value is missing.

        Args:
            facet: ``category``, ``modality``, ``organ``, ``task``, ``algorithm``, ``gpu``,
                ``dataset``, ``base-model`` or ``licence``.
        """
        if facet == "category":
            return (self.category,)
        if facet == "gpu":
            found = [s.gpu for s in self.stages if s.gpu is not None]
            return _distinct([g for g in found if not isinstance(g, Missing)])
        if facet == "dataset":
            return _distinct([d.dataset for d in listed(self.datasets)])
        if facet == "base-model":
            return _distinct([p.model for p in listed(self.builds_on)])
        if facet == "licence":
            values = (self.licence.code, self.licence.weights) if self.licence else ()
            return _distinct([v for v in values if v is not None and not isinstance(v, Missing)])
        return listed(getattr(self, FACET_FIELDS[facet]))

    def missing(self, facet: str) -> Missing | None:
        """Tells why a facet has no terms: a kind of missing, or None (has terms, or absent)."""
        value = getattr(self, FACET_FIELDS.get(facet, facet), None)
        return value if isinstance(value, Missing) else None


FACET_FIELDS = {
    "modality": "modalities",
    "organ": "organs",
    "task": "tasks",
    "algorithm": "algorithms",
    "category": "category",
    "dataset": "datasets",
    "base-model": "builds_on",
    "gpu": "training",
    "licence": "licence",
}
"""Facet → the record's key that holds its terms."""


def listed(value: tuple[Any, ...] | Missing | None) -> tuple[Any, ...]:
    """Gives a list's items, or nothing where the list is missing."""
    return value if isinstance(value, tuple) else ()


def _distinct(ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids)) if len(ids) > 1 else tuple(ids)
