"""Reads what a catalog of another time, or a broken one, still says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fmcatalog.catalog import MODELS, VOCABULARIES, Catalog, Loaded
from fmcatalog.documents import Document
from fmcatalog.records import Model, Shape, Vocabulary, read

S = TypeVar("S", bound=Shape)
_ROUNDS = 40


def raw(loaded: Loaded, folder: str) -> dict[str, Mapping[str, Any]]:
    """Gives the mapping of every file of a folder that is YAML at all, by the file's stem."""
    found: dict[str, Mapping[str, Any]] = {}
    for file, document in sorted(loaded.documents.items()):
        if file.startswith(f"{folder}/") and isinstance(document.value, dict):
            found[file.rsplit("/", 1)[1].removesuffix(".yaml")] = document.value
    return found


def mended(loaded: Loaded) -> tuple[Catalog, tuple[str, ...]]:
    """Gives a catalog that can be counted: values that have no shape today are left out.

    Returns:
        The catalog, and the files of which something, or all, was left out.
    """
    models = dict(loaded.catalog.models)
    vocabularies = dict(loaded.catalog.vocabularies)
    partly = set()
    for file, document in sorted(loaded.documents.items()):
        id = file.rsplit("/", 1)[1].removesuffix(".yaml")
        if file.startswith(f"{MODELS}/") and id not in models:
            model = _shape(document, Model)
            if model is not None:
                models[id] = model
            partly.add(file)
        elif file.startswith(f"{VOCABULARIES}/") and id not in vocabularies:
            vocabulary = _shape(document, Vocabulary)
            if vocabulary is not None and vocabulary.facet.value == id:
                vocabularies[id] = vocabulary
            partly.add(file)
    partly |= {d.place.file for d in loaded.diagnostics if d.place.file not in loaded.documents}
    surveys = loaded.catalog.surveys.values()
    return Catalog.of(models, vocabularies.values(), surveys), tuple(sorted(partly))


def _shape(document: Document, shape: type[S]) -> S | None:
    value = document.value
    for _ in range(_ROUNDS):
        found, wrong = read(Document(document.file, value, document.text), shape)
        if found is not None:
            return found
        paths = {d.path[:2] if d.path[:1] == ("terms",) else d.path[:1] for d in wrong}
        smaller = _without(value, paths)
        if smaller is None:
            return None
        value = smaller
    return None


def _without(value: Any, paths: set[tuple[str | int, ...]]) -> Any:
    """Leaves keys and terms out; None where that takes nothing away."""
    if not isinstance(value, dict):
        return None
    terms = {p[1] for p in paths if len(p) == 2}
    kept = {k: v for k, v in value.items() if (k,) not in paths}
    if terms and isinstance(kept.get("terms"), list):
        kept["terms"] = [t for i, t in enumerate(kept["terms"]) if i not in terms]
    return kept if kept != value else None
