"""The pieces of which a site holds millions: links, chips, marks, values, rows of tables.

Templates use them as filters: ``{{ value | piece }}``. They are functions because a macro takes ten
times as long, and because a row that stands in many lists can be written once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from fmcatalog.site.signs import SIGNS, escaped
from fmcatalog.site.values import Values
from fmcatalog.views.parts import (
    Bar,
    Column,
    Link,
    Outlink,
    Row,
    SourceEntry,
    Table,
    TreeNode,
    Value,
)
from fmcatalog.views.timeline import Moment

HEADING = "\x1e"
"""Stands on both sides of a heading of a template; no text of a record can hold it."""

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


class Pieces(Values):
    """Pieces as seen from the page that is being written.

    Attributes:
        targets: Paths from the top of the site that the page links to.
        known: Rows that were written before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known: Known = {}

    def by_name(self) -> dict[str, Callable[..., str]]:
        """Gives the pieces by the names that templates have for them."""
        return {**{name: getattr(self, name) for name in _NAMES.split()}, **SIGNS}

    def forget(self) -> None:
        """Lets go of what was written once for many pages."""
        super().forget()
        self.known.clear()

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

    def buttons(self, items: Iterable[Outlink]) -> str:
        """Writes links to other hosts as buttons, the first of which stands out."""
        main, lines = " fm-button--main", []
        for item in items:
            href = f'href="{escaped(item.href)}" rel="external noopener"'
            lines.append(f'<li><a class="fm-button{main}" {href}>{escaped(item.label)}</a></li>\n')
            main = ""
        return "".join(lines)

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
    "badge bars buttons cards chip chips crumbs doubted facts heading link links missing moments "
    "names otherwise outline outlink pager paragraphs rows source_list tier value"
)
