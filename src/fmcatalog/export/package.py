"""The catalog as a data package: ``datapackage.json``, which says what each column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fmcatalog import __version__
from fmcatalog.artifacts import Artifact
from fmcatalog.export.answers import json_bytes
from fmcatalog.export.tables import CSV_COLUMNS, LISTS, STAGED, TRAINING_COLUMNS
from fmcatalog.records import Missing
from fmcatalog.records.schemas import schema
from fmcatalog.views.data import MAINTAINERS, TITLE
from fmcatalog.views.files import FILES, MEDIA
from fmcatalog.views.linked import LICENCE

PLACE = "datapackage.json"

_TEXTS = {
    "id": "Id of the model, for ever.",
    "venue": "Where the version of record appeared; empty for a preprint.",
    "year": "Year of publication there.",
    "arxiv": "arXiv identifier.",
    "doi": "DOI of the version of record.",
    "paper": "Address of the paper.",
    "code": "Address of the authors' code.",
    "weights": "Address of the trained weights.",
    "licence_code": "Licence of the code.",
    "licence_weights": "Licence of the weights.",
    "tier": "How far the record was checked: surveyed, reviewed or listed.",
    "model": "Id of the model, as in models.csv.",
    "number": "Which stage of the model it is, from 1.",
}
"""Columns that no key of a record describes."""


PUBLISHED = frozenset(file.path for file in FILES)
"""Paths of the files that are described."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a file's content: its bytes, and their SHA-256 in hexadecimal digits."""

    size: int
    digest: str

    @classmethod
    def of(cls, artifact: Artifact) -> Described:
        """Looks at a file."""
        return cls(len(artifact.content), sha256(artifact.content).hexdigest())


def package(described: Mapping[str, Described]) -> Artifact:
    """Describes the published files.

    Args:
        described: Path → content; files that are not there are left out.
    """
    resources, tables = [], _tables()
    for file in FILES:
        if file.path in described:
            content = described[file.path]
            name = file.path.replace("/", "-").replace(".", "-").lower()
            resource: dict[str, Any] = {
                "name": {"models.csv": "models", "training.csv": "training"}.get(file.path, name),
                "title": file.label,
                "description": file.note,
                "path": file.path,
                # Not read as a table, but for the two that say what their columns are.
                "type": "file",
                "format": file.path.rpartition(".")[2],
                "mediatype": MEDIA[file.format],
                "bytes": content.size,
                "hash": f"sha256:{content.digest}",
            }
            resources.append(resource | tables.get(file.path, {}))
    return Artifact(
        PLACE,
        json_bytes(
            {
                "profile": "data-package",
                "name": "fmcatalog",
                "title": TITLE,
                "version": __version__,
                "licenses": [{"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": LICENCE}],
                "contributors": [{"title": MAINTAINERS, "role": "author"}],
                "keywords": ["foundation models", "medical imaging", "survey"],
                "resources": resources,
            }
        ),
    )


def _fields(columns: Sequence[str], shape: Mapping[str, Any]) -> list[dict[str, Any]]:
    described = {key: part.get("description", "") for key, part in shape["properties"].items()}
    fields = []
    for column in columns:
        about = " ".join((_TEXTS.get(column) or described[column]).split())
        if column in LISTS:
            about += " Joined by '; '."
        if column in STAGED and "stage" not in columns:
            about += " One value a training stage, joined by '; '."
        field: dict[str, Any] = {"name": column, "type": "string", "description": about}
        if column in {"year", "number"}:
            field["type"] = "integer"
        if column == "published":
            field["constraints"] = {"pattern": "[0-9]{4}-[0-9]{2}(-[0-9]{2})?"}
        fields.append(field)
    return fields


def _tables() -> dict[str, dict[str, Any]]:
    record = schema("model")
    stage = {"properties": record["properties"] | record["$defs"]["Stage"]["properties"]}
    models, training = _fields(CSV_COLUMNS, stage), _fields(TRAINING_COLUMNS, stage)
    for field in (*models[:3], *training[:3]):
        field["constraints"] = {"required": True}
    models[0]["constraints"]["unique"] = True
    table = {
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
    }
    words = ", ".join(str(missing) for missing in Missing)
    about = f"{words} stand in place of a value; an empty cell was not looked up."
    return {
        "models.csv": {
            **table,
            "schema": {"description": about, "fields": models, "primaryKey": ["id"]},
        },
        "training.csv": {
            **table,
            "schema": {
                "description": about,
                "fields": training,
                "primaryKey": ["model", "number"],
                "foreignKeys": [
                    {
                        "fields": ["model"],
                        "reference": {"resource": "models", "fields": ["id"]},
                    }
                ],
            },
        },
    }


__all__ = ["PLACE", "PUBLISHED", "Described", "package"]
