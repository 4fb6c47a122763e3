"""Reads what arXiv (Atom), Crossref and DataCite (JSON) say about a paper."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from fmcatalog.contribute.network import Network
from fmcatalog.contribute.work import ARXIV_DOI, Refused, Work, by_doi, clean, name

_ATOM = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}
_API = "API record"


def arxiv(network: Network, id: str) -> Work:
    """Asks arXiv for a paper.

    Raises:
        Refused: There is none, or the answer cannot be read.
    """
    data = network.get("arXiv", network.settings.arxiv, id_list=id, max_results="1")
    if data is None:
        raise Refused(f"arXiv has no paper {id}")
    return read_arxiv(data, id)


def read_arxiv(data: bytes, id: str) -> Work:
    """Reads an Atom answer of arXiv; see :func:`arxiv`."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException, ElementTree

    try:
        # No entities, no document type: nothing that unfolds.
        feed = ElementTree.fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused("arXiv's answer is not the Atom feed it should be; try again later") from None
    if feed.tag != f"{{{_ATOM['a']}}}feed":
        raise Refused("arXiv's answer is not the Atom feed it should be; try again later")
    entry = feed.find("a:entry", _ATOM)
    if entry is None:
        raise Refused(f"arXiv has no paper {id}")

    def said(tag: str) -> str:
        return " ".join((entry.findtext(tag, "", _ATOM) or "").split())

    if "/api/errors" in said("a:id"):
        raise Refused(f"arXiv says: {said('a:summary')[:150]}")
    if not re.search(rf"/abs/{re.escape(id)}(?:v[0-9]+)?\Z", said("a:id")):
        raise Refused(f"arXiv has no paper {id}")
    authors = [name.text or "" for name in entry.findall("a:author/a:name", _ATOM)]
    work = Work(
        title=clean(said("a:title"), latex=True),
        authors=tuple(clean(author, latex=True) for author in authors if author.strip()),
        published=_day(said("a:published")[:10]),
        identifiers={"arxiv": id},
        source=f"arxiv:{id}",
        locator=_API,
        notes=_seen_elsewhere(said("x:journal_ref"), said("x:doi")),
    )
    doi = said("x:doi").split(" ")[0]
    return _complete(by_doi(work, doi) if doi.startswith("10.") else work, "arXiv")


def _published_as(doi: str, service: str) -> tuple[str, ...]:
    said = f"{service} names the DOI {doi}; with --doi {doi} the venue is filled in too"
    return (said,) if doi else ()


def _seen_elsewhere(reference: str, doi: str) -> tuple[str, ...]:
    if doi.startswith("10."):
        return _published_as(doi, "arXiv")
    return (f"arXiv says it appeared in: {clean(reference)}",) if reference else ()


def doi(network: Network, text: str) -> Work:
    """Asks Crossref, then DataCite, for a paper.

    Raises:
        Refused: Neither has it, or the answer cannot be read.
    """
    if text.casefold().startswith(ARXIV_DOI):
        return arxiv(network, text[len(ARXIV_DOI) :])
    path, contact = quote(text, safe=""), network.settings.contact
    mail = {"mailto": contact} if contact else {}
    data = network.get("Crossref", f"{network.settings.crossref}/{path}", **mail)
    if data is not None:
        return read_crossref(data, text)
    data = network.get("DataCite", f"{network.settings.datacite}/{path}")
    if data is None:
        raise Refused(f"neither Crossref nor DataCite knows the DOI {text}")
    return read_datacite(data, text)


def read_crossref(data: bytes, doi: str) -> Work:
    """Reads a JSON answer of Crossref."""
    message = _object(_json(data, "Crossref").get("message"))
    preprint = message.get("type") == "posted-content"
    people = []
    for author in _objects(message.get("author")):
        parts = [_text(author.get(k)) for k in ("given", "family", "suffix")]
        whole = " ".join(p for p in parts if p) or _text(author.get("name"))
        people.append(clean(whole))
    container = _first(message.get("container-title"))
    venue = {
        "name": clean(container),
        "kind": _KINDS.get(_text(message.get("type")), ""),
        "year": str(_parts(message.get("issued"))[0] or ""),
        "volume": _volume(_text(message.get("volume")), _text(message.get("issue"))),
        "pages": _text(message.get("page")) or _text(message.get("article-number")),
    }
    identifiers = {"preprint_doi" if preprint else "doi": doi}
    relations = _object(message.get("relation"))
    for relation in _objects(relations.get("has-preprint")):
        identifiers |= _preprint(_related(relation))
    article = next(map(_related, _objects(relations.get("is-preprint-of"))), "") if preprint else ""
    identifiers |= {"doi": article} if article else {}
    days = [_date(message.get(k)) for k in ("posted", "published-online", "published-print")]
    days += [_date(message.get(k)) for k in ("published", "issued")]
    return _complete(
        Work(
            title=clean(_first(message.get("title"))),
            authors=tuple(p for p in people if p),
            published=min((d for d in days if d), default=""),
            venue={k: v for k, v in venue.items() if v} if container and not preprint else {},
            identifiers=_in_order(identifiers),
            source=f"doi:{doi}",
            locator=_API,
            notes=_published_as(article, "Crossref"),
        ),
        "Crossref",
    )


def read_datacite(data: bytes, doi: str) -> Work:
    """Reads a JSON answer of DataCite."""
    about = _object(_object(_json(data, "DataCite").get("data")).get("attributes"))
    people = []
    for author in _objects(about.get("creators")):
        given, family = _text(author.get("givenName")), _text(author.get("familyName"))
        people.append(clean(f"{given} {family}") if family else name(_text(author.get("name"))))
    titles = [_text(t.get("title")) for t in _objects(about.get("titles"))]
    days = [_day(_text(d.get("date"))[:10]) for d in _objects(about.get("dates"))]
    container = _object(about.get("container"))
    pages = "-".join(p for k in ("firstPage", "lastPage") if (p := _text(container.get(k))))
    venue = {
        "name": clean(_text(container.get("title"))),
        "year": _text(about.get("publicationYear")),
        "volume": _volume(_text(container.get("volume")), _text(container.get("issue"))),
        "pages": pages,
    }
    return _complete(
        Work(
            title=clean(titles[0]) if titles else "",
            authors=tuple(p for p in people if p),
            published=min((d for d in days if d), default=""),
            venue={k: v for k, v in venue.items() if v} if venue["name"] else {},
            identifiers={"doi": doi},
            source=f"doi:{doi}",
            locator=_API,
        ),
        "DataCite",
    )


_KINDS = {
    "journal-article": "journal",
    "proceedings-article": "conference",
    "book-chapter": "conference",
}


def _complete(work: Work, service: str) -> Work:
    if not work.title or not work.authors:
        raise Refused(f"{service} gives no title or no authors for {work.source}")
    return work


def _related(relation: dict[str, Any]) -> str:
    text = re.sub(r"\Ahttps?://(?:dx\.)?doi\.org/", "", _text(relation.get("id")))
    return text if text.startswith("10.") else ""


def _preprint(doi: str) -> dict[str, str]:
    if doi.casefold().startswith(ARXIV_DOI):
        return {"arxiv": re.sub(r"v[0-9]+\Z", "", doi[len(ARXIV_DOI) :])}
    return {"preprint_doi": doi} if doi else {}


def _in_order(found: dict[str, str]) -> dict[str, str]:
    return {k: found[k] for k in ("arxiv", "doi", "preprint_doi") if k in found}


def _volume(volume: str, issue: str) -> str:
    return f"{volume}({issue})" if volume and issue else volume


def _json(data: bytes, service: str) -> dict[str, Any]:
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Refused(f"{service}'s answer is not the JSON it should be; try again later")
    return answer


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _first(value: Any) -> str:
    return _text(value[0]) if isinstance(value, list) and value else _text(value)


def _parts(value: Any) -> tuple[int | None, int | None, int | None]:
    lists = _object(value).get("date-parts")
    first = lists[0] if isinstance(lists, list) and lists and isinstance(lists[0], list) else []
    numbers = [p if isinstance(p, int) else None for p in first[:3]]
    year, month, day = [*numbers, None, None, None][:3]
    return year, month, day


def _date(value: Any) -> str:
    year, month, day = _parts(value)
    if not year or not month:
        return ""
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def _day(text: str) -> str:
    return text if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text) else ""
