"""Draws the picture that stands beside a shared link: every model a sign in its quarter.

A script that runs by itself, see :func:`fmcatalog.charts.social_card`: it reads what the picture
shows as JSON, and writes it as a PNG, the same bytes every time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

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
MARKERS: Mapping[str, str] = {"textual": "o", "visual": "s", "vision": "^", "other": "D"}


def main() -> None:
    """Reads what the picture shows, and writes it."""
    shown = json.load(sys.stdin)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
        _draw(figure, **shown)
        figure.savefig(sys.stdout.buffer, format="png", metadata={"Software": None})


def _draw(
    figure: Figure,
    name: str,
    title: Sequence[str],
    counts: Sequence[tuple[str, str]],
    columns: Sequence[Sequence[tuple[str, int]]],
    ends: tuple[str, str],
    face: str,
) -> None:
    def write(x: float, y: float, text: str, size: float, **more: str | Path) -> None:
        looks = {"color": INK, "va": "baseline", **more}
        figure.text(x / WIDTH, 1 - y / HEIGHT, text, fontsize=size, parse_math=False, **looks)  # type: ignore[arg-type]

    serif = Path(face)  # a name would be looked for among the fonts of the system
    write(70, 100, name, 21, color=MUTED)
    for number, line in enumerate(title):
        write(68, 186 + 76 * number, line, 48, font=serif)
    _signs(figure, columns)
    write(70, 496, ends[0], 13, color=MUTED)
    write(1130, 496, ends[1], 13, color=MUTED, ha="right")
    for place, (number_text, what) in enumerate(counts):
        x = 70 + place * 1060 / max(len(counts), 1)
        write(x, 566, number_text, 33, font=serif)
        write(x, 594, what, 14, color=MUTED)


def _signs(figure: Figure, columns: Sequence[Sequence[tuple[str, int]]]) -> None:
    """Stacks the signs over a line, as large as the highest column allows."""
    ground = 1 - 470 / HEIGHT
    line = Line2D([70 / WIDTH, 1130 / WIDTH], [ground, ground], color=RULE, linewidth=1.5)
    figure.add_artist(line)
    wide = 1060 / max(len(columns), 1)
    step = min(26.0, 185 / max((len(column) for column in columns), default=1), wide)
    places: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for number, column in enumerate(columns):
        for level, (shape, colour) in enumerate(column):
            x, y = 70 + wide * (number + 0.5), 470 - step * (level + 0.7)
            places.setdefault((shape, colour), []).append((x / WIDTH, 1 - y / HEIGHT))
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


if __name__ == "__main__":
    main()
