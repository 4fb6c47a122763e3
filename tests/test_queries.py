"""One table of questions, answered on the real catalog: in Python, and on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml
from typer.testing import CliRunner

from fmcatalog import cli
from fmcatalog.catalog import Catalog, load
from fmcatalog.selection import ALL_FACETS, MEASURES, Query, index, select

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
        assert all(-1 <= place < size for place in options["broader"])
        assert len(facet["values"]) == count
        # Nothing known and nothing said would leave a model out of every option.
        assert all(own and set(own) <= set(range(size)) for own in facet["values"])
    for measure in found["measures"]:
        for low, high, text in zip(measure["low"], measure["high"], measure["text"], strict=True):
            known = isinstance(text, str)
            assert known == (low is not None or high is not None)
            assert low is None or high is None or low <= high


def test_the_index_is_the_same_every_time(catalog: Catalog) -> None:
    assert json.dumps(index(catalog)) == json.dumps(index(load(ROOT).catalog))
