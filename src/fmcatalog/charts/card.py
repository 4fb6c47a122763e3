"""The picture that stands beside a shared link: every model a sign in its quarter."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from fmcatalog.charts.marks import Series, Shape

WIDTH, HEIGHT = 1200, 630
PAPER, INK, MUTED, RULE = "#fcfbf7", "#16202e", "#545d6b", "#dcd8cb"
SERIES = (
    *("#1c4a7d", "#2b83a8", "#4f8a5b", "#7a62ad", "#b14a12"),
    *("#b27d0c", "#a8447c", "#8c2f39", "#6a7320", "#7d6a58"),
)
"""The colours of the style sheet by day; a picture cannot ask it."""
SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": False,
    "savefig.dpi": 100,
}
MARKERS: Mapping[Shape, str] = {"textual": "o", "visual": "s", "vision": "^", "other": "D"}


def social_card(
    name: str,
    title: Sequence[str],
    counts: Sequence[tuple[str, str]],
    columns: Sequence[Sequence[Series]],
    ends: tuple[str, str],
    face: Path,
) -> bytes:
    """Draws the card as a PNG of 1200 by 630, the same bytes every time.

    Args:
        name: Name of the site.
        title: Its title, one text a line.
        counts: Numbers and what they count.
        columns: One a quarter: the series of each model in it, from the bottom up.
        ends: What stands under the first and the last column.
        face: Font file of the title and the numbers.
    """
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)

        def write(x: float, y: float, text: str, size: float, **more: str | Path) -> None:
            looks = {"color": INK, "va": "baseline", **more}
            figure.text(x / WIDTH, 1 - y / HEIGHT, text, fontsize=size, parse_math=False, **looks)  # type: ignore[arg-type]

        write(70, 100, name, 21, color=MUTED)
        for number, line in enumerate(title):
            write(68, 186 + 76 * number, line, 48, font=face)
        _signs(figure, columns)
        write(70, 496, ends[0], 13, color=MUTED)
        write(1130, 496, ends[1], 13, color=MUTED, ha="right")
        for place, (number_text, what) in enumerate(counts):
            x = 70 + place * 1060 / max(len(counts), 1)
            write(x, 566, number_text, 33, font=face)
            write(x, 594, what, 14, color=MUTED)
        target = io.BytesIO()
        figure.savefig(target, format="png", metadata={"Software": None})
        return target.getvalue()


def _signs(figure: Figure, columns: Sequence[Sequence[Series]]) -> None:
    """Stacks the signs over a line, as large as the highest column allows."""
    ground = 1 - 470 / HEIGHT
    line = Line2D([70 / WIDTH, 1130 / WIDTH], [ground, ground], color=RULE, linewidth=1.5)
    figure.add_artist(line)
    wide = 1060 / max(len(columns), 1)
    step = min(26.0, 185 / max((len(column) for column in columns), default=1), wide)
    places: dict[tuple[Shape, int], list[tuple[float, float]]] = {}
    for number, column in enumerate(columns):
        for level, one in enumerate(column):
            x, y = 70 + wide * (number + 0.5), 470 - step * (level + 0.7)
            places.setdefault((one.shape, one.colour), []).append((x / WIDTH, 1 - y / HEIGHT))
    for (shape, colour), found in sorted(places.items()):
        signs = Line2D(
            [x for x, _ in found],
            [y for _, y in found],
            marker=MARKERS[shape],
            markersize=step * (0.48 if shape == "visual" else 0.56),
            markerfacecolor=SERIES[(colour - 1) % len(SERIES)],
            markeredgewidth=0,
            linestyle="none",
        )
        figure.add_artist(signs)
