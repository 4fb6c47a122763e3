"""Figures as values: what is drawn, what the caption says, the same numbers as a table.

The site draws them (``draw(figure)`` in templates); a drawing's marks lead where ``path`` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from fmcatalog.views.parts import Shape, Table


class Kind(NamedTuple):
    """A series: one colour, one shape, one entry of the legend."""

    id: str
    label: str
    colour: int
    shape: Shape


class Count(NamedTuple):
    """A counted thing: a bar, or with ``column`` a piece of a stacked bar."""

    label: str
    count: int  # type: ignore[assignment]
    path: str
    note: str = ""
    series: str = ""
    column: str = ""


class Dot(NamedTuple):
    """A point: time as a year with a fraction, and a value."""

    label: str
    x: float
    y: float
    path: str
    note: str = ""
    series: str = ""


class Entry(NamedTuple):
    """An entry of the timeline."""

    label: str
    column: str
    lane: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A family or a group in the drawing of the taxonomy."""

    label: str
    count: int
    path: str
    shape: Shape
    colour: int
    note: str = ""
    children: tuple[Branch, ...] = ()


class BarsDrawing(NamedTuple):
    """Horizontal bars."""

    marks: tuple[Count, ...]
    series: tuple[Kind, ...] = ()


class StackedDrawing(NamedTuple):
    """Upright bars in pieces; drawn twice, for a desktop and for a phone."""

    categories: tuple[str, ...]
    series: tuple[Kind, ...]
    marks: tuple[Count, ...]


class Level(NamedTuple):
    """A line across a stretch of time: from, to, and the value."""

    start: float
    end: float
    y: float


class ScatterDrawing(NamedTuple):
    """Points over time on a logarithmic axis, with lines across stretches of time."""

    points: tuple[Dot, ...]
    x_label: str
    y_label: str
    series: tuple[Kind, ...] = ()
    levels: tuple[Level, ...] = ()


class TimelineDrawing(NamedTuple):
    """Quarters and lanes, with names or, where ``cells`` has them, numbers; for wide screens."""

    quarters: tuple[str, ...]
    lanes: tuple[Kind, ...]
    entries: tuple[Entry, ...]
    cells: tuple[Count, ...] = ()


class TreeDrawing(NamedTuple):
    """The taxonomy, one sign a model or a bar a group; for wide screens."""

    nodes: tuple[Branch, ...]
    signs: bool = True


class Knot(NamedTuple):
    """A node of the lineage: a record has its group's sign, a base model a hollow one."""

    label: str
    path: str
    column: int
    row: float
    note: str = ""
    shape: Shape = "other"
    colour: int = 0
    hollow: bool = False
    focus: bool = False


class Thread(NamedTuple):
    """An edge of the lineage, by place among the knots; ``loose`` where only data came over."""

    start: int
    end: int
    rows: tuple[float, ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class LineageDrawing:
    """What a model goes back to and what came of it; for wide screens."""

    columns: int
    knots: tuple[Knot, ...]
    threads: tuple[Thread, ...]


Drawing = (
    BarsDrawing | StackedDrawing | ScatterDrawing | TimelineDrawing | TreeDrawing | LineageDrawing
)


class Figure(NamedTuple):
    """A drawing with what has to stand beside it.

    Attributes:
        id: Id on its page; letters, digits, hyphens.
        title: What it shows.
        caption: Denominator and unknowns, in words.
        drawing: What is drawn.
        table: The same numbers as a table.
        legend: Series to explain under the title.
    """

    id: str
    title: str
    caption: str
    drawing: Drawing
    table: Table | None = None
    legend: tuple[Kind, ...] = ()
