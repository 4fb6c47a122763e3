"""The pieces of which a site holds millions: links, chips, marks, values, rows of tables.

Templates use them as filters: ``{{ value | piece }}``. They are functions because a macro takes ten
times as long, and because a row that stands in many lists can be written once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from fmcatalog.site.signs import SIGNS, escaped
from fmcatalog.views.parts import (
    Badge,
    Bar,
    Column,
    Fact,
    Link,
    Outlink,
    Row,
    SourceEntry,
    Table,
    TreeNode,
    Value,
)
from fmcatalog.views.timeline import Moment

Url = Callable[[str], str]
"""From a path from the top of the site to an address seen from a page, escaped."""

HEADING = "\x1e"
"""Stands on both sides of a heading of a template; no text of a record can hold it."""

_SAID = {"not-reported": "not reported", "not-applicable": "not applicable"}
"""How the kinds of missing are said; whatever else it is, nobody has looked."""

_SCALE = '<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'


Opened = tuple[str, bool]
"""How the cells of a column begin, and whether the script sorts by them."""

Written = tuple[object, str, int, frozenset[str]]
"""Cells of a row, the row as text, the place in it behind the head, and where it leads.

The cells are held, so that nothing else gets their identity.
"""

Noted = tuple[Opened, dict[int, Written]]
"""A column, and the cells of models in it that were written before, by their identity."""

Known = dict[tuple[object, ...], dict[int, Written]]
"""Rows and cells of models that were written before, by how, and then by their identity.

A row of models stands in the lists of all its terms, and from two pages of the same depth its links
are the same.
"""


class Pieces:
    """Pieces as seen from the page that is being written.

    Attributes:
        targets: Paths from the top of the site that the page links to.
        known: Rows that were written before.
    """

    def __init__(self) -> None:
        self.known: Known = {}
        self.begin("")

    def begin(self, page: str, sources: Sequence[SourceEntry] = ()) -> None:
        """Turns to another page.

        Args:
            page: Its path from the top of the site; empty for the home page.
            sources: The sources that marks on it stand for.
        """
        self.targets: set[str] = set()
        self._top = "../" * page.count("/")
        self._own = f"{page}#"
        self._sources = sources
        self._marks: dict[tuple[int, ...], str] = {}

    def filters(self) -> dict[str, Callable[..., Markup]]:
        """Gives the pieces by the names that templates have for them."""
        own = {name: getattr(self, name) for name in _NAMES.split()}
        return {name: _html(write) for name, write in {**own, **SIGNS}.items()}

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

    def links(self, items: Iterable[Link]) -> str:
        """Writes links as a list in a sentence."""
        return ", ".join(map(self.link, items))

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

    def missing(self, kind: str, signs: bool = False) -> str:
        """Writes why a value is not there; with ``signs`` the sign alone is seen."""
        said = _SAID.get(kind, "not looked up")
        name = f"fm-missing fm-missing--{kind}"
        if signs:
            inside = f'<span class="fm-hidden">{said}</span>'
            return f'<span class="{name}" title="{said}">{inside}</span>'
        return f'<span class="{name}">{said}</span>'

    def marks(self, numbers: tuple[int, ...]) -> str:
        """Writes marks of sources; each says which one to whoever points at it or comes by key."""
        found = self._marks.get(numbers)
        if found is None:
            found = self._marks[numbers] = "".join(map(self._mark, numbers))
        return found

    def _mark(self, number: int) -> str:
        words = escaped(self._sources[number - 1].words)
        link = f'<a href="#source-{number}" aria-label="Source {number}" title="{words}">'
        return f'<sup class="fm-source">{link}{number}</a></sup>'

    def otherwise(self, path: str) -> str:
        """Leads to a mistake of the survey about a value."""
        return f'<a href="{self._url(path)}">the survey has it otherwise</a>'

    def doubted(self, doubts: Mapping[str, str], field: str) -> str:
        """Leads to a mistake of the survey about a field, where there is one."""
        path = doubts.get(field)
        return f' <span class="fm-printed">{self.otherwise(path)}</span>' if path else ""

    def value(
        self,
        item: Value,
        as_chips: bool = False,
        signs: bool = False,
        marks: bool = True,
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

    def facts(self, items: Iterable[Fact], as_chips: bool = False) -> str:
        """Writes labelled values."""
        rows = "".join(
            f"<div><dt>{escaped(item.label)}</dt>"
            f" <dd>{self.value(item.value, as_chips)}</dd></div>\n"
            for item in items
        )
        return f'<dl class="fm-facts">\n{rows}</dl>\n'

    def rows(self, item: Table, plain: bool = False, signs: bool = False) -> str:
        """Writes the rows of a table; with ``plain`` it cannot be sorted."""
        opened = [_opened(c, sortable=c.sortable and not plain) for c in item.columns[1:]]
        first = len(item.rows[0].first) if item.rows else 0
        known = self.known.setdefault((self._top, tuple(opened[first:]), signs), {})
        columns = [(one, self.known.setdefault((self._top, one, signs), {})) for one in opened]
        lines, led = [], []
        for row in item.rows:
            if not row.coins:
                cells = self._cells((*row.first, *row.cells), opened, signs=signs)
                lines.append(f"<tr>{self._head(row)}{cells}</tr>\n")
                continue
            found = known.get(id(row.cells))  # a model, whose row stands in many lists
            if found is None:
                found = known[id(row.cells)] = self._model(row, columns[first:], signs=signs)
            _, text, place, targets = found
            if first:
                cells = self._cells_of_many(row.first, columns[:first], signs=signs)
                text = f"{text[:place]}{cells}{text[place:]}"
            lines.append(text)
            led.append(targets)
        self.targets.update(*led)
        return "".join(lines)

    def _model(self, row: Row, columns: Sequence[Noted], *, signs: bool) -> Written:
        before, self.targets = self.targets, set()
        begin = f"<tr>{self._head(row)}"
        text = f"{begin}{self._cells_of_many(row.cells, columns, signs=signs)}</tr>\n"
        targets, self.targets = frozenset(self.targets), before
        return row.cells, text, len(begin), targets

    def _cells_of_many(
        self, values: Sequence[Value], columns: Sequence[Noted], *, signs: bool
    ) -> str:
        """Writes cells of a model; all but addresses are those of many models."""
        cells = []
        for value, (column, known) in zip(values, columns, strict=True):
            if value.outlinks:
                cells.append(self._cells((value,), (column,), signs=signs))
                continue
            found = known.get(id(value))
            if found is None:
                before, self.targets = self.targets, set()
                text = self._cells((value,), (column,), signs=signs)
                found = known[id(value)] = (value, text, 0, frozenset(self.targets))
                self.targets = before
            cells.append(found[1])
            self.targets |= found[3]
        return "".join(cells)

    def _head(self, row: Row) -> str:
        head = self.link(row.head) if row.head.path else escaped(row.head.label)
        if row.coins:
            head += f'<span class="Z3988" title="{escaped(row.coins)}"></span>'
        return f'<th scope="row">{head}</th>'

    def _cells(self, values: Sequence[Value], opened: Sequence[Opened], *, signs: bool) -> str:
        return "".join(
            f'{start} data-sort="{escaped(value.sort)}">{self.value(value, signs=signs)}</td>'
            if sortable
            else f"{start}>{self.value(value, signs=signs)}</td>"
            for value, (start, sortable) in zip(values, opened, strict=True)
        )

    def bars(self, items: Iterable[Bar]) -> str:
        """Writes counts as bars, each behind a link to what is counted."""
        lines = "".join(
            [
                f'<li><a href="{self._url(item.link.path)}">{escaped(item.link.label)}</a>\n'
                f'{_SCALE}<rect width="{item.share}" height="6"/></svg>\n'
                f'<span class="fm-count">{item.link.count}</span></li>\n'
                for item in items
            ]
        )
        return f'<ul data-search-exclude class="fm-bars">\n{lines}</ul>\n'

    def outline(self, nodes: Iterable[TreeNode]) -> str:
        """Writes a tree as a list without folds, each label a link."""
        return f'<ul class="fm-outline">\n{self._nodes(nodes)}</ul>\n'

    def _nodes(self, nodes: Iterable[TreeNode]) -> str:
        lines = []
        for node in nodes:
            sign = "" if node.shape == "other" else f' class="fm-shape fm-shape--{node.shape}"'
            said = f"<p>{escaped(node.definition)}</p>" if node.definition else ""
            below = f"<ul>\n{self._nodes(node.children)}</ul>\n" if node.children else ""
            lines.append(f"<li><span{sign}>{self.link(node.link)}</span>\n{said}{below}</li>\n")
        return "".join(lines)

    def moments(self, items: Iterable[Moment], marked: bool) -> str:
        """Writes models in their quarter; with ``marked`` those of a better tier have its mark."""
        ends: dict[tuple[str, str], str] = {}  # few groups and tiers
        top, lines = self._top, []
        for (label, path, *_), badge, date, tier in items:
            end = ends.get((badge.path, tier))
            if end is None:
                mark = f" {self.tier(tier)}" if marked and tier != "listed" else ""
                end = ends[badge.path, tier] = f"</a> {self.badge(badge)}{mark}</li>\n"
            link = f'<a href="{top}{escaped(path)}">{escaped(label)}'
            lines.append(f"<li><time>{date}</time> {link}{end}")
            self.targets.add(path)
        return "".join(lines)

    def heading(self, text: str) -> str:
        """Parts the page; the text is the template's own."""
        return f"{HEADING}{escaped(text)}{HEADING}\n"

    def crumbs(self, items: Iterable[Link]) -> str:
        """Writes the way from the top to a page."""
        steps = "".join([f"<li>{self.link(item)}</li>\n" for item in items])
        return (
            '<nav data-search-exclude class="fm-crumbs" aria-label="Path"><ol>\n'
            f"{steps}</ol></nav>\n"
        )

    def pager(self, previous: Link | None, following: Link | None) -> str:
        """Writes the ways to the pages before and after one."""
        if not (previous or following):
            return ""
        back, on = "", ""
        if previous:
            back = (
                f'← <a href="{self._url(previous.path)}" rel="prev">{escaped(previous.label)}</a>'
            )
        if following:
            on = (
                f'<a href="{self._url(following.path)}" rel="next">{escaped(following.label)}</a> →'
            )
        return (
            '<nav data-search-exclude class="fm-pager" aria-label="Neighbours">\n'
            f"<span>{back}</span>\n<span>{on}</span>\n</nav>\n"
        )

    def cards(self, items: Iterable[Link]) -> str:
        """Writes links as cards, each with its note as text."""
        cards = "".join(
            [
                f'<li class="fm-card"><strong><a href="{self._url(item.path)}">'
                f"{escaped(item.label)}</a></strong><p>{escaped(item.note)}</p></li>\n"
                for item in items
            ]
        )
        return f'<ul class="fm-cards" data-search-exclude>\n{cards}</ul>\n'

    def names(self, items: Iterable[str]) -> str:
        """Writes people's names, each in its own direction of writing."""
        return ", ".join([f"<bdi>{escaped(item)}</bdi>" for item in items])

    def paragraphs(self, items: Iterable[str]) -> str:
        """Writes sentences as a list."""
        lines = "".join([f"<li>{escaped(item)}</li>\n" for item in items])
        return f"<ul>\n{lines}</ul>"

    def source_list(self, items: Iterable[SourceEntry]) -> str:
        """Writes the sources that the marks of a page stand for."""
        lines = "".join(map(self._source, items))
        return f'<ol data-search-exclude class="fm-sources">\n{lines}</ol>\n'

    def _source(self, item: SourceEntry) -> str:
        said = escaped(item.label)
        if item.path:
            said = f'<a href="{self._url(item.path)}">{said}</a>'
        elif item.href:
            said = f'<a href="{escaped(item.href)}" rel="external noopener">{said}</a>'
        if item.locator:
            said += f", {escaped(item.locator)}"
        if item.accessed:
            said += f", read {escaped(item.accessed)}"
        said += "."
        if item.fields:
            said += f' <span class="fm-count">Source of: {escaped(item.fields)}.</span>'
        if item.note:
            said += f" {escaped(item.note)}"
        return f'<li id="source-{item.number}" value="{item.number}">{said}</li>\n'


def _opened(column: Column, *, sortable: bool) -> Opened:
    """Gives how the cells of a column begin, and whether the script sorts by them."""
    if column.numeric:
        return '<td class="fm-num"', sortable
    return ('<td class="fm-fixed"' if column.fixed else "<td"), sortable


_NAMES = (
    "badge bars cards chip chips crumbs doubted facts heading link links missing moments names "
    "otherwise outline outlink pager paragraphs rows source_list tier value"
)


def _html(write: Callable[..., str]) -> Callable[..., Markup]:
    """Lets what a piece writes pass the environment, which escapes texts."""

    def written(*values: Any, **more: Any) -> Markup:
        # Each piece has escaped what it holds; `Markup()` would ask whether it is markup already.
        return str.__new__(Markup, write(*values, **more))

    return written
