"""The pieces that pages are made of; each is written by a filter or macro of its name.

The six of which a site holds most are named tuples, which are made three times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Missing = Literal["", "not-reported", "not-applicable", "absent"]
"""Why a value is not there; empty when it is there."""

Shape = Literal["textual", "visual", "vision", "other"]
"""How a family of the taxonomy is drawn."""


class Link(NamedTuple):
    """A link to a page of the site.

    Attributes:
        label: What it says.
        path: From the top of the site; with ``#part`` where it leads into a page.
        note: What stands behind it in a quieter voice.
        count: How many things are behind it, where that is worth saying.
    """

    label: str
    path: str
    note: str = ""
    count: int | None = None  # type: ignore[assignment] # in place of a tuple's own method


class Outlink(NamedTuple):
    """A link to another host; the address was checked when the record was read.

    Attributes:
        label: What it says.
        href: The address.
        note: What stands behind it in a quieter voice.
    """

    label: str
    href: str
    note: str = ""


class Badge(NamedTuple):
    """The group of a model.

    Attributes:
        label: Name of the group.
        path: Page of the group.
        shape: Sign of its family.
    """

    label: str
    path: str
    shape: Shape


class Value(NamedTuple):
    """A value of a record as a page shows it.

    Attributes:
        text: The value as words; empty where ``links`` or ``outlinks`` say it.
        missing: Why there is no value.
        links: Terms or models that are the value.
        outlinks: Addresses that are the value.
        badge: The group that is the value.
        tier: How far a record was checked, where that is the value.
        sources: Numbers in the page's list of sources.
        erratum: Path of the survey's mistake about this value.
        printed: What the survey printed, where it differs.
        sort: What a column is sorted by; a plain number in numeric columns, empty when unknown.
        note: A remark about the value.
    """

    text: str = ""
    missing: Missing = ""
    links: tuple[Link, ...] = ()
    outlinks: tuple[Outlink, ...] = ()
    badge: Badge | None = None
    tier: str = ""
    sources: tuple[int, ...] = ()
    erratum: str = ""
    printed: str = ""
    sort: str = ""
    note: str = ""


class Fact(NamedTuple):
    """A labelled value.

    Attributes:
        label: What it is the value of.
        value: The value.
        common: Whether many models have the very same, so that it is worth to be written once.
    """

    label: str
    value: Value
    common: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        label: Its heading.
        numeric: Whether it is set and sorted as numbers.
        sortable: Whether the script may sort by it.
        fixed: Whether its cells stay on one line, as dates should.
    """

    label: str
    numeric: bool = False
    sortable: bool = True
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        head: What it is of, which may lead somewhere.
        cells: One value a further column.
        coins: COinS text of its paper, for reference managers; empty when it is of no paper.
        first: What this list alone says, before the cells that other lists have, too.
    """

    head: Link
    cells: tuple[Value, ...]
    coins: str = ""
    first: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the rows.

    Attributes:
        id: Id on its page.
        caption: What it shows, how many rows, what is left out.
        columns: Headings, the first for the rows' heads.
        rows: Rows in the order they are shown without a script.
        rest: Where all rows are, when these are only some.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    rest: Link | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a list of bars.

    Attributes:
        link: What is counted, with its count.
        share: Length of the bar, 0 to 100.
    """

    link: Link
    share: float


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be had.

    Attributes:
        label: What it is.
        path: From the top of the site.
        format: For example ``JSON``.
        size: For example ``84 KiB``; empty when it is not known while pages are made.
        note: What is in it.
    """

    label: str
    path: str
    format: str
    size: str = ""
    note: str = ""


class SourceEntry(NamedTuple):
    """One entry of a page's list of sources.

    Attributes:
        number: Its number, from 1.
        label: Name of the source.
        path: Page of the site that describes it; empty for one outside.
        href: Address outside; empty for one inside.
        locator: Place in the source.
        accessed: When it was read.
        note: A remark.
        fields: The fields it stands for, in words.
    """

    number: int
    label: str
    path: str = ""
    href: str = ""
    locator: str = ""
    accessed: str = ""
    note: str = ""
    fields: str = ""

    @property
    def words(self) -> str:
        """The entry on one line: what a source mark says of itself."""
        read = f"read {self.accessed}" if self.accessed else ""
        return ", ".join(filter(None, (self.label, self.locator, read)))


@dataclass(frozen=True, slots=True)
class ErratumEntry:
    """A mistake of the survey.

    Attributes:
        id: Id of the erratum, and of its place on the survey page.
        where: Place in the survey.
        printed: What is printed there, letter by letter.
        right: The right value; empty when nobody knows it.
        why: The reason.
        source: Where the right value comes from.
        confidence: How sure it is.
        kind: What sort of mistake.
        models: The records it concerns.
        href: Address of the source; empty when it has none.
        mistake: Whether the survey is wrong there, or may be.
    """

    id: str
    where: str
    printed: str
    right: str
    why: str
    source: str
    confidence: str
    kind: str = ""
    models: tuple[Link, ...] = ()
    href: str = ""
    mistake: bool = True


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of a foldable tree.

    Attributes:
        link: Its page, with its count.
        definition: One or two sentences.
        shape: Sign of its family; ``other`` outside the taxonomy of models.
        leaves: Members shown under it.
        children: Nodes under it.
        open: Whether it stands open at first.
    """

    link: Link
    definition: str = ""
    shape: Shape = "other"
    leaves: tuple[Link, ...] = ()
    children: tuple[TreeNode, ...] = ()
    open: bool = False
