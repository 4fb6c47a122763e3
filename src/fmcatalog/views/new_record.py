"""The form for a new record: what the page says, and what its script reads.

The questions come from the JSON Schema of a record, so a key added there is asked here; the
answers offered come from the vocabularies; the layout is the one that every record has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.records import FACET_FIELDS, Model
from fmcatalog.records.schemas import schema
from fmcatalog.views.page import Settings
from fmcatalog.views.record_template import TEMPLATE

SCRIPTS = ("open", "form", "fields", "checks", "words", "quantities", "layout", "draft")
"""The modules of the form, the one that the page asks for first."""

INDEX = "assets/contribute.json"
"""What the script reads."""

_FACETS = {
    **{
        FACET_FIELDS[facet]: facet
        for facet in ("category", "modality", "organ", "task", "algorithm")
    },
    "gpu": "gpu",
    "dataset": "dataset",
}
_MISSING = {"not-applicable", "not-reported"}
_LINE, _TERM = 300, 80
_PLAIN = {"date", "year", "digits", "count", "measure", "extent"}


class Asked(NamedTuple):
    """A key of the record, for readers without scripts.

    Attributes:
        key: The key; parts are written behind a dot.
        about: What it means.
        required: Whether every record has it.
    """

    key: str
    about: str
    required: bool


@dataclass(frozen=True, slots=True)
class NewRecordView:
    """What the page shows.

    Attributes:
        template: A commented record.
        asked: Every key.
        index: Path of what the script reads.
        scripts: Paths of the modules.
        repository: Address of the repository; empty when there is none.
    """

    template: str
    asked: tuple[Asked, ...]
    index: str
    scripts: tuple[str, ...]
    repository: str


def view(catalog: Catalog, settings: Settings) -> NewRecordView:
    """Makes the page of the form."""
    return NewRecordView(
        TEMPLATE,
        tuple(_flat(fields(catalog))),
        INDEX,
        tuple(f"assets/contribute/{name}.js" for name in SCRIPTS),
        settings.repository,
    )


def _flat(asked: list[dict[str, Any]], above: str = "") -> list[Asked]:
    found = []
    for field in asked:
        needed = bool(field.get("required"))
        found.append(Asked(f"{above}{field['key']}", field["about"], needed))
        found += _flat(field.get("fields", []), f"{above}{field['key']}.")
    return found


def index(catalog: Catalog) -> dict[str, Any]:
    """Gives what the script reads: the questions, the terms, and the papers that are here."""
    return {
        "fields": fields(catalog),
        "terms": {
            facet: [
                [t.id, t.label, [w for w in (t.short_label, t.notation, *(t.aliases or ())) if w]]
                for t in vocabulary.terms
                if facet != "category" or not catalog.narrower("category", t.id)
            ]
            for facet, vocabulary in catalog.vocabularies.items()
        },
        "surveys": list(catalog.surveys),
        "papers": [_paper(id, model) for id, model in catalog.models.items()],
    }


def _paper(id: str, model: Model) -> list[Any]:
    numbers = model.identifiers
    found = [getattr(numbers, k) for k in ("arxiv", "doi", "preprint_doi")] if numbers else []
    return [
        id,
        [model.name, *(model.aliases or ())],
        [model.title, *(model.other_titles or ())],
        [number for number in found if number],
    ]


def fields(catalog: Catalog) -> list[dict[str, Any]]:
    """Gives the questions of the form, from the schema of a record, in its order."""
    body = schema("model", {facet: sorted(ids) for facet, ids in catalog.terms.items()})
    return _fields(body, body)


def _fields(body: dict[str, Any], home: dict[str, Any]) -> list[dict[str, Any]]:
    needed = home.get("required", [])
    found = []
    for key, part in home["properties"].items():
        field = _field(body, key, part)
        if key in needed:
            field["required"] = True
        found.append(field)
    return found


def _field(body: dict[str, Any], key: str, part: dict[str, Any]) -> dict[str, Any]:
    options = part.get("anyOf", [part])
    missing = any(set(option.get("enum", ())) == _MISSING for option in options)
    real = next(o for o in options if set(o.get("enum", ())) != _MISSING)
    field: dict[str, Any] = {
        "key": key,
        "about": " ".join(str(part.get("description", "")).split()),
    }
    if missing:
        field["missing"] = True
    several = real.get("type") == "array"
    raw = real["items"] if several else real
    inner = _named(body, raw)
    if "properties" in inner:
        field["kind"] = "list" if several else "group"
        field["fields"] = _fields(body, inner)
        field["flow"] = _small(field["fields"])
        return field
    field["kind"] = _kind(key, inner, own=inner is raw)
    field["plain"] = field["kind"] in _PLAIN or True in inner.get("enum", ())
    if several:
        field |= {"several": True, "flow": field["kind"] != "prose"}
    if field["kind"] == "term":
        field["facet"] = _FACETS.get(key, "licence")
    elif "enum" in inner:
        field["options"] = [str(o) for o in inner["enum"] if isinstance(o, str)]
    return field


def _small(parts: list[dict[str, Any]]) -> bool:
    """Tells whether a mapping may stand in one line: few keys, none of them long or nested."""
    return len(parts) <= 5 and not {p["kind"] for p in parts} & {
        "address",
        "prose",
        "group",
        "list",
    }


def _named(body: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Follows a reference into the definitions."""
    if "$ref" not in part:
        return part
    found: dict[str, Any] = body["$defs"][part["$ref"].rpartition("/")[2]]
    return found


def _kind(key: str, part: dict[str, Any], *, own: bool) -> str:
    """Names what a text has to be, by how the schema describes it.

    Args:
        key: Its key.
        part: Its description.
        own: Whether the description stands with the key, as lists of terms do, and those of
            the few words that the code knows do not.
    """
    pattern, examples = str(part.get("pattern", "")), part.get("examples", [""])
    signs = (
        ("choice", True in part.get("enum", ())),
        ("term", part.get("maxLength") == _TERM or (own and "enum" in part)),
        ("choice", "enum" in part),
        ("address", part.get("format") == "uri"),
        ("date", pattern.startswith("^[0-9]{4}-")),
        ("doi", pattern.startswith(r"^10\.")),
        ("slug", pattern.startswith("^[a-z0-9]+")),
        ("year", part.get("minimum") == 1900),
        ("digits", pattern.startswith("^[1-9]")),
        ("arxiv", examples == ["2304.12306"]),
        ("reference", "azad-2023" in examples),
        ("extent", "224x224" in examples),
        ("measure", "93.7M" in examples),
        ("count", "50, 100" in examples),
        ("line", part.get("maxLength") == _LINE or key == "fields"),
    )
    return next((kind for kind, holds in signs if holds), "prose")
