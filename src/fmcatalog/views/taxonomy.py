"""The taxonomy as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.figures import Figure
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
