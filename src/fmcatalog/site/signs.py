"""Signs of groups, and what signs and lines of a drawing mean; texts as they may stand in HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import markupsafe

from fmcatalog.views.figures import Kind

_SIGNS = {
    "textual": '<circle cx="6" cy="6" r="5" fill="{}"/>',
    "visual": '<rect x="1.5" y="1.5" width="9" height="9" fill="{}"/>',
    "vision": '<polygon points="6,0.8 11.5,10.6 0.5,10.6" fill="{}"/>',
}
_BEFORE = (
    '<div class="fm-wide-only"><ul class="fm-key">\n'
    '<li><svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">'
    '<polygon points="6,1 11,6 6,11 1,6" fill="none" stroke="currentcolor"/></svg>'
    " Base model</li>\n"
)
_LINE = (
    '<li><svg width="26" height="12" viewBox="0 0 26 12" aria-hidden="true"><path d="M1 6H25"'
    ' stroke="currentcolor" stroke-width="1.4"'
)
_BEHIND = (
    f"{_LINE}/></svg> design or weights taken over</li>\n"
    f'{_LINE} stroke-dasharray="2 3"/></svg> only prompted, compared, or its output used</li>\n'
    "</ul></div>\n"
)
_OTHER_SIGN = '<polygon points="6,0.5 11.5,6 6,11.5 0.5,6" fill="{}"/>'


def escaped(text: str) -> str:
    """Gives a text as it may stand in HTML, between tags or in quotes."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return str.__str__(markupsafe.escape(text))
    return text  # nearly all are such


def sign(kind: Kind) -> str:
    """Writes the sign of a group, as the drawings have it."""
    drawn = _SIGNS.get(kind.shape, _OTHER_SIGN).format(f"var(--fm-series-{kind.colour})")
    return f'<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">{drawn}</svg>'


def legend(kinds: Iterable[Kind]) -> str:
    """Writes what the signs and lines of a drawing of the lineage mean."""
    groups = "".join([f"<li>{sign(kind)} {escaped(kind.label)}</li>\n" for kind in kinds])
    return f"{_BEFORE}{groups}{_BEHIND}"


SIGNS: Mapping[str, Callable[..., str]] = MappingProxyType({"sign": sign, "legend": legend})
"""The pieces that are the same on every page, by the names that templates have for them."""
