"""What moves: openness and training memory by year, and the gaps that later models closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.selection.facets import ABSENT, PUBLIC
from fmcatalog.stats import gaps, movement
from fmcatalog.views import paths
from fmcatalog.views.counted import listed, number, plural, share, verb
from fmcatalog.views.figures import Count, Figure, Kind, StackedDrawing
from fmcatalog.views.parts import Column, Link, Row, Table, Value
from fmcatalog.views.scope import Scope

SAID = 12
"""Closed crossings that stand open on their page; the others are in a fold."""

_STATES = {
    "public": Kind("public", "Public", 1, "other"),
    "not-reported": Kind("not-reported", "Looked for, none found", 6, "other"),
    "not-applicable": Kind("not-applicable", "Not applicable", 4, "other"),
    "absent": Kind("absent", "Not looked up yet", 10, "other"),
}
_ASKED = {"public": PUBLIC, "absent": ABSENT}


def openness_figure(catalog: Catalog, key: str, scope: Scope) -> Figure:
    """Draws by year whether ``code`` or ``weights`` are public; a blank is no "no".

    Args:
        catalog: The catalog.
        key: Which of the two.
        scope: Which models are counted.
    """
    found = movement.openness(catalog, key, scope.some)
    there = {state.id for state in found.columns}
    kinds = tuple(kind for id, kind in _STATES.items() if id in there)

    def asked(year: str, state: str) -> str:
        query = {key: _ASKED.get(state, state), "year": year}
        return paths.explore_path(**scope.asked(**query))

    looked = {
        year.id: found.count(year.id, "public") + found.count(year.id, "not-reported")
        for year in found.rows
    }
    public = sum(found.count(year.id, "public") for year in found.rows)
    return Figure(
        f"open-{key}",
        f"Public {key} by year",
        f"All {scope.counted()}, by the first public version of the paper: {public} have public "
        f"{key}. What nobody has looked up is no “no”: the share is of those somebody looked for.",
        StackedDrawing(
            tuple(year.label for year in found.rows),
            kinds,
            tuple(
                Count(
                    f"{kind.label}, {year.label}",
                    found.count(year.id, kind.id),
                    asked(year.id, kind.id),
                    f"of {year.count} in the year",
                    kind.id,
                    year.label,
                )
                for year in found.rows
                for kind in kinds
                if found.count(year.id, kind.id)
            ),
        ),
        Table(
            f"open-{key}-numbers",
            f"Models with public {key} by year: {scope.counted()}.",
            (
                Column("Year", sortable=False),
                *(Column(kind.label, numeric=True) for kind in kinds),
                Column("Models", numeric=True),
                Column("Public, of those looked for", numeric=True),
            ),
            tuple(
                Row(
                    Link(year.label, paths.explore_path(**scope.asked(year=year.id))),
                    (
                        *(number(found.count(year.id, kind.id)) for kind in kinds),
                        number(year.count),
                        _of(found.count(year.id, "public"), looked[year.id]),
                    ),
                )
                for year in found.rows
            ),
        ),
        kinds,
    )


def _of(count: int, total: int) -> Value:
    """Writes a share with what it is of; of nothing there is none."""
    if not total:
        return Value("none looked for")
    shown = share(count, total)
    return Value(f"{shown.text} of {total}", sort=shown.sort)


def memory_table(catalog: Catalog, id: str, scope: Scope) -> Table:
    """Makes the table of training memory by year.

    Args:
        catalog: The catalog.
        id: Id of the table on its page.
        scope: Which models are counted.
    """
    found = movement.memory(catalog, scope.some)
    known = sum(len(year.totals) for year in found)
    return Table(
        id,
        f"Total memory of the reported rig by year, in GB: an exact total is known for {known} of "
        f"{scope.counted()}; bounds and unknown totals are in none of the three figures.",
        (
            Column("Year", sortable=False),
            Column("Lowest", numeric=True),
            Column("Median", numeric=True),
            Column("Highest", numeric=True),
            Column("Total known", numeric=True),
            Column("Only a bound", numeric=True),
            Column("Not known", numeric=True),
            Column("Models", numeric=True),
        ),
        tuple(
            Row(
                Link(year.year, paths.explore_path(**scope.asked(year=year.year))),
                (
                    *_spread(year),
                    number(len(year.totals)),
                    number(len(year.bounds)),
                    number(year.unknown),
                    number(len(year.models)),
                ),
            )
            for year in found
        ),
    )


def _spread(year: movement.Memory) -> Iterator[Value]:
    if year.median is None:
        yield from (Value("none known"),) * 3
        return
    (low, first), (high, last) = year.totals[0], year.totals[-1]
    yield Value(links=(Link(f"{low:,g}", paths.model_path(first)),), sort=f"{low:g}")
    yield Value(f"{year.median:,g}", sort=f"{year.median:g}")
    yield Value(links=(Link(f"{high:,g}", paths.model_path(last)),), sort=f"{high:g}")


class ClosedView(NamedTuple):
    """The crossings of one pair of facets that later models closed.

    Attributes:
        lede: Of how many, and what the dates are.
        table: The largest: the crossing, when and by which model first, how many now.
        rest: The others; none where all stand in the first table.
        rest_note: How many these are.
    """

    lede: str
    table: Table
    rest: Table | None
    rest_note: str


def closed(catalog: Catalog, found: gaps.Grid, name: str) -> ClosedView | None:
    """Tells which crossings were empty in the survey and hold later models; None without them.

    Args:
        catalog: The catalog.
        found: The grid of all models.
        name: Name of the rows' facet in a sentence.
    """
    closing = movement.closing(catalog, found.rows.facet, found.columns.facet)
    if not closing.closed:
        return None
    # what is no picture comes last, as in the list of the gaps
    facet = found.columns.facet
    ordered = sorted(
        closing.closed, key=lambda one: catalog.terms[facet][one.column.id].imaging is False
    )
    rows = [_closed_row(catalog, found, one) for one in ordered]
    rest = len(rows) - SAID
    return ClosedView(
        _closed_lede(catalog, closing),
        _closed_table("closed", f"Modality and {name}, the largest first.", rows[:SAID]),
        _closed_table("closed-rest", f"Modality and {name}, the others.", rows[SAID:])
        if rest > 0
        else None,
        f"{plural(rest, 'smaller one')} more" if rest > 0 else "",
    )


def _closed_lede(catalog: Catalog, closing: movement.Closing) -> str:
    said = (
        f"{verb(closing.filled, 'crossing', 'crossings')} of the {closing.empty} that could be "
        f"filled and where none of the {plural(closing.surveyed, 'surveyed model')} stands "
        f"{'holds' if closing.filled == 1 else 'hold'} a later model of the catalog (all tiers). "
        f"Without the parts of a wider one {verb(len(closing.closed), 'is', 'are')} left:"
    )
    day = max(data.survey.published.first for data in catalog.surveys.values())
    before = sum(catalog.models[one.models[0]].published.first < day for one in closing.closed)
    if before:
        said += (
            f" {before} of them by a paper from before the survey's day, which it does not have."
        )
    return said


def _closed_table(id: str, caption: str, rows: list[Row]) -> Table:
    return Table(
        id,
        f"{caption} “Perhaps before”: surveyed models that name several of one side without "
        "listing them.",
        (
            Column("Crossing"),
            Column("First model"),
            Column("First version", fixed=True),
            Column("Models now", numeric=True),
            Column("Perhaps before", numeric=True),
        ),
        tuple(rows),
    )


def _closed_row(catalog: Catalog, found: gaps.Grid, one: movement.Closed) -> Row:
    first = one.models[0]
    asked = {found.columns.facet: one.column.id, found.rows.facet: one.row.id}
    return Row(
        Link(f"{one.column.label} × {one.row.label}", paths.explore_path(**asked)),
        (
            Value(links=(paths.model_link(catalog, first),), sort=catalog.models[first].name),
            Value(str(catalog.models[first].published), sort=str(catalog.models[first].published)),
            number(len(one.models)),
            number(len(one.perhaps)),
        ),
    )


def _total(page: str, count: int) -> Value:
    """Writes how many closed; leads to them, where there are any."""
    return Value(links=(Link(str(count), f"{page}#closed"),), sort="") if count else number(0)


def closing_table(catalog: Catalog, crossed: tuple[tuple[str, str, str, str], ...]) -> Table:
    """Makes the table of how many gaps of the survey closed in which year.

    Args:
        catalog: The catalog.
        crossed: The pages of gaps: path, facet, its name in a sentence, its label.
    """
    found = [(page, movement.closing(catalog, page[1], "modality")) for page in crossed]
    rows = []
    for year in movement.years(catalog):
        counts = [
            sum(catalog.models[o.models[0]].published.year == int(year.id) for o in one.closed)
            for _, one in found
        ]
        if any(counts):
            rows.append(Row(Link(year.label, ""), tuple(number(count) for count in counts)))
    totals = tuple(_total(page[0], len(one.closed)) for page, one in found)
    rows.append(Row(Link("In all", ""), totals))
    empty = listed([f"{one.empty} with {page[2]}" for page, one in found])
    return Table(
        "closing",
        "Crossings of a modality that no surveyed model stands at, by the year of the first model "
        f"that does; parts of a wider one left out. Of {empty} that were empty (all tiers).",
        (
            Column("Year of the first model", sortable=False),
            *(Column(f"Modality × {page[2]}", numeric=True) for page, _ in found),
        ),
        tuple(rows),
    )
