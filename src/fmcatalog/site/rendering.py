"""Views to HTML: every text escaped, every link written here and nowhere else.

What a page says is HTML made here, parted by headings. It reaches the site by one of two ways
that give the same bytes: filled into a frame that the engine drew once (`frames`), or through
the engine as Markdown that holds nothing but the HTML and the headings (`carrier`).
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from fmcatalog.site.drawing import draw
from fmcatalog.site.pieces import HEADING, Pieces
from fmcatalog.site.templating import Environment, Plain
from fmcatalog.views.figures import Figure
from fmcatalog.views.page import HIDDEN, SEARCH_BOOST, Page


@dataclass(frozen=True, slots=True)
class Body:
    """What a page says.

    Attributes:
        lead: HTML before the first heading.
        sections: Each heading, plain text of the template, and the HTML under it.
        targets: Paths from the top of the site that it links to.
    """

    lead: str
    sections: tuple[tuple[str, str], ...] = ()
    targets: frozenset[str] = frozenset()


def templates(root: Path) -> Path:
    """Gives the folder of the templates: the checkout's, or those that came with the package."""
    checkout = root / "templates"
    return checkout if checkout.is_dir() else Path(__file__).parent.parent / "templates"


def relative(page: str, path: str) -> str:
    """Gives the address of a path as seen from a page; both from the top of the site.

    Args:
        page: Path of the page, such as ``models/medsam/``; empty for the home page.
        path: Path aimed at, such as ``taxonomy/`` or ``models.csv``, with or without ``?query``
            and ``#part``.
    """
    if path.startswith(f"{page}#"):
        return path[len(page) :]
    return "../" * page.count("/") + path or "./"


class Renderer:
    """Writes pages through their templates: ``<kind>.html`` renders a kind of page.

    Args:
        templates: Folder of the templates.
    """

    def __init__(self, templates: Path) -> None:
        self._pieces = Pieces()
        plain: dict[str, Plain] = {"url": self._pieces.url, "draw": self._draw}
        self._template = cache(Environment(templates, self._pieces.by_name(), plain).get_template)

    def _draw(self, figure: Figure) -> Markup:
        return draw(figure, self._pieces.url)

    def forget(self) -> None:
        """Lets go of what pages share, when the last of them is written."""
        self._pieces.forget()

    def body(self, page: Page, view: object) -> Body:
        """Writes what a page says."""
        pieces = self._pieces
        pieces.begin(page.path, getattr(view, "sources", ()))
        parts = _parts(self._template(f"{page.kind}.html").generate(view=view, page=page))
        if page.data:
            own = self._template("own-data.html").render(page=page)
            parts[-1] = f"{parts[-1]}\n{own}".strip()
        return Body(
            parts[0], tuple(zip(parts[1::2], parts[2::2], strict=True)), frozenset(pieces.targets)
        )


def _parts(said: Iterable[str]) -> list[str]:
    """Parts what a template says at its headings.

    A page is not put together for it: one arrow at its end would make all of it wide.
    """
    parts: list[str] = []
    begun: list[str] = []
    for one in said:
        if HEADING in one:
            end, *between, start = str.split(one, HEADING)
            parts += ["".join([*begun, end]), *between]
            begun = [start]
        else:
            begun.append(one)
    return [part.strip() for part in (*parts, "".join(begun))]


def titled(text: str) -> str:
    """Gives a title or description as it may stand in HTML that nobody escapes after us."""
    return html.escape(" ".join(text.split()))


def boost(page: Page) -> float:
    """Gives the weight of a page in the site's search."""
    return SEARCH_BOOST.get(page.kind, 1.0) * page.weight


def carrier(page: Page, body: Body) -> str:
    """Puts a body behind its front matter, as Markdown that is HTML but for the headings.

    The theme writes title and description into its pages without escaping them, and YAML is a
    superset of JSON: so each is escaped for HTML, then quoted as JSON.
    """
    lines = [
        f"title: {_quoted(page.title)}",
        f"description: {_quoted(page.description)}",
    ]
    hidden = list(HIDDEN[page.kind])
    if page.words:
        # The engine's search weighs tags above all; it shows them as HTML, so they are escaped.
        lines.append(f"tags: [{', '.join(map(_quoted, page.words))}]")
        hidden.append("tags")  # they are words to search by, not to read
    if hidden:
        lines.append(f"hide: {json.dumps(hidden)}")
    if page.kind == "not-found":
        lines.append(f"search: {json.dumps({'exclude': True})}")  # it has no address to lead to
    if boost(page) != 1.0:
        lines.append(f"search: {json.dumps({'boost': boost(page)})}")
    parts = [body.lead, *(f"## {heading}\n\n{text}" for heading, text in body.sections)]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(titled(text), ensure_ascii=False)
