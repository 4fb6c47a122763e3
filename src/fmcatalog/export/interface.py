"""What the API promises: its addresses, the schemas of its answers, as JSON Schema and OpenAPI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fmcatalog import __version__
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.export.answers import SCHEMA_VERSION, json_bytes
from fmcatalog.records.answers import definitions
from fmcatalog.views.api import API, CALLS, PROMISE, Call
from fmcatalog.views.linked import LICENCE


def interface(catalog: Catalog) -> Iterator[Artifact]:
    """Makes the schema of each answer, and the description of the whole."""
    names, shapes = definitions()
    for kind, name in names.items():
        yield Artifact(f"{API}schemas/{kind}.schema.json", json_bytes(_schema(name, shapes)))
    yield Artifact(f"{API}openapi.json", json_bytes(_openapi(catalog, names, shapes)))


def _schema(name: str, shapes: dict[str, Any]) -> dict[str, Any]:
    """Gives a schema that stands alone: with those it refers to, and no others."""
    needed: dict[str, Any] = {}
    open_ = [name]
    while open_:
        one = open_.pop()
        if one not in needed:
            needed[one] = shapes[one]
            open_ += _references(shapes[one])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/$defs/{name}",
        "$defs": dict(sorted(needed.items())),
    }


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _openapi(catalog: Catalog, names: dict[str, str], shapes: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "fmcatalog",
            "version": SCHEMA_VERSION,
            "summary": "Foundation models in medical imaging, as static JSON.",
            "description": f"Plain files: no key, no limit, GET only. {PROMISE}",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
            "x-data-version": __version__,
        },
        # Relative to where this file is found, so that a copy elsewhere describes itself.
        "servers": [{"url": ".", "description": "The folder that this description stands in."}],
        "security": [],
        "tags": [{"name": "v1", "description": "The catalog, version 1 of its form."}],
        "paths": {f"/{call.path}": {"get": _operation(catalog, call, names)} for call in CALLS},
        "components": {"schemas": _moved(shapes)},
    }


def _operation(catalog: Catalog, call: Call, names: dict[str, str]) -> dict[str, Any]:
    answer = {"$ref": f"#/components/schemas/{names[call.answer]}"}
    missing = {"text/html": {"schema": {"type": "string"}}}
    operation: dict[str, Any] = {
        "operationId": call.answer,
        "summary": call.summary,
        "description": call.about,
        "tags": ["v1"],
        "responses": {
            "200": {
                "description": call.summary,
                "content": {"application/json": {"schema": answer}},
            },
            "404": {"description": "It is not there.", "content": missing},
        },
    }
    if call.parameter:
        operation["parameters"] = [
            {
                "name": call.parameter,
                "in": "path",
                "required": True,
                "description": call.values,
                "schema": {"type": "string", **_values(catalog, call)},
            }
        ]
    return operation


def _values(catalog: Catalog, call: Call) -> dict[str, Any]:
    offered: dict[str, dict[str, Any]] = {
        "id": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "facet": {"enum": list(catalog.vocabularies)},
        "survey": {"enum": list(catalog.surveys)},
    }
    return {key: values for key, values in offered[call.parameter].items() if values}


def _moved(value: Any) -> Any:
    """Points references to where OpenAPI keeps schemas."""
    if isinstance(value, dict):
        return {
            key: inner.replace("#/$defs/", "#/components/schemas/")
            if key == "$ref" and isinstance(inner, str)
            else _moved(inner)
            for key, inner in value.items()
        }
    return [_moved(inner) for inner in value] if isinstance(value, list) else value


__all__ = ["Call", "interface"]
