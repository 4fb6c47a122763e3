"""Records that the schema admits, made up by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TERMS = st.sampled_from(["ct", "mri", "x-ray", "1-d", "null-test", "7b", "no", "on-off"])
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
DATE = st.sampled_from(["2023-10", "2023-10-05", "2024-02-29"])
LINES = st.lists(LINE, min_size=1, max_size=8, unique=True)
LIST = st.lists(TERMS, min_size=1, max_size=8, unique=True)
SOURCE = st.fixed_dictionaries(
    {
        "fields": st.lists(st.sampled_from(["title", "links.code", "training"]), min_size=1),
        "source": st.sampled_from(["azad-2023", "arxiv:2304.12306", "https://github.com/a/b#c"]),
        "accessed": DATE,
    },
    optional={"locator": LINE, "note": PROSE},
)
STAGE = st.fixed_dictionaries(
    {"stage": st.sampled_from(["pre-training", "fine-tuning"])},
    optional={"gpu": TERMS | MISSING, "gpu_count": COUNT | MISSING, "epochs": COUNT},
)
RECORDS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "name": LINE,
        "title": LINE,
        "authors": st.lists(LINE, min_size=1, max_size=12),
        "published": DATE,
        "category": TERMS,
        "sources": st.lists(SOURCE, min_size=1, max_size=3),
    },
    optional={
        "aliases": LINES,
        "venue": st.fixed_dictionaries(
            {"name": LINE, "year": st.just("2024")}, optional={"volume": LINE, "pages": LINE}
        ),
        "identifiers": st.fixed_dictionaries(
            {}, optional={"arxiv": st.just("2304.10300"), "pubmed": st.just("36109605")}
        ),
        "links": st.fixed_dictionaries(
            {}, optional={"paper": st.just("https://x.org/?a=b#c") | MISSING, "code": MISSING}
        ),
        "modalities": LIST | MISSING,
        "builds_on": MISSING
        | st.lists(
            st.fixed_dictionaries({"model": st.just("sam"), "relation": st.just("adapts")}),
            min_size=1,
        ),
        "parameters": COUNT,
        "summary": PROSE,
        "key_ideas": st.lists(PROSE, min_size=1, max_size=3),
        "training": st.lists(STAGE, min_size=1, max_size=3) | MISSING,
    },
)
