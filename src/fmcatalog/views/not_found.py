"""The page for an address that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.parts import Link


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """Ways on from a wrong address.

    Attributes:
        doors: The main pages.
        models: Every model, so that a name can be found by eye.
    """

    doors: tuple[Link, ...]
    models: tuple[Link, ...]
