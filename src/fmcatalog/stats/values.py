"""What is counted, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records have a value, and why the others have none.

    Attributes:
        total: All records looked at.
        known: Records with a value.
        not_reported: Looked for and not found.
        not_applicable: Cannot have one.
        absent: Not looked up yet.
    """

    total: int
    known: int
    not_reported: int
    not_applicable: int
    absent: int


@dataclass(frozen=True, slots=True)
class Count:
    """A term, or another value, and the models that have it."""

    id: str
    label: str
    models: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of models."""
        return len(self.models)


class Distribution(NamedTuple):
    """How models are spread over a facet.

    Attributes:
        facet: Which facet.
        counts: Terms that some model has, most frequent first.
        tally: How many models have any.
        multiple: Number of models counted under more than one term.
    """

    facet: str
    counts: tuple[Count, ...]
    tally: Tally
    multiple: int


@dataclass(frozen=True, slots=True)
class Cross:
    """Two facets against each other.

    Attributes:
        rows: The terms or quarters down the side.
        columns: The terms across the top.
        cells: Row id and column id to how many models have both; empty cells are left out.
    """

    rows: tuple[Count, ...]
    columns: tuple[Count, ...]
    cells: Mapping[tuple[str, str], int]

    def count(self, row: str, column: str) -> int:
        """Number of models in a cell."""
        return self.cells.get((row, column), 0)


class Met(NamedTuple):
    """What some models have most often in a facet.

    Attributes:
        counts: Id and label of each term, and how many of the models have it.
        outside: How many of the models have none of these terms.
    """

    counts: tuple[tuple[str, str, int], ...]
    outside: int


class Rig(NamedTuple):
    """The hardware of one training stage, where its total memory is known.

    Attributes:
        model: Record id.
        stage: Index of the stage.
        cards: Number of cards, or None where it is not an exact number.
        per_card: Memory of one card in GB, or None.
        total: Total memory in GB.
        exact: Whether the total is exact; a bound otherwise.
        hours: GPU hours, or None.
        text: Total memory as it is known: a bound stays a bound.
    """

    model: str
    stage: int
    cards: float | None
    per_card: float | None
    total: float
    exact: bool
    hours: float | None
    text: str
