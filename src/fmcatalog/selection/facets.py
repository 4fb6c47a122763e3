"""What one can choose from: facets, their options, and which of them a model has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fmcatalog.catalog import Catalog, Tier
from fmcatalog.records import FACET_FIELDS, Missing, Model, Term, listed

UNKNOWN = "unknown"
"""Word that selects the models without a known value in a facet, whatever the reason."""

ABSENT = "absent"
"""Word for a value that nobody has looked up yet."""

PUBLIC = "public"
"""Word for code or weights that are known to be public."""
_PUBLIC = (PUBLIC,)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a facet offers.

    Attributes:
        id: The word in an address or on the command line.
        label: What people read.
        broader: Id of the option that includes this one.
        aliases: Other words for it.
        short: A shorter label for a cell; empty where the label is short.
        collective: Whether it stands for several options that no source lists.
    """

    id: str
    label: str
    broader: str | None = None
    aliases: tuple[str, ...] = ()
    short: str = ""
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of a model that one can choose by.

    Attributes:
        key: Its name in an address and on the command line.
        label: What people read.
        definition: What it says about a model.
        options: What a catalog offers, a broader option before its narrower ones.
        values: The options a model has itself, not those that include them; kinds of missing
            where it has none.
    """

    key: str
    label: str
    definition: str
    options: Callable[[Catalog], tuple[Option, ...]]
    values: Callable[[Catalog, str], tuple[str, ...]]


KINDS = (
    Option(UNKNOWN, "Unknown"),
    Option(Missing.NOT_REPORTED.value, "Looked for, not reported", UNKNOWN),
    Option(Missing.NOT_APPLICABLE.value, "Not applicable", UNKNOWN),
    Option(ABSENT, "Not looked up yet", UNKNOWN),
)
"""Options of every facet whose value can be missing: unknown, and why."""


def _kind(value: object) -> tuple[str, ...]:
    return (value.value,) if isinstance(value, Missing) else _ABSENT


_ABSENT = (ABSENT,)


# --- facets with a vocabulary ------------------------------------------------------------------


def _terms(facet: str, catalog: Catalog) -> tuple[Option, ...]:
    found = [
        Option(
            term.id,
            term.label,
            term.broader,
            tuple(w for w in (term.short_label, term.notation, *(term.aliases or ())) if w),
            term.short_label or "",
            bool(term.collective),
        )
        for term in catalog.terms.get(facet, {}).values()
    ]
    if facet == "base-model":
        known = {option.id for option in found}
        found += [
            Option(id, model.name, None, tuple(model.aliases or ()))
            for id, model in catalog.models.items()
            if id not in known and catalog.members(facet, id)
        ]
    return (*found, *KINDS)


def _lists(key: str, catalog: Catalog, id: str) -> tuple[str, ...]:
    value = getattr(catalog.models[id], key)
    return listed(value) or _kind(value)


def _has(facet: str, catalog: Catalog, id: str) -> tuple[str, ...]:
    model = catalog.models[id]
    return model.terms(facet) or _kind(_missing(model, facet))


def _missing(model: Model, facet: str) -> object:
    if facet == "gpu":
        return next((s.gpu for s in model.stages if s.gpu is not None), model.missing(facet))
    if facet == "licence" and model.licence is not None:
        parts = (model.licence.code, model.licence.weights)
        return next((p for p in parts if isinstance(p, Missing)), None)
    return model.missing(facet)


def _weights_licence(catalog: Catalog, id: str) -> tuple[str, ...]:
    licence = catalog.models[id].licence
    term = licence.weights if licence else None
    return _kind(term) if term is None or isinstance(term, Missing) else (term,)


COMMERCIAL = (
    Option("allowed", "Allowed", None, ("yes",)),
    Option("not-allowed", "Not allowed", None, ("no",)),
    Option("depends", "Depends on more", None, ("restricted",)),
)
"""What a licence says of commercial use; the last where its terms set limits or do not say."""


def commercial(term: Term) -> Option:
    """Tells what a licence says of commercial use."""
    return COMMERCIAL[2 if term.commercial is None else 0 if term.commercial else 1]


def _commercial(catalog: Catalog, id: str) -> tuple[str, ...]:
    (found,) = _weights_licence(catalog, id)
    term = catalog.terms.get("licence", {}).get(found)
    return (commercial(term).id,) if term is not None else (found,)


def _vocabulary(key: str, label: str, definition: str) -> Facet:
    field = FACET_FIELDS[key]
    # Where a key of the record holds nothing but terms, they need not be looked for.
    has = partial(_lists, field) if field in _PLAIN else partial(_has, key)
    return Facet(key, label, definition, partial(_terms, key), has)


_PLAIN = frozenset({"modalities", "organs", "tasks", "algorithms"})


# --- facets without one ------------------------------------------------------------------------


def public(model: Model, key: str) -> bool:
    """Tells whether a model's code or weights are known to be public."""
    value = getattr(model.links, key) if model.links else None
    return isinstance(value, str) and not isinstance(value, Missing)


def _openness(key: str, label: str) -> Facet:
    def options(_: Catalog) -> tuple[Option, ...]:
        return (Option(PUBLIC, "Public", None, ("yes",)), *KINDS)

    def values(catalog: Catalog, id: str) -> tuple[str, ...]:
        links = catalog.models[id].links
        value = getattr(links, key) if links else None
        return _kind(value) if value is None or isinstance(value, Missing) else _PUBLIC

    return Facet(key, label, f"Whether the {key} of a model can be had.", options, values)


def _years(catalog: Catalog) -> tuple[Option, ...]:
    found = {model.published.year for model in catalog.models.values()}
    return tuple(Option(str(year), str(year)) for year in sorted(found, reverse=True))


def _year(catalog: Catalog, id: str) -> tuple[str, ...]:
    return (str(catalog.models[id].published.year),)


ORIGINS = (
    Option("survey", "In the survey"),
    Option("figure-3", "Stands in its Figure 3", "survey"),
    Option("beside-the-figure", "Described beside the figure", "survey"),
    Option("living", "Added since", None, ("added",)),
)


def _origin(catalog: Catalog, id: str) -> tuple[str, ...]:
    surveys = catalog.surveys.values() if catalog.tier(id) is Tier.SURVEYED else ()
    for data in surveys:
        if any(row.model == id for row in data.figure3):
            return ("figure-3",)
        if id in data.survey.beyond_the_figure:
            return ("beside-the-figure",)
    return ("living",)


TIERS = tuple(Option(tier.value, tier.label) for tier in Tier)


def _tier(catalog: Catalog, id: str) -> tuple[str, ...]:
    return (catalog.tier(id).value,)


REVIEWS = (
    Option("yes", "Read by a second person"),
    Option("no", "Not yet read by a second person"),
)


def _reviewed(catalog: Catalog, id: str) -> tuple[str, ...]:
    return ("yes" if catalog.models[id].reviewed else "no",)


ALL_FACETS = (
    _vocabulary("category", "Group", "Place in the survey's taxonomy: family and group."),
    Facet(
        "tier",
        "Tier",
        "How far the record was checked: against a survey's tables; added since and read by a "
        "second person; added since and not yet.",
        lambda _: TIERS,
        _tier,
    ),
    _openness("code", "Code"),
    _openness("weights", "Weights"),
    _vocabulary("modality", "Modality", "Kinds of image or other data it reads or makes."),
    _vocabulary(
        "organ",
        "Organ",
        "Organs or regions it names; one of several that no source lists is under that term.",
    ),
    _vocabulary("task", "Task", "What it was made or tested for."),
    Facet(
        "weights-licence",
        "Licence of the weights",
        "Terms of its weights alone.",
        partial(_terms, "licence"),
        _weights_licence,
    ),
    Facet(
        "commercial-use",
        "Commercial use of the weights",
        "What the licence of its weights says of commercial use; code and data may have others.",
        lambda _: (*COMMERCIAL, *KINDS),
        _commercial,
    ),
    _vocabulary("licence", "Licence of code or weights", "Terms of its code or of its weights."),
    Facet("year", "Year", "Year of its first public version.", _years, _year),
    _vocabulary("algorithm", "Algorithm", "How it was trained, adapted or prompted."),
    _vocabulary("gpu", "GPU", "Cards it was trained or run on."),
    _vocabulary("base-model", "Base model", "Earlier models it goes back to."),
    _vocabulary("dataset", "Data set", "Data it was trained or tested on."),
    Facet(
        "origin",
        "Origin",
        "Whether the survey has it, or the catalog added it since.",
        lambda _: ORIGINS,
        _origin,
    ),
    Facet(
        "reviewed",
        "Reviewed",
        "Whether a second person read its sources and found the same.",
        lambda _: REVIEWS,
        _reviewed,
    ),
)
"""Every facet, in the order people meet them."""

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
"""Keys of the facets that have a vocabulary."""
