"""What changed in the catalog, and in what the survey says: from the data, newest first.

A record tells when its sources were first read and which of its values were mended; an erratum
tells which value of the survey is wrong. Nothing is taken from the history of files, so every
copy of the data tells the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fmcatalog.catalog import Catalog, remembered


class Event(StrEnum):
    """What kind of change it is."""

    ADDED = "added"
    CORRECTED = "corrected"
    ERRATUM = "erratum"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        id: Its name, for ever: ``medsam``, ``medsam/2027-01-09/licence.code``,
            ``azad-2023/t2-19-input``.
        date: Its day; the first of the month where the day is not known.
        event: What kind it is.
        models: The records it is about.
        name: What it is called: the name of the model, or the place in the survey.
        field: The value that changed; empty where it is a whole record or a place of the survey.
        old: What stood there.
        new: What stands there now.
        reason: Why.
        source: What says so: a survey's id, ``arxiv:…``, ``doi:…`` or an address.
        locator: Where in it.
    """

    id: str
    date: dt.date
    event: Event
    models: tuple[str, ...]
    name: str
    field: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    source: str = ""
    locator: str = ""


@remembered
def history(catalog: Catalog) -> tuple[Change, ...]:
    """Gives every change, newest first; those of one day in the order of their names."""
    found = [*_added(catalog), *_corrected(catalog), *_errata(catalog)]
    found.sort(key=lambda change: change.id)
    return tuple(sorted(found, key=lambda change: change.date, reverse=True))


def _added(catalog: Catalog) -> Iterator[Change]:
    for id, model in catalog.models.items():
        yield Change(id, model.added.first, Event.ADDED, (id,), model.name)


def _corrected(catalog: Catalog) -> Iterator[Change]:
    for id, model in catalog.models.items():
        seen: dict[str, int] = {}
        for one in model.corrections or ():
            name = f"{id}/{one.date}/{one.field}"
            seen[name] = seen.get(name, 0) + 1
            yield Change(
                name if seen[name] == 1 else f"{name}/{seen[name]}",
                one.date.first,
                Event.CORRECTED,
                (id,),
                model.name,
                one.field,
                _line(one.old),
                _line(one.new),
                _line(one.reason),
                one.source or "",
            )


def _errata(catalog: Catalog) -> Iterator[Change]:
    """Gives the errata that say what is right; a mere doubt corrects nothing."""
    for survey, data in catalog.surveys.items():
        read = [
            source.accessed.first
            for model in catalog.models.values()
            for source in model.sources
            if source.source == survey
        ]
        first = min(read, default=data.survey.published.first)
        for one in data.errata:
            printed, right = map(_line, one.told)
            if right and right != printed:
                yield Change(
                    f"{survey}/{one.id}",
                    one.found.first if one.found else first,
                    Event.ERRATUM,
                    tuple(id for id in one.models or () if id in catalog.models),
                    _line(one.place),
                    old=printed,
                    new=right,
                    reason=_line(one.reason),
                    source=one.source or "",
                    locator=one.locator or "",
                )


def _line(text: str) -> str:
    return " ".join(text.split())


__all__ = ["Change", "Event", "history"]
