"""Counts as sentences, bars and tables: what several pages say in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.figures import BarsDrawing, Count, Figure, Kind
from fmcatalog.views.parts import Column, Link, Row, Table, Value


def plural(count: int, one: str, many: str = "") -> str:
    """Writes a count with its noun: ``1 model``, ``2 models``."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def verb(count: int, one: str, many: str) -> str:
    """Writes a count with its verb: ``1 is``, ``2 are``."""
    return f"{count} {one if count == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Writes a list as people do: ``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def named(catalog: Catalog, ids: Iterable[str]) -> str:
    """Writes the names of models as a list."""
    return listed([catalog.models[id].name for id in ids])


def unknowns(tally: stats.Tally) -> str:
    """Writes why values are missing, each kind with its number; empty when none is."""
    kinds = (
        (tally.not_reported, "not reported"),
        (tally.not_applicable, "not applicable"),
        (tally.absent, "not looked up yet"),
    )
    return ", ".join(f"{count} {kind}" for count, kind in kinds if count)


def coverage(tally: stats.Tally, says: str) -> str:
    """Writes how many records have a value, of how many, and why the others have none.

    Args:
        tally: The numbers.
        says: What those with a value do, for example ``name a modality``.
    """
    missing = unknowns(tally)
    if not missing:
        return f"All {tally.total} models {says}."
    return f"{tally.known} of {tally.total} models {says}; {missing}."


def share(count: int, total: int) -> Value:
    """Writes a share in per cent."""
    if not total:
        return Value()
    return Value(f"{100 * count / total:.0f} %", sort=f"{100 * count / total:.2f}")


def number(count: int) -> Value:
    """Writes a count into a cell."""
    return Value(str(count), sort=str(count))


def facet_figure(
    catalog: Catalog,
    facet: str,
    title: str,
    says: str,
    *,
    limit: int = 0,
    level: int = 0,
) -> Figure:
    """Makes the bars of a facet, with its whole tree of terms as the table.

    Args:
        catalog: The catalog.
        facet: The facet; also the id of the figure.
        title: What is shown.
        says: What models with a value do, for example ``name a modality``.
        limit: Number of bars, all when 0.
        level: Which terms have a bar: 0 for those without a broader one, 1 for those under them.
    """
    everything = stats.distribution(catalog, facet)
    top = stats.distribution(catalog, facet, top=True)
    counts = [c for c in everything.counts if len(catalog.broader(facet, c.id)) == level]
    shown = counts[:limit] if limit else counts
    caption = [coverage(everything.tally, says)]
    if len(shown) < len(counts):
        caption.append(f"Shown: the {len(shown)} most frequent of {len(counts)} terms.")
    multiple = top.multiple if level == 0 else everything.multiple
    if multiple:
        caption.append(f"{verb(multiple, 'counts', 'count')} under more than one term.")
    return Figure(
        facet,
        title,
        " ".join(caption),
        BarsDrawing(
            tuple(
                Count(
                    c.label,
                    c.count,
                    paths.term_path(facet, c.id),
                    f"of {everything.tally.total}",
                )
                for c in shown
            )
        ),
        _terms_table(catalog, facet, everything, title),
    )


def _terms_table(catalog: Catalog, facet: str, found: stats.Distribution, title: str) -> Table:
    rows: list[Row] = []

    def add(node: taxonomy.Node, depth: int) -> None:
        if node.models:
            label = f"{'– ' * depth}{node.term.label}"
            cells = (number(len(node.models)), share(len(node.models), found.tally.known))
            rows.append(Row(Link(label, paths.term_path(facet, node.term.id)), cells))
        for child in sorted(node.children, key=_frequent):
            add(child, depth + 1)

    nodes = taxonomy.forest(catalog, facet)
    for node in sorted(nodes, key=_frequent):
        add(node, 0)
    narrower = any(node.children for node in nodes)
    return Table(
        f"{facet}-numbers",
        f"{title}: {plural(len(rows), 'term')} in use"
        + ("; a broader term counts what stands under it." if narrower else "."),
        (
            Column("Term", sortable=False),
            Column("Models", numeric=True),
            Column(f"Of the {found.tally.known} with a value", numeric=True),
        ),
        tuple(rows),
    )


def _frequent(node: taxonomy.Node) -> tuple[int, str]:
    return -len(node.models), node.term.short.casefold()


def group_figure(catalog: Catalog) -> Figure:
    """Makes the bars of the six groups, in the order of the taxonomy (Figure 1a)."""
    overview = stats.overview(catalog)
    order = ", ".join(f"{label} {inside}" for _, label, inside, _ in overview.groups)
    caption = f"All {overview.models} models of the catalog, each in one group."
    if overview.surveyed:
        caption += f" The survey's Figure 1a counts {overview.surveyed}: {order}."
    if overview.beyond:
        beyond = named(catalog, overview.beyond)
        caption += f" {beyond} {verb_of(overview.beyond)} in its text but not in its figure."
    if overview.surveyed and overview.later:
        caption += f" {plural(len(overview.later), 'model')} came later."
    kinds = paths.group_kinds(catalog)
    return Figure(
        "group",
        "By group",
        caption,
        BarsDrawing(
            tuple(
                Count(
                    label,
                    count,
                    paths.term_path("category", id),
                    f"of {overview.models}",
                    series=id,
                )
                for id, label, _, count in overview.groups
            ),
            kinds,
        ),
        Table(
            "group-numbers",
            f"Models by group: the {overview.models} of the catalog, "
            f"the {overview.surveyed} of the survey's Figure 1a.",
            (
                Column("Group"),
                Column("Catalog", numeric=True),
                Column("Figure 1a", numeric=True),
            ),
            tuple(
                Row(
                    Link(label, paths.term_path("category", id)),
                    (number(count), number(inside)),
                )
                for id, label, inside, count in overview.groups
            ),
        ),
    )


def verb_of(things: Sequence[object]) -> str:
    """Gives the verb for so many things: ``stands`` or ``stand``."""
    return "stands" if len(things) == 1 else "stand"


def used_kinds(catalog: Catalog, groups: Iterable[str]) -> tuple[Kind, ...]:
    """Gives the groups that are in use as a legend, in the order of the taxonomy."""
    used = set(groups)
    return tuple(kind for kind in paths.group_kinds(catalog) if kind.id in used)
