"""What the pages say in the words of schema.org, as one file."""

from __future__ import annotations

from fmcatalog.catalog import Catalog
from fmcatalog.export.answers import json_bytes
from fmcatalog.views.linked import linked
from fmcatalog.views.page import Settings


def to_jsonld(catalog: Catalog) -> bytes:
    """Writes the data set, its papers and its vocabularies, each once."""
    said = [statement for path, statement in linked(catalog, "", Settings()) if path != "data/"]
    graph = [{k: v for k, v in one.items() if k != "@context"} for one in said]
    return json_bytes({"@context": "https://schema.org", "@graph": graph})
