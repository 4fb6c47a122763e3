"""What moves over the years: openness, training memory, and the gaps that have closed."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fmcatalog.catalog import Catalog, Tier, remembered
from fmcatalog.stats import (
    among,
    bits_of,
    by_date,
    crossed,
    gathered,
    links,
    models_of,
    rigs,
    tiers,
)
from fmcatalog.stats.gaps import Grid, Line, grid
from fmcatalog.stats.values import Count, Cross


@remembered
def years(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Count, ...]:
    """Counts models by year of first publication, empty years between included."""
    found = among(_years(catalog), models)
    run = range(min(found), max(found) + 1) if found else ()
    return tuple(Count(str(year), str(year), found.get(year, ())) for year in run)


@remembered
def _years(catalog: Catalog) -> dict[int, tuple[str, ...]]:
    return gathered((id, model.published.year) for id, model in catalog.models.items())


def openness(catalog: Catalog, key: str, models: Sequence[str] | None = None) -> Cross:
    """Counts by year whether ``code`` or ``weights`` are public, each kind of missing apart."""
    return crossed(years(catalog, models), links(catalog, key, models).counts)


class Memory(NamedTuple):
    """The training memory that the models of one year report, in GB.

    Attributes:
        year: The year.
        models: All its models.
        totals: The largest total of each model that gives an exact one, smallest first.
        bounds: Models of which only a bound is known.
    """

    year: str
    models: tuple[str, ...]
    totals: tuple[tuple[float, str], ...]
    bounds: tuple[str, ...]

    @property
    def median(self) -> float | None:
        """The total in the middle; None where no model of the year has one."""
        return statistics.median(total for total, _ in self.totals) if self.totals else None

    @property
    def unknown(self) -> int:
        """How many models of the year have no total, not even a bound."""
        return len(self.models) - len(self.totals) - len(self.bounds)


@remembered
def memory(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Memory, ...]:
    """Gives the total memory of the rigs that models report, year by year."""
    exact: dict[str, float] = {}
    loose: set[str] = set()
    for rig in rigs(catalog, models):
        if rig.exact:
            exact[rig.model] = max(rig.total, exact.get(rig.model, 0))
        else:
            loose.add(rig.model)
    return tuple(
        Memory(
            year.label,
            year.models,
            tuple(sorted((exact[m], m) for m in year.models if m in exact)),
            tuple(m for m in year.models if m in loose and m not in exact),
        )
        for year in years(catalog, models)
    )


class Closed(NamedTuple):
    """A crossing that no model of the survey stands at, and a later one does.

    Attributes:
        row: The row.
        column: The column.
        models: The models that stand there, the earliest first.
        expected: How many models of the survey would have stood there if the two had nothing to
            do with each other.
        perhaps: Models of the survey that name one of the two and several of the other: they may
            have stood there before.
    """

    row: Line
    column: Line
    models: tuple[str, ...]
    expected: float
    perhaps: tuple[str, ...]


class Closing(NamedTuple):
    """What became of the crossings that were empty in the survey.

    Attributes:
        surveyed: Models of the survey.
        empty: Crossings that could be filled and that none of them stood at.
        filled: How many of these hold a later model.
        closed: Those of the filled ones that are no part of a wider one, the largest first.
    """

    surveyed: int
    empty: int
    filled: int
    closed: tuple[Closed, ...]


@remembered
def closing(catalog: Catalog, row_facet: str, column_facet: str) -> Closing:
    """Compares the crossings of two facets with the models of the survey that stand there."""
    surveyed = frozenset(tiers(catalog)[list(Tier).index(Tier.SURVEYED)].models)
    if not surveyed:
        return Closing(0, 0, 0, ())
    found, inside = grid(catalog, row_facet, column_facet), bits_of(catalog, surveyed)
    empty = {
        (row.id, column.id): (row, column)
        for row, column in _crossings(found)
        if not found.cells.get((row.id, column.id), 0) & inside
    }
    filled = {key: pair for key, pair in empty.items() if key in found.cells}
    down, across = (
        {line.id: len(surveyed.intersection(line.models)) for line in side.lines}
        for side in (found.rows, found.columns)
    )
    widest = [
        Closed(
            row,
            column,
            tuple(sorted(found.at(*key), key=by_date(catalog).__getitem__)),
            down[row.id] * across[column.id] / len(surveyed),
            tuple(models_of(found.perhaps(*key) & inside, found.order)),
        )
        for key, (row, column) in filled.items()
        if not any(
            wider in empty and wider != key
            for wider in ((r, c) for r in (row.id, *row.above) for c in (column.id, *column.above))
        )
    ]
    widest.sort(key=lambda one: (-one.expected, -len(one.models), one.row.label, one.column.label))
    return Closing(len(surveyed), len(empty), len(filled), tuple(widest))


def _crossings(found: Grid) -> Iterator[tuple[Line, Line]]:
    """Gives the crossings that could be filled; a collective term says nothing of its parts."""
    for row in found.rows.lines:
        for column in found.columns.lines:
            collective = row.collective or column.collective
            if not collective and (row.id, column.id) not in found.impossible:
                yield row, column
