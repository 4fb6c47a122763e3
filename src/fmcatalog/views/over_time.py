"""What training took, by date: total memory and GPU hours, each point a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.records import Quantity
from fmcatalog.selection.measures import MEASURES
from fmcatalog.views import paths
from fmcatalog.views.counted import named, plural, used_kinds
from fmcatalog.views.figures import Dot, Figure, ScatterDrawing
from fmcatalog.views.parts import Column, Row, Table, Value

STEPS = "Each step on the axis is ten times the one before."


@dataclass(frozen=True, slots=True)
class _Point:
    """One point: its model, its height, and that in figures and in words."""

    model: str
    height: float
    text: str
    said: str


def memory_figure(catalog: Catalog, id: str) -> Figure:
    """Draws the total memory of the reported rigs over time, on a logarithmic axis.

    Args:
        catalog: The catalog.
        id: Id of the figure on its page.
    """
    rigs = _distinct(catalog)
    known = {rig.model for rig in rigs}
    total = len(catalog.models)
    bounds = [rig.model for rig in rigs if not rig.exact]
    return _figure(
        catalog,
        id,
        "Total memory of the reported rig over time",
        f"{len(known)} of {total} models, each by its paper's first version; for the other "
        f"{total - len(known)} the total is not known. {STEPS}{_loose(catalog, bounds)}",
        "GB in all",
        "Total memory of the reported rigs, oldest first.",
        [_Point(rig.model, rig.total, amount(catalog, rig), _said(catalog, rig)) for rig in rigs],
    )


def hours_figure(catalog: Catalog, id: str) -> Figure:
    """Draws the reported GPU hours over time, on a logarithmic axis.

    Args:
        catalog: The catalog.
        id: Id of the figure on its page.
    """
    (measure,) = (one for one in MEASURES if one.key == "gpu-hours")
    points, several, bounds = [], [], []
    for model, record in catalog.models.items():
        bounds_of = measure.read(record)
        # A bound from above only is drawn at that bound; the words under the title name it.
        height = bounds_of.low if bounds_of.low is not None else bounds_of.high
        if not height:
            continue
        text = bounds_of.text
        points.append(_Point(model, height, text, f"{text} GPU hours"))
        reported = [s.gpu_hours for s in record.stages if isinstance(s.gpu_hours, Quantity)]
        if len(reported) > 1:
            several.append(model)
        if any(quantity.exact is None for quantity in reported):
            bounds.append(model)
    total = len(catalog.models)
    summed = f" Added up over their stages: {named(catalog, several)}." if several else ""
    return _figure(
        catalog,
        id,
        "Reported GPU hours over time",
        f"{len(points)} of {total} models, each by its paper's first version; for the other "
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
) -> Figure:
    models = catalog.models
    points = sorted(points, key=lambda point: (_day(catalog, point.model), point.model))
    kinds = used_kinds(catalog, (models[point.model].category for point in points))
    dots = tuple(
        Dot(
            models[point.model].name,
            _year(_day(catalog, point.model)),
            point.height,
            paths.model_path(point.model),
            point.said,
            models[point.model].category,
        )
        for point in points
    )
    rows = tuple(
        Row(
            paths.model_link(catalog, point.model),
            (
                Value(badge=paths.badge(catalog, models[point.model].category)),
                Value(str(models[point.model].published)),
                Value(point.text, sort=f"{point.height:g}"),
            ),
        )
        for point in points
    )
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
        ScatterDrawing(dots, "First version of the paper", axis, kinds),
        Table(f"{id}-numbers", about, columns, rows),
        kinds,
    )


def _loose(catalog: Catalog, bounds: Sequence[str]) -> str:
    if not bounds:
        return ""
    return f" Not exact, drawn at the number given: {named(catalog, bounds)}."


def _distinct(catalog: Catalog) -> list[stats.Rig]:
    """Gives one rig a model and total: stages that ran on the same rig are one point."""
    found: dict[tuple[str, float], stats.Rig] = {}
    for rig in stats.rigs(catalog):
        found.setdefault((rig.model, rig.total), rig)
    return list(found.values())


def amount(catalog: Catalog, rig: stats.Rig) -> str:
    """Writes the total of a rig as it is known: a bound stays a bound."""
    return str(catalog.models[rig.model].stages[rig.stage].total_memory)


def _said(catalog: Catalog, rig: stats.Rig) -> str:
    said = f"{amount(catalog, rig)} GB"
    if rig.cards is not None:
        said += f" in {plural(int(rig.cards), 'card')}"
    return said


def _day(catalog: Catalog, model: str) -> dt.date:
    return catalog.models[model].published.first


def _year(day: dt.date) -> float:
    length = dt.date(day.year + 1, 1, 1) - dt.date(day.year, 1, 1)
    return round(day.year + (day - dt.date(day.year, 1, 1)) / length, 4)
