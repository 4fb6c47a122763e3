"""Counts and distributions."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.counted import (
    coverage,
    facet_figure,
    group_figure,
    listed,
    number,
    plural,
    share,
)
from fmcatalog.views.figures import BarsDrawing, Count, Figure
from fmcatalog.views.over_time import memory_figure
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Column, Link, Row, Table, Value
from fmcatalog.views.timeline import quarters_figure


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """What the statistics page shows.

    Attributes:
        lede: What is counted, and of how many.
        distributions: By group, modality, organ, task.
        over_time: Models a quarter, by group.
        hardware: Training memory over time.
        openness: Code, weights, licences.
        cross: Group and modality.
        completeness: How many records have each field, by kind of missing.
        method: How things are counted, one paragraph each.
    """

    lede: str
    distributions: tuple[Figure, ...]
    over_time: Figure
    hardware: Figure
    openness: tuple[Figure, ...]
    cross: Table
    completeness: Table
    method: tuple[str, ...]


METHOD = (
    (
        "A model counts once under each term it has, and under every broader one: a model for "
        "chest X-rays counts under X-ray too. So bars may add up to more than the models."
    ),
    (
        "A share is of the models that have a value. Unknown values are counted apart, by kind: "
        "not reported (somebody looked, and the sources do not say), not applicable (the question "
        "does not arise), not looked up yet. None of them is read as zero or as no."
    ),
    (
        "The date of a model is that of its paper's first public version: the preprint counts, not "
        "the journal. Quarters are those of the calendar."
    ),
    (
        "Total memory is the number of cards times the memory of one, as reported; stages that "
        "ran on the same rig are one point. It is what the authors had, not the least that would "
        "do."
    ),
    (
        "Code and weights are public when the record holds an address for them. A licence is what "
        "the licence file or the model card says; code and weights are counted apart."
    ),
    "The same calculation writes api/v1/statistics.json.",
)

FIELDS = {
    "links.code": "Link to code",
    "links.weights": "Link to weights",
    "licence.code": "Licence of the code",
    "licence.weights": "Licence of the weights",
}
"""Names of counted fields that are not keys of their own."""


def view(catalog: Catalog, settings: Settings) -> StatisticsView:  # noqa: ARG001 - as every page
    """Makes the page of counts."""
    overview = stats.overview(catalog)
    lede = f"Counts over all {plural(overview.models, 'model')} of the catalog"
    if overview.surveyed:
        parts = [f"the {overview.surveyed} of the survey's Figure 3"]
        if overview.beyond:
            parts.append(f"{len(overview.beyond)} that it describes beside the figure")
        if overview.later:
            parts.append(f"{len(overview.later)} that came later")
        lede += f": {listed(parts)}"
    return StatisticsView(
        lede=f"{lede}. Each bar, piece and point leads to the models it stands for.",
        distributions=(
            group_figure(catalog),
            facet_figure(catalog, "modality", "By modality", "name a modality"),
            facet_figure(catalog, "organ", "By organ", "name an organ"),
            facet_figure(catalog, "task", "By task", "name a task", limit=12),
            facet_figure(
                catalog, "algorithm", "By algorithm", "name an algorithm", limit=12, level=1
            ),
            facet_figure(catalog, "gpu", "By GPU", "name the card they ran on"),
        ),
        over_time=quarters_figure(catalog, "quarters"),
        hardware=memory_figure(catalog, "memory"),
        openness=(
            _openness(catalog, "code", "Public code"),
            _openness(catalog, "weights", "Public weights"),
            _licences(catalog, "code", "Licence of the code"),
            _licences(catalog, "weights", "Licence of the weights"),
        ),
        cross=_cross(catalog),
        completeness=_completeness(catalog),
        method=METHOD,
    )


def _openness(catalog: Catalog, key: str, title: str) -> Figure:
    """Draws whether a link is there; a bar leads to the table, which names its models."""
    found = stats.links(catalog, key)
    return _by_row(
        catalog, f"public-{key}", title, coverage(found.tally, f"have public {key}"), found
    )


def _licences(catalog: Catalog, part: str, title: str) -> Figure:
    found = stats.licences(catalog, part)
    caption = coverage(
        found.tally, f"say under which licence the {part} {'is' if part == 'code' else 'are'} given"
    )
    return _by_row(catalog, f"licence-{part}", title, caption, found, facet="licence")


def _by_row(
    catalog: Catalog,
    id: str,
    title: str,
    caption: str,
    found: stats.Distribution,
    *,
    facet: str = "",
) -> Figure:
    table = f"{id}-numbers"
    return Figure(
        id,
        title,
        caption,
        BarsDrawing(
            tuple(
                Count(
                    c.id if facet else c.label,
                    c.count,
                    f"statistics/#{table}",
                    f"of {found.tally.total}",
                )
                for c in found.counts
            )
        ),
        Table(
            table,
            f"{title}: the models of each bar.",
            (
                Column("Licence" if facet else title),
                Column("Models", numeric=True),
                Column("Which", sortable=False),
            ),
            tuple(
                Row(
                    Link(c.label, paths.term_path(facet, c.id) if facet else ""),
                    (
                        number(c.count),
                        Value(links=tuple(paths.model_link(catalog, m) for m in c.models)),
                    ),
                )
                for c in found.counts
            ),
        ),
    )


def _cross(catalog: Catalog) -> Table:
    found = stats.cross(catalog, "modality", "category")
    tally = stats.distribution(catalog, "modality").tally
    return Table(
        "cross",
        "Models by modality and group. "
        + coverage(tally, "name a modality")
        + " One with several modalities counts in each of their rows.",
        (
            Column("Modality"),
            *(Column(group.label, numeric=True) for group in found.columns),
            Column("All", numeric=True),
        ),
        tuple(
            Row(
                Link(modality.label, paths.term_path("modality", modality.id)),
                (
                    *(number(found.count(modality.id, group.id)) for group in found.columns),
                    number(modality.count),
                ),
            )
            for modality in found.rows
        ),
    )


def _completeness(catalog: Catalog) -> Table:
    found = stats.completeness(catalog)
    return Table(
        "completeness",
        f"Of {plural(len(catalog.models), 'record')}: how many have each field, and why the others "
        "have not. Every row adds up.",
        (
            Column("Field", sortable=False),
            Column("Known", numeric=True),
            Column("Not reported", numeric=True),
            Column("Not applicable", numeric=True),
            Column("Not looked up", numeric=True),
            Column("Share known", numeric=True),
        ),
        tuple(
            Row(
                Link(field_label(key), f"data/#field-{key.replace('.', '-')}"),
                (
                    number(tally.known),
                    number(tally.not_reported),
                    number(tally.not_applicable),
                    number(tally.absent),
                    share(tally.known, tally.total),
                ),
            )
            for key, tally in found.items()
        ),
    )


def field_label(key: str) -> str:
    """Names a field for people: ``other_titles`` becomes ``Other titles``."""
    return FIELDS.get(key) or key.replace("_", " ").capitalize()
