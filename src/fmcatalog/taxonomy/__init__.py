"""Graphs of the catalog: the forest of a facet's terms, and what builds on what."""

from __future__ import annotations

from typing import NamedTuple

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import Term
from fmcatalog.taxonomy.graph import Graph as Graph
from fmcatalog.taxonomy.graph import ancestors as ancestors
from fmcatalog.taxonomy.graph import descendants as descendants
from fmcatalog.taxonomy.graph import lineage as lineage
from fmcatalog.taxonomy.graph import longest_chain as longest_chain
from fmcatalog.taxonomy.graph import relatives as relatives
from fmcatalog.taxonomy.graph import roots as roots
from fmcatalog.taxonomy.layers import Knot as Knot
from fmcatalog.taxonomy.layers import Layout as Layout
from fmcatalog.taxonomy.layers import layout as layout


class Node(NamedTuple):
    """A term in its tree.

    Attributes:
        term: The term.
        models: Ids of the models that have it or a narrower one.
        children: Narrower terms.
    """

    term: Term
    models: tuple[str, ...]
    children: tuple[Node, ...]


@remembered
def forest(catalog: Catalog, facet: str) -> tuple[Node, ...]:
    """Gives the trees of a facet, in the order of its vocabulary."""
    return tuple(
        _node(catalog, facet, term)
        for term in catalog.terms.get(facet, {}).values()
        if term.broader is None
    )


def _node(catalog: Catalog, facet: str, term: Term) -> Node:
    models = catalog.members(facet, term.id)
    children = tuple(
        _node(catalog, facet, catalog.terms[facet][c]) for c in catalog.narrower(facet, term.id)
    )
    return Node(term, models, children)


def own(catalog: Catalog, facet: str, node: Node) -> tuple[str, ...]:
    """Gives the ids of the models that have the term of a node itself."""
    if not node.children:
        return node.models
    terms = {id: catalog.models[id].terms(facet) for id in node.models}
    return tuple(
        id for id in terms if node.term.id in {catalog.resolve(facet, word) for word in terms[id]}
    )


def possible(catalog: Catalog, modality: str, organ: str) -> bool:
    """Tells whether a modality can look at an organ, as far as the vocabulary says.

    What a modality can look at is said by its term, or by the nearest broader one that says it.
    A region counts when any part of it can be seen, and so does a term for several organs.
    """
    seen: tuple[str, ...] | None = None
    for id in (modality, *catalog.broader("modality", modality)):
        term = catalog.term("modality", id)
        if term is None or term.collective:
            return True
        seen = term.organs if seen is None else seen
    place = catalog.term("organ", organ)
    if seen is None or place is None or place.collective:
        return True
    around = {organ, *catalog.broader("organ", organ)}
    return any(o in around or organ in catalog.broader("organ", o) for o in seen)
