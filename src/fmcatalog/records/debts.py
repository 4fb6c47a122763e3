"""Which values of a record no source covers."""

from __future__ import annotations

from fmcatalog.records.base import Shape
from fmcatalog.records.model import Model

UNSOURCED = frozenset({"sources", "reviewed", "corrections"})
"""Keys that need no source: they are about the record, not about the model."""


def values(model: Model) -> list[str]:
    """Gives the keys of a record that hold a value."""
    return [key for key, value in model.__dict__.items() if value is not None]


def parts(model: Model, key: str) -> list[str]:
    """Gives the dotted parts of a key that hold a value; nothing for a plain value."""
    value = getattr(model, key, None)
    if key == "training" and isinstance(value, tuple):
        found = []
        for stage in value:
            keys = [k for k, v in stage.__dict__.items() if v is not None and k != "stage"]
            found += [f"{stage.stage}.{k}" for k in keys]
        return found
    if isinstance(value, Shape):
        return [k for k, v in value.__dict__.items() if v is not None]
    return []


def covered(model: Model) -> set[str]:
    """Gives the names of all values that a source is said to cover."""
    return set().union(*[source.fields for source in model.sources])


def debts(model: Model) -> list[str]:
    """Lists the values of a record that no source covers, as dotted names."""
    named = covered(model)
    owed: list[str] = []
    for key in values(model):
        if key in UNSOURCED or key in named:
            continue
        named_parts = parts(model, key)
        inner = [
            p
            for p in named_parts
            if f"{key}.{p}" not in named and f"{key}.{p.split('.')[0]}" not in named
        ]
        if not named_parts:
            owed.append(key)
        owed += [f"{key}.{p}" for p in inner]
    return owed
