"""The theme's search: its index travels to those who search, not with every page."""

from __future__ import annotations

import re

_BUNDLE = re.compile(rb'<script src="([^"]*)assets/javascripts/bundle\.')


def patient(page: bytes) -> bytes:
    """Puts our script before the theme's, so that the index waits until somebody searches.

    Args:
        page: HTML of a built page; without the theme's script it stays as it is.
    """
    return _BUNDLE.sub(rb'<script src="\1assets/search.js"></script>\g<0>', page, count=1)
