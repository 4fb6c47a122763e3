"""Rules on time: nothing from the future, nothing before its parts existed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fmcatalog.catalog import vocabulary_file
from fmcatalog.diagnostics import Diagnostic, Severity, rule
from fmcatalog.records import Missing
from fmcatalog.records.addresses import arxiv_month
from fmcatalog.rules.context import Context


@rule("F320")
def in_the_future(context: Context) -> Iterator[Diagnostic]:
    """A date that has not come yet.

    Why: a paper cannot have been published, or a source read, tomorrow.

    Mend: correct the year, the month or the day.
    """
    # A day of grace: the contributor may live east of the machine that checks.
    tomorrow = context.today + dt.timedelta(days=1)
    for id, model in context.catalog.models.items():
        if model.published.first > context.today:
            message = f"{model.published} is in the future"
            yield context.model(id, ("published",), "F320", message, "correct the date")
        for index, source in enumerate(model.sources):
            if source.accessed.first > tomorrow:
                path = ("sources", index, "accessed")
                message = f"{source.accessed} is in the future"
                yield context.model(id, path, "F320", message, "correct the date")
        for index, correction in enumerate(model.corrections or ()):
            if correction.date.first > tomorrow:
                message = f"{correction.date} is in the future"
                place = ("corrections", index, "date")
                yield context.model(id, place, "F320", message, "correct the date")


@rule("F321")
def arxiv_and_date(context: Context) -> Iterator[Diagnostic]:
    """A paper that is dated after the month in which arXiv numbered it.

    Why: the first public version cannot be later than the preprint; one of the two is wrong.

    Mend: 'published' is the day of the first version, not of the journal.
    """
    for id, model in context.catalog.models.items():
        arxiv = model.identifiers.arxiv if model.identifiers else None
        month = arxiv_month(arxiv) if arxiv else None
        if month is None:
            continue
        date = (model.published.year, model.published.month)
        # Numbers are given when a paper is announced, which may be days after it was sent in.
        if date > month:
            message = f"published {model.published}, but arXiv numbered {arxiv} in {_month(month)}"
            yield context.model(
                id, ("published",), "F321", message, "give the day of the first version"
            )


def _month(month: tuple[int, int]) -> str:
    return f"{month[0]}-{month[1]:02d}"


@rule("F322", Severity.WARNING)
def arxiv_much_later(context: Context) -> Iterator[Diagnostic]:
    """A paper that is dated more than a month before arXiv numbered it.

    Why: often the date of another version, or a digit of the identifier is wrong. A paper may
    really have appeared elsewhere first: then a source for the date says so.

    Mend: correct the date or the identifier, or give 'published' a source with a note.
    """
    for id, model in context.catalog.models.items():
        arxiv = model.identifiers.arxiv if model.identifiers else None
        month = arxiv_month(arxiv) if arxiv else None
        if month is None:
            continue
        behind = (month[0] - model.published.year) * 12 + month[1] - model.published.month
        if behind > 1 and not any("published" in s.fields and s.note for s in model.sources):
            message = f"published {model.published}, but arXiv numbered {arxiv} in {_month(month)}"
            help = "correct one of them, or give the source of 'published' a note"
            yield context.model(id, ("published",), "F322", message, help)


@rule("F323")
def card_from_the_future(context: Context) -> Iterator[Diagnostic]:
    """A paper that used a card before it was sold.

    Why: the card, its release date or the paper's date is wrong.

    Mend: look the card up in the paper; look its release up in the gpu vocabulary.
    """
    for id, model in context.catalog.models.items():
        for index, stage in enumerate(model.stages):
            if stage.gpu is None or isinstance(stage.gpu, Missing):
                continue
            term = context.catalog.term("gpu", context.catalog.resolve("gpu", stage.gpu) or "")
            if term is None or term.released is None:
                continue
            if model.published.first < term.released.first:
                message = (
                    f"{term.label} came out in {term.released}, the paper is of {model.published}"
                )
                yield context.model(
                    id,
                    ("training", index, "gpu"),
                    "F323",
                    message,
                    f"correct gpu or published, or the card in {vocabulary_file('gpu')}",
                )


RULES = (in_the_future, arxiv_and_date, arxiv_much_later, card_from_the_future)
