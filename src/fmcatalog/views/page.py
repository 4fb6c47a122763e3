"""What the site has to know of a page besides its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fmcatalog.views.parts import Link

PageKind = Literal[
    "home",
    "explore",
    "compare",
    "models",
    "model",
    "taxonomy",
    "category",
    "vocabulary",
    "term",
    "timeline",
    "timeline-part",
    "since",
    "statistics",
    "statistics-part",
    "gaps",
    "lineage",
    "hardware",
    "survey",
    "data",
    "api",
    "python",
    "contribute",
    "contribute-new",
    "help-wanted",
    "not-found",
]
"""Kinds of page; ``templates/<kind>.html`` renders each."""

HIDDEN: dict[PageKind, tuple[str, ...]] = {
    "home": ("navigation", "toc"),
    "explore": ("navigation", "toc"),
    "compare": ("navigation", "toc"),
    "models": ("navigation", "toc"),
    "taxonomy": ("navigation", "toc"),
    "vocabulary": ("navigation", "toc"),
    "term": ("navigation", "toc"),
    "timeline": ("navigation", "toc"),
    "timeline-part": ("navigation", "toc"),
    "hardware": ("navigation", "toc"),
    "data": ("navigation",),
    "api": ("navigation",),
    "python": ("navigation",),
    "model": ("navigation",),
    "category": ("navigation", "toc"),
    "since": ("navigation", "toc"),
    "statistics": ("navigation", "toc"),
    "statistics-part": ("navigation", "toc"),
    "gaps": ("navigation", "toc"),
    "lineage": ("navigation", "toc"),
    "survey": ("navigation", "toc"),
    "contribute": ("navigation",),
    "contribute-new": ("navigation", "toc"),
    "help-wanted": ("navigation", "toc"),
    "not-found": ("navigation", "toc"),
}
"""Side columns that a kind of page goes without (the engine's ``hide`` setting)."""

UNPARTED: frozenset[PageKind] = frozenset({"contribute-new", "help-wanted"})
"""Kinds of pages outside the navigation that have no headings; all others have some."""

SEARCH_BOOST: dict[PageKind, float] = {
    "model": 3.0,
    "category": 1.5,
    "term": 1.5,
    "hardware": 3.0,
    "timeline": 0.3,
    "vocabulary": 0.5,
    "gaps": 0.5,
    "lineage": 0.3,
    "timeline-part": 0.1,
    "statistics-part": 0.1,
    "explore": 0.1,
    "compare": 0.1,
    "contribute-new": 0.1,
    "help-wanted": 0.1,
}
"""Weight in the site's search; 1 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the pages have to know that is not in the catalog.

    Attributes:
        repository: Address of the repository on its forge, without a slash at the end; empty
            when it has none, and then no page offers to edit or report there.
        as_of: Day of the newest reading of a source, ISO.
        sizes: Path of each data file → its bytes; empty where they are not made yet.
        address: Whole address of the site, a slash at its end; empty where it is not set.
    """

    repository: str = ""
    as_of: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    address: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        path: Place from the top of the site, for example ``models/medsam/``; empty for home.
        kind: PageKind of page.
        title: Title for the window and for search; plain text.
        description: One sentence for search engines; plain text.
        words: What else the site's search should find it by: a model's name, title and
            modalities, all names of a term.
        weight: What the weight of its kind in the site's search is multiplied with.
        data: Files that hold what it shows.
        about: Facet and id of the one thing it is about: ``("model", "medsam")``, or a term.
        ahead: What its own script cannot do without: style, modules and data, paths from the top
            of the site.
    """

    path: str
    kind: PageKind
    title: str
    description: str
    words: tuple[str, ...] = ()
    weight: float = 1.0
    data: tuple[Link, ...] = ()
    about: tuple[str, str] | None = None
    ahead: tuple[str, ...] = ()
