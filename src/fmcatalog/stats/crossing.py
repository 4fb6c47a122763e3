"""What stands in two lists at once: crossings of facets, and what a term meets most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, repeat
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


def _lines_of(lines: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, Sequence[str]]:
    """Gives by model the lines that it stands in."""
    found: dict[str, list[str]] = {}
    for line, models in lines:
        for model in models:
            found.setdefault(model, []).append(line)
    return found


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
    """A term in use, and its models as the bits of a number.

    Attributes:
        id: The term.
        label: What it is called.
        order: The label as terms are sorted.
        inner: Whether it has no narrower one.
        bits: The models that have it.
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


def bits_of(catalog: Catalog, models: Iterable[str]) -> int:
    """Gives models as the bits of a number: what two such have in common is one step."""
    places = _digits(catalog)
    digits = bytearray(b"0") * (len(places) + 1)
    for place in map(places.__getitem__, models):
        digits[place] = ord("1")
    return int(digits, 2)


def models_of(bits: int, order: Sequence[str]) -> Iterator[str]:
    """Gives the models behind the bits of a number, in the order of their ids.

    Args:
        bits: The number.
        order: The models by their bits; see :func:`in_bits`.
    """
    while bits:
        place = bits.bit_length() - 1
        yield order[place]
        bits ^= 1 << place


@remembered
def _digits(catalog: Catalog) -> dict[str, int]:
    return {id: place for place, id in enumerate(catalog.models, start=1)}


@remembered
def bearers(catalog: Catalog, facet: str) -> dict[str, Bearers]:
    """Gives the terms in use, each with the models that have it."""
    found = {}
    for id, term in catalog.terms.get(facet, {}).items():
        models = catalog.members(facet, id)
        if models:
            inner, bits = not catalog.narrower(facet, id), bits_of(catalog, models)
            found[id] = Bearers(id, term.short, term.short.casefold(), inner, bits)
    return found
