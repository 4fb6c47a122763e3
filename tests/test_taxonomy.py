"""The term trees and the lineage graph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from fmcatalog import taxonomy
from fmcatalog.catalog import Catalog, load
from fmcatalog.records import Facet
from fmcatalog.taxonomy import Node

TOY = Path(__file__).parent / "data" / "toy"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(TOY).catalog


def shape(nodes: tuple[Node, ...]) -> dict[str, object]:
    return {node.term.id: shape(node.children) for node in nodes}


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


def test_edges_go_from_the_broader_term_to_the_narrower(catalog: Catalog) -> None:
    graph = taxonomy.term_graph(catalog, "organ")
    assert set(graph.edges) == {("torso", "lung"), ("torso", "heart"), ("torso", "liver")}
    assert "brain" in graph


def test_lineage_goes_from_the_parent_to_what_came_of_it(catalog: Catalog) -> None:
    graph = taxonomy.lineage(catalog)
    assert {(a, b): d["relation"] for a, b, d in graph.edges(data=True)} == {
        ("toyclip", "lumen"): "initialised-from",
        ("lumen", "harbor"): "fine-tuned-from",
        ("harbor", "pebble"): "extends",
        ("toybert", "quill"): "prompts",
        ("lumen", "quill"): "data-from",
        ("toybert", "toyclip"): "builds-on",
        ("toyvit", "toyclip"): "builds-on",
    }
    assert nx.is_directed_acyclic_graph(graph)


def test_lineage_tells_records_from_base_models(catalog: Catalog) -> None:
    graph = taxonomy.lineage(catalog)
    records = {id for id, record in graph.nodes(data="record") if record}
    assert records == set(catalog.models)
    assert set(graph) - records == {"toybert", "toyvit", "toyclip"}


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
