"""What search engines read of a page: the same facts in the words of schema.org (JSON-LD)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fmcatalog import __version__
from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Model, Term, Vocabulary
from fmcatalog.views import paths
from fmcatalog.views.data import MAINTAINERS, TITLE
from fmcatalog.views.files import MEDIA, files
from fmcatalog.views.page import Settings
from fmcatalog.views.pages import ABOUT

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def linked(catalog: Catalog, top: str, settings: Settings) -> Iterator[tuple[str, dict[str, Any]]]:
    """Gives the pages that are about a thing schema.org knows, with what they say of it.

    Args:
        catalog: The catalog.
        top: Whole address of the site; empty where nobody knows it, and then no address is given.
        settings: Settings of the site.

    Returns:
        Path of a page, and its statement.
    """
    whole = dataset(catalog, top, settings)
    yield "", whole
    yield "data/", whole
    for id, model in catalog.models.items():
        yield paths.model_path(id), article(model)
    yield from _vocabularies(catalog, top)


def statements(
    catalog: Catalog, top: str, settings: Settings
) -> Callable[[str], Mapping[str, Any] | None]:
    """Gives what tells the same of one page, by its path; of many there is nothing to tell."""
    whole = dataset(catalog, top, settings)
    few = {"": whole, "data/": whole, **dict(_vocabularies(catalog, top))}

    def statement(path: str) -> Mapping[str, Any] | None:
        folder, _, id = path.rstrip("/").partition("/")
        if folder == "models" and id in catalog.models:
            return article(catalog.models[id])
        return few.get(path)

    return statement


def _vocabularies(catalog: Catalog, top: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for facet, vocabulary in catalog.vocabularies.items():
        index = "taxonomy/" if facet == "category" else paths.facet_path(facet)
        yield index, term_set(vocabulary, index, top)
        for id, term in catalog.terms[facet].items():
            yield paths.term_path(facet, id), _term(term, vocabulary, index, top)


def dataset(catalog: Catalog, top: str, settings: Settings) -> dict[str, Any]:
    """Describes the catalog as a data set with its files."""
    downloads = [
        {
            "@type": "DataDownload",
            "name": file.label,
            "encodingFormat": MEDIA[file.format],
            "contentUrl": f"{top}{file.path}",
        }
        for file in files(settings)
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE,
        "description": f"{ABOUT} {len(catalog.models)} models.",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": MAINTAINERS},
        "version": __version__,
        "dateModified": settings.as_of,
        **({"url": top, "distribution": downloads} if top else {}),
    }


def article(model: Model) -> dict[str, Any]:
    """Describes the paper that a model's page is about."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": model.title,
        "author": [{"@type": "Person", "name": name} for name in model.authors],
        "datePublished": str(model.published),
        "about": {"@type": "SoftwareApplication", "name": model.name},
    }
    if model.venue is not None:
        found["isPartOf"] = {"@type": "PublicationVolume", "name": model.venue.name}
    if model.identifiers is not None:
        same = [
            f"{prefix}{number}"
            for prefix, number in (
                ("https://doi.org/", model.identifiers.doi),
                ("https://arxiv.org/abs/", model.identifiers.arxiv),
                ("https://doi.org/", model.identifiers.preprint_doi),
            )
            if number
        ]
        found |= {"sameAs": same} if same else {}
    paper = model.links.paper if model.links is not None else None
    if paper is not None and not isinstance(paper, Missing):
        found["url"] = paper
    return found


def term_set(vocabulary: Vocabulary, path: str, top: str) -> dict[str, Any]:
    """Describes a vocabulary."""
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": vocabulary.plural,
        "description": " ".join(vocabulary.definition.split()),
        "license": LICENCE,
        **({"url": f"{top}{path}"} if top else {}),
    }


def _term(term: Term, vocabulary: Vocabulary, path: str, top: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": term.label,
        "termCode": term.id,
        "description": " ".join(term.definition.split()),
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": vocabulary.plural,
            **({"url": f"{top}{path}"} if top else {}),
        },
        **({"alternateName": list(term.aliases)} if term.aliases else {}),
    }
