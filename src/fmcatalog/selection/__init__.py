"""Which models a question means: one definition for the command line, Python and the site.

``facets`` and ``measures`` say what can be asked, ``query`` answers in Python, and ``index`` hands
the same definition to the browser as data.
"""

from __future__ import annotations

from fmcatalog.selection.facets import (
    ALL_FACETS,
    COMMERCIAL,
    FACETS,
    UNKNOWN,
    Facet,
    Option,
    commercial,
    public,
)
from fmcatalog.selection.index import index, texts
from fmcatalog.selection.measures import MEASURES, Measure, hours
from fmcatalog.selection.query import Query, UnknownWord, Unlisted, select, unlisted

__all__ = [
    "ALL_FACETS",
    "COMMERCIAL",
    "FACETS",
    "MEASURES",
    "UNKNOWN",
    "Facet",
    "Measure",
    "Option",
    "Query",
    "UnknownWord",
    "Unlisted",
    "commercial",
    "hours",
    "index",
    "public",
    "select",
    "texts",
    "unlisted",
]
