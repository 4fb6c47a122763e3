"""Where things stand on the site, and the links and signs that lead there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar
from urllib.parse import urlencode

from fmcatalog.catalog import Catalog, Tier, remembered
from fmcatalog.records import Missing
from fmcatalog.views.figures import Kind
from fmcatalog.views.parts import Badge, Link, Shape, Value
from fmcatalog.views.parts import Missing as MissingWord

T = TypeVar("T")

FACET_FOLDERS = {
    "category": "taxonomy",
    "modality": "modalities",
    "organ": "organs",
    "task": "tasks",
    "algorithm": "algorithms",
    "gpu": "gpus",
    "base-model": "base-models",
    "dataset": "datasets",
    "licence": "licences",
}
"""Facet → folder of its pages."""

_SHAPES: dict[str, Shape] = {
    "textually-prompted": "textual",
    "visually-prompted": "visual",
    "vision-only": "vision",
}


def model_path(id: str) -> str:
    """Gives the page of a model."""
    return f"models/{id}/"


_ADDRESS = re.compile(r"https://(?:www\.)?([^/?#]*)([^?#]*)")


def parted(address: str) -> tuple[str, str]:
    """Parts an address of a record into its host, without ``www.``, and its path."""
    found = _ADDRESS.match(address)
    return (found[1], found[2]) if found else ("", "")


def facet_path(facet: str) -> str:
    """Gives the index of a facet."""
    return f"{FACET_FOLDERS[facet]}/"


def term_path(facet: str, id: str) -> str:
    """Gives the page of a term; a licence's id is folded to lower case."""
    return f"{FACET_FOLDERS[facet]}/{id.lower().replace('.', '-')}/"


CITED = ("category", "modality", "organ", "task", "algorithm")
"""Facets whose terms have their papers as files: those that a review takes up as its subject."""


def papers_path(facet: str, id: str, ending: str) -> str:
    """Gives the file of a term's papers, next to its page."""
    page = term_path(facet, id)
    return f"{page}{page.rsplit('/', 2)[1]}.{ending}"


def papers(catalog: Catalog, facet: str, id: str) -> tuple[Link, ...]:
    """Makes the links to a term's papers as files; none where there are none."""
    if facet not in CITED or not catalog.members(facet, id):
        return ()
    formats = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json"))
    return tuple(Link(label, papers_path(facet, id, ending)) for label, ending in formats)


FEED = "feed.xml"
"""The feed of the whole catalog."""

FED = ("category", "modality")
"""Facets whose terms have a feed of their own."""


def feed_path(facet: str, id: str) -> str:
    """Gives the feed of a term, next to its page."""
    return f"{term_path(facet, id)}{FEED}"


def feed(catalog: Catalog, facet: str, id: str) -> Link | None:
    """Makes the link to a term's feed; none where it has none."""
    if facet not in FED or not catalog.members(facet, id):
        return None
    return Link("Atom feed", feed_path(facet, id))


EXPLORE = "explore/"
"""The page that answers a query in its address."""


def explore_path(**facets: str) -> str:
    """Gives the page that shows the models of a query.

    Args:
        facets: Facet → term id, or ``unknown``.
    """
    return f"{EXPLORE}?{urlencode(facets)}" if facets else EXPLORE


def narrowing(facet: str, id: str, models: Sequence[str]) -> Link | None:
    """Makes the link to a term's models as a query that can be narrowed; none for one model."""
    if len(models) < 2:
        return None
    return Link("Narrow them down in Explore", explore_path(**{facet: id}))


def model_link(catalog: Catalog, id: str, note: str = "") -> Link:
    """Makes a link to a model."""
    return Link(catalog.models[id].name, model_path(id), note)


@remembered
def model_links(catalog: Catalog) -> dict[str, Link]:
    """Makes a link to every model, for those who list many."""
    return {id: model_link(catalog, id) for id in catalog.models}


def term_link(
    catalog: Catalog, facet: str, word: str, *, count: bool = False, short: bool = True
) -> Link:
    """Makes a link to a term, by its id or an alias.

    Args:
        catalog: The catalog.
        facet: The term's facet.
        word: Its id, or another word for it.
        count: Whether to say how many models have it.
        short: Whether the short label does.
    """
    id = catalog.resolve(facet, word) or word
    term = catalog.term(facet, id)
    label = id if term is None else term.short if short else term.label
    number = len(catalog.members(facet, id)) if count else None
    return Link(label, term_path(facet, id), "", number)


def shape(catalog: Catalog, category: str) -> Shape:
    """Gives the sign of the family that a group or family belongs to."""
    family = (category, *catalog.broader("category", category))[-1]
    return _SHAPES.get(family, "other")


def badge(catalog: Catalog, category: str) -> Badge:
    """Makes the sign of a group."""
    link = term_link(catalog, "category", category)
    return Badge(link.label, link.path, shape(catalog, category))


@cache
def tier_value(tier: Tier) -> Value:
    """Shows how far the record of a model was checked."""
    place = list(Tier).index(tier)
    return Value(tier=tier.value, sort=f"{place} {tier.value}")


MANY = 500
"""Links that one list holds; of more, some and a way to the others."""


def some(things: Sequence[T], link: Callable[[T], Link], **query: str) -> tuple[Link, ...]:
    """Makes the links of a list, unless they are too many to read: then some, and the explorer.

    Args:
        things: What is linked.
        link: Makes the link of one.
        query: What the explorer shows.
    """
    if len(things) <= MANY:
        return tuple(map(link, things))
    rest = Link(f"{len(things) - MANY // 2} more, in the explorer", explore_path(**query))
    return (*map(link, things[: MANY // 2]), rest)


@remembered
def group_kinds(catalog: Catalog) -> tuple[Kind, ...]:
    """Gives the groups as series of charts: one colour each, the family's shape.

    Families stay together; a colour goes by the vocabulary, where a new group comes last, so that
    no group's colour changes when another is added.
    """
    leaves, terms = catalog.leaves("category"), catalog.terms.get("category", {})
    return tuple(
        Kind(id, terms[id].short, leaves.index(id) + 1, shape(catalog, id))
        for id in catalog.order("category")
        if id in leaves
    )


def terms_value(
    catalog: Catalog,
    facet: str,
    value: tuple[str, ...] | Missing | None,
    sources: tuple[int, ...] = (),
) -> Value:
    """Shows a list of terms, or why there is none."""
    if not isinstance(value, tuple):
        return Value(missing=missing_word(value), sources=sources)
    links = tuple(term_link(catalog, facet, word) for word in value)
    return Value(links=links, sources=sources, sort=", ".join(li.label for li in links))


def missing_word(value: Missing | None) -> MissingWord:
    """Names a kind of missing for the templates."""
    if value is None:
        return "absent"
    return "not-reported" if value is Missing.NOT_REPORTED else "not-applicable"
