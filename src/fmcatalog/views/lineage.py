"""What builds on what: the families of what many models go back to, and the kin of one model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from fmcatalog import taxonomy
from fmcatalog.catalog import Catalog, remembered
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


class Family(NamedTuple):
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


class Small(NamedTuple):
    """A root with less than a family: the root, and what came of it."""

    root: Link
    members: tuple[Link, ...]


class LineageView(NamedTuple):
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


_NONE: tuple[Shape, int] = ("other", 0)
"""The sign of what has no group."""


@dataclass(frozen=True)
class Lines:
    """The graph of a catalog, read once for all pages that show a part of it."""

    catalog: Catalog
    _kinds: dict[frozenset[int], tuple[Kind, ...]] = field(init=False, default_factory=dict)
    _order: dict[str, tuple[int, str]] = field(init=False, default_factory=dict)

    @cached_property
    def graph(self) -> taxonomy.Graph:
        """All of it."""
        return taxonomy.lineage(self.catalog)

    @cached_property
    def _links(self) -> dict[str, Link]:
        models = paths.model_links(self.catalog)
        others = [id for id in self.graph if id not in models]
        return models | {id: paths.term_link(self.catalog, "base-model", id) for id in others}

    @cached_property
    def _signs(self) -> dict[str, tuple[Shape, int]]:
        """Shape and colour of each group."""
        return {kind.id: (kind.shape, kind.colour) for kind in paths.group_kinds(self.catalog)}

    def link(self, id: str, note: str = "") -> Link:
        """Makes a link to a model or base model."""
        link = self._links[id]
        return Link(link.label, link.path, note) if note else link

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
        notes: list[list[str]] = [[] for _ in plan.knots]
        for thread in plan.threads:
            name = self._links[plan.knots[thread.start].id].label
            notes[thread.end].append(related(thread.relation, name))
        knots = tuple(
            [
                self._knot(knot, "; ".join(note), focus=knot.id == id)
                for knot, note in zip(plan.knots, notes, strict=True)
            ]
        )
        threads = tuple([Thread(t.start, t.end, t.rows, t.relation in LOOSE) for t in plan.threads])
        folded = sum([knot.more for knot in plan.knots])
        caption = "From left to right: what was there first, what came of it."
        if folded:
            caption += f" {folded} are folded; the list has them all."
        return Figure(figure_id, title, caption, LineageDrawing(plan.columns, knots, threads))

    def _knot(self, knot: taxonomy.Knot, note: str, *, focus: bool) -> Knot:
        id, column, row, more = knot
        label, path, *_ = self._links[id]
        if more:
            return Knot(f"{more} more", path, column, row, f"of {label}", hollow=True)
        shape, colour = self._sign(id)
        hollow = id not in self.catalog.models
        return Knot(label, f"{path}#lineage", column, row, note, shape, colour, hollow, focus)

    def tree(self, id: str) -> tuple[TreeNode, ...]:
        """Lists a node and what came of it; what has been unfolded once is not unfolded again."""
        seen: set[str] = set()
        ties, links = self.graph.children, self._links

        def node(at: str, note: str) -> TreeNode:
            (label, path, *_), children = links[at], ties[at]
            below: tuple[TreeNode, ...] = ()
            if at in seen:
                note = f"{note}, see above"
            elif children:
                seen.add(at)
                ordered = sorted(children, key=self._by_size)
                below = tuple([node(c, related(children[c]["relation"], label)) for c in ordered])
            return TreeNode(Link(label, path, note), shape=self._sign(at)[0], children=below)

        return (node(id, ""),)

    def _sign(self, id: str) -> tuple[Shape, int]:
        model = self.catalog.models.get(id)
        return self._signs.get(model.category, _NONE) if model else _NONE

    def _by_size(self, id: str) -> tuple[int, str]:
        found = self._order.get(id)
        if found is None:
            size = len(self.models(id)) if self.graph.children[id] else 0
            found = self._order[id] = -size, self._links[id].label.casefold()
        return found

    def kinds(self, figures: Iterable[Figure]) -> tuple[Kind, ...]:
        """Gives the groups that drawings show."""
        colours = frozenset(
            [
                knot.colour
                for figure in figures
                if isinstance(figure.drawing, LineageDrawing)
                for knot in figure.drawing.knots
            ]
        )
        if colours not in self._kinds:
            groups = [id for id, (_, colour) in self._signs.items() if colour in colours]
            self._kinds[colours] = used_kinds(self.catalog, groups)
        return self._kinds[colours]


def related(relation: str, name: str) -> str:
    """Says how a model goes back to another one, whose name it takes in."""
    return _related(relation).format(name)


@cache
def _related(relation: str) -> str:
    if relation == Relation.USES_FROZEN:
        return "uses {} frozen"
    return f"{relation.replace('-', ' ').replace('fine tuned', 'fine-tuned')} {{}}"


@remembered
def lines_of(catalog: Catalog) -> Lines:
    """Gives the graph as all pages but the models' read it."""
    return Lines(catalog)


def view(catalog: Catalog) -> LineageView:
    """Makes the page of the lineage."""
    lines = lines_of(catalog)
    graph = lines.graph
    members = {root: frozenset(lines.models(root)) for root in taxonomy.roots(graph)}
    roots: dict[str, list[str]] = {}
    for root, models in members.items():
        for model in models:
            roots.setdefault(model, []).append(root)
    by_size = sorted(members, key=lambda r: (-len(members[r]), lines.link(r).label.casefold()))
    large = [root for root in by_size if len(members[root]) >= FAMILY]
    shared = (Counter(chain.from_iterable([roots[m] for m in members[root]])) for root in large)
    families = tuple(
        _family(lines, root, often, number)
        for number, (root, often) in enumerate(zip(large, shared, strict=True))
    )
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


def _family(lines: Lines, root: str, shared: Counter[str], number: int) -> Family:
    """Makes the family of a root; ``shared`` tells how many models each root has of it."""
    name, size = lines.link(root).label, shared.pop(root)
    often = sorted(shared, key=lambda o: (-shared[o], o))[:5]
    words = [f"{lines.link(o).label} ({shared[o]})" for o in often]
    rest = f" and {len(shared) - len(often)} more" if len(shared) > len(often) else ""
    return Family(
        anchor=root,
        name=name,
        size=plural(size, "model"),
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
