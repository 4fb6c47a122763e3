"""The catalog as a Python library."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import fmcatalog
from fmcatalog import library
from fmcatalog.project import UsageError
from fmcatalog.selection import Query, UnknownWord, select

ROOT = Path(__file__).resolve().parents[1]
TOY = ROOT / "tests" / "data" / "toy"


@pytest.fixture(scope="module")
def catalog() -> library.Library:
    return fmcatalog.load(ROOT)


def test_the_examples_of_the_documentation_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(library)
    assert found.attempted > 3
    assert found.failed == 0


def test_the_checkout_around_the_current_folder_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOY / "catalog" / "models")
    assert "pebble" in fmcatalog.load().models


def test_where_there_is_no_checkout_the_packaged_catalog_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "PACKAGED", TOY)
    assert "pebble" in fmcatalog.load().models


def test_where_there_is_none_at_all_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "PACKAGED", tmp_path / "none")
    with pytest.raises(UsageError, match="no catalog here"):
        fmcatalog.load()


def test_select_answers_as_the_command_does(catalog: library.Library) -> None:
    asked = catalog.select(modality="CT", organ=["liver", "kidney"], code=True, max_gpu_memory=48)
    query = Query(
        facets={"modality": ["ct"], "organ": ["liver", "kidney"]}, code=True, max_gpu_memory=48
    )
    assert tuple(asked.models) == select(catalog, query)
    assert asked.models
    assert asked.vocabularies.keys() == catalog.vocabularies.keys()


def test_an_answer_can_be_asked_again(catalog: library.Library) -> None:
    twice = catalog.select(year=2023).select(base_model="sam")
    once = catalog.select(year=2023, base_model="sam")
    assert list(twice.models) == list(once.models)
    assert once.models


def test_a_word_that_is_none_is_refused_with_the_nearest(catalog: library.Library) -> None:
    with pytest.raises(TypeError, match=re.escape("knows no 'modalty'; did you mean 'modality'?")):
        catalog.select(modalty="ct")
    with pytest.raises(UnknownWord, match="mri"):
        catalog.select(modality="mir")


def test_the_catalog_cannot_be_changed(catalog: library.Library) -> None:
    with pytest.raises(TypeError):
        catalog.models["medsam"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        catalog.models = {}  # type: ignore[misc]


@pytest.mark.parametrize("training", [False, True])
def test_data_frames_hold_the_rows_of_the_tables(catalog: library.Library, training: bool) -> None:
    rows = catalog.rows(training=training)
    assert len(rows) > 40
    assert catalog.to_pandas(training=training).to_dict("records") == rows
    assert catalog.to_polars(training=training).to_dicts() == rows


def test_figure_1a_of_the_survey_is_counted_in_a_few_lines(catalog: library.Library) -> None:
    frame = catalog.select(origin="figure-3").to_pandas()
    counts = frame["category"].value_counts().to_dict()
    assert counts == {
        "contrastive": 12,
        "conversational": 9,
        "adaptation": 8,
        "generalist": 6,
        "generative": 3,
        "hybrid": 2,
    }
