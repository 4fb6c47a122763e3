"""Charts: frozen values in, SVG text (one PNG) out, the same bytes every time.

A chart is drawn for the page it stands in: text takes the page's font and colour, series take CSS
variables, every mark is a link with a name, and nothing in it (id, style, script) can touch the
rest of the page. This package alone knows matplotlib.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from fmcatalog import apart
from fmcatalog.charts.columns import stacked_bars
from fmcatalog.charts.lineage import lineage
from fmcatalog.charts.marks import Item, Knot, Mark, Node, Point, Series, Thread
from fmcatalog.charts.plots import bars, scatter
from fmcatalog.charts.timeline import numbers, timeline
from fmcatalog.charts.tree import tree


def social_card(
    name: str,
    title: Sequence[str],
    counts: Sequence[tuple[str, str]],
    columns: Sequence[Sequence[Series]],
    ends: tuple[str, str],
    face: Path,
) -> bytes:
    """Draws the picture for shared links as a PNG of 1200 by 630, the same bytes every time.

    Args:
        name: Name of the site.
        title: Its title, one text a line.
        counts: Numbers and what they count.
        columns: One a quarter: the series of each model in it, from the bottom up.
        ends: What stands under the first and the last column.
        face: Font file of the title and the numbers.
    """
    shown = {
        "name": name,
        "title": title,
        "counts": counts,
        "columns": [[(one.shape, one.colour) for one in column] for column in columns],
        "ends": ends,
        "face": str(face),
    }
    return apart.run(Path(__file__).with_name("card.py"), json.dumps(shown).encode())


__all__ = [
    "Item",
    "Knot",
    "Mark",
    "Node",
    "Point",
    "Series",
    "Thread",
    "bars",
    "lineage",
    "numbers",
    "scatter",
    "social_card",
    "stacked_bars",
    "timeline",
    "tree",
]
