"""Models by quarter and group: of the whole catalog, of a term, of a tier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog, remembered
from fmcatalog.views import paths
from fmcatalog.views.counted import listed, named, number, plural, used_kinds
from fmcatalog.views.figures import Count, Entry, Figure, Kind, StackedDrawing, TimelineDrawing
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Badge, Column, Link, Row, Table
from fmcatalog.views.scope import Scope, Tab, scopes, tabs, whole

PAGE = "timeline/"
NAMED = 12
"""Quarters up to which the drawing has room for names; beyond, it counts."""
OPEN = 1
"""Years whose quarters stand open at first, the newest."""


class Moment(NamedTuple):
    """A model in its quarter; how far its record was checked."""

    link: Link
    badge: Badge
    date: str
    tier: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter and its models; empty quarters are kept, so that a pause is seen."""

    label: str
    anchor: str
    count: int
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The quarters of a year, in a fold: how many models, and whether it stands open."""

    label: str
    count: str
    quarters: tuple[Quarter, ...]
    open: bool


class Choice(NamedTuple):
    """A part of the timeline that can be looked at alone.

    Attributes:
        link: Its page, with the number of its models.
        current: Whether it is the one that is shown.
    """

    link: Link
    current: bool


class TimelineView(NamedTuple):
    """What the timeline shows.

    Attributes:
        title: Its heading.
        tabs: The same of each tier; none for a term.
        choices: Label of a facet, and the parts that can be looked at alone.
        lede: From when to when, how many, how many without a date.
        note: How this relates to the survey's figure.
        figure: The drawing for wide screens: names, or numbers where there is no room for names.
        counts: Models a quarter, by group.
        marked: Whether the models of the list have their tiers beside them.
        years: The list, the newest year first.
    """

    title: str
    tabs: tuple[Tab, ...]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    lede: str
    note: str
    figure: Figure
    counts: Figure
    marked: bool
    years: tuple[Year, ...]


PARTS = {"category": ("group", "Group"), "modality": ("modality", "Modality")}
"""Facets whose terms have a timeline of their own: folder and label."""


def part_path(facet: str, id: str) -> str:
    """Gives the timeline of one term."""
    return f"{PAGE}{PARTS[facet][0]}/{id}/"


def timeline_page(catalog: Catalog, scope: Scope) -> str:
    """Gives the timeline of the models that are counted."""
    known = {one.tier for one in scopes(catalog)}
    return scope.path(PAGE) if scope.tier in known else PAGE


def parts(catalog: Catalog) -> Iterator[tuple[str, str, Callable[[], TimelineView]]]:
    """Gives the timelines of one term or tier: path, title, and what makes the view of each."""
    for scope in scopes(catalog)[1:]:
        title = f"Timeline: {scope.who}"
        yield scope.path(PAGE), title, partial(_view, catalog, scope, None)
    for facet in PARTS:
        for id, term in catalog.terms.get(facet, {}).items():
            if members := catalog.members(facet, id):
                title = f"Timeline: {term.label}"
                make = partial(_view, catalog, Scope(members), (facet, id))
                yield part_path(facet, id), title, make


def view(catalog: Catalog, settings: Settings) -> TimelineView:  # noqa: ARG001 - as every page
    """Makes the timeline."""
    return _view(catalog, whole(catalog), None)


def _view(catalog: Catalog, scope: Scope, only: tuple[str, str] | None) -> TimelineView:
    page = scope.path(PAGE) if only is None else part_path(*only)
    about = scope.who if scope.tier else ""
    if only is not None:
        about = catalog.terms[only[0]][only[1]].label
    everything = only is None and scope.tier is None
    crossed = stats.over_time(catalog, models=scope.some)
    found = crossed.rows
    vague = len(_vague(catalog).intersection(scope.models))
    lede = "No model has been recorded yet."
    if found:
        lede = (
            f"{scope.counted()} in {plural(len(found), 'quarter')}, {found[0].label} to "
            f"{found[-1].label}, by the first public version of the paper. "
            "No model is without a date"
            + (f"; for {vague} only the month is known." if vague else ".")
        )
    return TimelineView(
        title=f"Timeline: {about}" if about else "Timeline",
        tabs=tabs(catalog, PAGE, scope) if only is None else (),
        choices=tuple(_choices(catalog, only)) if scope.tier is None else (),
        lede=lede,
        note=_note(catalog) if everything else "",
        figure=_figure(catalog, scope, crossed, page, about),
        counts=quarters_figure(catalog, "quarters", scope, crossed, page),
        marked=scope.tier is None,
        years=tuple(_years(catalog, found)),
    )


@remembered
def _vague(catalog: Catalog) -> frozenset[str]:
    """Gives the models of which only the month is known."""
    return frozenset([id for id, m in catalog.models.items() if m.published.day is None])


def _figure(catalog: Catalog, scope: Scope, crossed: stats.Cross, page: str, about: str) -> Figure:
    """Draws names in quarters and lanes; numbers instead once names would be too small to read."""
    found = crossed.rows
    kinds = used_kinds(catalog, [group.id for group in crossed.columns if group.count])
    labels = tuple(quarter.label for quarter in found)
    subject = f"{about}: " if about and scope.tier is None else ""
    if len(found) <= NAMED:
        said = "each name leads to its page"
        entries = tuple(_entries(catalog, found))
        drawing = TimelineDrawing(labels, kinds, entries, ())
    else:
        said = "each number leads to the models of its group and quarter"
        drawing = TimelineDrawing(labels, kinds, (), tuple(_cells(crossed, page)))
    return Figure(
        "timeline", "Models by quarter and group", f"{subject}{scope.counted()}; {said}.", drawing
    )


def _entries(catalog: Catalog, found: Sequence[stats.Count]) -> Iterator[Entry]:
    for quarter in found:
        for id in _by_date(catalog, quarter.models):
            model = catalog.models[id]
            path = paths.model_path(id)
            yield Entry(model.name, quarter.label, model.category, path, str(model.published))


def _cells(crossed: stats.Cross, page: str) -> Iterator[Count]:
    """Gives the numbers; of the whole timeline each leads to its group's own."""
    for quarter in crossed.rows:
        for group in crossed.columns:
            count = crossed.count(quarter.id, group.id)
            if count:
                place = part_path("category", group.id) if page == PAGE else page
                yield Count(
                    f"{group.label}, {quarter.label}",
                    count,
                    f"{place}#{_anchor(quarter.id)}",
                    "",
                    group.id,
                    quarter.label,
                )


def _years(catalog: Catalog, found: Sequence[stats.Count]) -> Iterator[Year]:
    by_year = [(year, list(run)) for year, run in groupby(found, key=lambda q: q.id[:4])]
    for place, (year, run) in enumerate(reversed(by_year)):
        yield Year(
            year,
            plural(sum(quarter.count for quarter in run), "model"),
            tuple(_quarter(catalog, quarter) for quarter in reversed(run)),
            open=place < OPEN,
        )


def _quarter(catalog: Catalog, quarter: stats.Count) -> Quarter:
    newest = reversed(_by_date(catalog, quarter.models))
    moments = _moments(catalog)
    return Quarter(
        quarter.label,
        _anchor(quarter.id),
        quarter.count,
        tuple([moments[id] for id in newest]),
    )


@remembered
def _moments(catalog: Catalog) -> dict[str, Moment]:
    """Makes every model's entry once: it stands in the lists of its group, modalities and tier."""
    badge = cache(partial(paths.badge, catalog))
    links = paths.model_links(catalog)
    return {
        id: Moment(
            links[id],
            badge(model.category),
            str(model.published),
            catalog.tier(id).value,
        )
        for id, model in catalog.models.items()
    }


def _choices(
    catalog: Catalog, only: tuple[str, str] | None
) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    for facet, (_, label) in PARTS.items():
        choices = [
            Choice(
                Link(catalog.terms[facet][id].short, part_path(facet, id), count=len(members)),
                only == (facet, id),
            )
            for id in catalog.order(facet)
            if (members := catalog.members(facet, id))
        ]
        if facet == "category":
            everything = Link("All", PAGE, count=len(catalog.models))
            choices.insert(0, Choice(everything, only is None))
        yield label, tuple(choices)


def quarters_figure(
    catalog: Catalog, id: str, scope: Scope, found: stats.Cross, page: str
) -> Figure:
    """Draws the models a quarter, by group.

    Args:
        catalog: The catalog.
        id: Id of the figure on its page.
        scope: Which models are counted.
        found: They by quarter and group.
        page: The timeline that its bars lead to.
    """
    kinds: tuple[Kind, ...] = used_kinds(
        catalog, [group.id for group in found.columns if group.count]
    )
    shown = {kind.id for kind in kinds}
    columns = tuple(group for group in found.columns if group.id in shown)
    empty = sum(not quarter.count for quarter in found.rows)
    return Figure(
        id,
        "Models a quarter, by group",
        f"All {scope.counted()}, by the first public version; none is without a date."
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
            f"Models by quarter and group: {scope.counted()}.",
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
        others.append(plural(len(later), "paper") + " added since")
    return (
        "The survey's Figure 8 shows such a timeline, but as a picture whose entries could not be "
        f"recovered: this one is ours, and no match is claimed. It holds {listed(others)}."
    )


def _by_date(catalog: Catalog, ids: tuple[str, ...]) -> list[str]:
    return sorted(ids, key=stats.by_date(catalog).__getitem__)


def _anchor(quarter: str) -> str:
    return f"q{quarter.lower()}"
