"""What training took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog, Tier
from fmcatalog.records import Missing, Quantity, Stage
from fmcatalog.records.quantities import plain
from fmcatalog.rules import reconciliation
from fmcatalog.rules.reconciliation import Verdict
from fmcatalog.views import finder, paths
from fmcatalog.views.counted import coverage, named, plural, unknowns, verb
from fmcatalog.views.figures import Figure
from fmcatalog.views.models import newest
from fmcatalog.views.over_time import hours_figure, memory_figure
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Column, Link, Row, Table, Value
from fmcatalog.views.scope import whole

MOST = 1000
"""Stages that the table has; of more, those of the newest models."""
SHOWN = 300
NAMED = 6
"""Models that a sentence names; more are counted."""
DIFFERING = (Verdict.EXPLAINED, Verdict.DIFFERS)


@dataclass(frozen=True, slots=True)
class Band:
    """Models by total memory of the rig they report: how many, and which."""

    label: str
    note: str
    models: tuple[Link, ...]
    count: int


class HardwareView(NamedTuple):
    """What the hardware page shows.

    Attributes:
        lede: How many report anything, how many nothing.
        caveat: What a reported rig does and does not mean.
        finder: What fits a rig.
        table: One row a stage of training.
        without: Models that no figure is known for.
        without_note: How many they are and of which kind.
        figure: Total memory over time.
        hours: GPU hours over time.
        bands: Models by total memory.
        notes: What the columns mean.
    """

    lede: str
    caveat: str
    finder: finder.FinderView
    table: Table
    without: tuple[Link, ...]
    without_note: str
    figure: Figure
    hours: Figure
    bands: tuple[Band, ...]
    notes: tuple[str, ...]


BANDS = (
    (24.0, "Up to 24 GB", "What one card of a workstation holds."),
    (48.0, "Over 24, up to 48 GB", "Two such cards, or one larger."),
    (320.0, "Over 48, up to 320 GB", "For example four cards of 80 GB: part of a server."),
    (640.0, "Over 320, up to 640 GB", "For example eight cards of 80 GB: a whole server."),
    (float("inf"), "Over 640 GB", "More than one server."),
)
"""Upper end in GB, name and remark of each band of total memory."""

COLUMNS = (
    Column("Model"),
    Column("GPU"),
    Column("Cards", numeric=True),
    Column("GB a card", numeric=True),
    Column("GB in all", numeric=True),
    Column("GPU hours", numeric=True),
    Column("Stage", fixed=True),
    Column("Input", sortable=False),
    Column("Batch", numeric=True),
    Column("Epochs", numeric=True),
    Column("Table 2", numeric=True),
)

NOTES = (
    (
        "GB in all: cards times the memory of one, computed here; where a source gives only the "
        "total, that. A bound stays a bound: >24 means more than 24. Where a factor is missing, or "
        "is a range or a list, there is no total."
    ),
    "GPU hours: hours times cards. Hours of different cards are not the same work.",
    "Input: pixels or voxels of an image, tokens of a text. Batch: over all cards.",
    (
        "Epochs: passes over the data. Where a source counts optimiser steps instead, these stand "
        "there in words, and the row is sorted as unknown."
    ),
    "A column is sorted by the smallest number of a range or list; unknown values come last.",
    (
        "Table 2: the row in which the survey prints the model, and how many of its cells differ "
        "from ours. The survey page says why, cell by cell. It cannot have a later model."
    ),
)


def view(catalog: Catalog, settings: Settings) -> HardwareView:  # noqa: ARG001 - as every page
    """Makes the hardware page."""
    printed = _printed(catalog)
    scope = whole(catalog)
    tally = stats.distribution(catalog, "gpu").tally
    stages = [(id, stage) for id, model in catalog.models.items() for stage in model.stages]
    with_rows = [id for id, model in catalog.models.items() if model.stages]
    shown = set(with_rows if len(stages) <= MOST else newest(catalog, with_rows, SHOWN))
    rows = tuple(_row(catalog, id, stage, printed.get(id)) for id, stage in stages if id in shown)
    without = [id for id, _ in catalog.unknown("gpu")]
    return HardwareView(
        lede=_lede(catalog, tally, printed),
        caveat=_caveat(catalog),
        finder=finder.view(catalog),
        table=Table(
            "training",
            f"{plural(len(stages), 'stage')} of {plural(len(with_rows), 'model')}, our values"
            + (f" (those of the newest {SHOWN} models)" if len(rows) < len(stages) else "")
            + "; "
            f"{len(catalog.models) - len(with_rows)} of {scope.counted()} have no row.",
            COLUMNS,
            rows,
        ),
        without=paths.some(without, partial(paths.model_link, catalog), gpu="unknown"),
        without_note=(
            f"No card is known for {len(without)} of {scope.counted()} "
            f"({unknowns(tally)}). A row above, if one has any, holds other figures only."
        ),
        figure=memory_figure(catalog, "memory", scope),
        hours=hours_figure(catalog, "hours", scope),
        bands=tuple(_bands(catalog)),
        notes=NOTES,
    )


def _bands(catalog: Catalog) -> Iterator[Band]:
    def link(rig: stats.Rig) -> Link:
        return paths.model_link(catalog, rig.model, rig.text)

    largest: dict[str, stats.Rig] = {}
    for rig in stats.rigs(catalog):
        if rig.model not in largest or rig.total > largest[rig.model].total:
            largest[rig.model] = rig
    exact = {id: rig for id, rig in largest.items() if rig.exact}
    low = 0.0
    for high, label, note in BANDS:
        inside = sorted(
            (rig for rig in exact.values() if low < rig.total <= high),
            key=lambda rig: (rig.total, rig.model),
        )
        yield Band(label, note, paths.some(inside, link), len(inside))
        low = high
    bounds = [rig for rig in largest.values() if not rig.exact]
    if bounds:
        some = paths.some(bounds, link)
        yield Band("Not an exact number", "Only a bound was reported.", some, len(bounds))
    rest = [id for id in catalog.models if id not in largest]
    if rest:
        yield Band(
            "Total not known",
            "The cards or the memory of one are missing, or no single number.",
            paths.some(rest, partial(paths.model_link, catalog)),
            len(rest),
        )


def _lede(catalog: Catalog, tally: stats.Tally, printed: Mapping[str, _Print]) -> str:
    said = coverage(tally, "name the card they ran on", whole(catalog).who)
    if not printed:
        return said
    outside = {*printed, *(id for id, _ in catalog.unknown("gpu"))}
    later = [id for id in catalog.models if id not in outside]
    said += f" {len(printed)} stand in the survey's Table 2"
    if later:
        said += f"; {verb(len(later), 'was', 'were')} read later"
        said += f": {named(catalog, later)}" if len(later) <= NAMED else ""
    return f"{said}."


def _caveat(catalog: Catalog) -> str:
    used = [
        id
        for id, model in catalog.models.items()
        if model.stages and all(stage.stage == "inference" for stage in model.stages)
    ]
    said = (
        "A reported rig is what the authors had, not the least that would do, and it says nothing "
        "of what running the model takes."
    )
    if used:
        said += (
            f" {verb(len(used), 'row is', 'rows are')} not about training: "
            f"{named(catalog, used) if len(used) <= NAMED else 'these models'} "
            f"{'was' if len(used) == 1 else 'were'} only run."
        )
    return said


class _Print(NamedTuple):
    """A model's row in Table 2, and how many of its cells differ from ours."""

    row: int
    differing: int


def _printed(catalog: Catalog) -> dict[str, _Print]:
    return {
        id: _Print(number, sum(cell.verdict in DIFFERING for cell in cells))
        for data in catalog.surveys.values()
        for number, (id, cells) in enumerate(reconciliation.table2(catalog, data), start=1)
        if id is not None
    }


def _row(catalog: Catalog, id: str, stage: Stage, printed: _Print | None) -> Row:
    return Row(
        paths.model_link(catalog, id),
        (
            _card(catalog, stage.gpu),
            _quantity(stage.gpu_count),
            _quantity(stage.gpu_memory_gb),
            _total(stage),
            _quantity(stage.gpu_hours),
            Value(stage.stage.value, sort=stage.stage.value),
            _input(stage),
            _quantity(stage.batch_size),
            _epochs(stage),
            _place(printed, surveyed=catalog.tier(id) is Tier.SURVEYED),
        ),
    )


def _place(printed: _Print | None, *, surveyed: bool) -> Value:
    if printed is None:
        return Value("not in it") if surveyed else Value(missing="not-applicable")
    note = verb(printed.differing, "differs", "differ") if printed.differing else ""
    link = Link(str(printed.row), f"survey/#table2-{printed.row}")
    return Value(links=(link,), sort=str(printed.row), note=note)


def _card(catalog: Catalog, gpu: str | Missing | None) -> Value:
    if gpu is None or isinstance(gpu, Missing):
        return Value(missing=paths.missing_word(gpu))
    link = paths.term_link(catalog, "gpu", gpu)
    return Value(links=(link,), sort=link.label)


def _total(stage: Stage) -> Value:
    """Shows a total, or why there is none: the first factor that is missing says it."""
    if stage.total_memory is not None:
        return _quantity(stage.total_memory)
    count, memory = stage.gpu_count, stage.gpu_memory_gb
    if isinstance(count, Quantity) and isinstance(memory, Quantity):
        return Value("no single number")
    return _quantity(memory if isinstance(count, Quantity) else count)


def _quantity(value: Quantity | Missing | None, unit: str = "") -> Value:
    if not isinstance(value, Quantity):
        return Value(missing=paths.missing_word(value))
    return Value(f"{value} {unit}".strip(), sort="" if unit else plain(value.sort_key))


def _input(stage: Stage) -> Value:
    if isinstance(stage.input_size, Quantity) or stage.sequence_length is None:
        return _quantity(stage.input_size)
    return _quantity(stage.sequence_length, "tokens")


def _epochs(stage: Stage) -> Value:
    if isinstance(stage.epochs, Quantity) or stage.iterations is None:
        return _quantity(stage.epochs)
    return _quantity(stage.iterations, "steps")
