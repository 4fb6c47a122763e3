"""Counts as sentences, bars and tables: what several pages say in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.figures import BarsDrawing, Count, Figure, Kind
from fmcatalog.views.parts import Column, Link, Row, Table, Value
from fmcatalog.views.scope import Scope, scopes


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


def coverage(tally: stats.Tally, says: str, who: str = "models") -> str:
    """Writes how many records have a value, of how many, and why the others have none.

    Args:
        tally: The numbers.
        says: What those with a value do, for example ``name a modality``.
        who: What is counted, for example ``reviewed models``.
    """
    missing = unknowns(tally)
    if not missing:
        return f"All {tally.total} {who} {says}."
    return f"{tally.known} of {tally.total} {who} {says}; {missing}."


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
    scope: Scope,
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
        scope: Which models are counted.
        limit: Number of bars, all when 0.
        level: Which terms have a bar: 0 for those without a broader one, 1 for those under them.
    """
    everything = stats.distribution(catalog, facet, scope.some)
    top = stats.distribution(catalog, facet, scope.some, top=True)
    counts = [c for c in everything.counts if len(catalog.broader(facet, c.id)) == level]
    shown = counts[:limit] if limit else counts
    caption = [coverage(everything.tally, says, scope.who)]
    if len(shown) < len(counts):
        narrower = len(everything.counts) - len(counts) if level == 0 else 0
        inside = f"; {verb(narrower, 'narrower one counts', 'narrower ones count')} in them"
        caption.append(
            f"Shown: the {len(shown)} most frequent of {len(counts)} terms"
            f"{inside if narrower else ''}."
        )
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
                    _members(facet, c.id, scope),
                    f"of {everything.tally.total}",
                )
                for c in shown
            )
        ),
        _terms_table(catalog, facet, everything, title, scope),
    )


def _members(facet: str, id: str, scope: Scope) -> str:
    """Gives the page that lists a term's models: its own, or the explorer for those of a tier."""
    if scope.tier is None:
        return paths.term_path(facet, id)
    return paths.explore_path(**scope.asked(**{facet: id}))


def _terms_table(
    catalog: Catalog, facet: str, found: stats.Distribution, title: str, scope: Scope
) -> Table:
    counts = {count.id: count for count in found.counts}
    tiers = [one for one in scopes(catalog)[1:] if scope.tier is None]
    inside = [
        {count.id: count.count for count in stats.distribution(catalog, facet, one.some).counts}
        for one in tiers
    ]
    rows: list[Row] = []

    def frequent(node: taxonomy.Node) -> tuple[int, str]:
        count = counts.get(node.term.id)
        return -(count.count if count else 0), node.term.short.casefold()

    def add(node: taxonomy.Node, depth: int) -> None:
        count = counts.get(node.term.id)
        if count:
            label = f"{'– ' * depth}{node.term.label}"
            cells = (
                number(count.count),
                share(count.count, found.tally.known),
                *(number(counted.get(node.term.id, 0)) for counted in inside),
            )
            rows.append(Row(Link(label, _members(facet, node.term.id, scope)), cells))
        for child in sorted(node.children, key=frequent):
            add(child, depth + 1)

    nodes = taxonomy.forest(catalog, facet)
    for node in sorted(nodes, key=frequent):
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
            *(Column(one.tier.label, numeric=True) for one in tiers if one.tier),
        ),
        tuple(rows),
    )


def group_figure(catalog: Catalog, scope: Scope) -> Figure:
    """Makes the bars of the groups, family by family (Figure 1a)."""
    groups = stats.groups(catalog, scope.some)
    kinds = paths.group_kinds(catalog)
    parts = [one for one in scopes(catalog)[1:] if scope.tier is None]
    columns = [{c.id: c.count for c in stats.groups(catalog, one.models)} for one in parts]
    printed = {id: inside for id, _, inside, _ in stats.overview(catalog).groups}
    return Figure(
        "group",
        "By group",
        _group_caption(catalog, scope),
        BarsDrawing(
            tuple(
                Count(
                    c.label,
                    c.count,
                    _members("category", c.id, scope),
                    f"of {len(scope.models)}",
                    series=c.id,
                )
                for c in groups
                if c.count
            ),
            kinds,
        ),
        Table(
            "group-numbers",
            f"Models by group: {scope.counted()}, and the {sum(printed.values())} of the survey's "
            "Figure 1a.",
            (
                Column("Group"),
                Column(scope.tier.label if scope.tier else "All tiers", numeric=True),
                Column("Figure 1a", numeric=True),
                *(Column(one.tier.label, numeric=True) for one in parts if one.tier),
            ),
            tuple(
                Row(
                    Link(c.label, _members("category", c.id, scope)),
                    (number(c.count), _printed(printed[c.id]), *(number(n[c.id]) for n in columns)),
                )
                for c in groups
            ),
        ),
    )


def _printed(count: int) -> Value:
    """Writes a group's number in the survey's figure; a later group has none, which is no zero."""
    return number(count) if count else Value("not in it")


def _group_caption(catalog: Catalog, scope: Scope) -> str:
    caption = f"All {scope.counted()}, each in one group."
    overview = stats.overview(catalog)
    if scope.tier is not None or not overview.surveyed:
        return caption
    order = ", ".join(f"{label} {inside}" for _, label, inside, _ in overview.groups if inside)
    caption += f" The survey's Figure 1a counts {overview.surveyed}: {order}."
    if overview.beyond:
        beyond = named(catalog, overview.beyond)
        caption += f" {beyond} {verb_of(overview.beyond)} in its text but not in its figure."
    if overview.later:
        caption += f" {verb(len(overview.later), 'model was', 'models were')} added since."
    return caption


def verb_of(things: Sequence[object]) -> str:
    """Gives the verb for so many things: ``stands`` or ``stand``."""
    return "stands" if len(things) == 1 else "stand"


def used_kinds(catalog: Catalog, groups: Iterable[str]) -> tuple[Kind, ...]:
    """Gives the groups that are in use as a legend, in the order of the taxonomy."""
    used = set(groups)
    return tuple(kind for kind in paths.group_kinds(catalog) if kind.id in used)
