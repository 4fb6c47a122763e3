"""Where the records come from: a survey's figure, its text, or since."""

from __future__ import annotations

from fmcatalog.catalog import Catalog, Tier


def surveyed(catalog: Catalog) -> tuple[str, ...]:
    """Gives the models that stand in the survey's Figure 3, in its order."""
    return tuple(row.model for data in catalog.surveys.values() for row in data.figure3)


def beyond(catalog: Catalog) -> tuple[str, ...]:
    """Gives the models the survey describes but does not count in its figure."""
    return tuple(m for data in catalog.surveys.values() for m in data.survey.beyond_the_figure)


def later(catalog: Catalog) -> tuple[str, ...]:
    """Gives the models that no survey holds: what the catalog added since."""
    return tuple(m for m in catalog.models if catalog.tier(m) is not Tier.SURVEYED)
