"""Papers in pages, as reference managers find them there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote, urlencode

from fmcatalog.records import Model

_BETWEEN = "\x1e"
"""Stands between values whose letters are looked at together; no text of a record can hold it."""

_OTHERS = re.compile(f"[^A-Za-z0-9_.~ {_BETWEEN}-]+")


def coins(model: Model) -> str:
    """Writes a paper as COinS (an OpenURL in a span), which reference managers read.

    Source: the OpenURL ContextObjects in Spans convention, journal format.
    """
    fields: list[tuple[str, str]] = [
        ("rft.genre", "article" if model.venue else "preprint"),
        ("rft.atitle", model.title),
        ("rft.date", str(model.venue.year if model.venue else model.published)),
    ]
    if model.venue is not None:
        fields.append(("rft.jtitle", model.venue.name))
    fields += [("rft.au", author) for author in model.authors]
    if model.identifiers is not None:
        if model.identifiers.doi:
            fields.append(("rft_id", f"info:doi/{model.identifiers.doi}"))
        elif model.identifiers.arxiv:
            fields.append(("rft_id", f"info:arxiv/{model.identifiers.arxiv}"))
    return f"{_BEGUN}&{_query(fields)}"


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
    return f"{_BEGUN}&{_query([('rft.atitle', model.title), ('rft_id', f'info:doi/{doi}')])}"


_BEGUN = urlencode({"ctx_ver": "Z39.88-2004", "rft_val_fmt": "info:ofi/fmt:kev:mtx:journal"})
"""How every paper begins."""


def _query(fields: Sequence[tuple[str, str]]) -> str:
    """Joins fields as a query; of titles and names few letters need a second look."""
    values = _BETWEEN.join([value for _, value in fields])
    written = _OTHERS.sub(_quoted, values).replace(" ", "+").split(_BETWEEN)
    return "&".join([f"{key}={value}" for (key, _), value in zip(fields, written, strict=True)])


def _quoted(others: re.Match[str]) -> str:
    return _letters(others[0])


@lru_cache(1024)
def _letters(others: str) -> str:
    return quote(others, safe="")
