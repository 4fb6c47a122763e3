"""Reads a paper from a BibTeX file; needs no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fmcatalog.contribute.work import Refused, Work, by_doi, clean, name
from fmcatalog.records.addresses import arxiv_in, doi_in

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(path: Path) -> Work:
    """Reads the one entry of a file.

    Raises:
        Refused: It cannot be read, or does not hold exactly one entry with a title.
    """
    try:
        if path.stat().st_size > 256 * 1024:
            raise Refused(f"{path} is larger than 256 KiB; keep the entry of the paper only")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Refused(f"cannot read {path}: {said}") from None
    return parse(text, str(path))


def parse(text: str, where: str = "the file") -> Work:
    """Reads the one entry of a text; see :func:`read`."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import SeparateCoAuthors

    library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    if len(library.entries) != 1 or library.failed_blocks:
        keys = ", ".join(e.key for e in library.entries[:5])
        found = f"{len(library.blocks)} entries ({keys})" if keys else "no entry"
        raise Refused(f"{where} has {found}; it must hold exactly one that is well formed")
    entry = library.entries[0]
    fields = {f.key.casefold(): f.value for f in entry.fields}

    def said(*keys: str) -> str:
        return next((clean(str(fields[k]), latex=True) for k in keys if fields.get(k)), "")

    people = fields.get("author") or []
    # Names are turned round before their LaTeX goes, so that a comma in braces stays one.
    authors = [name(a, latex=True) for a in (people if isinstance(people, list) else [people])]
    if not said("title") or not authors:
        raise Refused(f"{where}: the entry '{entry.key}' has no title or no author")
    work = Work(
        title=said("title"),
        authors=tuple(a for a in authors if a.casefold() != "others"),
        published=_published(said("date"), said("year"), said("month")),
        more_authors="others" in [a.casefold() for a in authors],
        venue=_venue(entry.entry_type.casefold(), said),
    )
    arxiv = arxiv_in(said("eprint")) or arxiv_in(_if_arxiv(said("journal", "url", "note")))
    if arxiv:
        work.identifiers["arxiv"] = arxiv
    doi = doi_in(said("doi")) or doi_in(said("url"))
    work = by_doi(work, doi) if doi else work
    arxiv, doi = work.identifiers.get("arxiv", ""), work.identifiers.get("doi", "")
    source = f"doi:{doi}" if doi else f"arxiv:{arxiv}" if arxiv else ""
    first = _first(work.published, arxiv)
    return replace(work, source=source, locator="BibTeX entry", published=first)


def _first(published: str, arxiv: str) -> str:
    """Gives the day or month of the first version: an arXiv number tells its month."""
    month = f"20{arxiv[:2]}-{arxiv[2:4]}" if re.match(r"[0-9]{4}\.", arxiv) else ""
    later = not published or published[:7] > month
    return month if month and later else published


def _if_arxiv(text: str) -> str:
    return text if "arxiv" in text.casefold() else ""


def _published(date: str, year: str, month: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", date):
        return date
    if not re.fullmatch("[0-9]{4}", year) or not month:
        return ""
    if month.isdigit():
        return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else ""
    short = month[:3].casefold()
    return f"{year}-{_MONTHS.index(short) + 1:02d}" if short in _MONTHS else ""


def _venue(kind: str, said: Callable[..., str]) -> dict[str, str]:
    where = said("journal", "journaltitle", "booktitle")
    year = said("year") or said("date")[:4]
    if not where or not year or "arxiv" in where.casefold() or "rxiv" in where.casefold():
        return {}
    volume, issue = said("volume"), said("number", "issue")
    venue = {
        "name": where,
        "kind": {"article": "journal", "inproceedings": "conference"}.get(kind, ""),
        "year": year,
        "volume": f"{volume}({issue})" if volume and issue else volume,
        "pages": re.sub("[-–]+", "-", said("pages")),
    }
    return {key: value for key, value in venue.items() if value}
