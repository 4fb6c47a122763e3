"""The lineage in layers: who stands where, and what is folded."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from fmcatalog import taxonomy
from fmcatalog.catalog import load
from fmcatalog.taxonomy import Graph, Layout

ROOT = Path(__file__).resolve().parents[1]
TOY = ROOT / "tests" / "data" / "toy"


def graph(*edges: str) -> Graph:
    made: Graph = Graph()
    for edge in edges:
        start, end = edge.split(">")
        made.tie(start, end, "extends")
    return made


def grown(size: int, seed: int = 7) -> Graph:
    """A lineage as it grows: a few models that many build on, many that nobody does."""
    dice = random.Random(seed)
    made: Graph = Graph()
    names = [f"m{number:04}" for number in range(size)]
    for number, name in enumerate(names):
        made.add_node(name)
        for _ in range(dice.choice([0, 1, 1, 1, 2, 3]) if number else 0):
            parent = names[min(int(dice.expovariate(1 / 12)), number - 1)]
            if made.in_degree(parent) < 3 and not (made.in_degree(parent) and dice.random() < 0.7):
                made.tie(parent, name, "extends")
    return made


def columns(layout: Layout) -> dict[str, int]:
    return {knot.id: knot.column for knot in layout.knots if not knot.more}


def test_what_was_first_stands_left_and_what_came_of_it_right() -> None:
    layout = taxonomy.layout(graph("a>b", "b>c", "c>d", "x>c"), "c")
    assert columns(layout) == {"a": 0, "b": 1, "x": 1, "c": 2, "d": 3}
    assert layout.columns == 4


def test_a_node_stands_behind_the_farthest_of_its_parents() -> None:
    layout = taxonomy.layout(graph("a>b", "b>c", "a>c"), "a")
    assert columns(layout) == {"a": 0, "b": 1, "c": 2}
    long = next(t for t in layout.threads if len(t.rows) == 1)
    ends = layout.knots[long.start].id, layout.knots[long.end].id
    assert ends == ("a", "c")
    assert long.rows[0] != next(k.row for k in layout.knots if k.id == "b")


def test_only_ancestors_and_descendants_are_drawn() -> None:
    layout = taxonomy.layout(graph("a>b", "a>sibling", "b>c", "other>c"), "b")
    assert set(columns(layout)) == {"a", "b", "c"}
    assert len(layout.threads) == 2


def test_a_node_alone_is_a_drawing_of_one() -> None:
    alone: Graph = Graph()
    alone.add_node("a")
    layout = taxonomy.layout(alone, "a")
    assert [knot.id for knot in layout.knots] == ["a"]
    assert layout.threads == ()


def test_threads_that_need_not_cross_do_not() -> None:
    layout = taxonomy.layout(graph("r>a", "r>b", "r>c", "a>z", "b>y", "c>x"), "r")
    rows = {knot.id: knot.row for knot in layout.knots}
    parents = sorted("abc", key=rows.__getitem__)
    children = sorted("xyz", key=rows.__getitem__)
    assert ["zyx"["abc".index(p)] for p in parents] == children


def test_a_root_stands_in_the_middle_of_what_came_of_it() -> None:
    layout = taxonomy.layout(graph("r>a", "r>b", "r>c"), "r")
    rows = {knot.id: knot.row for knot in layout.knots}
    assert rows["r"] == pytest.approx(1)
    assert sorted(rows[n] for n in "abc") == pytest.approx([0, 1, 2])


@pytest.mark.parametrize("size", [42, 500])
def test_no_two_names_of_a_layer_touch(size: int) -> None:
    lineage = grown(size)
    for focus in lineage:
        layout = taxonomy.layout(lineage, focus)
        for column in range(layout.columns):
            rows = sorted(knot.row for knot in layout.knots if knot.column == column)
            assert all(b - a >= 1 - 1e-9 for a, b in pairwise(rows))
            assert all(0 <= row <= layout.rows for row in rows)


@pytest.mark.parametrize("size", [42, 500])
def test_a_drawing_of_many_folds_leaves_and_loses_none(size: int) -> None:
    lineage = grown(size)
    focus = max(lineage, key=lambda n: (len(taxonomy.descendants(lineage, n)), n))
    layout = taxonomy.layout(lineage, focus, limit=20)
    drawn = sum(knot.more or 1 for knot in layout.knots)
    kin = taxonomy.relatives(lineage, focus)
    assert drawn == 1 + len(kin)
    assert any(knot.more for knot in layout.knots) == (size == 500)
    everything = taxonomy.layout(lineage, focus, limit=10_000)
    assert not any(knot.more for knot in everything.knots)


def test_five_hundred_are_laid_out_in_a_moment() -> None:
    lineage = grown(500)
    start = time.perf_counter()
    for focus in lineage:
        taxonomy.layout(lineage, focus)
    assert time.perf_counter() - start < 20


def test_the_layout_is_the_same_under_another_hash_seed() -> None:
    program = (
        "from pathlib import Path\n"
        "from fmcatalog import taxonomy\n"
        "from fmcatalog.catalog import load\n"
        f"graph = taxonomy.lineage(load(Path({str(ROOT)!r})).catalog)\n"
        "print([taxonomy.layout(graph, n) for n in graph])\n"
        "print(taxonomy.longest_chain(graph), taxonomy.roots(graph))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_roots_build_on_nothing_and_have_something_built_on_them() -> None:
    toy = taxonomy.lineage(load(TOY).catalog)
    assert sorted(taxonomy.roots(toy)) == ["toybert", "toyvit"]


def test_the_longest_chain_goes_from_a_root_to_the_last() -> None:
    toy = taxonomy.lineage(load(TOY).catalog)
    chain = taxonomy.longest_chain(toy)
    assert chain[1:] == ["toyclip", "lumen", "harbor", "pebble"]
    assert taxonomy.longest_chain(Graph()) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_longest_chain_has_a_node_in_every_layer(seed: int) -> None:
    lineage = grown(120, seed)
    chain = taxonomy.longest_chain(lineage)
    assert all(child in lineage.children[parent] for parent, child in pairwise(chain))
    assert all(node in layer for node, layer in zip(chain, lineage.layers(), strict=True))
