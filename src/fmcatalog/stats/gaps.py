"""Two facets crossed, term by term: how many models stand at each crossing, and where none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from fmcatalog import taxonomy
from fmcatalog.catalog import Catalog, remembered
from fmcatalog.selection import UNKNOWN
from fmcatalog.stats import Distribution, bearers, bits_of, distribution, in_bits, models_of


class Line(NamedTuple):
    """A row or a column of a grid: a term in use.

    Attributes:
        id: The term.
        label: Its short label.
        depth: How many broader terms stand over it.
        above: Its broader terms, nearest first.
        collective: Whether it stands for several terms that no source lists.
        models: The models that have it or a narrower one.
    """

    id: str
    label: str
    depth: int
    above: tuple[str, ...]
    collective: bool
    models: tuple[str, ...]


class Side(NamedTuple):
    """One of the two facets.

    Attributes:
        facet: Which one.
        lines: Its terms in use, each followed by those under it.
        unknown: The models without a term in it.
        counted: The distribution that the charts show.
    """

    facet: str
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    counted: Distribution


@dataclass(frozen=True, slots=True)
class Grid:
    """Two facets against each other, with their trees and their unknowns.

    Attributes:
        rows: The facet down the side.
        columns: The facet across the top.
        cells: Row id and column id to the models that have both, as the bits of a number;
            ``unknown`` stands for the models without a term; empty cells are left out.
        order: The models by their bits.
        impossible: Crossings that cannot be, from the vocabulary. A model may still stand there
            when it has both terms for different pictures.
        total: All models that are counted.
    """

    rows: Side
    columns: Side
    cells: Mapping[tuple[str, str], int]
    order: tuple[str, ...]
    impossible: frozenset[tuple[str, str]]
    total: int

    def count(self, row: str, column: str) -> int:
        """Counts the models at a crossing."""
        return self.cells.get((row, column), 0).bit_count()

    def at(self, row: str, column: str) -> tuple[str, ...]:
        """Gives the models at a crossing."""
        return tuple(models_of(self.cells.get((row, column), 0), self.order))

    def perhaps(self, row: str, column: str) -> int:
        """Gives the models that have one of two terms and a collective one for the other."""
        several = [(row, line.id) for line in self.columns.lines if line.collective]
        several += [(line.id, column) for line in self.rows.lines if line.collective]
        return reduce(or_, [self.cells.get(crossing, 0) for crossing in several], 0)


class Gap(NamedTuple):
    """A crossing where no model stands.

    Attributes:
        row: The row.
        column: The column.
        expected: How many models would stand there if the two had nothing to do with each other.
        perhaps: Models that have one of the two and a collective term for the other.
    """

    row: Line
    column: Line
    expected: float
    perhaps: tuple[str, ...]


@remembered
def grid(
    catalog: Catalog, row_facet: str, column_facet: str, models: Sequence[str] | None = None
) -> Grid:
    """Counts models by two facets, narrower terms and unknowns included; all when None."""
    rows, columns = _side(catalog, row_facet, models), _side(catalog, column_facet, models)
    total = len(catalog.models if models is None else models)
    impossible = _impossible(catalog, rows, columns)
    cells = _cells(catalog, rows, columns, models)
    return Grid(rows, columns, cells, in_bits(catalog), impossible, total)


def _cells(
    catalog: Catalog, rows: Side, columns: Side, models: Sequence[str] | None
) -> dict[tuple[str, str], int]:
    inside = bits_of(catalog, catalog.models if models is None else models)

    def bits(side: Side) -> list[tuple[str, int]]:
        known = bearers(catalog, side.facet)
        lines = [(line.id, known[line.id].bits & inside) for line in side.lines]
        return [*lines, (UNKNOWN, bits_of(catalog, side.unknown))]

    across = bits(columns)
    return {
        (row, column): both
        for row, some in bits(rows)
        for column, others in across
        if (both := some & others)
    }


def _side(catalog: Catalog, facet: str, chosen: Sequence[str] | None) -> Side:
    counted = distribution(catalog, facet, chosen)
    models_of = {count.id: count.models for count in counted.counts}
    lines = []
    for id in catalog.order(facet):
        term = catalog.terms[facet][id]
        models = models_of.get(id, ())
        if models:
            above = catalog.broader(facet, term.id)
            lines.append(
                Line(term.id, term.short, len(above), above, bool(term.collective), models)
            )
    inside = catalog.models if chosen is None else frozenset(chosen)
    unknown = tuple(id for id, _ in catalog.unknown(facet) if id in inside)
    return Side(facet, tuple(lines), unknown, counted)


def _impossible(catalog: Catalog, rows: Side, columns: Side) -> frozenset[tuple[str, str]]:
    """Gives the crossings of organ and modality that no picture can fill."""
    facets = (rows.facet, columns.facet)
    if facets not in {("organ", "modality"), ("modality", "organ")}:
        return frozenset()
    turned = rows.facet == "modality"
    return frozenset(
        (row.id, column.id)
        for row in rows.lines
        for column in columns.lines
        if not taxonomy.possible(
            catalog, row.id if turned else column.id, column.id if turned else row.id
        )
    )


def gaps(found: Grid) -> tuple[Gap, ...]:
    """Gives the empty crossings that could be filled, those of the most frequent terms first.

    A crossing is left out when it is part of a wider empty one, or when one of its sides is a
    collective term: that says nothing of what is not there.
    """
    above = {line.id: line.above for line in (*found.rows.lines, *found.columns.lines)}
    empty = {
        (row.id, column.id): (row, column)
        for row in found.rows.lines
        for column in found.columns.lines
        if (row.id, column.id) not in found.cells
        and (row.id, column.id) not in found.impossible
        and not row.collective
        and not column.collective
    }
    widest = [
        _gap(found, row, column)
        for (row_id, column_id), (row, column) in empty.items()
        if not any(
            (r, c) in empty and (r, c) != (row_id, column_id)
            for r in (row_id, *above[row_id])
            for c in (column_id, *above[column_id])
        )
    ]
    return tuple(sorted(widest, key=lambda g: (-g.expected, g.row.label, g.column.label)))


def _gap(found: Grid, row: Line, column: Line) -> Gap:
    expected = len(row.models) * len(column.models) / max(found.total, 1)
    perhaps = models_of(found.perhaps(row.id, column.id), found.order)
    return Gap(row, column, expected, tuple(perhaps))
