"""Bars and points over time, drawn by hand as all charts are: a drawing takes a millisecond."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

from fmcatalog.charts.columns import PHONE, WIDE, rule
from fmcatalog.charts.ink import Element, Written, colour, frame, link, number, shape, text, titled
from fmcatalog.charts.marks import Mark, Point, Series, count_text, spoken

ROW = 25.92
"""Height of a row of bars: a finger's breadth and a little more."""
TWO_LINES = 33.12
CHARACTER = 6.336
"""Room for one character of a label."""
LABEL_CHARACTERS = 20
EDGE = 3.6
BAR = 0.62
"""Share of its row that a bar takes."""
BASELINE, LINE = 3.12, 14.4
"""How far under the middle of a row a line of text stands, and from one line to the next."""

HEIGHT = 273.6
LEFT, RIGHT, TOP, FOOT = 44.64, 8.64, 25.2, 230.4
"""Where the axes are; the right one from the right side."""
DOT = 10.0
SPARE = 0.25
"""Years to spare before the first point and after the last."""


def bars(chart_id: str, title: str, marks: Sequence[Mark], *, series: Sequence[Series] = ()) -> str:
    """Horizontal bars, first mark on top, each row one link with its count at the end.

    Args:
        chart_id: Id of the drawing; must be the only one of that name on its page.
        title: Name of the drawing.
        marks: What is counted.
        series: What marks name as their series; the first colour for those that name none.
    """
    colours = {one.id: one.colour for one in series}
    labels = [_wrapped(mark.label) for mark in marks]
    longest = max((len(line) for lines in labels for line in lines), default=4)
    left = 18 + longest * CHARACTER
    tall = TWO_LINES if any(len(lines) > 1 for lines in labels) else ROW
    unit = (PHONE - left - 39.6) / (max((mark.count for mark in marks), default=0) or 1)
    drawn: list[Element | str] = []
    for row, (mark, lines) in enumerate(zip(marks, labels, strict=True)):
        middle = EDGE + (row + 0.5) * tall
        end = left + mark.count * unit
        top = middle + BASELINE - (len(lines) - 1) * LINE / 2
        words = [
            text(left - 5.76, top + place * LINE, line, anchor="end", fill="currentColor")
            for place, line in enumerate(lines)
        ]
        count = text(end + 5.04, middle + BASELINE, count_text(mark.count), fill="currentColor")
        target = _box(0, middle, PHONE, tall, "none")
        target.attributes["pointer-events"] = "all"
        bar = _box(left, middle, end - left, BAR * tall, colour(colours.get(mark.series, 1)))
        drawn.append(link(mark.url, spoken(mark, " ".join(lines)), [target, bar, *words, count]))
    return frame(chart_id, title, PHONE, tall * max(len(marks), 1) + 2 * EDGE, drawn)


def _box(left: float, middle: float, width: float, height: float, fill: str) -> Element:
    place = {"x": left, "y": middle - height / 2, "width": width, "height": height}
    return Element("rect", {key: number(value) for key, value in place.items()} | {"fill": fill})


def _wrapped(label: str) -> list[str]:
    """Gives a label in one line or two, as fits its room; the link's name keeps the whole."""
    return textwrap.wrap(label, LABEL_CHARACTERS, max_lines=2, placeholder="…") or [""]


def scatter(
    chart_id: str,
    title: str,
    points: Sequence[Point],
    x_label: str,
    y_label: str,
    *,
    series: Sequence[Series] = (),
    wide: bool = False,
    levels: Sequence[tuple[float, float, float]] = (),
) -> str:
    """Points over time on a logarithmic axis, each a link.

    The shape tells the series' family, the colour the series.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        points: Values; those of zero or less have no place on the axis and are left out.
        x_label: Name of the time axis.
        y_label: Name of the value axis.
        series: What points name as their series.
        wide: Draw for a desktop; otherwise for a phone.
        levels: Lines across stretches of time: from, to, and the value.
    """
    shown = [point for point in points if point.y > 0]
    kinds = {one.id: one for one in series}
    width = WIDE if wide else PHONE
    right = width - RIGHT
    first = min((point.x for point in shown), default=2022.0)
    last = max((point.x for point in shown), default=first)
    begin, end = first - SPARE, last + SPARE
    low = math.floor(math.log10(min((point.y for point in shown), default=1.0)))
    high = max(math.ceil(math.log10(max((point.y for point in shown), default=10.0))), low + 1)

    def across(time: float) -> float:
        return LEFT + (time - begin) / (end - begin) * (right - LEFT)

    def up(value: float) -> float:
        return FOOT - (math.log10(value) - low) / (high - low) * (FOOT - TOP)

    drawn: list[Element | str] = [
        text(across(year), FOOT + 12.62, said, anchor="middle", fill="currentColor")
        for year, said in _years(first, last)
    ]
    middle = (LEFT + right) / 2
    drawn.append(text(middle, FOOT + 28.62, x_label, anchor="middle", fill="currentColor"))
    for power in range(low, high + 1):
        y = up(10.0**power)
        said = count_text(10.0**power)
        drawn.append(rule(LEFT, y, right, "0.18"))
        drawn.append(text(LEFT - 3.5, y + 4.56, said, anchor="end", fill="currentColor"))
    for start, stop, value in levels:
        level = rule(across(max(start, begin)), up(value), across(min(stop, end)), "1")
        level.attributes["stroke-width"] = "2.2"
        drawn.append(level)
    drawn.append(rule(LEFT, FOOT, right, "1"))
    drawn.append(text(0, 9.12, y_label, fill="currentColor"))
    drawn += [_dot(one, kinds.get(one.series), across(one.x), up(one.y)) for one in shown]
    return frame(chart_id, title, width, HEIGHT, drawn)


def _years(first: float, last: float) -> list[tuple[float, str]]:
    """Gives the years that are marked, half years too where few are shown."""
    years = range(math.floor(first), math.ceil(last) + 1)
    ticks = [(float(year), str(year)) for year in years]
    if len(ticks) <= 4:
        ticks += [(year + 0.5, f"July {year}") for year in years]
    return [tick for tick in sorted(ticks) if first - SPARE <= tick[0] <= last + SPARE]


def _dot(point: Point, kind: Series | None, x: float, y: float) -> Written:
    name = f"{point.label}: {point.note or count_text(point.y)}".replace("\n", " ")
    looks, paint = (kind.shape, kind.colour) if kind else ("other", 1)
    sign = shape(looks, x, y, DOT, colour(paint), "var(--fm-paper)")
    return titled(point.url, name, sign)
