"""Models by quarter and group."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.counted import named, number, plural
from fmcatalog.views.figures import Count, Entry, Figure, StackedDrawing, TimelineDrawing
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
class TimelineView:
    """What the timeline shows.

    Attributes:
        lede: From when to when, how many, how many without a date.
        note: How this relates to the survey's figure.
        figure: The drawing for wide screens.
        counts: Models a quarter, by group.
        quarters: The list.
    """

    lede: str
    note: str
    figure: Figure
    counts: Figure
    quarters: tuple[Quarter, ...]


def view(catalog: Catalog, settings: Settings) -> TimelineView:  # noqa: ARG001 - as every page
    """Makes the timeline."""
    found = stats.quarters(catalog)
    models = catalog.models
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
        lede=lede,
        note=_note(catalog),
        figure=Figure(
            "timeline",
            "Models by quarter and group",
            f"All {len(models)} models; each name leads to its page.",
            TimelineDrawing(
                tuple(c.label for c in found),
                paths.group_kinds(catalog),
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
        counts=quarters_figure(catalog, "quarters"),
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


def quarters_figure(catalog: Catalog, id: str) -> Figure:
    """Draws the models a quarter, by group.

    Args:
        catalog: The catalog.
        id: Id of the figure on its page.
    """
    found = stats.over_time(catalog)
    kinds = paths.group_kinds(catalog)
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
                    f"timeline/#{_anchor(quarter.id)}",
                    f"of {quarter.count} in the quarter",
                    group.id,
                    quarter.label,
                )
                for quarter in found.rows
                for group in found.columns
                if found.count(quarter.id, group.id)
            ),
        ),
        Table(
            f"{id}-numbers",
            "Models by quarter and group.",
            (
                Column("Quarter", sortable=False),
                *(Column(group.label, numeric=True) for group in found.columns),
                Column("All", numeric=True),
            ),
            tuple(
                Row(
                    Link(quarter.label, f"timeline/#{_anchor(quarter.id)}"),
                    (
                        *(number(found.count(quarter.id, g.id)) for g in found.columns),
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
    others = f"; {named(catalog, beyond)} came to it here" if beyond else ""
    return (
        "The survey's Figure 8 shows such a timeline, but as a picture whose entries could not be "
        f"recovered: this one is ours, and no match is claimed. It holds the {len(surveyed)} "
        f"papers of the survey's Figure 3{others}."
    )


def _by_date(catalog: Catalog, ids: tuple[str, ...]) -> list[str]:
    return sorted(ids, key=lambda m: (catalog.models[m].published.first, m))


def _anchor(quarter: str) -> str:
    return f"q{quarter.lower()}"
