"""How complete records are: what is asked of each, what is answered, and what the catalog owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import Missing, Model, Shape
from fmcatalog.records.debts import debts

State = Literal["known", "not-reported", "not-applicable", "missing"]
"""What a record says to a question; missing is no word at all."""

QUESTIONS = (
    "title",
    "authors",
    "published",
    "category",
    "identifiers",
    "links.paper",
    "links.code",
    "links.weights",
    "licence.code",
    "licence.weights",
    "modalities",
    "organs",
    "tasks",
    "algorithms",
    "builds_on",
    "datasets",
    "parameters",
    "summary",
    "key_ideas",
    "use_cases",
    "limitations",
    "training.gpu",
    "training.gpu_count",
    "training.gpu_memory_gb",
    "training.gpu_hours",
    "training.input_size",
    "training.batch_size",
    "training.epochs",
)
"""What is asked of every record. A part of training is answered where any stage answers it."""

_INSTEAD = {
    "gpu_memory_gb": ("total_gpu_memory_gb",),
    "input_size": ("sequence_length",),
    "epochs": ("iterations",),
}


_ASKED = tuple(
    (question, key, (part, *_INSTEAD.get(part, ())) if part else ())
    for question in QUESTIONS
    for key, _, part in [question.partition(".")]
)
"""Each question with its key, and the parts that answer it."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What one record answers; records that answer the same share it.

    Attributes:
        states: Question → what the record says to it, in the order of the questions.
        unsourced: The answered questions for which no source, or not for all of it, is named.
        owed: The values that no source covers, as dotted names.
    """

    states: Mapping[str, State]
    unsourced: tuple[str, ...]
    owed: tuple[str, ...]

    def of(self, state: State) -> tuple[str, ...]:
        """Gives the questions in a state."""
        return tuple(q for q, s in self.states.items() if s == state)

    @property
    def asked(self) -> int:
        """Number of questions."""
        return len(self.states)

    @property
    def answered(self) -> int:
        """Number of questions answered (by a value or by why there is none) with a source."""
        return self.asked - len(self.of("missing")) - len(self.unsourced)

    @property
    def percent(self) -> int:
        """Share of questions answered with a source, rounded down: 100 means all."""
        return 100 * self.answered // self.asked


@remembered
def of_record(catalog: Catalog, id: str) -> Answers:
    """Looks at what the record of a model answers."""
    model = catalog.models[id]
    alike = _deciding(model)
    known = _ALIKE.get(alike)
    if known is None:
        found = answers(model)
        # Those that are not alike may answer the same.
        known = _KNOWN.setdefault((*found.states.values(), *found.owed), found)
        _ALIKE[alike] = known
    return known


_KNOWN: dict[tuple[str, ...], Answers] = {}
_ALIKE: dict[tuple[object, ...], Answers] = {}


def _deciding(model: Model) -> tuple[object, ...]:
    """Gives what decides on the answers, in which thousands of records are alike.

    That is which values are there, by which names, and which of them sources cover.
    """
    stages = model.stages
    return (
        *map(_there, (model, *_parts(model), *stages)),
        *[stage.stage for stage in stages],
        *[source.fields for source in model.sources],
    )


_parts = attrgetter("venue", "identifiers", "links", "licence")
"""Gives the values of a record that have parts, beside its stages of training."""


def answers(model: Model) -> Answers:
    """Looks at what a record answers.

    Args:
        model: The record.
    """
    # Which values are there decides, and thousands of records have the same ones.
    shapes = (model, model.links, model.licence, *model.stages)
    there = tuple(map(_there, shapes))
    states = _STATES.get(there)
    if states is None:
        states = {question: _state(model, key, parts) for question, key, parts in _ASKED}
        _STATES[there] = states
    owed = tuple(debts(model))
    unsourced = tuple(
        q for q, s in states.items() if s != "missing" and any(_about(q, o) for o in owed)
    )
    return Answers(states, unsourced if owed else (), owed)


_STATES: dict[tuple[object, ...], Mapping[str, State]] = {}


def _there(shape: Shape | None) -> tuple[object, ...] | None:
    """Tells which values a shape has, by their types, and why it has not the others."""
    if shape is None:
        return None
    values = shape.__dict__.values()
    types = tuple(map(type, values))
    if Missing not in types:
        return types
    return tuple([v if v.__class__ is Missing else v.__class__ for v in values])


def _about(question: str, name: str) -> bool:
    key, _, part = question.partition(".")
    words = name.split(".")
    if words[0] != key:
        return False
    return not part or len(words) == 1 or words[-1] in {part, *_INSTEAD.get(part, ())}


def _state(model: Model, key: str, parts: tuple[str, ...]) -> State:
    value = getattr(model, key)
    if not parts or value is None or isinstance(value, Missing):
        return _kind(value)
    holders = value if isinstance(value, tuple) else (value,)
    found = [_kind(getattr(holder, part)) for holder in holders for part in parts]
    order: tuple[State, ...] = ("known", "not-reported", "not-applicable")
    return next((state for state in order if state in found), "missing")


def _kind(value: object) -> State:
    if value is None:
        return "missing"
    if isinstance(value, Missing):
        return "not-reported" if value is Missing.NOT_REPORTED else "not-applicable"
    return "known"


@dataclass(frozen=True, slots=True)
class Debt:
    """One kind of thing that the catalog owes.

    Attributes:
        id: Its id.
        label: What it is, as a heading.
        wanted: What somebody can do about it.
        models: Record → the names of the values that are owed, most owed first.
        count: Number of values owed.
    """

    id: str
    label: str
    wanted: str
    models: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """Number of values owed."""
        return sum(map(len, self.models.values()))


Named = Callable[[Model, Answers], Sequence[str]]
"""Names the values that a record owes."""


def _absent(*keys: str) -> Named:
    return lambda _, found: [key for key in keys if found.states[key] == "missing"]


_OWED: tuple[tuple[str, str, str, Named], ...] = (
    (
        "unsourced",
        "Values without a source",
        "Find where it says so, and name the value in the fields of that source.",
        lambda _, found: found.owed,
    ),
    (
        "links",
        "Links nobody has looked for",
        "Look for the paper, the code and the weights: write the address, or not-reported.",
        _absent("links.paper", "links.code", "links.weights"),
    ),
    (
        "modalities",
        "Modalities unknown",
        "Read what images it takes: write terms of the modality vocabulary, or not-reported.",
        _absent("modalities"),
    ),
    (
        "organs",
        "Organs unknown",
        "Read which parts of the body it is for: write terms, or not-applicable.",
        _absent("organs"),
    ),
    (
        "training",
        "Training not looked up",
        "Read what training took: card, count, hours, one block a stage, as reported.",
        lambda model, _: ["training"] if model.training is None else [],
    ),
    (
        "values",
        "Other values not looked up",
        "Read the paper with these in mind: write the value, not-reported or not-applicable.",
        _absent(
            *(
                q
                for q in QUESTIONS
                if not q.startswith(("links.", "training.", "modalities", "organs"))
            )
        ),
    ),
    (
        "reviewed",
        "Records one person has read",
        "Read the sources of the record; if you find the same, write reviewed: true.",
        lambda model, _: [] if model.reviewed else ["reviewed"],
    ),
)


@remembered
def owed(catalog: Catalog) -> tuple[Debt, ...]:
    """Gives what the catalog owes, each kind with the records it is owed by."""
    # Of records that are alike one is asked.
    alike: dict[tuple[Answers, bool, bool], tuple[Model, list[str]]] = {}
    for m, model in catalog.models.items():
        key = (of_record(catalog, m), model.training is None, bool(model.reviewed))
        alike.setdefault(key, (model, []))[1].append(m)
    found = []
    for id, label, wanted, names in _OWED:
        each: dict[str, tuple[str, ...]] = {}
        for (said, *_), (model, models) in alike.items():
            if owed := tuple(names(model, said)):
                each |= dict.fromkeys(models, owed)
        order = sorted(each, key=lambda m: (-len(each[m]), m))
        found.append(Debt(id, label, wanted, {m: each[m] for m in order}))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Whole:
    """How complete the whole is.

    Attributes:
        percent: Share of all questions that are answered with a source, rounded down.
        known: Questions answered by a value.
        not_reported: Looked for, and no source says it.
        not_applicable: The question does not arise.
        missing: Not looked up.
        unsourced: Answered, without a source.
        records: Record → percent.
    """

    percent: int
    known: int
    not_reported: int
    not_applicable: int
    missing: int
    unsourced: int
    records: Mapping[str, int]


@remembered
def whole(catalog: Catalog, models: Sequence[str] | None = None) -> Whole:
    """Adds up what records answer; all of them when `models` is None."""
    chosen = catalog.models if models is None else models
    each = {id: of_record(catalog, id) for id in chosen}
    often = Counter(each.values())
    asked = sum(n * a.asked for a, n in often.items())
    answered = sum(n * a.answered for a, n in often.items())

    def count(state: State) -> int:
        return sum(n * len(a.of(state)) for a, n in often.items())

    percent = {a: a.percent for a in often}
    return Whole(
        100 * answered // asked if asked else 100,
        count("known"),
        count("not-reported"),
        count("not-applicable"),
        count("missing"),
        sum(n * len(a.unsourced) for a, n in often.items()),
        {id: percent[a] for id, a in each.items()},
    )
