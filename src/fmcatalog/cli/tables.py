"""What the command line shows to people: tables of models, a record, the counts."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.cli.terminal import error, visible_lines
from fmcatalog.records import Missing, Quantity, listed
from fmcatalog.records.base import Shape
from fmcatalog.records.debts import debts
from fmcatalog.stats import answers


def _console() -> Console:
    # A pipe gets whole lines, however long: cutting is for eyes.
    return Console(highlight=False, width=None if sys.stdout.isatty() else 200)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(escape(column), overflow="fold", justify="left")
    return table


def table(catalog: Catalog, ids: Sequence[str]) -> None:
    """Writes models as a table, and how many they are."""
    rows = _table("id", "name", "group", "modalities", "organs", "published", "memory")
    for id in ids:
        model = catalog.models[id]
        memory = [s.total_memory for s in model.stages]
        known = [q for q in memory if q is not None]
        rows.add_row(
            id,
            Text(model.name),
            _labels(catalog, "category", (model.category,)),
            _terms(catalog, "modality", model.modalities),
            _terms(catalog, "organ", model.organs),
            str(model.published),
            f"{max(known, key=lambda q: q.sort_key)} GB" if known else "",
        )
    if ids:
        _console().print(rows)
    error(f"{len(ids)} of {len(catalog.models)} models")


def _terms(catalog: Catalog, facet: str, value: tuple[str, ...] | Missing | None) -> str:
    if isinstance(value, Missing):
        return f"({value})"
    return _labels(catalog, facet, listed(value))


def _labels(catalog: Catalog, facet: str, ids: Sequence[str]) -> str:
    terms = [catalog.term(facet, catalog.resolve(facet, i) or "") for i in ids]
    return ", ".join(t.short if t else i for t, i in zip(terms, ids, strict=True))


def record(catalog: Catalog, id: str) -> None:
    """Writes one record: every value with the numbers of its sources."""
    model = catalog.models[id]
    marks: dict[str, list[str]] = {}
    for number, source in enumerate(model.sources, start=1):
        for name in source.fields:
            marks.setdefault(name.split(".")[0], []).append(str(number))
    rows = Table(box=None, pad_edge=False, show_header=False)
    rows.add_column(style="bold", no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_column(style="dim", no_wrap=True)
    for key in type(model).model_fields:
        value = getattr(model, key)
        if value is None or key == "sources":
            continue
        source_numbers = ",".join(dict.fromkeys(marks.get(key, [])))
        mark = f"[{source_numbers}]" if source_numbers else ""
        rows.add_row(key, Text(visible_lines(_written(value))), Text(mark))
    console = _console()
    console.print(Text(f"{model.name} ({id})", style="bold"))
    console.print(rows)
    for number, source in enumerate(model.sources, start=1):
        where = f", {source.locator}" if source.locator else ""
        console.print(Text(f"[{number}] {source.source}{where} (read {source.accessed})"))
    found = answers.answers(model)
    console.print(
        f"completeness {found.percent} %: {found.answered} of {found.asked} questions answered "
        f"with a source, {len(found.of('missing'))} not looked up"
    )
    owed = debts(model)
    if owed:
        console.print(Text("without a source: " + ", ".join(owed)))


def _written(value: object) -> str:
    if isinstance(value, Shape):
        parts = [(k, getattr(value, k)) for k in type(value).model_fields]
        return "; ".join(f"{k}: {_written(v)}" for k, v in parts if v is not None)
    if isinstance(value, tuple):
        separator = "\n" if any(isinstance(v, Shape) or len(str(v)) > 40 for v in value) else ", "
        return separator.join(_written(v) for v in value)
    if isinstance(value, Quantity):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"({value})" if isinstance(value, Missing) else str(value).strip()


def statistics(catalog: Catalog) -> None:
    """Writes the counts."""
    console, view = _console(), stats.overview(catalog)
    console.print(f"{view.models} models; {view.surveyed} stand in the survey's Figure 3")
    if view.beyond:
        console.print("in the survey, not in its figure: " + ", ".join(view.beyond))
    if view.later:
        console.print(f"added since: {len(view.later)}")
    _tiers(console, catalog)
    groups = _table("group", "Figure 3", "catalog")
    for _, label, figure, count in view.groups:
        groups.add_row(label, str(figure) if figure else "–", str(count))
    console.print(groups)
    for facet in ("modality", "organ", "task"):
        found = stats.distribution(catalog, facet)
        tally = found.tally
        console.print(
            f"\n{facet}: {tally.known} of {tally.total} known, {tally.not_applicable} not "
            f"applicable, {tally.not_reported} not reported, {tally.absent} not looked up; "
            f"{found.multiple} count more than once"
        )
        console.print("  " + ", ".join(f"{c.label} {c.count}" for c in found.counts))
    console.print(
        f"\npublic code {view.code}, public weights {view.weights}, "
        f"training hardware {view.hardware} of {view.models}"
    )
    rows = _table("value", "known", "not reported", "not applicable", "not looked up")
    for key, tally in stats.completeness(catalog).items():
        cells = (tally.known, tally.not_reported, tally.not_applicable, tally.absent)
        rows.add_row(key, *map(str, cells))
    console.print()
    console.print(rows)
    _completeness(console, catalog)


def _tiers(console: Console, catalog: Catalog) -> None:
    """Writes records, completeness and debts by how far the records were checked."""
    tiers = [count for count in stats.tiers(catalog) if count.models]
    columns = [*((count.label, count.models) for count in tiers), ("all", tuple(catalog.models))]
    wholes = [answers.whole(catalog, models) for _, models in columns]
    rows = _table("tier", *(label for label, _ in columns))
    rows.add_row("records", *(str(len(models)) for _, models in columns))
    rows.add_row("completeness", *(f"{whole.percent} %" for whole in wholes))
    for debt in answers.owed(catalog):
        counts = (sum(len(debt.models.get(m, ())) for m in models) for _, models in columns)
        rows.add_row(debt.label, *map(str, counts))
    console.print()
    console.print(rows)
    console.print()


def _completeness(console: Console, catalog: Catalog) -> None:
    whole, owed = answers.whole(catalog), answers.owed(catalog)
    console.print(
        f"\ncompleteness {whole.percent} %: {whole.known} known, {whole.not_reported} not "
        f"reported, {whole.not_applicable} not applicable, {whole.missing} not looked up; "
        f"{whole.unsourced} without a source"
    )
    least = sorted(whole.records, key=lambda id: (whole.records[id], id))[:5]
    console.print("  least complete: " + ", ".join(f"{id} {whole.records[id]} %" for id in least))
    rows = _table("wanted", "values", "records")
    for debt in owed:
        rows.add_row(debt.label, str(debt.count), str(len(debt.models)))
    console.print()
    console.print(rows)
    # Last, since scripts that watch the debts read the last line.
    console.print(f"\nvalues without a source: {owed[0].count}")
