"""JSON Schemas of the YAML files, for editors; the docstrings of the shapes are their texts."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from fmcatalog.records.base import Shape
from fmcatalog.records.model import Model
from fmcatalog.records.suppressions import Suppressions
from fmcatalog.records.survey import Errata, Survey
from fmcatalog.records.vocabulary import Vocabulary

SCHEMAS: dict[str, type[Shape]] = {
    "model": Model,
    "vocabulary": Vocabulary,
    "survey": Survey,
    "errata": Errata,
    "suppressions": Suppressions,
}
"""Kind of file → its shape; ``schemas/<kind>.schema.json``."""


class _Editors(GenerateJsonSchema):
    """Leaves out what a YAML file cannot hold: a key is there or is not, it is never null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        body = super().model_schema(schema)
        for shape in reversed(schema["cls"].__mro__):
            for name, said in _said(shape.__module__).get(shape.__name__, {}).items():
                body["properties"][name]["description"] = said
        return body

    def get_title_from_name(self, name: str) -> str:  # noqa: ARG002 - pydantic's signature
        return ""


@cache
def _said(module: str) -> dict[str, dict[str, str]]:
    """Gives the docstrings of keys: class → key → what stands below it.

    Read only where a schema is made: pydantic would read them whenever a shape is loaded.
    """
    if not module.startswith(__package__):
        return {}
    found: dict[str, dict[str, str]] = {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    for shape in (part for part in tree.body if isinstance(part, ast.ClassDef)):
        for key, below in pairwise(shape.body):
            match key, below:
                case ast.AnnAssign(ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                    found.setdefault(shape.name, {})[name] = inspect.cleandoc(text)
    return found


def schema(kind: str, terms: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """Gives the JSON Schema of a kind of file.

    Args:
        kind: A key of :data:`SCHEMAS`.
        terms: Facet → ids, offered by editors as completion where a record takes a term.
    """
    body = SCHEMAS[kind].model_json_schema(schema_generator=_Editors, mode="validation")
    body = _without_empty_titles(body)
    if kind == "model" and terms:
        _offer(body, terms)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body}


def described_as_written(shapes: tuple[type[Shape], ...]) -> dict[str, Any]:
    """Describes shapes as they are written to JSON, each by its name, open to keys to come."""
    maker = _Editors(by_alias=True, ref_template="#/$defs/{model}")
    _, found = maker.generate_definitions(
        [(shape, "serialization", shape.__pydantic_core_schema__) for shape in shapes]
    )
    opened: dict[str, Any] = _open(_without_empty_titles(found))
    return opened


def _open(value: Any) -> Any:
    if isinstance(value, dict):
        closed = ("additionalProperties", False)
        return {key: _open(inner) for key, inner in value.items() if (key, inner) != closed}
    return [_open(inner) for inner in value] if isinstance(value, list) else value


def _without_empty_titles(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_empty_titles(v) for k, v in value.items() if (k, v) != ("title", "")}
    return [_without_empty_titles(v) for v in value] if isinstance(value, list) else value


def _offer(body: dict[str, Any], terms: dict[str, list[str]]) -> None:
    """Replaces the form of a term by the list of terms, wherever a record takes one."""
    properties, definitions = body["properties"], body["$defs"]
    properties["category"] |= {"enum": terms.get("category", [])}
    for key, facet in (
        ("modalities", "modality"),
        ("organs", "organ"),
        ("tasks", "task"),
        ("algorithms", "algorithm"),
    ):
        _enum(properties[key], terms.get(facet, []))
    _enum(definitions["Stage"]["properties"]["gpu"], terms.get("gpu", []))
    _enum(definitions["DatasetUse"]["properties"]["dataset"], terms.get("dataset", []))
    for part in definitions["Licence"]["properties"].values():
        _enum(part, terms.get("licence", []))


def _enum(place: dict[str, Any], ids: list[str]) -> None:
    for option in place.get("anyOf", [place]):
        target = option.get("items", option)
        if "enum" not in target and ids:
            target.pop("minLength", None)
            target.pop("maxLength", None)
            target |= {"type": "string", "enum": ids}
