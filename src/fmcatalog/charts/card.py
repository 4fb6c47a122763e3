"""The picture that stands beside a shared link: every model a sign in its quarter."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from fmcatalog.charts.marks import Series, Shape

WIDTH, HEIGHT = 1200, 630
PAPER, INK, MUTED, RULE = "#fcfbf7", "#16202e", "#545d6b", "#dcd8cb"
SERIES = (
    *("#1c4a7d", "#2b83a8", "#4f8a5b", "#7a62ad", "#b14a12"),
    *("#b27d0c", "#a8447c", "#8c2f39", "#6a7320", "#7d6a58"),
)
"""The colours of the style sheet by day; a picture cannot ask it."""
LEFT, RIGHT, GROUND, ROOM = 70, 1130, 470, 185
"""The line that signs stand on, and how high they may be stacked."""
FINE = 4
"""Signs are drawn so many times larger, and then reduced, so that their edges are smooth."""


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
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)

    def serif(x: float, y: float, text: str, size: float) -> None:
        font = ImageFont.truetype(face, size, layout_engine=ImageFont.Layout.BASIC)
        pen.text((x, y), text, INK, font, "ls")

    def small(x: float, y: float, text: str, size: float, anchor: str = "ls") -> None:
        pen.text((x, y), text, MUTED, ImageFont.load_default(size), anchor)

    small(LEFT, 100, name, 29)
    for number, line in enumerate(title):
        serif(68, 186 + 76 * number, line, 66.7)
    _signs(picture, columns)
    pen.line((LEFT, GROUND, RIGHT, GROUND), RULE, 2)
    small(LEFT, 496, ends[0], 18)
    small(RIGHT, 496, ends[1], 18, "rs")
    for place, (number_text, what) in enumerate(counts):
        x = LEFT + place * (RIGHT - LEFT) / max(len(counts), 1)
        serif(x, 566, number_text, 45.8)
        small(x, 594, what, 19)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _signs(picture: Image.Image, columns: Sequence[Sequence[Series]]) -> None:
    """Stacks the signs over the line, as large as the highest column allows."""
    wide = (RIGHT - LEFT) / max(len(columns), 1)
    step = min(26.0, ROOM / max((len(column) for column in columns), default=1), wide)
    large = Image.new("RGB", ((RIGHT - LEFT) * FINE, ROOM * FINE), PAPER)
    pen = ImageDraw.Draw(large)
    for number, column in enumerate(columns):
        x = wide * (number + 0.5) * FINE
        for level, one in enumerate(column):
            y = (ROOM - step * (level + 0.7)) * FINE
            _sign(pen, one.shape, x, y, step * FINE, SERIES[(one.colour - 1) % len(SERIES)])
    picture.paste(large.reduce(FINE), (LEFT, GROUND - ROOM))


def _sign(
    pen: ImageDraw.ImageDraw, shape: Shape, x: float, y: float, step: float, paint: str
) -> None:
    half = step * 0.39
    if shape == "textual":
        pen.ellipse((x - half, y - half, x + half, y + half), paint)
    elif shape == "visual":
        half *= 0.86
        pen.rectangle((x - half, y - half, x + half, y + half), paint)
    elif shape == "vision":
        pen.polygon([(x, y - half), (x + half, y + half), (x - half, y + half)], paint)
    else:
        pen.polygon([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], paint)
