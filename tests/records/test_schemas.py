"""What an editor accepts and what the reader accepts are the same files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from fmcatalog.documents import parse_yaml
from fmcatalog.records import Errata, Model, Vocabulary, read
from fmcatalog.records.schemas import SCHEMAS, schema

ROOT = Path(__file__).parents[2]
RECORD = """\
name: MedSAM
title: Segment anything
authors: [Jun Ma]
published: 2023-04-24
category: adaptation
sources: [{fields: [name], source: azad-2023, accessed: 2024-06-01}]
"""
TERM = """\
facet: gpu
label: GPU
plural: GPUs
definition: A card.
terms: [{id: a, label: A, definition: x, %s}]
"""


class Editor(yaml.SafeLoader):
    """YAML 1.2's core schema, as an editor's language server types plain scalars."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name is PyYAML's


for tag, pattern, heads in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Editor.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(heads)
    )
Editor.add_constructor(
    "tag:yaml.org,2002:int",
    lambda loader, node: (
        int(str(loader.construct_scalar(node)), 0)  # type: ignore[arg-type]
        if str(node.value).startswith("0x")
        else int(str(node.value))
    ),
)


def editor_takes(kind: str, text: str) -> bool:
    return bool(
        jsonschema.Draft202012Validator(schema(kind)).is_valid(yaml.load(text, Loader=Editor))
    )


def reader_takes(shape: type[Model | Vocabulary | Errata], text: str) -> bool:
    document, found = parse_yaml("x.yaml", text.encode())
    return document is not None and not found and not read(document, shape)[1]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_each_committed_schema_is_valid_by_the_draft_it_names(kind: str) -> None:
    committed = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_bytes())
    assert committed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(committed)
    assert committed["additionalProperties"] is False


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *(("model", path) for path in sorted((ROOT / "catalog/models").glob("*.yaml"))),
        *(("vocabulary", p) for p in sorted((ROOT / "catalog/vocabularies").glob("*.yaml"))),
        ("survey", ROOT / "catalog/surveys/azad-2023/survey.yaml"),
        ("errata", ROOT / "catalog/surveys/azad-2023/errata.yaml"),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else value,
)
def test_an_editor_accepts_every_file_of_the_catalog(kind: str, path: Path) -> None:
    committed = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_bytes())
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=Editor)
    errors = jsonschema.Draft202012Validator(committed).iter_errors(data)
    assert [f"{e.json_path}: {e.message[:100]}" for e in errors] == []


@pytest.mark.parametrize(
    "written",
    [
        "identifiers: {arxiv: 2304.10300}",
        'identifiers: {arxiv: "2304.10300"}',
        "identifiers: {pubmed: 37000000}",
        'identifiers: {pubmed: "37000000"}',
        "identifiers: {doi: 10.1038/x}",
        "venue: {name: ICCV, year: 2023}",
        'venue: {name: ICCV, year: "2023", volume: 15, pages: 654}',
        "reviewed: false",
        'reviewed: "true"',
        "aliases: [1.10, 7, true, no, 2023-04-24]",
        "parameters: 7",
        "parameters: 0.37",
        "parameters: 93.7M",
        'parameters: ">1"',
        "parameters: not-reported",
        "author_count: 12",
        "training: [{stage: training, gpu_count: 8, gpu_hours: 0.5, epochs: '50, 100'}]",
        "training: not-applicable",
        "links: {code: not-reported, paper: 'https://arxiv.org/abs/2304.10300'}",
        "organs: not-reported",
        "datasets: [{dataset: x, use: evaluation}]",
        "summary: |\n  one\n  two",
    ],
)
def test_what_the_reader_takes_an_editor_takes_too(written: str) -> None:
    assert reader_takes(Model, RECORD + written + "\n")
    assert editor_takes("model", RECORD + written + "\n")


@pytest.mark.parametrize(
    "written",
    [
        "modalites: [ct]",
        "reviewed: yes",
        "reviewed: 1",
        "venue: {name: ICCV}",
        "venue: {name: ICCV, year: 23}",
        "venue: {name: ICCV, year: 2023.5}",
        'venue: {name: ICCV, year: "02023"}',
        "identifiers: {pubmed: PMC1}",
        "identifiers: {doi: 'https://doi.org/10.1038/x'}",
        "links: {code: http://github.com/x/y}",
        "links: {code: 7}",
        "organs: liver",
        "organs: []",
        "summary: [x]",
        "summary: ''",
        "parameters: [7]",
        "parameters: true",
        "parameters:",
        "training: [{stage: warmup}]",
        "training: [{epochs: 3}]",
        "authors: Jun Ma",
    ],
)
def test_what_an_editor_can_see_to_be_wrong_neither_takes(written: str) -> None:
    key = written.split(":", maxsplit=1)[0]
    kept = "".join(s for s in RECORD.splitlines(keepends=True) if not s.startswith(f"{key}:"))
    assert not reader_takes(Model, kept + written + "\n")
    assert not editor_takes("model", kept + written + "\n")


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("memory_gb: [24, 48]", True),
        ('memory_gb: ["24"]', True),
        ("memory_gb: [24.5]", False),
        ("memory_gb: [-1]", False),
        ("memory_gb: []", False),
        ("notation: 3090", True),
        ("released: 2020-09", True),
        ("released: 2020", False),
        ("matches: [{scheme: dicom, code: MR, relation: exact}]", True),
        ("matches: [{scheme: dicom, code: 12, relation: exact}]", True),
        ("matches: [{scheme: icd, code: x, relation: exact}]", False),
    ],
)
def test_a_vocabulary_is_the_same_to_editor_and_reader(written: str, taken: bool) -> None:
    text = TERM % written
    assert (reader_takes(Vocabulary, text), editor_takes("vocabulary", text)) == (taken, taken)


def test_a_printed_cell_may_be_a_number_to_an_editor_and_empty_to_both() -> None:
    text = """\
survey: azad-2023
errata:
  - id: x
    place: Table 2
    cells: [{row: 1, column: epochs, printed: 42}, {row: 2, column: epochs, printed: ""}]
    kind: wrong-value
    reason: It is.
    confidence: likely
"""
    assert reader_takes(Errata, text)
    assert editor_takes("errata", text)


def test_terms_are_offered_where_a_record_takes_one_and_missing_stays_allowed() -> None:
    terms = {"organ": ["liver"], "gpu": ["a100"], "category": ["adaptation"], "licence": ["MIT"]}
    validator = jsonschema.Draft202012Validator(schema("model", terms))

    def takes(written: str) -> bool:
        return bool(validator.is_valid(yaml.load(RECORD + written, Loader=Editor)))

    assert takes("organs: [liver]")
    assert takes("organs: not-reported")
    assert not takes("organs: [liverr]")
    assert takes("training: [{stage: training, gpu: a100}]")
    assert takes("training: [{stage: training, gpu: not-reported}]")
    assert not takes("training: [{stage: training, gpu: b100}]")
    assert takes("licence: {code: MIT, weights: not-reported}")
    assert not takes("licence: {code: MTI}")
    assert takes("tasks: [anything]")


def test_no_schema_lets_a_value_be_null_or_has_an_empty_title() -> None:
    for kind in SCHEMAS:
        text = json.dumps(schema(kind))
        assert '"null"' not in text
        assert '"title": ""' not in text
