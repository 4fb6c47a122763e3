"""The data of each page: the files that hold what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.api import API
from fmcatalog.views.page import Page, PageKind
from fmcatalog.views.parts import Link

_MODELS = Link("models.json", f"{API}models.json")
_TABLE = Link("models.csv", "models.csv")
_STATISTICS = Link("statistics.json", f"{API}statistics.json")
_TAXONOMY = Link("taxonomy.json", f"{API}taxonomy.json")
_SCHEMA = Link("model.schema.json", "schemas/model.schema.json")

_FIXED: dict[PageKind, tuple[Link, ...]] = {
    "home": (_MODELS, _TABLE, _STATISTICS, Link("Atom feed", paths.FEED)),
    "compare": (_MODELS, _TABLE),
    "taxonomy": (_TAXONOMY, _TABLE),
    "timeline": (_TABLE, _STATISTICS),
    "timeline-part": (_TABLE, _STATISTICS),
    "since": (_TABLE, Link("changes.json", f"{API}changes.json"), Link("Atom feed", paths.FEED)),
    "statistics": (_STATISTICS, _TABLE),
    "statistics-part": (_STATISTICS, _TABLE),
    "gaps": (_TABLE, _MODELS),
    "lineage": (_MODELS, _TABLE),
    "hardware": (Link("training.csv", "training.csv"), _MODELS),
    "help-wanted": (_STATISTICS,),
    "python": (_MODELS, _TABLE),
    "contribute": (_SCHEMA,),
    "contribute-new": (_SCHEMA,),
}


def own_data(catalog: Catalog, page: Page) -> Iterator[Link]:
    """Gives the files of a page; pages that offer theirs where they are wanted have none here."""
    yield from _FIXED.get(page.kind, ())
    if page.kind == "survey":
        for id in catalog.surveys:
            yield Link(f"{id}.json", f"{API}surveys/{id}.json")
    if page.kind in {"category", "term", "vocabulary"}:
        folder, _, rest = page.path.partition("/")
        facet = next(f for f, name in paths.FACET_FOLDERS.items() if name == folder)
        yield Link(f"{facet}.json", f"{API}vocabularies/{facet}.json")
        yield Link("vocabularies.ttl", "vocabularies.ttl")
        ids = catalog.terms[facet] if rest and facet in paths.FED else ()
        for id in [id for id in ids if paths.term_path(facet, id) == page.path]:
            if feed := paths.feed(catalog, facet, id):
                yield feed
