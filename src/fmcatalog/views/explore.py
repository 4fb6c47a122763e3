"""The explorer: what it shows without a script, and what the script has to know."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.selection import FACETS
from fmcatalog.views import models, paths
from fmcatalog.views.models import models_table
from fmcatalog.views.parts import Link, Table

WHOLE = 1000
"""Up to so many models stand in the list without a script, with all columns.

A thousand are a megabyte of markup, 80 KiB packed, which a phone reads and the script then takes
away; of more, the newest stand there with what one knows a model by, and the way to all.
"""

SCRIPT = "assets/explore/explore.js"
"""What a visit needs, in one piece; what is for downloads and picks is fetched when asked for."""

INDEX, TEXTS = "assets/explore.json", "assets/explore-texts.json"
"""What the script reads: what filters and sorts a list, and then what a search of words needs."""

AHEAD = ("assets/explore/explore.css", INDEX, SCRIPT)
"""What a visit cannot do without, the largest first."""

SHOWN = 30
"""Terms of a facet that stand beside the list without a script."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to narrow the list down without a script: a facet, its index and main terms."""

    index: Link
    terms: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ExploreView:
    """What the explorer shows.

    Attributes:
        many: Whether the list is too long for all its columns.
        ways: Facets with their most frequent terms.
        table: One row a model.
        shapes: Families with their signs, for the script.
        script: Path of the module that starts.
        index: Path of what it reads first.
        texts: Path of what it reads then.
    """

    many: bool
    ways: tuple[Way, ...]
    table: Table
    shapes: str
    script: str = SCRIPT
    index: str = INDEX
    texts: str = TEXTS


def view(catalog: Catalog) -> ExploreView:
    """Makes the explorer."""
    families = [t for t in catalog.terms.get("category", {}) if catalog.narrower("category", t)]
    return ExploreView(
        many=len(catalog.models) > WHOLE,
        ways=tuple(_way(catalog, facet) for facet in FACETS if facet in catalog.vocabularies),
        table=_table(catalog),
        shapes=" ".join(f"{family}:{paths.shape(catalog, family)}" for family in families),
    )


def _way(catalog: Catalog, facet: str) -> Way:
    counts = stats.distribution(catalog, facet, top=True).counts
    return Way(
        Link(catalog.vocabularies[facet].label, paths.facet_path(facet)),
        tuple(Link(c.label, paths.term_path(facet, c.id), count=c.count) for c in counts[:SHOWN]),
    )


def _table(catalog: Catalog) -> Table:
    count, shown = len(catalog.models), tuple(catalog.models)
    caption = f"All {count} models."
    if count > WHOLE:
        shown = models.newest(catalog, shown, models.LISTED)
        caption = f"The newest {models.LISTED} of {count} models."
    table = models_table(catalog, "models", shown, caption)
    # What reference managers read is a third of such a list; it stands in all lists but this one,
    # which goes when the explorer comes.
    rows = tuple(replace(row, coins="") for row in table.rows)
    if count <= WHOLE:
        return replace(table, rows=rows)
    rows = tuple(replace(row, cells=row.cells[:2]) for row in rows)
    rest = Link(f"All {count} of them", "models/")
    return replace(table, columns=table.columns[:3], rows=rows, rest=rest)
