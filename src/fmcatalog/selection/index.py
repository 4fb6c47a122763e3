"""The definition and the values as data: what the browser answers the same questions from.

Two files: what filters, sorts and shows a list, and the longer texts that only a search of words
needs. The first is small enough to be there with the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Model
from fmcatalog.records.text import folded
from fmcatalog.selection.facets import ABSENT, ALL_FACETS, Facet
from fmcatalog.selection.measures import MEASURES, Bounds, Measure
from fmcatalog.selection.query import other_words

INDEX_VERSION = 2
"""Changes when a reader of the old form would fail."""

KINDS_OF_MISSING = (Missing.NOT_REPORTED.value, Missing.NOT_APPLICABLE.value, ABSENT)
"""A missing text of a measure is the number of its kind in this list."""


def index(catalog: Catalog) -> dict[str, Any]:
    """Gives what can be asked, and every model's values, by column.

    Returns:
        ``models``: columns of text. ``facets``: each with its ``options`` (ids, labels, short
        labels where they differ, places of the broader options or -1, other words, places of the
        collective options), how ``many`` of them each model has, and which, as places in the
        options, all in one row. ``measures``: what is reported, each once, as ``low`` and
        ``high`` (null where not known) and ``text`` (as reported, or the number of a kind of
        missing); and the place of each model's in these. Numbers of models are
        :func:`letters`.
    """
    models = catalog.models
    chosen: list[list[tuple[str, ...]]] = [[] for _ in ALL_FACETS]
    reported: list[list[Bounds]] = [[] for _ in MEASURES]
    facets = [(f.values, found.append) for f, found in zip(ALL_FACETS, chosen, strict=True)]
    measures = [(m.read, found.append) for m, found in zip(MEASURES, reported, strict=True)]
    # Model by model, which takes half as long as column by column: a model is then at hand.
    for id, model in models.items():
        for values, add in facets:
            add(values(catalog, id))
        for read, put in measures:
            put(read(model))
    return {
        "version": INDEX_VERSION,
        "digest": _digest(catalog),
        "count": len(models),
        "missing": list(KINDS_OF_MISSING),
        "models": {
            "id": list(models),
            "name": [model.name for model in models.values()],
            "published": [str(model.published) for model in models.values()],
        },
        "facets": [_facet(catalog, *one) for one in zip(ALL_FACETS, chosen, strict=True)],
        "measures": [_measure(*one) for one in zip(MEASURES, reported, strict=True)],
    }


def texts(catalog: Catalog) -> dict[str, Any]:
    """Gives titles, authors as they are shown, and the other words a search finds, by column.

    Id, name and title are looked for as well; the browser folds them itself. A copy of another
    day would give models each other's titles; the digest of the ids tells it apart.
    """
    models = catalog.models.values()
    fold = lru_cache(4096)(folded)  # who writes one such paper has often written another
    return {
        "digest": _digest(catalog),
        "title": [model.title for model in models],
        "authors": [_authors(model) for model in models],
        "words": ["\n".join(map(fold, other_words(model))) for model in models],
    }


def letters(numbers: Iterable[int]) -> str:
    """Writes a row of small numbers as a text, a letter each: 0 is "0", 9 is "9", 10 is ":".

    Packed as hosts do it, such a row takes little more than what it tells; a JSON list of the
    same numbers takes half as much again, and longer to read. The largest it can hold is 55,247.
    """
    return "".join([chr(_ZERO + number) for number in numbers])


_ZERO = ord("0")


def _digest(catalog: Catalog) -> str:
    return hashlib.sha256("\n".join(catalog.models).encode()).hexdigest()[:16]


def _authors(model: Model) -> str:
    more = len(model.authors) > 1 or model.author_count is not None
    return model.authors[0] + (" et al." if more else "")


def _facet(catalog: Catalog, facet: Facet, chosen: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    options = facet.options(catalog)
    place = {option.id: number for number, option in enumerate(options)}
    # Many models have the same few.
    written = {ids: letters(place[id] for id in ids if id in place) for ids in set(chosen)}
    rows = [written[ids] for ids in chosen]
    return {
        "key": facet.key,
        "label": facet.label,
        "options": {
            "id": [option.id for option in options],
            "label": [option.label for option in options],
            "short": [option.short for option in options],
            "broader": [place.get(option.broader or "", -1) for option in options],
            "words": [[word.casefold() for word in option.aliases] for option in options],
            "collective": [place[option.id] for option in options if option.collective],
        },
        "many": letters(map(len, rows)),
        "values": "".join(rows),
    }


def _measure(measure: Measure, reported: Sequence[Bounds]) -> dict[str, Any]:
    place = {bounds: number for number, bounds in enumerate(dict.fromkeys(reported))}
    return {
        "key": measure.key,
        "label": measure.label,
        "unit": measure.unit,
        "low": [_number(bounds.low) for bounds in place],
        "high": [_number(bounds.high) for bounds in place],
        "text": [_text(bounds) for bounds in place],
        "values": letters(place[bounds] for bounds in reported),
    }


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def _text(bounds: Bounds) -> str | int:
    if bounds.text:
        return bounds.text
    return KINDS_OF_MISSING.index(bounds.missing.value if bounds.missing else ABSENT)
