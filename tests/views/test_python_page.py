"""The page of the Python library: its examples run, its reference is the code's own."""

from __future__ import annotations

import ast
import contextlib
import io
from pathlib import Path

import pytest

import fmcatalog
from fmcatalog.catalog import Catalog
from fmcatalog.library import Library
from fmcatalog.records import Model, PartialDate, Quantity, Stage
from fmcatalog.views import python
from fmcatalog.views.page import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("example", python.EXAMPLES, ids=[e.id for e in python.EXAMPLES])
def test_an_example_prints_what_the_page_says(
    example: python.Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(example.code, example.id, "exec"), {})
    assert out.getvalue() == example.output


def test_figure_1a_takes_five_lines_and_is_the_surveys(real: Catalog) -> None:
    (example,) = (e for e in python.EXAMPLES if e.id == "figure-1a")
    assert len(example.code.splitlines()) == 5
    said = {name: int(n) for name, n in map(str.split, example.output.splitlines())}
    assert said == dict(real.surveys["azad-2023"].survey.figure1a)


def test_everything_that_is_shown_is_there_and_is_explained(real: Catalog) -> None:
    seen = python.view(real, Settings())
    classes = {
        "Library": Library,
        "Catalog": Catalog,
        "Model": Model,
        "Stage": Stage,
        "Quantity": Quantity,
        "PartialDate": PartialDate,
    }
    ids = [entry.id for entry in seen.entries]
    for entry in seen.entries:
        assert entry.about, entry.signature
        for member in entry.members:
            ids.append(member.id)
            name = member.signature.split(".", 1)[1].split("(")[0]
            assert hasattr(classes[entry.signature], name), member.signature
            assert member.about or member.sections, member.signature
    assert len(set(ids)) == len(ids)
    assert seen.entries[0].signature.startswith("fmcatalog.load(root: ")
    assert fmcatalog.load.__doc__


def test_a_docstring_is_parted_into_its_sections() -> None:
    node = ast.parse(
        'class A:\n    def f(self, x: int, *, y: str="") -> int:\n'
        '        """Does ``it``.\n\n        At length.\n\n        Args:\n            x: One,\n'
        "                over two lines.\n            y: Another.\n\n        Returns:\n"
        '            A number.\n\n        Raises:\n            ValueError: Never.\n        """\n'
    ).body[0]
    assert isinstance(node, ast.ClassDef)
    entry = python._entry(node.body[0], "a.")  # type: ignore[arg-type]
    assert entry.signature == "a.f(x: int, *, y: str='') → int"
    assert entry.about == ((("Does ", False), ("it", True), (".", False)), (("At length.", False),))
    assert [(s.title, [(n, t[0][0]) for n, t in s.items]) for s in entry.sections] == [
        ("Args", [("x", "One, over two lines."), ("y", "Another.")]),
        ("Returns", [("", "A number.")]),
        ("Raises", [("ValueError", "Never.")]),
    ]
