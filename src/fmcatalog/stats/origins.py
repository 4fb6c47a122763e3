"""Where the records come from: a survey's figure, its text, or since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

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
    return tuple(id for id, tier in _tiers(catalog).items() if tier is not Tier.SURVEYED)


@remembered
def tiers(catalog: Catalog, models: Sequence[str] | None = None) -> tuple[Count, ...]:
    """Counts models by how far their records have been checked, the best checked first."""
    members: dict[Tier, list[str]] = {tier: [] for tier in Tier}
    known = _tiers(catalog)
    for id in catalog.models if models is None else models:
        members[known[id]].append(id)
    return tuple(Count(tier.value, tier.label, tuple(ids)) for tier, ids in members.items())


def by_tier(catalog: Catalog, models: Iterable[str]) -> tuple[tuple[Tier, int], ...]:
    """Gives how many of some models are of each tier."""
    counts = Counter(map(_tiers(catalog).__getitem__, models))
    return tuple((tier, counts[tier]) for tier in Tier)


@remembered
def by_date(catalog: Catalog) -> dict[str, int]:
    """Gives the place of each model among all by its first version, the oldest first."""
    ordered = sorted((model.published.first, id) for id, model in catalog.models.items())
    return {id: place for place, (_, id) in enumerate(ordered)}


@remembered
def _tiers(catalog: Catalog) -> dict[str, Tier]:
    return {id: catalog.tier(id) for id in catalog.models}
