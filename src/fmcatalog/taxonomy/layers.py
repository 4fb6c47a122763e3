"""A part of the lineage in layers: what a node goes back to, itself, what came of it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from fmcatalog.taxonomy.graph import Graph, reached


class Knot(NamedTuple):
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


class Thread(NamedTuple):
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


class Layout(NamedTuple):
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


def layout(graph: Graph, focus: str, limit: int = 40) -> Layout:
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
            Thread(at, at + 1, graph.children[one][other]["relation"], ())
            for at, (one, other) in enumerate(pairwise(line))
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
            part.children[chain[0]][chain[-1]]["relation"],
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


def _line(graph: Graph, focus: str) -> list[str]:
    """Gives a node's ancestors, itself and its descendants where they stand in one line."""
    line = [focus]
    while parents := graph.parents[line[0]]:
        if len(parents) > 1:
            return []
        line[:0] = parents
    while children := graph.children[line[-1]]:
        if len(children) > 1:
            return []
        line += children
    return line


def _part(graph: Graph, focus: str, limit: int) -> tuple[Graph, dict[str, tuple[str, int]]]:
    """Cuts out a node's ancestors and descendants; folds leaves when they are many."""
    before, after = reached(graph.parents, focus), reached(graph.children, focus)
    part, place = Graph(), graph.places.__getitem__
    folds = _folds(graph, focus, after) if len(before) + len(after) >= limit else {}
    after.difference_update(*folds.values())
    for node in (focus, *sorted(before | after, key=place)):
        part.add_node(node)
    for side in (before, after):
        side.add(focus)
        for start in sorted(side, key=place):
            ends = graph.children[start]
            # A base model has hundreds of children, of which one may be in the part.
            for end in sorted(ends.keys() & side, key=place):
                part.tie(start, end, ends[end]["relation"])
    more = {f"{parent} …": (parent, len(leaves)) for parent, leaves in folds.items()}
    for fold, (parent, _) in more.items():
        part.tie(parent, fold, "")
    return part, more


def _folds(graph: Graph, focus: str, after: set[str]) -> dict[str, list[str]]:
    """Gives the leaves that are folded, by their parents, of what came of a node."""
    folds, place, side = {}, graph.places.__getitem__, {focus, *after}
    for parent in (focus, *sorted(after, key=place)):
        leaves = [
            child
            for child in graph.children[parent]
            if not graph.children[child] and len(graph.parents[child].keys() & side) == 1
        ]
        if len(leaves) >= FOLD_FROM:
            folds[parent] = sorted(leaves, key=place)[FOLD_TO:]
    return folds


def _layers(part: Graph, focus: str) -> dict[str, int]:
    """Gives the layer of each node, the leftmost being 0."""
    before = reached(part.parents, focus)
    layer = {focus: 0}
    order = [node for nodes in part.layers() for node in nodes]
    for node in order:
        if node not in before and node != focus:
            layer[node] = 1 + max([layer[p] for p in part.parents[node]])
    for node in reversed(order):
        if node in before:
            layer[node] = min([layer[c] for c in part.children[node]]) - 1
    first = min(layer.values())
    return {node: at - first for node, at in layer.items()}


_Between = tuple[str, str, int]
"""Where an edge crosses a layer."""
_Place = str | _Between
_Chain = list[_Place]


def _chains(part: Graph, layer: dict[str, int]) -> tuple[list[_Chain], list[_Chain]]:
    """Gives each edge as the places it goes through, and the places of each layer."""
    order: list[_Chain] = [[] for _ in range(max(layer.values()) + 1)]
    for node in part.parents:
        order[layer[node]].append(node)
    chains: list[_Chain] = []
    for start, ends in part.children.items():
        for end in ends:
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
