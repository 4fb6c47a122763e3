"""Papers in pages, as reference managers find them there."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlencode

from fmcatalog.records import Model

_BETWEEN = "\x1e"
"""Stands between names whose letters are looked at together; no text of a record can hold it."""

_OTHERS = re.compile(f"[^A-Za-z0-9_.~ {_BETWEEN}-]+")


def coins(model: Model) -> str:
    """Writes a paper as COinS (an OpenURL in a span), which reference managers read.

    Source: the OpenURL ContextObjects in Spans convention, journal format.
    """
    venue, numbers = model.venue, model.identifiers
    said = [
        _BEGUN,
        f"&rft.genre={'article' if venue else 'preprint'}&rft.atitle={_quoted(model.title)}",
        f"&rft.date={venue.year if venue else model.published}",
        f"&rft.jtitle={_quoted(venue.name)}" if venue else "",
        "&rft.au=",
        _quoted(_BETWEEN.join(model.authors)).replace(_BETWEEN, "&rft.au="),
    ]
    if numbers and numbers.doi:
        said.append(f"&rft_id={_quoted(f'info:doi/{numbers.doi}')}")
    elif numbers and numbers.arxiv:
        said.append(f"&rft_id={_quoted(f'info:arxiv/{numbers.arxiv}')}")
    return "".join(said)


def brief(model: Model) -> str:
    """Writes a paper as COinS for a list: title and DOI.

    A reference manager asks the DOI for the rest, which keeps a list of hundreds light. A paper
    without one is written in full.
    """
    found = model.identifiers
    arxiv = f"10.48550/arXiv.{found.arxiv}" if found and found.arxiv else None
    doi = (found.doi or arxiv or found.preprint_doi) if found else None
    if doi is None:
        return coins(model)
    return f"{_BEGUN}&rft.atitle={_quoted(model.title)}&rft_id={_quoted(f'info:doi/{doi}')}"


_BEGUN = urlencode({"ctx_ver": "Z39.88-2004", "rft_val_fmt": "info:ofi/fmt:kev:mtx:journal"})
"""How every paper begins."""


def _quoted(value: str) -> str:
    """Writes a value as it stands in a query; of titles and names few letters need a look."""
    return _OTHERS.sub(_letters, value).replace(" ", "+")


def _letters(others: re.Match[str]) -> str:
    return _quoted_letters(others[0])


@lru_cache(1024)
def _quoted_letters(others: str) -> str:
    return quote(others, safe="")
