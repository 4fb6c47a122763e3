"""The survey's tables and its taxonomy for LaTeX, of any models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fmcatalog.catalog import Catalog
from fmcatalog.records import TABLE2_COLUMNS
from fmcatalog.rules.reconciliation import ABSENT, record_cell

_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    **{sign: rf"\{sign}" for sign in "{}&%$#_"},
    # What pdfLaTeX does not know by itself.
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "≈": r"$\approx$",
    "×": r"$\times$",
    "±": r"$\pm$",
    "→": r"$\to$",
    "α": r"$\alpha$",
    "β": r"$\beta$",
    "µ": r"$\mu$",
    "μ": r"$\mu$",
}

_HEAD = """\
% Made by fmcatalog. In the preamble: \\usepackage[T1]{fontenc}, \\usepackage{booktabs},
% \\usepackage{longtable}, \\usepackage{tikz}. The keys of \\cite are those of
% "fmcatalog list --format bibtex" with the same options. Scripts other than Latin need LuaLaTeX.
% Table 2 is wide: 160 mm of text, or landscape. In it, - is not reported, an empty cell does
% not apply, ? was not looked up.
"""

_TITLES = (
    "No.",
    "Family",
    "Group",
    "Model",
    "GPU",
    "Cards",
    "GB each",
    "GB in all",
    "GPU hours",
    "Input",
    "Batch",
    "Epochs",
)


def to_latex(catalog: Catalog, ids: Sequence[str] | None = None) -> bytes:
    """Writes models as the survey's Table 1, its Table 2 and its taxonomy, to be put into a paper.

    Models stand by group; within one they keep the order they were given in.
    """
    order = {id: place for place, id in enumerate(catalog.terms.get("category", {}))}
    chosen = sorted(
        catalog.models if ids is None else ids,
        key=lambda id: order.get(catalog.models[id].category, len(order)),
    )
    parts = [_HEAD, *_ideas(catalog, chosen), *_hardware(catalog, chosen), *_tree(catalog, chosen)]
    return "\n".join(parts).encode()


def _ideas(catalog: Catalog, ids: Sequence[str]) -> Iterator[str]:
    yield "% Table 1: core ideas and use cases"
    yield r"{\footnotesize"
    columns = "".join(rf"p{{.{share}\textwidth}}" for share in (14, 17, 33, 24))
    yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
    yield from _heads("Group", "Model", "Core ideas", "Use cases")
    for id in ids:
        model = catalog.models[id]
        term = catalog.term("category", model.category)
        cells = (
            tex(term.label if term else model.category),
            rf"{tex(model.name)}~\cite{{{id}}}",
            " ".join(_sentence(text) for text in model.key_ideas or ()),
            " ".join(_sentence(text) for text in model.use_cases or ()),
        )
        yield " & ".join(cells) + r" \\"
    yield from (r"\bottomrule", r"\end{longtable}}", "")


def _hardware(catalog: Catalog, ids: Sequence[str]) -> Iterator[str]:
    yield "% Table 2: hardware and training"
    yield r"{\scriptsize\setlength{\tabcolsep}{2.5pt}"
    wide = {share: rf"p{{.{share:02}\textwidth}}" for share in (8, 9, 12, 13)}
    columns = "rl" + wide[12] + wide[12] + wide[13] + "rrr" + wide[8] + wide[9] * 2 + wide[8]
    yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
    yield from _heads(*_TITLES)
    for number, id in enumerate(ids, start=1):
        found = [record_cell(catalog, id, number, column) for column in TABLE2_COLUMNS]
        yield " & ".join("?" if text == ABSENT else tex(text) for text in found) + r" \\"
    yield from (r"\bottomrule", r"\end{longtable}}", "")


def _tree(catalog: Catalog, ids: Sequence[str]) -> Iterator[str]:
    """Draws families, groups and models with TikZ: a line a model, terms at mid-height."""
    nodes: list[str] = []
    edges: list[str] = []
    line = 0

    def model(id: str) -> float:
        nonlocal line
        line += 1
        text = rf"{tex(catalog.models[id].name)}~\cite{{{id}}}"
        nodes.append(_node(f"m-{id}", 3, line, text))
        return line

    def term(id: str) -> float:
        depth = 1 + len(catalog.broader("category", id))
        own = [m for m in ids if catalog.models[m].category == id]
        below = [t for t in catalog.narrower("category", id) if _holds(catalog, t, ids)]
        heights = [*map(term, below), *map(model, own)]
        height = (heights[0] + heights[-1]) / 2
        nodes.append(_node(f"t-{id}", depth, height, tex(catalog.terms["category"][id].label)))
        edges.extend(_edge(f"t-{id}", child) for child in (f"t-{t}" for t in below))
        edges.extend(_edge(f"t-{id}", child) for child in (f"m-{m}" for m in own))
        return height

    for id, found in catalog.terms.get("category", {}).items():
        if found.broader is None and _holds(catalog, id, ids):
            term(id)
    yield "% The taxonomy"
    yield r"{\scriptsize"
    yield r"\begin{tikzpicture}[x=38mm, y=-4.2mm, every node/.style={anchor=west, inner sep=1pt}]"
    yield from (*nodes, *edges)
    yield from (r"\end{tikzpicture}}", "")


def _holds(catalog: Catalog, term: str, ids: Sequence[str]) -> bool:
    return not set(ids).isdisjoint(catalog.members("category", term))


def _node(name: str, column: int, line: float, text: str) -> str:
    return rf"\node ({name}) at ({column}, {line:g}) {{{text}}};"


def _edge(parent: str, child: str) -> str:
    return rf"\draw[gray] ({parent}.east) -- ([xshift=-3mm]{child}.west) -- ({child}.west);"


def _heads(*titles: str) -> Iterator[str]:
    yield from (r"\toprule", " & ".join(titles) + r" \\", r"\midrule", r"\endhead")


def _sentence(text: str) -> str:
    written = tex(text)
    return written if written.endswith((".", "!", "?")) else f"{written}."


def tex(text: str) -> str:
    """Writes any text as LaTeX that says the same."""
    return "".join(_SIGNS.get(sign, sign) for sign in " ".join(text.split()))
