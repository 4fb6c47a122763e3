"""One term of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.records import Citation, Term, Use, link, listed
from fmcatalog.selection import commercial
from fmcatalog.views import paths
from fmcatalog.views.category import Distribution, distribution
from fmcatalog.views.lineage import Kin
from fmcatalog.views.models import models_table
from fmcatalog.views.parts import Column, Fact, Link, Outlink, Row, Table, Value
from fmcatalog.views.scope import split


class TermView(NamedTuple):
    """What the page of a term shows.

    Attributes:
        crumbs: Way from the top, through broader terms.
        name: The preferred label.
        facet: The facet, in the singular.
        definition: One or two sentences.
        tally: How many models, of how many; what counts.
        facts: Aliases, outside codes, and for a GPU vendor, memory and release.
        narrower: Terms under it.
        table: Models that have it or a term under it.
        papers: Their papers as files.
        explore: The same models, to narrow down.
        meets: What it meets most.
        kin: The lineage of a base model.
    """

    crumbs: tuple[Link, ...]
    name: str
    facet: str
    definition: str
    tally: str
    facts: tuple[Fact, ...]
    narrower: tuple[Link, ...]
    table: Table
    papers: tuple[Link, ...]
    explore: Link | None
    meets: tuple[Distribution, ...]
    kin: Kin | None


_CODES = {
    "dicom": "DICOM",
    "uberon": "UBERON",
    "radlex": "RadLex",
    "mesh": "MeSH",
    "wikidata": "Wikidata",
    "spdx": "SPDX",
}
_MEETS = ("category", "modality", "organ", "task", "algorithm", "gpu")
_LINKS = {"homepage": "Homepage", "paper": "Paper", "code": "Code", "weights": "Weights"}


def view(catalog: Catalog, facet: str, id: str, kin: Kin | None = None) -> TermView:
    """Makes the page of a term.

    Args:
        catalog: The catalog.
        facet: The term's facet.
        id: The term's id.
        kin: Its lineage, where it has one.
    """
    term = catalog.terms[facet][id]
    vocabulary = catalog.vocabularies[facet]
    models = catalog.members(facet, id)
    above = [paths.term_link(catalog, facet, t) for t in reversed(catalog.broader(facet, id))]
    narrower = tuple(
        paths.term_link(catalog, facet, t, count=True) for t in catalog.narrower(facet, id)
    )
    table = models_table(
        catalog,
        "members",
        models,
        f"Models with {term.label}.",
        paths.explore_path(**{facet.replace("-", "_"): id}),
    )
    uses = _uses(catalog, id, models) if facet == "dataset" else {}
    return TermView(
        crumbs=(Link(vocabulary.plural, paths.facet_path(facet)), *above),
        name=term.label,
        facet=vocabulary.label,
        definition=term.definition,
        tally=_tally(catalog, models, _scope(facet, bool(narrower))) + _split(tuple(uses.values())),
        facts=tuple(_facts(catalog, facet, term)),
        narrower=narrower,
        table=_with_uses(table, uses) if facet == "dataset" else table,
        papers=paths.papers(catalog, facet, id),
        explore=paths.narrowing(facet, id, models),
        meets=tuple(_meets(catalog, facet, id, models)) if len(models) > 1 else (),
        kin=kin,
    )


def _tally(catalog: Catalog, models: tuple[str, ...], scope: str) -> str:
    if not models:
        return (
            f"None of the {len(catalog.models)} models of this catalog: nothing is said of others."
        )
    of = f"{len(models)} of {len(catalog.models)} models{scope}"
    return f"{of}: {split(catalog, models)}."


def _scope(facet: str, narrower: bool) -> str:
    if facet == "base-model":
        it = "one of these" if narrower else "it"
        return f" build on {it} directly; the lineage has those that reach it through another, too"
    return ", narrower terms included" if narrower else ""


def _uses(catalog: Catalog, id: str, models: Sequence[str]) -> dict[str, tuple[Use, ...]]:
    """Gives what models used a data set or a part of it for, in the order of training."""
    parts = {id, *catalog.order("dataset", id)}
    found = {}
    for model in models:
        used = listed(catalog.models[model].datasets)
        found[model] = _ordered(frozenset([use.use for use in used if use.dataset in parts]))
    return found


@cache
def _ordered(uses: frozenset[Use]) -> tuple[Use, ...]:
    return tuple(use for use in Use if use in uses)


def _split(uses: Sequence[tuple[Use, ...]]) -> str:
    """Says how many were trained on a data set, and how many evaluated on it."""
    if not uses:
        return ""
    trained = sum(any(use is not Use.EVALUATION for use in one) for one in uses)
    evaluated = sum(Use.EVALUATION in one for one in uses)
    both = trained + evaluated - len(uses)
    twice = f"; {both} {'does' if both == 1 else 'do'} both" if both else ""
    return f" Trained on it: {trained}. Evaluated on it: {evaluated}{twice}."


def _with_uses(table: Table, uses: Mapping[str, tuple[Use, ...]]) -> Table:
    """Adds what each model used the data set for, right behind its name."""
    head, *rest = table.columns
    cells = {paths.model_path(model): _used(use) for model, use in uses.items()}
    rows = (Row(row.head, row.cells, row.coins, (cells[row.head.path],)) for row in table.rows)
    return replace(table, columns=(head, Column("Used for"), *rest), rows=tuple(rows))


@cache
def _used(uses: tuple[Use, ...]) -> Value:
    words = ", ".join(uses)
    return Value(words, sort=words)


def _facts(catalog: Catalog, facet: str, term: Term) -> Iterator[Fact]:
    if term.aliases:
        yield Fact("Also called", Value(", ".join(term.aliases)))
    if term.vendor:
        yield Fact("Vendor", Value(term.vendor))
    if term.kind:
        yield Fact("Kind", Value(str(term.kind).replace("-", " ")))
    if term.memory_gb:
        sizes = " or ".join(str(m) for m in term.memory_gb)
        yield Fact("Memory", Value(f"{sizes} GB"))
    if facet == "licence":
        yield Fact("Commercial use", Value(commercial(term).label.lower()))
    if term.released:
        yield Fact("Released", Value(str(term.released)))
    if term.modalities:
        yield Fact("Modality", paths.terms_value(catalog, "modality", term.modalities))
    if term.builds_on:
        links = tuple(paths.term_link(catalog, "base-model", b) for b in term.builds_on)
        yield Fact("Builds on", Value(links=links))
    for match in term.matches or ():
        relation = "" if match.relation == "exact" else f"({match.relation} match)"
        yield Fact(_CODES[match.scheme], Value(match.code, note=relation.strip("()")))
    yield from _addresses(term)
    if term.since:
        yield Fact("In the vocabulary since", Value(str(term.since.date), note=term.since.reason))
    if term.sources:
        yield Fact("Read in", _sources(catalog, term.sources))


def _addresses(term: Term) -> Iterator[Fact]:
    if term.identifiers:
        for label, key, prefix in (
            ("arXiv", "arxiv", "https://arxiv.org/abs/"),
            ("DOI", "doi", "https://doi.org/"),
        ):
            number = getattr(term.identifiers, key)
            if number:
                yield Fact(label, Value(outlinks=(Outlink(number, prefix + number),)))
    for key, label in _LINKS.items():
        address = getattr(term.links, key) if term.links else None
        if address:
            host = urlsplit(address).netloc.removeprefix("www.")
            yield Fact(label, Value(outlinks=(Outlink(host, address),)))


def _sources(catalog: Catalog, sources: tuple[Citation, ...]) -> Value:
    links, outlinks = [], []
    for source in sources:
        address, note = link(source.source), source.locator or ""
        if address is None:
            survey = catalog.surveys.get(source.source)
            label = f"{survey.survey.authors[0]} et al." if survey else source.source
            links.append(Link(label, "survey/", note))
        else:
            parts = urlsplit(address)
            label = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
            outlinks.append(Outlink(label, address, note))
    return Value(links=tuple(links), outlinks=tuple(outlinks))


def _meets(
    catalog: Catalog, facet: str, id: str, models: tuple[str, ...]
) -> Iterator[Distribution]:
    for other in _MEETS:
        if other == facet or other not in catalog.vocabularies:
            continue
        # Families and the like hold every model; only the innermost terms tell something.
        met = stats.meets(catalog, facet, id, other, 6, innermost=True)
        if met.counts:
            yield distribution(catalog, other, met, len(models))
