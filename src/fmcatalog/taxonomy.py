"""Graphs of the catalog: the forest of a facet's terms, and what builds on what."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from fmcatalog.catalog import Catalog
from fmcatalog.records import Term, listed


@dataclass(frozen=True, slots=True)
class Node:
    """A term in its tree.

    Attributes:
        term: The term.
        models: Ids of the models that have it or a narrower one.
        own: Ids of the models that have the term itself.
        children: Narrower terms.
    """

    term: Term
    models: tuple[str, ...]
    own: tuple[str, ...]
    children: tuple[Node, ...]


def forest(catalog: Catalog, facet: str) -> tuple[Node, ...]:
    """Gives the trees of a facet, in the order of its vocabulary."""
    return tuple(
        _node(catalog, facet, term)
        for term in catalog.terms.get(facet, {}).values()
        if term.broader is None
    )


def _node(catalog: Catalog, facet: str, term: Term) -> Node:
    models = catalog.members(facet, term.id)
    own = tuple(
        m
        for m in models
        if term.id in {catalog.resolve(facet, w) for w in catalog.models[m].terms(facet)}
    )
    children = tuple(
        _node(catalog, facet, catalog.terms[facet][c]) for c in catalog.narrower(facet, term.id)
    )
    return Node(term, models, own, children)


def term_graph(catalog: Catalog, facet: str) -> nx.DiGraph[str]:
    """Gives a facet's terms as a graph, edges from the broader to the narrower."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for term in catalog.terms.get(facet, {}).values():
        graph.add_node(term.id)
        if term.broader is not None:
            graph.add_edge(term.broader, term.id)
    return graph


def lineage(catalog: Catalog) -> nx.DiGraph[str]:
    """Gives what builds on what: edges from a parent to what came of it, with the relation."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for id, model in catalog.models.items():
        graph.add_node(id, record=True)
        for parent in listed(model.builds_on):
            graph.add_edge(parent.model, id, relation=str(parent.relation))
    for term in catalog.terms.get("base-model", {}).values():
        if term.id not in catalog.models:
            graph.add_node(term.id, record=False)
        for name in term.builds_on or ():
            graph.add_edge(name, term.id, relation="builds-on")
    return graph


def ancestors(graph: nx.DiGraph[str], id: str) -> list[str]:
    """Gives everything that a node goes back to, sorted."""
    return sorted(nx.ancestors(graph, id))


def descendants(graph: nx.DiGraph[str], id: str) -> list[str]:
    """Gives everything that came of a node, sorted."""
    return sorted(nx.descendants(graph, id))
