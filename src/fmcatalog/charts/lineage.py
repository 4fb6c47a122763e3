"""What builds on what, by hand: layers from left to right, every name a link.

For wide screens; a page says the same as a nested list.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from fmcatalog.charts.ink import Element, Written, colour, frame, number, plain, quoted, shape
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
    height = (max((knot.row for knot in knots), default=0) + 1) * ROW + 4
    drawn: list[Element | str] = []
    trunks = dict.fromkeys((thread.start, thread.loose) for thread in threads)
    for start, loose in trunks:
        # the way out of a name is one line, however many come of it
        knot = knots[start]
        if _end(knot) < _bend(knot.column + 1):
            along = f"M{number(_end(knot))} {number(_y(knot.row))}H{number(_bend(knot.column + 1))}"
            drawn.append(_line(along, loose=loose))
    drawn += [_thread(thread, knots) for thread in threads]
    drawn += [_knot(knot) for knot in knots]
    return frame(chart_id, title, columns * COLUMN, height, drawn)


def _y(row: float) -> float:
    return row * ROW + ROW / 2 + 2


def _written(knot: Knot) -> str:
    if len(knot.label) <= LONGEST:
        return knot.label
    return knot.label[: LONGEST - 1].rstrip() + "…"


def _end(knot: Knot) -> float:
    """Where the lines from a name begin."""
    return knot.column * COLUMN + 14 + _length(knot) + 5


def _bend(column: int) -> float:
    """Where lines leave the straight before a layer."""
    return column * COLUMN - CURVE


def _thread(thread: Thread, knots: Sequence[Knot]) -> Written:
    start, end = knots[thread.start], knots[thread.end]
    y = _y(start.row)
    path = f"M{number(max(_bend(start.column + 1), _end(start)))} {number(y)}"
    for step, row in enumerate((*thread.rows, end.row), start=start.column + 1):
        left, right = _bend(step), step * COLUMN - 2
        middle, to = (left + right) / 2, _y(row)
        if step > start.column + 1:
            path += f"H{number(left)}"
        path += f"C{number(middle)} {number(y)} {number(middle)} {number(to)} "
        path += f"{number(right)} {number(to)}"
        y = to
    return _line(path, loose=thread.loose)


def _line(path: str, *, loose: bool) -> Written:
    dashes = ' stroke-dasharray="2 3"' if loose else ""
    looks = 'fill="none" stroke="currentColor" stroke-opacity="0.42" stroke-width="1.2"'
    return Written(f'<path d="{path}" {looks}{dashes}/>')


def _length(knot: Knot) -> float:
    return len(_written(knot)) * CHARACTER * (1.06 if knot.focus else 1)


def _knot(knot: Knot) -> Written:
    left, y, said = knot.column * COLUMN, _y(knot.row), _written(knot)
    fill, weight = ("var(--fm-mark)", ' font-weight="600"') if knot.focus else ("none", "")
    target = (
        f'<rect x="{number(left)}" y="{number(y - ROW / 2 + 1)}"'
        f' width="{number(14 + _length(knot) + 4)}" height="{number(ROW - 2)}"'
        f' fill="{fill}" pointer-events="all"/>'
    )
    sign = _sign(knot.shape, left + 7, y, knot.colour, hollow=knot.hollow)
    place = f'x="{number(left + 14)}" y="{number(y + 4)}" font-size="{number(SIZE)}"'
    words = f"<text {place}{weight}>{plain(said)}</text> "
    # what is written is the start of what it is called, also where it is cut
    name = ", ".join([*([] if said == knot.label else [said]), knot.label])
    if knot.note:
        name += f", {knot.note}"
    begin, end = (f"<a href={quoted(knot.url)}", "a") if knot.url else ('<g role="img"', "g")
    return Written(f"{begin} aria-label={quoted(name)}>{target}{sign}{words}</{end}>")


@lru_cache(1 << 10)
def _sign(kind: Shape, x: float, y: float, series: int, *, hollow: bool) -> str:
    sign = shape(kind, x, y, 8.5, colour(series))
    if hollow:
        sign.attributes |= {"fill": "var(--fm-paper)", "stroke": "currentColor"}
    return sign.write()
