"""Which models a page counts: those of all tiers, or of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog, Tier, remembered
from fmcatalog.views.parts import Link


class Scope(NamedTuple):
    """What is counted, in numbers and in words.

    Attributes:
        models: The models.
        tier: The tier they are of; None for all tiers.
        split: How many of each tier, in words; only where these are all models.
    """

    models: tuple[str, ...]
    tier: Tier | None = None
    split: str = ""

    @property
    def some(self) -> tuple[str, ...] | None:
        """The models, None for all: what is counted of all is then counted once for every page."""
        return None if self.split else self.models

    @property
    def who(self) -> str:
        """What is counted, as a denominator says it: ``reviewed models``."""
        return "models (all tiers)" if self.tier is None else f"{self.tier.value} models"

    def counted(self, count: int | None = None) -> str:
        """Writes a number of them; all of them when None."""
        number = len(self.models) if count is None else count
        return f"{number} {self.who if number != 1 else self.who.replace('models', 'model', 1)}"

    def path(self, page: str) -> str:
        """Gives the page that counts only these, of a page that counts all."""
        return page if self.tier is None else f"{page}tier/{self.tier.value}/"

    def asked(self, **query: str) -> dict[str, str]:
        """Gives the query of the explorer that keeps to these models."""
        return query if self.tier is None else {**query, "tier": self.tier.value}


class Tab(NamedTuple):
    """One of several pages that show the same of something else, in the switch between them."""

    link: Link
    current: bool


@remembered
def whole(catalog: Catalog) -> Scope:
    """Gives all models."""
    return Scope(tuple(catalog.models), None, split(catalog))


@remembered
def scopes(catalog: Catalog) -> tuple[Scope, ...]:
    """Gives all models, and then each tier, unless one tier has them all."""
    counts = zip(Tier, stats.tiers(catalog), strict=True)
    found = [Scope(count.models, tier) for tier, count in counts if count.models]
    return (whole(catalog), *(found if len(found) > 1 else ()))


def tabs(catalog: Catalog, page: str, current: Scope) -> tuple[Tab, ...]:
    """Makes the switch between a page's tiers; none where there is only one."""
    found = scopes(catalog)
    if len(found) == 1:
        return ()
    return tuple(
        Tab(
            Link(
                one.tier.label if one.tier else "All tiers",
                one.path(page),
                count=len(one.models),
            ),
            one.tier is current.tier,
        )
        for one in found
    )


def split(catalog: Catalog, models: Sequence[str] | None = None) -> str:
    """Writes how many models are of each tier: ``42 surveyed, 3 listed``."""
    counts = stats.by_tier(catalog, catalog.models if models is None else models)
    return ", ".join(f"{count} {tier.value}" for tier, count in counts if count)
