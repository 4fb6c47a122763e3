"""Atom feeds: new records and corrected values, of the whole catalog, a group or a modality.

An entry is made once and stands in every feed it belongs to. Ids are made of what an entry is
about, never of where the site stands or when it was built, and dates come from the data, so that
a reader sees each entry once. A feed of up to `MOST` entries is complete (RFC 5005):
what is not in it is not; a longer one holds the newest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.export.lines import line
from fmcatalog.records import Term, link
from fmcatalog.stats.history import Change, Event, history
from fmcatalog.views import paths
from fmcatalog.views.data import MAINTAINERS
from fmcatalog.views.keys import Basis, going_by

MOST = 1000
"""Entries of a feed; of more, the newest."""

Marks = Mapping[str, Mapping[str, str]]
"""Facet and id of a term → what says in an entry that it is about the term."""

_KEYS = going_by("name title summary category modalities corrections sources")
"""What a feed goes by."""
_OURS = uuid5(NAMESPACE_URL, "fmcatalog")
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, escaped or not."""


def feeds(
    catalog: Catalog, top: str, known: Callable[[Basis, str], bool] = lambda _basis, _uri: False
) -> Iterator[Artifact]:
    """Makes every feed.

    Args:
        catalog: The catalog.
        top: Whole address of the site; empty where nobody knows it: links are then relative to
            the base that each feed names.
        known: Tells of those that need not be made.
    """
    wanted = [one for one in _feeds(catalog) if not known(_basis(catalog, one[0]), one[1])]
    if not wanted:
        return
    changes = history(catalog)
    places = range(len(changes))
    of_model: dict[str, list[int]] = {}
    for place in places:
        for model in changes[place].models:
            of_model.setdefault(model, []).append(place)
    marks = _marks(catalog)
    write = cache(lambda place: _entry(catalog, changes[place], top, marks).encode())
    for about, uri, title, page in wanted:
        found: Sequence[int] = places
        if about is not None:
            members = catalog.members(*about)
            found = sorted({place for m in members for place in of_model.get(m, ())})
        newest = [(changes[place], write(place)) for place in found[:MOST]]
        yield _feed(uri, title, page, top, newest, complete=len(found) <= MOST)


def _feeds(catalog: Catalog) -> Iterator[tuple[tuple[str, str] | None, str, str, str]]:
    """Gives the term that each feed is about, its address, its title, and its page."""
    yield None, paths.FEED, "fmcatalog: new records and corrected values", ""
    for facet in paths.FED:
        for id, term in catalog.terms.get(facet, {}).items():
            if catalog.members(facet, id):
                title, page = f"fmcatalog: {term.label}", paths.term_path(facet, id)
                yield (facet, id), paths.feed_path(facet, id), title, page


def _basis(catalog: Catalog, about: tuple[str, str] | None) -> Basis:
    """Tells what a feed goes by: an erratum names the terms of all models that it is about."""
    members = set(catalog.members(*about)) if about else set()
    for data in catalog.surveys.values():
        for erratum in data.errata:
            models = set(erratum.models or ())
            if not models <= members and not models.isdisjoint(members):
                return Basis(_KEYS)
    return Basis(_KEYS, about)


def _feed(
    uri: str,
    title: str,
    page: str,
    top: str,
    entries: Sequence[tuple[Change, bytes]],
    *,
    complete: bool,
) -> Artifact:
    base = "" if top else "../" * uri.count("/") or "./"
    # Newest first, so the first one's day is the day of the feed.
    newest = entries[0][0].date.isoformat() if entries else "2023-10-28"
    head = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    if base:
        head.set("xml:base", base)
    _add(head, "id", _urn(uri))
    _add(head, "title", title)
    _add(head, "updated", f"{newest}T00:00:00Z")
    _add(ET.SubElement(head, "author"), "name", MAINTAINERS)
    _add(head, "rights", "CC BY 4.0")
    ET.SubElement(head, "link", rel="self", type="application/atom+xml", href=f"{top}{uri}")
    ET.SubElement(head, "link", rel="alternate", type="text/html", href=f"{top}{page}" or "./")
    if complete:
        ET.SubElement(head, "fh:complete", {"xmlns:fh": "http://purl.org/syndication/history/1.0"})
    start = ET.tostring(head, encoding="unicode").removesuffix("</feed>")
    lines = [b'<?xml version="1.0" encoding="utf-8"?>', start.encode(), *[t for _, t in entries]]
    return Artifact(uri, b"\n".join([*lines, b"</feed>", b""]))


def _entry(catalog: Catalog, change: Change, top: str, marks: Marks) -> str:
    day = f"{change.date.isoformat()}T00:00:00Z"
    links = [f'<link rel="alternate" type="text/html" href="{_value(top + _page(change))}" />']
    source = link(change.source) if change.source else None
    if source:
        links.append(f'<link rel="related" href="{_value(source)}" />')
    return (
        f"<entry><id>{_urn(change.id)}</id><title>{_words(_title(change))}</title>"
        f"<published>{day}</published><updated>{day}</updated>{''.join(links)}"
        f"{''.join(_terms(catalog, change.models, marks))}"
        f'<content type="text">{_words(_text(catalog, change))}</content></entry>'
    )


def _title(change: Change) -> str:
    if change.event is Event.ADDED:
        return f"New: {change.name}"
    if change.event is Event.CORRECTED:
        return f"Corrected: {change.name}, {change.field}"
    return f"Erratum: {change.name}"


def _text(catalog: Catalog, change: Change) -> str:
    if change.event is not Event.ADDED:
        return f"{change.old or 'nothing'} → {change.new}. {change.reason}"
    model = catalog.models[change.models[0]]
    return f"{model.title}. {model.summary or ''}"


def _page(change: Change) -> str:
    if change.event is Event.ERRATUM:
        return f"survey/#erratum-{change.id.partition('/')[2]}"
    return paths.model_path(change.models[0])


def _terms(catalog: Catalog, models: Iterable[str], marks: Marks) -> Iterable[str]:
    """Gives groups and modalities, by which readers can filter, each once."""
    found: dict[str, str] = {}
    for id in models:
        for facet, words in marks.items():
            for word in catalog.models[id].terms(facet):
                if word in words:
                    found.setdefault(word, words[word])
    return found.values()


def _marks(catalog: Catalog) -> Marks:
    def mark(term: Term) -> str:
        return f'<category term="{_value(term.id)}" label="{_value(_plain(term.label))}" />'

    return {
        facet: {id: mark(term) for id, term in catalog.terms.get(facet, {}).items()}
        for facet in paths.FED
    }


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _plain(text)


def _words(text: str) -> str:
    return escape(_plain(text))


def _value(text: str) -> str:
    return escape(text).replace('"', "&quot;")


def _plain(text: str) -> str:
    return _NEVER.sub(" ", line(text))


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(_OURS, name)}"
