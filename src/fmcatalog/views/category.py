"""One family or group of the taxonomy."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.parts import Bar, Link, Shape, SourceEntry, Table


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the members are spread over a facet: bars, and what they leave out."""

    title: str
    note: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class CategoryView:
    """What the page of a family or a group shows.

    Attributes:
        crumbs: Way from the top.
        name: Its name.
        notation: What the survey calls it.
        shape: Sign of its family.
        definition: One or two sentences.
        tally: How many models, and their share.
        since: Since when and why it is there, if the survey does not have it.
        strengths: One each.
        limitations: One each.
        uses: One each.
        children: Groups under it.
        distributions: Modality and organ of its members.
        table: Its members.
        sources: Numbered sources.
        previous: The group before it.
        next: The group after it.
    """

    crumbs: tuple[Link, ...]
    name: str
    notation: str
    shape: Shape
    definition: str
    tally: str
    since: str
    strengths: tuple[str, ...]
    limitations: tuple[str, ...]
    uses: tuple[str, ...]
    children: tuple[Link, ...]
    distributions: tuple[Distribution, ...]
    table: Table
    sources: tuple[SourceEntry, ...]
    previous: Link | None
    next: Link | None
