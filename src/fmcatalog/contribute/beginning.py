"""The doors to a new record: arXiv, a DOI, BibTeX, an issue; one way to the file for all."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fmcatalog import documents
from fmcatalog.catalog import Loaded, load, model_file
from fmcatalog.contribute import bibtex, form, skeleton
from fmcatalog.contribute.work import Refused, Work, by_doi
from fmcatalog.diagnostics import Diagnostic, ordered
from fmcatalog.documents.files import RESERVED, SLUG
from fmcatalog.records import Model, shaped
from fmcatalog.records.addresses import arxiv_complaint, arxiv_in, doi_complaint, doi_in


@dataclass(frozen=True)
class Begun:
    """A record that is ready to be written.

    Attributes:
        file: Where it goes, relative to the root.
        text: What it says.
        diagnostics: What is still wrong with it.
        notes: What the contributor should know.
    """

    file: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """Where the values of a new record come from."""

    arxiv: str = ""
    doi: str = ""
    bibtex: Path | None = None


def begin(root: Path, id: str, asked: Asked, today: dt.date) -> Begun:
    """Makes a record from an index of papers or a BibTeX file.

    Raises:
        Refused: The id cannot be used, the paper is there already, or is not found.
        Unreachable: Nobody answers.
    """
    loaded = load(root)
    _check_id(root, id)
    known = bibtex.read(asked.bibtex) if asked.bibtex else _named(asked)
    # Before anybody is asked: what has an identifier here already is here already.
    _check_new(loaded, id, known)
    work = known if asked.bibtex else _fetched(known)
    _check_new(loaded, id, work)
    return _begun(loaded, id, skeleton.values(id, work, today), today, work.notes)


def begin_from_issue(root: Path, body: str, today: dt.date, id: str = "") -> Begun:
    """Makes a record from the body of an issue; see :func:`begin`."""
    loaded = load(root)
    said = form.answers(body)
    id = id or form.id_of(said)
    _check_id(root, id)
    work = form.work(said)
    _check_new(loaded, id, work)
    ids = work.identifiers
    if ids and not (work.title and work.authors and work.published):
        work = _fetched(_named(Asked(ids.get("arxiv", ""), ids.get("doi", ""))))
        _check_new(loaded, id, work)
    given = skeleton.values(id, work, today)
    more = form.beyond(said)
    fields = [f"{k}.{p}" for k in ("links",) for p in more.get(k, {})]
    fields = [k for k in Model.model_fields if k in more and k != "links"] + fields
    if fields and work.source:
        source = {"fields": fields, "source": work.source}
        source |= {"locator": said["locator"]} if "locator" in said else {}
        source["accessed"] = today.isoformat()
        _add_source(given.setdefault("sources", []), source)
    given["links"] = {**given.get("links", {}), **more.pop("links", {})}
    given |= more
    if not given["links"]:
        del given["links"]
    return _begun(loaded, id, given, today, ())


def _add_source(sources: list[dict[str, Any]], new: dict[str, Any]) -> None:
    """Adds what was read; the same place, read on the same day, stays one entry."""
    for old in sources:
        if {**old, "fields": ()} == {**new, "fields": ()}:
            old["fields"] = list(dict.fromkeys([*old["fields"], *new["fields"]]))
            return
    sources.append(new)


def _named(asked: Asked) -> Work:
    """Gives a work of which only the identifiers are known."""
    work = Work()
    if asked.arxiv:
        found = asked.arxiv if arxiv_complaint(asked.arxiv) is None else arxiv_in(asked.arxiv)
        if not found:
            raise Refused(f"'{asked.arxiv}' {arxiv_complaint(asked.arxiv)}")
        work = replace(work, identifiers={"arxiv": found})
    if asked.doi:
        found = asked.doi if doi_complaint(asked.doi) is None else doi_in(asked.doi)
        if not found:
            raise Refused(f"'{asked.doi}' {doi_complaint(asked.doi)}")
        work = by_doi(work, found)
    return work


def _fetched(known: Work) -> Work:
    """Asks for the work; with both identifiers, the venue comes from the DOI, the rest too."""
    arxiv, doi = known.identifiers.get("arxiv"), known.identifiers.get("doi")
    if not arxiv and not doi:
        return known
    from fmcatalog.contribute import indexes
    from fmcatalog.contribute.network import Network, Settings

    with closing(Network(Settings.of_environment())) as network:
        if not arxiv:
            return indexes.doi(network, doi or "")
        first = indexes.arxiv(network, arxiv)
        if not doi:
            return first
        second = indexes.doi(network, doi)
    days = [day for day in (first.published, second.published) if day]
    return replace(
        second,
        published=min(days, default=""),
        identifiers={**second.identifiers, "arxiv": arxiv},
        notes=() if second.title == first.title else (f"arXiv's title: {first.title}",),
    )


def _check_id(root: Path, id: str) -> None:
    if not SLUG.fullmatch(id) or id in RESERVED:
        near = "-".join("".join(c if c.isalnum() else " " for c in id.lower()).split())
        usable = near != id and SLUG.fullmatch(near) and near not in RESERVED
        raise Refused(
            f"'{id[:80]}' cannot be an id: lower-case letters, digits and hyphens, up to 60"
            + (f"; did you mean '{near}'?" if usable else "")
        )
    if os.path.lexists(root / model_file(id)):
        raise Refused(f"{model_file(id)} is there already; mend it, or choose another id")


def _check_new(loaded: Loaded, id: str, work: Work) -> None:
    there = skeleton.duplicates(loaded.catalog, id, work)
    if there:
        raise Refused("\n".join([*there, "Add what is new to that record; nothing was written."]))


def _begun(
    loaded: Loaded, id: str, given: Mapping[str, Any], today: dt.date, notes: tuple[str, ...]
) -> Begun:
    file, text = model_file(id), skeleton.record(given, loaded.catalog, today)
    return Begun(file, text, tuple(_judged(loaded, id, file, text, today)), notes)


def _judged(loaded: Loaded, id: str, file: str, text: str, today: dt.date) -> list[Diagnostic]:
    """Checks the record as if it stood in the catalog."""
    from fmcatalog.catalog import Catalog
    from fmcatalog.rules import check

    document, found = documents.parse_yaml(file, text.encode())
    if document is None:
        return found
    model, found = shaped(document, found, Model, loaded.catalog.offered)
    catalog, broken = loaded.catalog, dict(loaded.broken)
    if model is None:
        broken[id] = ""
    else:
        models = {**catalog.models, id: model}
        catalog = Catalog.of(models, catalog.vocabularies.values(), catalog.surveys.values())
    whole = replace(
        loaded,
        catalog=catalog,
        broken=broken,
        documents={**loaded.documents, file: document},
        diagnostics=(*loaded.diagnostics, *found),
    )
    return ordered(d for d in check(whole, today) if d.place.file == file)
