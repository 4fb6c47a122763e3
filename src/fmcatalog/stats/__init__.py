"""Counts and cross-tabs. Every number on a page, in a chart or in a file is made here, once."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import product

from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import FACET_FIELDS, Missing, Model, Quantity
from fmcatalog.records.base import Shape
from fmcatalog.records.debts import UNSOURCED
from fmcatalog.stats.origins import beyond as beyond
from fmcatalog.stats.origins import later as later
from fmcatalog.stats.origins import surveyed as surveyed
from fmcatalog.stats.origins import tiers as tiers
from fmcatalog.stats.values import Count as Count
from fmcatalog.stats.values import Cross as Cross
from fmcatalog.stats.values import Distribution as Distribution
from fmcatalog.stats.values import Rig as Rig
from fmcatalog.stats.values import Tally as Tally

COUNTED_FIELDS = tuple(key for key in Model.model_fields if key not in {*UNSOURCED, "author_count"})
"""Keys of a record whose completeness is counted, in the order of the record."""


def tally(values: Iterable[object]) -> Tally:
    """Counts values by whether and why they are missing; None is absent."""
    total = reported = applicable = absent = 0
    for value in values:
        total += 1
        if value is None:
            absent += 1
        elif value is Missing.NOT_REPORTED:
            reported += 1
        elif value is Missing.NOT_APPLICABLE:
            applicable += 1
    known = total - reported - applicable - absent
    return Tally(total, known, reported, applicable, absent)


def _chosen(catalog: Catalog, models: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(catalog.models) if models is None else tuple(models)


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
    chosen = _chosen(catalog, models)
    counts = _counts(catalog, facet, models, top=top)
    often = Counter(model for count in counts for model in count.models)
    return Distribution(
        facet,
        counts,
        tally(_facet_value(catalog, m, facet) for m in chosen),
        sum(n > 1 for n in often.values()),
    )


def _counts(
    catalog: Catalog, facet: str, models: Sequence[str] | None, *, top: bool = False
) -> tuple[Count, ...]:
    """Counts models by term, most frequent first."""
    if models is None:
        found = {term: catalog.members(facet, term) for term in catalog.terms.get(facet, {})}
    else:
        by_term: dict[str, list[str]] = {}
        for model in sorted(set(models)):
            for term in catalog.wider(facet, model):
                by_term.setdefault(term, []).append(model)
        found = {term: tuple(ids) for term, ids in by_term.items()}
    counts = [
        Count(id, term.short, found[id])
        for id, term in catalog.terms.get(facet, {}).items()
        if found.get(id) and not (top and term.broader is not None)
    ]
    counts.sort(key=lambda c: (-c.count, c.label.casefold()))
    return tuple(counts)


def _facet_value(catalog: Catalog, id: str, facet: str) -> object:
    if catalog.wider(facet, id):
        return True
    model = catalog.models[id]
    if facet == "gpu":
        return next((s.gpu for s in model.stages if s.gpu is not None), model.missing(facet))
    return model.missing(facet)


@remembered
def quarters(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Count, ...]:
    """Counts models by quarter of first publication, empty quarters between included."""
    by_quarter: dict[str, list[str]] = {}
    for id in _chosen(catalog, models):
        by_quarter.setdefault(catalog.models[id].published.quarter, []).append(id)
    return tuple(
        Count(q, f"{q[:4]} {q[4:]}", tuple(by_quarter.get(q, ()))) for q in _run(by_quarter)
    )


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
    inside = set(_chosen(catalog, models))
    terms = catalog.terms.get("category", {})
    return tuple(
        Count(id, terms[id].short, tuple(m for m in catalog.members("category", id) if m in inside))
        for id in catalog.order("category")
        if not catalog.narrower("category", id)
    )


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


def crossed(rows: tuple[Count, ...], columns: tuple[Count, ...]) -> Cross:
    """Crosses two sides at the models that stand in both."""
    down = [(row.id, row.models) for row in rows]
    across = [(column.id, column.models) for column in columns]
    return Cross(rows, columns, cells_of(down, across))


Lines = Sequence[tuple[str, Sequence[str]]]
"""Rows or columns: the id of each, and the models in it."""


def cells_of(rows: Lines, columns: Lines) -> dict[tuple[str, str], tuple[str, ...]]:
    """Gives the models at each crossing of rows and columns; crossings without any are left out."""
    rows_of: dict[str, list[str]] = {}
    for row, models in rows:
        for model in models:
            rows_of.setdefault(model, []).append(row)
    found: dict[tuple[str, str], list[str]] = {}
    for column, models in columns:
        for model in models:
            for row in rows_of.get(model, ()):
                found.setdefault((row, column), []).append(model)
    crossings = product((row for row, _ in rows), (column for column, _ in columns))
    return {crossing: tuple(found[crossing]) for crossing in crossings if crossing in found}


def meets(catalog: Catalog, facet: str, term: str, other: str) -> tuple[Count, ...]:
    """Counts what the members of a term have in another facet, most frequent first."""
    return _counts(catalog, other, catalog.members(facet, term))


@remembered
def links(catalog: Catalog, key: str, models: Sequence[str] | None = None) -> Distribution:
    """Counts models by whether a link is there: ``code``, ``weights``, ``demo``."""
    chosen = _chosen(catalog, models)
    values = {id: _part(catalog.models[id].links, key) for id in chosen}
    kinds: list[tuple[str, str, object]] = [
        ("not-reported", "Looked for, none found", Missing.NOT_REPORTED),
        ("not-applicable", "Not applicable", Missing.NOT_APPLICABLE),
        ("absent", "Not looked up yet", None),
    ]
    public = tuple(
        id for id, v in values.items() if isinstance(v, str) and not isinstance(v, Missing)
    )
    counts = [Count("public", "Public", public)] + [
        Count(kind, label, tuple(id for id, v in values.items() if v is value))
        for kind, label, value in kinds
    ]
    return Distribution(key, tuple(c for c in counts if c.models), tally(values.values()), 0)


@remembered
def licences(catalog: Catalog, part: str, models: Sequence[str] | None = None) -> Distribution:
    """Counts models by the licence of their ``code`` or ``weights``, most frequent first."""
    values = {id: _part(catalog.models[id].licence, part) for id in _chosen(catalog, models)}
    found: dict[str, list[str]] = {}
    for id, value in values.items():
        if isinstance(value, str) and not isinstance(value, Missing):
            found.setdefault(catalog.resolve("licence", value) or value, []).append(id)
    names = {id: term.short for id, term in catalog.terms.get("licence", {}).items()}
    counts = [Count(id, names.get(id, id), tuple(ids)) for id, ids in found.items()]
    counts.sort(key=lambda c: (-c.count, c.label.casefold()))
    return Distribution(part, tuple(counts), tally(values.values()), 0)


def _part(shape: Shape | None, key: str) -> object:
    return getattr(shape, key) if shape is not None else None


@remembered
def completeness(catalog: Catalog, models: Sequence[str] | None = None) -> dict[str, Tally]:
    """Counts for each key of a record how many records have it; links and licence by part."""
    chosen = [catalog.models[m] for m in _chosen(catalog, models)]
    found: dict[str, Tally] = {}
    for key in COUNTED_FIELDS:
        if key in {"links", "licence"}:
            for part in ("code", "weights"):
                values = [_part(getattr(m, key), part) for m in chosen]
                found[f"{key}.{part}"] = tally(values)
        else:
            found[key] = tally(getattr(m, key) for m in chosen)
    return found


@remembered
def read_last(catalog: Catalog) -> dt.date:
    """Gives the day of the newest reading of a source; the survey's where there is none."""
    days = (s.accessed.first for m in catalog.models.values() for s in m.sources)
    return max(days, default=dt.date(2023, 10, 28))


@remembered
def rigs(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Rig, ...]:
    """Gives every training stage whose total memory is known."""
    found = []
    for id in _chosen(catalog, models):
        for index, stage in enumerate(catalog.models[id].stages):
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
                    )
                )
    return tuple(found)


def number(value: Quantity | Missing | None) -> float | None:
    """Gives the one exact number of a quantity, or None."""
    exact = value.exact if isinstance(value, Quantity) else None
    return None if exact is None else float(exact)


_NEAR = ("category", "modality", "organ", "task", "algorithm")
"""Facets that make models near to each other."""

SEARCHED = 2000
"""Memberships that are looked through for a model's neighbours, one by one."""


@remembered
def neighbours(catalog: Catalog, id: str, limit: int = 5) -> tuple[tuple[str, str], ...]:
    """Finds the models nearest to one by shared terms.

    A shared term counts the more the fewer models have it, so that "text" ties nobody. In a large
    catalog the rarest shared term goes first, then the next rarest.

    Returns:
        Record ids, nearest first, each with the reason in words.
    """
    terms = [
        _bearers(catalog, facet, term)
        for facet in _NEAR
        for word in catalog.models[id].terms(facet)
        if (term := catalog.resolve(facet, word))
    ]
    sets = [models for _, models in terms]
    few = sum(map(len, sets)) <= SEARCHED
    near = _weighed(sets, id, limit) if few else _alike(sets, id, limit)
    shared = ([label for label, models in terms if other in models][:5] for other in near)
    return tuple([(m, f"shares {', '.join(why)}") for m, why in zip(near, shared, strict=True)])


@remembered
def _bearers(catalog: Catalog, facet: str, term: str) -> tuple[str, frozenset[str]]:
    """Gives what a term is called, and the models that have it."""
    return catalog.terms[facet][term].short, frozenset(catalog.members(facet, term))


def _weighed(sets: Iterable[frozenset[str]], id: str, limit: int) -> list[str]:
    """Gives the models that are in most of some sets, small ones weighing more."""
    scores: dict[str, float] = {}
    for models in sets:
        for other in models:
            scores[other] = scores.get(other, 0.0) + 1 / len(models)
    scores.pop(id, None)
    return nsmallest(limit, scores, key=lambda m: (-scores[m], m))


def _alike(sets: Iterable[frozenset[str]], id: str, limit: int) -> list[str]:
    """Gives the models of the smallest of some sets, those first that are in the next, too."""
    found = {id: None}
    rest = sorted(sets, key=len)
    while rest and len(found) <= limit:
        within = [rest.pop(0)]
        for models in rest:
            both = models & within[-1]
            if len(both) > 1:  # there is another one besides the model itself
                within.append(both)
        while within and len(found) <= limit:
            found |= dict.fromkeys(sorted(within.pop() - found.keys()))
    return list(found)[1 : limit + 1]


def place(id: str, ordered: Sequence[str]) -> int:
    """Gives the place of an id in a list in the order of ids; -1 where it is not in it."""
    at = bisect_left(ordered, id)
    return at if at < len(ordered) and ordered[at] == id else -1


@dataclass(frozen=True, slots=True)
class Overview:
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
