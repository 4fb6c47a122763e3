"""One model."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.parts import (
    Badge,
    ErratumEntry,
    Fact,
    Link,
    Outlink,
    SourceEntry,
    Value,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of training: its name and what was reported."""

    label: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Relative:
    """A model or base model in the lineage: how it is related, and to what."""

    relation: str
    link: Link


@dataclass(frozen=True, slots=True)
class ModelView:
    """What a model's page shows.

    Attributes:
        crumbs: Way from the top to the group.
        id: Id of the record.
        name: Short name.
        title: Title of the paper.
        authors: Names; ``authors_note`` says what is missing of them.
        authors_note: For example ``and 12 others``.
        badge: Its group.
        facets: Labelled chips: modality, organ, task, algorithm.
        actions: Paper, code, weights, demo; those that exist.
        facts: Date, venue, identifiers, parameters, licence and so on.
        summary: Own words, with sources; or why there is none.
        key_ideas: Own words, one each.
        use_cases: Own words, one each.
        limitations: Own words, one each.
        training: Stages.
        training_note: What Table 2 says of it, or that it does not stand there.
        ancestors: What it builds on.
        descendants: What builds on it.
        neighbours: Similar models and why.
        errata: Mistakes of the survey about it.
        sources: Numbered sources.
        bibtex: Its entry.
        coins: COinS text for reference managers; empty when there is none.
        files: The record as YAML and JSON.
        edit: Where to mend it.
        report: Where to report a mistake.
        previous: Model before it in its group.
        next: Model after it in its group.
    """

    crumbs: tuple[Link, ...]
    id: str
    name: str
    title: str
    authors: tuple[str, ...]
    authors_note: str
    badge: Badge
    facets: tuple[Fact, ...]
    actions: tuple[Outlink, ...]
    facts: tuple[Fact, ...]
    summary: Value
    key_ideas: tuple[str, ...]
    use_cases: tuple[str, ...]
    limitations: tuple[str, ...]
    training: tuple[Stage, ...]
    training_note: str
    ancestors: tuple[Relative, ...]
    descendants: tuple[Relative, ...]
    neighbours: tuple[Link, ...]
    errata: tuple[ErratumEntry, ...]
    sources: tuple[SourceEntry, ...]
    bibtex: str
    coins: str
    files: tuple[Link, ...]
    edit: Outlink | None
    report: Outlink | None
    previous: Link | None
    next: Link | None
