"""What came since the survey, quarter by quarter and group by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.counted import plural, verb
from fmcatalog.views.figures import Figure
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Badge, Link
from fmcatalog.views.scope import Scope, split
from fmcatalog.views.timeline import quarters_figure

PAGE = "since/"
OPEN = 4
"""Quarters that stand open at first, the newest."""


class Member(NamedTuple):
    """A model that came; how far its record was checked."""

    link: Link
    tier: str


@dataclass(frozen=True, slots=True)
class Group:
    """What came to one group in a quarter."""

    badge: Badge
    count: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in one quarter.

    Attributes:
        anchor: Its place on the page.
        label: The quarter, or the time before the survey's day.
        count: How many, in words.
        split: Of which tiers.
        groups: The groups that got something, family by family.
        open: Whether it stands open at first.
    """

    anchor: str
    label: str
    count: str
    split: str
    groups: tuple[Group, ...]
    open: bool


class SinceView(NamedTuple):
    """What the page shows.

    Attributes:
        lede: How many came, since when, of which tiers.
        explore: The same models in the explorer.
        figure: Models a quarter, by group; none where nothing came.
        batches: The quarters, newest first.
        before: Models from before the survey's day that it does not have.
    """

    lede: str
    explore: str
    figure: Figure | None
    batches: tuple[Batch, ...]
    before: tuple[Batch, ...]


def view(catalog: Catalog, settings: Settings) -> SinceView:  # noqa: ARG001 - as every page
    """Makes the page."""
    later = stats.later(catalog)
    day = max((data.survey.published.first for data in catalog.surveys.values()), default=None)
    after = [m for m in later if day is None or catalog.models[m].published.first >= day]
    earlier = sorted({*later} - {*after})
    quarters = stats.quarters(catalog, after)  # the empty ones too: the chart leads to them
    return SinceView(
        lede=_lede(catalog, after, earlier, str(day or "")),
        explore=paths.explore_path(origin="living"),
        figure=_figure(catalog, tuple(after)) if after else None,
        batches=tuple(
            _batch(catalog, quarter, opened=place < OPEN)
            for place, quarter in enumerate(reversed(quarters))
        ),
        before=tuple(_before(catalog, earlier)),
    )


def _figure(catalog: Catalog, after: tuple[str, ...]) -> Figure:
    found = stats.over_time(catalog, models=after)
    return quarters_figure(catalog, "came", Scope(after), found, PAGE)


def _lede(catalog: Catalog, after: Sequence[str], earlier: Sequence[str], day: str) -> str:
    if not after:
        return "Nothing has been added since the survey."
    said = (
        f"{verb(len(after), 'model has', 'models have')} come since the survey's first version of "
        f"{day}, as far as this catalog knows: {split(catalog, after)}."
    )
    if earlier:
        word = "is older and stands" if len(earlier) == 1 else "are older and stand"
        said += f" {len(earlier)} more that the survey does not have {word} at the end."
    return said


def _batch(catalog: Catalog, quarter: stats.Count, *, opened: bool) -> Batch:
    return Batch(
        f"q{quarter.id.lower()}",
        quarter.label,
        plural(quarter.count, "model"),
        split(catalog, quarter.models),
        tuple(_groups(catalog, quarter.models)),
        opened,
    )


def _before(catalog: Catalog, earlier: Sequence[str]) -> Iterator[Batch]:
    if earlier:
        groups = tuple(_groups(catalog, earlier))
        count, tiers = plural(len(earlier), "model"), split(catalog, earlier)
        yield Batch("before", "Before the survey's day", count, tiers, groups, open=False)


def _groups(catalog: Catalog, models: Sequence[str]) -> Iterator[Group]:
    for group in stats.groups(catalog, models):
        if group.models:
            names = sorted(group.models, key=lambda m: catalog.models[m].name.casefold())
            yield Group(
                paths.badge(catalog, group.id),
                group.count,
                tuple(Member(paths.model_link(catalog, m), catalog.tier(m).value) for m in names),
            )
