"""What stands in two lists at once: crossings of facets, and what a term meets most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from itertools import chain, product, repeat
from typing import NamedTuple

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.stats.values import Count, Cross, Met


def crossed(rows: tuple[Count, ...], columns: tuple[Count, ...]) -> Cross:
    """Crosses two sides at the models that stand in both."""
    rows_of = _lines_of([(row.id, row.models) for row in rows])
    met = {
        column.id: Counter(chain.from_iterable(map(rows_of.get, column.models, repeat(()))))
        for column in columns
    }
    cells = {
        (row.id, column.id): count
        for row in rows
        for column in columns
        if (count := met[column.id].get(row.id))
    }
    return Cross(rows, columns, cells)


Lines = Sequence[tuple[str, Sequence[str]]]
"""Rows or columns: the id of each, and the models in it."""


def _lines_of(lines: Lines) -> Mapping[str, Sequence[str]]:
    """Gives by model the lines that it stands in."""
    found: dict[str, list[str]] = {}
    for line, models in lines:
        for model in models:
            found.setdefault(model, []).append(line)
    return found


def cells_of(rows: Lines, columns: Lines) -> dict[tuple[str, str], tuple[str, ...]]:
    """Gives the models at each crossing of rows and columns; crossings without any are left out."""
    rows_of = _lines_of(rows)
    found: dict[tuple[str, str], list[str]] = {}
    for column, models in columns:
        for model in models:
            for row in rows_of.get(model, ()):
                found.setdefault((row, column), []).append(model)
    crossings = product((row for row, _ in rows), (column for column, _ in columns))
    return {crossing: tuple(found[crossing]) for crossing in crossings if crossing in found}


def meets(
    catalog: Catalog, facet: str, term: str, other: str, most: int, *, innermost: bool = False
) -> Met:
    """Counts what the members of a term have most often in another facet.

    Args:
        catalog: The catalog.
        facet: The term's facet.
        term: The term.
        other: The other facet.
        most: Number of terms to give.
        innermost: Only terms that have no narrower one.
    """
    terms = bearers(catalog, facet)
    own = terms[term].bits if term in terms else 0
    found = []
    for place, one in enumerate(bearers(catalog, other).values()):
        if one.inner or not innermost:
            shared = own & one.bits
            if shared:
                found.append((-shared.bit_count(), one.order, place, one, shared))
    best = nsmallest(most, found)
    outside = own
    for *_, shared in best:
        outside &= ~shared
    return Met(
        tuple((one.id, one.label, -count) for count, _, _, one, _ in best), outside.bit_count()
    )


class Bearers(NamedTuple):
    """A term in use, and its models as the bits of a number: what two share is one step.

    Attributes:
        id: The term.
        label: What it is called.
        order: The label as terms are sorted.
        inner: Whether it has no narrower one.
        bits: The models that have it, each at its place in :func:`in_bits`.
    """

    id: str
    label: str
    order: str
    inner: bool
    bits: int


@remembered
def in_bits(catalog: Catalog) -> tuple[str, ...]:
    """Gives the models by their bits: of several, the first id has the highest."""
    return tuple(catalog.models)[::-1]


@remembered
def _digits(catalog: Catalog) -> dict[str, int]:
    return {id: place for place, id in enumerate(catalog.models)}


@remembered
def bearers(catalog: Catalog, facet: str) -> dict[str, Bearers]:
    """Gives the terms in use, each with the models that have it."""
    places = _digits(catalog)
    found = {}
    for id, term in catalog.terms.get(facet, {}).items():
        models = catalog.members(facet, id)
        if models:
            digits = bytearray(b"0") * len(places)
            for model in models:
                digits[places[model]] = ord("1")
            inner = not catalog.narrower(facet, id)
            found[id] = Bearers(id, term.short, term.short.casefold(), inner, int(digits, 2))
    return found
