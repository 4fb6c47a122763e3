"""Models by quarter and group."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.figures import Figure
from fmcatalog.views.parts import Badge, Link


@dataclass(frozen=True, slots=True)
class Moment:
    """A model in its quarter."""

    link: Link
    badge: Badge
    date: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter and its models; empty quarters are kept, so that a pause is seen."""

    label: str
    anchor: str
    count: int
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What the timeline shows.

    Attributes:
        lede: From when to when, how many, how many without a date.
        note: How this relates to the survey's figure.
        figure: The drawing for wide screens.
        counts: Models a quarter, by group.
        quarters: The list.
    """

    lede: str
    note: str
    figure: Figure
    counts: Figure
    quarters: tuple[Quarter, ...]
