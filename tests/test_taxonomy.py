"""The term trees and the lineage graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from fmcatalog import taxonomy
from fmcatalog.catalog import Catalog, load
from fmcatalog.records import Facet
from fmcatalog.taxonomy import Graph, Node

TOY = Path(__file__).parent / "data" / "toy"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(TOY).catalog


def shape(nodes: tuple[Node, ...]) -> dict[str, object]:
    return {node.term.id: shape(node.children) for node in nodes}


def edges(graph: Graph) -> dict[tuple[str, str], str]:
    return {(parent, child): relation for parent, child, relation in graph.edges(data="relation")}


def walk(nodes: tuple[Node, ...]) -> list[Node]:
    return [n for node in nodes for n in (node, *walk(node.children))]


def test_a_facet_is_a_forest_in_the_order_of_its_vocabulary(catalog: Catalog) -> None:
    assert shape(taxonomy.forest(catalog, "category")) == {
        "by-words": {"readers": {}, "tellers": {}},
        "by-marks": {"outliners": {}},
    }
    assert shape(taxonomy.forest(catalog, "modality")) == {
        "radiation": {"x-ray": {"chest-x-ray": {}}, "ct": {}},
        "mri": {},
        "text": {},
    }


@pytest.mark.parametrize("facet", [f.value for f in Facet])
def test_every_term_stands_in_the_forest_once(facet: str, catalog: Catalog) -> None:
    ids = [node.term.id for node in walk(taxonomy.forest(catalog, facet))]
    assert sorted(ids) == sorted(catalog.terms[facet])


@pytest.mark.parametrize("facet", [f.value for f in Facet])
def test_a_node_has_its_own_models_and_those_of_its_children(facet: str, catalog: Catalog) -> None:
    for node in walk(taxonomy.forest(catalog, facet)):
        below = {m for child in node.children for m in child.models}
        assert set(node.models) == below | set(taxonomy.own(catalog, facet, node))


def test_the_groups_of_the_taxonomy_add_up_to_the_catalog(catalog: Catalog) -> None:
    forest = taxonomy.forest(catalog, "category")
    assert sum(len(node.models) for node in forest) == len(catalog.models)
    assert [len(node.models) for node in forest] == [4, 3]
    assert all(taxonomy.own(catalog, "category", node) == () for node in forest)


def test_lineage_goes_from_the_parent_to_what_came_of_it(catalog: Catalog) -> None:
    graph = taxonomy.lineage(catalog)
    assert edges(graph) == {
        ("toyclip", "lumen"): "initialised-from",
        ("lumen", "harbor"): "fine-tuned-from",
        ("harbor", "pebble"): "extends",
        ("toybert", "quill"): "prompts",
        ("lumen", "quill"): "data-from",
        ("toybert", "toyclip"): "builds-on",
        ("toyvit", "toyclip"): "builds-on",
    }
    for parent, child in edges(graph):
        assert graph.parents[child][parent] == graph.children[parent][child]


def test_lineage_holds_records_and_base_models_in_layers_without_circles(catalog: Catalog) -> None:
    graph = taxonomy.lineage(catalog)
    assert set(graph) == {*catalog.models, "toybert", "toyvit", "toyclip"}
    layers = graph.layers()
    assert sorted(node for layer in layers for node in layer) == sorted(graph)
    at = {node: place for place, layer in enumerate(layers) for node in layer}
    assert all(at[parent] < at[child] for parent, child in edges(graph))


def test_ancestors_and_descendants_are_followed_to_the_end(catalog: Catalog) -> None:
    graph = taxonomy.lineage(catalog)
    assert taxonomy.ancestors(graph, "pebble") == [
        "harbor",
        "lumen",
        "toybert",
        "toyclip",
        "toyvit",
    ]
    assert taxonomy.descendants(graph, "lumen") == ["harbor", "pebble", "quill"]
    assert taxonomy.descendants(graph, "sparrow") == []
