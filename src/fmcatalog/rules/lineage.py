"""Rules on lineage: what a model builds on exists, and nothing builds on itself."""

from __future__ import annotations

from collections.abc import Iterator

from fmcatalog.catalog import Catalog, vocabulary_file
from fmcatalog.diagnostics import Diagnostic, nearest, rule, shown
from fmcatalog.records import listed
from fmcatalog.rules.context import Context


def parents(catalog: Catalog, id: str) -> tuple[str, ...]:
    """Gives what a record or a base-model term builds on."""
    if id in catalog.models:
        return tuple(p.model for p in listed(catalog.models[id].builds_on))
    term = catalog.term("base-model", id)
    return (term.builds_on or ()) if term else ()


@rule("F340")
def loose_end(context: Context) -> Iterator[Diagnostic]:
    """A parent that is neither a record nor a base-model term.

    Why: the lineage would end in nothing.

    Mend: use the id suggested, or add the parent to catalog/vocabularies/base-model.yaml.
    """
    catalog = context.catalog
    if "base-model" not in catalog.terms:
        return
    known = {*catalog.models, *context.loaded.broken, *catalog.terms["base-model"]}
    for id, model in catalog.models.items():
        for index, parent in enumerate(listed(model.builds_on)):
            if parent.model not in known:
                near = catalog.resolve("base-model", parent.model) or next(
                    iter(nearest(parent.model, known)), None
                )
                yield context.model(
                    id,
                    ("builds_on", index, "model"),
                    "F340",
                    f"no record and no base model {shown(parent.model)}",
                    f"did you mean '{near}'?"
                    if near
                    else f"add it to {vocabulary_file('base-model')}",
                )
    for index, term in enumerate(catalog.vocabularies["base-model"].terms):
        for number, name in enumerate(term.builds_on or ()):
            if name not in known:
                yield context.at(
                    vocabulary_file("base-model"),
                    ("terms", index, "builds_on", number),
                    "F340",
                    f"no base model {shown(name)}",
                    next((f"did you mean '{n}'?" for n in nearest(name, known)), ""),
                )


@rule("F341")
def circle(context: Context) -> Iterator[Diagnostic]:
    """A model that builds, over others, on itself.

    Why: of two models one was first.

    Mend: take out the relation that goes from the older to the newer.
    """
    catalog = context.catalog
    terms = list(catalog.terms.get("base-model", {}))
    done: set[str] = set()
    for start in (*catalog.models, *terms):
        for found in _circles(catalog, start, done):
            # Begin with a record where there is one: it is the likelier culprit.
            first = next((i for i, f in enumerate(found) if f in catalog.models), 0)
            names = [*found[first:], *found[:first], found[first]]
            message = " builds on ".join([*names[:6], "…", names[-1]] if len(names) > 7 else names)
            help = "take out the one that goes from the older to the newer"
            if names[0] in catalog.models:
                yield context.model(names[0], ("builds_on",), "F341", message, help)
            else:
                path = ("terms", terms.index(names[0]), "builds_on")
                yield context.at(vocabulary_file("base-model"), path, "F341", message, help)


def _circles(catalog: Catalog, start: str, done: set[str]) -> Iterator[list[str]]:
    """Walks from one id to all it goes back to; gives each circle met, once."""
    trail: dict[str, Iterator[str]] = (
        {} if start in done else {start: iter(parents(catalog, start))}
    )
    while trail:
        last = next(reversed(trail))
        parent = next(trail[last], None)
        if parent is None:
            done.add(last)
            del trail[last]
        elif parent in trail:
            names = list(trail)
            yield names[names.index(parent) :]
        elif parent not in done:
            trail[parent] = iter(parents(catalog, parent))


@rule("F342")
def two_of_one_id(context: Context) -> Iterator[Diagnostic]:
    """A base-model term with the id of a record.

    Why: a relation to it would mean either.

    Mend: when a base model becomes a record, delete its term.
    """
    for index, term in enumerate(
        context.catalog.vocabularies["base-model"].terms
        if "base-model" in context.catalog.vocabularies
        else ()
    ):
        if term.id in context.catalog.models:
            yield context.at(
                vocabulary_file("base-model"),
                ("terms", index, "id"),
                "F342",
                f"'{term.id}' is a record already",
                "delete the term",
            )


RULES = (loose_end, circle, two_of_one_id)
