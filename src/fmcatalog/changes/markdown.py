"""Explains a difference as Markdown for a pull request: removals first, the same bytes each time.

Whatever comes out of a record stands in a code span or a fenced block, in which nothing is
markup: no element, link, mention, picture or formula can be made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fmcatalog.changes import Changed, Changes, Landing, Moved, Record, Words
from fmcatalog.changes.measured import Chart
from fmcatalog.changes.values import Leaf
from fmcatalog.diagnostics import Diagnostic, visible

LIMIT = 65_000
"""Characters of a report; a forge takes 65,536."""
SECTION_ITEMS = 100
"""Lines of one section before the rest is counted, so that no section crowds the others out."""
CHART_BARS = 12
"""Bars of one chart; of more, those that move most."""
VALUE = 240
"""Characters of one value that are shown."""
SHARED = 4
"""Records from which on a change that they share is told once."""
NAMES = 20
"""Records that are named where one line is about many."""
_BAR = 24

Section = tuple[str, list[str]]


def explain(changes: Changes, *, whole: bool = False) -> str:
    """Writes the report.

    Args:
        changes: The difference.
        whole: Everything, whatever its length; otherwise cut, with a note, to what a forge takes.
    """
    top = f"# What this change does to the catalog\n\n{_summary(changes)}\n"
    sections = [s for s in _sections(changes, whole=whole) if s[1]]
    if whole:
        return top + "".join(f"\n## {title}\n\n{_joined(items)}" for title, items in sections)
    return _fitted(top, sections)


def _fitted(top: str, sections: Sequence[Section]) -> str:
    room = LIMIT - len(top) - 400
    parts, cut = [top], 0
    for title, items in sections:
        head, kept = f"\n## {title}\n\n", []
        room -= len(head) + 40
        for item in items[:SECTION_ITEMS]:
            if len(item) + 2 > room:
                break
            kept.append(item)
            room -= len(item) + 2
        left = len(items) - len(kept)
        cut += left
        if kept or left:
            more = [f"… and {left} more"] if left else []
            parts.append(head + _joined([*kept, *more]))
    if cut:
        said = f"{cut} items are left out here to stay under 65,536 characters"
        parts.append(f"\n---\n\n{said}; `fmcatalog report --whole` writes them all.\n")
    return "".join(parts)


def _joined(items: Iterable[str]) -> str:
    """Puts items below each other: list items close up, everything else stands apart."""
    text, last = "", ""
    for item in items:
        close = last.startswith("- ") and item.startswith("- ")
        text += ("" if not text or close else "\n") + item + "\n"
        last = item
    return text


def code(text: str, limit: int = VALUE) -> str:
    """Writes any text as a code span: one line, unseen characters named, nothing markup."""
    line = visible(" ".join(text.split()))
    if len(line) > limit:
        line = f"{line[: limit - 1]}…"
    if not line:
        return "(empty)"
    runs = {len(run) for run in re.findall("`+", line)}
    fence = next("`" * n for n in range(1, len(line) + 2) if n not in runs)
    pad = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _fenced(lines: Iterable[str]) -> str:
    text = "\n".join(visible(" ".join(line.split("\n"))) for line in lines)
    longest = max([2, *(len(run) for run in re.findall("`+", text))])
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _arrow(before: int, after: int) -> str:
    return f"{before} → {after}" if before != after else f"{after}, as before"


def _summary(changes: Changes) -> str:
    if changes.nothing and not changes.partly:
        return "Nothing: the two catalogs say the same."
    done = [
        (len(changes.removed), "removed"),
        (len(changes.renamed), "renamed"),
        (len(changes.added), "added"),
        (len(changes.changed), "changed"),
    ]
    said = ", ".join(f"{n} {word}" for n, word in done if n) or "none touched"
    new, gone = changes.problems
    lines = [
        f"**Records**: {said} ({_arrow(*changes.models)}).",
        f"**Values without a source**: {_arrow(*changes.owed)}.",
        f"**Cells, rows and counts that contradict a survey**: {_arrow(*changes.disagreeing)}.",
        f"**Problems**: {len(new)} new, {len(gone)} gone.",
    ]
    return "  \n".join(lines)


def _sections(changes: Changes, *, whole: bool) -> Iterator[Section]:
    brief = not whole and len(changes.added) > SECTION_ITEMS
    yield "Removed", [_removed(r) for r in changes.removed]
    yield "Renamed", [_renamed(r) for r in changes.renamed]
    yield "Changed values", list(_changed(changes.changed))
    yield "Added", _by_group(changes.added) if brief else [_added(r) for r in changes.added]
    new, gone = changes.problems
    yield "New problems", [_problem(d) for d in new]
    yield "Problems that are gone", [_problem(d) for d in gone]
    yield "Vocabularies", [line for w in changes.vocabularies for line in _vocabulary(w)]
    yield "Survey", [line for w in changes.surveys for line in _survey(w)]
    yield "Reconciliation with the survey", [_moved(m) for m in changes.reconciled]
    yield "Values without a source", [_moved(m, as_code=True) for m in changes.debts]
    yield "Counts", [_moved(m) for m in changes.totals]
    yield "Charts that change", [_chart(c, whole=whole) for c in changes.charts]
    # gaps that close or open first: the other numbers only grow or shrink
    cells = sorted(changes.cells, key=lambda cell: bool(cell[1] and cell[2]))
    yield "Cells of the gaps pages", [_cell(*c) for c in cells]
    yield (
        "What the base does not let itself be read",
        [f"- {code(file)}" for file in changes.partly],
    )


def _place(landing: Landing) -> str:
    return " › ".join(code(label, 60) for label in landing.path)


def _picture(landing: Landing) -> str:
    return f"{_place(landing)}: {_arrow(landing.before, landing.after)}"


def _removed(record: Record) -> str:
    return (
        f"- {code(record.id)} {code(record.name)}, {code(record.title)}; {_picture(record.landing)}"
    )


def _added(record: Record) -> str:
    owed = f"; {_many(record.debts, 'value')} without a source" if record.debts else ""
    return (
        f"- {code(record.id)} {code(record.name)}, {code(record.title)}\n"
        f"  lands in {_picture(record.landing)}{owed}"
    )


def _by_group(records: Sequence[Record]) -> list[str]:
    """Names many new records by where they land; one line each would crowd the rest out."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(_picture(record.landing), []).append(record)
    lines = []
    for picture, members in groups.items():
        owed = sum(record.debts for record in members)
        debts = f", {_many(owed, 'value')} without a source" if owed else ""
        ids = ", ".join(code(record.id) for record in members)
        lines.append(f"- {picture}; {_many(len(members), 'record')}{debts}: {ids}")
    note = "Named by where they land; `fmcatalog report --whole` writes them all with their titles."
    return [*lines, note]


def _renamed(record: Record) -> str:
    head = f"{code(record.old_id)} → {code(record.id)} ({record.why})"
    lines = [f"  - {_value(v)}" for v in record.values]
    if record.followers:
        lines.append(f"  - the new id stands in {_names(record.followers)}")
    return "\n".join([f"- {head}", *lines])


def _names(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - NAMES} more" if len(ids) > NAMES else ""
    return ", ".join(map(code, ids[:NAMES])) + more


def _changed(records: Sequence[Record]) -> Iterator[str]:
    """Tells a change that many records share once, then what each has of its own."""
    homes: dict[tuple[str, Leaf | None, Leaf | None], list[Record]] = {}
    for record in records:
        for value in record.values:
            if value.name != "sources":
                homes.setdefault(_what(value), []).append(record)
    shared = {what: those for what, those in homes.items() if len(those) >= SHARED}
    for (name, before, after), those in shared.items():
        kept = sum(v.same for r in those for v in r.values if _what(v) == (name, before, after))
        told = f"; **the source entry is untouched** in {kept}" if kept else ""
        yield (
            f"- {code(name)}: {_difference(before, after)} in {len(those)} records"
            f"{told}\n  {_names([r.id for r in those])}"
        )
    for record in records:
        own = tuple(v for v in record.values if _what(v) not in shared)
        if own:
            yield _record(replace(record, values=own))


def _what(value: Changed) -> tuple[str, Leaf | None, Leaf | None]:
    return value.name, value.before, value.after


def _record(record: Record) -> str:
    values = [f"  - {_value(v)}" for v in record.values]
    return "\n".join([f"- {code(record.id)} {code(record.name)}", *values])


def _value(value: Changed) -> str:
    said = f"{code(value.name)}: {_difference(value.before, value.after)}"
    if value.after is None or value.name == "sources":
        return said
    if not value.sources:
        return f"{said} — **no source**"
    sources = "; ".join(code(s, 120) for s in value.sources[:3])
    more = f" and {len(value.sources) - 3} more" if len(value.sources) > 3 else ""
    kept = ", **the source entry is untouched**" if value.same else ""
    return f"{said} — from {sources}{more}{kept}"


def _difference(before: Leaf | None, after: Leaf | None) -> str:
    if isinstance(before, tuple) and isinstance(after, tuple):
        gone = [f"− {code(i)}" for i in before if i not in after]
        new = [f"+ {code(i)}" for i in after if i not in before]
        return ", ".join([*gone, *new]) or "another order"
    return f"{_leaf(before)} → {_leaf(after)}"


def _leaf(value: Leaf | None) -> str:
    if value is None:
        return "(none)"
    return code(value if isinstance(value, str) else ", ".join(value))


def _vocabulary(words: Words) -> Iterator[str]:
    """Tells of each term once: that it came, that it went, or what of it changed."""
    terms: dict[str, list[Changed]] = {}
    for value in words.values:
        name = value.name
        term, _, part = name.removeprefix("terms.").partition(".")
        key = term if name.startswith("terms.") else ""
        shown = Changed(part or name, value.before, value.after)
        terms.setdefault(key, []).append(shown)
    for id, values in terms.items():
        head = f"- {code(words.name)}" + (f" {code(id)}" if id else "")
        parts = {v.name: v for v in values}
        label = parts.get("label")
        if label is not None and label.before is None and id:
            above = parts.get("broader")
            under = f" under {_leaf(above.after)}" if above else ", at the top"
            defined = parts.get("definition")
            said = f": {_leaf(defined.after)}" if defined else ""
            yield f"{head}: **new**, {_leaf(label.after)}{under}{said}"
        elif label is not None and label.after is None and id:
            yield f"{head}: **gone**, was {_leaf(label.before)}"
        else:
            yield from (f"{head}: {code(v.name)} {_difference(v.before, v.after)}" for v in values)


def _survey(words: Words) -> Iterator[str]:
    for value in words.values:
        yield f"- {code(words.name)} {code(value.name)}: {_difference(value.before, value.after)}"


def _problem(d: Diagnostic) -> str:
    at = f"{d.place.file}:{d.place.line}" if d.place.line else d.place.file
    return f"- {d.severity} {d.code} {code(at)}: {code(d.message)}"


def _moved(moved: Moved, *, as_code: bool = False) -> str:
    label = code(moved.label) if as_code else _plain(moved.label)
    return f"- {label}: {moved.before} → {moved.after}"


def _plain(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9 ,:-]+", text) else code(text)


def _chart(chart: Chart, *, whole: bool) -> str:
    width = min(24, max(len(_label(bar)) for bar in chart.bars))
    lines = [chart.title]
    most = sorted(chart.bars, key=lambda bar: -abs(bar.after - bar.before))[:CHART_BARS]
    shown = [bar for bar in chart.bars if whole or bar in most]
    for bar in shown:
        lines.append(f"  {_label(bar):<{width}}  {_bar(bar.before, chart.longest)}")
        lines.append(f"  {'':<{width}}  {_bar(bar.after, chart.longest)}")
    if len(shown) < len(chart.bars):
        lines.append(f"  and {len(chart.bars) - len(shown)} more that move less")
    return _fenced(lines)


def _label(bar: Moved) -> str:
    label = visible(" ".join(bar.label.split()))
    return label if len(label) <= 24 else f"{label[:23]}…"


def _bar(count: int, longest: int) -> str:
    full = -(-count * _BAR // longest) if longest else 0
    return f"{'█' * full}{'░' * (_BAR - full)} {count}"


def _cell(place: tuple[str, str, str], before: int, after: int) -> str:
    said = " (**a gap is filled**)" if not before else " (**a gap opens**)" if not after else ""
    return f"- {place[0]}: {code(place[1])} × {code(place[2])} {before} → {after}{said}"
