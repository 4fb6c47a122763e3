"""The taxonomy as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths
from fmcatalog.views.counted import named, plural
from fmcatalog.views.figures import Branch, Figure, TreeDrawing
from fmcatalog.views.parts import TreeNode


@dataclass(frozen=True, slots=True)
class TaxonomyView:
    """What the taxonomy page shows.

    Attributes:
        lede: What the taxonomy is and how many models stand in it.
        note: What differs from the survey's own figure.
        figure: The drawing.
        families: The two branches, with definitions.
        tree: Everything, down to the models.
    """

    lede: str
    note: str
    figure: Figure
    families: tuple[TreeNode, ...]
    tree: tuple[TreeNode, ...]


def view(catalog: Catalog) -> TaxonomyView:
    """Makes the page of the taxonomy."""
    overview = stats.overview(catalog)
    forest = taxonomy.forest(catalog, "category")
    groups = len(overview.groups)
    outside = named(catalog, overview.beyond)
    verb = "is" if len(overview.beyond) == 1 else "are"
    return TaxonomyView(
        lede=(
            f"{len(forest)} families by what steers a model, {groups} groups by how it learns or "
            f"is used; {overview.models} models, each in one group."
        ),
        note=(
            f"The survey's Figure 3 holds {overview.surveyed} of them: "
            + ", ".join(f"{label} {figure}" for _, label, figure, _ in overview.groups)
            + (f". {outside} {verb} described in its text and Table 1 only." if outside else ".")
            + (f" {plural(len(overview.later), 'model')} came later." if overview.later else "")
        ),
        figure=drawing(catalog),
        families=tree(catalog, leaves=False),
        tree=tree(catalog, leaves=True),
    )


def drawing(catalog: Catalog) -> Figure:
    """Draws families and groups, one sign a model."""
    colours = {kind.id: kind.colour for kind in paths.group_kinds(catalog)}

    def branch(node: taxonomy.Node) -> Branch:
        return Branch(
            node.term.short,
            len(node.models),
            paths.term_path("category", node.term.id),
            paths.shape(catalog, node.term.id),
            colours.get(node.term.id, 1),
            children=tuple(branch(child) for child in node.children),
        )

    nodes = tuple(branch(node) for node in taxonomy.forest(catalog, "category"))
    overview = stats.overview(catalog)
    return Figure(
        "families",
        "The taxonomy: families, groups, and one sign a model",
        "One sign is one model: round where words steer it, square where marks on the image do. "
        f"{overview.models} models; the survey drew {overview.surveyed}.",
        TreeDrawing(nodes),
    )


def tree(catalog: Catalog, *, leaves: bool) -> tuple[TreeNode, ...]:
    """Makes the tree of families and groups; with `leaves` down to the models."""

    def node(at: taxonomy.Node) -> TreeNode:
        link = paths.term_link(catalog, "category", at.term.id, count=True, short=False)
        return TreeNode(
            link,
            at.term.definition,
            paths.shape(catalog, at.term.id),
            tuple(paths.model_link(catalog, m) for m in at.own) if leaves else (),
            tuple(node(child) for child in at.children),
            open=bool(at.children),
        )

    return tuple(node(at) for at in taxonomy.forest(catalog, "category"))
