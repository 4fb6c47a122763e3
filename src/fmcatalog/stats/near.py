"""Which models are near to each other, by the terms that they share."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from typing import NamedTuple

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.stats.crossing import bearers, in_bits, models_of

_NEAR = ("category", "modality", "organ", "task", "algorithm")
"""Facets that make models near to each other."""

SEARCHED = 2000
"""Memberships that are looked through for a model's neighbours, one by one."""


Near = tuple[tuple[str, str], ...]
"""Record ids, nearest first, each with the reason in words."""


def neighbours(catalog: Catalog, id: str, limit: int = 5) -> Near:
    """Finds the models nearest to one by shared terms.

    A shared term counts the more the fewer models have it, so that "text" ties nobody. In a large
    catalog the rarest shared term goes first, then the next rarest.
    """
    # A page asks twice in a row; of ten thousand models the answers are megabytes.
    asked, last = (id, limit), _last(catalog)
    if asked not in last:
        last.clear()
        last[asked] = _found(catalog, id, limit)
    return last[asked]


@remembered
def _last(catalog: Catalog) -> dict[tuple[str, int], Near]:  # noqa: ARG001 - one a catalog
    return {}


def _found(catalog: Catalog, id: str, limit: int) -> Near:
    model = catalog.models[id]
    terms = [
        term
        for facet, known in _known(catalog)
        for word in model.terms(facet)
        if (term := known.get(word) or known.get(catalog.resolve(facet, word) or ""))
    ]
    few = sum([len(term.models) for term in terms]) <= SEARCHED
    near = _weighed(terms, id, limit) if few else _alike(catalog, terms, id, limit)
    shared = ([term.label for term in terms if other in term.models][:5] for other in near)
    return tuple([(m, f"shares {', '.join(why)}") for m, why in zip(near, shared, strict=True)])


class _Term(NamedTuple):
    """A term that makes models near to each other: what it is called, and who has it."""

    label: str
    models: frozenset[str]
    bits: int


@remembered
def _known(catalog: Catalog) -> tuple[tuple[str, dict[str, _Term]], ...]:
    """Gives the terms in use by facet."""
    return tuple(
        (
            facet,
            {
                one.id: _Term(one.label, frozenset(catalog.members(facet, one.id)), one.bits)
                for one in bearers(catalog, facet).values()
            },
        )
        for facet in _NEAR
    )


def _weighed(terms: Iterable[_Term], id: str, limit: int) -> list[str]:
    """Gives the models that have most of some terms, rare ones weighing more."""
    scores: dict[str, float] = {}
    for term in terms:
        for other in term.models:
            scores[other] = scores.get(other, 0.0) + 1 / len(term.models)
    scores.pop(id, None)
    return nsmallest(limit, scores, key=lambda m: (-scores[m], m))


def _alike(catalog: Catalog, terms: Iterable[_Term], id: str, limit: int) -> list[str]:
    """Gives the models of the rarest of some terms, those first that have the next, too."""
    found = {id: None}
    rest = [term.bits for term in sorted(terms, key=lambda term: len(term.models))]
    ids = in_bits(catalog)
    while rest and len(found) <= limit:
        within = [rest.pop(0)]
        for models in rest:
            both = models & within[-1]
            if both.bit_count() > 1:  # there is another one besides the model itself
                within.append(both)
        while within and len(found) <= limit:
            for other in models_of(within.pop(), ids):
                found[other] = None
                if len(found) > limit:
                    break
    return list(found)[1:]
