"""Rules on provenance: every value has a source, every source a value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fmcatalog.diagnostics import Diagnostic, Severity, nearest, rule, shown
from fmcatalog.records import Model
from fmcatalog.records.debts import UNSOURCED, covered, debts, parts, values
from fmcatalog.rules.context import Context


def _odd(context: Context) -> list[tuple[str, Model]]:
    """Gives the records whose sources do not name just what they hold: few."""
    return [(id, model) for id, model in context.catalog.models.items() if not _even(model)]


def _even(model: Model) -> bool:
    """Tells whether sources name every value once, as a whole or by all of its parts."""
    named = covered(model)
    keys = set(values(model)) - UNSOURCED
    rest: set[str] = set()
    for key in keys - named:
        held = parts(model, key)
        if not held:
            return False
        rest.update([f"{key}.{part}" for part in held])
    return rest == named - keys


_NO_VALUE = "write the value too, or take its name out of 'fields'"


@rule("F350")
def source_of_nothing(context: Context) -> Iterator[Diagnostic]:
    """A source that names a value which the record does not have.

    Why: most likely the name is misspelt, and the value meant goes without a source.

    Mend: name a key of the record, or its part: links.code, training.pre-training.epochs.
    """
    for id, model in context.once(_odd):
        keys = [k for k in values(model) if k not in UNSOURCED]
        known = {*keys, *(f"{k}.{p}" for k in keys for p in parts(model, k))}
        known |= {f"training.{stage.stage}" for stage in model.stages}
        for index, source in enumerate(model.sources):
            for number, field in enumerate(source.fields):
                if field not in known:
                    parted = sorted(k for k in known if k.endswith(f".{field}"))
                    near = parted or nearest(field, known)
                    yield context.model(
                        id,
                        ("sources", index, "fields", number),
                        "F350",
                        f"the record has no value {shown(field)}",
                        f"did you mean {' or '.join(map(repr, near[:3]))}?" if near else _NO_VALUE,
                    )


@rule("F351", Severity.HINT)
def no_source(context: Context) -> Iterator[Diagnostic]:
    """A value without a source: a debt.

    Why: a reader cannot check it, and a reviewer cannot approve it.

    Mend: add its name to the 'fields' of the source it was read in.
    """
    for id, model in context.once(_odd):
        for name in _told(model, debts(model)):
            key = name.split(".")[0]
            yield context.at(
                f"catalog/models/{id}.yaml",
                (key,),
                "F351",
                f"no source for '{name}'",
                "name it in the 'fields' of a source",
                key=True,
            )


def _told(model: Model, owed: list[str]) -> Iterator[str]:
    """Names a key once where none of its parts has a source."""
    for key, group in groupby(owed, lambda name: name.split(".")[0]):
        names = list(group)
        whole = len(names) > 1 and len(names) == len(parts(model, key))
        yield from [key] if whole else names


@rule("F352")
def unknown_survey(context: Context) -> Iterator[Diagnostic]:
    """A source that names a survey which the catalog does not hold.

    Why: the link to it would lead nowhere.

    Mend: write arxiv:…, doi:…, an https address, or the id of a survey such as azad-2023.
    """
    surveys = context.catalog.surveys
    if not surveys:
        return
    others = "write arxiv:…, doi:…, an https address, or a survey: " + ", ".join(surveys)
    for id, model in context.catalog.models.items():
        for index, source in enumerate(model.sources):
            word = source.source
            if ":" not in word and word not in surveys:
                yield context.model(
                    id,
                    ("sources", index, "source"),
                    "F352",
                    f"no survey {shown(word)}",
                    next((f"did you mean '{n}'?" for n in nearest(word, surveys)), others),
                )


@rule("F353")
def stale_correction(context: Context) -> Iterator[Diagnostic]:
    """A correction whose new value is not what the record says.

    Why: who follows the corrections would take over a value that is no longer held.

    Mend: write one more correction, from that value to the present one; or mend its name.
    """
    for id, model in context.catalog.models.items():
        last = {c.field: (place, c) for place, c in enumerate(model.corrections or ())}
        for field, (place, correction) in last.items():
            now = model.text(field)
            if now is None or now.split() != correction.new.split():
                said = "no such plain value" if now is None else shown(now)
                yield context.model(
                    id,
                    ("corrections", place, "new"),
                    "F353",
                    f"{shown(correction.new)} is not what the record says of {field}: {said}",
                    "correct the value or its name, or add the correction that came after it",
                )


RULES = (source_of_nothing, no_source, unknown_survey, stale_correction)
