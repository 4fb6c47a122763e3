"""Upright bars over time, split by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from fmcatalog.charts.ink import Element, colour, frame, number, text, titled
from fmcatalog.charts.marks import Mark, Series, count_text, spoken

PHONE = 309.6
"""Width of a chart that a phone can show without shrinking its text: 4.3 inches of 72 points."""
WIDE = 576.0
HEIGHT = 244.8
LEFT, RIGHT, TOP = 25.2, 3.6, 3.6
FOOT, TURNED_FOOT = 28.8, 58.0
SIZE = 12.0
BAR = 0.76
"""Share of its column that a bar takes."""
HEADROOM = 1.1
MOST_LINES = 5
STEPS = (1, 2, 5)


def stacked_bars(
    chart_id: str,
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    cells: Mapping[tuple[str, str], Mark],
    *,
    wide: bool = False,
) -> str:
    """Upright bars, one a category, split by series; each piece is a link that says its count.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        categories: Bars, from left to right.
        series: Pieces of a bar, from the bottom up.
        cells: The piece for a category and a series id; a missing one counts nothing.
        wide: Draw for a desktop; otherwise for a phone.
    """
    width = WIDE if wide else PHONE
    turned = len(categories) > (10 if wide else 5)
    bottom = HEIGHT - (TURNED_FOOT if turned else FOOT)
    column = (width - LEFT - RIGHT) / max(len(categories), 1)
    totals = [
        sum(cells[category, one.id].count for one in series if (category, one.id) in cells)
        for category in categories
    ]
    unit = (bottom - TOP) / ((max(totals, default=0) or 1) * HEADROOM)
    drawn: list[Element | str] = []
    for value in _lines((bottom - TOP) / unit):
        y = bottom - value * unit
        drawn += [
            rule(LEFT, y, width - RIGHT, "0.18" if value else "1"),
            text(LEFT - 4, y + 4, count_text(value), anchor="end", fill="currentColor"),
        ]
    for place, category in enumerate(categories):
        middle = LEFT + (place + 0.5) * column
        drawn += _bar(middle, column * BAR, bottom, unit, category, series, cells)
        if totals[place]:
            top = bottom - totals[place] * unit - 5
            told = count_text(totals[place])
            drawn.append(text(middle, top, told, anchor="middle", fill="currentColor"))
        drawn.append(_label(middle, bottom, category, turned=turned))
    return frame(chart_id, title, width, HEIGHT, drawn)


def _bar(
    middle: float,
    width: float,
    bottom: float,
    unit: float,
    category: str,
    series: Sequence[Series],
    cells: Mapping[tuple[str, str], Mark],
) -> list[Element | str]:
    pieces: list[Element | str] = []
    base = bottom
    left, wide = number(middle - width / 2), number(width)
    for one in series:
        mark = cells.get((category, one.id))
        if mark is None or not mark.count:
            continue
        height = mark.count * unit
        piece = (
            f'<rect x="{left}" y="{number(base - height)}" width="{wide}" '
            f'height="{number(height)}" fill="{colour(one.colour)}" '
            'stroke="var(--fm-paper)" stroke-width="1.5"/>'
        )
        pieces.append(titled(mark.url, spoken(mark), piece))
        base -= height
    return pieces


def _label(middle: float, bottom: float, category: str, *, turned: bool) -> Element:
    if not turned:
        return text(middle, bottom + 16, category, anchor="middle", fill="currentColor")
    x, y = middle + 3, bottom + 12
    turn = f"rotate(-60 {number(x)} {number(y)})"
    return text(x, y, category, anchor="end", fill="currentColor", transform=turn)


def rule(left: float, y: float, right: float, opacity: str) -> Element:
    """A level line in the colour of the text."""
    return Element(
        "line",
        {
            "x1": number(left),
            "x2": number(right),
            "y1": number(y),
            "y2": number(y),
            "stroke": "currentColor",
            "stroke-width": "0.8",
            "stroke-opacity": opacity,
        },
    )


def _lines(top: float) -> list[int]:
    """Gives up to six round whole numbers from 0, the last one not above the top."""
    steps = (step * 10**power for power in count() for step in STEPS)
    step = next(step for step in steps if top / step <= MOST_LINES)
    return list(range(0, int(top) + 1, step))
