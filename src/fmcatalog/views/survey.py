"""The survey, proved from the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fmcatalog.catalog import Catalog, SurveyData
from fmcatalog.records import TABLE2_COLUMNS, Survey
from fmcatalog.records.survey import Exhibit
from fmcatalog.rules import agreement, reconciliation
from fmcatalog.rules.agreement import Agreement
from fmcatalog.rules.reconciliation import Cell, Verdict
from fmcatalog.views import membership, mistakes, paths
from fmcatalog.views.counted import listed, verb
from fmcatalog.views.mistakes import Subject
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import (
    Fact,
    Link,
    Outlink,
    Table,
    Value,
)


class Check(NamedTuple):
    """One figure or table of the survey and how it came out.

    Attributes:
        label: For example ``Table 2``.
        what: What was compared.
        cells: How many things were compared.
        equal: How many agree.
        explained: How many differ and have an erratum.
        unexplained: How many differ without one.
        verdict: In words; also for what cannot be checked.
        state: How it is drawn.
        link: Where ours is shown.
    """

    label: str
    what: str
    cells: int
    equal: int
    explained: int
    unexplained: int
    verdict: str
    state: str
    link: Link | None = None


class Challenge(NamedTuple):
    """An open challenge: its name and a paragraph in own words."""

    label: str
    text: str


class Printed(NamedTuple):
    """One row of Table 2: its number, its model, its cells as printed beside ours."""

    number: int
    link: Link
    cells: tuple[PrintedCell, ...]


class PrintedCell(NamedTuple):
    """A cell as printed, and where ours differs what we hold and why."""

    printed: str
    ours: str = ""
    state: str = "equal"
    erratum: str = ""


class SurveyView(NamedTuple):
    """What the survey page shows.

    Attributes:
        citation: How it is cited.
        links: The paper, its list.
        lede: The result, with numbers.
        tally: Counted verdict: cells, equal, explained, unexplained.
        checks: One a figure or table.
        table2_columns: Headings of Table 2.
        table2: Its rows.
        mistakes: How many mistakes were found, in one sentence.
        errata_note: What else is listed among them.
        subjects: All of them, by what they are about, the surest first.
        search: Platforms, period, criteria.
        queries: The search terms, letter by letter.
        challenges: Open challenges.
        extra: What the catalog holds beyond the figure, in words.
        matrix: Which records stand in Figure 3, Table 1 and Table 2.
    """

    citation: str
    links: tuple[Outlink, ...]
    lede: str
    tally: tuple[Check, ...]
    checks: tuple[Check, ...]
    table2_columns: tuple[str, ...]
    table2: tuple[Printed, ...]
    mistakes: str
    errata_note: str
    subjects: tuple[Subject, ...]
    search: tuple[Fact, ...]
    queries: tuple[str, ...]
    challenges: tuple[Challenge, ...]
    extra: str
    matrix: Table


HEADINGS = {
    "category": "Category",
    "sub_category": "Sub-category",
    "gpu_model": "GPU model",
    "gpu_count": "GPUs",
    "gpu_memory_gb": "GB a GPU",
    "total_gpu_memory_gb": "GB in all",
    "gpu_hours": "GPU hours",
    "input_size": "Input size",
    "batch_size": "Total batch size",
    "epochs": "Epochs",
}
"""Column of table2.csv → heading; row and model head the rows."""

OURS = {
    "figure-1a": Link("Ours", "statistics/#figure-group"),
    "figure-1b": Link("Ours", "statistics/#figure-modality"),
    "figure-1c": Link("Ours", "statistics/#figure-organ"),
    "figure-2": Link("Ours", "taxonomy/"),
    "figure-3": Link("Ours", "survey/#matrix"),
    "figure-8": Link("Ours", "timeline/"),
    "table-1": Link("Ours", "survey/#matrix"),
    "table-2": Link("Ours", "survey/#table2"),
}
"""Figure or table → where ours is shown."""

_STATES = {
    Verdict.EQUAL: "equal",
    Verdict.DOUBTED: "doubted",
    Verdict.EXPLAINED: "explained",
    Verdict.DIFFERS: "open",
}


def view(catalog: Catalog, settings: Settings) -> SurveyView:  # noqa: ARG001 - as every page
    """Makes the page of the survey; the first one, should the catalog hold several.

    Raises:
        ValueError: The catalog holds no survey.
    """
    data = next(iter(catalog.surveys.values()), None)
    if data is None:
        raise ValueError("the catalog holds no survey")
    survey = data.survey
    cells = agreement.table2(catalog, data)
    checks = tuple(_check(catalog, data, exhibit) for exhibit in survey.figures)
    return SurveyView(
        citation=citation(survey),
        links=tuple(_links(survey)),
        lede=_lede(cells, checks),
        tally=(
            Check("cells of Table 2 compared", "", cells.cells, 0, 0, 0, "", "all"),
            Check("equal", "", cells.equal, 0, 0, 0, "", "good"),
            Check("equal, but doubted by an erratum", "", cells.doubted, 0, 0, 0, "", "known"),
            Check("differ, and an erratum says why", "", cells.explained, 0, 0, 0, "", "known"),
            Check("differ unexplained", "", cells.differs, 0, 0, 0, "", _state(cells)),
        ),
        checks=checks,
        table2_columns=tuple(HEADINGS.values()),
        table2=tuple(
            _printed(data.table2[place].short_name, place + 1, id, row)
            for place, (id, row) in enumerate(reconciliation.table2(catalog, data))
        ),
        mistakes=mistakes.counted(data),
        errata_note=mistakes.others(data),
        subjects=mistakes.subjects(catalog, data),
        search=tuple(_search(survey)),
        queries=survey.search.queries,
        challenges=tuple(
            Challenge(f"{challenge.section} {challenge.title}", challenge.summary)
            for challenge in survey.challenges
        ),
        extra=membership.sentence(catalog, data),
        matrix=membership.table(catalog, data),
    )


def citation(survey: Survey) -> str:
    """Writes how a survey is cited, in one line."""
    said = f"{listed(survey.authors)}: {survey.title}."
    if survey.identifiers.arxiv:
        said += f" arXiv:{survey.identifiers.arxiv},"
    return f"{said} {survey.published}."


def proof(catalog: Catalog) -> str:
    """Says in one sentence how the survey's Table 2 was checked and what came of it."""
    found = [agreement.table2(catalog, data) for data in catalog.surveys.values()]
    if not found:
        return ""
    cells = found[0]
    return (
        f"All {cells.cells} cells of the survey's Table 2 were compared with the records: "
        f"{_outcome(cells)}."
    )


def _outcome(cells: Agreement) -> str:
    doubted = f" ({cells.doubted} of them doubted by an erratum)" if cells.doubted else ""
    return (
        f"{verb(cells.agree, 'agrees', 'agree')}{doubted}, "
        f"{verb(cells.explained, 'differs', 'differ')} and an erratum says why, "
        f"{cells.differs or 'none'} "
        f"{'differs' if cells.differs in (0, 1) else 'differ'} unexplained"
    )


def _lede(cells: Agreement, checks: tuple[Check, ...]) -> str:
    """Says the result: Table 2, the other exhibits, and what cannot be checked."""
    others = [check for check in checks if check.cells and check.label != "Table 2"]
    beyond = [check.label for check in checks if not check.cells]
    whole = [check.label for check in others if check.equal == check.cells]
    parts = [check.label for check in others if check.equal != check.cells]
    said = f"Of the {cells.cells} cells of Table 2, {_outcome(cells)}."
    if whole:
        said += f" {listed(whole)} {'agrees' if len(whole) == 1 else 'agree'} in full."
    if parts:
        said += f" {listed(parts)} {'does' if len(parts) == 1 else 'do'} not agree in full."
    if beyond:
        figures = [label.removeprefix("Figure ") for label in beyond]
        said += (
            f" {'Figures' if len(beyond) > 1 else 'Figure'} {listed(figures)} cannot be checked."
        )
    return said


def _check(catalog: Catalog, data: SurveyData, exhibit: Exhibit) -> Check:
    label = exhibit.id.replace("-", " ").capitalize()
    link = OURS.get(exhibit.id)
    what, found = _compared(catalog, data, exhibit.id)
    if not exhibit.checkable or found is None:
        reason = exhibit.reason or "Nothing compares it yet."
        if link is not None:
            reason += " Ours is shown; no match is claimed."
        return Check(label, exhibit.title, 0, 0, 0, 0, reason, "unchecked", link)
    return Check(
        label,
        f"{exhibit.title}: {what}",
        found.cells,
        found.agree,
        found.explained,
        found.differs,
        _verdict(found),
        _state(found),
        link,
    )


def _compared(catalog: Catalog, data: SurveyData, id: str) -> tuple[str, Agreement | None]:
    if id == "figure-1a":
        counts = ", ".join(str(n) for n in sorted(data.survey.figure1a.values(), reverse=True))
        found = agreement.figure1a(catalog, data)
        return f"the number of papers in each group ({counts})", found
    if id == "figure-3":
        return "the group of each paper", agreement.members(catalog, data.figure3)
    if id == "table-1":
        return "the group of each network", agreement.members(catalog, data.table1)
    if id == "table-2":
        rows, columns = len(data.table2), len(TABLE2_COLUMNS)
        return f"{rows} rows of {columns} cells", agreement.table2(catalog, data)
    return "", None


def _state(found: Agreement) -> str:
    return "open" if found.differs else "good"


def _verdict(found: Agreement) -> str:
    if found.differs:
        return f"{found.differs} of {found.cells} differ, and nothing says why."
    if not found.explained:
        said = "Agrees in full."
    else:
        said = (
            f"{found.agree} agree; {verb(found.explained, 'differs', 'differ')} for known reasons."
        )
    if found.doubted:
        said += f" An erratum doubts {found.doubted} of those that agree."
    return said


def _printed(name: str, number: int, id: str | None, cells: tuple[Cell, ...]) -> Printed:
    return Printed(
        number,
        Link(name, paths.model_path(id)) if id is not None else Link(name, "models/"),
        tuple(
            PrintedCell(
                cell.printed,
                cell.ours if cell.verdict in (Verdict.EXPLAINED, Verdict.DIFFERS) else "",
                _STATES[cell.verdict],
                f"survey/#erratum-{cell.errata[0]}" if cell.errata else "",
            )
            for cell in cells
            if cell.column in HEADINGS
        ),
    )


def _links(survey: Survey) -> Iterator[Outlink]:
    if survey.links is not None and survey.links.paper:
        yield Outlink("The paper", survey.links.paper)
    if survey.links is not None and survey.links.list:
        yield Outlink("its list of papers", survey.links.list)


def _search(survey: Survey) -> Iterator[Fact]:
    search = survey.search
    yield Fact("Platforms", Value(listed(search.platforms)))
    if search.kinds:
        yield Fact("Kinds of work", Value(listed(search.kinds)))
    for name, meaning in (search.placeholders or {}).items():
        yield Fact(f"{{{name}}} stands for", Value(meaning))
    if search.filter:
        yield Fact("Taken out", Value(search.filter))
