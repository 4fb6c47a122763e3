"""One layout for every file, and the slips that can be mended without a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fmcatalog import documents
from fmcatalog.catalog import MODELS, SUPPRESSIONS, SURVEYS, VOCABULARIES, Catalog
from fmcatalog.diagnostics import Diagnostic, Place, dotted
from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.documents import Document, Value
from fmcatalog.documents.layout import Plan, Unwritable, lay_out
from fmcatalog.records import Errata, Model, Shape, Suppressions, Survey, Vocabulary
from fmcatalog.records.layouts import plan
from fmcatalog.records.text import latin, unmixed
from fmcatalog.rules.terms import words


@dataclass(frozen=True)
class Formatted:
    """What became of one file.

    Attributes:
        file: Path relative to the root.
        before: The text as it was.
        after: The text in the canonical layout; None where that cannot be had.
        diagnostics: Why not.
        mended: What was put in place of what: path, word, term.
        problem: Why a file that can be read cannot be laid out; no record gives one.
    """

    file: str
    before: str = ""
    after: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    mended: tuple[tuple[FieldPath, str, str], ...] = ()
    problem: str = ""

    @property
    def changed(self) -> bool:
        """Whether the file is not as it should be written."""
        return self.after is not None and self.after != self.before

    def said(self) -> list[str]:
        """Says what was mended, a line each."""
        if not self.changed:
            return []
        words = [f"{self.file}: {dotted(p)}: '{w}' is now '{t}'" for p, w, t in self.mended]
        return words or [f"{self.file}: order and layout"]


def shape_of(file: str) -> type[Shape] | None:
    """Tells what a file of the catalog holds, or None where it is no YAML file of it."""
    folder, _, name = file.rpartition("/")
    if file == SUPPRESSIONS:
        return Suppressions
    if not name.endswith(".yaml"):
        return None
    if folder == MODELS:
        return Model
    if folder == VOCABULARIES:
        return Vocabulary
    if folder.startswith(f"{SURVEYS}/"):
        shapes: dict[str, type[Shape]] = {"survey.yaml": Survey, "errata.yaml": Errata}
        return shapes.get(name)
    return None


def files(root: Path, wanted: list[str]) -> list[str]:
    """Lists the YAML files that paths mean: themselves, or those in a folder; else all records."""
    found: list[str] = []
    for want in wanted or [MODELS]:
        if (root / want).is_dir() and not (root / want).is_symlink():
            inside = sorted(p.relative_to(root).as_posix() for p in (root / want).rglob("*.yaml"))
            found += [file for file in inside if shape_of(file)]
        else:
            found.append(want)
    return list(dict.fromkeys(found))


def formatted(root: Path, file: str, catalog: Catalog | None = None) -> Formatted:
    """Puts a file into the canonical layout, in memory.

    Args:
        root: The checkout.
        file: Path relative to it.
        catalog: With it, aliases become terms, and look-alike letters in terms are mended.
    """
    shape = shape_of(file)
    if shape is None:
        help = "fmt is for the YAML files of catalog/"
        wrong = Diagnostic(documents.F109, Place(file), "is no file with a layout", help)
        return Formatted(file, diagnostics=(wrong,))
    limit = documents.RECORD_BYTES if shape is Model else documents.TABLE_BYTES
    document, found = documents.read_yaml(root, file, limit=limit)
    # An empty value is what a record to be filled in has; it is written as it is.
    fatal = tuple(d for d in found if d.code != "F111")
    if document is None or fatal:
        return Formatted(file, diagnostics=fatal)
    mends = tuple(_mends(document, catalog)) if catalog and shape is Model else ()
    try:
        after = lay_out(document.text, plan(shape), {path: term for path, _, term in mends})
    except Unwritable as error:
        return Formatted(file, document.text, problem=f"{file}: cannot be laid out: {error}")
    before = (root / file).read_bytes().decode("utf-8")
    return Formatted(file, before, after, mended=mends)


def canonical(text: str, layout: Plan | None = None) -> str:
    """Gives the text of a record in the canonical layout."""
    return lay_out(text, layout or plan(Model))


def _mends(document: Document, catalog: Catalog) -> Iterator[tuple[FieldPath, str, str]]:
    """Gives what is certain: the term that a word means, and the Latin letters of a Latin word."""
    found = set()
    for facet, path, word in words(document.value):
        if facet not in catalog.terms:
            continue
        term = catalog.resolve(facet, word) or catalog.resolve(facet, latin(word))
        if term is not None and term != word:
            found.add(path)
            yield path, word, term
    for path, text in _texts(document.value):
        # An address is where somebody was led to: that is for a person to look at.
        if path not in found and "://" not in text and unmixed(text) != text:
            yield path, text, unmixed(text)


def _texts(value: Value, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for part, inner in items:
            yield from _texts(inner, (*path, part))
