"""The page for an address that leads nowhere: served at any depth, found by nobody."""

from __future__ import annotations

import re

PATH = "404/"
"""Where it is made."""
PAGE = "404.html"
"""Where static hosts look for it."""

_CANONICAL = re.compile(r'[ \t]*<link rel="canonical" [^>]*>\n?')
_UNLISTED = '<meta name="robots" content="noindex"></head>'
_BASE = re.compile(r'(":\s*")\.\.(?:/|(?="))')


def file(path: str) -> str:
    """Gives the file of a page, by its path from the top of the site."""
    return PAGE if path == PATH else f"{path}index.html"


def anywhere(page: str, base: str) -> str:
    """Lets a page stand at any address, and takes away what leads to its own.

    Args:
        page: HTML of the page, as made for a place one below the top.
        base: Path the site is published under, such as ``/fmcatalog/``.
    """
    # It is served at any depth, so its links cannot be relative to where it stands.
    page = page.replace('="./..', '="..')
    page = page.replace('="../', f'="{base}').replace('=".."', f'="{base}"')
    # The theme's settings are JSON: its base, and the place of the search.
    page = _BASE.sub(lambda match: match[1] + base, page)
    return _CANONICAL.sub("", page).replace("</head>", _UNLISTED, 1)
