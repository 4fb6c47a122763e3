"""What training took."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.figures import Figure
from fmcatalog.views.parts import Link, Table


@dataclass(frozen=True, slots=True)
class Band:
    """Models by total memory of the rig they report: how many, and which."""

    label: str
    note: str
    models: tuple[Link, ...]
    count: int


@dataclass(frozen=True, slots=True)
class HardwareView:
    """What the hardware page shows.

    Attributes:
        lede: How many report anything, how many nothing.
        caveat: What a reported rig does and does not mean.
        table: One row a stage of training.
        without: Models that no figure is known for.
        without_note: How many they are and of which kind.
        figure: Total memory over time.
        bands: Models by total memory.
        notes: What the columns mean.
    """

    lede: str
    caveat: str
    table: Table
    without: tuple[Link, ...]
    without_note: str
    figure: Figure
    bands: tuple[Band, ...]
    notes: tuple[str, ...]
