"""The link for those who go by keyboard: past the header, to where a page begins.

The theme leads to the first heading under the title, past the sentence that says what the page is
and past its buttons; pages without such a heading have no link at all.
"""

from __future__ import annotations

import re

START = "content"
"""Id of the place where a page begins."""

_LINK = re.compile(
    r'(<div data-md-component="skip">)\s*(?:<a href="#[^"]*" class="md-skip">[^<]*</a>)?\s*(</div>)'
)
_ARTICLE = '<article class="md-content__inner md-typeset">'
_STARTING = f'<article class="md-content__inner md-typeset" id="{START}">'
_MENDED = rf'\1<a href="#{START}" class="md-skip">Skip to content</a>\2'


def to_start(page: str) -> str:
    """Lets the link lead to the start of the content.

    Args:
        page: HTML of a page; without the theme's frame it stays as it is.
    """
    if _ARTICLE not in page:
        return page
    return _LINK.sub(_MENDED, page, count=1).replace(_ARTICLE, _STARTING, 1)
