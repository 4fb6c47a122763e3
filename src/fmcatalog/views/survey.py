"""The survey, proved from the data."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.parts import ErratumEntry, Fact, Link, Outlink, Table


@dataclass(frozen=True, slots=True)
class Check:
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


@dataclass(frozen=True, slots=True)
class Challenge:
    """An open challenge: its name and a paragraph in own words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """One row of Table 2: its number, its model, its cells as printed beside ours."""

    number: int
    link: Link
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as printed, and where ours differs what we hold and why."""

    printed: str
    ours: str = ""
    state: str = "equal"
    erratum: str = ""


@dataclass(frozen=True, slots=True)
class SurveyView:
    """What the survey page shows.

    Attributes:
        citation: How it is cited.
        links: The paper, its list.
        lede: The result, with numbers.
        tally: Counted verdict: cells, equal, explained, unexplained.
        checks: One a figure or table.
        table2_columns: Headings of Table 2.
        table2: Its rows.
        errata: All mistakes.
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
    errata: tuple[ErratumEntry, ...]
    search: tuple[Fact, ...]
    queries: tuple[str, ...]
    challenges: tuple[Challenge, ...]
    extra: str
    matrix: Table
