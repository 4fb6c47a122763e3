"""The index of a facet."""

from __future__ import annotations

from dataclasses import dataclass

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
