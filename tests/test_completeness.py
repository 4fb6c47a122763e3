"""How complete records are, and what the catalog owes: numbers that add up, on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fmcatalog import export, stats
from fmcatalog.catalog import Catalog, load
from fmcatalog.cli import app
from fmcatalog.records import Model, Shape
from fmcatalog.records.debts import debts
from fmcatalog.stats.answers import QUESTIONS, answers, of_record, owed, whole
from fmcatalog.views import help_wanted, model
from fmcatalog.views.page import Settings

TOY = Path(__file__).parent / "data" / "toy"
ROOTS = {"toy": TOY, "real": TOY.parents[2]}
FORGE = "https://forge.example/catalog"


@pytest.fixture(scope="module", params=sorted(ROOTS))
def root(request: pytest.FixtureRequest) -> Path:
    return ROOTS[request.param]


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return load(root).catalog


@pytest.fixture(scope="module")
def toy() -> Catalog:
    return load(TOY).catalog


def test_every_question_has_one_answer(catalog: Catalog) -> None:
    for record in catalog.models.values():
        found = answers(record)
        assert tuple(found.states) == QUESTIONS
        kinds = ("known", "not-reported", "not-applicable", "missing")
        assert sum(len(found.of(kind)) for kind in kinds) == found.asked
        assert not set(found.unsourced) & set(found.of("missing"))
        assert (found.percent == 100) == (found.answered == found.asked)


def variants(record: Model) -> Iterator[Model]:
    """A record, and what it would be with any one value less, or with less of its sources."""
    yield record
    for key, value in record:
        if value is not None:
            yield record.model_copy(update={key: None if key != "sources" else value[:-1]})
        if isinstance(value, Shape):
            for part in value.model_fields_set:
                yield record.model_copy(update={key: value.model_copy(update={part: None})})
    for place, stage in enumerate(record.stages):
        for part in stage.model_fields_set - {"stage"}:
            less = stage.model_copy(update={part: None})
            stages = (*record.stages[:place], less, *record.stages[place + 1 :])
            yield record.model_copy(update={"training": stages})


def test_a_record_shares_the_answers_of_those_that_are_alike_and_of_no_others(
    catalog: Catalog,
) -> None:
    for id, record in catalog.models.items():
        for one in variants(record):
            shared, own = of_record(Catalog.of({id: one}), id), answers(one)
            assert shared.states == own.states
            assert (shared.unsourced, shared.owed) == (own.unsourced, own.owed)


def test_a_record_of_the_toy_counted_by_hand(toy: Catalog) -> None:
    tern = answers(toy.models["tern"])
    assert tern.unsourced == ("summary", "use_cases")
    assert set(tern.of("known")) >= {"title", "authors", "published", "category", "summary"}
    assert tern.answered == tern.asked - len(tern.of("missing")) - 2


def test_a_kind_of_missing_is_an_answer_and_silence_is_not(toy: Catalog) -> None:
    for facet, key in (("modality", "modalities"), ("organ", "organs"), ("task", "tasks")):
        tally = stats.distribution(toy, facet).tally
        states = [answers(m).states[key] for m in toy.models.values()]
        assert states.count("known") == tally.known
        assert states.count("not-reported") == tally.not_reported
        assert states.count("not-applicable") == tally.not_applicable
        assert states.count("missing") == tally.absent


def test_the_debts_agree_with_the_counts(catalog: Catalog) -> None:
    found = {d.id: d for d in owed(catalog)}
    tallies = stats.completeness(catalog)
    links = [stats.links(catalog, key).tally.absent for key in ("paper", "code", "weights")]
    assert found["links"].count == sum(links)
    for key in ("modalities", "organs", "training"):
        assert found[key].count == tallies[key].absent
    assert found["unsourced"].count == sum(len(debts(m)) for m in catalog.models.values())
    assert found["reviewed"].count == sum(not m.reviewed for m in catalog.models.values())


def test_what_is_not_looked_up_is_owed_once(catalog: Catalog) -> None:
    found = {d.id: d for d in owed(catalog)}
    silent = sum(
        sum(q == "missing" for k, q in answers(m).states.items() if not k.startswith("training."))
        for m in catalog.models.values()
    )
    kinds = ("links", "modalities", "organs", "values")
    assert sum(found[kind].count for kind in kinds) == silent


def test_the_page_the_terminal_and_the_file_say_the_same(
    catalog: Catalog, root: Path, tmp_path: Path
) -> None:
    view = help_wanted.view(catalog, Settings())
    data = json.loads(export.statistics(catalog))
    said = CliRunner().invoke(app, ["stats", "--root", str(root)]).output
    assert f"completeness {view.percent} %" in said
    assert data["answers"]["percent"] == view.percent
    assert dict(view.parts)["known"] == data["answers"]["known"] == whole(catalog).known
    for kind in view.kinds:
        assert data["debts"][kind.id] == {"values": kind.count, "records": kind.records}
        assert re.search(rf"^{kind.label} +{kind.count} +{kind.records}\b", said, re.MULTILINE)


def test_a_debt_leads_to_its_file_at_the_forge_or_names_it(catalog: Catalog) -> None:
    for settings in (Settings(), Settings(FORGE)):
        for kind in help_wanted.view(catalog, settings).kinds:
            for one in kind.owed:
                assert (ROOTS["toy"] / one.file).is_file() or (ROOTS["real"] / one.file).is_file()
                href = one.edit.href if one.edit else ""
                assert href == (f"{FORGE}/edit/main/{one.file}" if settings.repository else "")


def test_a_long_list_is_cut_and_its_count_is_not(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {k.id: k.count for k in help_wanted.view(catalog, Settings()).kinds}
    monkeypatch.setattr(help_wanted, "SHOWN", 1)
    cut = help_wanted.view(catalog, Settings()).kinds
    assert {k.id: k.count for k in cut} == whole
    assert all(len(k.owed) + k.rest == k.records for k in cut)


def test_a_models_page_says_how_complete_its_record_is(toy: Catalog) -> None:
    bibtex = {id: export.bibtex(id, m) for id, m in toy.models.items()}
    seen = model.Models(toy, Settings(), bibtex).view("tern")
    (fact,) = [f for f in seen.facts if f.label == "Completeness"]
    assert fact.value.text == f"{answers(toy.models['tern']).percent} %"
    assert "2 without a source" in fact.value.note
