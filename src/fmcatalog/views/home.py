"""The first page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths, taxonomy
from fmcatalog.views.counted import facet_figure, group_figure
from fmcatalog.views.data import citation
from fmcatalog.views.figures import Figure
from fmcatalog.views.files import files
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Badge, Bar, Download, Link, Outlink, TreeNode
from fmcatalog.views.scope import whole
from fmcatalog.views.survey import proof


class Latest(NamedTuple):
    """A model that is new in the field or in the catalog."""

    link: Link
    badge: Badge
    tier: str
    date: str
    title: str


class HomeView(NamedTuple):
    """What the home page shows.

    Attributes:
        counts: Strip of numbers; each link has its ``count``.
        survey: The survey it starts from.
        as_of: Date of the newest change to the data.
        proof: One sentence on how the survey was checked, with numbers; leads to ``survey/``.
        tiers: How many models of which tier.
        taxonomy: Drawing of families and groups.
        groups: The same as a list, for phones.
        tasks: Where to start by what one wants to do; of all tiers.
        charts: Three small charts.
        latest: Newest papers.
        downloads: Files most people want.
        citation: How to cite the catalog.
    """

    counts: tuple[Link, ...]
    survey: Outlink
    as_of: str
    proof: str
    tiers: str
    taxonomy: Figure
    groups: tuple[TreeNode, ...]
    tasks: tuple[Bar, ...]
    charts: tuple[Figure, ...]
    latest: tuple[Latest, ...]
    downloads: tuple[Download, ...]
    citation: str


CHARTED = 8
"""Bars of a small chart."""
TASKS = 12
LATEST = 6


def view(catalog: Catalog, settings: Settings) -> HomeView:
    """Makes the first page."""
    scope = whole(catalog)
    return HomeView(
        counts=tuple(_counts(catalog)),
        survey=_survey(catalog),
        as_of=settings.as_of or "an unknown day",
        proof=proof(catalog),
        tiers=scope.split,
        taxonomy=taxonomy.drawing(catalog),
        groups=taxonomy.tree(catalog, leaves=False),
        tasks=_tasks(catalog),
        charts=(
            group_figure(catalog, scope),
            facet_figure(
                catalog, "modality", "By modality", "name a modality", scope, limit=CHARTED
            ),
            facet_figure(catalog, "organ", "By organ", "name an organ", scope, limit=CHARTED),
        ),
        latest=tuple(_latest(catalog)),
        downloads=files(settings),
        citation=citation(catalog, settings),
    )


def _counts(catalog: Catalog) -> Iterator[Link]:
    overview = stats.overview(catalog)
    yield Link("models", "models/", count=overview.models)
    yield Link("groups", "taxonomy/", count=len(overview.groups))
    yield Link("modalities", "modalities/", count=overview.facets.get("modality", 0))
    yield Link("organs", "organs/", count=overview.facets.get("organ", 0))
    yield Link("with public code", "statistics/#figure-public-code", count=overview.code)
    yield Link("with the GPU named", "hardware/", count=overview.hardware)


def _survey(catalog: Catalog) -> Outlink:
    for data in catalog.surveys.values():
        paper = data.survey.links.paper if data.survey.links else None
        if paper:
            first = data.survey.authors[0].rsplit(" ", 1)[-1]
            return Outlink(
                f"the survey of {first} et al.",
                paper,
                f"arXiv {data.survey.identifiers.arxiv}, {data.survey.published.year}",
            )
    raise ValueError("the catalog holds no survey")


def _tasks(catalog: Catalog) -> tuple[Bar, ...]:
    counts = stats.distribution(catalog, "task", top=True).counts[:TASKS]
    most = max((c.count for c in counts), default=1)
    return tuple(
        Bar(
            Link(c.label, paths.term_path("task", c.id), count=c.count),
            round(100 * c.count / most, 1),
        )
        for c in counts
    )


def _latest(catalog: Catalog) -> Iterator[Latest]:
    for id in list(reversed(stats.by_date(catalog)))[:LATEST]:
        model = catalog.models[id]
        yield Latest(
            paths.model_link(catalog, id),
            paths.badge(catalog, model.category),
            catalog.tier(id).value,
            str(model.published),
            model.title,
        )
