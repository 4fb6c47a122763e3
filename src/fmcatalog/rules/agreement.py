"""How far a survey and the records agree: what the rules check, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fmcatalog.catalog import Catalog, SurveyData
from fmcatalog.records import Figure3Row, Table1Row
from fmcatalog.rules import reconciliation
from fmcatalog.rules.reconciliation import Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """What comparing one figure or table with the records gave.

    Attributes:
        cells: Things compared.
        equal: Agree, and no erratum doubts them.
        doubted: Agree, but an erratum doubts what is printed.
        explained: Differ, and an erratum says what is right.
        differs: Differ without one.
    """

    cells: int
    equal: int
    doubted: int = 0
    explained: int = 0
    differs: int = 0

    @property
    def agree(self) -> int:
        """Those that agree, doubted or not."""
        return self.equal + self.doubted


def table2(catalog: Catalog, data: SurveyData) -> Agreement:
    """Counts the cells of Table 2 by verdict."""
    found = Counter(
        cell.verdict for _, cells in reconciliation.table2(catalog, data) for cell in cells
    )
    return Agreement(
        found.total(),
        found[Verdict.EQUAL],
        found[Verdict.DOUBTED],
        found[Verdict.EXPLAINED],
        found[Verdict.DIFFERS],
    )


def members(catalog: Catalog, rows: Iterable[Figure3Row | Table1Row]) -> Agreement:
    """Counts the papers of Figure 3, or the networks of Table 1, that stand in the same group."""
    same = [
        row.model in catalog.models and catalog.models[row.model].category == row.category
        for row in rows
    ]
    return _counted(same)


def figure1a(catalog: Catalog, data: SurveyData) -> Agreement:
    """Counts the groups whose printed number of papers the records give."""
    models = catalog.models
    found = Counter(models[r.model].category for r in data.figure3 if r.model in models)
    return _counted([found[group] == count for group, count in data.survey.figure1a.items()])


def _counted(same: list[bool]) -> Agreement:
    return Agreement(len(same), sum(same), differs=len(same) - sum(same))
