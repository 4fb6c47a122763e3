"""One term of a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.category import Distribution
from fmcatalog.views.parts import Fact, Link, Table


@dataclass(frozen=True, slots=True)
class TermView:
    """What the page of a term shows.

    Attributes:
        crumbs: Way from the top, through broader terms.
        name: The preferred label.
        facet: The facet, in the singular.
        definition: One or two sentences.
        tally: How many models, of how many; what counts.
        facts: Aliases, outside codes, and for a GPU vendor, memory and release.
        narrower: Terms under it.
        table: Models that have it or a term under it.
        meets: What it meets most.
    """

    crumbs: tuple[Link, ...]
    name: str
    facet: str
    definition: str
    tally: str
    facts: tuple[Fact, ...]
    narrower: tuple[Link, ...]
    table: Table
    meets: tuple[Distribution, ...]
