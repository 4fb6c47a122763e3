"""Models by quarter and group."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.counted import listed, named, number, plural, used_kinds
from fmcatalog.views.figures import Count, Entry, Figure, Kind, StackedDrawing, TimelineDrawing
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Badge, Column, Link, Row, Table


@dataclass(frozen=True, slots=True)
class Moment:
    """A model in its quarter."""

    link: Link
    badge: Badge
    date: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter and its models; empty quarters are kept, so that a pause is seen."""

    label: str
    anchor: str
    count: int
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of the timeline that can be looked at alone.

    Attributes:
        link: Its page, with the number of its models.
        current: Whether it is the one that is shown.
    """

    link: Link
    current: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What the timeline shows.

    Attributes:
        title: Its heading.
        choices: Label of a facet, and the parts that can be looked at alone.
        lede: From when to when, how many, how many without a date.
        note: How this relates to the survey's figure.
        figure: The drawing for wide screens.
        counts: Models a quarter, by group.
        quarters: The list.
    """

    title: str
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    lede: str
    note: str
    figure: Figure
    counts: Figure
    quarters: tuple[Quarter, ...]


PARTS = {"category": ("group", "Group"), "modality": ("modality", "Modality")}
"""Facets whose terms have a timeline of their own: folder and label."""


def part_path(facet: str, id: str) -> str:
    """Gives the timeline of one term."""
    return f"timeline/{PARTS[facet][0]}/{id}/"


def parts(catalog: Catalog) -> Iterator[tuple[str, str, Callable[[], TimelineView]]]:
    """Gives the timeline of each group and modality in use: path, title, what makes its view."""
    for facet in PARTS:
        for id, term in catalog.terms.get(facet, {}).items():
            if catalog.members(facet, id):
                title = f"Timeline: {term.label}"
                yield part_path(facet, id), title, partial(_view, catalog, (facet, id))


def view(catalog: Catalog, settings: Settings) -> TimelineView:  # noqa: ARG001 - as every page
    """Makes the timeline."""
    return _view(catalog, None)


def _view(catalog: Catalog, only: tuple[str, str] | None) -> TimelineView:
    chosen = tuple(catalog.models) if only is None else catalog.members(*only)
    page = "timeline/" if only is None else part_path(*only)
    about = "" if only is None else catalog.terms[only[0]][only[1]].label
    found = stats.quarters(catalog, chosen)
    models = {id: catalog.models[id] for id in chosen}
    days = sum(model.published.day is None for model in models.values())
    lede = "No model has been recorded yet."
    if found:
        lede = (
            f"{plural(len(models), 'model')} in {plural(len(found), 'quarter')}, "
            f"{found[0].label} to {found[-1].label}, by the first public version of the paper. "
            "No model is without a date"
            + (f"; for {days} only the month is known." if days else ".")
        )
    return TimelineView(
        title=f"Timeline: {about}" if about else "Timeline",
        choices=tuple(_choices(catalog, only)),
        lede=lede,
        note=_note(catalog) if only is None else "",
        figure=Figure(
            "timeline",
            "Models by quarter and group",
            f"{about or 'All models'}: {len(models)}; each name leads to its page.",
            TimelineDrawing(
                # the whole catalog's quarters, so that parts can be compared
                tuple(c.label for c in stats.quarters(catalog)),
                _kinds(catalog, None if only is None else chosen),
                tuple(
                    Entry(
                        models[id].name,
                        quarter.label,
                        models[id].category,
                        paths.model_path(id),
                        str(models[id].published),
                    )
                    for quarter in found
                    for id in _by_date(catalog, quarter.models)
                ),
            ),
        ),
        counts=quarters_figure(catalog, "quarters", None if only is None else chosen, page),
        quarters=tuple(
            Quarter(
                quarter.label,
                _anchor(quarter.id),
                quarter.count,
                tuple(
                    Moment(
                        paths.model_link(catalog, id),
                        paths.badge(catalog, models[id].category),
                        str(models[id].published),
                    )
                    for id in _by_date(catalog, quarter.models)
                ),
            )
            for quarter in found
        ),
    )


def _choices(
    catalog: Catalog, only: tuple[str, str] | None
) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    for facet, (_, label) in PARTS.items():
        choices = [
            Choice(Link(term.short, part_path(facet, id), count=len(members)), only == (facet, id))
            for id, term in catalog.terms.get(facet, {}).items()
            if (members := catalog.members(facet, id))
        ]
        if facet == "category":
            everything = Link("All", "timeline/", count=len(catalog.models))
            choices.insert(0, Choice(everything, only is None))
        yield label, tuple(choices)


def _kinds(catalog: Catalog, models: tuple[str, ...] | None) -> tuple[Kind, ...]:
    """Gives the groups of some models; all groups when None."""
    if models is None:
        return paths.group_kinds(catalog)
    return used_kinds(catalog, [catalog.models[m].category for m in models])


def quarters_figure(
    catalog: Catalog, id: str, models: tuple[str, ...] | None = None, page: str = "timeline/"
) -> Figure:
    """Draws the models a quarter, by group.

    Args:
        catalog: The catalog.
        id: Id of the figure on its page.
        models: Models to count; all when None.
        page: The timeline that its bars lead to.
    """
    found = stats.over_time(catalog, models=models)
    kinds = _kinds(catalog, models)
    shown = {kind.id for kind in kinds}
    columns = tuple(group for group in found.columns if group.id in shown)
    empty = sum(not quarter.count for quarter in found.rows)
    total = sum(quarter.count for quarter in found.rows)
    return Figure(
        id,
        "Models a quarter, by group",
        f"All {plural(total, 'model')}, by the first public version; none is without a date."
        + (f" {plural(empty, 'quarter')} without any." if empty else ""),
        StackedDrawing(
            tuple(quarter.label for quarter in found.rows),
            kinds,
            tuple(
                Count(
                    f"{group.label}, {quarter.label}",
                    found.count(quarter.id, group.id),
                    f"{page}#{_anchor(quarter.id)}",
                    f"of {quarter.count} in the quarter",
                    group.id,
                    quarter.label,
                )
                for quarter in found.rows
                for group in columns
                if found.count(quarter.id, group.id)
            ),
        ),
        Table(
            f"{id}-numbers",
            "Models by quarter and group.",
            (
                Column("Quarter", sortable=False),
                *(Column(group.label, numeric=True) for group in columns),
                Column("All", numeric=True),
            ),
            tuple(
                Row(
                    Link(quarter.label, f"{page}#{_anchor(quarter.id)}"),
                    (
                        *(number(found.count(quarter.id, g.id)) for g in columns),
                        number(quarter.count),
                    ),
                )
                for quarter in found.rows
            ),
        ),
        kinds,
    )


def _note(catalog: Catalog) -> str:
    surveyed = stats.surveyed(catalog)
    if not surveyed:
        return ""
    beyond = stats.beyond(catalog)
    others = [f"the {len(surveyed)} papers of the survey's Figure 3"]
    if beyond:
        others.append(f"{named(catalog, beyond)} from its text")
    if later := stats.later(catalog):
        others.append(plural(len(later), "later paper"))
    return (
        "The survey's Figure 8 shows such a timeline, but as a picture whose entries could not be "
        f"recovered: this one is ours, and no match is claimed. It holds {listed(others)}."
    )


def _by_date(catalog: Catalog, ids: tuple[str, ...]) -> list[str]:
    return sorted(ids, key=lambda m: (catalog.models[m].published.first, m))


def _anchor(quarter: str) -> str:
    return f"q{quarter.lower()}"
