"""The papers as citations: BibTeX, CSL-JSON, RIS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from bibtexparser.middlewares.names import parse_single_name_into_parts

from fmcatalog.catalog import Catalog
from fmcatalog.export.lines import line
from fmcatalog.records import Missing, Model, Quantity
from fmcatalog.records.model import Venue
from fmcatalog.records.writing import json_text

T = TypeVar("T")


class _Written(dict[str, T], Generic[T]):
    """Papers by id; each is written when it is first asked for."""

    def __init__(self, write: Callable[[str], T]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, id: str) -> T:
        """Writes a paper."""
        text = self[id] = self._write(id)
        return text


class Entries(_Written[str]):
    """The papers of a catalog as BibTeX, by id; each is written when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(lambda id: bibtex(id, catalog.models[id]))


class Papers:
    """The papers of a catalog, each written once in each format, for however many files."""

    def __init__(self, catalog: Catalog, entries: Entries | None = None) -> None:
        models = catalog.models
        known = Entries(catalog) if entries is None else entries
        # Bytes, which a file for a term need not encode again.
        self._bibtex = _Written(lambda id: known[id].encode())
        self._csl = _Written(lambda id: _csl_text(id, models[id]))
        self._ris = _Written(lambda id: _ris_text(id, models[id]))

    def bibtex(self, ids: Iterable[str]) -> bytes:
        """Gives papers as BibTeX; the keys are the records' ids."""
        return b"\n".join(map(self._bibtex.__getitem__, ids))

    def csl(self, ids: Iterable[str]) -> bytes:
        """Gives papers as CSL-JSON: a list of items with the records' ids."""
        items = b",\n".join(map(self._csl.__getitem__, ids))
        return b"[\n%b\n]\n" % items if items else b"[]\n"

    def ris(self, ids: Iterable[str]) -> bytes:
        """Gives papers as RIS; lines end as the format wants it, with CR and LF."""
        return b"".join(map(self._ris.__getitem__, ids))


def to_bibtex(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as BibTeX; the keys are the records' ids."""
    return Papers(catalog).bibtex(catalog.models if ids is None else ids)


def bibtex(id: str, model: Model) -> str:
    """Writes one model as a BibTeX entry with the key ``id``."""
    venue, identifiers = model.venue, model.identifiers
    fields: dict[str, str] = {
        "title": f"{{{_tex(model.title)}}}",
        "author": " and ".join(map(_author, model.authors))
        + (" and others" if model.author_count is not None else ""),
        "year": str(venue.year if venue else model.published.year),
    }
    kind = "misc"
    if venue is not None:
        kind = {"journal": "article", "conference": "inproceedings"}.get(venue.kind or "", "misc")
        where = {"article": "journal", "inproceedings": "booktitle"}.get(kind, "howpublished")
        fields[where] = _tex(venue.name)
        series, volume, issue = map(_tex, _volume(venue))
        fields |= {"series": series, "volume": volume}
        # BibTeX takes a volume or a number of proceedings, not both.
        fields["number"] = "" if kind == "inproceedings" and volume else issue
        fields["pages"] = _tex(venue.pages or "").replace("–", "--")
    if identifiers is not None:
        fields["doi"] = _tex(identifiers.doi or identifiers.preprint_doi or "")
        if identifiers.arxiv:
            fields["eprint"] = identifiers.arxiv
            fields["archiveprefix"] = "arXiv"
    fields["url"] = _tex_url(_paper(model))
    body = "".join([f"  {key} = {{{value}}},\n" for key, value in fields.items() if value])
    return f"@{kind}{{{id},\n{body}}}\n"


@lru_cache(50_000)  # who writes one such paper has often written another
def _author(name: str) -> str:
    # Braces keep a name with "and" or a comma in one piece.
    written = _tex(name)
    return f"{{{written}}}" if re.search(r",|\band\b", name) else written


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{c: rf"\{c}" for c in "&%$#_"},
    }
)
_OUTSIDE_TEX = re.compile(r"[\\{}~^&%$#_]")


def _tex(text: str) -> str:
    text = line(text)
    return text.translate(_TEX) if _OUTSIDE_TEX.search(text) else text


def _tex_url(text: str) -> str:
    return line(text).replace("%", r"\%").replace("#", r"\#")


# --- CSL-JSON: what pandoc, Zotero and citation processors read -----------------------------------


def to_csl(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as CSL-JSON: a list of items with the records' ids."""
    return Papers(catalog).csl(catalog.models if ids is None else ids)


def _csl_text(id: str, model: Model) -> bytes:
    return b"  " + json_text(csl(id, model), pretty=True).rstrip().replace(b"\n", b"\n  ")


def csl(id: str, model: Model) -> dict[str, Any]:
    """Gives one model as an item of CSL-JSON.

    Source: the CSL-JSON schema of the Citation Style Language, version 1.0.2.
    """
    venue, identifiers = model.venue, model.identifiers
    item: dict[str, Any] = {
        "id": id,
        "type": _kind(model, "article-journal", "paper-conference", "article"),
        "title": line(model.title),
        "author": [_csl_name(author) for author in model.authors],
        "issued": {"date-parts": [[venue.year] if venue else _day(model)]},
    }
    if venue is not None:
        item["container-title"] = line(venue.name)
        keys = ("collection-title", "volume", "issue")
        item |= {k: part for k, part in zip(keys, _volume(venue), strict=True) if part}
        item |= {"page": venue.pages} if venue.pages else {}
    if identifiers is not None:
        doi = identifiers.doi or identifiers.preprint_doi
        item |= {"DOI": doi} if doi else {}
        item |= {"PMID": identifiers.pubmed} if identifiers.pubmed else {}
        if identifiers.arxiv:
            item |= {"archive": "arXiv", "archive_location": identifiers.arxiv}
            item |= {} if venue else {"number": f"arXiv:{identifiers.arxiv}"}
    item |= {"URL": paper} if (paper := _paper(model)) else {}
    item |= {"note": note} if (note := _others(model)) else {}
    return item


def _csl_name(name: str) -> dict[str, str]:
    first, von, last = _parts(name)
    if not first:
        return {"literal": line(name)}
    return {
        "family": last,
        "given": first,
        **({"non-dropping-particle": von} if von else {}),
    }


# --- RIS: what EndNote, Mendeley and the rest read ------------------------------------------------


def to_ris(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as RIS; lines end as the format wants it, with CR and LF."""
    return Papers(catalog).ris(catalog.models if ids is None else ids)


def _ris_text(id: str, model: Model) -> bytes:
    # A tag of two letters, two spaces, a hyphen, a space; the type first, ER last.
    lines = [f"{tag}  - {value}\r\n" for tag, value in _ris_fields(id, model) if value]
    return f"{''.join(lines)}ER  - \r\n\r\n".encode()


def _ris_fields(id: str, model: Model) -> list[tuple[str, str]]:
    venue, identifiers = model.venue, model.identifiers
    fields = [
        ("TY", _kind(model, "JOUR", "CPAPER", "UNPB")),
        ("ID", id),
        ("TI", line(model.title)),
        *[("AU", _ris_name(author)) for author in model.authors],
        ("PY", str(venue.year if venue else model.published.year)),
    ]
    if venue is None:
        fields.append(("DA", "/".join([f"{part:02}" for part in _day(model)])))
    else:
        start, _, end = line(venue.pages or "").replace("–", "-").partition("-")
        series, volume, issue = map(line, _volume(venue))
        fields += [("T2", line(venue.name)), ("T3", series), ("VL", volume), ("IS", issue)]
        fields += [("SP", start.strip()), ("EP", end.strip())]
    if identifiers is not None:
        fields.append(("DO", identifiers.doi or identifiers.preprint_doi or ""))
        fields.append(("AN", f"arXiv:{identifiers.arxiv}" if identifiers.arxiv else ""))
    fields += [("UR", _paper(model)), ("N1", _others(model))]
    return fields


def _ris_name(name: str) -> str:
    first, von, last = _parts(name)
    family = f"{von} {last}" if von else last
    return f"{family}, {first}" if first else family


# --- what they share ------------------------------------------------------------------------------


def _kind(model: Model, journal: str, conference: str, other: str) -> str:
    kind = model.venue.kind if model.venue else None
    return {"journal": journal, "conference": conference}.get(kind or "", other)


def _day(model: Model) -> list[int]:
    day = model.published
    return [day.year, day.month, *([] if day.day is None else [day.day])]


def _paper(model: Model) -> str:
    paper = model.links.paper if model.links is not None else None
    return "" if paper is None or isinstance(paper, Missing) else paper


_VOLUME = re.compile(r"(?:(?P<series>[^\d(]+) )?(?P<volume>[^(]*?) ?(?:\((?P<issue>[^)]*)\))?")


def _volume(venue: Venue) -> tuple[str, str, str]:
    """Parts ``LNCS 15967`` and ``30(11)``: series, volume and issue have a field each."""
    found = _VOLUME.fullmatch(venue.volume or "")
    if found is None:
        return "", venue.volume or "", ""
    return found["series"] or "", found["volume"], found["issue"] or ""


def _others(model: Model) -> str:
    """Says what is missing from an incomplete list of authors."""
    if model.author_count is None:
        return ""
    if isinstance(model.author_count, Quantity) and model.author_count.exact is not None:
        return f"and {model.author_count.exact - len(model.authors)} more authors"
    return "and more authors"


@lru_cache(50_000)  # who writes one such paper has often written another
def _parts(name: str) -> tuple[str, str, str]:
    """Parts a name into given name, particle and family name, as BibTeX does."""
    if "," in name:  # an institution: no part of it is a given name
        return "", "", line(name)
    parts = parse_single_name_into_parts(line(name), strict=False)
    last = " ".join((*parts.last, *parts.jr))
    return " ".join(parts.first), " ".join(parts.von), last
