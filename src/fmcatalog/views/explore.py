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
"""Up to so many models the plain list has all its columns; beyond, what one finds a model by."""

SCRIPTS = ("explore", "engine", "table", "panel", "state", "chips", "dom")
"""The modules a visit needs; those for downloads and picks are fetched when they are asked for."""

SCRIPT_PATHS = tuple(f"assets/explore/{name}.js" for name in SCRIPTS)
"""Where they stand on the site."""

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
        scripts: Paths of its modules, the one that starts first.
    """

    many: bool
    ways: tuple[Way, ...]
    table: Table
    shapes: str
    scripts: tuple[str, ...]


def view(catalog: Catalog) -> ExploreView:
    """Makes the explorer."""
    families = [t for t in catalog.terms.get("category", {}) if catalog.narrower("category", t)]
    return ExploreView(
        many=len(catalog.models) > WHOLE,
        ways=tuple(_way(catalog, facet) for facet in FACETS if facet in catalog.vocabularies),
        table=_table(catalog),
        shapes=" ".join(f"{family}:{paths.shape(catalog, family)}" for family in families),
        scripts=SCRIPT_PATHS,
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
    if count > models.WHOLE:
        shown = models.newest(catalog, shown, models.LISTED)
        caption = f"The newest {models.LISTED} of {count} models."
    table = models_table(catalog, "models", shown, caption)
    if count > models.WHOLE:
        table = replace(table, rest=Link(f"All {count} of them", "models/"))
    # What reference managers read is a third of such a list; it stands in all lists but this one,
    # which goes when the explorer comes.
    rows = tuple(replace(row, coins="") for row in table.rows)
    if count <= WHOLE:
        return replace(table, rows=rows)
    rows = tuple(replace(row, cells=row.cells[:2]) for row in rows)
    return replace(table, columns=table.columns[:3], rows=rows)
