"""Counts and distributions."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.figures import Figure
from fmcatalog.views.parts import Table


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """What the statistics page shows.

    Attributes:
        lede: What is counted, and of how many.
        distributions: By group, modality, organ, task.
        over_time: Models a quarter, by group.
        hardware: Training memory over time.
        openness: Code, weights, licences.
        cross: Group and modality.
        completeness: How many records have each field, by kind of missing.
        method: How things are counted, one paragraph each.
    """

    lede: str
    distributions: tuple[Figure, ...]
    over_time: Figure
    hardware: Figure
    openness: tuple[Figure, ...]
    cross: Table
    completeness: Table
    method: tuple[str, ...]
