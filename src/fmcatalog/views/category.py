"""One family or group of the taxonomy."""

from __future__ import annotations

from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.records import Term, link
from fmcatalog.views import paths
from fmcatalog.views.counted import named
from fmcatalog.views.models import models_table
from fmcatalog.views.parts import Bar, Link, Shape, SourceEntry, Table
from fmcatalog.views.scope import split


class Distribution(NamedTuple):
    """How the members are spread over a facet: bars, and what they leave out."""

    title: str
    note: str
    bars: tuple[Bar, ...]


class CategoryView(NamedTuple):
    """What the page of a family or a group shows.

    Attributes:
        crumbs: Way from the top.
        name: Its name.
        notation: What the survey calls it.
        shape: Sign of its family.
        definition: One or two sentences.
        tally: How many models, and their share.
        since: Since when and why it is there, if the survey does not have it.
        strengths: One each.
        limitations: One each.
        uses: One each.
        children: Groups under it.
        distributions: Modality and organ of its members.
        table: Its members.
        papers: Their papers as files.
        explore: The same models, to narrow down.
        sources: Numbered sources.
        previous: The group before it.
        next: The group after it.
    """

    crumbs: tuple[Link, ...]
    name: str
    notation: str
    shape: Shape
    definition: str
    tally: str
    since: str
    strengths: tuple[str, ...]
    limitations: tuple[str, ...]
    uses: tuple[str, ...]
    children: tuple[Link, ...]
    distributions: tuple[Distribution, ...]
    table: Table
    papers: tuple[Link, ...]
    explore: Link | None
    sources: tuple[SourceEntry, ...]
    previous: Link | None
    next: Link | None


def view(catalog: Catalog, id: str) -> CategoryView:
    """Makes the page of a family or a group."""
    term = catalog.terms["category"][id]
    models = catalog.members("category", id)
    above = [
        paths.term_link(catalog, "category", t) for t in reversed(catalog.broader("category", id))
    ]
    groups = [count.id for count in stats.groups(catalog)]
    place = groups.index(id) if id in groups else -1
    spread = [
        (f, stats.meets(catalog, "category", id, f, 8)) for f in ("modality", "organ", "task")
    ]
    return CategoryView(
        crumbs=(Link("Taxonomy", "taxonomy/"), *above),
        name=term.label,
        notation=term.notation or "",
        shape=paths.shape(catalog, id),
        definition=term.definition,
        tally=_tally(catalog, models),
        since=f"In the taxonomy since {term.since.date}: {term.since.reason}" if term.since else "",
        strengths=term.strengths or (),
        limitations=term.limitations or (),
        uses=term.uses or (),
        children=tuple(
            paths.term_link(catalog, "category", t, count=True)
            for t in catalog.narrower("category", id)
        ),
        distributions=tuple(
            distribution(catalog, facet, met, len(models)) for facet, met in spread if met.counts
        ),
        table=models_table(
            catalog,
            "members",
            models,
            f"The models of {term.label}.",
            paths.explore_path(category=id),
        ),
        papers=paths.papers(catalog, "category", id),
        explore=paths.narrowing("category", id, models),
        sources=tuple(_sources(catalog, term)),
        previous=paths.term_link(catalog, "category", groups[place - 1]) if place > 0 else None,
        next=(
            paths.term_link(catalog, "category", groups[place + 1])
            if -1 < place < len(groups) - 1
            else None
        ),
    )


def _tally(catalog: Catalog, models: tuple[str, ...]) -> str:
    figure = set(stats.surveyed(catalog))
    inside = sum(m in figure for m in models)
    said = f"{len(models)} of {len(catalog.models)} models"
    said += f": {split(catalog, models)}." if models else "."
    if figure and inside != len(models):
        said += f" The survey's figure counts {inside} of them"
        beside = [m for m in stats.beyond(catalog) if m in models]
        said += f"; {named(catalog, beside)} it describes beside it" if beside else ""
        later = len({*models}.intersection(stats.later(catalog)))
        said += f"; {later} {'was' if later == 1 else 'were'} added since." if later else "."
    return said


def _sources(catalog: Catalog, term: Term) -> list[SourceEntry]:
    entries = []
    for number, source in enumerate(term.sources or (), start=1):
        survey = catalog.surveys.get(source.source)
        entries.append(
            SourceEntry(
                number,
                survey.survey.title if survey else source.source,
                "survey/" if survey else "",
                "" if survey else link(source.source) or "",
                source.locator or "",
                str(source.accessed or ""),
                source.note or "",
            )
        )
    return entries


def distribution(catalog: Catalog, facet: str, met: stats.Met, total: int) -> Distribution:
    """Makes the bars of a facet over some models; lengths are shares of those models."""
    return Distribution(
        catalog.vocabularies[facet].label,
        f"of {total} models" + (f"; {met.outside} outside these" if met.outside else ""),
        tuple(
            Bar(Link(label, paths.term_path(facet, id), "", count), round(100 * count / total, 1))
            for id, label, count in met.counts
        ),
    )
