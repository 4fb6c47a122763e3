"""What builds on what, by hand: layers from left to right, every name a link.

For wide screens; a page says the same as a nested list.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from fmcatalog.charts.ink import Written, colour, frame, linked, number, plain, shape
from fmcatalog.charts.marks import Knot, Shape, Thread

COLUMN = 210.0
ROW = 22.0
CURVE = 38.0
"""Room between the names of one layer and the signs of the next."""
SIZE = 12.0
CHARACTER = 7.3
LONGEST = 23
"""Characters of a name that are written; all of them are in the name of the link."""


def lineage(
    chart_id: str, title: str, columns: int, knots: Sequence[Knot], threads: Sequence[Thread]
) -> str:
    """Draw a part of the lineage.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        columns: Number of layers.
        knots: Nodes with their places.
        threads: Edges between them, by place in ``knots``.
    """
    height = (max([knot.row for knot in knots], default=0) + 1) * ROW + 4
    said = [_written(knot.label) for knot in knots]
    places = [
        _place(knot.column, knot.row, len(words), knot.focus)
        for knot, words in zip(knots, said, strict=True)
    ]
    # the way out of a name is one line, however many come of it
    trunks = dict.fromkeys([(start, loose) for start, _, _, loose in threads])
    drawn = [_trunk(places[start], loose) for start, loose in trunks]
    drawn += [
        _way(places[start], (*rows, knots[end].row), loose) for start, end, rows, loose in threads
    ]
    drawn += map(_knot, knots, said, places)
    return frame(chart_id, title, columns * COLUMN, height, [Written("".join(drawn))])


def _written(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


class _Place(NamedTuple):
    """Where a name stands, whatever it is.

    Attributes:
        y: The middle of its line.
        end: Where the lines from it begin.
        bend: Where they leave the straight before the next layer.
        target: What a pointer can hit.
        text: How its text begins.
    """

    y: float
    end: float
    bend: float
    target: str
    text: str


# In most drawings the same few places are taken, by names of a few lengths.
@lru_cache(1 << 10)
def _place(column: int, row: float, characters: int, focus: bool) -> _Place:
    left, y = column * COLUMN, _y(row)
    length = characters * CHARACTER * (1.06 if focus else 1)
    fill, weight = ("var(--fm-mark)", ' font-weight="600"') if focus else ("none", "")
    target = (
        f'<rect x="{number(left)}" y="{number(y - ROW / 2 + 1)}"'
        f' width="{number(14 + length + 4)}" height="{number(ROW - 2)}"'
        f' fill="{fill}" pointer-events="all"/>'
    )
    text = f'<text x="{number(left + 14)}" y="{number(y + 4)}" font-size="{number(SIZE)}"{weight}>'
    return _Place(y, left + 14 + length + 5, left + COLUMN - CURVE, target, text)


def _y(row: float) -> float:
    return row * ROW + ROW / 2 + 2


@lru_cache(1 << 10)
def _trunk(place: _Place, loose: bool) -> str:
    y, end, bend, *_ = place
    return _line(f"M{number(end)} {number(y)}H{number(bend)}", loose) if end < bend else ""


@lru_cache(1 << 10)
def _way(place: _Place, rows: tuple[float, ...], loose: bool) -> str:
    """Draws a line from a name through the layers between to what came of it."""
    y, end, left, *_ = place
    path = f"M{number(max(left, end))} {number(y)}"
    for step, row in enumerate(rows):
        right, to = left + CURVE - 2, _y(row)
        middle = (left + right) / 2
        if step:
            path += f"H{number(left)}"
        path += f"C{number(middle)} {number(y)} {number(middle)} {number(to)} "
        path += f"{number(right)} {number(to)}"
        left, y = left + COLUMN, to
    return _line(path, loose)


def _line(path: str, loose: bool) -> str:
    dashes = ' stroke-dasharray="2 3"' if loose else ""
    looks = 'fill="none" stroke="currentColor" stroke-opacity="0.42" stroke-width="1.2"'
    return f'<path d="{path}" {looks}{dashes}/>'


def _knot(knot: Knot, said: str, place: _Place) -> str:
    label, url, column, _, note, kind, series, hollow, _ = knot
    sign = _sign(kind, column * COLUMN + 7, place.y, series, hollow)
    # what is written is the start of what it is called, also where it is cut
    name = label if said == label else f"{said}, {label}"
    if note:
        name += f", {note}"
    return linked(url, name, f"{place.target}{sign}{place.text}{plain(said)}</text> ")


@lru_cache(1 << 10)
def _sign(kind: Shape, x: float, y: float, series: int, hollow: bool) -> str:
    paints = ("var(--fm-paper)", "currentColor") if hollow else (colour(series),)
    return shape(kind, x, y, 8.5, *paints)
