"""The first page."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.figures import Figure
from fmcatalog.views.parts import Badge, Bar, Download, Link, Outlink, TreeNode


@dataclass(frozen=True, slots=True)
class Latest:
    """A model that is new in the field or in the catalog."""

    link: Link
    badge: Badge
    date: str
    title: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows.

    Attributes:
        counts: Strip of numbers; each link has its ``count``.
        survey: The survey it starts from.
        as_of: Date of the newest change to the data.
        proof: One sentence on how the survey was checked, with numbers; leads to ``survey/``.
        taxonomy: Drawing of families and groups.
        groups: The same as a list, for phones.
        tasks: Where to start by what one wants to do.
        charts: Three small charts.
        latest: Newest papers.
        downloads: Files most people want.
        citation: How to cite the catalog.
    """

    counts: tuple[Link, ...]
    survey: Outlink
    as_of: str
    proof: str
    taxonomy: Figure
    groups: tuple[TreeNode, ...]
    tasks: tuple[Bar, ...]
    charts: tuple[Figure, ...]
    latest: tuple[Latest, ...]
    downloads: tuple[Download, ...]
    citation: str
