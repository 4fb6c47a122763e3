"""Charts: frozen values in, SVG text (one PNG) out, the same bytes every time.

A chart is drawn for the page it stands in: text takes the page's font and colour, series take CSS
variables, every mark is a link with a name, and nothing in it (id, style, script) can touch the
rest of the page. This package alone knows matplotlib.
"""

from __future__ import annotations

from typing import Any

from fmcatalog.charts.columns import stacked_bars
from fmcatalog.charts.lineage import lineage
from fmcatalog.charts.marks import Item, Knot, Mark, Node, Point, Series, Thread
from fmcatalog.charts.plots import bars, scatter
from fmcatalog.charts.timeline import numbers, timeline
from fmcatalog.charts.tree import tree


def social_card(*values: Any, **more: Any) -> bytes:
    """Draws the picture for shared links; see :func:`fmcatalog.charts.card.social_card`."""
    # matplotlib takes a third of a second to load: a build that keeps the picture goes without.
    from fmcatalog.charts import card

    return card.social_card(*values, **more)


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
