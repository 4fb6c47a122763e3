"""Rules on terms: every value of a facet is a term, and vocabularies hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fmcatalog.catalog import Catalog, model_file, vocabulary_file
from fmcatalog.diagnostics import Diagnostic, Severity, close, nearest, rule, shown
from fmcatalog.diagnostics import Path as FieldPath
from fmcatalog.documents import Value
from fmcatalog.records import Facet, Missing, Model, listed
from fmcatalog.records.text import folded, latin, named
from fmcatalog.rules.context import Context


def used(model: Model) -> Iterator[tuple[str, FieldPath, str]]:
    """Gives every term a record uses: facet, path, word. Parents are checked as lineage."""
    yield "category", ("category",), model.category
    for facet, key in (
        ("modality", "modalities"),
        ("organ", "organs"),
        ("task", "tasks"),
        ("algorithm", "algorithms"),
    ):
        for index, word in enumerate(listed(getattr(model, key))):
            yield facet, (key, index), word
    for index, use in enumerate(listed(model.datasets)):
        yield "dataset", ("datasets", index, "dataset"), use.dataset
    for index, stage in enumerate(model.stages):
        if stage.gpu is not None and not isinstance(stage.gpu, Missing):
            yield "gpu", ("training", index, "gpu"), stage.gpu
    if model.licence is not None:
        for key in ("code", "weights", "data"):
            word = getattr(model.licence, key)
            if word is not None and not isinstance(word, Missing):
                yield "licence", ("licence", key), word


_LISTS = {"modalities": "modality", "organs": "organ", "tasks": "task", "algorithms": "algorithm"}
_PARTS = {"datasets": ("dataset", "dataset"), "training": ("gpu", "gpu")}


def words(record: Value) -> Iterator[tuple[str, FieldPath, str]]:
    """Gives every word that should be a term, also of a record that has no shape yet."""
    if not isinstance(record, dict):
        return
    for key, inner in record.items():
        if key == "category" and isinstance(inner, str):
            yield "category", (key,), inner
        elif key == "licence" and isinstance(inner, dict):
            for part, word in inner.items():
                if isinstance(word, str):
                    yield "licence", (key, part), word
        elif isinstance(inner, list):
            yield from _in_list(key, inner)


def _in_list(key: str, items: list[Value]) -> Iterator[tuple[str, FieldPath, str]]:
    facet, part = _PARTS.get(key, ("", ""))
    for index, item in enumerate(items):
        if key in _LISTS and isinstance(item, str):
            yield _LISTS[key], (key, index), item
        elif part and isinstance(item, dict):
            word = item.get(part)
            if isinstance(word, str):
                yield facet, (key, index, part), word


def _settled(model: Model, known: Mapping[str, set[object]]) -> bool:
    """Tells at once whether all words of a record are known, as those of almost all are."""
    licences = model.licence.__dict__.values() if model.licence else ()
    return (
        model.category in known["category"]
        and known["modality"].issuperset(listed(model.modalities))
        and known["organ"].issuperset(listed(model.organs))
        and known["task"].issuperset(listed(model.tasks))
        and known["algorithm"].issuperset(listed(model.algorithms))
        and known["dataset"].issuperset([use.dataset for use in listed(model.datasets)])
        and known["gpu"].issuperset([stage.gpu for stage in model.stages])
        and known["licence"].issuperset(licences)
    )


def _elsewhere(context: Context) -> Iterator[tuple[str, str, FieldPath, str]]:
    """Gives the words of records in error, so that each is told all that is wrong at once."""
    told = {(d.place.file, d.path) for d in context.loaded.diagnostics}
    for id in context.loaded.broken:
        file = model_file(id)
        document = context.loaded.documents.get(file)
        for facet, path, word in words(document.value) if document else ():
            wrong = any((file, path[:length]) in told for length in range(1, len(path) + 1))
            if not wrong and word not in _MISSING:
                yield id, facet, path, word


_MISSING = frozenset(Missing)


def _odd(context: Context) -> list[tuple[str, str, FieldPath, str]]:
    """Gives the words that are no id of a term, or that of a family: next to none."""
    terms = context.catalog.terms
    known: dict[str, set[object]] = {facet.value: {*terms.get(facet, ())} for facet in Facet}
    known["category"] = {*context.catalog.leaves("category")}
    absent = {None, *Missing}
    settled = {**known, "gpu": known["gpu"] | absent, "licence": known["licence"] | absent}
    some = (
        (id, *use)
        for id, model in context.catalog.models.items()
        if not _settled(model, settled)
        for use in used(model)
    )
    return [use for use in (*some, *_elsewhere(context)) if use[3] not in known[use[1]]]


@rule("F301")
def unknown_term(context: Context) -> Iterator[Diagnostic]:
    """A value that is no term of its vocabulary.

    Why: pages, filters and counts are made from the terms; a word beside them is lost.

    Mend: use the term suggested, or add a term with its definition to
    catalog/vocabularies/<facet>.yaml in the same pull request.
    """
    for id, facet, path, word in context.once(_odd):
        if facet in context.catalog.terms and context.catalog.resolve(facet, word) is None:
            help = suggest(context.catalog, facet, word)
            yield context.model(id, path, "F301", f"unknown {facet} {shown(word)}", help)


def suggest(catalog: Catalog, facet: str, word: str) -> str:
    """Says which term a word that is none may have meant."""
    if latin(word) != word and catalog.resolve(facet, latin(word)):
        odd = next(c for c in word if latin(c) != c)
        return f"did you mean '{catalog.resolve(facet, latin(word))}'? it holds {named(odd)}"
    file = vocabulary_file(facet)
    names = [
        name
        for term in catalog.terms[facet].values()
        for name in (term.id, term.label, term.short_label, term.notation, *(term.aliases or ()))
        if name
    ]
    for near in nearest(word, names):
        term = catalog.resolve(facet, near)
        said = f"did you mean '{term}'?"
        said += f" ({near})" if folded(near) != folded(term or "") else ""
        # Far from certain: it may as well be a term that nobody has added yet.
        return said if facet == "category" or close(word, near) else f"{said} {_ADD}{file}"
    # 4x A100, CT scan: a term stands between other words.
    inside = [t for part in word.split()[:9] if (t := catalog.resolve(facet, part))]
    if inside:
        return f"did you mean '{inside[0]}'?"
    if facet == "category":
        return "one of: " + ", ".join(catalog.leaves(facet))
    return f"the terms are in {file}: write one, or add one there"


_ADD = "if not, add it to "


@rule("F302", Severity.WARNING)
def alias_used(context: Context) -> Iterator[Diagnostic]:
    """A value that is another word for a term, not its id.

    Why: the same thing written in two ways is counted as two by scripts that read the files.

    Mend: write the id that the message names.
    """
    for id, facet, path, word in context.once(_odd):
        term = context.catalog.resolve(facet, word)
        if term is not None and term != word:
            message = f"{facet} {shown(word)} is another word for '{term}'"
            yield context.model(id, path, "F302", message, f"write '{term}'")


@rule("F303")
def category_not_a_leaf(context: Context) -> Iterator[Diagnostic]:
    """A category that has narrower ones.

    Why: the counts of the groups add up to the number of records only if each record stands in
    exactly one of the innermost groups.

    Mend: choose one of the groups below it.
    """
    for id, facet, path, word in context.once(_odd):
        below = context.catalog.narrower("category", word) if facet == "category" else ()
        if below:
            message = f"'{word}' is a family, not a group"
            yield context.model(id, path, "F303", message, "one of: " + ", ".join(below))


_TWICE = "delete one of them, or give it another id"


@rule("F304")
def broken_vocabulary(context: Context) -> Iterator[Diagnostic]:
    """A term whose broader term does not exist, comes back to itself, or whose id stands twice.

    Why: folding, counting and filtering follow the tree upwards.

    Mend: correct 'broader', or give the term another id.
    """
    for facet, vocabulary in context.catalog.vocabularies.items():
        file = vocabulary_file(facet)
        seen: dict[str, int] = {}
        for index, term in enumerate(vocabulary.terms):
            path: FieldPath = ("terms", index, "broader")
            if term.id in seen:
                at: FieldPath = ("terms", index, "id")
                yield context.at(file, at, "F304", f"the id '{term.id}' stands twice", _TWICE)
            seen[term.id] = index
            if term.broader is None:
                continue
            if context.catalog.term(facet, term.broader) is None:
                help = suggest(context.catalog, facet, term.broader)
                yield context.at(file, path, "F304", f"no term '{term.broader}'", help)
            elif term.id in _climb(context.catalog, facet, term.broader):
                message = f"'{term.id}' is broader than itself"
                yield context.at(file, path, "F304", message, "break the circle")


def _climb(catalog: Catalog, facet: str, id: str) -> tuple[str, ...]:
    return (id, *catalog.broader(facet, id))


@rule("F305")
def ambiguous_word(context: Context) -> Iterator[Diagnostic]:
    """A word that means two terms of one vocabulary.

    Why: whoever writes it gets one of the two by chance.

    Mend: take the alias from one of them.
    """
    for facet, vocabulary in context.catalog.vocabularies.items():
        owner: dict[str, str] = {t.id.casefold(): t.id for t in vocabulary.terms}
        for index, term in enumerate(vocabulary.terms):
            for number, word in enumerate(term.aliases or ()):
                other = owner.setdefault(word.casefold(), term.id)
                if other != term.id:
                    path: FieldPath = ("terms", index, "aliases", number)
                    message = f"{shown(word)} already means '{other}'"
                    help = f"delete it here or in '{other}'"
                    if word.casefold() == other.casefold():
                        message, help = f"{shown(word)} is the id of another term", "delete it"
                    help += "" if len(term.aliases or ()) > 1 else ", and the key with it"
                    yield context.at(vocabulary_file(facet), path, "F305", message, help)


_ONLY = {
    "strengths": {Facet.CATEGORY},
    "limitations": {Facet.CATEGORY},
    "uses": {Facet.CATEGORY},
    "vendor": {Facet.GPU},
    "memory_gb": {Facet.GPU},
    "released": {Facet.GPU, Facet.BASE_MODEL},
    "kind": {Facet.BASE_MODEL},
    "builds_on": {Facet.BASE_MODEL},
    "modalities": {Facet.DATASET},
    "organs": {Facet.MODALITY},
    "commercial": {Facet.LICENCE},
    "imaging": {Facet.MODALITY},
    "collective": {Facet.MODALITY, Facet.ORGAN},
}


@rule("F306")
def foreign_key(context: Context) -> Iterator[Diagnostic]:
    """A term with a key that belongs to another facet, or that names no term of one.

    Why: nothing reads it there, and what it names is not found.

    Mend: delete it, move the term to the facet it belongs to, or write the id suggested.
    """
    for facet, vocabulary in context.catalog.vocabularies.items():
        for index, term in enumerate(vocabulary.terms):
            for key, facets in _ONLY.items():
                if getattr(term, key) is not None and vocabulary.facet not in facets:
                    path: FieldPath = ("terms", index, key)
                    message = f"a term of '{facet}' has no '{key}'"
                    yield context.at(
                        vocabulary_file(facet), path, "F306", message, "delete it", key=True
                    )
            for key, other in (("modalities", "modality"), ("organs", "organ")):
                known = context.catalog.terms.get(other, {})
                for number, word in enumerate(getattr(term, key) or ()):
                    if known and word not in known:
                        help = suggest(context.catalog, other, word)
                        path = ("terms", index, key, number)
                        message = f"unknown {other} {shown(word)}"
                        yield context.at(vocabulary_file(facet), path, "F306", message, help)


RULES = (
    unknown_term,
    alias_used,
    category_not_a_leaf,
    broken_vocabulary,
    ambiguous_word,
    foreign_key,
)
