"""Writing SVG: a small element, escaped on the way out, and the names that links carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from fmcatalog.charts.marks import SERIES_COLOURS, Shape

Attributes = dict[str, str]


@dataclass(slots=True)
class Element:
    """An SVG element that is still being put together.

    Attributes:
        name: Name without a namespace.
        attributes: In the order they are written.
        children: Elements and pieces of text.
    """

    name: str
    attributes: Attributes = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def write(self) -> str:
        """The element as text, every value escaped."""
        head = "".join([f" {key}={quoted(value)}" for key, value in self.attributes.items()])
        if not self.children:
            return f"<{self.name}{head}/>"
        body = "".join([_written(child) for child in self.children])
        return f"<{self.name}{head}>{body}</{self.name}>"


class Written(str):
    """Elements that are written already, for what a drawing has thousands of."""

    __slots__ = ()


def _written(child: Element | str) -> str:
    if isinstance(child, Element):
        return child.write()
    return child if isinstance(child, Written) else plain(child)


_SPECIAL = re.compile('[&<>"\\t\\n\\r]').search


def quoted(value: str) -> str:
    """The value of an attribute, in quotes and escaped."""
    return quoteattr(value) if _SPECIAL(value) else f'"{value}"'


def plain(text: str) -> str:
    """A text between tags, escaped."""
    return escape(text) if _SPECIAL(text) else text


@lru_cache(maxsize=1 << 12)
def number(value: float) -> str:
    """A coordinate: two decimals at most, no trailing zeros, no minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def colour(index: int) -> str:
    """The paint of a series: a variable of the style sheet; 0 is the colour of the text."""
    if index < 1:
        return "currentColor"
    return f"var(--fm-series-{(index - 1) % SERIES_COLOURS + 1})"


def text(
    x: float, y: float, content: str, *, size: float = 12, anchor: str = "start", **more: str
) -> Element:
    """A line of text; keyword names write ``_`` for ``-``."""
    attributes = {"x": number(x), "y": number(y), "font-size": number(size)}
    if anchor != "start":
        attributes["text-anchor"] = anchor
    attributes |= {key.replace("_", "-"): value for key, value in more.items()}
    return Element("text", attributes, [content])


def shape(kind: Shape, x: float, y: float, size: float, paint: str, edge: str = "") -> Written:
    """A sign centred on a point, with another paint for its edge where it has one.

    Round for textual prompts, square for visual ones, a triangle for none, else a diamond.
    """
    half = size / 2
    looks = f'fill="{paint}" stroke="{edge}"' if edge else f'fill="{paint}"'
    if kind == "textual":
        return Written(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(half)}" {looks}/>')
    if kind == "visual":
        side = size * 0.9
        place = f'x="{number(x - side / 2)}" y="{number(y - side / 2)}"'
        return Written(f'<rect {place} width="{number(side)}" height="{number(side)}" {looks}/>')
    if kind == "vision":
        foot = y + half * 0.85
        corners = [(x, y - half), (x + half * 1.05, foot), (x - half * 1.05, foot)]
    else:
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    points = " ".join([f"{number(px)},{number(py)}" for px, py in corners])
    return Written(f'<polygon points="{points}" {looks}/>')


def link(url: str, name: str, children: Sequence[Element | str]) -> Element:
    """The elements as one link with a name; only a group when there is no address."""
    spaced: list[Element | str] = []
    for child in children:
        spaced.append(child)
        if isinstance(child, Element) and child.name == "text":
            # words of two lines must not run together for those who hear them
            spaced.append(" ")
    if not url:
        return Element("g", {"role": "img", "aria-label": name}, spaced)
    return Element("a", {"href": url, "aria-label": name}, spaced)


def linked(url: str, name: str, written: str) -> Written:
    """The same for what is written already."""
    if not url:
        return Written(f'<g role="img" aria-label={quoted(name)}>{written}</g>')
    return Written(f"<a href={quoted(url)} aria-label={quoted(name)}>{written}</a>")


def titled(url: str, name: str, sign: str) -> Written:
    """A written sign as a link whose title shows the name to a pointer that rests on it."""
    return linked(url, name, f"<title>{plain(name)}</title>{sign}")


def frame(
    chart_id: str, title: str, width: float, height: float, children: Sequence[Element | str]
) -> str:
    """The outermost element: named by its title, scaled by the page."""
    title_id = f"{chart_id}-title"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id={quoted(chart_id)}'
        f' viewBox="0 0 {number(width)} {number(height)}" role="group"'
        f" aria-labelledby={quoted(title_id)}><title id={quoted(title_id)}>{plain(title)}</title>"
        f"{''.join(map(_written, children))}</svg>"
    )
