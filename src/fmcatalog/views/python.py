"""The page of the Python library, made from its docstrings and from examples that a test runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.views.page import Settings

SOURCE = Path(__file__).resolve().parents[1]

_SHOWN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("library.py", "", ("load",)),
    ("library.py", "Library", ("select", "rows", "to_pandas", "to_polars")),
    (
        "catalog/aggregate.py",
        "Catalog",
        ("terms", "term", "resolve", "broader", "narrower", "members", "tier", "unknown"),
    ),
    ("records/model.py", "Model", ("stages", "terms", "missing", "added")),
    ("records/model.py", "Stage", ("total_memory",)),
    ("records/quantities.py", "Quantity", ("exact", "sort_key", "largest", "upper", "times")),
    ("records/dates.py", "PartialDate", ("first", "quarter")),
    ("records/base.py", "Missing", ()),
)
"""Module, class, and what of it is for everybody."""

_SECTIONS = ("Args", "Attributes", "Returns", "Raises", "Example")


class Example(NamedTuple):
    """An example.

    Attributes:
        id: Its anchor.
        title: What it does.
        code: The program.
        output: What it prints; a test runs it and compares.
    """

    id: str
    title: str
    code: str
    output: str


EXAMPLES = (
    Example(
        "figure-1a",
        "Figure 1a of the survey, in five lines",
        """\
import fmcatalog
from collections import Counter
survey = fmcatalog.load().select(origin="figure-3")
for group, count in Counter(model.category for model in survey.models.values()).most_common():
    print(f"{group:15}{count:2}")
""",
        """\
contrastive    12
conversational  9
adaptation      8
generalist      6
generative      3
hybrid          2
""",
    ),
    Example(
        "small-cards",
        "What the survey's models report that were trained on cards of at most 12 GB",
        """\
import fmcatalog

small = fmcatalog.load().select(origin="figure-3", max_gpu_memory=12)
for id, model in small.models.items():
    for stage in model.stages:
        print(id, stage.gpu, stage.gpu_memory_gb, "GB,", stage.gpu_hours, "hours")
""",
        """\
cite nvidia-rtx-2080-ti 11 GB, 0.37 hours
sam-b-zss nvidia-rtx-3080 10 GB, not-reported hours
vlm-for-vqa-in-mi nvidia-gtx-1080-ti 11 GB, not-reported hours
""",
    ),
    Example(
        "quantities",
        "A quantity keeps its meaning, and nothing is read as zero",
        """\
import fmcatalog

(stage,) = fmcatalog.load().models["medsam"].stages
print(stage.gpu_count, "x", stage.gpu_memory_gb, "GB =", stage.total_memory, "GB")
print(stage.input_size, stage.input_size.largest)
print(stage.gpu_hours, repr(stage.gpu_hours))
""",
        """\
20 x 80 GB = 1600 GB
1024x1024 1048576
not-reported <Missing.NOT_REPORTED: 'not-reported'>
""",
    ),
)
"""The examples of the page."""

Said = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is code."""


class Section(NamedTuple):
    """A part of a docstring.

    Attributes:
        title: For example Args.
        items: Names with what is said of them; the name is empty for plain text.
    """

    title: str
    items: tuple[tuple[str, Said], ...]


class Entry(NamedTuple):
    """A function, a class, a method or a property.

    Attributes:
        id: Its anchor.
        signature: How it is called.
        about: What it does: one text a paragraph.
        sections: What its docstring says else.
        members: What of a class is shown.
    """

    id: str
    signature: str
    about: tuple[Said, ...]
    sections: tuple[Section, ...]
    members: tuple[Entry, ...] = ()


class PythonView(NamedTuple):
    """What the page shows.

    Attributes:
        frame: The whole catalog as a data frame, with nothing to install but pandas.
        install: How to get the library.
        examples: Programs with what they print.
        entries: What can be used.
    """

    frame: str
    install: str
    examples: tuple[Example, ...]
    entries: tuple[Entry, ...]


INSTALL = """\
pip install .                             # in a checkout; the wheel brings the catalog along
pip install '.[pandas]'                   # also polars, parquet
"""


FRAME = """\
import pandas

models = pandas.read_csv("{address}models.csv")
"""
"""All that somebody with pandas needs; without an address, for the file in the same folder."""


def view(catalog: Catalog, settings: Settings) -> PythonView:  # noqa: ARG001 - one form for all pages
    """Makes the page."""
    frame = FRAME.format(address=settings.address)
    return PythonView(frame, INSTALL, EXAMPLES, tuple(_entries()))


def _entries() -> Iterator[Entry]:
    # Read, not imported: the library stands above the pages, and its text is all that is needed.
    modules = {file: ast.parse((SOURCE / file).read_text("utf-8")) for file, _, _ in _SHOWN}
    for file, name, members in _SHOWN:
        found = _named(modules[file].body)
        if not name:
            for member in members:
                yield _entry(found[member], "fmcatalog.")
            continue
        inside = _named(found[name].body)
        shown = tuple(_entry(inside[m], f"{name.lower()}.") for m in members)
        whole = _entry(found[name], "")
        yield Entry(whole.id, whole.signature, whole.about, whole.sections, shown)


_Node = ast.FunctionDef | ast.ClassDef


def _named(body: list[ast.stmt]) -> Mapping[str, _Node]:
    return {node.name: node for node in body if isinstance(node, _Node)}


def _entry(node: _Node, prefix: str) -> Entry:
    text, sections = _parted(cleandoc(ast.get_docstring(node) or ""))
    about = tuple(_said(paragraph) for paragraph in text.split("\n\n") if paragraph)
    anchor = f"{prefix}{node.name}".replace(".", "-").replace("_", "-").lower()
    return Entry(anchor, _signature(node, prefix), about, sections)


def _signature(node: _Node, prefix: str) -> str:
    if isinstance(node, ast.ClassDef):
        return node.name
    if any(isinstance(d, ast.Name) and "property" in d.id for d in node.decorator_list):
        return f"{prefix}{node.name}"
    wanted = ast.unparse(node.args).removeprefix("self, ").removeprefix("self")
    returns = f" → {ast.unparse(node.returns)}" if node.returns else ""
    return f"{prefix}{node.name}({wanted}){returns}"


def _parted(text: str) -> tuple[str, tuple[Section, ...]]:
    """Parts a docstring in Google's style into its text and its sections."""
    parts = re.split(rf"^({'|'.join(_SECTIONS)}):\n", text, flags=re.MULTILINE)
    titles, bodies = parts[1::2], parts[2::2]
    sections = tuple(
        Section(title, tuple(_items(title, cleandoc(f"\n{body}"))))
        for title, body in zip(titles, bodies, strict=True)
        if title != "Example"
    )
    return parts[0].strip(), sections


def _items(title: str, body: str) -> Iterator[tuple[str, Said]]:
    if title == "Returns":
        yield "", _said(body)
        return
    # An item begins at the margin; what is indented goes on with it.
    for item in re.split(r"\n(?=\S)", body):
        name, _, about = item.partition(":")
        yield name.strip(), _said(about)


def _said(text: str) -> Said:
    parts = re.split(r"``?([^`]+)``?", " ".join(text.split()))
    return tuple((part, place % 2 == 1) for place, part in enumerate(parts) if part)
