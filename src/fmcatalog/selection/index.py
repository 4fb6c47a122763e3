"""The definition and the values as data: what the browser answers the same questions from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Model
from fmcatalog.selection.facets import ABSENT, ALL_FACETS, Facet
from fmcatalog.selection.measures import MEASURES, Bounds, Measure
from fmcatalog.selection.query import haystack

INDEX_VERSION = 1
"""Changes when a reader of the old form would fail."""

KINDS_OF_MISSING = (Missing.NOT_REPORTED.value, Missing.NOT_APPLICABLE.value, ABSENT)
"""A missing text of a measure is the number of its kind in this list."""


def index(catalog: Catalog) -> dict[str, Any]:
    """Gives facets, measures and texts by column: one list a column, one item a model.

    Returns:
        ``models``: columns of text. ``facets``: each with its ``options`` (ids, labels, short
        labels where they differ, places of the broader options or -1, other words, places of the
        collective options) and the ``values`` of every model as places in the options.
        ``measures``: each with ``low`` and ``high`` (null where not known) and ``text`` (as
        reported, or the number of a kind of missing).
    """
    models = catalog.models
    return {
        "version": INDEX_VERSION,
        "count": len(models),
        "missing": list(KINDS_OF_MISSING),
        "models": {
            "id": list(models),
            "name": [model.name for model in models.values()],
            "title": [model.title for model in models.values()],
            "authors": [_authors(model) for model in models.values()],
            "published": [str(model.published) for model in models.values()],
            "text": [haystack(id, model) for id, model in models.items()],
        },
        "facets": [_facet(catalog, facet) for facet in ALL_FACETS],
        "measures": [_measure(measure, tuple(models.values())) for measure in MEASURES],
    }


def _authors(model: Model) -> str:
    more = len(model.authors) > 1 or model.author_count is not None
    return model.authors[0] + (" et al." if more else "")


def _facet(catalog: Catalog, facet: Facet) -> dict[str, Any]:
    options = facet.options(catalog)
    place = {option.id: number for number, option in enumerate(options)}
    return {
        "key": facet.key,
        "label": facet.label,
        "definition": facet.definition,
        "options": {
            "id": [option.id for option in options],
            "label": [option.label for option in options],
            "short": [option.short for option in options],
            "broader": [place.get(option.broader or "", -1) for option in options],
            "words": [[word.casefold() for word in option.aliases] for option in options],
            "collective": [place[option.id] for option in options if option.collective],
        },
        "values": [
            [place[id] for id in facet.values(catalog, model) if id in place]
            for model in catalog.models
        ],
    }


def _measure(measure: Measure, models: Sequence[Model]) -> dict[str, Any]:
    found = [measure.read(model) for model in models]
    return {
        "key": measure.key,
        "label": measure.label,
        "unit": measure.unit,
        "low": [_number(bounds.low) for bounds in found],
        "high": [_number(bounds.high) for bounds in found],
        "text": [_text(bounds) for bounds in found],
    }


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def _text(bounds: Bounds) -> str | int:
    if bounds.text:
        return bounds.text
    return KINDS_OF_MISSING.index(bounds.missing.value if bounds.missing else ABSENT)
