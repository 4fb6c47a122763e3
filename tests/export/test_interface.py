"""What the API promises: schemas that its answers keep, and a description that tools take."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.answers import from_json
from fmcatalog.records.quantities import as_data, parse
from fmcatalog.views.api import API, CALLS, FORMS

ROOT = Path(__file__).resolve().parents[2]
ROOTS = {"real": ROOT, "toy": ROOT / "tests" / "data" / "toy"}


@pytest.fixture(scope="module", params=ROOTS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOTS[request.param]).catalog


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> dict[str, Any]:
    return {
        artifact.uri: json.loads(artifact.content)
        for artifact in export.api(catalog)
        if artifact.uri.startswith(API)
    }


def closed(value: Any) -> Any:
    """Forbids every key that a schema does not describe: the published ones are open."""
    if isinstance(value, list):
        return [closed(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    found = {key: closed(inner) for key, inner in value.items()}
    if isinstance(value.get("properties"), dict) and "type" in value:
        found["unevaluatedProperties"] = False
    return found


def answer_of(uri: str) -> str:
    for call in CALLS:
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(API + call.path))
        if re.fullmatch(pattern, uri):
            return call.answer
    raise AssertionError(f"{uri} is described nowhere")


def test_every_answer_keeps_its_schema_and_says_nothing_else(files: dict[str, Any]) -> None:
    known = ("schemas/", "openapi.json")
    answers = {u: a for u, a in files.items() if not u.removeprefix(API).startswith(known)}
    seen = set()
    for uri, answer in answers.items():
        kind = answer_of(uri)
        seen.add(kind)
        schema = files[f"{API}schemas/{kind}.schema.json"]
        jsonschema.Draft202012Validator.check_schema(schema)
        for one in (schema, closed(schema)):
            errors = jsonschema.Draft202012Validator(one).iter_errors(answer)
            assert [f"{e.json_path}: {e.message[:100]}" for e in errors] == [], uri
    assert seen == {call.answer for call in CALLS}


@pytest.mark.parametrize(
    ("uri", "spoilt"),
    [
        ("models.json", {"models": [{"id": "x"}]}),
        ("models.json", {"count": "7"}),
        ("taxonomy.json", {"families": [{"id": "x"}]}),
        ("statistics.json", {"models": None}),
        ("changes.json", {"changes": [{"id": "x"}]}),
    ],
)
def test_a_schema_can_say_no(uri: str, spoilt: dict[str, Any], files: dict[str, Any]) -> None:
    schema = files[f"{API}schemas/{answer_of(API + uri)}.schema.json"]
    assert not jsonschema.Draft202012Validator(schema).is_valid({**files[API + uri], **spoilt})


def test_a_reader_of_today_takes_the_keys_of_tomorrow(files: dict[str, Any]) -> None:
    schema = files[f"{API}schemas/changes.schema.json"]
    assert "additionalProperties" not in json.dumps(schema)
    later = {**files[f"{API}changes.json"], "new_key": 1}
    assert jsonschema.Draft202012Validator(schema).is_valid(later)


def test_the_description_is_valid_openapi_of_every_address(
    catalog: Catalog, files: dict[str, Any]
) -> None:
    described = files[f"{API}openapi.json"]
    validate(described)
    assert described["openapi"].startswith("3.1.")
    assert set(described["paths"]) == {f"/{call.path}" for call in CALLS}
    schemas = described["components"]["schemas"]
    for call in CALLS:
        got = described["paths"][f"/{call.path}"]["get"]["responses"]["200"]["content"]
        name = got["application/json"]["schema"]["$ref"].rpartition("/")[2]
        alone = files[f"{API}schemas/{call.answer}.schema.json"]
        assert alone["$ref"] == f"#/$defs/{name}"
        moved = json.dumps(alone["$defs"][name]).replace("#/$defs/", "#/components/schemas/")
        assert json.loads(moved) == schemas[name]


def test_a_linter_has_nothing_to_say_of_the_description(
    files: dict[str, Any], tmp_path: Path
) -> None:
    linter = ROOT / "tests/browser/node_modules/.bin/redocly"
    if not linter.is_file() or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("no Redocly CLI: npm ci in tests/browser brings it")
        pytest.skip("no Redocly CLI: npm ci in tests/browser brings it")
    (tmp_path / "openapi.json").write_text(json.dumps(files[f"{API}openapi.json"]))
    command = [str(linter), "lint", "--extends=recommended-strict", "--format=json"]
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    done = subprocess.run(
        [*command, "openapi.json"],
        cwd=tmp_path,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout)["problems"] == []
    assert done.returncode == 0, done.stderr


def test_models_come_back_from_json_as_they_were(catalog: Catalog) -> None:
    content = export.to_json(catalog)
    again = from_json(content)
    assert again == dict(catalog.models)
    assert export.to_json(Catalog.of(again)) == content


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"models": 1}', b'{"models": [{}]}', b"{"])
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="is not models"):
        from_json(content)


def test_the_page_shows_the_forms_that_the_api_gives() -> None:
    for form in FORMS:
        if form.json.startswith("{"):
            said = json.loads(form.json)
            assert as_data(parse(form.text), said.get("unit", "")) == said


def test_a_quantity_keeps_the_text_as_written_and_says_its_unit(catalog: Catalog) -> None:
    assert as_data(parse("224×224"), "pixels") == {
        "text": "224×224",
        "form": "exact",
        "value": [224, 224],
        "unit": "pixels",
    }
    units = {"gpu_memory_gb": "GB", "gpu_hours": "GPU hours", "input_size": "pixels"}
    for model in json.loads(export.to_json(catalog))["models"]:
        for stage in model["training"] if isinstance(model.get("training"), list) else ():
            for key, unit in units.items():
                if isinstance(stage.get(key), dict):
                    assert stage[key]["unit"] == unit
            for key in ("gpu_count", "batch_size", "epochs"):
                assert "unit" not in stage.get(key, {})
