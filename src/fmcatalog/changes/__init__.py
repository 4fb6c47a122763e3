"""The difference of two catalogs, as values: what a pull request does, before anyone reads YAML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fmcatalog.catalog import MODELS, SURVEYS, VOCABULARIES, Catalog, Loaded
from fmcatalog.changes import measured
from fmcatalog.changes.measured import Chart, Fresh, Measured, Moved
from fmcatalog.changes.tolerant import mended, raw
from fmcatalog.changes.values import Changed, changed, followed, listed, parents, text

_MARKS = {
    "arxiv": "arXiv identifier",
    "doi": "DOI",
    "preprint_doi": "preprint's DOI",
    "pubmed": "PubMed identifier",
    "title": "title",
}
"""What tells that two ids are one record, the surest first."""
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a record stands in the taxonomy.

    Attributes:
        path: Labels from the top of the tree to the group.
        before: Members of the group before the change.
        after: Members after it.
    """

    path: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Record:
    """A record that came, went or changed.

    Attributes:
        id: Its id now, or its last one.
        name: The model's name.
        title: The paper's title.
        landing: Where it stands, or stood.
        old_id: The id it had before a renaming; empty otherwise.
        why: Why two ids are taken for one record.
        values: Values that changed.
        debts: Number of values without a source.
        followers: Records that name it as a parent, and took its new id.
    """

    id: str
    name: str
    title: str
    landing: Landing
    old_id: str = ""
    why: str = ""
    values: tuple[Changed, ...] = ()
    debts: int = 0
    followers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary, or a file of a survey, that changed: values by dotted name."""

    name: str
    values: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything in which two catalogs differ."""

    removed: tuple[Record, ...]
    renamed: tuple[Record, ...]
    added: tuple[Record, ...]
    changed: tuple[Record, ...]
    vocabularies: tuple[Words, ...]
    surveys: tuple[Words, ...]
    totals: tuple[Moved, ...]
    models: tuple[int, int]
    charts: tuple[Chart, ...]
    cells: tuple[tuple[tuple[str, str, str], int, int], ...]
    debts: tuple[Moved, ...]
    owed: tuple[int, int]
    reconciled: tuple[Moved, ...]
    disagreeing: tuple[int, int]
    problems: Fresh
    partly: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether the catalogs say the same."""
        files = (self.removed, self.renamed, self.added, self.changed)
        return not any((*files, self.vocabularies, self.surveys, *self.problems))


def compare(before: Loaded, after: Loaded, today: dt.date) -> Changes:
    """Compares two catalogs; either may be broken, or of another schema version.

    Args:
        before: The base.
        after: What is proposed.
        today: The current day.
    """
    (old, partly), (new, _) = mended(before), mended(after)
    then, now = measured.measure(before, old, today), measured.measure(after, new, today)
    there = ({*before.broken}, {*after.broken})
    pairs = _Pairs(raw(before, MODELS), raw(after, MODELS), *there)
    seen = _Seen(old, new, now)
    kept = [id for id in pairs.new if id in pairs.old]
    places = [*now.cells, *(c for c in then.cells if c not in now.cells)]
    crossings = [(c, then.cells.get(c, 0), now.cells.get(c, 0)) for c in places]
    ids = {a: b for a, b, _ in pairs.renamed}
    return Changes(
        removed=tuple(seen.record(id, pairs.old[id], old) for id in pairs.removed),
        renamed=tuple(
            replace(
                seen.record(
                    b, pairs.new[b], new, changed(followed(pairs.old[a], ids), pairs.new[b])
                ),
                old_id=a,
                why=why,
                followers=tuple(
                    id for id in kept if a in parents(pairs.old[id]) and b in parents(pairs.new[id])
                ),
            )
            for a, b, why in pairs.renamed
        ),
        added=tuple(seen.record(id, pairs.new[id], new) for id in pairs.added),
        changed=tuple(
            seen.record(id, pairs.new[id], new, values)
            for id in kept
            if (values := _with_sources(followed(pairs.old[id], ids), pairs.new[id]))
        ),
        vocabularies=_words(raw(before, VOCABULARIES), raw(after, VOCABULARIES)),
        surveys=_words(_surveys(before), _surveys(after)),
        totals=measured.moved(then.totals, now.totals),
        models=(then.totals["models"], now.totals["models"]),
        charts=measured.charts(then, now),
        cells=tuple(c for c in crossings if c[1] != c[2]),
        debts=measured.moved(then.owed, now.owed),
        owed=(sum(then.owed.values()), sum(now.owed.values())),
        reconciled=measured.moved(then.reconciled, now.reconciled),
        disagreeing=(measured.disagreeing(then), measured.disagreeing(now)),
        problems=measured.problems(then, now),
        partly=partly,
    )


def _with_sources(before: Raw, after: Raw) -> tuple[Changed, ...]:
    values = changed(before, after)
    if values or before.get("sources") == after.get("sources"):
        return values
    counts = (str(len(listed(before.get("sources")))), str(len(listed(after.get("sources")))))
    return (Changed("sources", f"{counts[0]} entries", f"{counts[1]} entries, mended"),)


class _Pairs:
    """Which record of one catalog is which of the other."""

    def __init__(
        self, old: Mapping[str, Raw], new: Mapping[str, Raw], was: set[str], still: set[str]
    ) -> None:
        self.old, self.new = old, new
        # A file that cannot be read at all is there nevertheless.
        self.removed = [id for id in old if id not in new and id not in still]
        self.added = [id for id in new if id not in old and id not in was]
        self.renamed: list[tuple[str, str, str]] = []
        for why in _MARKS:
            self._match(why)

    def _match(self, why: str) -> None:
        waiting: dict[str, str] = {}
        for id in self.added:
            if mark := _mark(self.new[id], why):
                waiting.setdefault(mark, id)
        for id in list(self.removed):
            other = waiting.pop(_mark(self.old[id], why), None)
            if other is not None:
                self.removed.remove(id)
                self.added.remove(other)
                self.renamed.append((id, other, f"the same {_MARKS[why]}"))


def _mark(record: Raw, why: str) -> str:
    if why == "title":
        return re.sub(r"\W+", " ", text(record, "title")).casefold().strip()
    identifiers = record.get("identifiers")
    return text(identifiers, why).casefold() if isinstance(identifiers, dict) else ""


@dataclass(frozen=True)
class _Seen:
    old: Catalog
    new: Catalog
    now: Measured

    def record(
        self, id: str, record: Raw, catalog: Catalog, values: tuple[Changed, ...] = ()
    ) -> Record:
        name, title = text(record, "name"), text(record, "title")
        landing = self._landing(catalog, text(record, "category"))
        owed = self.now.owed.get(id, 0)
        return Record(id, name, title, landing, values=values, debts=owed)

    def _landing(self, catalog: Catalog, word: str) -> Landing:
        id = catalog.resolve("category", word) or word
        above = (*reversed(catalog.broader("category", id)), id)
        terms = [(catalog.term("category", t), t) for t in above]
        counts = (len(self.old.members("category", id)), len(self.new.members("category", id)))
        return Landing(tuple(term.label if term else t for term, t in terms), *counts)


def _words(old: Mapping[str, Raw], new: Mapping[str, Raw]) -> tuple[Words, ...]:
    found = []
    for name in sorted({*old, *new}):
        values = changed(old.get(name, {}), new.get(name, {}))
        if values:
            found.append(Words(name, values))
    return tuple(found)


def _surveys(loaded: Loaded) -> dict[str, Raw]:
    """Gives the files of the surveys; a table's rows go by their number."""
    found: dict[str, Raw] = {}
    for file, document in sorted(loaded.documents.items()):
        if file.startswith(f"{SURVEYS}/"):
            found[file.removeprefix(f"{SURVEYS}/")] = (
                document.value
                if isinstance(document.value, dict)
                else {f"row {n}": row for n, row in enumerate(_rows(document.value), start=1)}
            )
    return found


def _rows(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


__all__ = ["Changed", "Changes", "Landing", "Moved", "Record", "Words", "compare"]
