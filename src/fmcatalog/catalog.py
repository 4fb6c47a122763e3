"""The aggregate: every record, term and survey, immutable, indexed, ordered by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from fmcatalog import documents
from fmcatalog.diagnostics import Diagnostic, Place
from fmcatalog.documents import Document, Tree
from fmcatalog.records import (
    Errata,
    Erratum,
    Facet,
    Figure3Row,
    Missing,
    Model,
    Offered,
    Shape,
    Suppression,
    Suppressions,
    Survey,
    Table1Row,
    Table2Row,
    Term,
    Vocabulary,
    read_rows,
    shaped,
)

S = TypeVar("S", bound=Shape)

MODELS = "catalog/models"
VOCABULARIES = "catalog/vocabularies"
SURVEYS = "catalog/surveys"
SUPPRESSIONS = "catalog/suppressions.yaml"


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
        index: dict[str, dict[str, list[str]]] = {f.value: {} for f in Facet}
        for facet, terms in index.items():
            for id, model in self.models.items():
                wider = {w for t in model.terms(facet) for w in (t, *self.broader(facet, t))}
                for term in wider:
                    terms.setdefault(term, []).append(id)
        return {f: {t: tuple(ids) for t, ids in ts.items()} for f, ts in index.items()}

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

    def order(self, facet: str, under: str | None = None) -> tuple[str, ...]:
        """Gives the terms of a facet as one reads its trees: each followed by those under it."""
        terms = () if under else self.terms.get(facet, {}).values()
        found = (*self.narrower(facet, under or ""), *(t.id for t in terms if t.broader is None))
        return tuple(term for id in found for term in (id, *self.order(facet, id)))

    def unknown(self, facet: str) -> tuple[tuple[str, Missing | None], ...]:
        """Gives the models without terms in a facet, each with the kind of missing."""
        return tuple(
            (id, model.missing(facet))
            for id, model in self.models.items()
            if not model.terms(facet)
        )


def words(terms: Iterable[Term]) -> dict[str, str]:
    """Gives every word for a term, case folded, with the term's id; the first one wins."""
    found: dict[str, str] = {}
    for term in terms:
        for word in (term.id, term.label, term.short_label, term.notation, *(term.aliases or ())):
            if word:
                found.setdefault(word.casefold(), term.id)
    return found


@dataclass(frozen=True)
class Loaded:
    """A catalog as read from disk, with what is needed to point at places in it.

    Attributes:
        catalog: What could be read.
        documents: Every document by its path.
        diagnostics: What is wrong with single files.
        broken: Names of the records that have a file but could not be read, by id; an empty
            name where not even that could be read. A rule does not call them missing.
        suppressions: What was looked at and stays as it is.
        digests: SHA-256 of the bytes of every record that was found in order, by id.
    """

    catalog: Catalog
    documents: Mapping[str, Document]
    diagnostics: tuple[Diagnostic, ...]
    broken: Mapping[str, str] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    digests: Mapping[str, bytes] = field(default_factory=dict)

    def place(self, file: str, path: tuple[str | int, ...] = (), *, key: bool = False) -> Place:
        """Gives the place of a value in a file of the catalog."""
        document = self.documents.get(file)
        return document.place(path, key=key) if document else Place(file)


def model_file(id: str) -> str:
    """Gives the path of a record."""
    return f"{MODELS}/{id}.yaml"


def vocabulary_file(facet: str) -> str:
    """Gives the path of a vocabulary."""
    return f"{VOCABULARIES}/{facet}.yaml"


def survey_file(id: str, name: str) -> str:
    """Gives the path of one file of a survey."""
    return f"{SURVEYS}/{id}/{name}"


def load(root: Path | Tree, known: Mapping[bytes, Model] | None = None) -> Loaded:
    """Reads a whole catalog; goes on after every file that cannot be read.

    Args:
        root: Folder, or tree of files, that holds ``catalog/``.
        known: Records by the SHA-256 of their bytes, as an earlier run found them in order.
    """
    return _Loader(documents.tree_of(root), known or {}).load()


class _Loader:
    def __init__(self, tree: Tree, known: Mapping[bytes, Model]) -> None:
        self._tree = tree
        self._known = known
        self._digests: dict[str, bytes] = {}
        self._documents: dict[str, Document] = {}
        self._diagnostics: list[Diagnostic] = []
        self._offered: Offered = {}

    def load(self) -> Loaded:
        vocabularies = []
        for facet in Facet:
            vocabulary = self._yaml(vocabulary_file(facet), Vocabulary, documents.TABLE_BYTES)
            if vocabulary is not None and self._named(
                vocabulary_file(facet), "facet", vocabulary.facet, facet
            ):
                vocabularies.append(vocabulary)
        for file in self._folder(VOCABULARIES, ".yaml"):
            if file not in map(vocabulary_file, Facet):
                self._diagnostics.append(
                    Diagnostic(documents.F109, Place(file), "is no facet of the catalog")
                )
        self._offered = Catalog.of({}, vocabularies).offered
        models, broken = {}, {}
        for file in self._folder(MODELS, ".yaml"):
            id = file.rsplit("/", 1)[1].removesuffix(".yaml")
            model = self._model(file, id)
            if model is not None:
                models[id] = model
            else:
                broken[id] = self._name(file)
        surveys = [s for s in map(self._survey, self._survey_ids()) if s is not None]
        catalog = Catalog.of(models, vocabularies, surveys)
        allowed = self._suppressions()
        found = tuple(self._diagnostics)
        return Loaded(catalog, self._documents, found, broken, allowed, self._digests)

    def _model(self, file: str, id: str) -> Model | None:
        try:
            data = self._tree.read(file, documents.RECORD_BYTES)
        except documents.Problem:
            return self._yaml(file, Model)  # which says what is wrong
        model = self._known.get(digest := sha256(data).digest())
        if model is not None:
            self._documents[file] = Document.known(file, data)
        else:
            before = len(self._diagnostics)
            model = self._shaped(file, Model, *documents.parse_yaml(file, data))
            if len(self._diagnostics) > before:
                return model
        self._digests[id] = digest
        return model

    def _suppressions(self) -> tuple[Suppression, ...]:
        if not self._tree.has(SUPPRESSIONS):
            return ()
        read = self._yaml(SUPPRESSIONS, Suppressions, documents.TABLE_BYTES)
        return read.suppressions if read else ()

    def _name(self, file: str) -> str:
        value = self._documents[file].value if file in self._documents else {}
        name = value.get("name") if isinstance(value, dict) else None
        return name if isinstance(name, str) else ""

    def _folder(self, where: str, ending: str) -> list[str]:
        files, strange = self._tree.folder(where, ending)
        self._diagnostics += strange
        return files

    def _survey_ids(self) -> list[str]:
        return [f.rsplit("/", 1)[1] for f in self._folder(SURVEYS, "")]

    def _survey(self, id: str) -> SurveyData | None:
        survey = self._yaml(survey_file(id, "survey.yaml"), Survey, documents.TABLE_BYTES)
        if survey is None or not self._named(survey_file(id, "survey.yaml"), "id", survey.id, id):
            return None
        errata = self._yaml(survey_file(id, "errata.yaml"), Errata, documents.TABLE_BYTES)
        return SurveyData(
            survey,
            errata.errata if errata else (),
            self._rows(survey_file(id, "figure3.csv"), Figure3Row),
            self._rows(survey_file(id, "table1.csv"), Table1Row),
            self._rows(survey_file(id, "table2.csv"), Table2Row),
        )

    def _named(self, file: str, key: str, found: str, wanted: str) -> bool:
        if found != wanted:
            place = self._documents[file].place((key,))
            self._diagnostics.append(
                Diagnostic(
                    documents.F112,
                    place,
                    f"'{found}' in the file of '{wanted}'",
                    f"write '{wanted}'",
                )
            )
        return found == wanted

    def _yaml(self, file: str, shape: type[S], limit: int = documents.RECORD_BYTES) -> S | None:
        return self._shaped(file, shape, *documents.read_yaml(self._tree, file, limit=limit))

    def _shaped(
        self, file: str, shape: type[S], document: Document | None, found: list[Diagnostic]
    ) -> S | None:
        if document is None:
            self._diagnostics += found
            return None
        self._documents[file] = document
        value, wrong = shaped(document, found, shape, self._offered if shape is Model else {})
        self._diagnostics += wrong
        return value

    def _rows(self, file: str, shape: type[S]) -> tuple[S, ...]:
        document, found = documents.read_csv(self._tree, file)
        self._diagnostics += found
        if document is None:
            return ()
        self._documents[file] = document
        rows, wrong = read_rows(document, shape)
        self._diagnostics += wrong
        return rows
