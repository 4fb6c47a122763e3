"""From matplotlib's SVG file to a drawing that may stand in a page.

Taken away: prolog, metadata, the style sheet that would reach the whole page, inline styles (a
strict content policy refuses them), fonts, fixed size, link targets. Put in: the page's text
colour, series variables, ids that no second chart can share, one named link a mark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fmcatalog.charts.ink import Element, colour, frame, link

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK = "#010203"
"""Stand-in for the colour of the page's text."""
PAPER = "#010204"
"""Stand-in for the page's background."""
_SERIES = "#0103%02x"

_DROPPED = {"metadata", "style", "title", "desc", "clipPath"}
_DROPPED_ATTRIBUTES = {"target", "style", "type", "version", "clip-path"}
_DROPPED_STYLES = {"font", "font-family", "stroke-linejoin", "stroke-linecap", "stroke-miterlimit"}
_MARK = re.compile(r"mark:([0-9]+)")
_LONG_NUMBER = re.compile(r"-?[0-9]+\.[0-9]{3,}")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a mark leads, and what its link is called."""

    url: str
    name: str


def paint(index: int) -> str:
    """The stand-in for a series colour; -1 is the page's background, 0 its text."""
    if index < 0:
        return PAPER
    return _SERIES % index if index else INK


def mended(
    chart_id: str,
    title: str,
    figure: Figure,
    targets: Sequence[Target],
    above: Sequence[Element] = (),
) -> str:
    """Draw a figure and make it fit for a page.

    Args:
        chart_id: Put before every id in the drawing.
        title: Name of the drawing.
        figure: The figure, links written as ``mark:N``.
        targets: What mark N stands for.
        above: What is drawn over it, by hand.
    """
    buffer = io.BytesIO()
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(buffer, format="svg", transparent=True, metadata=metadata)
    # matplotlib's own output, made a line above from values that it has escaped
    root = ET.fromstring(buffer.getvalue())  # noqa: S314
    mender = _Mender(chart_id, targets)
    children = mender.children(root)
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    return frame(chart_id, title, width, height, [*children, *above])


class _Mender:
    """Copies matplotlib's elements, leaving out and putting in."""

    def __init__(self, chart_id: str, targets: Sequence[Target]) -> None:
        self._chart_id = chart_id
        self._targets = targets
        self._links: dict[int, Element] = {}
        self._inside_link = False

    def children(self, parent: ET.Element) -> list[Element | str]:
        """The mended children of an element, in order."""
        found: list[Element | str] = []
        if parent.text and parent.text.strip():
            found.append(parent.text)
        for child in parent:
            if isinstance(child.tag, str):
                found.extend(self._one(child))
        return found

    def _one(self, source: ET.Element) -> list[Element | str]:
        name = source.tag.rpartition("}")[2]
        if name in _DROPPED:
            return []
        if name == "a":
            return self._link(source)
        children = self.children(source)
        attributes = self._attributes(source)
        if name in {"g", "defs"}:
            if not children:
                return []
            # most groups only carry a name; one with a clip path has a purpose
            if name == "g" and not set(attributes) - {"id"}:
                return children
        if attributes.get("fill") == "none" and "stroke" not in attributes:
            if not self._inside_link:
                return []
            attributes["pointer-events"] = "all"
        if name == "text":
            attributes.setdefault("fill", "currentColor")
        return [Element(name, attributes, children)]

    def _link(self, source: ET.Element) -> list[Element | str]:
        address = next((v for k, v in source.attrib.items() if k.endswith("href")), "")
        match = _MARK.fullmatch(address)
        self._inside_link = match is not None
        children = self.children(source)
        self._inside_link = False
        if match is None:
            return children
        place = int(match[1])
        target = self._targets[place]
        made = link(target.url, target.name, children)
        known = self._links.setdefault(place, made)
        if known is not made:
            known.children.extend(made.children)
            return []
        return [made]

    def _attributes(self, source: ET.Element) -> dict[str, str]:
        attributes: dict[str, str] = {}
        for key, value in source.attrib.items():
            name = key.rpartition("}")[2]
            if name in _DROPPED_ATTRIBUTES or value.startswith("rotate(-0 "):
                continue
            attributes[name] = self._value(name, value)
        for part in source.attrib.get("style", "").split(";"):
            name, _, value = part.partition(":")
            name, value = name.strip(), value.strip()
            if name == "font":
                attributes["font-size"] = value.split()[0]
            if name and name not in _DROPPED_STYLES:
                attributes[name] = self._value(name, value)
        return attributes

    def _value(self, name: str, value: str) -> str:
        if name == "id":
            return f"{self._chart_id}-{value}"
        if name == "href" and value.startswith("#"):
            return f"#{self._chart_id}-{value[1:]}"
        if name in {"fill", "stroke"}:
            return _paint_value(value)
        if name == "d":
            value = " ".join(value.split())
        return _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}", value)


def _paint_value(value: str) -> str:
    """What a stand-in colour means."""
    if value in {INK, "#000000", "black"}:
        return "currentColor"
    if value == PAPER:
        return "var(--fm-paper)"
    if value.startswith("#0103"):
        return colour(int(value[5:], 16))
    return value
