"""Bars and scatter plots, drawn by matplotlib and mended for the page.

matplotlib is told stand-ins: a link is drawn as ``mark:N`` and a colour as a hue that nothing else
has. :mod:`fmcatalog.charts.mend` puts the real ones in afterwards, so that no text of a record is
ever read by matplotlib as an address or a formula.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl

from fmcatalog.charts.canvas import Figure, FixedLocator, FuncFormatter, NullLocator, Rectangle
from fmcatalog.charts.ink import Element, colour, link, shape
from fmcatalog.charts.marks import Mark, Point, Series, Shape, count_text, spoken
from fmcatalog.charts.mend import INK, Target, mended, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PHONE_INCHES = 4.3
"""Width of a chart that a phone can show without shrinking its text."""
WIDE_INCHES = 8.0
FONT_SIZE = 12.0
ROW_INCHES = 0.36
"""Height of a row of bars: a finger's breadth of 24 px and a little more."""
TWO_LINES_INCHES = 0.46
CHARACTER_INCHES = 0.088
LABEL_CHARACTERS = 20

SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "fmcatalog",
    "font.family": "DejaVu Sans",
    "font.size": FONT_SIZE,
    "axes.linewidth": 0.8,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": False,
}
MARKERS: Mapping[Shape, str] = {"textual": "o", "visual": "s", "vision": "^", "other": "D"}
DOT = 10.0
"""Size of a point in points."""


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
    longest = max((len(line) for label in labels for line in label.split("\n")), default=4)
    left = 0.25 + longest * CHARACTER_INCHES
    row_inches = TWO_LINES_INCHES if any("\n" in label for label in labels) else ROW_INCHES
    height = row_inches * max(len(marks), 1) + 0.1
    # An inch for each of the most; axes would cost more than all that they would hold.
    unit = (PHONE_INCHES - left - 0.55) / (max((mark.count for mark in marks), default=0) or 1)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(PHONE_INCHES, height))
        for row, mark in enumerate(marks):
            url, y = f"mark:{row}", height - 0.05 - (row + 0.5) * row_inches
            _box(figure, 0, y, PHONE_INCHES, row_inches, "none", url)
            paint_of = paint(colours.get(mark.series, 1))
            _box(figure, left, y, mark.count * unit, 0.62 * row_inches, paint_of, url)
            _write(figure, left - 0.08, y, labels[row], url=url, ha="right")
            count = count_text(mark.count)
            _write(figure, left + mark.count * unit + 0.07, y, count, url=url, ha="left")
        targets = [
            Target(mark.url, spoken(mark, " ".join(label.split("\n"))))
            for mark, label in zip(marks, labels, strict=True)
        ]
        return mended(chart_id, title, figure, targets)


def _box(
    figure: Figure, left: float, middle: float, width: float, height: float, fill: str, url: str
) -> None:
    """A rectangle in inches, standing on both sides of its middle."""
    corner = (left, middle - height / 2)
    inches = figure.dpi_scale_trans
    box = Rectangle(corner, width, height, transform=inches, facecolor=fill, linewidth=0, url=url)
    figure.add_artist(box)


def scatter(
    chart_id: str,
    title: str,
    points: Sequence[Point],
    x_label: str,
    y_label: str,
    *,
    series: Sequence[Series] = (),
    log: bool = True,
    wide: bool = False,
    levels: Sequence[tuple[float, float, float]] = (),
) -> str:
    """Points over time, each a link; the shape tells the series' family, the colour the series.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        points: Values; those of zero or less are refused by a logarithmic axis and left out.
        x_label: Name of the time axis.
        y_label: Name of the value axis.
        series: What points name as their series.
        log: Logarithmic value axis.
        wide: Draw for a desktop; otherwise for a phone.
        levels: Lines across stretches of time: from, to, and the value.
    """
    shown = [point for point in points if point.y > 0 or not log]
    kinds = {one.id: one for one in series}
    with mpl.rc_context(SETTINGS):
        figure, axes = _canvas(
            WIDE_INCHES if wide else PHONE_INCHES, 3.8, left=0.62, right=0.12, bottom=0.6, top=0.35
        )
        _plain(axes)
        axes.set_xlabel(x_label, parse_math=False)
        figure.text(0, 1, y_label, va="top", color=INK, parse_math=False)
        _years(axes, [point.x for point in shown])
        if log:
            axes.set_yscale("log")
            _decades(axes, [point.y for point in shown])
        first, last = axes.get_xlim()
        for start, end, y in levels:
            # cut here, since the page's drawing has no clip paths
            across = [max(start, first), min(end, last)]
            axes.plot(across, [y, y], color=INK, linewidth=2.2, solid_capstyle="butt")
        if shown and not log:
            axes.update_datalim([(point.x, point.y) for point in shown])
            axes.autoscale_view(scalex=False)
        # By hand, since an artist of matplotlib for each takes a hundred times as long.
        dots = [
            _dot(point, kinds.get(point.series), place)
            for point, place in zip(shown, _places(figure, axes, shown), strict=True)
        ]
        return mended(chart_id, title, figure, (), dots)


def _places(figure: Figure, axes: Axes, points: Sequence[Point]) -> list[tuple[float, float]]:
    """Where points are in the drawing, in its units, from the left and from above."""
    if not points:
        return []
    seen = axes.transData.transform([(point.x, point.y) for point in points])
    scale, height = 72 / figure.dpi, figure.get_figheight() * 72
    return [(x * scale, height - y * scale) for x, y in seen.tolist()]


def _dot(point: Point, kind: Series | None, place: tuple[float, float]) -> Element:
    name = f"{point.label}: {point.note or count_text(point.y)}".replace("\n", " ")
    sign = shape(kind.shape if kind else "other", *place, DOT, colour(kind.colour if kind else 1))
    sign.attributes["stroke"] = "var(--fm-paper)"
    # no text of its own: the title shows the name to a pointer that rests on the mark
    return link(point.url, name, [Element("title", {}, [name]), sign])


def _canvas(
    width: float, height: float, *, left: float, right: float, bottom: float, top: float = 0.05
) -> tuple[Figure, Axes]:
    """An empty figure and its axes; margins in inches, so that text keeps its room."""
    figure = Figure(figsize=(width, height))
    box = (
        left / width,
        bottom / height,
        (width - left - right) / width,
        (height - bottom - top) / height,
    )
    return figure, figure.add_axes(box)


def _plain(axes: Axes) -> None:
    """No box; a light grid across, in the colour of the text."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.tick_params(length=0, colors=INK, labelcolor=INK)
    axes.grid(axis="y", color=INK, alpha=0.18, linewidth=0.8)
    axes.set_axisbelow(True)


def _write(
    figure: Figure, x: float, y: float, content: str, *, ha: Literal["left", "right"], url: str
) -> None:
    """Text at a place in inches, never read as a formula."""
    written = figure.text(x, y, content, va="center", color=INK, parse_math=False)
    written.set_transform(figure.dpi_scale_trans)
    written.set_horizontalalignment(ha)
    written.set_url(url)


def _years(axes: Axes, places: Sequence[float]) -> None:
    """Years as ticks, half years too where few are shown; a quarter to spare on both sides."""
    first = min(places, default=2022.0)
    last = max(places, default=first)
    axes.set_xlim(first - 0.25, last + 0.25)
    years = range(math.floor(first), math.ceil(last) + 1)
    ticks = [float(year) for year in years]
    if len(ticks) <= 4:
        ticks += [year + 0.5 for year in years]
    ticks = sorted(tick for tick in ticks if first - 0.25 <= tick <= last + 0.25)
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FuncFormatter(_year_text))


def _year_text(value: float, _position: object = None) -> str:
    return f"{value:.0f}" if value == int(value) else f"July {value - 0.5:.0f}"


def _decades(axes: Axes, values: Sequence[float]) -> None:
    """Ticks at 1, 10, 100 and so on, written as plain numbers."""
    low = math.floor(math.log10(min(values, default=1.0)))
    high = math.ceil(math.log10(max(values, default=10.0)))
    ticks = [10.0**power for power in range(low, max(high, low + 1) + 1)]
    axes.set_ylim(ticks[0], ticks[-1])
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: count_text(value)))


def _wrapped(label: str) -> str:
    """A label in one line or two, as fits its room; the link's name keeps the whole."""
    lines = textwrap.wrap(label, LABEL_CHARACTERS, max_lines=2, placeholder="…")
    return "\n".join(lines)
