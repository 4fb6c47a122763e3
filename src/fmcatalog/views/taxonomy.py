"""The taxonomy as a whole: what the catalog holds, and what the survey drew."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.counted import listed, named, plural
from fmcatalog.views.figures import Branch, Figure, TreeDrawing
from fmcatalog.views.parts import Link, TreeNode
from fmcatalog.views.scope import Tab, split

LIVING = "taxonomy/"
SURVEY = "survey/taxonomy/"
"""The survey's own view; under its page, since below the taxonomy stand the terms."""

SIGNS = 150
"""Models of one group up to which each has a sign; beyond, nobody counts so many."""


class TaxonomyView(NamedTuple):
    """What a page of the taxonomy shows.

    Attributes:
        title: Its heading.
        lede: What the taxonomy is and how many models stand in it.
        tabs: The living catalog's view and the survey's.
        note: What differs from the survey's own figure, or how it is proved.
        figure: The drawing.
        families: The branches, with definitions.
        new: Terms that the survey does not have: since when, and why.
        tree: Everything, down to the models.
    """

    title: str
    lede: str
    tabs: tuple[Tab, ...]
    note: str
    figure: Figure
    families: tuple[TreeNode, ...]
    new: tuple[tuple[Link, str], ...]
    tree: tuple[TreeNode, ...]


def view(catalog: Catalog) -> TaxonomyView:
    """Makes the page of the living catalog's taxonomy."""
    overview = stats.overview(catalog)
    forest = taxonomy.forest(catalog, "category")
    terms = catalog.terms.get("category", {}).values()
    groups = len(overview.groups)
    outside = named(catalog, overview.beyond)
    verb = "is" if len(overview.beyond) == 1 else "are"
    return TaxonomyView(
        title="Taxonomy",
        lede=(
            f"{plural(len(forest), 'family', 'families')} by what steers a model, {groups} groups "
            f"by how it learns or is used; {overview.models} models, each in one group: "
            f"{split(catalog)}."
        ),
        tabs=_tabs(catalog, LIVING),
        note=(
            f"The survey's Figure 3 holds {overview.surveyed} of them: "
            + ", ".join(f"{label} {figure}" for _, label, figure, _ in overview.groups if figure)
            + (f". {outside} {verb} described in its text and Table 1 only." if outside else ".")
            + (
                f" {plural(len(overview.later), 'model')} {was(overview.later)} added since."
                if overview.later
                else ""
            )
        ),
        figure=drawing(catalog),
        families=tree(catalog, leaves=False),
        new=tuple(
            (
                paths.term_link(catalog, "category", term.id, short=False),
                f"Since {term.since.date}. {term.since.reason}",
            )
            for term in terms
            if term.since
        ),
        tree=tree(catalog, leaves=True),
    )


def survey(catalog: Catalog) -> TaxonomyView:
    """Makes the page of the survey's Figure 3: its families and groups, its models, its counts."""
    figure3 = stats.surveyed(catalog)
    groups = [group for group in stats.groups(catalog, figure3) if group.count]
    counts = listed([f"{group.label} {group.count}" for group in groups])
    return TaxonomyView(
        title="Taxonomy: the survey's Figure 3",
        lede=(
            f"The survey's own view, of October 2023: {plural(len(figure3), 'model')} in "
            f"{len(groups)} groups, as its Figure 3 has them."
        ),
        tabs=_tabs(catalog, SURVEY),
        note=(
            f"{counts}: every entry of Figure 3 is compared with its record by the check that "
            "every build runs. The number behind a model is its number in the figure."
        ),
        figure=drawing(catalog, figure3),
        families=tree(catalog, figure3, leaves=False),
        new=(),
        tree=tree(catalog, figure3, leaves=True),
    )


def was(things: Collection[object]) -> str:
    """Gives the verb for so many things."""
    return "was" if len(things) == 1 else "were"


def _tabs(catalog: Catalog, current: str) -> tuple[Tab, ...]:
    figure3 = len(stats.surveyed(catalog))
    if not figure3:
        return ()
    return (
        Tab(Link("The living catalog", LIVING, count=len(catalog.models)), current == LIVING),
        Tab(Link("The survey's Figure 3", SURVEY, count=figure3), current == SURVEY),
    )


def drawing(catalog: Catalog, models: Collection[str] | None = None) -> Figure:
    """Draws families and groups with a sign a model: all models, or only some of them."""
    inside = set(catalog.models if models is None else models)
    colours = {kind.id: kind.colour for kind in paths.group_kinds(catalog)}
    largest = max((group.count for group in stats.groups(catalog, [*inside])), default=0)

    def branch(node: taxonomy.Node) -> Branch:
        return Branch(
            node.term.short,
            _count(node, inside),
            paths.term_path("category", node.term.id),
            paths.shape(catalog, node.term.id),
            colours.get(node.term.id, 1),
            children=tuple(branch(child) for child in _shown(node.children, models)),
        )

    found = _shown(taxonomy.forest(catalog, "category"), models)
    nodes = tuple(branch(node) for node in found)
    return Figure(
        "families",
        "The taxonomy: families, groups, and how many models",
        f"{_legend(nodes, signs=largest <= SIGNS)} {_caption(catalog, models)}",
        TreeDrawing(nodes, signs=largest <= SIGNS),
    )


_FORMS = {
    "textual": "round where words steer it",
    "visual": "square where marks on the image do",
    "vision": "a triangle where nothing does",
}


def _legend(nodes: tuple[Branch, ...], *, signs: bool) -> str:
    if not signs:
        return "The longer the bar, the more models."
    forms = [_FORMS[node.shape] for node in nodes if node.shape in _FORMS]
    return f"One sign is one model{': ' if forms else ''}{', '.join(forms)}."


def _caption(catalog: Catalog, models: Collection[str] | None) -> str:
    if models is not None:
        return f"{len(models)} models, as the survey drew them."
    figure3 = len(stats.surveyed(catalog))
    said = f"{plural(len(catalog.models), 'model')} ({split(catalog)})"
    return f"{said}; the survey drew {figure3}." if figure3 else f"{said}."


def tree(
    catalog: Catalog, models: Collection[str] | None = None, *, leaves: bool
) -> tuple[TreeNode, ...]:
    """Makes the tree of families and groups; with `leaves` down to the models."""
    inside = set(catalog.models if models is None else models)
    numbers = {
        row.model: f"No. {row.number}" for data in catalog.surveys.values() for row in data.figure3
    }

    def node(at: taxonomy.Node) -> TreeNode:
        link = paths.term_link(catalog, "category", at.term.id, short=False)
        members = taxonomy.own(catalog, "category", at) if leaves else ()
        own = [m for m in members if m in inside]
        if models is not None:
            own.sort(key=lambda m: int(numbers.get(m, "No. 0").removeprefix("No. ")))
        return TreeNode(
            Link(link.label, link.path, count=_count(at, inside)),
            at.term.definition,
            paths.shape(catalog, at.term.id),
            tuple(
                paths.model_link(
                    catalog, m, catalog.tier(m).value if models is None else numbers.get(m, "")
                )
                for m in own
            ),
            tuple(node(child) for child in _shown(at.children, models)),
            open=bool(at.children),
        )

    return tuple(node(at) for at in _shown(taxonomy.forest(catalog, "category"), models))


def _count(node: taxonomy.Node, inside: Collection[str]) -> int:
    return sum(model in inside for model in node.models)


def _shown(nodes: tuple[taxonomy.Node, ...], models: Collection[str] | None) -> list[taxonomy.Node]:
    """Gives the terms to show: all of them, or those that were there when only some models were."""
    return [node for node in nodes if models is None or node.term.since is None]
