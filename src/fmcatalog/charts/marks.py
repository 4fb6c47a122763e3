"""The values a chart is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Shape = Literal["textual", "visual", "vision", "other"]
"""How a mark is drawn so that colour is not the only sign: round, square, triangle, diamond."""

SERIES_COLOURS = 10
"""How many series colours the style sheet knows (``--fm-series-1`` and so on)."""


class Mark(NamedTuple):
    """One bar.

    Attributes:
        label: What is counted.
        count: How many.
        url: Where the counted things are listed; no link when empty.
        note: What the link's name says after the count, for example ``of 40``.
        series: Id of the series that gives the colour; the first colour when empty.
    """

    label: str
    count: float  # type: ignore[assignment]
    url: str
    note: str = ""
    series: str = ""


class Series(NamedTuple):
    """A kind of mark that has one colour and one shape.

    Attributes:
        id: What marks, points and items name it by.
        label: What the legend says.
        colour: Number of a series colour, from 1.
        shape: How its points are drawn.
    """

    id: str
    label: str
    colour: int
    shape: Shape = "other"


class Point(NamedTuple):
    """One point of a scatter plot.

    Attributes:
        label: Name of the point.
        x: Position on the time axis, as a year with a fraction.
        y: Value; only one greater than zero has a place on the axis.
        url: Where the point leads.
        note: What the link's name says after the name.
        series: Id of its series.
    """

    label: str
    x: float
    y: float
    url: str
    note: str = ""
    series: str = ""


class Item(NamedTuple):
    """One entry of the timeline.

    Attributes:
        label: Name that is written.
        column: Label of its column, for example ``2023 Q2``.
        lane: Id of the series that is its lane.
        url: Where it leads.
        note: What the link's name says after the name.
    """

    label: str
    column: str
    lane: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the taxonomy drawing.

    Attributes:
        label: Name that is written.
        count: Number of models in it.
        url: Where it leads.
        shape: How it is drawn.
        colour: Number of a series colour, from 1; 0 for the colour of the text.
        note: Second line, for example the names of some members.
        children: Nodes under it.
    """

    label: str
    count: int
    url: str
    shape: Shape = "other"
    colour: int = 0
    note: str = ""
    children: tuple[Node, ...] = ()


class Knot(NamedTuple):
    """One node of the lineage.

    Attributes:
        label: Name that is written.
        url: Where it leads.
        column: Its layer, from 0.
        row: Its place in the layer, from 0.
        note: What the link's name says after the name.
        shape: How it is drawn.
        colour: Number of a series colour, from 1; 0 for the colour of the text.
        hollow: Whether its sign is only an outline.
        focus: Whether it is the one that the drawing is about.
    """

    label: str
    url: str
    column: int
    row: float
    note: str = ""
    shape: Shape = "other"
    colour: int = 0
    hollow: bool = False
    focus: bool = False


class Thread(NamedTuple):
    """One edge of the lineage.

    Attributes:
        start: Place of the parent among the nodes.
        end: Place of what came of it.
        rows: Where it crosses the layers between.
        loose: Whether nothing of the parent itself went into what came of it.
    """

    start: int
    end: int
    rows: tuple[float, ...] = ()
    loose: bool = False


def count_text(count: float) -> str:
    """A count as written: no decimals where there are none."""
    return f"{count:,.0f}" if count == int(count) else f"{count:,.4g}"


def spoken(mark: Mark, written: str = "") -> str:
    """Gives what a screen reader says of a mark, for example ``CT: 11 models, of 40``.

    Where the label is cut or parted, what is written comes first, with the count as it is seen,
    and then the whole label.
    """
    noun = "model" if mark.count == 1 else "models"
    cut = written not in {"", mark.label}
    name = f"{written if cut else mark.label}: {count_text(mark.count)} {noun}"
    name += f", {mark.label}" if cut else ""
    return f"{name}, {mark.note}" if mark.note else name
