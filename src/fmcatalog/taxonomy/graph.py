"""What builds on what: models and base models as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import listed

Ties = dict[str, dict[str, str]]
"""Node → the nodes that it is tied to, each with the relation."""


@dataclass(frozen=True)
class Graph:
    """What builds on what; nodes and edges stay in the order in which they came.

    Attributes:
        parents: What each node builds on.
        children: What came of each node.
    """

    parents: Ties = field(default_factory=dict)
    children: Ties = field(default_factory=dict)

    def __contains__(self, id: str) -> bool:
        """Tells whether it has a node."""
        return id in self.parents

    def __iter__(self) -> Iterator[str]:
        """Gives its nodes."""
        return iter(self.parents)

    def add(self, id: str) -> None:
        """Adds a node, unless it is there."""
        self.parents.setdefault(id, {})
        self.children.setdefault(id, {})

    def tie(self, parent: str, child: str, relation: str) -> None:
        """Adds an edge, and its ends where they are not there yet."""
        self.add(parent)
        self.add(child)
        self.children[parent][child] = self.parents[child][parent] = relation

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each node in the order of the graph, which does not grow any more."""
        return {node: place for place, node in enumerate(self.parents)}

    def layers(self) -> list[list[str]]:
        """Gives the nodes in layers, each behind the farthest of its parents; it has no circles."""
        left = {node: len(parents) for node, parents in self.parents.items()}
        layers = [[node for node, count in left.items() if not count]]
        while layers[-1]:
            layers.append([])
            for node in layers[-2]:
                for child in self.children[node]:
                    left[child] -= 1
                    if not left[child]:
                        layers[-1].append(child)
        return layers[:-1]


@remembered
def lineage(catalog: Catalog) -> Graph:
    """Gives what builds on what, by model or base model."""
    graph = Graph()
    for id, model in catalog.models.items():
        graph.add(id)
        for parent in listed(model.builds_on):
            graph.tie(parent.model, id, str(parent.relation))
    for term in catalog.terms.get("base-model", {}).values():
        graph.add(term.id)
        for name in term.builds_on or ():
            graph.tie(name, term.id, "builds-on")
    return graph


def ancestors(graph: Graph, id: str) -> list[str]:
    """Gives everything that a node goes back to, sorted."""
    return sorted(reached(graph.parents, id))


def relatives(graph: Graph, id: str) -> tuple[str, ...]:
    """Gives all that a node goes back to and all that came of it, in the order of ids."""
    if id not in graph.parents:
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
    layers = graph.layers()
    if len(layers) < 2:
        return []
    layer = {node: place for place, nodes in enumerate(layers) for node in nodes}
    chain = [layers[-1][0]]
    while parents := graph.parents[chain[-1]]:
        chain.append(max(parents, key=layer.__getitem__))
    return chain[::-1]
