"""What builds on what: models and base models as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import listed

if TYPE_CHECKING:
    _DiGraph = nx.DiGraph[str]
else:
    _DiGraph = nx.DiGraph

Ties = dict[str, dict[str, dict[str, Any]]]
"""Node → the nodes that it is tied to, each with what is said of the edge: its `relation`."""


class Graph(_DiGraph):
    """What builds on what; nodes and edges stay in the order in which they came.

    Ten thousand pages ask for the neighbours of a node. A view of networkx for each of them would
    take longer than all else, so from the first question on, when nothing more may be added, its
    dictionaries are at hand.
    """

    @cached_property
    def parents(self) -> Ties:
        """What each node builds on."""
        return dict(self.reverse(copy=False).adjacency())

    @cached_property
    def children(self) -> Ties:
        """What came of each node."""
        return dict(self.adjacency())

    def tie(self, parent: str, child: str, relation: str) -> None:
        """Adds an edge, and its ends where they are not there yet."""
        self.add_edge(parent, child, relation=relation)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each node in the order of the graph, which does not grow any more."""
        return {node: place for place, node in enumerate(self)}

    def layers(self) -> list[list[str]]:
        """Gives the nodes in layers, each behind the farthest of its parents; it has no circles."""
        return list(nx.topological_generations(self))


@remembered
def lineage(catalog: Catalog) -> Graph:
    """Gives what builds on what, by model or base model."""
    graph = Graph()
    for id, model in catalog.models.items():
        graph.add_node(id)
        for parent in listed(model.builds_on):
            graph.tie(parent.model, id, str(parent.relation))
    for term in catalog.terms.get("base-model", {}).values():
        graph.add_node(term.id)
        for name in term.builds_on or ():
            graph.tie(name, term.id, "builds-on")
    return graph


def ancestors(graph: Graph, id: str) -> list[str]:
    """Gives everything that a node goes back to, sorted."""
    return sorted(reached(graph.parents, id))


def relatives(graph: Graph, id: str) -> tuple[str, ...]:
    """Gives all that a node goes back to and all that came of it, in the order of ids."""
    if id not in graph:
        return ()
    return tuple(sorted(reached(graph.parents, id) | reached(graph.children, id)))


def descendants(graph: Graph, id: str) -> list[str]:
    """Gives everything that came of a node, sorted."""
    return sorted(reached(graph.children, id))


def reached(ties: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """Gives what can be reached from a node; of most models that is little, and is asked often."""
    found, ways = {start}, [start]
    while ways:
        for node in ties[ways.pop()]:
            if node not in found:
                found.add(node)
                ways.append(node)
    found.remove(start)
    return found


def roots(graph: Graph) -> list[str]:
    """Gives what builds on nothing and has something built on it, in the order of the graph."""
    return [node for node, ties in graph.children.items() if ties and not graph.parents[node]]


def longest_chain(graph: Graph) -> list[str]:
    """Gives the longest way from a root to what came of it at last; empty without relations."""
    chain: list[str] = nx.dag_longest_path(graph)
    return chain if len(chain) > 1 else []
