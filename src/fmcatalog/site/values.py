"""The smaller pieces: links, chips, marks of sources, values and facts.

From two pages of the same depth a link is the same, and thousands of pages have the same facts:
what is common is written once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from fmcatalog.site.signs import escaped
from fmcatalog.views.parts import Badge, Fact, Link, Outlink, SourceEntry, Value

_SAID = {"not-reported": "not reported", "not-applicable": "not applicable"}
"""How the kinds of missing are said; whatever else it is, nobody has looked."""

Apart = tuple[str, tuple[int, ...], str, frozenset[str]]
"""A fact as text before its marks, the marks, the text behind them, and where it leads."""

Known = tuple[dict[Fact, Apart], dict[Link, str], dict[Link, str]]
"""Facts, links and chips that were written before, on pages of the same depth."""


class Values:
    """Values as seen from the page that is being written.

    Attributes:
        targets: Paths from the top of the site that the page links to.
    """

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
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
        self._facts, self._links, self._chips = self._known.setdefault(self._top, ({}, {}, {}))

    def forget(self) -> None:
        """Lets go of what was written once for many pages."""
        self._known.clear()

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
        if "#" in path or not path:
            return escaped(self._seen(path))
        return escaped(f"{self._top}{path}")  # to another page, as nearly all do

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
        return f'<ul class="fm-chips">{"".join(map(self._listed, items))}</ul>'

    def _listed(self, item: Link) -> str:
        return f"<li>{self.chip(item)}</li>"

    def _each(
        self, items: Iterable[Link], known: dict[Link, str], write: Callable[[Link], str]
    ) -> list[str]:
        """Writes links of values: mostly terms, of which there are few."""
        self.targets.update([item.path for item in items])
        return [known.get(item) or self._first(item, known, write) for item in items]

    def _first(self, item: Link, known: dict[Link, str], write: Callable[[Link], str]) -> str:
        found = write(item)
        if "#" not in item.path:  # what leads into a page is another address from that page
            known[item] = found
        return found

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
        before, numbers, after = self._around(item, as_chips=as_chips, signs=signs)
        return f"{before}{self.marks(numbers) if marks and numbers else ''}{after}"

    def _around(
        self, item: Value, *, as_chips: bool = False, signs: bool = False
    ) -> tuple[str, tuple[int, ...], str]:
        """Writes what stands before the marks of the sources, and behind them."""
        text, missing, links, outlinks, badge, tier, sources, erratum, printed, _, note = item
        found = self.badge(badge) if badge else ""
        if tier:
            found += self.tier(tier)
        if links or outlinks:
            parts = list(map(self.outlink, outlinks))
            if links and as_chips:
                chips = self._each(links, self._chips, self._listed)
                found += f'<ul class="fm-chips">{"".join(chips)}</ul>'
            elif links:
                parts = self._each(links, self._links, self.link) + parts
            found += ", ".join(parts)
            if text:
                found += " "
        if text:
            found += escaped(text)
        if missing:
            found += self.missing(missing, signs)
        after = f' <span class="fm-count">({escaped(note)})</span>' if note else ""
        if printed or erratum:
            after += self._printed(item)
        return found, sources if missing != "absent" else (), after

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
        rows = [
            self._common(item)
            if item.common and not as_chips
            else f"<div><dt>{escaped(item.label)}</dt>"
            f" <dd>{self.value(item.value, as_chips)}</dd></div>\n"
            for item in items
        ]
        return f'<dl class="fm-facts">\n{"".join(rows)}</dl>\n'

    def _common(self, item: Fact) -> str:
        found = self._facts.get(item)
        if found is None:
            found = self._facts[item] = self._apart(item)
        before, numbers, after, targets = found
        if targets:
            self.targets |= targets
        return f"{before}{self.marks(numbers) if numbers else ''}{after}"

    def _apart(self, item: Fact) -> Apart:
        others, self.targets = self.targets, set()
        before, numbers, after = self._around(item.value)
        found = (
            f"<div><dt>{escaped(item.label)}</dt> <dd>{before}",
            numbers,
            f"{after}</dd></div>\n",
            frozenset(self.targets),
        )
        self.targets = others
        return found
