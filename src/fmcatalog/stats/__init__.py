"""Counts and cross-tabs. Every number on a page, in a chart or in a file is made here, once."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import FACET_FIELDS, Missing, Model, Quantity
from fmcatalog.records.debts import UNSOURCED
from fmcatalog.stats.crossing import bearers as bearers
from fmcatalog.stats.crossing import bits_of as bits_of
from fmcatalog.stats.crossing import crossed as crossed
from fmcatalog.stats.crossing import in_bits as in_bits
from fmcatalog.stats.crossing import meets as meets
from fmcatalog.stats.crossing import models_of as models_of
from fmcatalog.stats.near import neighbours as neighbours
from fmcatalog.stats.origins import beyond as beyond
from fmcatalog.stats.origins import by_date as by_date
from fmcatalog.stats.origins import by_tier as by_tier
from fmcatalog.stats.origins import later as later
from fmcatalog.stats.origins import surveyed as surveyed
from fmcatalog.stats.origins import tiers as tiers
from fmcatalog.stats.values import Count as Count
from fmcatalog.stats.values import Cross as Cross
from fmcatalog.stats.values import Distribution as Distribution
from fmcatalog.stats.values import Met as Met
from fmcatalog.stats.values import Rig as Rig
from fmcatalog.stats.values import Tally as Tally

K = TypeVar("K")

COUNTED_FIELDS = tuple(key for key in Model.model_fields if key not in {*UNSOURCED, "author_count"})
"""Keys of a record whose completeness is counted, in the order of the record."""


def tally(values: Iterable[object]) -> Tally:
    """Counts values by whether and why they are missing; None is absent."""
    found = list(values)
    kinds = Counter(map(type, found))
    absent, missing = kinds[type(None)], kinds[Missing]
    reported = 0
    if missing:
        reported = sum(value is Missing.NOT_REPORTED for value in found)
    known = len(found) - missing - absent
    return Tally(len(found), known, reported, missing - reported, absent)


@remembered
def distribution(
    catalog: Catalog, facet: str, models: Sequence[str] | None = None, *, top: bool = False
) -> Distribution:
    """Counts models by term; a model with a narrower term counts under the broader one too.

    Args:
        catalog: The catalog.
        facet: Facet to count by.
        models: Models to count; all when None.
        top: Only terms that have no broader one.
    """
    inside = None if models is None else frozenset(models)
    counts = _counts(catalog, facet, inside, top=top)
    often = Counter(chain.from_iterable(count.models for count in counts))
    missing = _missing(catalog, facet)
    if inside is not None:
        missing = {id: kind for id, kind in missing.items() if id in inside}
    total = len(catalog.models if inside is None else inside)
    none = tally(missing.values())
    known = total - none.total
    return Distribution(
        facet,
        counts,
        Tally(total, known, none.not_reported, none.not_applicable, none.absent),
        sum(n > 1 for n in often.values()),
    )


def _counts(
    catalog: Catalog, facet: str, inside: frozenset[str] | None, *, top: bool
) -> tuple[Count, ...]:
    """Counts models by term, most frequent first."""
    counts = []
    for id, term in catalog.terms.get(facet, {}).items():
        if top and term.broader is not None:
            continue
        models = catalog.members(facet, id)
        if inside is not None:
            models = tuple(filter(inside.__contains__, models))
        if models:
            counts.append(Count(id, term.short, models))
    counts.sort(key=lambda c: (-c.count, c.label.casefold()))
    return tuple(counts)


@remembered
def _missing(catalog: Catalog, facet: str) -> dict[str, Missing | None]:
    """Gives the models without a term in a facet, each with the kind of missing."""
    found = dict(catalog.unknown(facet))
    if facet == "gpu":
        for id, kind in found.items():
            stages = catalog.models[id].stages
            found[id] = next((s.gpu for s in stages if isinstance(s.gpu, Missing)), kind)
    return found


@remembered
def quarters(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Count, ...]:
    """Counts models by quarter of first publication, empty quarters between included."""
    found = among(_quarters(catalog), models)
    return tuple([Count(q, f"{q[:4]} {q[4:]}", found.get(q, ())) for q in _run(found)])


@remembered
def _quarters(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    return gathered((id, model.published.quarter) for id, model in catalog.models.items())


def gathered(values: Iterable[tuple[str, K]]) -> dict[K, tuple[str, ...]]:
    """Gathers models, each given with a value, by their values."""
    found: dict[K, list[str]] = {}
    for id, value in values:
        found.setdefault(value, []).append(id)
    return {value: tuple(ids) for value, ids in found.items()}


def among(
    known: Mapping[K, tuple[str, ...]], models: Sequence[str] | None
) -> Mapping[K, tuple[str, ...]]:
    """Keeps of lists of models those that are among some, and no empty list; all when None."""
    if models is None:
        return known
    inside = frozenset(models).__contains__
    return {key: kept for key, ids in known.items() if (kept := tuple(filter(inside, ids)))}


def _run(seen: Iterable[str]) -> list[str]:
    ordered = sorted(seen)
    if not ordered:
        return []
    year, quarter = int(ordered[0][:4]), int(ordered[0][5])
    run = [ordered[0]]
    while run[-1] != ordered[-1]:
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
        run.append(f"{year}Q{quarter}")
    return run


def over_time(
    catalog: Catalog, facet: str = "category", models: Sequence[str] | None = None
) -> Cross:
    """Counts models by quarter and term."""
    rows = quarters(catalog, models)
    columns = (
        groups(catalog, models)
        if facet == "category"
        else (distribution(catalog, facet, models, top=True).counts)
    )
    return crossed(rows, columns)


@remembered
def groups(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Count, ...]:
    """Counts models by group of the taxonomy, family by family, empty ones too."""
    terms = catalog.terms.get("category", {})
    leaves = [id for id in catalog.order("category") if not catalog.narrower("category", id)]
    found = among({id: catalog.members("category", id) for id in leaves}, models)
    return tuple([Count(id, terms[id].short, found.get(id, ())) for id in leaves])


def cross(
    catalog: Catalog,
    row_facet: str,
    column_facet: str,
    models: Sequence[str] | None = None,
    *,
    top: bool = True,
) -> Cross:
    """Counts models by two facets."""

    def side(facet: str) -> tuple[Count, ...]:
        if facet == "category":
            return groups(catalog, models)
        return distribution(catalog, facet, models, top=top).counts

    return crossed(side(row_facet), side(column_facet))


@remembered
def links(catalog: Catalog, key: str, models: Sequence[str] | None = None) -> Distribution:
    """Counts models by whether a link is there: ``code``, ``weights``, ``demo``."""
    found = among(_links(catalog, key), models)
    counts = (Count(kind, label, found.get(state, ())) for state, kind, label in _STATES)
    return Distribution(key, tuple(c for c in counts if c.models), _tallied(found), 0)


@remembered
def _links(catalog: Catalog, key: str) -> dict[str | None, tuple[str, ...]]:
    """Gives the models by the kind of missing of a link, or ``public``."""
    values = _parts(catalog, "links", key)
    return gathered((id, value if value in _NONE else "public") for id, value in values)


_NONE = frozenset([*Missing, None])
"""What stands where there is no value."""
_STATES: tuple[tuple[str | None, str, str], ...] = (
    ("public", "public", "Public"),
    (Missing.NOT_REPORTED, "not-reported", "Looked for, none found"),
    (Missing.NOT_APPLICABLE, "not-applicable", "Not applicable"),
    (None, "absent", "Not looked up yet"),
)


@remembered
def licences(catalog: Catalog, part: str, models: Sequence[str] | None = None) -> Distribution:
    """Counts models by the licence of their ``code`` or ``weights``, most frequent first."""
    found = among(_licences(catalog, part), models)
    names = {id: term.short for id, term in catalog.terms.get("licence", {}).items()}
    known = ((id, ids) for id, ids in found.items() if id is not None and id not in _NONE)
    counts = [Count(id, names.get(id, id), ids) for id, ids in known]
    counts.sort(key=lambda c: (-c.count, c.label.casefold()))
    return Distribution(part, tuple(counts), _tallied(found), 0)


@remembered
def _licences(catalog: Catalog, part: str) -> dict[str | None, tuple[str, ...]]:
    """Gives the models by a licence, or the kind of missing."""
    return gathered(
        (id, value if value is None else catalog.resolve("licence", value) or value)
        for id, value in _parts(catalog, "licence", part)
    )


def _parts(catalog: Catalog, key: str, part: str) -> Iterator[tuple[str, str | None]]:
    """Gives a part of a key of each model, such as the ``code`` of its ``links``."""
    for id, model in catalog.models.items():
        shape = getattr(model, key)
        yield id, None if shape is None else getattr(shape, part)


def _tallied(found: Mapping[str | None, tuple[str, ...]]) -> Tally:
    kinds = (Missing.NOT_REPORTED, Missing.NOT_APPLICABLE, None)
    reported, applicable, absent = (len(found.get(kind, ())) for kind in kinds)
    total = sum(map(len, found.values()))
    return Tally(total, total - reported - applicable - absent, reported, applicable, absent)


@remembered
def completeness(catalog: Catalog, models: Sequence[str] | None = None) -> dict[str, Tally]:
    """Counts for each key of a record how many records have it; links and licence by part."""
    known = _given(catalog)
    often = Counter(known[id] for id in (catalog.models if models is None else models))
    total = sum(often.values())
    found = {}
    for place, key in enumerate(_COUNTED):
        kinds: Counter[object] = Counter()
        for given, count in often.items():
            kinds[given[place]] += count
        reported, applicable = kinds[Missing.NOT_REPORTED], kinds[Missing.NOT_APPLICABLE]
        found[key] = Tally(total, kinds[True], reported, applicable, kinds[None])
    return found


_PARTED = frozenset({"links", "licence"})
_COUNTED = tuple(
    name
    for key in COUNTED_FIELDS
    for name in ((f"{key}.code", f"{key}.weights") if key in _PARTED else (key,))
)


@remembered
def _given(catalog: Catalog) -> dict[str, tuple[object, ...]]:
    """Gives of each record which of its values are there; thousands are alike in this."""
    alike: dict[tuple[object, ...], tuple[object, ...]] = {}
    found = {}
    for id, model in catalog.models.items():
        values: list[object] = []
        for key in COUNTED_FIELDS:
            value = getattr(model, key)
            if key not in _PARTED:
                values.append(value)
            else:
                values += (None, None) if value is None else (value.code, value.weights)
        given = tuple([v if v is None or v.__class__ is Missing else True for v in values])
        found[id] = alike.setdefault(given, given)
    return found


@remembered
def read_last(catalog: Catalog) -> dt.date:
    """Gives the day of the newest reading of a source; the survey's where there is none."""
    days = (s.accessed.first for m in catalog.models.values() for s in m.sources)
    return max(days, default=dt.date(2023, 10, 28))


@remembered
def rigs(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Rig, ...]:
    """Gives every training stage whose total memory is known."""
    if models is not None:
        inside = frozenset(models)
        return tuple([rig for rig in rigs(catalog) if rig.model in inside])
    found = []
    for id, model in catalog.models.items():
        for index, stage in enumerate(model.stages):
            total = stage.total_memory
            if total is not None:
                found.append(
                    Rig(
                        id,
                        index,
                        number(stage.gpu_count),
                        number(stage.gpu_memory_gb),
                        float(total.sort_key),
                        total.exact is not None,
                        number(stage.gpu_hours),
                        str(total),
                    )
                )
    return tuple(found)


def number(value: Quantity | Missing | None) -> float | None:
    """Gives the one exact number of a quantity, or None."""
    exact = value.exact if isinstance(value, Quantity) else None
    return None if exact is None else float(exact)


def place(id: str, ordered: Sequence[str]) -> int:
    """Gives the place of an id in a list in the order of ids; -1 where it is not in it."""
    at = bisect_left(ordered, id)
    return at if at < len(ordered) and ordered[at] == id else -1


class Overview(NamedTuple):
    """The counts people ask for first.

    Attributes:
        models: Records.
        surveyed: Records of the survey's Figure 3.
        beyond: Records of the survey outside its figure.
        later: Records that no survey holds.
        groups: Records by group: of the figure, and of the whole catalog.
        facets: Terms in use by facet.
        code: Records with public code.
        weights: Records with public weights.
        hardware: Records with any training hardware.
    """

    models: int
    surveyed: int
    beyond: tuple[str, ...]
    later: tuple[str, ...]
    groups: tuple[tuple[str, str, int, int], ...]
    facets: Mapping[str, int]
    code: int
    weights: int
    hardware: int


@remembered
def overview(catalog: Catalog) -> Overview:
    """Gives the counts people ask for first."""
    figure = surveyed(catalog)
    in_figure = {c.id: c.count for c in groups(catalog, [m for m in figure if m in catalog.models])}
    return Overview(
        len(catalog.models),
        len(figure),
        beyond(catalog),
        later(catalog),
        tuple((c.id, c.label, in_figure[c.id], c.count) for c in groups(catalog)),
        {f: len(distribution(catalog, f).counts) for f in FACET_FIELDS if f in catalog.terms},
        links(catalog, "code").tally.known,
        links(catalog, "weights").tally.known,
        distribution(catalog, "gpu").tally.known,
    )
