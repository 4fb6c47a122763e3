"""Which models a question means: the same answer for the command line, Python and the site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.selection import FACETS, Query, UnknownWord, hours, public, select, unlisted

TOY = Path(__file__).parent / "data" / "toy"
ALL = "harbor lumen pebble quill sparrow tern umbra"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(TOY).catalog


def facet(name: str, *words: str) -> Query:
    return Query({name: words})


QUERIES: list[tuple[str, Query, str]] = [
    ("no question means every model", Query(), ALL),
    ("a facet without words means every model", facet("modality"), ALL),
    ("a term", facet("modality", "mri"), "harbor"),
    ("a broader term includes its narrower ones", facet("modality", "x-ray"), "lumen umbra"),
    ("two steps up", facet("modality", "radiation"), "harbor lumen pebble umbra"),
    ("a narrower term leaves the broader one out", facet("modality", "chest-x-ray"), "lumen"),
    ("a broader term that is written itself", facet("organ", "torso"), "harbor lumen pebble umbra"),
    ("an alias", facet("modality", "computed tomography"), "harbor pebble"),
    ("a label in any case", facet("task", "LESION OUTLINING"), "harbor"),
    ("two words of one facet widen", facet("modality", "mri", "text"), "harbor lumen quill"),
    ("two facets narrow", Query({"modality": ["ct"], "organ": ["torso"]}), "harbor pebble"),
    ("two facets that meet nowhere", Query({"modality": ["mri"], "organ": ["lung"]}), ""),
    ("a family of the taxonomy", facet("category", "by-words"), "lumen pebble quill tern"),
    ("a notation of the survey", facet("category", "BM"), "harbor sparrow umbra"),
    ("unknown, whatever the reason", facet("organ", "unknown"), "quill sparrow tern"),
    ("unknown or a term", facet("organ", "unknown", "lung"), "lumen quill sparrow tern"),
    ("an algorithm by its branch", facet("algorithm", "objective"), "lumen quill"),
    ("a card", facet("gpu", "acme-one"), "harbor pebble"),
    ("no card known", facet("gpu", "unknown"), "quill sparrow tern"),
    ("a base model", facet("base-model", "toyclip"), "lumen"),
    ("a record as the base", facet("base-model", "lumen"), "harbor quill"),
    ("a data set", facet("dataset", "tales"), "lumen"),
    ("a licence of code or weights", facet("licence", "toy-terms"), "lumen"),
    ("a year", Query(years=[2022]), "lumen sparrow tern"),
    ("two years", Query(years=[2022, 2024]), "lumen sparrow tern umbra"),
    ("public code", Query(code=True), "harbor lumen"),
    ("no code known to be public", Query(code=False), "pebble quill sparrow tern umbra"),
    ("public weights", Query(weights=True), "lumen umbra"),
    ("no weights known to be public", Query(weights=False), "harbor pebble quill sparrow tern"),
    ("code but no weights", Query(code=True, weights=False), "harbor"),
    ("a limit on one card", Query(max_gpu_memory=8), "pebble"),
    ("a limit is within itself", Query(max_gpu_memory=16), "harbor pebble"),
    (
        "a limit leaves out who does not say",
        Query(max_gpu_memory=1000),
        "harbor lumen pebble",
    ),
    ("a lower bound is within no limit", Query({"gpu": ["acme-one"]}, max_gpus=1000), "pebble"),
    ("a limit on all cards", Query(max_total_memory=32), "pebble"),
    ("a total without factors counts", facet("gpu", "acme-two"), "lumen umbra"),
    ("a total of 320", Query({"gpu": ["acme-two"]}, max_total_memory=320), "lumen umbra"),
    ("a limit on the cards", Query(max_gpus=4), "pebble quill"),
    ("a limit on the hours", Query(max_gpu_hours=100), "harbor quill"),
    ("hours add up over the stages", Query(max_gpu_hours=960), "harbor quill"),
    ("hours of all stages", Query(max_gpu_hours=960.5), "harbor lumen quill"),
    ("text in a name", Query(text="umbra"), "umbra"),
    ("text in an alias", Query(text="lumen-1"), "lumen"),
    ("text in a title", Query(text="liver"), "harbor"),
    ("text in an earlier title", Query(text="never"), "lumen"),
    ("text in an author, without accents", Query(text="sukru"), "lumen"),
    ("text in an author's own letters", Query(text="小明"), "lumen"),
    ("text in an identifier", Query(text="2305.99991"), "harbor"),
    ("every word has to be there", Query(text="tern returns"), "tern"),
    ("words from different places", Query(text="sample liver"), "harbor"),
    ("one word that is nowhere", Query(text="tern stays"), ""),
    ("text of blanks only", Query(text="  "), ALL),
    ("all at once", Query({"modality": ["ct"]}, "stones", [2023], False), ""),
    ("all at once and found", Query({"modality": ["ct"]}, "pebble", [2023], False), "pebble"),
]


@pytest.mark.parametrize(("query", "ids"), [q[1:] for q in QUERIES], ids=[q[0] for q in QUERIES])
def test_a_question_means_these_models(query: Query, ids: str, catalog: Catalog) -> None:
    assert " ".join(select(catalog, query)) == ids


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (facet("modality", "cct"), "no modality 'cct'; did you mean 'ct'?"),
        (facet("organ", "lunge"), "no organ 'lunge'; did you mean 'lung'?"),
        (facet("task", "qqq"), "no task 'qqq'"),
        (facet("base-model", "nobody"), "no base-model 'nobody'"),
    ],
)
def test_a_word_that_is_no_term_is_refused_with_the_nearest(
    query: Query, message: str, catalog: Catalog
) -> None:
    with pytest.raises(UnknownWord) as caught:
        select(catalog, query)
    assert str(caught.value) == message


def test_a_facet_that_is_none_is_refused(catalog: Catalog) -> None:
    with pytest.raises(UnknownWord):
        select(catalog, facet("colour", "blue"))


@pytest.mark.parametrize("name", FACETS)
def test_the_members_of_a_term_and_the_unknown_are_every_model_once_or_more(
    name: str, catalog: Catalog
) -> None:
    top = [t.id for t in catalog.terms[name].values() if t.broader is None]
    parents = {p for m in catalog.models.values() for p in m.terms("base-model")}
    words = [*top, "unknown", *(sorted(parents) if name == "base-model" else ())]
    assert " ".join(select(catalog, facet(name, *words))) == ALL
    known = set(select(catalog, facet(name, *words[: len(top)], *words[len(top) + 1 :])))
    assert not known & set(select(catalog, facet(name, "unknown")))


def test_more_words_never_give_fewer_models_and_more_facets_never_more(catalog: Catalog) -> None:
    one = set(select(catalog, facet("modality", "ct")))
    assert one <= set(select(catalog, facet("modality", "ct", "text")))
    both = Query({"modality": ["ct"], "task": ["answering"]})
    assert set(select(catalog, both)) <= one
    assert set(select(catalog, replace(both, code=True))) <= set(select(catalog, both))


def test_missing_code_is_not_public_whatever_the_kind_of_missing(catalog: Catalog) -> None:
    kinds = [catalog.models[id] for id in ("pebble", "quill", "sparrow", "umbra")]
    assert not any(public(model, "code") for model in kinds)
    assert public(catalog.models["lumen"], "code")


def test_hours_are_the_sum_of_the_stages_or_not_known(catalog: Catalog) -> None:
    assert hours(catalog.models["lumen"]) == 960.5
    assert hours(catalog.models["umbra"]) is None
    assert hours(catalog.models["tern"]) is None


def test_who_names_several_organs_only_is_not_passed_over_in_silence() -> None:
    real = load(Path(__file__).parents[1]).catalog
    liver = Query({"organ": ["liver"]})
    more = unlisted(real, liver)[0]
    assert more.option is not None
    assert (more.key, more.option.id, more.unknown) == ("organ", "multi-organ", False)
    wider = set(select(real, Query({"organ": ["liver", "multi-organ"]})))
    assert more.count == len(wider - set(select(real, liver))) > 0
    # Nothing to add: no filter there, the option is chosen already, or only the unknown is asked.
    for words in ([], ["liver", "multi-organ", "unknown"], ["unknown"]):
        assert unlisted(real, Query({"organ": words})) == ()
    both = unlisted(real, Query({"organ": ["liver"], "modality": ["ct"]}))
    assert {one.key for one in both} <= {"organ", "modality"}
    assert all(one.count > 0 for one in both)


def test_what_is_unknown_is_not_passed_over_in_silence() -> None:
    real = load(Path(__file__).parents[1]).catalog
    asked = Query({"modality": ["ct"], "commercial-use": ["allowed"]}, weights=True, max_gpus=8)
    said = {one.key: one for one in unlisted(real, asked) if one.unknown}
    assert {"gpus", "commercial-use"} <= set(said)
    wider = Query({**asked.facets, "commercial-use": ["allowed", "unknown"]}, weights=True)
    terms = set(select(real, replace(wider, max_gpus=8))) - set(select(real, asked))
    assert said["commercial-use"].count == len(terms)
    free = select(real, replace(asked, max_gpus=None))
    reported = select(real, replace(asked, max_gpus=None, min_gpus=0))
    assert said["gpus"].count == len(set(free) - set(reported))
    # One limit or both, the same are unknown; a bound, such as "more than 4", is not nothing.
    both = unlisted(real, replace(asked, min_gpus=1))
    assert [one.count for one in both if one.key == "gpus"] == [said["gpus"].count]
    assert not [one for one in unlisted(real, Query(text="sam")) if one.unknown]
