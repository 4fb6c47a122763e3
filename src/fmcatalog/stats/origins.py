"""Where the records come from: a survey's figure, its text, or since."""

from __future__ import annotations

from collections.abc import Sequence

from fmcatalog.catalog import Catalog, Tier, remembered
from fmcatalog.stats.values import Count


@remembered
def surveyed(catalog: Catalog) -> tuple[str, ...]:
    """Gives the models that stand in the survey's Figure 3, in its order."""
    return tuple(row.model for data in catalog.surveys.values() for row in data.figure3)


@remembered
def beyond(catalog: Catalog) -> tuple[str, ...]:
    """Gives the models the survey describes but does not count in its figure."""
    return tuple(m for data in catalog.surveys.values() for m in data.survey.beyond_the_figure)


@remembered
def later(catalog: Catalog) -> tuple[str, ...]:
    """Gives the models that no survey holds: what the catalog added since."""
    return tuple(m for m in catalog.models if catalog.tier(m) is not Tier.SURVEYED)


@remembered
def tiers(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Count, ...]:
    """Counts models by how far their records have been checked, the best checked first."""
    members: dict[Tier, list[str]] = {tier: [] for tier in Tier}
    for id in catalog.models if models is None else models:
        members[catalog.tier(id)].append(id)
    return tuple(Count(tier.value, tier.label, tuple(ids)) for tier, ids in members.items())
