"""Rules on provenance: every value has a source, every source a value."""

from __future__ import annotations

from collections.abc import Iterator

from fmcatalog.diagnostics import Diagnostic, Severity, nearest, rule, shown
from fmcatalog.records import Model, Shape
from fmcatalog.rules.context import Context

UNSOURCED = frozenset({"sources", "reviewed"})
"""Keys that need no source: they are about the record, not about the model."""


def values(model: Model) -> list[str]:
    """Gives the keys of a record that hold a value."""
    return [k for k in type(model).model_fields if getattr(model, k) is not None]


def parts(model: Model, key: str) -> list[str]:
    """Gives the dotted parts of a key that hold a value; nothing for a plain value."""
    value = getattr(model, key, None)
    if key == "training" and isinstance(value, tuple):
        found = []
        for stage in value:
            keys = [k for k in type(stage).model_fields if getattr(stage, k) is not None]
            found += [f"{stage.stage}.{k}" for k in keys if k != "stage"]
        return found
    if isinstance(value, Shape):
        return [k for k in type(value).model_fields if getattr(value, k) is not None]
    return []


def debts(model: Model) -> list[str]:
    """Lists the values of a record that no source covers, as dotted names."""
    named = {f for s in model.sources for f in s.fields}
    owed: list[str] = []
    for key in values(model):
        if key in UNSOURCED or key in named:
            continue
        inner = [
            p
            for p in parts(model, key)
            if f"{key}.{p}" not in named and f"{key}.{p.split('.')[0]}" not in named
        ]
        if not parts(model, key):
            owed.append(key)
        owed += [f"{key}.{p}" for p in inner]
    return owed


@rule("F350")
def source_of_nothing(context: Context) -> Iterator[Diagnostic]:
    """A source that names a value which the record does not have.

    Why: most likely the name is misspelt, and the value meant goes without a source.

    Mend: name a key of the record, or its part: links.code, training.pre-training.epochs.
    """
    for id, model in context.catalog.models.items():
        keys = [k for k in values(model) if k not in UNSOURCED]
        known = {*keys, *(f"{k}.{p}" for k in keys for p in parts(model, k))}
        known |= {f"training.{stage.stage}" for stage in model.stages}
        for index, source in enumerate(model.sources):
            for number, field in enumerate(source.fields):
                if field not in known:
                    near = nearest(field, known)
                    yield context.model(
                        id,
                        ("sources", index, "fields", number),
                        "F350",
                        f"the record has no value {shown(field)}",
                        f"did you mean '{near[0]}'?" if near else "",
                    )


@rule("F351", Severity.HINT)
def no_source(context: Context) -> Iterator[Diagnostic]:
    """A value without a source: a debt.

    Why: a reader cannot check it, and a reviewer cannot approve it.

    Mend: add its name to the 'fields' of the source it was read in.
    """
    for id, model in context.catalog.models.items():
        owed = debts(model)
        for name in owed:
            key = name.split(".")[0]
            yield context.at(
                f"catalog/models/{id}.yaml",
                (key,),
                "F351",
                f"no source for '{name}'",
                "name it in the 'fields' of a source",
                key=True,
            )


@rule("F352")
def unknown_survey(context: Context) -> Iterator[Diagnostic]:
    """A source that names a survey which the catalog does not hold.

    Why: the link to it would lead nowhere.

    Mend: write arxiv:…, doi:…, an https address, or the id of a survey such as azad-2023.
    """
    surveys = context.catalog.surveys
    if not surveys:
        return
    for id, model in context.catalog.models.items():
        for index, source in enumerate(model.sources):
            word = source.source
            if ":" not in word and word not in surveys:
                yield context.model(
                    id,
                    ("sources", index, "source"),
                    "F352",
                    f"no survey {shown(word)}",
                    "did you mean '" + (nearest(word, surveys) or sorted(surveys))[0] + "'?",
                )


RULES = (source_of_nothing, no_source, unknown_survey)
