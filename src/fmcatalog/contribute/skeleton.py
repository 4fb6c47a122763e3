"""A record to begin with: what is known filled in, the rest as comments to choose from."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from fmcatalog.catalog import Catalog, model_file, vocabulary_file
from fmcatalog.contribute.formatting import canonical
from fmcatalog.contribute.work import Work
from fmcatalog.documents.layout import WIDTH
from fmcatalog.records import FACET_FIELDS, Model
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
            lines += _given(key, given[key])
        elif key in _ASKED:
            lines += [f"# {line}" for line in _ASKED[key]]
        elif key in ("category", "published", "sources", "title", "authors"):
            lines += _needed(key, catalog, today)
        elif key in _CHOSEN:
            lines.append(_choice(key, catalog))
    return canonical("\n".join(lines) + "\n")


def _given(key: str, value: Any) -> Iterator[str]:
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
        return [f"# Choose one: {', '.join(leaves)}", "category:"]
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


def _choice(key: str, catalog: Catalog) -> str:
    """Offers the terms used most, as a line that is right once the '#' is gone."""
    facet = _FACETS[key]
    known = catalog.terms.get(facet, {})
    used = Counter(term for m in catalog.models.values() for term in m.terms(facet))
    top = sorted(known, key=lambda t: -used[t])
    if key == "builds_on":
        return f"# builds_on: [{{model: {(top or ['sam'])[0]}, relation: fine-tuned-from}}]"
    if key == "datasets":
        return f"# datasets: [{{dataset: {(top or ['…'])[0]}, use: pre-training}}]"
    if key == "licence":
        return f"# licence: {{code: {(top or ['MIT'])[0]}, weights: not-reported}}"
    shown: list[str] = []
    for term in top:
        more = f"  # all {len(known)}: {vocabulary_file(facet)}"
        if len(f"# {key}: [{', '.join([*shown, term])}]{more}") > WIDTH:
            break
        shown.append(term)
    return f"# {key}: [{', '.join(shown)}]  # all {len(known)}: {vocabulary_file(facet)}"


_ASKED = {
    "venue": ["venue: {name: Nature Communications, kind: journal, year: 2024}"],
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
