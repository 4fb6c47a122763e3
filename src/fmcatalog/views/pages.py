"""Every page of the site, with its view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from fmcatalog.catalog import Catalog
from fmcatalog.records import Term, listed
from fmcatalog.views import (
    api,
    category,
    compare,
    contribute,
    data,
    explore,
    gaps,
    hardware,
    help_wanted,
    home,
    lineage,
    model,
    models,
    new_record,
    not_found,
    paths,
    python,
    since,
    statistics,
    survey,
    taxonomy,
    term,
    timeline,
    vocabulary,
)
from fmcatalog.views.own_data import own_data
from fmcatalog.views.page import Page, Settings

Make = Callable[[], object]
"""Makes the view of a page, which only the page's writer needs, and only while writing it."""


Wanted = tuple[Page, Make]
"""A page and what makes its view."""


def pages(catalog: Catalog, settings: Settings, bibtex: Mapping[str, str]) -> Iterator[Wanted]:
    """Gives every page with its data and what makes its view, in a fixed order.

    Args:
        catalog: A catalog that was found in order.
        settings: Settings of the site.
        bibtex: Id to BibTeX entry.
    """
    for page, view in _pages(catalog, settings, bibtex):
        files = tuple(own_data(catalog, page))
        yield replace(page, data=files) if files else page, view


def _pages(
    catalog: Catalog, settings: Settings, bibtex: Mapping[str, str]
) -> Iterator[tuple[Page, Make]]:
    seen = model.Models(catalog, settings, bibtex)
    yield (
        _page("", "home", "Foundation models in medical imaging", ABOUT),
        partial(home.view, catalog, settings),
    )
    yield (
        Page(
            "explore/",
            "explore",
            "Explore",
            "Models by modality, organ, task, group, openness and hardware.",
            ahead=explore.AHEAD,
        ),
        partial(explore.view, catalog),
    )
    yield (
        _page("models/", "models", "Models", f"All {len(catalog.models)} models in one table."),
        partial(models.view, catalog),
    )
    yield (
        Page(
            "compare/",
            "compare",
            "Compare",
            "Two to six models side by side.",
            ahead=compare.AHEAD,
        ),
        partial(compare.view, catalog, seen.view),
    )
    for id in catalog.models:
        yield model_page(catalog, id), partial(seen.view, id)
    yield (
        _page("taxonomy/", "taxonomy", "Taxonomy", "Families and groups of models, with counts."),
        partial(taxonomy.view, catalog),
    )
    yield (
        _page(taxonomy.SURVEY, "taxonomy", "The survey's taxonomy", "Figure 3 of the survey."),
        partial(taxonomy.survey, catalog),
    )
    lines = lineage.lines_of(catalog)
    for facet, found in catalog.vocabularies.items():
        if facet != "category":
            page = _page(
                paths.facet_path(facet), "vocabulary", vocabulary.name(found), found.definition
            )
            # Whoever types "licence" wants all of them; the name of a page is "By licence".
            named = tuple(dict.fromkeys((found.label, found.plural)))
            if facet == "licence":
                named += ("Commercial", "Commercial use")
            yield replace(page, words=named), partial(vocabulary.view, catalog, facet)
        for id, one in catalog.terms[facet].items():
            path = paths.term_path(facet, id)
            if facet == "category":
                yield (
                    _page(path, "category", one.label, _first(one.definition)),
                    partial(category.view, catalog, id),
                )
            else:
                title = f"{one.label} ({found.label.lower()})"
                page = replace(_term(path, facet, one, title), about=(facet, id))
                yield page, partial(_term_view, lines, facet, id)
    for path, title, part in timeline.parts(catalog):
        about = f"{title}: models by quarter and group."
        yield _page(path, "timeline-part", title, about), part
    for path, title, counts in statistics.views(catalog):
        yield _page(path, "statistics-part", title, f"{title}: counts of one tier."), counts
    for path, title, grid in gaps.views(catalog):
        about = f"{title}: where no model of this catalog stands."
        named = ("Gaps",) if path == "gaps/" else ()
        yield replace(_page(path, "gaps", title, about), words=named), grid
    yield (
        _page("lineage/", "lineage", "Lineage", "What builds on what: base models and models."),
        partial(lineage.view, catalog),
    )
    for path, kind, title, about, view in (
        ("timeline/", "timeline", "Timeline", "Models by quarter and group.", timeline.view),
        (
            "statistics/",
            "statistics",
            "Statistics",
            "Counts by group, modality, organ, task, openness and hardware.",
            statistics.view,
        ),
        (
            since.PAGE,
            "since",
            "Since the survey",
            "What came each quarter since the survey, by group.",
            since.view,
        ),
        ("hardware/", "hardware", "Hardware", "What training took, as reported.", hardware.view),
        (
            "survey/",
            "survey",
            "The survey, checked",
            "Each figure and table of the survey against the records; its errata.",
            survey.view,
        ),
        (
            "data/",
            "data",
            "Data",
            "The catalog as JSON, CSV, SQLite, Parquet, BibTeX and feeds.",
            data.view,
        ),
        (
            "data/api/",
            "api",
            "API",
            "Addresses of the JSON files, their schemas, and what version 1 may change.",
            api.view,
        ),
        (
            "data/python/",
            "python",
            "Python",
            "The catalog as a Python library: examples that run, and a reference.",
            python.view,
        ),
        (
            "contribute/",
            "contribute",
            "Contribute",
            "How to add or mend a paper, and what is checked.",
            contribute.view,
        ),
        (
            "contribute/new/",
            "contribute-new",
            "Add a paper",
            "A form that checks as you type and writes the record.",
            new_record.view,
        ),
        (
            "help-wanted/",
            "help-wanted",
            "Help wanted",
            "Values without a source, links and terms not looked up, and the file to open.",
            help_wanted.view,
        ),
        ("404/", "not-found", "No such page", "No page at this address.", not_found.view),
    ):
        words = _memory(catalog) if kind == "hardware" else ()
        yield (
            replace(_page(path, kind, title, about), words=words),
            partial(view, catalog, settings),
        )


def model_page(catalog: Catalog, id: str) -> Page:
    """Gives the page of a model."""
    record = catalog.models[id]
    about = _first(record.summary or record.title)
    modalities = (catalog.terms["modality"][term].label for term in listed(record.modalities))
    found_by = (record.name, record.title, *modalities)
    return Page(paths.model_path(id), "model", record.name, about, found_by, about=("model", id))


def _term_view(lines: lineage.Lines, facet: str, id: str) -> term.TermView:
    kin = lines.kin(id) if facet == "base-model" else None
    return term.view(lines.catalog, facet, id, kin)


SOUGHT = ("modality", "organ", "task", "algorithm", "base-model")
"""Facets whose terms people look for by any name; a data set often has the name of a model."""

ABOUT = (
    "A checked catalog of foundation models in medical imaging: modality, organ, task, group "
    "and training hardware of each model, with the source of every value."
)


def _page(path: str, kind: str, title: str, description: str) -> Page:
    return Page(path, kind, title, description)  # type: ignore[arg-type]


def _term(path: str, facet: str, term: Term, title: str) -> Page:
    about = _first(term.definition)
    if facet not in SOUGHT:
        return Page(path, "term", title, about)
    # Whoever looks for "X-ray" wants all such models: the page that lists them comes first.
    names = dict.fromkeys((term.label, term.short_label or term.label, *(term.aliases or ())))
    return Page(path, "term", title, about, tuple(names), weight=2.0)


def _memory(catalog: Catalog) -> tuple[str, ...]:
    """Gives the sizes of cards: who types "24 GB" asks what such a card was enough for."""
    sizes = {size for card in catalog.terms["gpu"].values() for size in card.memory_gb or ()}
    return tuple(f"{size} GB" for size in sorted(sizes))


def _first(text: str, limit: int = 160) -> str:
    """Gives the first sentence, cut at a word."""
    sentence = " ".join(text.split()).split(". ")[0].rstrip(".")
    if len(sentence) >= limit:
        return sentence[:limit].rsplit(" ", 1)[0] + " …"
    return f"{sentence}."
