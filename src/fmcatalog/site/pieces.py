"""The pieces of which a site holds millions: links, chips, marks, values, rows of tables.

Templates call them like macros, by the same kind of name. They are functions because a macro takes
ten times as long, and because a row that stands in many lists can be written once for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import markupsafe
from markupsafe import Markup

from fmcatalog.views.figures import Kind
from fmcatalog.views.parts import (
    Badge,
    Column,
    Fact,
    Link,
    Outlink,
    Row,
    SourceEntry,
    Table,
    Value,
)

Url = Callable[[str], str]
"""From a path from the top of the site to an address seen from a page, escaped."""

_SAID = {"not-reported": "not reported", "not-applicable": "not applicable"}
"""How the kinds of missing are said; whatever else it is, nobody has looked."""

_SPECIAL = re.compile("[&<>'\"]").search
_SIGNS = {
    "textual": '<circle cx="6" cy="6" r="5" fill="{}"/>',
    "visual": '<rect x="1.5" y="1.5" width="9" height="9" fill="{}"/>',
    "vision": '<polygon points="6,0.8 11.5,10.6 0.5,10.6" fill="{}"/>',
}
_OTHER_SIGN = '<polygon points="6,0.5 11.5,6 6,11.5 0.5,6" fill="{}"/>'


def escaped(text: str) -> str:
    """Gives a text as it may stand in HTML, between tags or in quotes."""
    return str.__str__(markupsafe.escape(text)) if _SPECIAL(text) else text


Known = dict[tuple[object, ...], tuple[object, str, frozenset[str]]]
"""Cells of rows that were written before, with where they lead.

A row of models stands in the lists of all its terms, and from two pages of the same depth its links
are the same. What the cells are of is held, so that nothing else gets its identity.
"""


class Pieces:
    """Pieces as seen from a page.

    Args:
        page: Path of the page from the top of the site; empty for the home page.
        sources: The sources that marks on it stand for.
        known: Cells that were written before.

    Attributes:
        targets: Paths from the top of the site that the page links to.
    """

    def __init__(
        self, page: str, sources: Sequence[SourceEntry] = (), known: Known | None = None
    ) -> None:
        self.targets: set[str] = set()
        self._top = "../" * page.count("/")
        self._own = f"{page}#"
        self._sources = sources
        self._known = {} if known is None else known

    def names(self) -> dict[str, Callable[..., str]]:
        """Gives the pieces by the names that templates call them by."""
        return {"url": self.url, **{name: _html(getattr(self, name)) for name in _NAMES}}

    def url(self, path: str) -> str:
        """Gives the address of a path as seen from the page, and notes that it leads there."""
        if "*" not in path:  # a pattern, which a script fills
            self.targets.add(path)
        return self._seen(path)

    def _seen(self, path: str) -> str:
        if path.startswith(self._own):
            return path[len(self._own) - 1 :]
        return f"{self._top}{path}" or "./"

    def _url(self, path: str) -> str:
        self.targets.add(path)
        return escaped(self._seen(path))

    def link(self, item: Link) -> str:
        """Writes a link to a page of the site, with its count and note."""
        found = f'<a href="{self._url(item.path)}">{escaped(item.label)}</a>'
        if item.count is not None:
            found += f' <span class="fm-count">{item.count}</span>'
        if item.note:
            found += f' <span class="fm-count">{escaped(item.note)}</span>'
        return found

    def outlink(self, item: Outlink) -> str:
        """Writes a link to another host, with its note."""
        address, label = escaped(item.href), escaped(item.label)
        found = f'<a href="{address}" rel="external noopener">{label}</a>'
        return f'{found} <span class="fm-count">{escaped(item.note)}</span>' if item.note else found

    def badge(self, item: Badge) -> str:
        """Writes a group with its sign."""
        name = f"fm-badge fm-badge--{item.shape}"
        return f'<a class="{name}" href="{self._url(item.path)}">{escaped(item.label)}</a>'

    def tier(self, word: str) -> str:
        """Writes how far a record was checked: a word that leads to what the words mean."""
        return f'<a class="fm-tier fm-tier--{word}" href="{self._url("about/#tiers")}">{word}</a>'

    def chip(self, item: Link) -> str:
        """Writes a link as a chip."""
        count = "" if item.count is None else f' <span class="fm-count">{item.count}</span>'
        return f'<a class="fm-chip" href="{self._url(item.path)}">{escaped(item.label)}{count}</a>'

    def chips(self, items: Iterable[Link]) -> str:
        """Writes links as chips."""
        return f'<ul class="fm-chips">{"".join(f"<li>{self.chip(i)}</li>" for i in items)}</ul>'

    def missing(self, kind: str, signs: bool = False) -> str:  # noqa: FBT001, FBT002 - for templates
        """Writes why a value is not there; with ``signs`` the sign alone is seen."""
        said = _SAID.get(kind, "not looked up")
        name = f"fm-missing fm-missing--{kind}"
        if signs:
            inside = f'<span class="fm-hidden">{said}</span>'
            return f'<span class="{name}" title="{said}">{inside}</span>'
        return f'<span class="{name}">{said}</span>'

    def marks(self, numbers: Iterable[int]) -> str:
        """Writes marks of sources; each says which one to whoever points at it or comes by key."""
        return "".join(map(self._mark, numbers))

    def _mark(self, number: int) -> str:
        words = escaped(self._sources[number - 1].words)
        link = f'<a href="#source-{number}" aria-label="Source {number}" title="{words}">'
        return f'<sup class="fm-source">{link}{number}</a></sup>'

    def otherwise(self, path: str) -> str:
        """Leads to a mistake of the survey about a value."""
        return f'<a href="{self._url(path)}">the survey has it otherwise</a>'

    def value(
        self,
        item: Value,
        as_chips: bool = False,  # noqa: FBT001, FBT002 - templates say them by name
        signs: bool = False,  # noqa: FBT001, FBT002
        marks: bool = True,  # noqa: FBT001, FBT002
    ) -> str:
        """Writes a value of a record.

        Args:
            item: The value.
            as_chips: Its links are chips.
            signs: Where it is missing, the sign alone is seen.
            marks: The marks of its sources follow.
        """
        found = self.badge(item.badge) if item.badge else ""
        if item.tier:
            found += self.tier(item.tier)
        if as_chips:
            if item.links:
                found += self.chips(item.links)
            if item.outlinks:
                found += ", ".join(map(self.outlink, item.outlinks))
        elif item.links or item.outlinks:
            found += ", ".join([*map(self.link, item.links), *map(self.outlink, item.outlinks)])
        if item.text:
            space = " " if item.links or item.outlinks else ""
            found += f"{space}{escaped(item.text)}"
        if item.missing:
            found += self.missing(item.missing, signs)
        if marks and item.sources and item.missing != "absent":
            found += self.marks(item.sources)
        if item.note:
            found += f' <span class="fm-count">({escaped(item.note)})</span>'
        return f"{found}{self._printed(item)}" if item.printed or item.erratum else found

    def _printed(self, item: Value) -> str:
        said = ""
        if item.printed:
            said = f'printed: <q class="fm-quote">{escaped(item.printed)}</q>'
        if item.printed and item.erratum:
            said += f' <a href="{self._url(item.erratum)}">why it differs</a>'
        elif item.erratum:
            said += self.otherwise(item.erratum)
        return f'<span class="fm-printed">{said}</span>'

    def facts(self, items: Iterable[Fact], as_chips: bool = False) -> str:  # noqa: FBT001, FBT002
        """Writes labelled values."""
        rows = "".join(
            f"<div><dt>{escaped(item.label)}</dt> <dd>{self.value(item.value, as_chips)}</dd></div>\n"
            for item in items
        )
        return f'<dl class="fm-facts">\n{rows}</dl>\n'

    def rows(self, item: Table, plain: bool = False, signs: bool = False) -> str:  # noqa: FBT001, FBT002
        """Writes the rows of a table; with ``plain`` it cannot be sorted."""
        opened = [_opened(column, sortable=column.sortable and not plain) for column in item.columns]
        return "".join(self._row(row, tuple(opened[1:]), signs=signs) for row in item.rows)

    def _row(self, row: Row, opened: tuple[tuple[str, bool], ...], *, signs: bool) -> str:
        head = self.link(row.head) if row.head.path else escaped(row.head.label)
        first = len(row.first)
        own = self._cells(row.first, opened[:first], signs=signs)
        if row.coins:  # a model
            head += f'<span class="Z3988" title="{escaped(row.coins)}"></span>'
            rest = self._shared(row.cells, opened[first:], signs=signs)
        else:
            rest = self._cells(row.cells, opened[first:], signs=signs)
        return f'<tr><th scope="row">{head}</th>{own}{rest}</tr>\n'

    def _shared(
        self, values: tuple[Value, ...], opened: tuple[tuple[str, bool], ...], *, signs: bool
    ) -> str:
        key = (id(values), self._top, opened, signs)
        found = self._known.get(key)
        if found is None:
            before, self.targets = self.targets, set()
            text = self._cells(values, opened, signs=signs)
            found = self._known[key] = (values, text, frozenset(self.targets))
            self.targets = before
        self.targets |= found[2]
        return found[1]

    def _cells(
        self, values: Sequence[Value], opened: Sequence[tuple[str, bool]], *, signs: bool
    ) -> str:
        return "".join(
            f'{start} data-sort="{escaped(value.sort)}">{self.value(value, signs=signs)}</td>'
            if sortable
            else f"{start}>{self.value(value, signs=signs)}</td>"
            for value, (start, sortable) in zip(values, opened, strict=True)
        )

    def sign(self, kind: Kind) -> str:
        """Writes the sign of a group, as the drawings have it."""
        drawn = _SIGNS.get(kind.shape, _OTHER_SIGN).format(f"var(--fm-series-{kind.colour})")
        return f'<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">{drawn}</svg>'


def _opened(column: Column, *, sortable: bool) -> tuple[str, bool]:
    """Gives how the cells of a column begin, and whether the script sorts by them."""
    if column.numeric:
        return '<td class="fm-num"', sortable
    return ('<td class="fm-fixed"' if column.fixed else "<td"), sortable


_NAMES = (
    "badge", "chip", "chips", "facts", "link", "missing", "otherwise", "outlink", "rows", "sign",
    "tier", "value",
)


def _html(write: Callable[..., str]) -> Callable[..., Markup]:
    """Lets what a piece writes pass the environment, which escapes texts."""

    def written(*values: Any, **more: Any) -> Markup:
        return Markup(write(*values, **more))  # noqa: S704 - each piece has escaped what it holds

    return written
