"""Which records a survey has where: in its figure, its tables, its text."""

from __future__ import annotations

from fmcatalog.catalog import Catalog, SurveyData, Tier
from fmcatalog.rules import reconciliation
from fmcatalog.views import paths
from fmcatalog.views.counted import verb
from fmcatalog.views.parts import Column, Link, Row, Table, Value


def sentence(catalog: Catalog, data: SurveyData) -> str:
    """Says how many records the survey counts, and what the others are."""
    beyond = [id for id in data.survey.beyond_the_figure if id in catalog.models]
    held = sum(row.model in catalog.models for row in data.figure3)
    papers = f"the {held}" if held == len(data.figure3) else f"{held} of the {len(data.figure3)}"
    said = f"{len(catalog.models)} records: {papers} papers of Figure 3"
    said += f", and {len(beyond)} that the survey describes but does not count." if beyond else "."
    in_table = {row.model for row in data.table1}
    for id in beyond:
        model = catalog.models[id]
        group = catalog.term("category", model.category)
        place = "stands in its text and Table 1" if id in in_table else "stands in its text"
        summary = " ".join((model.summary or "").split()).partition(". ")[0].rstrip(".")
        said += f" {model.name} ({group.short if group else model.category}) {place}"
        said += f": {_inner(summary)}." if summary else "."
    rest = len(catalog.models) - held - len(beyond)
    if rest:
        said += f" {verb(rest, 'record was', 'records were')} added since."
    return said


def _inner(sentence: str) -> str:
    """Lets a sentence stand within another: its article loses the capital."""
    article = sentence.startswith(("A ", "An ", "The "))
    return sentence[0].lower() + sentence[1:] if article else sentence


def table(catalog: Catalog, data: SurveyData) -> Table:
    """Makes the table of the survey's records against Figure 3, Table 1 and Table 2."""
    figure3 = {row.model: row.number for row in data.figure3}
    table1 = {row.model for row in data.table1}
    table2 = {
        id: number
        for number, (id, _) in enumerate(reconciliation.table2(catalog, data), start=1)
        if id is not None
    }
    held = [id for id in catalog.models if catalog.tier(id) is Tier.SURVEYED]
    order = sorted(held, key=lambda id: (figure3.get(id, 10**9), id))
    others = len(catalog.models) - len(held)

    def row(id: str) -> Row:
        badge = paths.badge(catalog, catalog.models[id].category)
        place = table2.get(id)
        return Row(
            paths.model_link(catalog, id),
            (
                Value(badge=badge, sort=badge.label),
                _place(figure3.get(id)),
                Value("yes", sort="yes") if id in table1 else Value("no", sort="no"),
                Value(links=(Link(str(place), f"survey/#table2-{place}"),), sort=str(place))
                if place
                else _place(None),
            ),
        )

    return Table(
        "matrix",
        f"All {len(order)} surveyed records: {len(figure3)} in Figure 3, {len(table1)} in Table 1, "
        f"{len(table2)} in Table 2. The numbers are the survey's own."
        + (f" {verb(others, 'record is', 'records are')} in none of these." if others else ""),
        (
            Column("Model"),
            Column("Group"),
            Column("No. in Figure 3", numeric=True),
            Column("In Table 1"),
            Column("Row of Table 2", numeric=True),
        ),
        tuple(row(id) for id in order),
    )


def _place(value: int | None) -> Value:
    """Writes a place in a figure or table, or that there is none."""
    return Value("no") if value is None else Value(str(value), sort=str(value))
