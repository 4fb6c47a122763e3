"""What the peers are given to show: the facts of our pages, as their front matter would hold them.

A record keeps its own keys under ``record``. Beside them stands what our pages tell and a user's
script would have to work out, so that no peer has to: lists with narrower terms, neighbours,
what a model builds on further back, BibTeX. Working that out is not measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fmcatalog import export
from fmcatalog.catalog import MODELS, Catalog, load
from fmcatalog.records import link
from fmcatalog.views import paths
from fmcatalog.views.coins import brief

SHOWN = {"modalities": "modality", "organs": "organ", "tasks": "task", "algorithms": "algorithm"}
LISTS = (*SHOWN, "builds_on", "datasets", "key_ideas", "use_cases", "limitations", "training")
MEASURES = {
    "gpu_count": "GPUs",
    "gpu_memory_gb": "Memory each",
    "gpu_hours": "GPU hours",
    "input_size": "Input size",
    "batch_size": "Batch size",
    "epochs": "Epochs",
}
NEIGHBOURS = 6

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """A page that lists models.

    Attributes:
        plural: Folder of its facet.
        id: Name of its page.
        label: What it is called.
        definition: What it means.
        models: Ids of the models that it lists.
    """

    plural: str
    id: str
    label: str
    definition: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """All that the peers show.

    Attributes:
        models: Facts of each model, by id.
        terms: The lists.
        facets: Folder, name and definition of each facet.
    """

    models: Mapping[str, Facts]
    terms: Sequence[Term]
    facets: Mapping[str, tuple[str, str]]


def read(root: Path) -> World:
    """Reads a checkout.

    Args:
        root: The checkout.
    """
    catalog = load(root).catalog
    folders = {facet: paths.facet_path(facet).strip("/") for facet in catalog.vocabularies}
    terms = [
        Term(
            folders[facet],
            paths.term_path(facet, id).split("/")[1],
            term.label,
            term.definition,
            catalog.members(facet, id),
        )
        for facet in catalog.vocabularies
        for id, term in catalog.terms[facet].items()
    ]
    lists: dict[str, dict[str, list[str]]] = {id: {} for id in catalog.models}
    for term in terms:
        for id in term.models:
            lists[id].setdefault(term.plural, []).append(term.id)
    ids = list(catalog.models)
    models = {}
    for before, id, after in zip([None, *ids], ids, [*ids[1:], None], strict=False):
        facts = _facts(catalog, root, id)
        models[id] = {**facts, **lists[id]}
        for name, other in (("previous", before), ("next", after)):
            models[id][name] = {"id": other, "name": catalog.models[other].name} if other else None
    for id in catalog.leaves("category"):
        group = catalog.members("category", id)
        for place, one in enumerate(group):
            models[one]["near"] = list(_near(catalog, group, place))
    facets = {
        folders[facet]: (vocabulary.plural, vocabulary.definition)
        for facet, vocabulary in catalog.vocabularies.items()
    }
    return World(models, terms, facets)


def labels(world: World) -> dict[str, dict[str, str]]:
    """Gives the name of every term, by folder and id."""
    made: dict[str, dict[str, str]] = {}
    for term in world.terms:
        made.setdefault(term.plural, {})[term.id] = term.label
    return made


def _facts(catalog: Catalog, root: Path, id: str) -> Facts:
    model = catalog.models[id]
    text = (root / MODELS / f"{id}.yaml").read_text(encoding="utf-8")
    record: Facts = yaml.load(text, yaml.CSafeLoader)
    sources, first = list(_sources(record)), _first_sources(record)
    del record["sources"]
    record["published"] = str(record["published"])
    record["summary"] = " ".join(str(record.get("summary") or record["title"]).split())
    for key in LISTS:
        given = record.get(key)
        record[key] = given if isinstance(given, list) else []
    given = record.get("links")
    links = given.items() if isinstance(given, dict) else ()
    record["links"] = {key: value for key, value in links if "://" in str(value)}
    return {
        "title": model.name,
        "description": record["summary"].split(". ")[0].rstrip(".") + ".",
        "date": str(model.published.first),
        "record": record,
        "tier": str(catalog.tier(id)),
        "crumbs": [*reversed(catalog.broader("category", model.category)), model.category],
        "coins": brief(model),
        "bibtex": export.bibtex(id, model),
        "sources": sources,
        "licence": _licence(catalog, record),
        "source_of": first,
        "ancestors": list(_ancestors(catalog, record)),
    }


def _sources(record: Facts) -> Iterator[Facts]:
    for number, source in enumerate(record["sources"], start=1):
        where = source["source"]
        label = where.removeprefix("https://")
        fields = ", ".join(str(field) for field in source["fields"]).replace("_", " ")
        said = f"{source.get('locator') or 'whole'}, read {source['accessed']}"
        href = link(where) or "/survey/"
        yield {"number": number, "label": label, "href": href, "said": said, "fields": fields}


def _first_sources(record: Facts) -> dict[str, int]:
    """Gives for each key the number of the first source that gave it."""
    found: dict[str, int] = {}
    for number, source in enumerate(record["sources"], start=1):
        for field in source["fields"]:
            found.setdefault(str(field).split(".")[0], number)
    return found


def _licence(catalog: Catalog, record: Facts) -> Facts | None:
    id = (record.get("licence") or {}).get("code")
    term = catalog.terms["licence"].get(str(id))
    return {"label": term.label, "path": paths.term_path("licence", term.id)} if term else None


def _ancestors(catalog: Catalog, record: Facts) -> Iterator[Facts]:
    """Gives what a model builds on, and what that builds on."""
    seen: set[str] = set()
    wanted = [(p["model"], p["relation"]) for p in record.get("builds_on") or () if "model" in p]
    while wanted:
        id, relation = wanted.pop(0)
        if id in seen:
            continue
        seen.add(id)
        term = catalog.terms["base-model"].get(id)
        if term is not None:
            further = term.builds_on or ()
            path, label = f"base-models/{id}", term.label
        elif id in catalog.models:
            further = tuple(p.model for p in _parents(catalog, id))
            path, label = f"models/{id}", catalog.models[id].name
        else:
            continue
        yield {"relation": relation.replace("-", " "), "label": label, "path": path}
        wanted += [(one, "further back") for one in further]


def _parents(catalog: Catalog, id: str) -> Sequence[Any]:
    found = catalog.models[id].builds_on
    return found if isinstance(found, tuple) else ()


def _near(catalog: Catalog, group: Sequence[str], place: int) -> Iterator[Facts]:
    """Gives the models that follow one in its group, with what they share."""
    for step in range(1, min(NEIGHBOURS + 1, len(group))):
        id = group[(place + step) % len(group)]
        model = catalog.models[id]
        shared = catalog.terms["category"][model.category].label
        yield {"id": id, "name": model.name, "note": f"shares {shared}, {model.published}"}
