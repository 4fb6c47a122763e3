"""A living, checked catalog of foundation models in medical imaging."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from fmcatalog.library import Library

__version__ = "0.1.0"


def load(root: str | Path | None = None) -> Library:
    """Loads the catalog: see ``fmcatalog.library.load``.

    Args:
        root: The checkout; found upwards, or else the package's own data, when not given.
    """
    # Late, so that ``fmcatalog --version`` does not wait for what it does not need.
    from fmcatalog.library import load

    return load(root)


__all__ = ["__version__", "load"]
