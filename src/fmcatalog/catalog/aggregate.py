"""The aggregate: every record, term and survey, immutable, indexed, ordered by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, wraps
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

from fmcatalog.records import (
    Erratum,
    Facet,
    Figure3Row,
    Missing,
    Model,
    Offered,
    Shape,
    Survey,
    Table1Row,
    Table2Row,
    Term,
    Vocabulary,
)

S = TypeVar("S", bound=Shape)

T = TypeVar("T")
P = ParamSpec("P")

MODELS = "catalog/models"
VOCABULARIES = "catalog/vocabularies"
SURVEYS = "catalog/surveys"
SUPPRESSIONS = "catalog/suppressions.yaml"


def remembered(
    function: Callable[Concatenate[Catalog, P], T],
) -> Callable[Concatenate[Catalog, P], T]:
    """Lets a function of a catalog, which never changes, work out the same answer only once."""

    @wraps(function)
    def ask(catalog: Catalog, /, *values: P.args, **more: P.kwargs) -> T:
        known: dict[Any, T] = catalog.__dict__.setdefault("_answers", {})
        try:
            key = (function, values, tuple(sorted(more.items())))
            if key in known:
                return known[key]
        except TypeError:  # asked with a list
            return function(catalog, *values, **more)
        known[key] = answer = function(catalog, *values, **more)
        return answer

    return ask


@dataclass(frozen=True)
class SurveyData:
    """A survey with its transcript and errata."""

    survey: Survey
    errata: tuple[Erratum, ...] = ()
    figure3: tuple[Figure3Row, ...] = ()
    table1: tuple[Table1Row, ...] = ()
    table2: tuple[Table2Row, ...] = ()


class Tier(StrEnum):
    """How far a record has been checked; computed from what is there, never written down."""

    label: str
    definition: str

    SURVEYED = (
        "surveyed",
        "Surveyed",
        "A survey describes the model, and its record is compared with the survey's tables.",
    )
    REVIEWED = (
        "reviewed",
        "Reviewed",
        "No survey has the model; a second person read its sources and found the same.",
    )
    LISTED = (
        "listed",
        "Listed",
        "No survey has the model, and no second person has read its sources yet.",
    )

    def __new__(cls, value: str, label: str, definition: str) -> Tier:
        """Makes a tier; the word alone is its value."""
        tier = str.__new__(cls, value)
        tier._value_ = value
        tier.label = label
        tier.definition = definition
        return tier


@dataclass(frozen=True)
class Catalog:
    """Everything the catalog says. Holds ids, never pointers back.

    Attributes:
        models: Record by id.
        vocabularies: Vocabulary by facet.
        surveys: Survey by id.
    """

    models: Mapping[str, Model]
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)
    surveys: Mapping[str, SurveyData] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        models: Mapping[str, Model],
        vocabularies: Iterable[Vocabulary] = (),
        surveys: Iterable[SurveyData] = (),
    ) -> Catalog:
        """Makes a catalog from values in memory."""
        return cls(
            MappingProxyType(dict(sorted(models.items()))),
            MappingProxyType({v.facet.value: v for v in vocabularies}),
            MappingProxyType({s.survey.id: s for s in surveys}),
        )

    def forget(self) -> None:
        """Lets go of the answers that it remembers; asked again, they are worked out again."""
        self.__dict__.pop("_answers", None)

    @cached_property
    def terms(self) -> Mapping[str, Mapping[str, Term]]:
        """Facet → term id → term, in the order of the vocabulary."""
        return {
            facet: {t.id: t for t in vocabulary.terms}
            for facet, vocabulary in self.vocabularies.items()
        }

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, str]]:
        return {facet: words(terms.values()) for facet, terms in self.terms.items()}

    def term(self, facet: str, id: str) -> Term | None:
        """Finds a term by its id."""
        return self.terms.get(facet, {}).get(id)

    def resolve(self, facet: str, word: str) -> str | None:
        """Finds the id of the term that a word means: its id, label, notation or alias."""
        if word in self.terms.get(facet, {}):
            return word
        return self._words.get(facet, {}).get(word.casefold())

    def broader(self, facet: str, id: str) -> tuple[str, ...]:
        """Gives a term's ancestors, nearest first. Ends at a cycle."""
        return self._broader.get(facet, {}).get(id, ())

    @cached_property
    def _broader(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {f: {id: self._way_up(f, id) for id in terms} for f, terms in self.terms.items()}

    def _way_up(self, facet: str, id: str) -> tuple[str, ...]:
        found: list[str] = []
        term = self.term(facet, id)
        while term is not None and term.broader is not None and term.broader not in [id, *found]:
            found.append(term.broader)
            term = self.term(facet, term.broader)
        return tuple(found)

    @cached_property
    def _narrower(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        tree: dict[str, dict[str, list[str]]] = {}
        for facet, terms in self.terms.items():
            for term in terms.values():
                if term.broader is not None:
                    tree.setdefault(facet, {}).setdefault(term.broader, []).append(term.id)
        return {f: {k: tuple(v) for k, v in t.items()} for f, t in tree.items()}

    def narrower(self, facet: str, id: str) -> tuple[str, ...]:
        """Gives a term's children, in the order of the vocabulary."""
        return self._narrower.get(facet, {}).get(id, ())

    def leaves(self, facet: str) -> tuple[str, ...]:
        """Gives the terms that have no narrower one, in the order of the vocabulary."""
        return tuple(id for id in self.terms.get(facet, {}) if not self.narrower(facet, id))

    @property
    def offered(self) -> Offered:
        """The values that a record can choose from, of the keys that messages name them all of.

        A record without its group is the commonest slip, and the groups are few.
        """
        return {"category": self.leaves("category")}

    def members(self, facet: str, id: str) -> tuple[str, ...]:
        """Gives the ids of the models that have a term or one narrower than it."""
        return self._members.get(facet, {}).get(id, ())

    @cached_property
    def _members(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {facet.value: self._by_term(facet.value) for facet in Facet}

    def _by_term(self, facet: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        known: dict[tuple[str, ...], list[list[str]]] = {}  # many models have the same few terms
        for id, model in self.models.items():
            terms = model.terms(facet)
            if terms not in known:
                known[terms] = [found.setdefault(t, []) for t in self._wider(facet, terms)]
            for members in known[terms]:
                members.append(id)
        return {term: tuple(ids) for term, ids in found.items()}

    def _wider(self, facet: str, terms: Iterable[str]) -> frozenset[str]:
        """Gives terms with those broader than they."""
        return frozenset(wider for term in terms for wider in (term, *self.broader(facet, term)))

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Short name → id; of several with one name the first."""
        return {model.name: id for id, model in reversed(tuple(self.models.items()))}

    @cached_property
    def _surveyed(self) -> frozenset[str]:
        return frozenset(
            id
            for data in self.surveys.values()
            for id in (*(row.model for row in data.figure3), *data.survey.beyond_the_figure)
        )

    def tier(self, id: str) -> Tier:
        """Tells how far the record of a model has been checked."""
        if id in self._surveyed:
            return Tier.SURVEYED
        return Tier.REVIEWED if self.models[id].reviewed else Tier.LISTED

    def having(self, id: str, model: Model) -> Catalog:
        """Gives the catalog with another record of one model; what is indexed stays so.

        Args:
            id: A model of the catalog.
            model: What it says now.
        """
        after = Catalog(
            MappingProxyType({**self.models, id: model}), self.vocabularies, self.surveys
        )
        kept = ("terms", "_words", "_broader", "_narrower", "_surveyed")
        after.__dict__.update({name: getattr(self, name) for name in kept})
        members = dict(self._members)
        for facet, known in self._members.items():
            before = self._wider(facet, self.models[id].terms(facet))
            now = self._wider(facet, model.terms(facet))
            if now != before:
                changed = members[facet] = dict(known)
                for term in now ^ before:
                    others = [m for m in changed.get(term, ()) if m != id]
                    changed[term] = tuple(sorted([*others, id] if term in now else others))
        after.__dict__["_members"] = members
        return after

    def order(self, facet: str, under: str | None = None) -> tuple[str, ...]:
        """Gives the terms of a facet as one reads its trees: each followed by those under it."""
        terms = () if under else self.terms.get(facet, {}).values()
        found = (*self.narrower(facet, under or ""), *(t.id for t in terms if t.broader is None))
        return tuple(term for id in found for term in (id, *self.order(facet, id)))

    @remembered
    def unknown(self, facet: str) -> tuple[tuple[str, Missing | None], ...]:
        """Gives the models without terms in a facet, each with the kind of missing."""
        known = frozenset().union(*self._members[facet].values())
        return tuple((id, self.models[id].missing(facet)) for id in self.models if id not in known)


def words(terms: Iterable[Term]) -> dict[str, str]:
    """Gives every word for a term, case folded, with the term's id; the first one wins."""
    found: dict[str, str] = {}
    for term in terms:
        for word in (term.id, term.label, term.short_label, term.notation, *(term.aliases or ())):
            if word:
                found.setdefault(word.casefold(), term.id)
    return found


def model_file(id: str) -> str:
    """Gives the path of a record."""
    return f"{MODELS}/{id}.yaml"


def vocabulary_file(facet: str) -> str:
    """Gives the path of a vocabulary."""
    return f"{VOCABULARIES}/{facet}.yaml"


def survey_file(id: str, name: str) -> str:
    """Gives the path of one file of a survey."""
    return f"{SURVEYS}/{id}/{name}"
