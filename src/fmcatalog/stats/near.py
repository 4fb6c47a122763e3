"""Which models are near to each other, by the terms that they share."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest

from fmcatalog.catalog import Catalog, remembered

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
    terms = [
        _bearers(catalog, facet, term)
        for facet in _NEAR
        for word in catalog.models[id].terms(facet)
        if (term := catalog.resolve(facet, word))
    ]
    sets = [models for _, models in terms]
    few = sum(map(len, sets)) <= SEARCHED
    near = _weighed(sets, id, limit) if few else _alike(sets, id, limit)
    shared = ([label for label, models in terms if other in models][:5] for other in near)
    return tuple([(m, f"shares {', '.join(why)}") for m, why in zip(near, shared, strict=True)])


@remembered
def _bearers(catalog: Catalog, facet: str, term: str) -> tuple[str, frozenset[str]]:
    """Gives what a term is called, and the models that have it."""
    return catalog.terms[facet][term].short, frozenset(catalog.members(facet, term))


def _weighed(sets: Iterable[frozenset[str]], id: str, limit: int) -> list[str]:
    """Gives the models that are in most of some sets, small ones weighing more."""
    scores: dict[str, float] = {}
    for models in sets:
        for other in models:
            scores[other] = scores.get(other, 0.0) + 1 / len(models)
    scores.pop(id, None)
    return nsmallest(limit, scores, key=lambda m: (-scores[m], m))


def _alike(sets: Iterable[frozenset[str]], id: str, limit: int) -> list[str]:
    """Gives the models of the smallest of some sets, those first that are in the next, too."""
    found = {id: None}
    rest = sorted(sets, key=len)
    while rest and len(found) <= limit:
        within = [rest.pop(0)]
        for models in rest:
            both = models & within[-1]
            if len(both) > 1:  # there is another one besides the model itself
                within.append(both)
        while within and len(found) <= limit:
            found |= dict.fromkeys(sorted(within.pop() - found.keys()))
    return list(found)[1 : limit + 1]
