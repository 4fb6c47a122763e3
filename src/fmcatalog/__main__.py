"""``python -m fmcatalog``: the command line."""

from __future__ import annotations

from fmcatalog.cli import main

main()
