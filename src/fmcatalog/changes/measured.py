"""What can be counted of a catalog, and which of the counts two catalogs do not share."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fmcatalog import stats
from fmcatalog.catalog import Catalog, Loaded
from fmcatalog.diagnostics import Diagnostic
from fmcatalog.rules import check, debts, reconciliation
from fmcatalog.stats.gaps import grid

_CHARTS = (
    ("category", "Groups"),
    ("modality", "Modalities"),
    ("organ", "Organs"),
    ("task", "Tasks"),
    ("algorithm", "Algorithms"),
    ("gpu", "GPUs"),
)
_GRIDS = (("modality", "organ"), ("task", "organ"), ("category", "modality"))


@dataclass(frozen=True, slots=True)
class Moved:
    """A count that is not what it was."""

    label: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the bars that change.

    Attributes:
        title: What it shows.
        bars: The bars that change.
        longest: The largest count of the whole chart, before or after.
    """

    title: str
    bars: tuple[Moved, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A catalog in numbers.

    Attributes:
        charts: Title → label of a bar → count.
        totals: Label → count.
        cells: Two facets and a crossing, in words → count.
        owed: Record → number of values without a source.
        reconciled: What a survey's cells and rows come to → count.
        problems: Everything that is wrong.
    """

    charts: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]
    cells: Mapping[tuple[str, str, str], int]
    owed: Mapping[str, int]
    reconciled: Mapping[str, int]
    problems: tuple[Diagnostic, ...]


def measure(loaded: Loaded, catalog: Catalog, today: dt.date) -> Measured:
    """Counts a catalog.

    Args:
        loaded: As read, for what is wrong with it.
        catalog: The same, or mended so that more of it can be counted.
        today: The current day.
    """
    charts = {
        title: {
            c.label: c.count
            for c in (
                stats.groups(catalog)
                if facet == "category"
                else stats.distribution(catalog, facet).counts
            )
        }
        for facet, title in _CHARTS
    }
    charts["Timeline"] = {c.label: c.count for c in stats.quarters(catalog)}
    view = stats.overview(catalog)
    totals = {
        "models": view.models,
        "with public code": view.code,
        "with public weights": view.weights,
        "with training hardware": view.hardware,
        **{f"{tier.id} records": tier.count for tier in stats.tiers(catalog)},
    }
    cells: dict[tuple[str, str, str], int] = {}
    for down, across in _GRIDS:
        found = grid(catalog, down, across)
        names = {line.id: line.label for line in (*found.rows.lines, *found.columns.lines)}
        for (row, column), models in found.cells.items():
            if row in names and column in names:
                place = (f"{down} × {across}", names[row], names[column])
                cells[place] = models.bit_count()
    owed = {id: n for id, model in catalog.models.items() if (n := len(debts(model)))}
    problems = tuple(_checked(loaded, today))
    return Measured(charts, totals, cells, owed, _reconciled(catalog, problems), problems)


def _checked(loaded: Loaded, today: dt.date) -> list[Diagnostic]:
    try:
        return check(loaded, today)
    except KeyError:
        # A base from before a vocabulary existed cannot be judged by today's rules.
        return list(loaded.diagnostics)


def _reconciled(catalog: Catalog, problems: tuple[Diagnostic, ...]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for id, data in catalog.surveys.items():
        for _, cells in reconciliation.table2(catalog, data):
            found.update(f"{id}, Table 2: {_CELLS[cell.verdict]}" for cell in cells)
        found[f"{id}, errata"] = len(data.errata)
    found[_ROWS] = sum(d.code in _SURVEY_CODES for d in problems)
    return dict(sorted(found.items()))


def disagreeing(measured: Measured) -> int:
    """Counts what of the surveys the records contradict: cells, rows and counts."""
    wrong = (_ROWS, f": {_CELLS[reconciliation.Verdict.DIFFERS]}")
    return sum(n for label, n in measured.reconciled.items() if label.endswith(wrong))


_CELLS = {
    reconciliation.Verdict.EQUAL: "cells that agree",
    reconciliation.Verdict.DOUBTED: "cells that agree but are doubted",
    reconciliation.Verdict.EXPLAINED: "cells explained by an erratum",
    reconciliation.Verdict.DIFFERS: "cells that differ",
}
_SURVEY_CODES = frozenset({"F401", "F402", "F403", "F405"})
"""F404 is about cells, which are counted by themselves."""
_ROWS = "rows and counts that do not agree"


def moved(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Moved, ...]:
    """Gives the counts that differ, in the order of the newer ones."""
    labels = [*after, *(label for label in before if label not in after)]
    pairs = [(label, before.get(label, 0), after.get(label, 0)) for label in labels]
    return tuple(Moved(label, b, a) for label, b, a in pairs if b != a)


def charts(before: Measured, after: Measured) -> tuple[Chart, ...]:
    """Gives the charts that change, with the bars that do."""
    found = []
    for title, now in after.charts.items():
        then = before.charts.get(title, {})
        bars = moved(then, now)
        if bars:
            found.append(Chart(title, bars, max([*then.values(), *now.values()])))
    return tuple(found)


Fresh = tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]


def problems(before: Measured, after: Measured) -> Fresh:
    """Gives the diagnostics that came and those that went; a shifted line is neither."""
    old, new = Counter(map(_key, before.problems)), Counter(map(_key, after.problems))
    return _beyond(after.problems, old), _beyond(before.problems, new)


def _key(d: Diagnostic) -> tuple[str, str, str]:
    return (d.code, d.place.file, d.message)


def _beyond(
    found: tuple[Diagnostic, ...], known: Counter[tuple[str, str, str]]
) -> tuple[Diagnostic, ...]:
    left = Counter(known)
    fresh = []
    for d in found:
        if left[_key(d)] > 0:
            left[_key(d)] -= 1
        else:
            fresh.append(d)
    return tuple(fresh)
