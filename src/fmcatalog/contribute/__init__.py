"""New records from arXiv, DOI, BibTeX and forms, and one layout for all of them."""

from __future__ import annotations
