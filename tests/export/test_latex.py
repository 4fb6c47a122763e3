"""The survey's tables and taxonomy, made again from the records."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.export import to_bibtex, to_latex
from fmcatalog.export.latex import tex
from fmcatalog.records import TABLE2_COLUMNS
from fmcatalog.rules import reconciliation

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT).catalog


def rows(latex: str, table: str) -> list[list[str]]:
    body = latex.split(f"% {table}:")[1].split("\\endhead\n")[1].split("\\bottomrule", 1)[0]
    lines = [line.removesuffix(r" \\") for line in body.splitlines()]
    return [[plain(cell) for cell in re.split(r" (?<!\\)& ?", line)] for line in lines]


def plain(cell: str) -> str:
    for written, sign in (("textless", "<"), ("textgreater", ">"), ("textasciitilde", "~")):
        cell = cell.replace(f"\\{written}{{}}", sign)
    return re.sub(r"\\([&%$#_{}])", r"\1", cell).strip()


def test_table_2_made_again_equals_the_transcript(real: Catalog) -> None:
    survey = real.surveys["azad-2023"]
    ids = [reconciliation.by_name(real, row.short_name) for row in survey.table2]
    made = rows(to_latex(real, [id for id in ids if id]).decode(), "Table 2")
    right = {
        (cell.row, cell.column): cell.right
        for erratum in survey.errata
        for cell in erratum.cells or ()
        if cell.right is not None
    }
    compared = 0
    for number, (cells, row) in enumerate(zip(made, survey.table2, strict=True), start=1):
        for cell, column in zip(cells, TABLE2_COLUMNS, strict=True):
            wanted = right.get((number, column), getattr(row, column))
            assert reconciliation._read(real, column, cell) == reconciliation._read(
                real, column, wanted
            ), (number, column)
            compared += 1
    assert compared == 25 * 12


def test_every_table_and_the_tree_hold_the_chosen_models_and_no_other(real: Catalog) -> None:
    ids = real.members("modality", "ct")
    text = to_latex(real, ids).decode()
    assert len(rows(text, "Table 1")) == len(rows(text, "Table 2")) == len(ids)
    table, tree = text.split("% The taxonomy")
    assert sorted(re.findall(r"\\cite{([^}]+)}", table)) == sorted(ids)
    assert sorted(re.findall(r"\\cite{([^}]+)}", tree)) == sorted(ids)
    nodes = re.findall(r"\\node \(([^)]+)\)", tree)
    ends = re.findall(r"\(([mt]-[^.)]+)\.east\).*\(([mt]-[^.)]+)\.west\);", tree)
    assert {name for pair in ends for name in pair} == set(nodes)
    roots = [term.id for term in real.vocabularies["category"].terms if term.broader is None]
    assert len(ends) == len(nodes) - sum(f"t-{root}" in nodes for root in roots)


def test_no_text_is_a_command() -> None:
    assert tex("100% of\n_a_ & {b} \\input #1 $x$ ~^ <c>") == (
        r"100\% of \_a\_ \& \{b\} \textbackslash{}input \#1 \$x\$ "
        r"\textasciitilde{}\textasciicircum{} \textless{}c\textgreater{}"
    )


def has(package: str) -> bool:
    if shutil.which("kpsewhich") is None:
        return False
    return subprocess.run(["kpsewhich", package], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not has("longtable.sty"), reason="no LaTeX here")
def test_the_whole_catalog_typesets_with_its_papers(real: Catalog, tmp_path: Path) -> None:
    (tmp_path / "models.bib").write_bytes(to_bibtex(real))
    text = to_latex(real).decode()
    drawn = has("tikz.sty")
    if not drawn:
        text = text.split("% The taxonomy")[0]
    packages = ["booktabs", "longtable", *(["tikz"] if drawn else [])]
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\\usepackage[T1]{fontenc}"
        + "".join(f"\\usepackage{{{package}}}" for package in packages)
        + f"\\begin{{document}}\n{text}\\bibliographystyle{{plain}}\\bibliography{{models}}"
        + "\\end{document}\n",
        encoding="utf-8",
    )
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper"]
    for command in (latex, ["bibtex", "paper"], latex):
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, check=False, encoding="latin-1"
        )
        assert done.returncode == 0, done.stdout[-1500:]
        assert "Missing character" not in done.stdout
