"""What training took, by date: total memory and GPU hours, each point a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.records import Quantity
from fmcatalog.records.dates import PartialDate
from fmcatalog.selection.measures import MEASURES
from fmcatalog.stats import movement
from fmcatalog.views import paths
from fmcatalog.views.counted import named, plural, used_kinds
from fmcatalog.views.figures import Dot, Figure, Level, ScatterDrawing
from fmcatalog.views.parts import Column, Row, Table, Value
from fmcatalog.views.scope import Scope

DRAWN = 1000
"""Points of a drawing; of more, as many spread evenly over the dates."""
NAMED = 6
"""Models that a caption names; more are counted."""
MEDIAN = "A line is the median of its year, of one exact total a model."
STEPS = "Each step on the axis is ten times the one before."


class _Point(NamedTuple):
    """One point: its model, its height, and that in figures and in words."""

    model: str
    height: float
    text: str
    said: str


def memory_figure(catalog: Catalog, id: str, scope: Scope) -> Figure:
    """Draws the total memory of the reported rigs over time, on a logarithmic axis.

    Args:
        catalog: The catalog.
        id: Id of the figure on its page.
        scope: Which models are counted.
    """
    rigs = _distinct(catalog, scope)
    known = {rig.model for rig in rigs}
    total = len(scope.models)
    bounds = [rig.model for rig in rigs if not rig.exact]
    return _figure(
        catalog,
        id,
        "Total memory of the reported rig over time",
        f"{len(known)} of {scope.counted()}, each by its paper's first version; for the other "
        f"{total - len(known)} the total is not known. {MEDIAN} {STEPS}{_loose(catalog, bounds)}",
        "GB in all",
        "Total memory of the reported rigs, oldest first.",
        [_Point(rig.model, rig.total, rig.text, _said(rig)) for rig in rigs],
        tuple(
            Level(int(year.year), int(year.year) + 1, year.median)
            for year in movement.memory(catalog, scope.some)
            if year.median is not None
        ),
    )


def hours_figure(catalog: Catalog, id: str, scope: Scope) -> Figure:
    """Draws the reported GPU hours over time, on a logarithmic axis.

    Args:
        catalog: The catalog.
        id: Id of the figure on its page.
        scope: Which models are counted.
    """
    (measure,) = (one for one in MEASURES if one.key == "gpu-hours")
    points, several, bounds = [], [], []
    for model in scope.models:
        record = catalog.models[model]
        reported = [s.gpu_hours for s in record.stages if isinstance(s.gpu_hours, Quantity)]
        if not reported:
            continue
        bounds_of = measure.read(record)
        # A bound from above only is drawn at that bound; the words under the title name it.
        height = bounds_of.low if bounds_of.low is not None else bounds_of.high
        if not height:
            continue
        text = bounds_of.text
        points.append(_Point(model, height, text, f"{text} GPU hours"))
        if len(reported) > 1:
            several.append(model)
        if any(quantity.exact is None for quantity in reported):
            bounds.append(model)
    total = len(scope.models)
    summed = f" Added up over their stages: {_some(catalog, several)}." if several else ""
    return _figure(
        catalog,
        id,
        "Reported GPU hours over time",
        f"{len(points)} of {scope.counted()}, each by its paper's first version; for the other "
        f"{total - len(points)} no GPU hours are known. {STEPS} Hours of different cards are not "
        f"the same work.{summed}{_loose(catalog, bounds)}",
        "GPU hours",
        "Reported GPU hours, oldest first.",
        points,
    )


def _figure(
    catalog: Catalog,
    id: str,
    title: str,
    caption: str,
    axis: str,
    about: str,
    points: Sequence[_Point],
    levels: tuple[Level, ...] = (),
) -> Figure:
    models = catalog.models
    places = stats.by_date(catalog)
    points = sorted(points, key=lambda point: places[point.model])
    every = -(-len(points) // DRAWN)
    if every > 1:
        points = points[::every]
        caption += f" Of every {every} points, by date, one is drawn; the data files have all."
    links = paths.model_links(catalog)
    groups: dict[str, Value] = {}
    dots, rows = [], []
    for point in points:
        model, link = models[point.model], links[point.model]
        group = groups.get(model.category)
        if group is None:
            group = groups[model.category] = Value(badge=paths.badge(catalog, model.category))
        year, date = _when(model.published)
        dots.append(Dot(link.label, year, point.height, link.path, point.said, model.category))
        rows.append(Row(link, (group, date, Value(point.text, sort=f"{point.height:g}"))))
    kinds = used_kinds(catalog, groups)
    columns = (
        Column("Model"),
        Column("Group"),
        Column("First version"),
        Column(axis, numeric=True),
    )
    return Figure(
        id,
        title,
        caption,
        ScatterDrawing(tuple(dots), "First version of the paper", axis, kinds, levels=levels),
        Table(f"{id}-numbers", about, columns, tuple(rows)),
        kinds,
    )


def _loose(catalog: Catalog, bounds: Sequence[str]) -> str:
    if not bounds:
        return ""
    return f" Not exact, drawn at the number given: {_some(catalog, bounds)}."


def _some(catalog: Catalog, models: Sequence[str]) -> str:
    """Names models as long as they are few; the table names them all."""
    distinct = list(dict.fromkeys(models))
    return named(catalog, distinct) if len(distinct) <= NAMED else plural(len(distinct), "model")


def _distinct(catalog: Catalog, scope: Scope) -> list[stats.Rig]:
    """Gives one rig a model and total: stages that ran on the same rig are one point."""
    found: dict[tuple[str, float], stats.Rig] = {}
    for rig in stats.rigs(catalog, scope.some):
        found.setdefault((rig.model, rig.total), rig)
    return list(found.values())


def _said(rig: stats.Rig) -> str:
    said = f"{rig.text} GB"
    if rig.cards is not None:
        said += f" in {plural(int(rig.cards), 'card')}"
    return said


@cache
def _when(date: PartialDate) -> tuple[float, Value]:
    """Gives a date as a year with a fraction, and as a cell."""
    day = date.first
    begin = dt.date(day.year, 1, 1)
    length = dt.date(day.year + 1, 1, 1) - begin
    return round(day.year + (day - begin) / length, 4), Value(str(date))
