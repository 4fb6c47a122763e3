"""The vocabularies as SKOS, read back by a library for RDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from fmcatalog.catalog import Catalog, load
from fmcatalog.export.skos import to_turtle
from fmcatalog.records import Term
from fmcatalog.views import paths

ROOT = Path(__file__).resolve().parents[2]
TOP = "https://example.org/catalog/"


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT).catalog


def read(catalog: Catalog) -> Graph:
    return Graph().parse(
        data=to_turtle(catalog), format="turtle", publicID=f"{TOP}vocabularies.ttl"
    )


@pytest.fixture(scope="module")
def graph(real: Catalog) -> Graph:
    return read(real)


def page(facet: str, id: str) -> URIRef:
    return URIRef(TOP + paths.term_path(facet, id))


def line(text: str) -> str:
    return " ".join(text.split())


def test_every_term_is_a_concept_with_its_label_definition_and_place(
    real: Catalog, graph: Graph
) -> None:
    wanted = {page(facet, id) for facet in real.terms for id in real.terms[facet]}
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == wanted
    for facet, terms in real.terms.items():
        for id, term in terms.items():
            concept = page(facet, id)
            assert graph.value(concept, SKOS.prefLabel, any=False) == Literal(term.label, "en")
            said = Literal(line(term.definition), "en")
            assert graph.value(concept, SKOS.definition, any=False) == said
            above = {page(facet, term.broader)} if term.broader else set()
            assert set(graph.objects(concept, SKOS.broader)) == above
            for alias in term.aliases or ():
                assert Literal(alias, "en") in graph.objects(concept, SKOS.altLabel)


def test_matches_stand_as_in_the_data(real: Catalog, graph: Graph) -> None:
    liver = URIRef("http://purl.obolibrary.org/obo/UBERON_0002107")
    assert liver in graph.objects(page("organ", "liver"), SKOS.exactMatch)
    count = sum(len(t.matches or ()) for terms in real.terms.values() for t in terms.values())
    kinds = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
    assert sum(len(list(graph.subject_objects(kind))) for kind in kinds) == count


def test_no_text_ends_a_literal(real: Catalog) -> None:
    hostile = '"@en . \\ <a> \t \u202e 🫀 \n """'
    vocabulary = real.vocabularies["organ"]
    first: Term = vocabulary.terms[0].model_copy(update={"label": hostile, "broader": None})
    changed = vocabulary.model_copy(update={"terms": (first,)})
    graph = read(Catalog.of({}, [changed]))
    assert graph.value(page("organ", first.id), SKOS.prefLabel) == Literal(line(hostile), "en")
