"""Where no model stands yet: two facets crossed, the empty crossings named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import log
from typing import Literal, NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.selection import UNKNOWN
from fmcatalog.stats import gaps
from fmcatalog.stats.gaps import Gap, Grid, Line, Side
from fmcatalog.views import paths
from fmcatalog.views.counted import plural, unknowns, verb
from fmcatalog.views.movement import ClosedView, closed
from fmcatalog.views.parts import Link
from fmcatalog.views.scope import Scope, Tab, scopes, tabs

CROSSED = (
    ("gaps/", "organ", "organ", "Organ"),
    ("gaps/task/", "task", "task", "Task"),
    ("gaps/group/", "category", "group", "Group"),
)
"""The pages: path, the facet crossed with the modality, its name in a sentence, its label."""

COLUMNS = "modality"
CARDS = 6
"""Most modalities whose empty crossings are said in words."""
NAMED = 5
"""Most crossings that are named for one of them."""
FREQUENT = 3
"""Models that a term must have for its empty crossings to be said in words."""
EXPECTED = 3
"""Models that would have to stand at a crossing, on average, for it to be said in words."""
LEVELS = 5
"""Shades of a cell."""

Kind = Literal["count", "empty", "apart", "impossible", "margin"]
"""``apart``: models that have both terms, though no picture can show both at once."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A crossing.

    Attributes:
        kind: What there is to say of it.
        count: How many models.
        path: Page that lists them; empty when there are none.
        name: The crossing in words.
        level: Shade, 1 to 5; 0 without one.
        wide: Whether it is one of the empty crossings said in words.
    """

    kind: Kind
    count: int
    path: str
    name: str
    level: int = 0
    wide: bool = False


class Head(NamedTuple):
    """Head of a row or column: a term, how far it is indented."""

    link: Link
    depth: int


class GridRow(NamedTuple):
    """A row: its head, one cell a column."""

    head: Head
    cells: tuple[Cell, ...]


class Hole(NamedTuple):
    """Empty crossings of one modality, in words.

    Attributes:
        column: The modality.
        rows: What it does not meet, the most frequent first.
        note: How many models one could have expected, and which may stand there unnamed.
    """

    column: Link
    rows: tuple[Link, ...]
    note: str


class GapsView(NamedTuple):
    """What a page of gaps shows.

    Attributes:
        title: Its heading.
        lede: What is empty, and of how many crossings.
        tabs: The other crossings.
        tiers: The same of each tier.
        holes: The largest empty crossings, by modality.
        more: How many others there are, and what a hole says.
        caption: What the grid shows.
        columns: Heads of the columns.
        rows: Rows, the last for the models without a value.
        impossible: Whether some crossings are marked as impossible.
        closed: Crossings that were empty in the survey; none for one tier.
        notes: How it is counted, one paragraph each.
    """

    title: str
    lede: str
    tabs: tuple[Tab, ...]
    tiers: tuple[Tab, ...]
    holes: tuple[Hole, ...]
    more: str
    caption: str
    columns: tuple[Head, ...]
    rows: tuple[GridRow, ...]
    impossible: bool
    closed: ClosedView | None
    notes: tuple[str, ...]


def views(catalog: Catalog) -> Iterator[tuple[str, str, Callable[[], GapsView]]]:
    """Gives the pages: path, title, and what makes the view of each."""
    for path, facet, name, _ in CROSSED:
        for scope in scopes(catalog):
            title = f"Gaps: modality and {name}" + (f", {scope.who}" if scope.tier else "")
            yield scope.path(path), title, partial(_view, catalog, path, facet, name, scope)


def _view(catalog: Catalog, path: str, facet: str, name: str, scope: Scope) -> GapsView:
    grid = gaps.grid(catalog, facet, COLUMNS, scope.some)
    found = gaps.gaps(grid)
    cards = _cards(catalog, found)
    shown = [gap for card in cards for gap in card]
    possible = len(grid.rows.lines) * len(grid.columns.lines) - len(grid.impossible)
    empty = sum(
        (row.id, column.id) not in grid.cells and (row.id, column.id) not in grid.impossible
        for row in grid.rows.lines
        for column in grid.columns.lines
    )
    return GapsView(
        title=f"Where nothing is yet: modality and {name}",
        lede=(
            f"{empty} of {possible} crossings that could be filled hold none of the "
            f"{scope.counted()}; {len(grid.rows.unknown)} of these name no {name} and "
            f"{len(grid.columns.unknown)} no modality, so they stand at no crossing. "
            + (
                f"Those where at least {EXPECTED} models would be expected:"
                if shown
                else "None of these is a surprise: going by how often its modality and its "
                f"{name} occur, fewer than {EXPECTED} models would be expected there. "
                "The grid shows them all."
            )
        ),
        tabs=tuple(
            Tab(Link(f"Modality × {n}", scope.path(p)), p == path) for p, _, n, _ in CROSSED
        ),
        tiers=tabs(catalog, path, scope),
        holes=tuple(_hole(facet, card) for card in cards),
        more=_more(len(shown), len(found) - len(shown), name),
        caption=(
            f"{scope.counted()} by {name} and modality, narrower terms included. "
            "“All” and “none given” are models, not sums of cells."
        ),
        columns=tuple(_head(catalog, COLUMNS, line) for line in grid.columns.lines),
        rows=tuple(_rows(catalog, grid, name, shown, scope)),
        impossible=bool(grid.impossible),
        closed=closed(catalog, grid, name) if scope.tier is None else None,
        notes=tuple(_notes(catalog, grid, name, scope.who)),
    )


def _cards(catalog: Catalog, found: tuple[Gap, ...]) -> list[list[Gap]]:
    """Gathers the largest empty crossings by modality; those of pictures come first."""
    cards: dict[str, list[Gap]] = {}
    for gap in sorted(found, key=lambda g: catalog.terms[COLUMNS][g.column.id].imaging is False):
        least = min(len(gap.row.models), len(gap.column.models))
        if least >= FREQUENT and gap.expected >= EXPECTED:
            cards.setdefault(gap.column.id, []).append(gap)
    return [card[:NAMED] for card in list(cards.values())[:CARDS]]


def _hole(facet: str, card: list[Gap]) -> Hole:
    first = card[0]
    column = first.column
    note = f"None, where about {first.expected:.0f} would be if the two were unrelated"
    if len(card) > 1:
        note += f" ({first.row.label})"
    perhaps = {model for gap in card for model in gap.perhaps}
    if perhaps:
        count = verb(len(perhaps), "model says", "models say")
        note += f"; {count} “several” and may reach {'it' if len(card) == 1 else 'them'}"
    return Hole(
        Link(column.label, paths.term_path(COLUMNS, column.id), count=len(column.models)),
        tuple(
            Link(gap.row.label, paths.term_path(facet, gap.row.id), count=len(gap.row.models))
            for gap in card
        ),
        f"{note}.",
    )


_BOTH = {
    "organ": "A model at a crossing has both, perhaps in separate pictures. ",
    "task": "A model at a crossing has both, perhaps the task with other pictures. ",
}
"""What it means that a model stands at a crossing, by the facet that is crossed."""


def _more(shown: int, left: int, name: str) -> str:
    smaller = f"{plural(left, 'smaller one')} can be found in the grid. " if shown and left else ""
    return (
        f"{_BOTH.get(name, '')}{smaller}"
        "Part of a wider empty crossing is not named again. Empty means absent in this "
        "catalog, not in the literature: nothing here says that nobody works on a modality and "
        f"{name} elsewhere."
    )


def _head(catalog: Catalog, facet: str, line: Line) -> Head:
    return Head(paths.term_link(catalog, facet, line.id), line.depth)


def _rows(
    catalog: Catalog, grid: Grid, name: str, wide: list[Gap], scope: Scope
) -> Iterator[GridRow]:
    known = (models for key, models in grid.cells.items() if UNKNOWN not in key)
    most = max(map(int.bit_count, known), default=1)
    holes = {(gap.row.id, gap.column.id) for gap in wide}
    everything = Line("", "All models", 0, (), collective=False, models=scope.models)
    missing = Line(UNKNOWN, f"No {name} given", 0, (), collective=False, models=grid.rows.unknown)
    blank = Line(UNKNOWN, "None given", 0, (), collective=False, models=grid.columns.unknown)
    for row in (everything, *grid.rows.lines, missing):
        if row is everything:
            head = Head(Link(row.label, paths.explore_path(**scope.asked())), 0)
        elif row is missing:
            asked = scope.asked(**{grid.rows.facet: UNKNOWN})
            head = Head(Link(row.label, paths.explore_path(**asked)), 0)
        else:
            head = _head(catalog, grid.rows.facet, row)
        cells = [
            _margin(
                len(row.models),
                scope.asked(**({grid.rows.facet: row.id} if row.id else {})),
                row.label,
            )
        ]
        for column in (*grid.columns.lines, blank):
            asked = scope.asked(
                **{COLUMNS: column.id}, **({grid.rows.facet: row.id} if row.id else {})
            )
            words = f"{column.label if column is not blank else 'no modality given'}, {row.label}"
            if row is everything:
                cells.append(_margin(len(column.models), asked, words))
            elif row is missing or column is blank:
                cells.append(_margin(grid.count(row.id, column.id), asked, words))
            else:
                cells.append(_crossing(grid, row, column, most, holes, asked))
        yield GridRow(head, tuple(cells))


def _margin(count: int, asked: dict[str, str], words: str) -> Cell:
    path = paths.explore_path(**asked) if count else ""
    return Cell("margin", count, path, f"{words}: {plural(count, 'model')}")


def _crossing(
    grid: Grid,
    row: Line,
    column: Line,
    most: int,
    holes: set[tuple[str, str]],
    asked: dict[str, str],
) -> Cell:
    key = (row.id, column.id)
    count, words = grid.count(*key), f"{column.label}, {row.label}"
    if not count and key in grid.impossible:
        return Cell("impossible", 0, "", f"{words}: cannot be")
    if not count:
        return Cell("empty", 0, "", f"{words}: none in this catalog", wide=key in holes)
    path = paths.explore_path(**asked)
    if key in grid.impossible:
        return Cell(
            "apart", count, path, f"{words}: {plural(count, 'model')}, in separate pictures"
        )
    level = 1 + int((LEVELS - 1) * log(count) / log(most)) if most > 1 else 1
    return Cell("count", count, path, f"{words}: {plural(count, 'model')}", level)


def _notes(catalog: Catalog, grid: Grid, name: str, who: str) -> Iterator[str]:
    yield (
        f"A model counts in every {name} and every modality it names, and in the broader terms: "
        "so cells of a row or column may add up to more than the models. “All” counts each model "
        "once, and is the number that the charts of the statistics show."
        if grid.rows.facet != "category"
        else "A model stands in one group, but counts under every modality it names, and in the "
        "broader terms: so the cells of a row may add up to more than its models. “All” counts "
        "each model once, and is the number that the charts of the statistics show."
    )
    yield " ".join([_unknown(grid.rows, name, who), _unknown(grid.columns, "modality", who)])
    if grid.rows.facet == "organ":
        yield (
            "A record lists modalities and organs, not which picture is of which organ: a number "
            "says that so many models have both."
        )
    for side in (grid.rows, grid.columns):
        for line in side.lines:
            if line.collective:
                word = catalog.terms[side.facet][line.id].label
                yield (
                    f"{plural(len(line.models), 'model')} "
                    f"{'names' if len(line.models) == 1 else 'name'} “{word}” without listing "
                    "them all: any of them may fill a crossing that is empty here."
                )
    if grid.impossible:
        yield (
            f"{len(grid.impossible)} crossings cannot be: the vocabulary says what each modality "
            "can look at. Where a number stands in one, these models have both, in separate "
            "pictures."
        )


def _unknown(side: Side, name: str, who: str) -> str:
    tally = side.counted.tally
    article = "an" if name[0] in "aeiou" else "a"
    missing = unknowns(tally)
    if not missing:
        return f"Every model names {article} {name}."
    return (
        f"{tally.total - tally.known} of {tally.total} {who} "
        f"{'names' if tally.total - tally.known == 1 else 'name'} no {name}: {missing}."
    )


__all__ = ["CROSSED", "Cell", "GapsView", "GridRow", "Head", "Hole", "views"]
