"""A record to begin with: what is known filled in, the rest as comments to choose from."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from fmcatalog.catalog import Catalog, model_file, vocabulary_file
from fmcatalog.contribute.formatting import canonical
from fmcatalog.contribute.work import Work
from fmcatalog.documents.layout import WIDTH
from fmcatalog.records import FACET_FIELDS, Model, Relation, StageName, Use
from fmcatalog.records.text import folded
from fmcatalog.rules.identity import identifiers

MODELINE = "# yaml-language-server: $schema=../../schemas/model.schema.json"


def values(id: str, work: Work, today: dt.date) -> dict[str, Any]:
    """Gives the values of a record that a work fills, by key."""
    found: dict[str, Any] = {"name": called(id, work.title)}
    found |= {"title": work.title} if work.title else {}
    found |= {"authors": list(work.authors)} if work.authors else {}
    found |= {"author_count": "not-reported"} if work.more_authors else {}
    found |= {"published": work.published} if work.published else {}
    if work.source and work.fields():
        source = {"fields": work.fields(), "source": work.source}
        source |= {"locator": work.locator} if work.locator else {}
        found["sources"] = [{**source, "accessed": today.isoformat()}]
    found |= {"venue": work.venue} if work.venue else {}
    found |= {"identifiers": work.identifiers} if work.identifiers else {}
    found |= {"links": {"paper": work.paper}} if work.paper else {}
    return found


def called(id: str, title: str) -> str:
    """Gives the name of a model: the word of the title that its id is made from, or the id."""
    heads = [title.split(":", maxsplit=1)[0], *title.replace(":", " ").split()]
    wanted = folded(id)
    return next((h.strip(" ,.()") for h in heads if folded(h) == wanted), id)


def record(given: Mapping[str, Any], catalog: Catalog, today: dt.date) -> str:
    """Writes a record: the values given, and comments that ask for those that are not.

    Args:
        given: Values by key.
        catalog: Where the terms come from.
        today: The day, for the example of a source.
    """
    lines = [MODELINE]
    for key in Model.model_fields:
        if key in given:
            lines += _given(key, given)
        elif key in _ASKED:
            lines += _choice(key, catalog) if key in _FACETS else ()
            lines += [f"# {line}" for line in _ASKED[key]]
        elif key in ("category", "published", "sources", "title", "authors"):
            lines += _needed(key, catalog, today)
        elif key in _CHOSEN:
            lines += _choice(key, catalog)
    return canonical("\n".join(lines) + "\n")


def _given(key: str, given: Mapping[str, Any]) -> Iterator[str]:
    value = given[key]
    if key == "name" and folded(value) not in folded(given.get("title", "")):
        yield "# As its authors write it:"
    elif key == "author_count":
        yield "# The list above is cut short: complete it and delete this line, or give the number."
    if key == "links":
        yield "links:"
        yield from (f"  {k}: {_json(v)}" for k, v in value.items())
        for other in ("code", "weights"):
            if other not in value:
                yield f"  # {other}: not-reported"
        return
    yield f"{key}: {_json(value)}"


def _json(value: Any) -> str:
    # JSON is YAML; the layout takes away the quotes that are not needed.
    return json.dumps(value, ensure_ascii=False)


def _needed(key: str, catalog: Catalog, today: dt.date) -> list[str]:
    if key == "category":
        leaves = [t for t in catalog.terms.get(key, {}) if not catalog.narrower(key, t)]
        return [*_offer("Choose one", leaves), "category:"]
    if key == "sources":
        return [
            "# What you read, and the keys that it gave:",
            "#   - fields: [title, authors, published]",
            f"#     source: https://…, doi:… or arxiv:…, accessed: {today}",
            "sources:",
        ]
    help = {"published": "First public version: YYYY-MM-DD or YYYY-MM"}.get(key, "")
    return [*([f"# {help}"] if help else []), f"{key}:"]


_CHOSEN = ("licence", "modalities", "organs", "tasks", "algorithms", "builds_on", "datasets")
_FACETS = {key: facet for facet, key in FACET_FIELDS.items()}
_SHOWN = 24
"""Terms that are written out; beyond them the vocabulary's file is named alone."""


def _choice(key: str, catalog: Catalog) -> Iterator[str]:
    """Offers the terms, most used first, and a line that is right once the '#' is gone."""
    facet = _FACETS[key]
    terms = _most_used(facet, catalog)
    some = f" {_SHOWN} of {len(terms)}" if len(terms) > _SHOWN else ""
    yield from _offer(f"Choose from{some} ({vocabulary_file(facet)})", terms[:_SHOWN])
    first = terms[0] if terms else "…"
    if key == "builds_on":
        yield from _offer("A relation is one of", Relation)
        yield f"# builds_on: [{{model: {first}, relation: fine-tuned-from}}]"
    elif key == "datasets":
        yield from _offer("A use is one of", Use)
        yield f"# datasets: [{{dataset: {first}, use: pre-training}}]"
    elif key == "licence":
        yield f"# licence: {{code: {first}, weights: not-reported}}"
    elif key == "training":
        yield from _offer("A stage is one of", StageName)
    else:
        yield f"# {key}: [{first}]"


def _most_used(facet: str, catalog: Catalog) -> list[str]:
    used = Counter(term for m in catalog.models.values() for term in m.terms(facet))
    return sorted(catalog.terms.get(facet, {}), key=lambda t: -used[t])


def _offer(head: str, words: Iterable[str]) -> list[str]:
    """Writes what may be chosen as comments that nobody takes for a value."""
    return wrap(f"# {head}: {', '.join(words)}", WIDTH, subsequent_indent="# … ", **_WORDS)


_WORDS: Any = {"break_long_words": False, "break_on_hyphens": False}


_ASKED = {
    "venue": ["venue: {name: Nature Communications, kind: journal, year: 2024}"],
    "identifiers": ['identifiers: {arxiv: "…", doi: 10.…}'],
    "links": ["links:", "  code: not-reported", "  weights: not-reported"],
    "parameters": ["parameters: 93.7M"],
    "summary": ["summary: What it is and why it matters, in two to four sentences of your own."],
    "key_ideas": ["key_ideas:", "  - One idea an item, in your own words."],
    "use_cases": ["use_cases:", "  - What it is good for."],
    "limitations": ["limitations:", "  - Where it ends."],
    "training": [
        "training:  # as reported; not-reported where the paper does not say",
        "  - stage: pre-training",
        "    gpu: nvidia-a100",
        "    gpu_count: 8",
        "    gpu_memory_gb: 80",
        "    gpu_hours: not-reported",
        "    epochs: 100",
    ],
}


def duplicates(catalog: Catalog, id: str, work: Work) -> list[str]:
    """Says which records are this work already, by identifier, title or name."""
    mine = {f"{'doi' if 'doi' in k else k}:{v.casefold()}" for k, v in work.identifiers.items()}
    title = folded(work.title)
    names = {called(id, work.title).casefold(), id.casefold()}
    said = []
    for other, model in catalog.models.items():
        same = [i for i, _ in identifiers(model) if i in mine]
        if same:
            why = f"is {same[0]}"
        elif title and title in map(folded, (model.title, *(model.other_titles or ()))):
            why = "has this title"
        elif names & {n.casefold() for n in (other, model.name, *(model.aliases or ()))}:
            why = "has this name"
        else:
            continue
        said.append(f"{model_file(other)} {why} already: {model.name}, {model.title}")
    return said
