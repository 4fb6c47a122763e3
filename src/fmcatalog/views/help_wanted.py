"""What the catalog owes its readers, and which file to open to pay some of it."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.catalog import Catalog, model_file
from fmcatalog.stats import answers
from fmcatalog.views import paths
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Link, Outlink

SHOWN = 60
"""Records of one kind of debt that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Owed:
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
        rest: How many records are not named.
    """

    id: str
    label: str
    wanted: str
    count: int
    records: int
    owed: tuple[Owed, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class HelpWantedView:
    """What the page shows.

    Attributes:
        percent: Share of all questions that are answered with a source.
        parts: The numbers behind it, each with what it counts.
        kinds: What is owed, empty kinds too.
        least: The records that answer least.
    """

    percent: int
    parts: tuple[tuple[str, int], ...]
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
        tuple(_kind(catalog, settings, debt) for debt in answers.owed(catalog)),
        tuple(
            _owed(catalog, settings, id, f"{whole.records[id]} %")
            for id in least[:10]
            if whole.records[id] < 100
        ),
    )


def _kind(catalog: Catalog, settings: Settings, debt: answers.Debt) -> DebtKind:
    named = tuple(debt.models.items())[:SHOWN]
    return DebtKind(
        debt.id,
        debt.label,
        debt.wanted,
        debt.count,
        len(debt.models),
        tuple(_owed(catalog, settings, id, ", ".join(values)) for id, values in named),
        len(debt.models) - len(named),
    )


def _owed(catalog: Catalog, settings: Settings, id: str, values: str) -> Owed:
    file = model_file(id)
    edit = Outlink(file, f"{settings.repository}/edit/main/{file}") if settings.repository else None
    return Owed(paths.model_link(catalog, id), values, file, edit)
