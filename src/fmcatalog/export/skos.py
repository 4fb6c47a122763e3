"""The vocabularies as SKOS, in Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from fmcatalog.catalog import Catalog
from fmcatalog.export.lines import line
from fmcatalog.records import Term
from fmcatalog.views import paths

_ELSEWHERE = {
    "dicom": "http://dicom.nema.org/resources/ontology/DCM/",
    "uberon": "http://purl.obolibrary.org/obo/",
    "radlex": "http://radlex.org/RID/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "wikidata": "http://www.wikidata.org/entity/",
    "spdx": "http://spdx.org/licenses/",
}
"""Outside vocabulary → where its terms have their addresses."""

# No base is written: whoever reads the file resolves the addresses against where it was found,
# and so a concept is the page of the term, wherever the site stands.
_HEAD = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def to_turtle(catalog: Catalog) -> bytes:
    """Writes every vocabulary as a scheme and every term as a concept."""
    blocks = [_HEAD]
    for facet, vocabulary in catalog.vocabularies.items():
        tops = [term.id for term in vocabulary.terms if term.broader is None]
        blocks.append(
            _block(
                f"<{paths.facet_path(facet)}>",
                [
                    ("a", "skos:ConceptScheme"),
                    ("dct:title", _text(vocabulary.plural)),
                    ("dct:description", _text(vocabulary.definition)),
                    ("dct:license", "<https://creativecommons.org/licenses/by/4.0/>"),
                    *(("skos:hasTopConcept", _concept(facet, id)) for id in tops),
                ],
            )
        )
        blocks += [
            _block(_concept(facet, term.id), list(_facts(catalog, facet, term)))
            for term in vocabulary.terms
        ]
    return "\n".join(blocks).encode()


def _facts(catalog: Catalog, facet: str, term: Term) -> Iterator[tuple[str, str]]:
    yield "a", "skos:Concept"
    yield "skos:inScheme", f"<{paths.facet_path(facet)}>"
    yield "skos:notation", json.dumps(term.id)
    yield "skos:prefLabel", _text(term.label)
    names = [term.short_label, *(term.aliases or ())]
    for name in dict.fromkeys(name for name in names if name and name != term.label):
        yield "skos:altLabel", _text(name)
    yield "skos:definition", _text(term.definition)
    if term.broader is None:
        yield "skos:topConceptOf", f"<{paths.facet_path(facet)}>"
    else:
        yield "skos:broader", _concept(facet, catalog.resolve(facet, term.broader) or term.broader)
    for match in term.matches or ():
        code = match.code.replace(":", "_") if match.scheme == "uberon" else match.code
        yield f"skos:{match.relation}Match", f"<{_ELSEWHERE[match.scheme]}{quote(code)}>"


def _concept(facet: str, id: str) -> str:
    return f"<{paths.term_path(facet, id)}>"


def _text(text: str) -> str:
    # JSON's escapes are among Turtle's, as long as no sign is written as a pair of surrogates.
    return json.dumps(line(text), ensure_ascii=False) + "@en"


def _block(subject: str, facts: list[tuple[str, str]]) -> str:
    body = " ;\n".join(f"    {predicate} {thing}" for predicate, thing in facts)
    return f"{subject}\n{body} .\n"
