"""Rules on identity: one work, one record."""

from __future__ import annotations

from collections.abc import Iterator

from fmcatalog.catalog import model_file
from fmcatalog.diagnostics import Diagnostic, Severity, rule
from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.records import Model, Quantity
from fmcatalog.records.text import folded
from fmcatalog.rules.context import Context


def identifiers(model: Model) -> Iterator[tuple[str, FieldPath]]:
    """Gives every identifier of a work, in one spelling, with its path.

    A DOI that arXiv gives to a preprint is the arXiv identifier again.
    """
    if model.identifiers is None:
        return
    for key in ("arxiv", "doi", "preprint_doi", "pubmed"):
        value = getattr(model.identifiers, key)
        if value is None:
            continue
        folded_value = value.casefold()
        kind = "doi" if "doi" in key else key
        if folded_value.startswith("10.48550/arxiv."):
            kind, folded_value = "arxiv", folded_value.removeprefix("10.48550/arxiv.")
        yield f"{kind}:{folded_value}", ("identifiers", key)


def _oldest_first(context: Context) -> list[tuple[str, Model]]:
    """Gives the records in the order they were begun in, as far as their sources tell.

    Of two that are the same the newer one is told, whatever its name.
    """
    return sorted(
        context.catalog.models.items(),
        key=lambda pair: (min(s.accessed.first for s in pair[1].sources), pair[0]),
    )


_SAME = "the same work: add what is new to '{}' and delete this file; another one: {}"


@rule("F310")
def identifier_twice(context: Context) -> Iterator[Diagnostic]:
    """An identifier that stands in another record, or twice in one.

    Why: a preprint and its journal version are one work, and one work is one record.

    Mend: add what is new to the record that is there already.
    """
    first: dict[str, tuple[str, FieldPath]] = {}
    for id, model in context.once(_oldest_first):
        for identifier, path in identifiers(model):
            other, place = first.setdefault(identifier, (id, path))
            if (other, place) != (id, path):
                message = f"{identifier} stands already in {model_file(other)}"
                help = _SAME.format(other, "correct the identifier")
                if other == id:
                    message = f"{identifier} stands twice in this record"
                    help = "keep one of the two"
                yield context.model(id, path, "F310", message, help, other=other)


@rule("F311")
def title_twice(context: Context) -> Iterator[Diagnostic]:
    """A title that another record has, as its title or as an earlier or later one.

    Why: it is most likely the same work again.

    Mend: add what is new to the record that is there already.
    """
    first: dict[str, str] = {}
    for id, model in context.once(_oldest_first):
        titles: list[tuple[str, FieldPath]] = [(model.title, ("title",))]
        titles += [(t, ("other_titles", i)) for i, t in enumerate(model.other_titles or ())]
        for title, path in titles:
            other = first.setdefault(folded(title), id)
            if other != id:
                message = f"'{other}' has this title already"
                help = _SAME.format(other, "correct the title")
                yield context.model(id, path, "F311", message, help, other=other)


_APART = "the same model: mend '{}'; another one: add a version or an author to the name"


@rule("F312")
def name_twice(context: Context) -> Iterator[Diagnostic]:
    """A name or alias that another record has.

    Why: a search for it would find the wrong one of the two.

    Mend: tell them apart by version or by authors.
    """
    first: dict[str, str] = {}
    for id, model in context.once(_oldest_first):
        names: list[tuple[str, FieldPath]] = [(model.name, ("name",))]
        names += [(n, ("aliases", i)) for i, n in enumerate(model.aliases or ())]
        for name, path in names:
            other = first.setdefault(name.casefold(), id)
            if other != id:
                message = f"'{other}' has this name already"
                yield context.model(id, path, "F312", message, _APART.format(other), other=other)


@rule("F313", Severity.WARNING)
def author_count(context: Context) -> Iterator[Diagnostic]:
    """A number of authors that does not go with the authors listed.

    Why: the number is there for a list that is known to be incomplete, and for nothing else.

    Mend: leave author_count out when the list is complete.
    """
    for id, model in context.catalog.models.items():
        if isinstance(model.author_count, Quantity):
            count = model.author_count.exact
            if count is None or count <= len(model.authors):
                message = (
                    f"author_count is {model.author_count}, and {len(model.authors)} are listed"
                )
                help = "leave author_count out: it is for a list that is cut short"
                yield context.model(id, ("author_count",), "F313", message, help)


@rule("F314", Severity.WARNING)
def authors_in_one(context: Context) -> Iterator[Diagnostic]:
    """Several authors in one item.

    Why: a citation would take them for one person with a long name.

    Mend: make each author an item of the list.
    """
    for id, model in context.catalog.models.items():
        for place, author in enumerate(model.authors):
            if ";" in author:
                message = "several authors in one item"
                parts = [part for part in map(str.strip, author.split(";")) if part]
                help = f"write them apart: [{', '.join(parts)}]"
                yield context.model(id, ("authors", place), "F314", message, help)


RULES = (identifier_twice, title_twice, name_twice, author_count, authors_in_one)
