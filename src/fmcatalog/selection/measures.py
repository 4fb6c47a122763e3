"""What one can set limits to: numbers that papers report as exact, range, bound or list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from fmcatalog.records import Missing, Model, Quantity, Stage
from fmcatalog.records.quantities import Form, plain

Reported = Quantity | Missing | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of a number.

    Attributes:
        low: It is known to be at least this; None where that is not known.
        high: It is known to be at most this; None where that is not known.
        text: As reported.
        missing: Why nothing is known; None also where nobody looked.
    """

    low: float | None = None
    high: float | None = None
    text: str = ""
    missing: Missing | None = None

    def within(self, least: float | None, most: float | None) -> bool:
        """Tells whether the number is known to lie within limits; None is no limit."""
        return (least is None or (self.low is not None and self.low >= least)) and (
            most is None or (self.high is not None and self.high <= most)
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of a model.

    Attributes:
        key: Its name in an address and on the command line, behind ``min-`` or ``max-``.
        label: What people read.
        unit: Its unit.
        values: What the stages of a model report of it.
        known: What is known of it by what all stages report.
    """

    key: str
    label: str
    unit: str
    values: Callable[[Model], list[Reported]]
    known: Callable[[Sequence[Reported]], Bounds]

    def read(self, model: Model) -> Bounds:
        """Tells what is known of it for a model."""
        values = self.values(model)
        # A few hundred texts make up the numbers of ten thousand models.
        said = (self.key, *[v.text if isinstance(v, Quantity) else v for v in values])
        bounds = _READ.get(said)
        if bounds is None:
            bounds = _READ[said] = self.known(values)
        return bounds


_READ: dict[tuple[str | None, ...], Bounds] = {}


def _lower(quantity: Quantity) -> Decimal | None:
    no_floor = {Form.LESS_THAN, Form.AT_MOST}
    return max((i.low.number for i in quantity.items if i.form not in no_floor), default=None)


def _known(values: Sequence[Reported]) -> list[Quantity]:
    return [v for v in values if isinstance(v, Quantity)]


def _why(values: Sequence[Reported]) -> Missing | None:
    return next((v for v in values if isinstance(v, Missing)), None)


def _largest(values: Sequence[Reported]) -> Bounds:
    """Takes the largest over all stages that report it; no upper end where one is left open."""
    known = _known(values)
    if not known:
        return Bounds(missing=_why(values))
    lows = [low for q in known if (low := _lower(q)) is not None]
    highs = [q.upper for q in known]
    ends = [high for high in highs if high is not None]
    return Bounds(
        float(max(lows)) if lows else None,
        float(max(ends)) if len(ends) == len(highs) else None,
        str(max(known, key=lambda q: (q.largest, q.sort_key))),
    )


def _sum(values: Sequence[Reported]) -> Bounds:
    """Adds up all stages that report it; an end that one leaves open is open."""
    known = _known(values)
    if not known:
        return Bounds(missing=_why(values))
    low = sum((_lower(q) or Decimal(0) for q in known), Decimal(0))
    highs = [q.upper for q in known]
    ends = [high for high in highs if high is not None]
    high = sum(ends, Decimal(0)) if len(ends) == len(highs) else None
    return Bounds(
        float(low) if low else None,
        None if high is None else float(high),
        str(known[0]) if len(known) == 1 else _written(known, low, high),
    )


def _written(known: Sequence[Quantity], low: Decimal, high: Decimal | None) -> str:
    if high is None:
        return f">{plain(low)}"
    about = any(item.form is Form.ABOUT for q in known for item in q.items)
    return ("~" if about else "") + (plain(low) if low == high else f"{plain(low)}-{plain(high)}")


def _stages(read: Callable[[Stage], Reported]) -> Callable[[Model], list[Reported]]:
    """Asks each stage; where there is none, why there is none."""

    def values(model: Model) -> list[Reported]:
        training = model.training
        return list(map(read, training)) if isinstance(training, tuple) else [training]

    return values


def _total(stage: Stage) -> Reported:
    return stage.total_memory or _factor(stage)


def _factor(stage: Stage) -> Missing | None:
    """Says why a stage has no total: the kind of missing of the first factor that is missing."""
    for value in (stage.gpu_memory_gb, stage.gpu_count, stage.total_gpu_memory_gb):
        if isinstance(value, Missing):
            return value
    return None


MEASURES = (
    Measure("gpus", "GPUs", "cards", _stages(attrgetter("gpu_count")), _largest),
    Measure("gpu-memory", "Memory per card", "GB", _stages(attrgetter("gpu_memory_gb")), _largest),
    Measure("total-memory", "Total memory", "GB", _stages(_total), _largest),
    Measure("gpu-hours", "GPU hours", "h", _stages(attrgetter("gpu_hours")), _sum),
)
"""Every number one can set limits to, in the order people meet them."""


def hours(model: Model) -> float | None:
    """Adds up the GPU hours of all stages that report them; None where none does, or no limit."""
    return MEASURES[-1].read(model).high
