"""The catalog itself: whole, clean, sourced, and written in its own words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from fmcatalog import project, stats
from fmcatalog.catalog import Catalog
from fmcatalog.project import validate
from fmcatalog.records import Facet, Missing, Model
from fmcatalog.records.base import Shape
from fmcatalog.records.quantities import Quantity
from fmcatalog.rules import debts
from fmcatalog.rules.terms import used
from fmcatalog.verdict import Verdict

ROOT = Path(__file__).resolve().parents[1]
MODELS = sorted((ROOT / "catalog" / "models").glob("*.yaml"))
FILES = sorted((ROOT / "catalog").rglob("*.yaml"))
GROUPS = ("contrastive", "conversational", "adaptation", "generalist", "generative", "hybrid")


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return validate(ROOT)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return project.catalog(ROOT)


def name(path: Path) -> str:
    return path.relative_to(ROOT / "catalog").as_posix()


def test_nothing_is_wrong_with_the_catalog_not_even_a_debt(verdict: Verdict) -> None:
    assert verdict.diagnostics == ()


def test_the_catalog_holds_the_42_records_of_the_survey_and_what_came_later(
    catalog: Catalog,
) -> None:
    assert list(catalog.models) == sorted(path.stem for path in MODELS)
    assert len({*stats.surveyed(catalog), *stats.beyond(catalog)} & set(catalog.models)) == 42
    assert len(stats.later(catalog)) == len(MODELS) - 42
    assert {"chexagent", "medsam2", "merlin"} <= set(stats.later(catalog))


def test_the_groups_count_12_9_8_6_3_2_over_the_forty_and_two_more_adapt(catalog: Catalog) -> None:
    figure = [row.model for row in catalog.surveys["azad-2023"].figure3]
    counted = Counter(catalog.models[id].category for id in figure)
    assert [counted[group] for group in GROUPS] == [12, 9, 8, 6, 3, 2]
    beside = Counter(catalog.models[id].category for id in stats.beyond(catalog))
    assert beside == {"adaptation": 2}
    later = Counter(catalog.models[id].category for id in stats.later(catalog))
    assert counted + beside + later == Counter(m.category for m in catalog.models.values())


def test_the_survey_s_part_of_the_taxonomy_has_two_families_with_four_and_two_groups(
    catalog: Catalog,
) -> None:
    old = {id: t for id, t in catalog.terms["category"].items() if t.since is None}
    families = [id for id, t in old.items() if t.broader is None]
    assert families == ["textually-prompted", "visually-prompted"]
    groups = [[g for g in catalog.narrower("category", f) if g in old] for f in families]
    assert [len(found) for found in groups] == [4, 2]
    assert {g for found in groups for g in found} == set(GROUPS)


def test_every_group_says_what_it_is_good_at_where_it_ends_and_what_for(catalog: Catalog) -> None:
    for term in catalog.terms["category"].values():
        assert term.strengths, term.id
        assert term.limitations, term.id
        assert term.uses, term.id


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_opens_with_the_line_that_tells_editors_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match
    kind = {"models": "model", "vocabularies": "vocabulary"}.get(path.parent.name, path.stem)
    target = (path.parent / match[1]).resolve()
    assert target == ROOT / "schemas" / f"{kind}.schema.json"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_utf_8_with_plain_line_ends_and_no_blanks_at_them(path: Path) -> None:
    content = path.read_bytes()
    content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert b"\t" not in content
    assert content.endswith(b"\n")
    assert not re.search(rb"[ \t]\n", content)


@pytest.mark.parametrize("path", MODELS, ids=name)
def test_the_keys_of_a_record_stand_in_the_order_of_the_shape(path: Path) -> None:
    keys = re.findall(r"^([a-z_]+):", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert keys == [key for key in Model.model_fields if key in keys]


def test_every_value_of_every_record_has_a_source(catalog: Catalog) -> None:
    assert {id: debts(model) for id, model in catalog.models.items() if debts(model)} == {}


def test_every_record_says_what_it_is_about_and_where_it_is(catalog: Catalog) -> None:
    for id, model in catalog.models.items():
        assert model.summary, id
        assert model.links is not None, id
        assert set(model.links.model_dump(exclude_none=True).values()) - {*Missing}, id


def test_every_record_of_the_survey_is_complete(catalog: Catalog) -> None:
    for id in (*stats.surveyed(catalog), *stats.beyond(catalog)):
        model = catalog.models[id]
        for key in ("tasks", "algorithms"):
            assert getattr(model, key) is not None, f"{id}: {key} has not been looked up"
        assert model.key_ideas, id
        assert model.use_cases, id
        assert model.limitations, id
        assert model.links is not None, id
        for part in ("paper", "code", "weights"):
            assert getattr(model.links, part) is not None, f"{id}: links.{part}"


def test_no_list_of_authors_ends_in_others(catalog: Catalog) -> None:
    for id, model in catalog.models.items():
        assert len(set(model.authors)) == len(model.authors), id
        for author in model.authors:
            assert not re.search(r"\bet al\b|\bothers\b|…|\.\.\.", author, re.IGNORECASE), id
            assert "," not in author, f"{id}: {author}: the given name comes first"


def test_a_count_of_authors_stands_only_where_the_list_is_incomplete(catalog: Catalog) -> None:
    for id, model in catalog.models.items():
        if isinstance(model.author_count, Quantity):
            assert model.author_count.exact is not None, id
            assert model.author_count.exact > len(model.authors), id


@pytest.mark.parametrize("facet", [f.value for f in Facet])
def test_every_term_has_a_definition_of_its_own(facet: str, catalog: Catalog) -> None:
    vocabulary = catalog.vocabularies[facet]
    assert vocabulary.definition.endswith(".")
    for term in vocabulary.terms:
        assert len(term.definition) >= 20, term.id
        assert term.definition.endswith("."), term.id
        assert term.definition.rstrip(".").casefold() != term.label.casefold(), term.id


def test_records_name_terms_by_their_id(catalog: Catalog) -> None:
    for id, model in catalog.models.items():
        for facet, _, word in used(model):
            assert word in catalog.terms[facet], f"{id}: {word}"


def test_terms_match_outside_vocabularies_by_codes_of_their_form(catalog: Catalog) -> None:
    forms = {
        "dicom": r"[A-Z]{2,8}",
        "uberon": r"UBERON:[0-9]{7}",
        "radlex": r"RID[0-9]+",
        "mesh": r"[CD][0-9]{6,9}",
        "wikidata": r"Q[0-9]+",
        "spdx": r"[A-Za-z0-9.+-]+",
    }
    seen: Counter[str] = Counter()
    for facet, terms in catalog.terms.items():
        exact: Counter[tuple[str, str]] = Counter()
        for term in terms.values():
            for match in term.matches or ():
                assert re.fullmatch(forms[match.scheme], match.code), f"{term.id}: {match.code}"
                seen[f"{facet} {match.scheme}"] += 1
                exact[match.scheme, match.code] += match.relation == "exact"
        assert [code for code, count in exact.items() if count > 1] == []
    assert seen["modality dicom"] >= 5
    assert seen["organ uberon"] >= 5


def test_every_card_has_a_maker_and_the_survey_s_their_memory_sizes_and_a_release_date(
    catalog: Catalog,
) -> None:
    surveyed = {*stats.surveyed(catalog), *stats.beyond(catalog)}
    for term in catalog.terms["gpu"].values():
        if members := catalog.members("gpu", term.id):
            assert term.vendor, term.id
            known = term.memory_gb and term.released
            assert known or surveyed.isdisjoint(members), term.id


# --- the texts ------------------------------------------------------------------------------------


def texts(value: object, path: str = "") -> list[tuple[str, str]]:
    """Gives every text of a shape with its path."""
    if isinstance(value, Shape):
        fields = type(value).model_fields
        return [t for k in fields for t in texts(getattr(value, k), f"{path}.{k}")]
    if isinstance(value, tuple | list):
        return [t for i, v in enumerate(value) for t in texts(v, f"{path}[{i}]")]
    if isinstance(value, dict):
        return [t for k, v in value.items() for t in texts(v, f"{path}.{k}")]
    return [(path, value)] if type(value) is str else []


def everything(catalog: Catalog) -> list[tuple[str, str]]:
    found = [t for id, model in catalog.models.items() for t in texts(model, id)]
    found += [t for f, vocabulary in catalog.vocabularies.items() for t in texts(vocabulary, f)]
    for id, data in catalog.surveys.items():
        found += texts(data.survey, id) + texts(data.errata, f"{id}.errata")
    return found


PROSE = re.compile(
    r"\.(summary|definition|reason|key_ideas\[\d+\]|use_cases\[\d+\]|limitations\[\d+\]"
    r"|strengths\[\d+\]|uses\[\d+\])$"
)
MARKDOWN = re.compile(
    r"\]\(|\*\*|`|__|~~|^#{1,6} |^\s*[-*+] |^> |!\[|</?[a-z][^>]*>|&[a-z]+;", re.MULTILINE
)


def test_prose_has_no_address_and_no_markup(catalog: Catalog) -> None:
    prose = [(path, text) for path, text in everything(catalog) if PROSE.search(path)]
    assert len(prose) > 500
    for path, text in prose:
        assert not re.search(r"https?:|www\.|\bdoi:|\barxiv:", text, re.IGNORECASE), path
        assert not MARKDOWN.search(text), f"{path}: {text}"


def test_no_text_holds_a_letter_that_looks_like_another(catalog: Catalog) -> None:
    for path, text in everything(catalog):
        assert text == unicodedata.normalize("NFC", text), path
        for letter in text:
            kind = unicodedata.name(letter, "")
            assert "CYRILLIC" not in kind, path
            assert "FULLWIDTH" not in kind, path
            assert "MATHEMATICAL" not in kind, path
            assert unicodedata.category(letter) not in {"Cf", "Cc", "Co"} or letter == "\n", path


DASHED = re.compile(r"[\u2010-\u2015\u2212]")


def test_a_dash_is_a_hyphen_but_in_a_title_or_name_as_printed(catalog: Catalog) -> None:
    allowed = re.compile(r"\.(title|(?:other_titles|aliases)\[\d+\]|printed|right|pages|notation)$")
    for path, text in everything(catalog):
        if DASHED.search(text):
            assert allowed.search(path), f"{path}: {text}"
            assert re.search(r"\w\u2013\w|\w [\u2013\u2014] \w|\w\u2014\w", text), f"{path}: {text}"


def test_sentences_do_not_run_on_blanks(catalog: Catalog) -> None:
    for path, text in everything(catalog):
        if PROSE.search(path):
            assert "  " not in text, path
            assert not re.search(r" [,.;:]( |$)", text), f"{path}: {text}"
