"""A living, checked catalog of foundation models in medical imaging."""

from __future__ import annotations

__version__ = "0.1.0"
