"""The list of pages for search engines, in the form that the engine gives it."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterable, Iterator

from fmcatalog.artifacts import Artifact

PLACE = "sitemap.xml"

_ENTRY = re.compile(r"\n[ \t]*<url>\s*<loc>([^<]*)</loc>.*?</url>", re.DOTALL)


def files(drawn: str, addresses: Iterable[str]) -> Iterator[Artifact]:
    """Makes the list anew for all pages.

    Args:
        drawn: The engine's own, of what it drew.
        addresses: Whole address of every page, in the order of the list.
    """
    entries = list(_ENTRY.finditer(drawn))
    if entries:  # the engine lists nothing where it does not know the site's address
        before, _, after = entries[0][0].partition(f"<loc>{entries[0][1]}</loc>")
        written = (f"{before}<loc>{html.escape(a)}</loc>{after}" for a in addresses)
        drawn = drawn[: entries[0].start()] + "".join(written) + drawn[entries[-1].end() :]
    yield Artifact(PLACE, drawn.encode())
    yield Artifact(f"{PLACE}.gz", gzip.compress(drawn.encode(), mtime=0))


def order(path: str) -> tuple[str, ...]:
    """Gives the place of a page in the engine's order: a folder's own page, then its folders."""
    return tuple(path.split("/")[:-1])
