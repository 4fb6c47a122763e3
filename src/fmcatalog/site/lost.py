"""The page for an address that leads nowhere: served at any depth, found by nobody."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

PAGE = "404.html"
"""Where static hosts look for it."""

_CANONICAL = re.compile(rb'[ \t]*<link rel="canonical" [^>]*>\n?')
_UNLISTED = b'<meta name="robots" content="noindex"></head>'
_BASE = re.compile(rb'(":\s*")\.\.(?:/|(?="))')


def place(folder: Path, base: str) -> None:
    """Puts the page where a host serves it from, and takes away what leads to its own address.

    Args:
        folder: The site, as the engine left it.
        base: Path the site is published under, such as ``/fmcatalog/``.
    """
    made = folder / "404" / "index.html"
    if not made.is_file():
        return
    # It is served at any depth, so its links cannot be relative to where it stands.
    content = made.read_bytes().replace(b'="../', f'="{base}'.encode())
    content = content.replace(b'=".."', f'="{base}"'.encode())
    # The theme's settings are JSON: its base, and the place of the search.
    top = base.encode()
    content = _BASE.sub(lambda match: match[1] + top, content)
    content = _CANONICAL.sub(b"", content).replace(b"</head>", _UNLISTED, 1)
    (folder / PAGE).write_bytes(content)
    made.unlink()
    made.parent.rmdir()
    listed = folder / "sitemap.xml"
    if listed.is_file():
        address = rb"https?://[^/<]+" + re.escape(top) + rb"404/"
        entry = rb"[ \t]*<url>\s*<loc>" + address + rb"</loc>.*?</url>\n?"
        pages = re.sub(entry, b"", listed.read_bytes(), flags=re.DOTALL)
        listed.write_bytes(pages)
        (folder / "sitemap.xml.gz").write_bytes(gzip.compress(pages, mtime=0))
