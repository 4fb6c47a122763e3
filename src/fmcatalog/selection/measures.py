"""What one can set limits to: numbers that papers report as exact, range, bound or list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fmcatalog.records import Missing, Model, Quantity
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
        read: What is known of it for a model.
    """

    key: str
    label: str
    unit: str
    read: Callable[[Model], Bounds]


def _lower(quantity: Quantity) -> Decimal | None:
    no_floor = {Form.LESS_THAN, Form.AT_MOST}
    return max((i.low.number for i in quantity.items if i.form not in no_floor), default=None)


def _known(values: Sequence[Reported]) -> list[Quantity]:
    return [v for v in values if isinstance(v, Quantity)]


def _why(model: Model, values: Sequence[Reported]) -> Missing | None:
    return next((v for v in (model.training, *values) if isinstance(v, Missing)), None)


def _largest(model: Model, values: Sequence[Reported]) -> Bounds:
    """Takes the largest over all stages that report it; no upper end where one is left open."""
    known = _known(values)
    if not known:
        return Bounds(missing=_why(model, values))
    lows = [low for q in known if (low := _lower(q)) is not None]
    highs = [q.upper for q in known]
    ends = [high for high in highs if high is not None]
    return Bounds(
        float(max(lows)) if lows else None,
        float(max(ends)) if len(ends) == len(highs) else None,
        str(max(known, key=lambda q: (q.largest, q.sort_key))),
    )


def _sum(model: Model, values: Sequence[Reported]) -> Bounds:
    """Adds up all stages that report it; an end that one leaves open is open."""
    known = _known(values)
    if not known:
        return Bounds(missing=_why(model, values))
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


def hours(model: Model) -> float | None:
    """Adds up the GPU hours of all stages that report them; None where none does, or no limit."""
    return _sum(model, [s.gpu_hours for s in model.stages]).high


MEASURES = (
    Measure(
        "gpus", "GPUs", "cards", lambda m: _largest(m, [stage.gpu_count for stage in m.stages])
    ),
    Measure(
        "gpu-memory",
        "Memory per card",
        "GB",
        lambda m: _largest(m, [stage.gpu_memory_gb for stage in m.stages]),
    ),
    Measure(
        "total-memory",
        "Total memory",
        "GB",
        lambda m: _largest(m, [stage.total_memory or _factor(stage) for stage in m.stages]),
    ),
    Measure(
        "gpu-hours", "GPU hours", "h", lambda m: _sum(m, [stage.gpu_hours for stage in m.stages])
    ),
)
"""Every number one can set limits to, in the order people meet them."""


def _factor(stage: object) -> Missing | None:
    """Says why a stage has no total: the kind of missing of the first factor that is missing."""
    keys = ("gpu_memory_gb", "gpu_count", "total_gpu_memory_gb")
    values = [getattr(stage, key) for key in keys]
    return next((v for v in values if isinstance(v, Missing)), None)
