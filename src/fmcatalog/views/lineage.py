"""What builds on what: the families of what many models go back to, and the kin of one model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fmcatalog import taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Relation
from fmcatalog.views import paths
from fmcatalog.views.counted import listed, plural, used_kinds
from fmcatalog.views.figures import Figure, Kind, Knot, LineageDrawing, Thread
from fmcatalog.views.parts import Bar, Link, Shape, TreeNode

LOOSE = frozenset({Relation.PROMPTS, Relation.EVALUATES, Relation.DATA_FROM})
"""Relations in which nothing of the parent itself, neither design nor weights, is taken over."""

OPEN = 2
"""Families that stand open at first."""
FAMILY = 2
"""Fewest models that make a family; smaller ones are listed in one line."""
BARS = 12
WIDE_FAMILY = 60
"""Nodes from which a family's drawing folds its leaves."""


@dataclass(frozen=True, slots=True)
class Family:
    """A root with all that came of it.

    Attributes:
        anchor: Its place on the page.
        name: The root's name.
        size: How many models go back to it.
        note: What else is worth saying, such as other families that its members belong to.
        figure: The drawing.
        tree: The same as a nested list.
        open: Whether it stands open at first.
    """

    anchor: str
    name: str
    size: str
    note: str
    figure: Figure
    tree: tuple[TreeNode, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Small:
    """A root with less than a family: the root, and what came of it."""

    root: Link
    members: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LineageView:
    """What the page of the lineage shows.

    Attributes:
        lede: How many relations, and what stands behind most models.
        chain: The longest chain, from the oldest.
        bars: The largest families; each leads to its place on the page.
        kinds: Groups that are drawn, for the legend.
        families: Roots with several models, largest first.
        small: Roots with one model.
        alone: Models that go back to nothing in the catalog, by the reason.
        nodes: Every model and base model in the graph: each page shows its kin.
    """

    lede: str
    chain: tuple[Link, ...]
    bars: tuple[Bar, ...]
    kinds: tuple[Kind, ...]
    families: tuple[Family, ...]
    small: tuple[Small, ...]
    alone: tuple[tuple[str, tuple[Link, ...]], ...]
    nodes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """The lineage of one model or base model.

    Attributes:
        figure: The drawing: what it goes back to on the left, what came of it on the right.
        kinds: Groups that are drawn, for the legend.
        tree: What came of it, as a nested list; empty where it was not asked for.
    """

    figure: Figure
    kinds: tuple[Kind, ...]
    tree: tuple[TreeNode, ...]


@dataclass(frozen=True)
class Lines:
    """The graph of a catalog, read once for all pages that show a part of it."""

    catalog: Catalog
    graph: taxonomy.Graph = field(init=False)
    colours: dict[str, int] = field(init=False)
    _kinds: dict[frozenset[int], tuple[Kind, ...]] = field(init=False, default_factory=dict)
    _order: dict[str, tuple[int, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "graph", taxonomy.lineage(self.catalog))
        kinds = {kind.id: kind.colour for kind in paths.group_kinds(self.catalog)}
        object.__setattr__(self, "colours", kinds)

    def link(self, id: str, note: str = "") -> Link:
        """Makes a link to a model or base model."""
        if id in self.catalog.models:
            return paths.model_link(self.catalog, id, note)
        term = paths.term_link(self.catalog, "base-model", id)
        return Link(term.label, term.path, note)

    def models(self, id: str) -> list[str]:
        """Gives the models that go back to a node."""
        return [n for n in taxonomy.descendants(self.graph, id) if n in self.catalog.models]

    def kin(self, id: str, *, tree: bool = True) -> Kin | None:
        """Makes the lineage of one node, with or without its list; none when it stands alone."""
        if not (self.graph.parents.get(id) or self.graph.children.get(id)):
            return None
        name = self.link(id).label
        figure = self.figure("kin", id, f"The lineage of {name}")
        return Kin(figure, self.kinds([figure]), self.tree(id)[0].children if tree else ())

    def figure(self, figure_id: str, id: str, title: str, limit: int = 40) -> Figure:
        """Draws a node with all it goes back to and all that came of it."""
        plan = taxonomy.layout(self.graph, id, limit)
        knots = tuple(self._knot(at, id, plan) for at in range(len(plan.knots)))
        threads = tuple(
            Thread(t.start, t.end, t.rows, loose=t.relation in LOOSE) for t in plan.threads
        )
        folded = sum(knot.more for knot in plan.knots)
        caption = "From left to right: what was there first, what came of it."
        if folded:
            caption += f" {folded} are folded; the list has them all."
        return Figure(figure_id, title, caption, LineageDrawing(plan.columns, knots, threads))

    def _knot(self, place: int, focus: str, plan: taxonomy.Layout) -> Knot:
        knot = plan.knots[place]
        link = self.link(knot.id)
        if knot.more:
            label = f"{knot.more} more"
            return Knot(label, link.path, knot.column, knot.row, f"of {link.label}", hollow=True)
        model = self.catalog.models.get(knot.id)
        relations = [
            related(t.relation, self.link(plan.knots[t.start].id).label)
            for t in plan.threads
            if t.end == place
        ]
        return Knot(
            link.label,
            f"{link.path}#lineage",
            knot.column,
            knot.row,
            "; ".join(relations),
            paths.shape(self.catalog, model.category) if model else "other",
            self.colours.get(model.category, 0) if model else 0,
            hollow=model is None,
            focus=knot.id == focus,
        )

    def tree(self, id: str) -> tuple[TreeNode, ...]:
        """Lists a node and what came of it; what has been unfolded once is not unfolded again."""
        seen: set[str] = set()

        def node(at: str, note: str) -> TreeNode:
            edges = self.graph.children[at]
            again = at in seen and bool(edges)
            seen.add(at)
            link = self.link(at, f"{note}, see above" if again else note)
            children = () if again else sorted(edges, key=self._by_size)
            return TreeNode(
                link,
                shape=self._shape(at),
                children=tuple(
                    node(child, related(edges[child], link.label)) for child in children
                ),
            )

        return (node(id, ""),)

    def _shape(self, id: str) -> Shape:
        model = self.catalog.models.get(id)
        return paths.shape(self.catalog, model.category) if model else "other"

    def _by_size(self, id: str) -> tuple[int, str]:
        if id not in self._order:
            size = len(self.models(id)) if self.graph.children[id] else 0
            self._order[id] = -size, self.link(id).label.casefold()
        return self._order[id]

    def kinds(self, figures: Iterable[Figure]) -> tuple[Kind, ...]:
        """Gives the groups that drawings show."""
        colours = frozenset(
            knot.colour
            for figure in figures
            if isinstance(figure.drawing, LineageDrawing)
            for knot in figure.drawing.knots
        )
        if colours not in self._kinds:
            groups = [id for id, colour in self.colours.items() if colour in colours]
            self._kinds[colours] = used_kinds(self.catalog, groups)
        return self._kinds[colours]


def related(relation: str, name: str) -> str:
    """Says how a model goes back to another one, whose name it takes in."""
    if relation == Relation.USES_FROZEN:
        return f"uses {name} frozen"
    return f"{relation.replace('-', ' ').replace('fine tuned', 'fine-tuned')} {name}"


def view(catalog: Catalog) -> LineageView:
    """Makes the page of the lineage."""
    lines = Lines(catalog)
    graph = lines.graph
    members = {root: frozenset(lines.models(root)) for root in taxonomy.roots(graph)}
    by_size = sorted(members, key=lambda r: (-len(members[r]), lines.link(r).label.casefold()))
    large = [root for root in by_size if len(members[root]) >= FAMILY]
    families = tuple(_family(lines, root, members, number) for number, root in enumerate(large))
    most = max((len(members[root]) for root in large), default=1)
    return LineageView(
        lede=_lede(lines, large, members),
        chain=tuple(lines.link(id) for id in taxonomy.longest_chain(graph)),
        bars=tuple(
            Bar(
                Link(lines.link(root).label, f"lineage/#{root}", count=len(members[root])),
                round(100 * len(members[root]) / most, 1),
            )
            for root in large[:BARS]
        ),
        kinds=lines.kinds(family.figure for family in families),
        families=families,
        small=tuple(
            Small(
                lines.link(root),
                tuple(lines.link(n) for n in taxonomy.descendants(graph, root)),
            )
            for root in by_size
            if len(members[root]) < FAMILY
        ),
        alone=tuple(_alone(lines)),
        nodes=tuple(
            sorted(
                (lines.link(n) for n in graph.parents if graph.parents[n] or graph.children[n]),
                key=lambda k: k.label.casefold(),
            )
        ),
    )


def _lede(lines: Lines, large: list[str], members: dict[str, frozenset[str]]) -> str:
    models = lines.catalog.models
    parents = lines.graph.parents
    others = sum(n not in models for n in parents)
    relations = sum(map(len, parents.values()))
    said = (
        f"{plural(relations, 'relation')} among {plural(len(models), 'model')} "
        f"(all tiers) and the {plural(others, 'base model')} they go back to."
    )
    if len(large) > 1:
        first, second = large[:2]
        both = members[first] | members[second]
        names = [lines.link(root).label for root in (first, second)]
        said += f" {listed(names)} stand behind {len(both)} of the {len(models)}."
    return said


def _family(lines: Lines, root: str, members: dict[str, frozenset[str]], number: int) -> Family:
    name = lines.link(root).label
    shared: dict[str, int] = {}
    for other, theirs in members.items():
        common = len(members[root] & theirs) if other != root else 0
        if common:
            shared[other] = common
    often = sorted(shared, key=lambda o: (-shared[o], o))[:5]
    words = [f"{lines.link(o).label} ({shared[o]})" for o in often]
    rest = f" and {len(shared) - len(often)} more" if len(shared) > len(often) else ""
    return Family(
        anchor=root,
        name=name,
        size=plural(len(members[root]), "model"),
        note=f"Some of them also go back to {', '.join(words)}{rest}." if words else "",
        figure=lines.figure(f"from-{root}", root, f"What came of {name}", WIDE_FAMILY),
        tree=lines.tree(root),
        open=number < OPEN,
    )


_REASONS = {
    None: "Nobody has looked what they build on",
    Missing.NOT_REPORTED: "No source that was read says what they build on",
    Missing.NOT_APPLICABLE: "They build on no earlier model",
}


def _alone(lines: Lines) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Gives the models without a parent by the reason; a blank is told from a "none"."""
    models = lines.catalog.models
    alone = [id for id in models if not lines.graph.parents[id]]
    for kind, reason in _REASONS.items():
        ids = [id for id in alone if models[id].builds_on is kind]
        if ids:
            yield f"{reason}: {plural(len(ids), 'model')}", tuple(lines.link(id) for id in ids)
