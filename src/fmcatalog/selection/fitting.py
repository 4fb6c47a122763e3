"""What fits a rig: which models were trained on no more than one has. One rule, in words too.

A blank is never a no, and memory is never added up: cards are compared with cards, the memory of
one with the memory of one. ``docs/assets/finder/fitting.js`` is the same rule for the browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Quantity, Stage
from fmcatalog.records.quantities import Form, parse

Reported = Quantity | Missing | None


class Answer(StrEnum):
    """Where a model stands for a rig."""

    FITS = "fits"
    MORE_CARDS = "more-cards"
    DOES_NOT_FIT = "does-not-fit"
    UNKNOWN = "unknown"


WORDS = {
    Answer.FITS.value: "{said}",
    Answer.MORE_CARDS.value: "{said}: more cards than {count}",
    Answer.DOES_NOT_FIT.value: "{said}: more than {memory} GB a card",
    Answer.UNKNOWN.value: "{said}",
    "open": "{said}: too loose to compare with {count} × {memory} GB",
}
"""Why a stage stands where it stands; the browser fills in the same words."""

NO_FIGURE = "Neither the number of cards nor the memory of one is known"
"""Why nothing can be said of a model whose record gives no figure."""


@dataclass(frozen=True, slots=True)
class Rig:
    """What one has.

    Attributes:
        memory: Memory of one card in GB.
        count: Number of cards.
    """

    memory: float
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """What a reported quantity says of the number needed.

    Attributes:
        low: It is at least this.
        high: It is at most this; None where that is open.
        above: It is more than ``low``, not equal to it.
    """

    low: float
    high: float | None
    above: bool = False

    def within(self, have: float) -> bool | None:
        """Tells whether a number is enough: yes, no, or that it cannot be told."""
        if self.high is not None and self.high <= have:
            return True
        if self.low > have or (self.above and self.low >= have):
            return False
        return None


@dataclass(frozen=True, slots=True)
class Need:
    """A stage of training that reports a figure of its rig.

    Attributes:
        said: The stage and its rig in words, gaps named.
        count: The number of cards, where it is known.
        memory: The memory of one card in GB, where it is known.
    """

    said: str
    count: Span | None
    memory: Span | None

    def stands(self, rig: Rig) -> Answer:
        """Tells where the stage stands."""
        memory = self.memory.within(rig.memory) if self.memory else None
        if memory is False:
            return Answer.DOES_NOT_FIT
        count = self.count.within(rig.count) if self.count and memory else None
        if count is None:
            return Answer.UNKNOWN
        return Answer.FITS if count else Answer.MORE_CARDS

    def why(self, rig: Rig, found: Answer) -> str:
        """Tells why it stands there."""
        loose = found is Answer.UNKNOWN and self.memory and self.count
        template = WORDS["open" if loose else found.value]
        return template.format(said=self.said, count=rig.count, memory=f"{rig.memory:g}")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a model is known to have been trained on.

    Attributes:
        id: Its record.
        name: Its name.
        stages: The stages that report a figure.
        note: What is not known, or why nothing is.
    """

    id: str
    name: str
    stages: tuple[Need, ...]
    note: str

    def answer(self, rig: Rig) -> tuple[Answer, str]:
        """Tells where the model stands for a rig, and why."""
        found = self.stands(rig)
        return found, self.why(rig, found)

    def stands(self, rig: Rig) -> Answer:
        """Tells where the model stands for a rig.

        The stage that stands worst decides: one that does not fit, else one that cannot be told,
        else one on more cards.
        """
        each = [need.stands(rig) for need in self.stages]
        return next((answer for answer in _WORST_FIRST if answer in each), Answer.UNKNOWN)

    def why(self, rig: Rig, found: Answer) -> str:
        """Tells why it stands there."""
        reasons = [need.why(rig, found) for need in self.stages if need.stands(rig) is found]
        return "; ".join([*reasons, *([self.note] if self.note else [])])


_WORST_FIRST = (Answer.DOES_NOT_FIT, Answer.UNKNOWN, Answer.MORE_CARDS, Answer.FITS)


def needs(catalog: Catalog, id: str) -> Needs:
    """Reads what a model was trained on; a model that was only run was not trained on anything."""
    model = catalog.models[id]
    trained = [stage for stage in model.stages if stage.stage != "inference"]
    known = [stage for stage in trained if _figures(stage)]
    blank = [stage.stage.value for stage in trained if not _figures(stage)]
    if known:
        note = f"nothing known of the rig for {' and '.join(blank)}" if blank else ""
    else:
        run = [s for s in model.stages if s.stage == "inference" and _figures(s)]
        note = NO_FIGURE
        if run and not trained:
            note = f"Only run, not trained: {_rig(catalog, run[0])}"
    stages = tuple(
        Need(
            f"{stage.stage.value.capitalize()} on {_rig(catalog, stage)}",
            _span(stage.gpu_count),
            _span(stage.gpu_memory_gb),
        )
        for stage in known
    )
    return Needs(id, model.name, stages, note)


def fitting(catalog: Catalog, rig: Rig) -> dict[Answer, tuple[tuple[str, str], ...]]:
    """Gives the models in every group, each with its reason, in the order of the catalog."""
    found: dict[Answer, list[tuple[str, str]]] = {answer: [] for answer in Answer}
    for id in catalog.models:
        answer, reason = needs(catalog, id).answer(rig)
        found[answer].append((id, reason))
    return {answer: tuple(models) for answer, models in found.items()}


def as_data(found: Iterable[Needs]) -> dict[str, Any]:
    """Gives the models of which anything is known, and the words, for the browser."""
    return {"words": WORDS, "models": [_model(one) for one in found if one.note != NO_FIGURE]}


def _model(one: Needs) -> dict[str, Any]:
    stages = [
        {"said": need.said, "count": _ends(need.count), "memory": _ends(need.memory)}
        for need in one.stages
    ]
    return {"id": one.id, "name": one.name, "stages": stages, "note": one.note}


def _ends(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"low": span.low, "high": span.high, "above": span.above}


def _figures(stage: Stage) -> bool:
    values = (stage.gpu_count, stage.gpu_memory_gb, stage.total_gpu_memory_gb)
    return any(isinstance(value, Quantity) for value in values)


def _span(value: Reported) -> Span | None:
    """Reads a quantity as what is needed at most and at least; of several parts, the largest."""
    return _needed(value.text) if isinstance(value, Quantity) else None


@lru_cache(4096)  # a few hundred texts make up the numbers of ten thousand records
def _needed(text: str) -> Span:
    value = parse(text)
    no_floor = {Form.LESS_THAN, Form.AT_MOST}
    floors = [item for item in value.items if item.form not in no_floor]
    low = max((item.low.number for item in floors), default=Decimal(0))
    above = any(i.form is Form.MORE_THAN and i.low.number == low for i in floors)
    high = value.upper
    return Span(float(low), None if high is None else float(high), above)


def _rig(catalog: Catalog, stage: Stage) -> str:
    """Writes a rig in words: ``2 × RTX 2080 Ti, 11 GB each``."""
    named = isinstance(stage.gpu, str) and not isinstance(stage.gpu, Missing)
    term = catalog.term("gpu", catalog.resolve("gpu", str(stage.gpu)) or "") if named else None
    card = term.short if term else str(stage.gpu) if named else ""
    count, memory, total = stage.gpu_count, stage.gpu_memory_gb, stage.total_gpu_memory_gb
    one = isinstance(count, Quantity) and count.exact == 1
    if isinstance(count, Quantity):
        said = f"{count} × {card}" if card else f"{count} card{'' if one else 's'}"
    else:
        said = f"{card or 'cards'}, their number {_why(count)}"
    if isinstance(memory, Quantity):
        return f"{said}, {memory} GB{'' if one else ' each'}"
    if isinstance(total, Quantity):
        return f"{said}, {total} GB in all, not divided here"
    said += f", memory of a card {_why(memory)}"
    sizes = [str(size) for size in (term.memory_gb or ())] if term else []
    return said + (f" (sold with {' or '.join(sizes)} GB)" if sizes else "")


def _why(value: Reported) -> str:
    if isinstance(value, Missing):
        return value.value.replace("-", " ")
    return "not looked up"
