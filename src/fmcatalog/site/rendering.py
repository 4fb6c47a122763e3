"""From views to the files the engine reads: HTML from our own templates, Markdown as carrier.

No text of a record passes through Markdown or reaches the engine unescaped: the templates
escape every value, everything between two headings is one raw block of HTML, and what goes
into the front matter is escaped here, because the theme writes it out as it is.
"""

from __future__ import annotations

import html
import json
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from markupsafe import Markup

from fmcatalog.artifacts import Artifact
from fmcatalog.site.drawing import draw
from fmcatalog.views.figures import Figure
from fmcatalog.views.page import HIDDEN, SEARCH_BOOST, Page


def environment(templates: Path) -> jinja2.Environment:
    """Makes the environment: every value escaped, every name that is not there an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def relative(page: str, path: str) -> str:
    """Gives the address of a path as seen from a page; both from the top of the site.

    Args:
        page: Path of the page, such as ``models/medsam/``; empty for the home page.
        path: Path aimed at, such as ``taxonomy/`` or ``models.csv``, with or without ``?query``
            and ``#part``.
    """
    target, mark, part = path.partition("#")
    target, asked, query = target.partition("?")
    if mark and not asked and target == page:
        return f"#{part}"
    seen = posixpath.relpath(f"/{target}", f"/{page}")
    slash = "/" if (target.endswith("/") or not target) and not seen.endswith("/") else ""
    return f"{seen}{slash}{asked}{query}{mark}{part}"


def render(pages: Iterable[tuple[Page, object]], templates: Path) -> Iterator[Artifact]:
    """Writes every page as a Markdown file that carries its HTML.

    Args:
        pages: Pages with their views.
        templates: Folder of the templates; ``<kind>.html`` renders a kind of page.
    """
    jinja = environment(templates)
    for page, view in pages:
        yield Artifact(f"{page.path}index.md", carrier(page, _body(jinja, page, view)).encode())


def _body(jinja: jinja2.Environment, page: Page, view: object) -> str:
    def url(path: str) -> str:
        return relative(page.path, path)

    def drawing(figure: Figure) -> Markup:
        return draw(figure, url)

    template = jinja.get_template(f"{page.kind}.html")
    body = template.render(view=view, page=page, url=url, draw=drawing)
    if not page.data:
        return body
    return f"{body.rstrip()}\n{jinja.get_template('own-data.html').render(page=page, url=url)}"


def carrier(page: Page, body: str) -> str:
    """Puts a body behind its front matter.

    The theme writes title and description into its pages without escaping them, and YAML is a
    superset of JSON: so each is escaped for HTML, then quoted as JSON.
    """
    lines = [
        f"title: {_quoted(page.title)}",
        f"description: {_quoted(page.description)}",
    ]
    if page.words:
        # The engine's search weighs tags above all; it shows them as HTML, so they are escaped.
        lines.append(f"tags: [{', '.join(map(_quoted, page.words))}]")
    if HIDDEN[page.kind]:
        lines.append(f"hide: {json.dumps(list(HIDDEN[page.kind]))}")
    if page.kind == "not-found":
        lines.append(f"search: {json.dumps({'exclude': True})}")  # it has no address to lead to
    boost = SEARCH_BOOST.get(page.kind, 1.0) * page.weight
    if boost != 1.0:
        lines.append(f"search: {json.dumps({'boost': boost})}")
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body.strip()}\n"


def _quoted(text: str) -> str:
    return json.dumps(html.escape(" ".join(text.split())), ensure_ascii=False)
