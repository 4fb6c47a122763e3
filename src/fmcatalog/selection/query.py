"""Which models a question means: one definition for the command line, Python and the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fmcatalog.catalog import Catalog
from fmcatalog.diagnostics import nearest
from fmcatalog.records import Missing, Model, Quantity
from fmcatalog.records.text import folded

FACETS = (
    "category",
    "modality",
    "organ",
    "task",
    "algorithm",
    "gpu",
    "base-model",
    "dataset",
    "licence",
)
"""Facets one can select by; several words of one widen, several facets narrow."""

UNKNOWN = "unknown"
"""Word that selects the models without a known value in a facet."""


class UnknownWord(ValueError):
    """A word that is no term of its facet."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the catalog; the default means every model.

    Attributes:
        facets: Facet → words: ids, labels or aliases of terms, or ``unknown``.
        text: Words looked for in name, aliases, titles, authors and identifiers.
        years: Years of first publication.
        code: True for public code, False for none known to be public.
        weights: The same for weights.
        max_gpu_memory: Most memory of one card in GB, in every stage that reports any.
        max_total_memory: Most memory of all cards together in GB.
        max_gpus: Most cards.
        max_gpu_hours: Most GPU hours, all stages together.
    """

    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    text: str = ""
    years: Sequence[int] = ()
    code: bool | None = None
    weights: bool | None = None
    max_gpu_memory: float | None = None
    max_total_memory: float | None = None
    max_gpus: float | None = None
    max_gpu_hours: float | None = None


def select(catalog: Catalog, query: Query) -> tuple[str, ...]:
    """Gives the ids of the models that a question means, sorted.

    A broader term includes its narrower ones. A model that does not report a number is not
    known to be within a limit, and is left out by it; so is one that reports a lower bound only.

    Raises:
        UnknownWord: A word is no term of its facet; the message names the nearest.
    """
    tests: list[Callable[[str, Model], bool]] = []
    for facet, written in query.facets.items():
        if written:
            inside = _members(catalog, facet, written)
            tests.append(lambda id, _, inside=inside: id in inside)  # type: ignore[misc]
    if query.text.strip():
        parts = [folded(p) for p in query.text.split()]
        tests.append(lambda id, m: all(p in _haystack(id, m) for p in parts))
    if query.years:
        tests.append(lambda _, m: m.published.year in query.years)
    for key, wanted in (("code", query.code), ("weights", query.weights)):
        if wanted is not None:
            tests.append(lambda _, m, key=key, wanted=wanted: public(m, key) is wanted)  # type: ignore[misc]
    limits: list[tuple[float | None, Callable[[Model], float | None]]] = [
        (query.max_gpu_memory, lambda m: _largest([s.gpu_memory_gb for s in m.stages])),
        (query.max_total_memory, lambda m: _largest([s.total_memory for s in m.stages])),
        (query.max_gpus, lambda m: _largest([s.gpu_count for s in m.stages])),
        (query.max_gpu_hours, hours),
    ]
    for limit, measure in limits:
        if limit is not None:
            tests.append(lambda _, m, f=measure, n=limit: (v := f(m)) is not None and v <= n)  # type: ignore[misc]
    return tuple(id for id, m in catalog.models.items() if all(t(id, m) for t in tests))


def _members(catalog: Catalog, facet: str, words: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        if word == UNKNOWN:
            found.update(id for id, _ in catalog.unknown(facet))
            continue
        term = catalog.resolve(facet, word)
        if term is None and facet == "base-model" and word in catalog.models:
            term = word
        if term is None:
            names = {w for t in catalog.terms.get(facet, {}).values() for w in (t.id, t.label)}
            near = nearest(word, names)
            hint = f"; did you mean '{catalog.resolve(facet, near[0])}'?" if near else ""
            raise UnknownWord(f"no {facet} '{word}'{hint}")
        found.update(catalog.members(facet, term))
    return found


def public(model: Model, key: str) -> bool:
    """Tells whether a model's code or weights are known to be public."""
    value = getattr(model.links, key) if model.links else None
    return isinstance(value, str) and not isinstance(value, Missing)


def hours(model: Model) -> float | None:
    """Adds up the GPU hours of all stages that report them; None where none does, or no limit."""
    found = _upper([s.gpu_hours for s in model.stages])
    return sum(found) if found else None


def _largest(values: Sequence[Quantity | Missing | None]) -> float | None:
    return max(_upper(values), default=None)


def _upper(values: Sequence[Quantity | Missing | None]) -> list[float]:
    """Gives the largest number of each reported value; nothing if one is only a lower bound."""
    reported = [v.upper for v in values if isinstance(v, Quantity)]
    known = [float(u) for u in reported if u is not None]
    return known if len(known) == len(reported) else []


def _haystack(id: str, model: Model) -> str:
    identifiers = model.identifiers
    numbers = (identifiers.arxiv, identifiers.doi) if identifiers else ()
    texts = [id, model.name, *(model.aliases or ()), model.title, *(model.other_titles or ())]
    return "\n".join(folded(t) for t in [*texts, *model.authors, *filter(None, numbers)])


__all__ = ["FACETS", "UNKNOWN", "Query", "UnknownWord", "hours", "public", "select"]
