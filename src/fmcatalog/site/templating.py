"""How templates become Python, for pages of which there are ten thousand.

Every value is escaped, and every name that is not there is an error. What a piece writes is HTML;
where it goes right into the page, nobody asks whether it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from fmcatalog.site.signs import escaped

Piece = Callable[..., str]
Plain = Callable[[Any], str]


class _Writer(CodeGenerator):
    """Writes the Python of a template."""

    environment: Environment
    _bare: nodes.Expr | None = None

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        piece = isinstance(node, nodes.Filter) and node.name in self.environment.pieces
        self._bare = node if piece else None
        self.write("" if piece else "(v if type(v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("" if node is self._bare else ") is Markup else environment.escaped(v))")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Writes a filter: a piece that is all of what is put out is called as it is."""
        if node is not self._bare or node.node is None:
            super().visit_Filter(node, frame)
            return
        self.write(f"environment.pieces[{node.name!r}](")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, *more: Any, **named: Any) -> None:  # noqa: N802
        """Writes a call: that of a name that all templates have needs nothing of the page."""
        whole = isinstance(node.node, nodes.Name) and node.node.name in self.environment.plain
        if not whole or len(node.args) != 1:
            super().visit_Call(node, frame, *more, **named)
            return
        self.visit(node.node, frame)
        self.write("(")
        self.visit(node.args[0], frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Writes an attribute, which is looked for nowhere else."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class Environment(jinja2.Environment):
    """The environment of all templates.

    Args:
        templates: Folder of the templates.
        pieces: Filters that give HTML, by name.
        plain: Functions of one value that every template has, by name.
    """

    code_generator_class = _Writer

    def __init__(
        self, templates: Path, pieces: Mapping[str, Piece], plain: Mapping[str, Plain]
    ) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # whoever builds again makes another environment
        )
        self.pieces, self.plain = pieces, plain
        # The environment's own, so that what templates import is made once for all pages.
        self.globals |= plain
        self.filters |= {name: _html(write) for name, write in pieces.items()}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Gives the names that a template has besides what it is rendered with."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def escaped(value: object) -> str:
        """Gives a value as it may stand in HTML."""
        return escaped(value) if type(value) is str else str(markupsafe.escape(value))


def _html(write: Piece) -> Callable[..., Markup]:
    """Lets what a piece writes pass where texts are escaped."""

    def written(*values: Any, **more: Any) -> Markup:
        # Each piece has escaped what it holds; `Markup()` would ask whether it is markup already.
        return str.__new__(Markup, write(*values, **more))

    return written
