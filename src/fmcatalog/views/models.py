"""The list of all models."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.parts import Link, Table


@dataclass(frozen=True, slots=True)
class ModelsView:
    """What the list shows.

    Attributes:
        lede: How many, from where.
        facets: Ways to narrow it down: the indexes of the facets, with counts of terms.
        table: One row a model.
        downloads: The same list as files.
    """

    lede: str
    facets: tuple[Link, ...]
    table: Table
    downloads: tuple[Link, ...]
