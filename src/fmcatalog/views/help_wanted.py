"""What the catalog owes its readers, and which file to open to pay some of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from fmcatalog.catalog import Catalog, model_file
from fmcatalog.stats import answers
from fmcatalog.views import paths
from fmcatalog.views.counted import number
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Column, Link, Outlink, Row, Table, Value
from fmcatalog.views.scope import scopes

SHOWN = 60
"""Records of one kind of debt that are named; the others are counted."""
OPEN = 10
"""Those of them that stand outside a fold."""


class Owed(NamedTuple):
    """A record that owes something.

    Attributes:
        model: Its page.
        values: What is owed.
        file: Its file.
        edit: Where to open the file; none where no forge is known.
    """

    model: Link
    values: str
    file: str
    edit: Outlink | None


@dataclass(frozen=True, slots=True)
class DebtKind:
    """One kind of debt.

    Attributes:
        id: Id of its section.
        label: What it is.
        wanted: What somebody can do about it.
        count: Values owed.
        records: Records that owe them.
        owed: The records that owe most.
        more: Those that come next.
        rest: How many records are not named.
    """

    id: str
    label: str
    wanted: str
    count: int
    records: int
    owed: tuple[Owed, ...]
    more: tuple[Owed, ...]
    rest: int


class HelpWantedView(NamedTuple):
    """What the page shows.

    Attributes:
        percent: Share of all questions that are answered with a source.
        parts: The numbers behind it, each with what it counts.
        tiers: Records, completeness and debts of each tier.
        kinds: What is owed, empty kinds too.
        least: The records that answer least.
    """

    percent: int
    parts: tuple[tuple[str, int], ...]
    tiers: Table
    kinds: tuple[DebtKind, ...]
    least: tuple[Owed, ...]


def view(catalog: Catalog, settings: Settings) -> HelpWantedView:
    """Makes the page of what is wanted."""
    whole = answers.whole(catalog)
    least = sorted(whole.records, key=lambda id: (whole.records[id], id))
    return HelpWantedView(
        whole.percent,
        (
            ("known", whole.known),
            ("not reported", whole.not_reported),
            ("not applicable", whole.not_applicable),
            ("not looked up", whole.missing),
            ("without a source", whole.unsourced),
        ),
        _tiers(catalog),
        tuple(_kind(catalog, settings, debt) for debt in answers.owed(catalog)),
        tuple(
            _owed(catalog, settings, id, f"{whole.records[id]} %")
            for id in least[:10]
            if whole.records[id] < 100
        ),
    )


def _tiers(catalog: Catalog) -> Table:
    """Makes the table of what each tier owes: a listed record is thin, and says so."""
    parts = scopes(catalog)
    shares = [answers.whole(catalog, scope.some).percent for scope in parts]
    rows = [
        Row(Link("Records", ""), tuple(number(len(scope.models)) for scope in parts)),
        Row(
            Link("Answered, with a source", ""),
            tuple(Value(f"{percent} %", sort=str(percent)) for percent in shares),
        ),
    ]
    for debt in answers.owed(catalog):
        counts = [sum(len(debt.models.get(id, ())) for id in scope.models) for scope in parts]
        rows.append(
            Row(Link(debt.label, f"help-wanted/#{debt.id}"), tuple(number(n) for n in counts))
        )
    return Table(
        "tiers",
        "What is owed, by how far the records were checked.",
        (
            Column("Of each tier", sortable=False),
            *(
                Column(scope.tier.label if scope.tier else "All tiers", numeric=True)
                for scope in parts
            ),
        ),
        tuple(rows),
    )


def _kind(catalog: Catalog, settings: Settings, debt: answers.Debt) -> DebtKind:
    named = tuple(
        _owed(catalog, settings, id, ", ".join(values))
        for id, values in tuple(debt.models.items())[:SHOWN]
    )
    return DebtKind(
        debt.id,
        debt.label,
        debt.wanted,
        debt.count,
        len(debt.models),
        named[:OPEN],
        named[OPEN:],
        len(debt.models) - len(named),
    )


def _owed(catalog: Catalog, settings: Settings, id: str, values: str) -> Owed:
    file = model_file(id)
    edit = Outlink(file, f"{settings.repository}/edit/main/{file}") if settings.repository else None
    return Owed(paths.model_link(catalog, id), values, file, edit)
