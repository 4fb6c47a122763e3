"""What a record says, value by value, whatever the shape of its time: and how two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NAMED = {"training": ("stage",), "builds_on": ("model",), "datasets": ("dataset", "use")}
"""Lists of mappings whose items go by a name."""

Leaf = str | tuple[str, ...]
"""One text, or a list of texts."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that is not what it was.

    Attributes:
        name: Dotted name, such as ``training.fine-tuning.epochs``.
        before: The old value; None where there was none.
        after: The new value; None where there is none.
        sources: What the record names as the source of the value now.
        same: Whether the sources of the value are, word by word, those of before.
    """

    name: str
    before: Leaf | None
    after: Leaf | None
    sources: tuple[str, ...] = ()
    same: bool = False


def leaves(record: Mapping[str, Any]) -> dict[str, Leaf]:
    """Gives every value of a record but its sources, by dotted name, in the record's order."""
    found: dict[str, Leaf] = {}
    for key, value in record.items():
        if key != "sources":
            _collect(str(key), value, found)
    return found


def _collect(name: str, value: Any, found: dict[str, Leaf]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _collect(f"{name}.{key}", inner, found)
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        keys = _NAMED.get(name, ("id",))
        seen: dict[str, int] = {}
        for item in value:
            inner = item if isinstance(item, dict) else {"": item}
            label = " ".join(str(inner[k]) for k in keys if isinstance(inner.get(k), str)) or "?"
            seen[label] = seen.get(label, 0) + 1
            full = f"{name}.{label}" + (f" no. {seen[label]}" if seen[label] > 1 else "")
            rest = {k: v for k, v in inner.items() if k not in keys}
            if rest:
                _collect(full, rest, found)
            else:
                found[full] = "yes"
    elif isinstance(value, list):
        found[name] = tuple(str(item) for item in value)
    else:
        found[name] = str(value)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Changed, ...]:
    """Gives the values in which two records differ, in the order of the newer one."""
    old, new = leaves(before), leaves(after)
    names = [*new, *(n for n in old if n not in new)]
    found = []
    for name in names:
        if old.get(name) != new.get(name):
            now, then = _sources(after, name), _sources(before, name)
            found.append(Changed(name, old.get(name), new.get(name), now, now == then))
    return tuple(found)


def _sources(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Gives the sources that a record names for a value, each with its place."""
    entries = record.get("sources")
    found = []
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("fields"), list):
            continue
        if any(isinstance(f, str) and _covers(f, name) for f in entry["fields"]):
            about = (entry.get("source"), _cut(entry.get("locator")), entry.get("accessed"))
            found.append(", ".join(a for a in about if isinstance(a, str)))
    return tuple(found)


def _cut(locator: object) -> object:
    """Keeps room for the day of reading, which stands behind it."""
    long = isinstance(locator, str) and len(locator) > _LOCATOR
    return f"{locator[: _LOCATOR - 1]}…" if long and isinstance(locator, str) else locator


_LOCATOR = 60


def parents(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Gives the ids that a record names as those it builds on."""
    items = listed(record.get("builds_on"))
    return tuple(text(item, "model") for item in items if isinstance(item, dict))


def followed(record: Mapping[str, Any], ids: Mapping[str, str]) -> Mapping[str, Any]:
    """Gives a record with the new ids of its parents, so that a renaming is told only once."""
    if not set(parents(record)) & set(ids):
        return record
    items = [
        {**item, "model": ids.get(text(item, "model"), item.get("model"))}
        if isinstance(item, dict)
        else item
        for item in listed(record["builds_on"])
    ]
    return {**record, "builds_on": items}


def _covers(field: str, name: str) -> bool:
    return name == field or name.startswith((f"{field}.", f"{field} "))


def listed(value: object) -> Sequence[Any]:
    """Gives a list's items, or nothing where there is no list."""
    return value if isinstance(value, list) else ()


def text(record: Mapping[str, Any], key: str) -> str:
    """Gives a text of a record; empty where there is none."""
    value = record.get(key)
    return value if isinstance(value, str) else ""
