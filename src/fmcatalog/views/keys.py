"""What pages and files are made of, and which of them are as they were.

Each says which keys of a record it goes by: all records count for one that holds the whole, the
models of a term for one that is about the term. Where no record says anything else under these
keys than it did when the site was made, nothing of it need be made again. Beside the keys of a
record there are a few words for what is counted and not read. A test holds every page and every
file to what it says here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.records import FACET_FIELDS, Missing, Model
from fmcatalog.views.page import Page, PageKind

NEIGHBOURS = 6
"""How many models a page names that are near its own."""

PRESENCE = "which keys have a value, and why others have none"
RECORDS = "which records there are"  # one that came or went counts under each key, too
COUNT = "how many records there are"
AS_OF = "the day of the newest reading of a source"
SIZES = "the sizes of the data files, as they are told"

Keys = frozenset[str]


def going_by(words: str, *more: str) -> Keys:
    """Gives keys of a record, and of the words beside them."""
    return frozenset((*words.split(), *more))


NOTHING: Keys = frozenset()
_OF_RECORDS: Keys = frozenset((*Model.model_fields, PRESENCE, RECORDS))
EVERYTHING: Keys = _OF_RECORDS | {COUNT, AS_OF, SIZES}

_COUNTED = going_by(
    "category modalities organs tasks algorithms builds_on datasets licence training"
)
_STATISTICS = _COUNTED | going_by("name links published reviewed parameters", PRESENCE, COUNT)
_TERMS = _COUNTED - going_by("category")
_ROW = going_by("name title authors published category reviewed modalities organs tasks venue")
_ROW |= going_by("identifiers links")  # whose terms, and how it is cited
_OWED = going_by("name reviewed venue identifiers links licence training sources", PRESENCE)
_TIMES = going_by("name published category modalities reviewed")

PAGES: Mapping[PageKind, Keys] = {
    "home": _COUNTED | going_by("name title published reviewed links", COUNT, AS_OF, SIZES),
    "explore": _COUNTED | _ROW | {COUNT},
    "compare": EVERYTHING,
    "model": EVERYTHING,
    "models": _COUNTED | _ROW | {COUNT},
    "taxonomy": _COUNTED | going_by("links name reviewed", COUNT),
    "category": _ROW | going_by("training", COUNT),
    "vocabulary": _TERMS | going_by("reviewed", COUNT),
    "term": _COUNTED | _ROW | {COUNT},
    "timeline": _TIMES,
    "timeline-part": _TIMES,
    "since": going_by("name published category reviewed"),
    "statistics": _STATISTICS,
    "statistics-part": _STATISTICS,
    "gaps": going_by("name published category reviewed modalities organs tasks"),
    "lineage": going_by("name category builds_on"),
    "hardware": going_by("name published category reviewed training"),
    "survey": going_by("name category reviewed summary training"),
    "data": _OWED | {COUNT, AS_OF, SIZES},
    "api": frozenset({RECORDS}),
    "python": NOTHING,
    "contribute": EVERYTHING,
    "contribute-new": NOTHING,
    "help-wanted": _OWED,
    "not-found": going_by("name"),
}
"""What the pages of each kind go by, but what models lend each other's pages: see `Changed`."""

_NEAR = going_by("name category modalities organs tasks algorithms")
"""What tells which models are near another one, and what their names are."""
_LINEAGE = going_by("name category builds_on")
"""What is drawn of a model among those that it goes back to."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a file is made of.

    Attributes:
        keys: The keys that it goes by.
        about: Facet and id of a term whose models alone count, or ``model`` and the id of the only
            record that does; without it all records do.
    """

    keys: Keys
    about: tuple[str, str] | None = None


class Changed:
    """What changed since a site was made of other records, but of the same of everything else.

    Args:
        before: The catalog then.
        now: The catalog now.
    """

    def __init__(self, before: Catalog, now: Catalog) -> None:
        self._before, self._now = before, now
        self._records = dict(_records(before.models, now.models))
        self._whole = frozenset(_whole(before, now)) if self._records else NOTHING
        self._anywhere = self._whole.union(*self._records.values())
        self._touched = cache(lambda keys: frozenset(self._terms(keys)))

    def leaves(self, basis: Basis) -> bool:
        """Tells whether what is made of this is what it was."""
        if basis.about is None:
            return basis.keys.isdisjoint(self._anywhere)
        facet, id = basis.about
        if facet == "model":
            return id not in self._records
        return basis.keys.isdisjoint(self._whole) and basis.about not in self._touched(basis.keys)

    def leaves_page(self, page: Page, given: bytes, *, sizes: bool) -> bool:
        """Tells whether a page is what it was.

        Args:
            page: The page.
            given: What others lent it then; see `lent`.
            sizes: Whether the data files are as large as they were told to be.
        """
        keys = PAGES[page.kind]
        if not self.leaves(Basis(keys, page.about)) or (SIZES in keys and not sizes):
            return False
        facet, id = page.about or ("", "")
        if facet not in {"model", "base-model"}:
            return True
        near = (
            facet != "model" or _NEAR.isdisjoint(self._anywhere) or given == lent(self._now, page)
        )
        return near and id not in self._kin

    def _terms(self, keys: Keys) -> Iterator[tuple[str, str]]:
        """Gives facet and id of each term whose models say something else under one of the keys."""
        for id, changed in self._records.items():
            versions = [one.models[id] for one in (self._before, self._now) if id in one.models]
            for facet, key in FACET_FIELDS.items():
                if key in changed or not keys.isdisjoint(changed):
                    for term in {term for model in versions for term in model.terms(facet)}:
                        yield facet, term
                        yield from ((facet, wider) for wider in self._now.broader(facet, term))

    @cached_property
    def _kin(self) -> frozenset[str]:
        """Ids of all whose lineage is drawn otherwise."""
        moved = [id for id, changed in self._records.items() if not _LINEAGE.isdisjoint(changed)]
        if not moved:
            return frozenset()
        before, now = taxonomy.lineage(self._before), taxonomy.lineage(self._now)
        if [id for id in before if id in now] != [id for id in now if id in before]:
            return frozenset((*before, *now))  # a drawing goes by the order of the whole
        kin = (taxonomy.relatives(graph, id) for graph in (before, now) for id in moved)
        return frozenset(moved).union(*kin)


def lent(catalog: Catalog, page: Page) -> bytes:
    """Gives a digest of what a model's page shows of those near it, and beside it in its group."""
    if page.kind != "model" or page.about is None:
        return b""
    models, id = catalog.models, page.about[1]
    group = catalog.members("category", models[id].category)
    place = stats.place(id, group)
    words = [f"{m} {models[m].name}" for m in group[max(place - 1, 0) : place + 2]]
    near = stats.neighbours(catalog, id, NEIGHBOURS)
    words += [f"{m} {models[m].name} {why}" for m, why in near]
    return sha256("\0".join(words).encode()).digest()


def _records(before: Mapping[str, Model], now: Mapping[str, Model]) -> Iterator[tuple[str, Keys]]:
    """Gives each record that changed, came or went, and the keys that say something else."""
    for id in before.keys() ^ now.keys():
        yield id, _OF_RECORDS
    for id in before.keys() & now.keys():
        if before[id] is not now[id] and (found := _differences(before[id], now[id])):
            yield id, found


def _differences(before: Model, now: Model) -> Keys:
    said = [model.model_dump(mode="json") for model in (before, now)]
    # As text, since to Python 1 is 1.0, and True.
    found = {key for key in Model.model_fields if repr(said[0][key]) != repr(said[1][key])}
    if any(_kind(getattr(before, key)) != _kind(getattr(now, key)) for key in found):
        found.add(PRESENCE)
    return frozenset(found)


def _kind(value: object) -> object:
    return value if value is None or isinstance(value, Missing) else True


def _whole(before: Catalog, now: Catalog) -> Iterator[str]:
    """Gives what changed of the whole, where something did."""
    if len(before.models) != len(now.models):
        yield COUNT
    if stats.read_last(before) != stats.read_last(now):
        yield AS_OF
