"""Graphs of the catalog: the forest of a facet's terms, and what builds on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import networkx as nx

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import Term, listed

Graph: TypeAlias = "nx.DiGraph[str]"


@dataclass(frozen=True, slots=True)
class Node:
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


def term_graph(catalog: Catalog, facet: str) -> nx.DiGraph[str]:
    """Gives a facet's terms as a graph, edges from the broader to the narrower."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for term in catalog.terms.get(facet, {}).values():
        graph.add_node(term.id)
        if term.broader is not None:
            graph.add_edge(term.broader, term.id)
    return graph


@remembered
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
    return sorted(_reached(graph.predecessors, id))


def relatives(graph: nx.DiGraph[str], id: str) -> tuple[str, ...]:
    """Gives all that a node goes back to and all that came of it, in the order of ids."""
    if id not in graph:
        return ()
    return tuple(sorted(_reached(graph.predecessors, id) | _reached(graph.successors, id)))


def descendants(graph: nx.DiGraph[str], id: str) -> list[str]:
    """Gives everything that came of a node, sorted."""
    return sorted(_reached(graph.successors, id))


def _reached(step: Callable[[str], Iterable[str]], start: str) -> set[str]:
    """Gives what can be reached from a node; of most models that is little, and is asked often."""
    found, ways = {start}, [start]
    while ways:
        for node in step(ways.pop()):
            if node not in found:
                found.add(node)
                ways.append(node)
    return found - {start}


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


def roots(graph: nx.DiGraph[str]) -> list[str]:
    """Gives what builds on nothing and has something built on it, in the order of the graph."""
    return [n for n in graph if not graph.in_degree(n) and graph.out_degree(n)]


def longest_chain(graph: nx.DiGraph[str]) -> list[str]:
    """Gives the longest way from a root to what came of it at last; empty without relations."""
    chain: list[str] = nx.dag_longest_path(graph)
    return chain if len(chain) > 1 else []


@dataclass(frozen=True, slots=True)
class Knot:
    """A node in a layered drawing.

    Attributes:
        id: The node, or with ``more`` the one whose leaves are folded.
        column: Its layer; 0 at the left.
        row: Its place in the layer; two nodes of one layer are at least 1 apart.
        more: How many leaves this knot stands for; 0 for a node of its own.
    """

    id: str
    column: int
    row: float
    more: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """An edge in a layered drawing.

    Attributes:
        start: Place of the parent in the layout's knots.
        end: Place of what came of it.
        relation: How they are related; empty towards a fold.
        rows: Where it crosses the layers between, from the left.
    """

    start: int
    end: int
    relation: str
    rows: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A part of the lineage in layers: what a node goes back to, itself, what came of it."""

    knots: tuple[Knot, ...]
    threads: tuple[Thread, ...]
    columns: int
    rows: float


FOLD_FROM = 9
"""Leaves of one parent that are folded where a drawing would grow too large."""
FOLD_TO = 5
"""How many of them are still drawn."""
_SWEEPS = 8
_PASSAGE = 0.6
"""Room for an edge that passes a layer."""


def layout(graph: nx.DiGraph[str], focus: str, limit: int = 40) -> Layout:
    """Lays out a node with all it goes back to and all that came of it, in layers.

    A node stands one layer behind the farthest of its parents; edges over several layers pass
    between the nodes of those; the order in a layer keeps crossings few (barycentres), and each
    node stands as near as it can to those it is tied to.

    Args:
        graph: The lineage, without circles.
        focus: The node.
        limit: Number of nodes from which leaves of one parent are folded.
    """
    line = _line(graph, focus)
    if 0 < len(line) <= limit:  # as most models have
        threads = tuple(
            Thread(at, at + 1, str(graph.edges[pair].get("relation", "")), ())
            for at, pair in enumerate(pairwise(line))
        )
        knots = tuple(Knot(node, at, 0.0) for at, node in enumerate(line))
        return Layout(knots, threads, len(line), 1.0)
    part, more = _part(graph, focus, limit)
    layer = _layers(part, focus)
    chains, order = _chains(part, layer)
    _order(chains, order)
    rows = _rows(chains, order)
    names = [n for column in order for n in column if isinstance(n, str)]
    place = {name: number for number, name in enumerate(names)}
    threads = tuple(
        Thread(
            place[chain[0]],
            place[chain[-1]],
            str(part.edges[chain[0], chain[-1]].get("relation", "")),
            tuple(rows[between] for between in chain[1:-1]),
        )
        for chain in chains
        if isinstance(chain[0], str) and isinstance(chain[-1], str)
    )
    knots = tuple(
        Knot(more[n][0], layer[n], rows[n], more[n][1]) if n in more else Knot(n, layer[n], rows[n])
        for n in names
    )
    return Layout(knots, threads, len(order), max(rows.values()) + 1)


def _line(graph: nx.DiGraph[str], focus: str) -> list[str]:
    """Gives a node's ancestors, itself and its descendants where they stand in one line."""
    line = [focus]
    while parents := list(graph.predecessors(line[0])):
        if len(parents) > 1:
            return []
        line.insert(0, parents[0])
    while children := list(graph.successors(line[-1])):
        if len(children) > 1:
            return []
        line.append(children[0])
    return line


def _part(
    graph: nx.DiGraph[str], focus: str, limit: int
) -> tuple[nx.DiGraph[str], dict[str, tuple[str, int]]]:
    """Cuts out a node's ancestors and descendants; folds leaves when they are many."""
    before, after = _reached(graph.predecessors, focus), _reached(graph.successors, focus)
    part: nx.DiGraph[str] = nx.DiGraph()
    part.add_node(focus)
    order = _places(graph)
    kin: set[str] = {*before, *after}
    for node in sorted(kin, key=order.__getitem__):
        part.add_node(node)
    sides: tuple[set[str], set[str]] = ({*before, focus}, {*after, focus})
    for side in sides:
        for start in sorted(side, key=lambda node: order[node]):
            ends = graph[start]
            # A base model has hundreds of children, of which one may be in the part.
            for end in sorted(side.intersection(ends), key=lambda node: order[node]):
                part.add_edge(start, end, **ends[end])
    more: dict[str, tuple[str, int]] = {}
    if len(part) > limit:
        for parent in [n for n in part if n == focus or part.out_degree(n)]:
            if parent in before:
                continue
            children = part.successors(parent)
            leaves = [n for n in children if not part.out_degree(n) and part.in_degree(n) == 1]
            if len(leaves) >= FOLD_FROM:
                fold = f"{parent} …"
                more[fold] = (parent, len(leaves) - FOLD_TO)
                part.remove_nodes_from(leaves[FOLD_TO:])
                part.add_edge(parent, fold)
    return part, more


def _places(graph: nx.DiGraph[str]) -> dict[str, int]:
    """Gives the place of each node in the order of the graph; counted once for a graph."""
    known: dict[str, int] | None = graph.graph.get("places")
    if known is None or len(known) != len(graph):
        known = graph.graph["places"] = {node: place for place, node in enumerate(graph)}
    return known


def _layers(part: nx.DiGraph[str], focus: str) -> dict[str, int]:
    """Gives the layer of each node, the leftmost being 0."""
    before = _reached(part.predecessors, focus)
    layer = {focus: 0}
    order = list(nx.lexicographical_topological_sort(part))
    for node in order:
        if node not in before and node != focus:
            layer[node] = 1 + max(layer[p] for p in part.predecessors(node))
    for node in reversed(order):
        if node in before:
            layer[node] = min(layer[c] for c in part.successors(node)) - 1
    first = min(layer.values())
    return {node: at - first for node, at in layer.items()}


_Between = tuple[str, str, int]
"""Where an edge crosses a layer."""
_Place = str | _Between
_Chain = list[_Place]


def _chains(part: nx.DiGraph[str], layer: dict[str, int]) -> tuple[list[_Chain], list[_Chain]]:
    """Gives each edge as the places it goes through, and the places of each layer."""
    order: list[_Chain] = [[] for _ in range(max(layer.values()) + 1)]
    for node in part:
        order[layer[node]].append(node)
    chains: list[_Chain] = []
    for start, end in part.edges:
        between = [(start, end, at) for at in range(layer[start] + 1, layer[end])]
        for place in between:
            order[place[2]].append(place)
        chains.append([start, *between, end])
    return chains, order


def _ties(chains: list[_Chain]) -> tuple[dict[_Place, _Chain], dict[_Place, _Chain]]:
    left: dict[_Place, _Chain] = {}
    right: dict[_Place, _Chain] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            right.setdefault(one, []).append(other)
            left.setdefault(other, []).append(one)
    return left, right


def _order(chains: list[_Chain], order: list[_Chain]) -> None:
    """Sorts each layer by the middle of what its places are tied to, to and fro."""
    ties = _ties(chains)
    for sweep in range(_SWEEPS):
        toward, columns = ties[sweep % 2], order if sweep % 2 == 0 else order[::-1]
        for column in columns:
            at = {place: number for line in order for number, place in enumerate(line)}
            column.sort(key=lambda p, at=at, toward=toward: _middle(p, at, toward))  # type: ignore[misc]


def _middle(place: _Place, at: dict[_Place, int], toward: dict[_Place, _Chain]) -> float:
    tied = toward.get(place)
    return sum(at[t] for t in tied) / len(tied) if tied else float(at[place])


def _rows(chains: list[_Chain], order: list[_Chain]) -> dict[_Place, float]:
    """Places each node as near to what it is tied to as the others of its layer let it."""
    left, right = _ties(chains)
    rows: dict[_Place, float] = {}
    for column in order:
        rows.update(_apart(column, [float(n) for n in range(len(column))]))
    for sweep in range(_SWEEPS):
        for column in order if sweep % 2 else order[::-1]:
            wanted = []
            for place in column:
                tied = [*left.get(place, ()), *right.get(place, ())]
                wanted.append(sum(rows[t] for t in tied) / len(tied) if tied else rows[place])
            rows.update(_apart(column, wanted))
    top = min(rows.values())
    return {place: row - top for place, row in rows.items()}


def _apart(column: _Chain, wanted: list[float]) -> dict[_Place, float]:
    """Keeps places in order and apart, each as near to where it wants to be as that allows.

    Least squares under order: neighbours that would overlap are moved as one block.
    """
    offsets, offset = [], 0.0
    for one, other in pairwise([column[0], *column]):
        if one is not other:
            offset += 1.0 if isinstance(one, str) and isinstance(other, str) else _PASSAGE
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []
    for number, want in enumerate(wanted):
        total, size = want - offsets[number], 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / size:
            total, size = total + blocks[-1][0], size + blocks[-1][1]
            blocks.pop()
        blocks.append((total, size))
    means = [total / size for total, size in blocks for _ in range(size)]
    return {place: mean + at for place, mean, at in zip(column, means, offsets, strict=True)}
