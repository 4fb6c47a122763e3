"""From files to a catalog: everything that can be read, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from fmcatalog import documents
from fmcatalog.catalog.aggregate import (
    MODELS,
    SUPPRESSIONS,
    SURVEYS,
    VOCABULARIES,
    Catalog,
    SurveyData,
    survey_file,
    vocabulary_file,
)
from fmcatalog.diagnostics import Diagnostic, Place
from fmcatalog.documents import Document, Tree
from fmcatalog.records import (
    Errata,
    Facet,
    Figure3Row,
    Keys,
    Model,
    Offered,
    Shape,
    Suppression,
    Suppressions,
    Survey,
    Table1Row,
    Table2Row,
    Vocabulary,
    read_rows,
    shaped,
)

S = TypeVar("S", bound=Shape)


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
        known: Records by the SHA-256 of their bytes, as earlier readings found them in order.
    """

    catalog: Catalog
    documents: Mapping[str, Document]
    diagnostics: tuple[Diagnostic, ...]
    broken: Mapping[str, str] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    digests: Mapping[str, bytes] = field(default_factory=dict)
    known: Mapping[bytes, Model] = field(default_factory=dict)

    @property
    def world(self) -> bytes:
        """SHA-256 of all that was read but the records: vocabularies, surveys, suppressions."""
        found = sha256()
        for file, document in sorted(self.documents.items()):
            if not file.startswith(f"{MODELS}/"):
                found.update(f"{file}\0{document.text}\0".encode("utf-8", "surrogatepass"))
        return found.digest()

    def place(self, file: str, path: tuple[str | int, ...] = (), *, key: bool = False) -> Place:
        """Gives the place of a value in a file of the catalog."""
        document = self.documents.get(file)
        return document.place(path, key=key) if document else Place(file)


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
        self._keys = Keys()

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
        digests, known = self._digests, self._known
        return Loaded(catalog, self._documents, found, broken, allowed, digests, known)

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
            if model is not None:
                self._keys.share(model)
            if len(self._diagnostics) > before:
                return model
            self._documents[file].let_go()
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
