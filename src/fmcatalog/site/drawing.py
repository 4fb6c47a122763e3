"""From a view's figure to its drawing: paths become links, values become SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from fmcatalog import charts
from fmcatalog.views.figures import (
    BarsDrawing,
    Branch,
    Count,
    Figure,
    Kind,
    LineageDrawing,
    ScatterDrawing,
    StackedDrawing,
    TimelineDrawing,
    TreeDrawing,
)

Resolve = Callable[[str], str]
"""From a path from the top of the site to an address seen from the page."""


def draw(figure: Figure, url: Resolve) -> Markup:
    """Draw a figure for the page that ``url`` speaks for.

    What is the same on a desktop and a phone is drawn once; a chart over time twice, each shown
    where it fits.
    """
    drawing = figure.drawing
    match drawing:
        case BarsDrawing():
            marks = [_mark(mark, url) for mark in drawing.marks]
            series = _series(drawing.series)
            return _plot(charts.bars(figure.id, figure.title, marks, series=series))
        case StackedDrawing():
            cells = _cells(drawing.marks, url)
            return _both(*(_stacked(figure, drawing, cells, wide=wide) for wide in (True, False)))
        case ScatterDrawing():
            return _both(*_scatter(figure, drawing, url))
        case TimelineDrawing():
            return _plot(_timeline(figure, drawing, url), "timeline")
        case TreeDrawing():
            nodes = [_node(branch, url) for branch in drawing.nodes]
            return _plot(charts.tree(figure.id, figure.title, nodes, signs=drawing.signs), "tree")
        case LineageDrawing():
            return _plot(_lineage(figure, drawing, url), f"layers-{min(drawing.columns, 7)}")


def _timeline(figure: Figure, drawing: TimelineDrawing, url: Resolve) -> str:
    lanes = _series(drawing.lanes)
    if drawing.cells:
        cells = _cells(drawing.cells, url)
        return charts.numbers(figure.id, figure.title, drawing.quarters, lanes, cells)
    items = [charts.Item(*entry[:3], url(entry.path), entry.note) for entry in drawing.entries]
    return charts.timeline(figure.id, figure.title, drawing.quarters, lanes, items)


_Cells = dict[tuple[str, str], charts.Mark]


def _cells(marks: tuple[Count, ...], url: Resolve) -> _Cells:
    return {(mark.column, mark.series): _mark(mark, url) for mark in marks}


def _mark(mark: Count, url: Resolve) -> charts.Mark:
    return charts.Mark(mark.label, mark.count, url(mark.path), mark.note, mark.series)


def _stacked(figure: Figure, drawing: StackedDrawing, cells: _Cells, *, wide: bool) -> str:
    return charts.stacked_bars(
        _name(figure, wide=wide),
        figure.title,
        drawing.categories,
        _series(drawing.series),
        cells,
        wide=wide,
    )


def _scatter(figure: Figure, drawing: ScatterDrawing, url: Resolve) -> Iterator[str]:
    points = [charts.Point(*dot[:3], url(dot.path), *dot[4:]) for dot in drawing.points]
    for wide in (True, False):
        yield charts.scatter(
            _name(figure, wide=wide),
            figure.title,
            points,
            drawing.x_label,
            drawing.y_label,
            series=_series(drawing.series),
            wide=wide,
            levels=[(level.start, level.end, level.y) for level in drawing.levels],
        )


def _lineage(figure: Figure, drawing: LineageDrawing, url: Resolve) -> str:
    knots = [
        charts.Knot(knot.label, url(knot.path) if knot.path else "", *knot[2:])
        for knot in drawing.knots
    ]
    threads = [charts.Thread(*thread) for thread in drawing.threads]
    return charts.lineage(figure.id, figure.title, drawing.columns, knots, threads)


def _series(kinds: tuple[Kind, ...]) -> list[charts.Series]:
    return [charts.Series(kind.id, kind.label, kind.colour, kind.shape) for kind in kinds]


def _node(branch: Branch, url: Resolve) -> charts.Node:
    return charts.Node(
        branch.label,
        branch.count,
        url(branch.path),
        branch.shape,
        branch.colour,
        branch.note,
        tuple(_node(child, url) for child in branch.children),
    )


def _name(figure: Figure, *, wide: bool) -> str:
    return f"{figure.id}-wide" if wide else figure.id


def _plot(svg: str, kind: str = "") -> Markup:
    # the charts have escaped every text that they wrote
    name = f"fm-plot fm-plot--{kind}" if kind else "fm-plot"
    return Markup(f'<div class="{name}">{svg}</div>')  # noqa: S704


def _both(wide: str, narrow: str) -> Markup:
    first = f'<div class="fm-plot fm-plot--wide fm-wide-only">{wide}</div>'
    return Markup(f'{first}<div class="fm-plot fm-narrow-only">{narrow}</div>')  # noqa: S704
