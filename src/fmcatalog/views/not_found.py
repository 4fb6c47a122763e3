"""The page for an address that leads nowhere."""

from __future__ import annotations

from typing import NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Link


class NotFoundView(NamedTuple):
    """Ways on from a wrong address.

    Attributes:
        doors: The main pages.
        models: Every model, so that a name can be found by eye.
    """

    doors: tuple[Link, ...]
    models: tuple[Link, ...]


DOORS = (
    Link("Home", ""),
    Link("Explore", "explore/"),
    Link("Compare", "compare/"),
    Link("Models", "models/"),
    Link("Taxonomy", "taxonomy/"),
    Link("Lineage", "lineage/"),
    Link("Timeline", "timeline/"),
    Link("Statistics", "statistics/"),
    Link("Gaps", "gaps/"),
    Link("Hardware", "hardware/"),
    Link("Survey", "survey/"),
    Link("Data", "data/"),
    Link("Contribute", "contribute/"),
)
"""The main pages, in the order of the navigation."""


def view(catalog: Catalog, settings: Settings) -> NotFoundView:  # noqa: ARG001 - as every page
    """Makes the page for an address that leads nowhere."""
    models = sorted(paths.model_links(catalog).values(), key=lambda link: link.label.casefold())
    return NotFoundView(DOORS, tuple(models))
