"""One model as a column of a comparison, made from the view of its page.

The script of the page that compares makes the same columns of the pages themselves
(``docs/assets/compare/columns.js``); ``tests/browser/test_compare.py`` holds the two to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from fmcatalog.records import Model
from fmcatalog.views import paths
from fmcatalog.views.model import FURTHER_LINKS, ModelView
from fmcatalog.views.parts import Fact, Link, Outlink, Value
from fmcatalog.views.provenance import sources_of

MISSING_WORDS = {
    "not-reported": "not reported",
    "not-applicable": "not applicable",
    "absent": "not looked up",
}
"""How the kinds of missing are said, as in ``templates/macros.html``."""

_IDENTITY = ("First version", "Venue", "arXiv", "DOI", "Preprint", "PubMed", "Also known as")
_KIND = ("Group", "Parameters", "Tier")
_OPEN = ("Licence of the code", "Licence of the weights", "Public code", "Public weights")
_DATA = ("Data",)


class Cell(NamedTuple):
    """A value in a column.

    Attributes:
        value: As on the model's page, which has its source marks, too.
        items: Sentences that are the value.
        marks: Links to the sources, on the model's page.
        words: The value as plain text, for files.
        same: What makes two cells equal; the order of terms does not.
    """

    value: Value
    items: tuple[str, ...]
    marks: tuple[Link, ...]
    words: str
    same: str


class Line(NamedTuple):
    """A row of one model: its key, its label and its value."""

    key: str
    label: str
    cell: Cell


class Section(NamedTuple):
    """Rows that belong together; ``empty`` stands where a model has no such row."""

    key: str
    label: str
    lines: tuple[Line, ...]


class Side(NamedTuple):
    """One model as a column.

    Attributes:
        id: Id of the record.
        name: Short name.
        path: Its page.
        sections: Rows with their values.
        empty: What stands where the model has no such row.
        no_stage: What stands where it has no such stage of training.
    """

    id: str
    name: str
    path: str
    sections: tuple[Section, ...]
    empty: Cell
    no_stage: Cell


def side(seen: ModelView, model: Model) -> Side:
    """Makes the column of a model from what its page shows."""
    absent = _cell(seen, Value(missing="absent"))
    no_stage = _cell(seen, Value("no such stage") if seen.training else _lack(seen, "training"))
    sections = [section for section in _sections(seen, model, no_stage) if section.lines]
    return Side(
        seen.id,
        seen.name,
        paths.model_path(seen.id),
        tuple(sections),
        absent,
        no_stage,
    )


def _sections(seen: ModelView, model: Model, no_stage: Cell) -> Iterator[Section]:
    title = Value(seen.title, sources=sources_of(model, "title"))
    byline = Value(
        ", ".join(seen.authors), sources=sources_of(model, "authors"), note=seen.authors_note
    )
    said = {*_IDENTITY, *_KIND, *_OPEN, *_DATA}
    rest = [fact for fact in seen.facts if fact.label not in said]
    own = _picked(seen.facts, _IDENTITY)
    yield _section(seen, "paper", "Paper", [Fact("Title", title), Fact("Authors", byline), *own])
    group, *quantities = _picked(seen.facts, _KIND)
    yield _section(seen, "kind", "What it is", [group, *seen.facets, *quantities])
    stages = ", ".join(stage.label for stage in seen.training)
    first = _cell(seen, Value(stages)) if stages else no_stage
    yield Section("training", "Training", (Line("stages", "Stages", first),))
    used: list[str] = []
    for stage in seen.training:
        used.append(stage.label)
        nth = used.count(stage.label)
        name = f"{stage.label.lower()} {nth}" if nth > 1 else stage.label.lower()
        facts = _with_total(stage.facts)
        yield _section(seen, f"training:{_slug(name)}", f"Stage: {name}", facts)
    links = [*_picked(seen.facts, _OPEN), *_further_links(seen, model)]
    yield _section(seen, "open", "Licences and links", links)
    yield Section("lineage", "Lineage", tuple(_lineage(seen, model)))
    yield _section(seen, "data", "Data", _picked(seen.facts, _DATA))
    yield Section("words", "In words", tuple(_prose(seen, model)))
    yield _section(seen, "record", "The record", [*rest, _errata(seen)])


def _errata(seen: ModelView) -> Fact:
    path = paths.model_path(seen.id)
    links = tuple(Link(one.where, f"{path}#erratum-{one.id}") for one in seen.errata if one.mistake)
    return Fact("What the survey has otherwise", Value("" if links else "nothing", links=links))


def _picked(facts: Iterable[Fact], labels: Sequence[str]) -> list[Fact]:
    return [fact for fact in facts if fact.label in labels]


def _with_total(facts: Sequence[Fact]) -> list[Fact]:
    """Says of a total that cannot be computed why: what kind of factor is missing."""
    if any(fact.label == "Memory together" for fact in facts):
        return list(facts)
    factors = [f.value.missing for f in facts if f.label in {"GPUs", "Memory each"}]
    kind = next((k for k in ("not-reported", "not-applicable") if k in factors), "absent")
    total = Fact("Memory together", Value(missing=kind))  # type: ignore[arg-type]
    place = next((n for n, f in enumerate(facts, start=1) if f.label == "Memory each"), len(facts))
    return [*facts[:place], total, *facts[place:]]


def _lack(seen: ModelView, field: str) -> Value:
    return Value(missing=seen.lacks.get(field, "absent"))


def _further_links(seen: ModelView, model: Model) -> Iterator[Fact]:
    addresses = {one.label.lower(): one.href for one in seen.actions}
    for key in FURTHER_LINKS:
        address = addresses.get(key)
        if address is None:
            value = _lack(seen, f"links-{key}")
        else:
            value = Value(outlinks=(Outlink(_host(address), address),))
        yield Fact(f"Link: {key}", value._replace(sources=sources_of(model, f"links.{key}")))


def _lineage(seen: ModelView, model: Model) -> Iterator[Line]:
    marks = sources_of(model, "builds_on")
    parents, children = (
        tuple(Link(one.link.label, one.link.path, f"({one.relation})") for one in kin)
        for kin in (seen.ancestors, seen.descendants)
    )
    above = Value(links=parents) if parents else _lack(seen, "builds-on")
    below = Value(links=children) if children else Value("nothing in this catalog")
    yield Line("builds-on", "Builds on", _cell(seen, above._replace(sources=marks)))
    yield Line("built-on-by", "Built on by", _cell(seen, below))


def _prose(seen: ModelView, model: Model) -> Iterator[Line]:
    summary = seen.summary._replace(sources=sources_of(model, "summary"))
    yield Line("summary", "Summary", _cell(seen, summary))
    for key, label, items in (
        ("key_ideas", "Key ideas", seen.key_ideas),
        ("use_cases", "Uses", seen.use_cases),
        ("limitations", "Limits", seen.limitations),
    ):
        value = Value(missing="" if items else "absent", sources=sources_of(model, key))
        yield Line(_slug(label), label, _cell(seen, value, items))


def _section(seen: ModelView, key: str, label: str, facts: Iterable[Fact]) -> Section:
    lines = tuple(Line(_slug(f.label), f.label, _cell(seen, f.value)) for f in facts)
    return Section(key, label, lines)


@cache
def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def _cell(seen: ModelView, value: Value, items: tuple[str, ...] = ()) -> Cell:
    # Two models may have their code on the same host: side by side the whole address tells them.
    parts = []
    if value.badge:
        parts.append(value.badge.label)
    if value.tier:
        parts.append(value.tier)
    parts += [f"{one.label} {one.note}" if one.note else one.label for one in value.links]
    if value.outlinks:
        whole = [a.href if a.label == _host(a.href) else a.label for a in value.outlinks]
        parts += whole
        value = value._replace(outlinks=tuple(map(_whole, value.outlinks)))
    tail = [" ".join(value.text.split())] if value.text else []
    if items:
        tail.append("; ".join(items))
    if value.missing:
        tail.append(MISSING_WORDS[value.missing])
    if value.note:
        tail.append(f"({value.note})")
    words = same = " ".join([", ".join(parts), *tail] if parts else tail)
    if len(parts) > 1:
        same = " ".join([", ".join(sorted(parts)), *tail])
    # Nobody's source stands for what was not looked up.
    numbers = () if value.missing == "absent" else value.sources
    path = f"{paths.model_path(seen.id)}#source-"
    marks = tuple([Link(str(number), f"{path}{number}") for number in numbers])
    return Cell(value, items, marks, words, same)


def _whole(one: Outlink) -> Outlink:
    """Names an address by the whole of it, where it is named by its host."""
    if one.label != _host(one.href):
        return one
    return one._replace(label=one.href.partition("://")[2].removeprefix("www.").rstrip("/"))
