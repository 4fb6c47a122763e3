"""One table of questions, answered on the real catalog: in Python, and on the command line."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml
from pydantic_core import to_json
from typer.testing import CliRunner

from fmcatalog import cli
from fmcatalog.catalog import Catalog, load
from fmcatalog.records.text import folded
from fmcatalog.selection import ALL_FACETS, MEASURES, Query, index, select, texts
from fmcatalog.selection.index import letters
from fmcatalog.selection.query import haystack

ROOT = Path(__file__).resolve().parents[1]
TABLE: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/data/queries.yaml").read_text())
NAMES = [entry["question"] for entry in TABLE]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def surveyed(catalog: Catalog) -> set[str]:
    """The models that the table was made for; what is added later does not change an answer."""
    return set(select(catalog, Query({"origin": ["survey"]})))


def query(address: str) -> Query:
    facets: dict[str, list[str]] = {}
    others: dict[str, Any] = {}
    for key, value in parse_qsl(address):
        if key in {"text", "q"}:
            others["text"] = value
        elif key.startswith(("min-", "max-")):
            others[key.replace("-", "_")] = float(value)
        else:
            facets.setdefault(key, []).append(value)
    return Query(facets, **others)


def test_the_table_has_forty_questions_and_each_facet_and_measure() -> None:
    assert len(TABLE) >= 40
    assert len(set(NAMES)) == len(NAMES)
    asked = {key for entry in TABLE for key, _ in parse_qsl(entry["query"])}
    assert {facet.key for facet in ALL_FACETS} <= asked
    assert {m.key for m in MEASURES} == {k[4:] for k in asked if k[:4] in {"min-", "max-"}}


@pytest.mark.parametrize("entry", TABLE, ids=NAMES)
def test_a_question_means_these_models(
    entry: dict[str, str], catalog: Catalog, surveyed: set[str]
) -> None:
    found = select(catalog, query(entry["query"]))
    assert [id for id in found if id in surveyed] == entry["ids"].split()


@pytest.mark.parametrize("entry", TABLE[::4], ids=NAMES[::4])
def test_the_command_line_has_the_words_of_the_address(
    entry: dict[str, str], surveyed: set[str]
) -> None:
    options = [
        word
        for key, value in parse_qsl(entry["query"])
        for word in ("-q" if key == "q" else f"--{key}", value)
    ]
    done = CliRunner().invoke(cli.app, ["list", *options, "--format", "json", "--root", str(ROOT)])
    assert done.exit_code == 0, done.output
    found = [model["id"] for model in json.loads(done.stdout)["models"]]
    assert [id for id in found if id in surveyed] == entry["ids"].split()


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("origin=living", "chexagent medsam2 merlin"),
        ("origin=added", "chexagent medsam2 merlin"),
        # Two of them read CT; the third reads chest radiographs, which are radiographs.
        ("origin=living&modality=ct", "medsam2 merlin"),
        ("origin=living&modality=radiography", "chexagent"),
        # One has both kinds of prompt and the word of its group; two write text.
        ("origin=living&category=visually-prompted", "medsam2"),
        ("origin=living&task=report-generation", "chexagent merlin"),
        # A base model of a base model is no base model: SAM 2 goes back to SAM.
        ("origin=living&base-model=sam-2", "medsam2"),
        ("origin=living&base-model=sam", ""),
        ("origin=living&gpu=nvidia-rtx-a6000&max-total-memory=48", "merlin"),
        ("origin=living&gpu=not-reported", "chexagent"),
        ("origin=living&gpu=absent", "medsam2"),
        ("origin=living&weights-licence=CC-BY-SA-4.0", "medsam2"),
        ("year=2024&origin=living", "chexagent merlin"),
    ],
)
def test_what_came_later_answers_too(address: str, ids: str, catalog: Catalog) -> None:
    first = {"chexagent", "medsam2", "merlin"}
    assert [id for id in select(catalog, query(address)) if id in first] == ids.split()


def test_the_command_line_has_an_option_for_all_that_can_be_asked() -> None:
    done = CliRunner().invoke(cli.app, ["list", "--help"], env={"COLUMNS": "200"}, color=False)
    keys = [facet.key for facet in ALL_FACETS]
    keys += [f"{end}-{measure.key}" for measure in MEASURES for end in ("min", "max")]
    assert [key for key in keys if f"--{key} " not in done.output] == []


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (["--code"], ["--code", "public"]),
        (["--code", "--weights"], ["--code", "public", "--weights", "public"]),
        (["--no-weights"], ["--weights", "unknown"]),
        (["--code", "--modality", "ct"], ["--code", "public", "--modality", "ct"]),
    ],
)
def test_code_and_weights_may_stand_alone(short: list[str], long: list[str]) -> None:
    said = [
        CliRunner().invoke(cli.app, ["list", *words, "--format", "csv", "--root", str(ROOT)])
        for words in (short, long)
    ]
    assert said[0].exit_code == said[1].exit_code == 0
    assert said[0].stdout == said[1].stdout


def read(row: str) -> list[int]:
    """Reads a row of numbers, as the browser does."""
    return [ord(letter) - ord("0") for letter in row]


def test_the_index_is_whole(catalog: Catalog) -> None:
    found = index(catalog)
    count = len(catalog.models)
    assert found["count"] == count
    assert {len(column) for column in found["models"].values()} == {count}
    for facet in found["facets"]:
        options = facet["options"]
        size = len(options["id"])
        places = options.pop("collective")
        assert set(places) <= set(range(size))
        assert {len(column) for column in options.values()} == {size}
        assert len(set(options["id"])) == size
        # Who reads it adds the members of an option to the one above, from the last to the first.
        assert all(-1 <= above < place for place, above in enumerate(options["broader"]))
        many, values = read(facet["many"]), read(facet["values"])
        assert len(many) == count
        assert sum(many) == len(values)
        # Nothing known and nothing said would leave a model out of every option.
        assert all(many)
        assert set(values) <= set(range(size))
    for measure in found["measures"]:
        columns = [measure[key] for key in ("low", "high", "text")]
        reported = list(zip(*columns, strict=True))
        for low, high, text in reported:
            known = isinstance(text, str)
            assert known == (low is not None or high is not None)
            assert low is None or high is None or low <= high
        values = read(measure["values"])
        assert len(values) == count
        assert sorted(set(values)) == list(range(len(reported)))


def test_the_index_says_of_each_model_what_the_catalog_says(catalog: Catalog) -> None:
    found = index(catalog)
    for facet, data in zip(ALL_FACETS, found["facets"], strict=True):
        ids = iter(data["options"]["id"][place] for place in read(data["values"]))
        for model, many in zip(catalog.models, read(data["many"]), strict=True):
            assert tuple(islice(ids, many)) == facet.values(catalog, model)
    for measure, data in zip(MEASURES, found["measures"], strict=True):
        for model, place in zip(catalog.models.values(), read(data["values"]), strict=True):
            bounds = measure.read(model)
            assert (data["low"][place], data["high"][place]) == (bounds.low, bounds.high)
            assert not bounds.text or data["text"][place] == bounds.text


def test_the_texts_are_those_that_words_are_looked_for_in(catalog: Catalog) -> None:
    found = texts(catalog)
    columns = [found[key] for key in ("title", "authors", "words")]
    for (id, model), (title, authors, words) in zip(
        catalog.models.items(), zip(*columns, strict=True), strict=True
    ):
        lines = [*map(folded, (id, model.name, title)), words]
        assert "\n".join(lines) == haystack(id, model)
        assert authors.startswith(model.authors[0])


def test_a_row_of_numbers_is_a_text() -> None:
    assert letters([0, 9, 10, 44]) == "09:\\"
    assert read(json.loads(to_json(letters(range(55_247))))) == list(range(55_247))


def test_the_index_is_the_same_every_time(catalog: Catalog) -> None:
    again = load(ROOT).catalog
    assert json.dumps(index(catalog)) == json.dumps(index(again))
    assert json.dumps(texts(catalog)) == json.dumps(texts(again))
