"""The issue form for a new paper, made from the vocabularies, and the way back to a record."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from fmcatalog.catalog import Catalog
from fmcatalog.contribute.work import Refused, Work, by_doi
from fmcatalog.documents.layout import UNKNOWN, lay_out
from fmcatalog.records.addresses import arxiv_in, doi_in

FILE = ".github/ISSUE_TEMPLATE/new-paper.yml"
NOTHING = "_No response_"


@dataclass(frozen=True)
class Question:
    """One field of the form.

    Attributes:
        key: What it fills: a key of the record, or a dotted part of one.
        label: What the form calls it; the heading in the issue.
        help: What to write.
        kind: ``line``, ``lines`` (a list, an item a line), ``prose``, or ``terms``.
        facet: Vocabulary that its answers come from.
        required: Whether the form can be sent without it.
    """

    key: str
    label: str
    help: str
    kind: str = "line"
    facet: str = ""
    required: bool = False


QUESTIONS = (
    Question("id", "Id", "Lower-case letters, digits, hyphens: medsam", required=True),
    Question("name", "Name", "As its authors write it: MedSAM", required=True),
    Question(
        "identifiers.arxiv", "arXiv identifier", "2304.12306; enough for all of the next four"
    ),
    Question("identifiers.doi", "DOI", "Of the version of record: 10.1038/s41467-024-44824-z"),
    Question("title", "Title", "Title of the paper"),
    Question("authors", "Authors", "One a line, in order, given name first", "lines"),
    Question("published", "First public version", "YYYY-MM-DD or YYYY-MM"),
    Question("category", "Group", "Group of the taxonomy", "term", "category", required=True),
    Question("links.code", "Code", "An address, or not-reported"),
    Question("links.weights", "Weights", "An address, or not-reported"),
    Question("modalities", "Modalities", "What it works on", "terms", "modality"),
    Question("organs", "Organs", "Parts of the body", "terms", "organ"),
    Question("tasks", "Tasks", "What it was made or tested for", "terms", "task"),
    Question("algorithms", "Algorithms", "Objectives and techniques", "terms", "algorithm"),
    Question("parameters", "Parameters", "93.7M, 7B, or not-reported"),
    Question("summary", "Summary", "Two to four sentences of your own, plain text", "prose"),
    Question("key_ideas", "Key ideas", "One a line, in your own words", "lines"),
    Question("use_cases", "Use cases", "What it is good for, one a line", "lines"),
    Question("limitations", "Limitations", "Where it ends, one a line", "lines"),
    Question("locator", "Where you read it", "abstract; section 3; Table 1"),
)


def template(catalog: Catalog) -> bytes:
    """Writes the form as a forge reads it."""
    intro = (
        "Nobody expects it to be complete, only true. Leave open what you have not looked up; "
        "write not-reported where you looked and the paper does not say."
    )
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": intro}}]
    body += [_field(question, catalog) for question in QUESTIONS]
    form = {
        "name": "New paper",
        "description": "Add a foundation model in medical imaging to the catalog",
        "title": "New paper: ",
        "labels": ["new-paper"],
        "body": body,
    }
    head = "# Made by: fmcatalog export issue-form. The parser knows it by its labels.\n"
    return lay_out(head + json.dumps(form, ensure_ascii=False), UNKNOWN).encode()


def _field(question: Question, catalog: Catalog) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label, "description": question.help}
    kinds = {"line": "input", "lines": "textarea", "prose": "textarea"}
    if question.facet:
        terms = catalog.terms.get(question.facet, {})
        single = question.kind == "term"
        options = [t for t in terms if not single or not catalog.narrower(question.facet, t)]
        attributes |= {"multiple": not single, "options": options}
    field = {
        "type": kinds.get(question.kind, "dropdown"),
        "id": question.key.replace(".", "-"),
        "attributes": attributes,
    }
    return {**field, "validations": {"required": True}} if question.required else field


def answers(body: str) -> dict[str, str]:
    """Reads the body of an issue: what stands below each heading of the form.

    A heading counts only where the form has it next, so that one inside an answer is text.
    """
    found: dict[str, list[str]] = {}
    current: list[str] = []
    rest = list(QUESTIONS)
    for line in body.replace("\r\n", "\n").split("\n"):
        label = line.removeprefix("### ").strip() if line.startswith("### ") else None
        asked = next((q for q in rest if q.label == label), None)
        if asked is None:
            current.append(line)
            continue
        del rest[: rest.index(asked) + 1]
        current = found.setdefault(asked.key, [])
    said = {key: "\n".join(lines).strip() for key, lines in found.items()}
    return {key: text for key, text in said.items() if text and text != NOTHING}


def work(said: dict[str, str]) -> Work:
    """Gives what an issue says of the paper itself."""
    arxiv, doi = said.get("identifiers.arxiv", ""), said.get("identifiers.doi", "")
    # An identifier that is none stays as it is: the check says what is wrong with it.
    arxiv, doi = arxiv_in(arxiv) or arxiv, doi_in(doi) or doi
    made = Work(
        title=" ".join(said.get("title", "").split()),
        authors=tuple(_lines(said.get("authors", ""))),
        published=said.get("published", ""),
        identifiers={"arxiv": arxiv} if arxiv else {},
        source=f"arxiv:{arxiv}" if arxiv else f"doi:{doi}" if doi else "",
        locator=said.get("locator", ""),
    )
    return by_doi(made, doi) if doi else made


def beyond(said: dict[str, str]) -> dict[str, Any]:
    """Gives the values of a record that an issue adds to those of the paper."""
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        text = said.get(question.key, "")
        if not text or question.key in _OF_THE_PAPER:
            continue
        key, _, part = question.key.partition(".")
        value = _value(question, text)
        if part:
            found.setdefault(key, {})[part] = value
        else:
            found[key] = value
    return found


_OF_THE_PAPER = {"id", "title", "authors", "published", "locator"} | {
    q.key for q in QUESTIONS if q.key.startswith("identifiers.")
}


def _value(question: Question, text: str) -> Any:
    if text in {"not-reported", "not-applicable"}:
        return text
    if question.kind == "terms":
        return list(dict.fromkeys(t.strip() for t in text.split(",") if t.strip()))
    if question.kind == "lines":
        return _lines(text)
    if question.kind == "prose":
        return "\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", text))
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    plain = (re.sub(r"\A(?:[-*•]|[0-9]+[.)])\s+", "", line.strip()) for line in text.split("\n"))
    return [" ".join(line.split()) for line in plain if line]


def id_of(said: dict[str, str]) -> str:
    """Gives the id that an issue asks for.

    Raises:
        Refused: It is no issue of this form.
    """
    if "id" not in said:
        raise Refused("this is no issue of the form: it has no heading '### Id' with an answer")
    return said["id"]
