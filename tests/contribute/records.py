"""Records that the schema admits, made up by hypothesis: every key of every shape, at times."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Strategy = st.SearchStrategy[Any]

TERM = st.sampled_from(["ct", "mri", "x-ray", "1-d", "null-test", "7b", "no", "on-off"])
_ENDS = st.sampled_from(list("aZ0#'\"*&!-?:,[]{}|>%@`~.é李Ø\\/=<"))
_MIDDLE = st.text(
    alphabet=st.sampled_from(list("abc XYZ 019 #'\"*&!-?:,[]{}|>%@`~.é李Ø\\/=<")), max_size=160
)
LINE = st.builds(lambda a, b, c: a + b + c, _ENDS, _MIDDLE, _ENDS) | st.sampled_from(
    ["null", "~", "true", "1e3", "0x1F", "2304.10300", "---", "...", "- a", "a: b", "a #b", "<<"]
)
PROSE = LINE | st.builds("\n".join, st.lists(LINE, min_size=1, max_size=4))
MISSING = st.sampled_from(["not-reported", "not-applicable"])
COUNT = st.sampled_from(["8", ">1", "~1000", "50, 100", "16-128", "1 (3D), 4 (2D)", "2k"])
MEASURE = st.sampled_from(["93.7M", "7B", "0.37", ">1", "0.5-7", "1.3B (vision), 7B (text)"])
SIZE = st.sampled_from(["224x224", "96x96x96", "288x288-384x384", "512"])
DATE = st.sampled_from(["2023-10", "2023-10-05", "2024-02-29"])
ADDRESS = st.sampled_from(["https://github.com/a/b#c", "https://example.org/?a=b&c=%20#d"])
REFERENCE = ADDRESS | st.sampled_from(["azad-2023", "arxiv:2304.12306", "doi:10.1038/s41467-x"])
VALUE = st.sampled_from(["title", "links.code", "training", "training.fine-tuning.epochs"])


def few(item: Strategy, most: int = 4) -> Strategy:
    return st.lists(item, min_size=1, max_size=most)


def apart(item: Strategy, most: int = 8) -> Strategy:
    return st.lists(item, min_size=1, max_size=most, unique_by=str.casefold)


def mapping(needed: dict[str, Strategy], others: dict[str, Strategy]) -> Strategy:
    return st.fixed_dictionaries(needed, optional=others)


SHAPES: dict[str, tuple[dict[str, Strategy], dict[str, Strategy]]] = {
    "Source": (
        {"fields": apart(VALUE), "source": REFERENCE, "accessed": DATE},
        {"locator": LINE, "note": PROSE},
    ),
    "Venue": (
        {"name": LINE, "year": st.just("2024")},
        {"kind": st.sampled_from(["journal", "conference"]), "volume": LINE, "pages": LINE},
    ),
    "Identifiers": (
        {},
        {
            "arxiv": st.just("2304.10300"),
            "doi": st.sampled_from(["10.1038/s41467-024-44824-z", "10.1002/(ISSN)1097-0258;2-x"]),
            "preprint_doi": st.just("10.1101/2024.01.01"),
            "pubmed": st.just("36109605"),
        },
    ),
    "Links": (
        {},
        dict.fromkeys(("paper", "code", "weights", "demo", "data", "project"), ADDRESS | MISSING),
    ),
    "Licence": ({}, dict.fromkeys(("code", "weights", "data"), TERM | MISSING)),
    "Parent": (
        {
            "model": st.sampled_from(["sam", "gpt-4"]),
            "relation": st.sampled_from(["adapts", "fine-tuned-from", "uses-frozen"]),
        },
        {},
    ),
    "DatasetUse": (
        {"dataset": TERM, "use": st.sampled_from(["pre-training", "evaluation"])},
        {},
    ),
    "Stage": (
        {"stage": st.sampled_from(["pre-training", "fine-tuning", "inference"])},
        {
            "gpu": TERM | MISSING,
            "gpu_count": COUNT | MISSING,
            "gpu_memory_gb": st.sampled_from(["80", "24, 48", ">16"]) | MISSING,
            "total_gpu_memory_gb": st.just("640") | MISSING,
            "gpu_hours": st.sampled_from(["1024", "0.5", "~3000"]) | MISSING,
            "input_size": SIZE | MISSING,
            "sequence_length": st.sampled_from(["512", "77, 256", "2k"]) | MISSING,
            "batch_size": COUNT | MISSING,
            "epochs": COUNT | MISSING,
            "iterations": COUNT | MISSING,
        },
    ),
    "Correction": (
        {"date": DATE, "field": VALUE, "old": PROSE, "new": PROSE, "reason": PROSE},
        {"source": REFERENCE},
    ),
}


def shape(name: str) -> Strategy:
    return mapping(*SHAPES[name])


SHAPES["Model"] = (
    {
        "name": LINE,
        "title": LINE,
        "authors": few(LINE, 12),
        "published": DATE,
        "category": TERM,
        "sources": few(shape("Source"), 3),
    },
    {
        "aliases": apart(LINE),
        "other_titles": apart(LINE, 3),
        "author_count": COUNT | MISSING,
        "reviewed": st.sampled_from(["true", "false"]),
        "venue": shape("Venue"),
        "identifiers": shape("Identifiers"),
        "links": shape("Links"),
        "licence": shape("Licence"),
        **{key: apart(TERM) | MISSING for key in ("modalities", "organs", "tasks", "algorithms")},
        "builds_on": few(shape("Parent")) | MISSING,
        "datasets": few(shape("DatasetUse")) | MISSING,
        "parameters": MEASURE | MISSING,
        "summary": PROSE,
        **{key: few(PROSE, 3) for key in ("key_ideas", "use_cases", "limitations")},
        "training": few(shape("Stage"), 3) | MISSING,
        "corrections": few(shape("Correction"), 2),
    },
)
RECORDS = shape("Model")
