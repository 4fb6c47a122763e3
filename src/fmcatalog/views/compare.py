"""Models side by side: rows that differ, rows that are equal, and what needs no script.

The script reads what it shows from the models' own pages; it only has to be told their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.records.writing import json_text
from fmcatalog.views import paths
from fmcatalog.views.columns import Cell, Side, side
from fmcatalog.views.model import ModelView
from fmcatalog.views.parts import Badge

MOST = 6
"""Most models that stand side by side."""

COMPARE = "compare/"
"""The page that compares the models in its address."""

NAMES = "assets/compare/names.json"
"""Id, name and group of every model: what the script picks from."""

SCRIPT = "assets/compare/compare.js"
"""The module that starts."""

AHEAD = ("assets/compare/compare.css", NAMES, SCRIPT, "assets/explore/dom.js")
"""What a visit cannot do without."""

TABLED = frozenset({"kind", "training", "open"})
"""Sections that the ready-made tables have."""


class Row(NamedTuple):
    """A row of a comparison: its label, whether it differs, and a cell a model."""

    key: str
    label: str
    differs: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a comparison that belong together; the equal ones are counted, not shown."""

    key: str
    label: str
    rows: tuple[Row, ...]


class Ready(NamedTuple):
    """A comparison that stands on the page without a script.

    Attributes:
        id: Id on its page.
        sides: Its columns.
        groups: Rows that differ.
        equal: Rows that are equal.
        differ: How many differ.
        path: The same as an address.
    """

    id: str
    sides: tuple[Side, ...]
    groups: tuple[Rows, ...]
    equal: tuple[Row, ...]
    differ: int
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its ready-made comparisons; ``rest`` counts the members left out."""

    badge: Badge
    count: int
    tables: tuple[Ready, ...]
    rest: int
    explore: str


class CompareView(NamedTuple):
    """What the page shows without a script: ready-made comparisons."""

    groups: tuple[Group, ...]
    most: int
    names: str = NAMES
    script: str = SCRIPT


def names(catalog: Catalog) -> Artifact:
    """Makes the list that the script picks from."""
    found = [
        [id, model.name, paths.badge(catalog, model.category).label]
        for id, model in catalog.models.items()
    ]
    return Artifact(NAMES, json_text({"models": found}))


def view(catalog: Catalog, seen: Callable[[str], ModelView]) -> CompareView:
    """Makes the page.

    Args:
        catalog: The catalog.
        seen: Makes the view of a model's page.
    """
    groups = []
    for term in catalog.terms.get("category", {}):
        members = catalog.members("category", term)
        if len(members) > 1 and not catalog.narrower("category", term):
            groups.append(_group(catalog, term, members, seen))
    return CompareView(tuple(groups), MOST)


def _group(
    catalog: Catalog, term: str, members: Sequence[str], seen: Callable[[str], ModelView]
) -> Group:
    # Tables of about the same width; of a very large group only the first one.
    parts = -(-len(members) // MOST)
    width = -(-len(members) // parts) if parts <= MOST // 2 else MOST
    shown = members if parts <= MOST // 2 else members[:MOST]
    sides = [side(seen(id), catalog.models[id]) for id in shown]
    tables = tuple(
        ready(f"{term}-{start // width + 1}", sides[start : start + width])
        for start in range(0, len(sides), width)
    )
    return Group(
        paths.badge(catalog, term),
        len(members),
        tables,
        len(members) - len(shown),
        paths.explore_path(category=term),
    )


def ready(id: str, sides: Sequence[Side]) -> Ready:
    """Makes the ready-made comparison of some models: what they are, training and openness."""
    whole = [rows for rows in side_by_side(sides) if rows.key.partition(":")[0] in TABLED]
    differing = [replace(g, rows=tuple(row for row in g.rows if row.differs)) for g in whole]
    return Ready(
        id,
        tuple(sides),
        tuple(rows for rows in differing if rows.rows),
        tuple(row for rows in whole for row in rows.rows if not row.differs),
        sum(len(rows.rows) for rows in differing),
        f"{COMPARE}?models={','.join(one.id for one in sides)}",
    )


def side_by_side(sides: Sequence[Side]) -> tuple[Rows, ...]:
    """Puts the rows of some models beside each other; the script on the page does the same."""
    labels = {s.key: s.label for one in sides for s in one.sections}
    found = []
    for key in merged([[s.key for s in one.sections] for one in sides]):
        columns = [{s.key: s for s in one.sections}.get(key) for one in sides]
        lines = [s.lines if s else () for s in columns]
        names = {line.key: line.label for column in lines for line in column}
        rows = []
        for line in merged([[one.key for one in column] for column in lines]):
            cells = tuple(
                next((one.cell for one in column if one.key == line), _hole(of, key, bool(column)))
                for of, column in zip(sides, lines, strict=True)
            )
            rows.append(Row(line, names[line], len({c.same for c in cells}) > 1, cells))
        found.append(Rows(key, labels[key], tuple(rows)))
    return tuple(found)


def _hole(side: Side, section: str, known: bool) -> Cell:
    return side.no_stage if section.startswith("training:") and not known else side.empty


def merged(lists: Iterable[Sequence[str]]) -> list[str]:
    """Joins lists of keys into one: a new key stands behind the one it follows in its list."""
    whole: list[str] = []
    for keys in lists:
        place = 0
        for key in keys:
            if key in whole:
                place = whole.index(key) + 1
            else:
                whole.insert(place, key)
                place += 1
    return whole
