"""The facts of a model: labelled values with the numbers of their sources.

What thousands of models say alike, such as "Parameters: not reported", is made once for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial

from fmcatalog.catalog import Catalog, Tier
from fmcatalog.records import Missing, Model, Quantity, Use
from fmcatalog.stats.answers import Answers, of_record
from fmcatalog.views import paths
from fmcatalog.views.parts import Fact, Link, Outlink, Value
from fmcatalog.views.parts import Missing as MissingWord
from fmcatalog.views.provenance import Marks, Numbers

FACETS = (
    ("Modality", "modality", "modalities"),
    ("Organ", "organ", "organs"),
    ("Task", "task", "tasks"),
    ("Algorithm", "algorithm", "algorithms"),
)
_NUMBERS = (
    ("arXiv", "arxiv", "https://arxiv.org/abs/"),
    ("DOI", "doi", "https://doi.org/"),
    ("Preprint", "preprint_doi", "https://doi.org/"),
    ("PubMed", "pubmed", "https://pubmed.ncbi.nlm.nih.gov/"),
)
_LICENCES = (("Licence of the code", "code"), ("Licence of the weights", "weights"))
_PUBLIC = (("Public code", "code"), ("Public weights", "weights"))

_DOUBTED = {
    "Group": "category",
    "First version": "published",
    "Venue": "venue",
    "Licence of the code": "licence.code",
    "Licence of the weights": "licence.weights",
    "Public code": "links.code",
    "Public weights": "links.weights",
}
"""Facts that say where the survey has them otherwise, with the fields of its mistakes."""


class Said:
    """Facts in words, each made once."""

    def __init__(self) -> None:
        """Begins with none."""
        self._words = cache(_words)
        self._quantities: dict[tuple[str, str, Numbers, str], Fact] = {}

    def words(self, label: str, text: str, sources: Numbers = ()) -> Fact:
        """Says something in words."""
        return self._words(label, text, "", sources)

    def missing(self, label: str, why: Missing | None, sources: Numbers) -> Fact:
        """Says why there is no value."""
        return self._words(label, "", paths.missing_word(why), sources)

    def quantity(
        self,
        label: str,
        value: Quantity | Missing | None,
        sources: Numbers,
        unit: str = "",
        note: str = "",
    ) -> Fact:
        """Says a quantity, or why there is none."""
        if not isinstance(value, Quantity):
            return self.missing(label, value, sources)
        key = (label, value.text, sources, note)  # which is how it was written
        found = self._quantities.get(key)
        if found is None:
            shown = Value(f"{value}{unit}", sources=sources, note=note)
            found = self._quantities[key] = Fact(label, shown, common=True)
        return found


class Facts:
    """The facts of every model.

    Args:
        catalog: The catalog.
        said: What is said of many of them.
    """

    def __init__(self, catalog: Catalog, said: Said) -> None:
        self._catalog = catalog
        self._said = said
        self._group = cache(partial(_group, catalog))
        self._term = cache(partial(paths.term_link, catalog))
        self._facet = cache(self._terms)
        self._licence = cache(partial(_licence, catalog))
        self._use = cache(partial(_use, catalog))
        self._tier = cache(_tier)
        self._completeness = cache(_completeness)

    def facets(self, model: Model, marks: Marks) -> tuple[Fact, ...]:
        """Says what a model works on, what it does, and how."""
        return tuple(
            [self._facet(label, one, getattr(model, key), marks[key]) for label, one, key in FACETS]
        )

    def of(self, id: str, marks: Marks, doubts: Mapping[str, str]) -> tuple[Fact, ...]:
        """Says date, venue, identifiers, parameters, licences and so on.

        Args:
            id: Id of the record.
            marks: The sources of its values.
            doubts: Field to the survey's mistake about it.
        """
        found = self._facts(id, self._catalog.models[id], marks)
        return tuple([_doubted(fact, doubts) for fact in found] if doubts else found)

    def _facts(self, id: str, model: Model, marks: Marks) -> Iterator[Fact]:
        said, licence, links = self._said, model.licence, model.links
        yield self._group(model.category, marks["category"])
        yield said.words("First version", str(model.published), marks["published"])
        yield self._venue(model, marks["venue"])
        if model.identifiers is not None:
            numbers = vars(model.identifiers)
            for label, key, prefix in _NUMBERS:
                number = numbers[key]
                if number is not None:
                    outlinks = (Outlink(number, prefix + number),)
                    sources = marks[f"identifiers.{key}"]
                    yield Fact(label, Value(outlinks=outlinks, sources=sources))
        yield said.quantity("Parameters", model.parameters, marks["parameters"])
        for label, key in _LICENCES:
            term = getattr(licence, key) if licence else None
            yield self._licence(label, term, marks[f"licence.{key}"])
        for label, key in _PUBLIC:
            address = getattr(links, key) if links else None
            yield self._public(label, address, marks[f"links.{key}"])
        yield self._data(model, marks["datasets"])
        if model.aliases or model.other_titles:
            names = "; ".join((*(model.aliases or ()), *(model.other_titles or ())))
            yield Fact("Also known as", Value(names))
        yield self._tier(self._catalog.tier(id))
        yield said.words("Read by a second person", "yes" if model.reviewed else "not yet")
        yield self._completeness(of_record(self._catalog, id))

    def _venue(self, model: Model, sources: Numbers) -> Fact:
        venue = model.venue
        if venue is None:
            return self._said.words("Venue", "preprint only, as far as is known", sources)
        parts = [venue.name, venue.volume and f"vol. {venue.volume}", venue.pages, str(venue.year)]
        return Fact("Venue", Value(", ".join(p for p in parts if p), sources=sources))

    def _public(self, label: str, address: str | Missing | None, sources: Numbers) -> Fact:
        if address is None or isinstance(address, Missing):
            return self._said.missing(label, address, sources)
        outlinks = (Outlink(paths.parted(address)[0], address),)
        return Fact(label, Value(outlinks=outlinks, sources=sources))

    def _terms(
        self, label: str, facet: str, value: tuple[str, ...] | Missing | None, sources: Numbers
    ) -> Fact:
        if not isinstance(value, tuple):
            return self._said.missing(label, value, sources)
        links = tuple([self._term(facet, word) for word in value])
        return Fact(label, Value(links=links, sources=sources))

    def _data(self, model: Model, sources: Numbers) -> Fact:
        if not isinstance(model.datasets, tuple):
            return self._said.missing("Data", model.datasets, ())
        uses: dict[str, tuple[Use, ...]] = {}
        for one in model.datasets:
            uses[one.dataset] = (*uses.get(one.dataset, ()), one.use)
        links = tuple([self._use(id, how) for id, how in uses.items()])
        return Fact("Data", Value(links=links, sources=sources))


def _words(label: str, text: str, missing: MissingWord, sources: Numbers) -> Fact:
    return Fact(label, Value(text, missing, sources=sources), common=True)


def _group(catalog: Catalog, category: str, sources: Numbers) -> Fact:
    return Fact("Group", Value(badge=paths.badge(catalog, category), sources=sources), common=True)


def _licence(catalog: Catalog, label: str, term: str | Missing | None, sources: Numbers) -> Fact:
    if term is None or isinstance(term, Missing):
        return _words(label, "", paths.missing_word(term), sources)
    links = (paths.term_link(catalog, "licence", term),)
    allowed = catalog.terms["licence"][term].commercial is not False
    note = "" if allowed else "not for commercial use"
    return Fact(label, Value(links=links, sources=sources, note=note), common=True)


def _use(catalog: Catalog, id: str, how: tuple[Use, ...]) -> Link:
    """Makes the link to a data set, with what it was used for."""
    return paths.term_link(catalog, "dataset", id)._replace(note=f"({', '.join(how)})")


def _tier(tier: Tier) -> Fact:
    return Fact("Tier", paths.tier_value(tier), common=True)


def _completeness(found: Answers) -> Fact:
    words = [
        (len(found.of("known")), "known"),
        (len(found.of("not-reported")), "not reported"),
        (len(found.of("not-applicable")), "not applicable"),
        (len(found.unsourced), "without a source"),
    ]
    said = ", ".join(f"{count} {word}" for count, word in words if count)
    absent = found.of("missing")
    if absent:
        names = ", ".join(name.replace("_", " ").replace(".", ": ") for name in absent)
        said += f"; {len(absent)} not looked up: {names}"
    value = Value(f"{found.percent} %", note=f"of {found.asked} questions: {said}")
    return Fact("Completeness", value, common=True)


def _doubted(fact: Fact, doubts: Mapping[str, str]) -> Fact:
    path = doubts.get(_DOUBTED.get(fact.label, ""))
    return Fact(fact.label, fact.value._replace(erratum=path)) if path else fact
