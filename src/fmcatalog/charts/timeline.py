"""The timeline: columns are quarters, lanes are groups. Drawn by hand.

Every name is a link; where there is no room for names, each number of a group and quarter is one.

For wide screens; a page shows the same entries as a list on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fmcatalog.charts.ink import (
    Element,
    Written,
    colour,
    frame,
    link,
    linked,
    number,
    shape,
    text,
)
from fmcatalog.charts.marks import Item, Mark, Series, count_text

LANE_WIDTH = 134.0
MIN_COLUMN = 96.0
LINE = 19.0
PAD = 9.0
HEAD = 30.0
SIZE = 12.0
CHARACTER = 6.6
"""Room for one character of 12 px; names are set at their natural width, this only spaces them."""
NUMBER_COLUMN = 58.0
NUMBER_LINE = 32.0
NUMBER_HEAD = 44.0
LARGEST = 24.0
"""Size of the sign of the largest number; its area tells the number."""


def timeline(
    chart_id: str,
    title: str,
    quarters: Sequence[str],
    lanes: Sequence[Series],
    items: Sequence[Item],
) -> str:
    """Draw the entries in a grid of quarters and lanes.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        quarters: Columns, oldest first; empty ones show that nothing happened.
        lanes: Rows, from the top.
        items: Entries; those of one cell are written in the given order.
    """
    cells: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        cells.setdefault((item.lane, item.column), []).append(item)
    widths = [_column_width(quarter, items) for quarter in quarters]
    lefts = [LANE_WIDTH + sum(widths[:place]) for place in range(len(widths))]
    width = LANE_WIDTH + sum(widths)
    drawn: list[Element | str] = []
    for quarter, left in zip(quarters, lefts, strict=True):
        drawn.append(text(left + PAD, HEAD - 11, quarter, size=SIZE, font_weight="600"))
    top = HEAD
    rules: list[float] = [top]
    for lane in lanes:
        longest = max((len(cells.get((lane.id, quarter), ())) for quarter in quarters), default=0)
        height = max(longest, 1) * LINE + 2 * PAD
        drawn.append(shape(lane.shape, 6, top + PAD + LINE / 2, 10, colour(lane.colour)))
        drawn.append(text(18, top + PAD + LINE / 2 + 4, lane.label, size=SIZE, font_weight="600"))
        for quarter, left in zip(quarters, lefts, strict=True):
            for place, item in enumerate(cells.get((lane.id, quarter), ())):
                drawn.append(_entry(item, lane, left + PAD, top + PAD + place * LINE))
        top += height
        rules.append(top)
    grid: list[Element | str] = [_line(0, y, width, y) for y in rules]
    grid += [_line(left, 6, left, top) for left in lefts]
    return frame(chart_id, title, width, top + 2, [*grid, *drawn])


def _column_width(quarter: str, items: Sequence[Item]) -> float:
    longest = max((len(item.label) for item in items if item.column == quarter), default=0)
    return max(MIN_COLUMN, longest * CHARACTER + 2 * PAD + 14)


def _entry(item: Item, lane: Series, left: float, top: float) -> Element:
    name = f"{item.label}, {lane.label}, {item.column}"
    if item.note:
        name = f"{name}, {item.note}"
    target = Element(
        "rect",
        {
            "x": number(left - 4),
            "y": number(top),
            "width": number(len(item.label) * CHARACTER + 18),
            "height": number(LINE),
            "fill": "none",
            "pointer-events": "all",
        },
    )
    return link(
        item.url,
        name,
        [
            target,
            shape(lane.shape, left + 2, top + LINE / 2, 8, colour(lane.colour)),
            text(left + 11, top + LINE / 2 + 4, item.label, size=SIZE),
        ],
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> Element:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    attributes = {key: number(value) for key, value in ends.items()}
    return Element("line", attributes | {"stroke": "currentColor", "stroke-opacity": "0.2"})


def numbers(
    chart_id: str,
    title: str,
    quarters: Sequence[str],
    lanes: Sequence[Series],
    cells: Mapping[tuple[str, str], Mark],
) -> str:
    """Draw how many entries each quarter and lane has: a number, and a sign of its size.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        quarters: Columns, oldest first, such as ``2024 Q1``; a year is written once.
        lanes: Rows, from the top.
        cells: The number for a quarter and the id of a lane; a missing one is none.
    """
    width = LANE_WIDTH + len(quarters) * NUMBER_COLUMN
    height = NUMBER_HEAD + len(lanes) * NUMBER_LINE
    most = max((mark.count for mark in cells.values()), default=0) or 1
    drawn: list[Element | str] = []
    year = ""
    for place, quarter in enumerate(quarters):
        left = LANE_WIDTH + place * NUMBER_COLUMN
        named, _, part = quarter.rpartition(" ")
        if named != year:
            drawn.append(text(left + 6, 16, named, size=SIZE, font_weight="600"))
            drawn.append(_line(left, 4, left, height))
        drawn.append(text(left + 6, NUMBER_HEAD - 11, part, size=SIZE))
        year = named
    for row, lane in enumerate(lanes):
        middle = NUMBER_HEAD + (row + 0.5) * NUMBER_LINE
        drawn.append(_line(0, middle - NUMBER_LINE / 2, width, middle - NUMBER_LINE / 2))
        drawn.append(shape(lane.shape, 6, middle, 10, colour(lane.colour)))
        drawn.append(text(18, middle + 4, lane.label, size=SIZE, font_weight="600"))
        for place, quarter in enumerate(quarters):
            mark = cells.get((quarter, lane.id))
            if mark is not None and mark.count:
                left = LANE_WIDTH + place * NUMBER_COLUMN
                drawn.append(_number(mark, lane, most, left, middle))
    drawn.append(_line(0, height, width, height))
    return frame(chart_id, title, width, height + 2, drawn)


def _number(mark: Mark, lane: Series, most: float, left: float, middle: float) -> Written:
    size = max(LARGEST * math.sqrt(mark.count / most), 5.0)
    told = count_text(mark.count)
    target = (
        f'<rect x="{number(left + 1)}" y="{number(middle - NUMBER_LINE / 2 + 1)}" '
        f'width="{NUMBER_COLUMN - 2:g}" height="{NUMBER_LINE - 2:g}" '
        'fill="none" pointer-events="all"/>'
    )
    sign = shape(lane.shape, left + 5 + LARGEST / 2, middle, size, colour(lane.colour))
    place = f'x="{number(left + 10 + LARGEST)}" y="{number(middle + 4)}"'
    words = f'<text {place} font-size="{number(SIZE)}">{told}</text> '
    noun = "model" if mark.count == 1 else "models"
    return linked(mark.url, f"{told} {noun}, {mark.label}", f"{target}{sign}{words}")
