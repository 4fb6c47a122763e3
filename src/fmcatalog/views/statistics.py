"""Counts and distributions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.counted import (
    coverage,
    facet_figure,
    group_figure,
    listed,
    number,
    plural,
    share,
)
from fmcatalog.views.figures import BarsDrawing, Count, Figure
from fmcatalog.views.gaps import CROSSED
from fmcatalog.views.movement import closing_table, memory_table, openness_figure
from fmcatalog.views.over_time import memory_figure
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Column, Link, Row, Table, Value
from fmcatalog.views.scope import Scope, Tab, scopes, tabs, whole
from fmcatalog.views.timeline import quarters_figure, timeline_page


class StatisticsView(NamedTuple):
    """What the statistics page shows.

    Attributes:
        title: Its heading.
        lede: What is counted, and of how many.
        tabs: The same of each tier.
        distributions: By group, modality, organ, task.
        over_time: Models a quarter, by group.
        opening: Public code and weights by year.
        hardware: Training memory over time.
        memory: The same by year.
        closing: Gaps of the survey that later models closed, by year; none for one tier.
        openness: Code, weights, licences.
        cross: Group and modality.
        completeness: How many records have each field, by kind of missing.
        method: How things are counted, one paragraph each.
    """

    title: str
    lede: str
    tabs: tuple[Tab, ...]
    distributions: tuple[Figure, ...]
    over_time: Figure
    opening: tuple[Figure, ...]
    hardware: Figure
    memory: Table
    closing: Table | None
    openness: tuple[Figure, ...]
    cross: Table
    completeness: Table
    method: tuple[str, ...]


METHOD = (
    (
        "A model counts once under each term it has, and under every broader one: a model for "
        "chest X-rays counts under X-ray too. So bars may add up to more than the models."
    ),
    (
        "A share is of the models that have a value. Unknown values are counted apart, by kind: "
        "not reported (somebody looked, and the sources do not say), not applicable (the question "
        "does not arise), not looked up yet. None of them is read as zero or as no."
    ),
    (
        "The date of a model is that of its paper's first public version: the preprint counts, not "
        "the journal. Quarters are those of the calendar."
    ),
    (
        "Total memory is the number of cards times the memory of one, as reported; stages that "
        "ran on the same rig are one point. It is what the authors had, not the least that would "
        "do."
    ),
    (
        "Code and weights are public when the record holds an address for them. A licence is what "
        "the licence file or the model card says; code and weights are counted apart."
    ),
    (
        "A tier says how far a record was checked: surveyed, reviewed or listed. Every number "
        "here says which tiers it counts; the switch at the top keeps to one."
    ),
    "The same calculation writes api/v1/statistics.json.",
)

FIELDS = {
    "links.code": "Link to code",
    "links.weights": "Link to weights",
    "licence.code": "Licence of the code",
    "licence.weights": "Licence of the weights",
}
"""Names of counted fields that are not keys of their own."""


PAGE = "statistics/"
BARS = 12
"""Bars of a facet; the table beside them has all its terms."""


def views(catalog: Catalog) -> Iterator[tuple[str, str, Callable[[], StatisticsView]]]:
    """Gives the pages of one tier: path, title, and what makes the view of each."""
    for scope in scopes(catalog)[1:]:
        title = f"Statistics: {scope.who}"
        yield scope.path(PAGE), title, partial(_view, catalog, scope)


def view(catalog: Catalog, settings: Settings) -> StatisticsView:  # noqa: ARG001 - as every page
    """Makes the page of counts."""
    return _view(catalog, whole(catalog))


def _view(catalog: Catalog, scope: Scope) -> StatisticsView:
    def bars(facet: str, says: str, level: int = 0) -> Figure:
        title = f"By {_NAMES.get(facet, facet)}"
        return facet_figure(catalog, facet, title, says, scope, limit=BARS, level=level)

    return StatisticsView(
        title="Statistics" if scope.tier is None else f"Statistics: {scope.who}",
        lede=f"{_lede(catalog, scope)} Each bar, piece and point leads to what it stands for.",
        tabs=tabs(catalog, PAGE, scope),
        distributions=(
            group_figure(catalog, scope),
            bars("modality", "name a modality"),
            bars("organ", "name an organ"),
            bars("task", "name a task"),
            bars("algorithm", "name an algorithm", 1),
            bars("gpu", "name the card they ran on"),
        ),
        over_time=quarters_figure(
            catalog,
            "quarters",
            scope,
            stats.over_time(catalog, models=scope.some),
            timeline_page(catalog, scope),
        ),
        opening=tuple(openness_figure(catalog, key, scope) for key in ("code", "weights")),
        hardware=memory_figure(catalog, "memory", scope),
        memory=memory_table(catalog, "memory-years", scope),
        closing=closing_table(catalog, CROSSED) if scope.tier is None else None,
        openness=(
            _openness(catalog, "code", "Public code", scope),
            _openness(catalog, "weights", "Public weights", scope),
            _licences(catalog, "code", "Licence of the code", scope),
            _licences(catalog, "weights", "Licence of the weights", scope),
        ),
        cross=_cross(catalog, scope),
        completeness=_completeness(catalog, scope),
        method=METHOD,
    )


_NAMES = {"gpu": "GPU"}


def _lede(catalog: Catalog, scope: Scope) -> str:
    if scope.tier is not None:
        return f"Counts over the {scope.counted()} of the catalog only. {scope.tier.definition}"
    overview = stats.overview(catalog)
    said = f"Counts over all {plural(overview.models, 'model')} of the catalog"
    if not overview.surveyed:
        return f"{said}: {scope.split}."
    parts = [f"the {overview.surveyed} of the survey's Figure 3"]
    if overview.beyond:
        parts.append(f"{len(overview.beyond)} that it describes beside the figure")
    if overview.later:
        parts.append(f"{len(overview.later)} that were added since")
    return f"{said}: {listed(parts)}. By tier: {scope.split}."


def _openness(catalog: Catalog, key: str, title: str, scope: Scope) -> Figure:
    """Draws whether a link is there; a bar leads to the table, which names its models."""
    found = stats.links(catalog, key, scope.some)
    caption = coverage(found.tally, f"have public {key}", scope.who)
    return _by_row(catalog, f"public-{key}", title, caption, found, scope)


def _licences(catalog: Catalog, part: str, title: str, scope: Scope) -> Figure:
    found = stats.licences(catalog, part, scope.some)
    says = f"say under which licence the {part} {'is' if part == 'code' else 'are'} given"
    caption = coverage(found.tally, says, scope.who)
    return _by_row(catalog, f"licence-{part}", title, caption, found, scope, facet="licence")


def _by_row(
    catalog: Catalog,
    id: str,
    title: str,
    caption: str,
    found: stats.Distribution,
    scope: Scope,
    *,
    facet: str = "",
) -> Figure:
    table = f"{id}-numbers"
    links = paths.model_links(catalog)
    return Figure(
        id,
        title,
        caption,
        BarsDrawing(
            tuple(
                Count(
                    c.id if facet else c.label,
                    c.count,
                    f"{scope.path(PAGE)}#{table}",
                    f"of {found.tally.total}",
                )
                for c in found.counts
            )
        ),
        Table(
            table,
            f"{title}: the models of each bar.",
            (
                Column("Licence" if facet else title),
                Column("Models", numeric=True),
                Column("Which", sortable=False),
            ),
            tuple(
                Row(
                    Link(c.label, paths.term_path(facet, c.id) if facet else ""),
                    (
                        number(c.count),
                        Value(links=tuple([links[m] for m in c.models])),
                    ),
                )
                for c in found.counts
            ),
        ),
    )


def _cross(catalog: Catalog, scope: Scope) -> Table:
    found = stats.cross(catalog, "modality", "category", scope.some)
    tally = stats.distribution(catalog, "modality", scope.some).tally
    return Table(
        "cross",
        "Models by modality and group. "
        + coverage(tally, "name a modality", scope.who)
        + " One with several modalities counts in each of their rows.",
        (
            Column("Modality"),
            *(Column(group.label, numeric=True) for group in found.columns),
            Column("All", numeric=True),
        ),
        tuple(
            Row(
                Link(modality.label, paths.term_path("modality", modality.id)),
                (
                    *(number(found.count(modality.id, group.id)) for group in found.columns),
                    number(modality.count),
                ),
            )
            for modality in found.rows
        ),
    )


def _completeness(catalog: Catalog, scope: Scope) -> Table:
    found = stats.completeness(catalog, scope.some)
    parts = [one for one in scopes(catalog)[1:] if scope.tier is None]
    columns = [(one, stats.completeness(catalog, one.models)) for one in parts]
    return Table(
        "completeness",
        f"Of {scope.counted()}: how many records have each field, and why the others have not. "
        "The first four numbers of a row add up"
        + ("; the last columns are the share known of each tier." if parts else "."),
        (
            Column("Field", sortable=False),
            Column("Known", numeric=True),
            Column("Not reported", numeric=True),
            Column("Not applicable", numeric=True),
            Column("Not looked up", numeric=True),
            Column("Share known", numeric=True),
            *(Column(one.tier.label, numeric=True) for one in parts if one.tier),
        ),
        tuple(
            Row(
                Link(field_label(key), f"data/#field-{key.replace('.', '-')}"),
                (
                    number(tally.known),
                    number(tally.not_reported),
                    number(tally.not_applicable),
                    number(tally.absent),
                    share(tally.known, tally.total),
                    *(share(part[key].known, part[key].total) for _, part in columns),
                ),
            )
            for key, tally in found.items()
        ),
    )


def field_label(key: str) -> str:
    """Names a field for people: ``other_titles`` becomes ``Other titles``."""
    return FIELDS.get(key) or key.replace("_", " ").capitalize()
