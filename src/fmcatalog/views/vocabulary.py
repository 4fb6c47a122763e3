"""The index of a facet."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.records import Vocabulary
from fmcatalog.views import paths
from fmcatalog.views.parts import Link, TreeNode


@dataclass(frozen=True, slots=True)
class VocabularyView:
    """What the index of a facet shows.

    Attributes:
        crumbs: Way from the top.
        name: The facet, in the plural.
        definition: What the facet says of a model.
        tally: How many models have a value, how many none, and of which kind.
        tree: Terms with their counts.
        unused: Terms that no model uses yet.
    """

    crumbs: tuple[Link, ...]
    name: str
    definition: str
    tally: str
    tree: tuple[TreeNode, ...]
    unused: tuple[Link, ...]


def view(catalog: Catalog, facet: str) -> VocabularyView:
    """Makes the index of a facet."""
    vocabulary = catalog.vocabularies[facet]
    found = stats.distribution(catalog, facet)
    tally = found.tally
    used = {count.id for count in found.counts}
    gaps = [
        (tally.not_reported, "not reported"),
        (tally.not_applicable, "not applicable"),
        (tally.absent, "not looked up"),
    ]
    said = ", ".join(f"{number} {word}" for number, word in gaps if number)
    return VocabularyView(
        crumbs=(Link("Models", "models/"),),
        name=name(vocabulary),
        definition=vocabulary.definition,
        tally=(
            f"{tally.known} of {tally.total} models have a value"
            + (f"; {said}" if said else "")
            + (f". {found.multiple} count under more than one term." if found.multiple else ".")
        ),
        tree=tuple(
            _node(catalog, facet, node) for node in taxonomy.forest(catalog, facet) if node.models
        ),
        unused=tuple(
            paths.term_link(catalog, facet, id) for id in catalog.terms[facet] if id not in used
        ),
    )


def name(vocabulary: Vocabulary) -> str:
    """Gives the title of an index."""
    label = vocabulary.label
    return f"By {label if label.isupper() else label[0].lower() + label[1:]}"


def _node(catalog: Catalog, facet: str, node: taxonomy.Node) -> TreeNode:
    return TreeNode(
        paths.term_link(catalog, facet, node.term.id, count=True, short=False),
        node.term.definition,
        children=tuple(_node(catalog, facet, child) for child in node.children if child.models),
    )
