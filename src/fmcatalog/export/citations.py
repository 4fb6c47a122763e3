"""The papers as citations: BibTeX, CSL-JSON, RIS."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Model


def to_bibtex(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as BibTeX; the keys are the records' ids."""
    chosen = catalog.models if ids is None else ids
    return "\n".join(bibtex(id, catalog.models[id]) for id in chosen).encode()


def bibtex(id: str, model: Model) -> str:
    """Writes one model as a BibTeX entry with the key ``id``."""
    venue, identifiers = model.venue, model.identifiers
    fields: dict[str, str] = {
        "title": f"{{{_tex(model.title)}}}",
        "author": " and ".join(_author(a) for a in model.authors)
        + (" and others" if model.author_count is not None else ""),
        "year": str(venue.year if venue else model.published.year),
    }
    kind = "misc"
    if venue is not None:
        kind = {"journal": "article", "conference": "inproceedings"}.get(venue.kind or "", "misc")
        where = {"article": "journal", "inproceedings": "booktitle"}.get(kind, "howpublished")
        fields[where] = _tex(venue.name)
        fields["volume"] = _tex(venue.volume or "")
        fields["pages"] = _tex(venue.pages or "").replace("–", "--")
    if identifiers is not None:
        fields["doi"] = _tex(identifiers.doi or identifiers.preprint_doi or "")
        if identifiers.arxiv:
            fields["eprint"] = identifiers.arxiv
            fields["archiveprefix"] = "arXiv"
    paper = model.links.paper if model.links is not None else None
    if paper is not None and not isinstance(paper, Missing):
        fields["url"] = _tex(paper, url=True)
    body = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@{kind}{{{id},\n{body}}}\n"


def _author(name: str) -> str:
    # Braces keep a name with "and" or a comma in one piece.
    written = _tex(name)
    return f"{{{written}}}" if re.search(r",|\band\b", name) else written


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: rf"\{c}" for c in "&%$#_"},
}


def _tex(text: str, *, url: bool = False) -> str:
    special = {"%": r"\%", "#": r"\#"} if url else _TEX
    return "".join(special.get(c, c) for c in " ".join(text.split()))
