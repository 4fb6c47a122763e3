"""The timeline: columns are quarters, lanes are groups, every name a link. Drawn by hand.

For wide screens; a page shows the same entries as a list on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence

from fmcatalog.charts.ink import Element, colour, frame, link, number, shape, text
from fmcatalog.charts.marks import Item, Series

LANE_WIDTH = 126.0
MIN_COLUMN = 96.0
LINE = 19.0
PAD = 9.0
HEAD = 30.0
SIZE = 12.0
CHARACTER = 6.6
"""Room for one character of 12 px; names are set at their natural width, this only spaces them."""


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
