"""A content security policy on every page: nothing from elsewhere, no script but the known ones."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_CHARSET = re.compile(r"<meta charset=[^>]+>")
_DATA = re.compile(r"""type=["']?application/(?:ld\+)?json""")


def secured(page: str, styles: Iterable[str] = ()) -> str:
    """Puts a policy into the head of a page, with the hashes of the scripts that stand in it.

    A published page has no headers of ours, so the policy is a ``<meta>``. The scripts are the
    engine's own: record text cannot add one, since every value is escaped, and a value that did
    would be on the page but not make a page refuse it; the check for that is in the tests.

    Args:
        page: HTML of a built page.
        styles: Style sheets that a script of the theme writes into the page.
    """
    hashes = sorted({_hash(m["code"]) for m in _INLINE.finditer(page) if _runs(m)})
    sheets = " ".join(["'self'", *sorted({_hash(sheet) for sheet in styles})])
    policy = (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; "
        f"style-src {sheets}; "
        f"script-src 'self' {' '.join(hashes)}".rstrip()
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _CHARSET.sub(lambda m: m[0] + meta, page, count=1)


def _runs(match: re.Match[str]) -> bool:
    attributes = match["attributes"]
    return "src=" not in attributes and not _DATA.search(attributes)


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
