"""What pages say in the words of schema.org."""

from __future__ import annotations

from typing import Any

from fmcatalog import export
from fmcatalog.catalog import Catalog
from fmcatalog.views.linked import linked
from fmcatalog.views.page import Settings
from fmcatalog.views.pages import pages

TOP = "https://catalog.example/a/"

# What schema.org, version 29, has for these types, so far as it is used here.
KNOWN = {
    "Dataset": {
        *("name", "description", "license", "isAccessibleForFree", "creator", "version"),
        *("dateModified", "url", "distribution"),
    },
    "DataDownload": {"name", "encodingFormat", "contentUrl"},
    "Organization": {"name"},
    "Person": {"name"},
    "SoftwareApplication": {"name"},
    "PublicationVolume": {"name"},
    "ScholarlyArticle": {
        *("headline", "author", "datePublished", "about", "isPartOf", "sameAs", "url"),
    },
    "DefinedTermSet": {"name", "description", "license", "url"},
    "DefinedTerm": {"name", "termCode", "description", "inDefinedTermSet", "alternateName"},
}


def things(value: Any) -> list[dict[str, Any]]:
    """Gives every typed thing inside a statement."""
    if isinstance(value, list):
        return [thing for item in value for thing in things(item)]
    if not isinstance(value, dict):
        return []
    inside = [thing for item in value.values() for thing in things(item)]
    return [value, *inside] if "@type" in value else inside


def test_types_and_properties_are_those_of_schema_org(catalog: Catalog) -> None:
    for path, statement in linked(catalog, TOP, Settings(as_of="2026-01-01")):
        assert statement["@context"] == "https://schema.org", path
        for thing in things(statement):
            assert set(thing) - {"@type", "@context"} <= KNOWN[thing["@type"]], path


def test_every_statement_has_its_page(catalog: Catalog, settings: Settings) -> None:
    bibtex = dict.fromkeys(catalog.models, "")
    made = {page.path for page, _ in pages(catalog, settings, bibtex)}
    said = dict(linked(catalog, TOP, Settings(as_of="2026-01-01")))
    assert set(said) <= made
    assert {f"models/{id}/" for id in catalog.models} <= set(said)


def test_a_paper_is_said_as_the_record_has_it(real: Catalog) -> None:
    said = dict(linked(real, TOP, Settings(as_of="2026-01-01")))["models/medsam/"]
    assert said["headline"] == "Segment anything in medical images"
    assert said["author"][0] == {"@type": "Person", "name": "Jun Ma"}
    assert said["sameAs"] == [
        "https://doi.org/10.1038/s41467-024-44824-z",
        "https://arxiv.org/abs/2304.12306",
    ]


def test_the_files_of_the_data_set_are_those_that_are_made(catalog: Catalog) -> None:
    said = dict(linked(catalog, TOP, Settings(as_of="2026-01-01")))[""]
    made = {TOP + artifact.uri for artifact in export.api(catalog)}
    assert {file["contentUrl"] for file in said["distribution"]} <= made
    assert f"{len(catalog.models)} models" in said["description"]


def test_where_the_address_is_unknown_none_is_given(catalog: Catalog) -> None:
    for path, statement in linked(catalog, "", Settings(as_of="2026-01-01")):
        own = [thing.get("url", TOP) for thing in things(statement) if "Term" in thing["@type"]]
        assert all(address == TOP for address in own), path
        assert "distribution" not in statement
