"""The question, and its answer in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fmcatalog.catalog import Catalog
from fmcatalog.diagnostics import nearest
from fmcatalog.records import Model
from fmcatalog.records.text import folded
from fmcatalog.selection.facets import ALL_FACETS, KINDS, PUBLIC, UNKNOWN, Facet, Option
from fmcatalog.selection.measures import MEASURES


class UnknownWord(ValueError):
    """A word that is no option of its facet."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the catalog; the default means every model.

    Attributes:
        facets: Key of a facet → words: ids, labels or aliases of its options.
        text: Words looked for in name, aliases, titles, authors and identifiers.
        years: Years of first publication; the same as the facet ``year``.
        code: True for public code, False for none known; the same as the facet ``code``.
        weights: The same for weights.
        max_gpu_memory: Most memory of one card in GB, in every stage that reports any.
        max_total_memory: Most memory of all cards together in GB.
        max_gpus: Most cards.
        max_gpu_hours: Most GPU hours, all stages together.
        min_gpu_memory: Least memory of one card in GB, in the stage that reports most.
        min_total_memory: Least memory of all cards together in GB.
        min_gpus: Least cards.
        min_gpu_hours: Least GPU hours, all stages together.
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
    min_gpu_memory: float | None = None
    min_total_memory: float | None = None
    min_gpus: float | None = None
    min_gpu_hours: float | None = None

    def words(self) -> dict[str, tuple[str, ...]]:
        """Gives the words by facet, those of the shorthands too."""
        found = {key: tuple(words) for key, words in self.facets.items()}
        short = {"year": tuple(str(year) for year in self.years)}
        for key, wanted in (("code", self.code), ("weights", self.weights)):
            if wanted is not None:
                short[key] = (PUBLIC if wanted else UNKNOWN,)
        for key, words in short.items():
            found[key] = (*found.get(key, ()), *words)
        return {key: words for key, words in found.items() if words}

    def limits(self, key: str) -> tuple[float | None, float | None]:
        """Gives the least and the most that a measure may be."""
        name = key.replace("-", "_")
        return getattr(self, f"min_{name}"), getattr(self, f"max_{name}")


def select(catalog: Catalog, query: Query) -> tuple[str, ...]:
    """Gives the ids of the models that a question means, sorted.

    Several words of one facet widen, several facets narrow; a broader option includes its
    narrower ones. A model that does not report a number is not known to be within a limit, and
    is left out by it; so is one that reports a lower bound only, where the limit is an upper one.

    Raises:
        UnknownWord: A word is no option of its facet; the message names the nearest.
    """
    facets = {facet.key: facet for facet in ALL_FACETS}
    tests: list[Callable[[str, Model], bool]] = []
    for key, words in query.words().items():
        if key not in facets:
            raise UnknownWord(f"no facet '{key}'")
        wanted = _wanted(catalog, facets[key], words)
        tests.append(
            lambda id, _, f=facets[key], w=wanted: not w.isdisjoint(f.values(catalog, id))  # type: ignore[misc]
        )
    parts = [part for part in map(folded, query.text.split()) if part]
    if parts:
        tests.append(lambda id, m: all(p in haystack(id, m) for p in parts))
    for measure in MEASURES:
        least, most = query.limits(measure.key)
        if least is not None or most is not None:
            tests.append(lambda _, m, f=measure.read, a=least, b=most: f(m).within(a, b))  # type: ignore[misc]
    return tuple(id for id, m in catalog.models.items() if all(t(id, m) for t in tests))


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Models that a filter leaves out although they may belong to it.

    Attributes:
        key: Key of the facet, or of the measure.
        label: What people read of it.
        option: The option they have: a collective one, which stands for several that no source
            lists, or the unknown; None for a measure, of which they report nothing.
        count: How many more models there are with that option.
    """

    key: str
    label: str
    option: Option | None
    count: int

    @property
    def unknown(self) -> bool:
        """Tells whether nothing is known of them there."""
        return self.option is None or self.option.id == UNKNOWN


def unlisted(catalog: Catalog, query: Query) -> tuple[Unlisted, ...]:
    """Gives the models that each filter leaves out without knowing that they do not belong.

    Who asks for one organ does not get the models that say only "several organs", and who asks
    for anything does not get those of which it is unknown; this counts them, filter by filter,
    so that they do not vanish without a word.

    Raises:
        UnknownWord: A word is no option of its facet.
    """
    query = replace(query, facets=query.words(), years=(), code=None, weights=None)
    found = len(select(catalog, query))
    more = []
    for facet in ALL_FACETS:
        words = query.facets.get(facet.key, ())
        options = facet.options(catalog)
        wanted = _wanted(catalog, facet, words)
        if not wanted - {kind.id for kind in KINDS}:
            continue
        for option in options:
            if (option.collective or option.id == UNKNOWN) and option.id not in wanted:
                wider = {**query.facets, facet.key: (*words, option.id)}
                count = len(select(catalog, replace(query, facets=wider))) - found
                if count:
                    more.append(Unlisted(facet.key, facet.label, option, count))
    for measure in MEASURES:
        if query.limits(measure.key) == (None, None):
            continue
        name = measure.key.replace("-", "_")
        free = replace(query, **{f"min_{name}": None, f"max_{name}": None})  # type: ignore[arg-type]
        left = [measure.read(catalog.models[id]) for id in select(catalog, free)]
        if count := sum(bounds.low is None and bounds.high is None for bounds in left):
            more.append(Unlisted(measure.key, measure.label, None, count))
    return tuple(more)


def _wanted(catalog: Catalog, facet: Facet, words: Sequence[str]) -> set[str]:
    """Gives the ids of the options that words mean, with all narrower ones."""
    options = facet.options(catalog)
    meant = _meanings(options)
    narrower: dict[str, list[str]] = {}
    for option in options:
        if option.broader is not None:
            narrower.setdefault(option.broader, []).append(option.id)
    open_ = [_meant(facet.key, meant, word) for word in words]
    found: set[str] = set()
    while open_:
        id = open_.pop()
        if id not in found:
            found.add(id)
            open_ += narrower.get(id, [])
    return found


def _meanings(options: Sequence[Option]) -> dict[str, str]:
    """Gives every word for an option, case folded, with the option's id; the first one wins."""
    found = {option.id: option.id for option in options}
    for option in options:
        for word in (option.id, option.label, *option.aliases):
            found.setdefault(word.casefold(), option.id)
    return found


def _meant(key: str, meant: Mapping[str, str], word: str) -> str:
    id = meant.get(word) or meant.get(word.casefold())
    if id is None:
        near = nearest(word, meant)
        raise UnknownWord(
            f"no {key} '{word}'" + (f"; did you mean '{meant[near[0]]}'?" if near else "")
        )
    return id


def haystack(id: str, model: Model) -> str:
    """Gives the folded texts that words are looked for in, one a line."""
    return "\n".join(map(folded, (id, model.name, model.title, *other_words(model))))


def other_words(model: Model) -> tuple[str, ...]:
    """Gives what a search finds besides id, name and title."""
    identifiers = model.identifiers
    numbers = (identifiers.arxiv, identifiers.doi) if identifiers else ()
    names = (*(model.aliases or ()), *(model.other_titles or ()), *model.authors)
    return (*names, *filter(None, numbers))
