"""The taxonomy as a drawing, by hand: families, their groups, how many models each holds.

Families are told apart by form as well as colour. A family of textual prompts stands in a rounded
frame with a line of speech in it, one of visual prompts in a square frame with a marked region: a
point and a box, which is what such a model is given.
"""

from __future__ import annotations

from collections.abc import Sequence

from fmcatalog.charts.ink import Element, colour, frame, link, number, shape, text
from fmcatalog.charts.marks import Node, count_text

WIDTH = 560.0
FAMILY_X = 0.0
FAMILY_WIDTH = 172.0
FAMILY_HEIGHT = 92.0
GROUP_X = 232.0
ROW = 44.0
GAP = 26.0
UNIT = 13.0
"""Width of the square or circle that stands for one model."""


def tree(chart_id: str, title: str, nodes: Sequence[Node]) -> str:
    """Draw families on the left, their groups on the right with one sign a model.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        nodes: Families with their groups as children.
    """
    drawn: list[Element | str] = []
    top = 2.0
    most = max((child.count for node in nodes for child in node.children), default=1)
    unit = min(UNIT, (WIDTH - GROUP_X - 16) / max(most, 1))
    for node in nodes:
        height = max(len(node.children) * ROW, FAMILY_HEIGHT)
        middle = top + height / 2
        drawn.extend(_branches(node, top, height))
        drawn.append(_family(node, middle))
        start = top + (height - len(node.children) * ROW) / 2
        for place, child in enumerate(node.children):
            drawn.append(_group(child, start + place * ROW, unit))
        top += height + GAP
    return frame(chart_id, title, WIDTH, max(top - GAP, 0) + 2, drawn)


def _family(node: Node, middle: float) -> Element:
    top = middle - FAMILY_HEIGHT / 2
    paint = colour(node.colour)
    box = Element(
        "rect",
        {
            "x": number(FAMILY_X + 1),
            "y": number(top),
            "width": number(FAMILY_WIDTH - 2),
            "height": number(FAMILY_HEIGHT),
            "rx": "16" if node.shape == "textual" else "0",
            "fill": "var(--fm-panel)",
            "stroke": paint,
            "stroke-width": "1.6",
        },
    )
    words: list[Element | str] = [
        text(FAMILY_X + 14, top + 54, node.label, size=14, font_weight="600"),
        text(FAMILY_X + 14, top + 75, _models(node.count), size=12.5),
    ]
    return link(node.url, _name(node), [box, *_sign(node, top + 12), *words])


def _sign(node: Node, top: float) -> list[Element | str]:
    """What the model is given: words, or a region with a point and a box."""
    paint = colour(node.colour)
    left = FAMILY_X + 14
    if node.shape == "textual":
        lengths = (58.0, 40.0)
        return [
            Element(
                "rect",
                {
                    "x": number(left),
                    "y": number(top + 4 + place * 9),
                    "width": number(length),
                    "height": "4",
                    "rx": "2",
                    "fill": paint,
                },
            )
            for place, length in enumerate(lengths)
        ]
    region = Element(
        "path",
        {
            "d": f"M{number(left + 8)} {number(top + 14)}"
            "q4 -14 20 -12q18 1 16 12q-2 10 -18 9q-16 0 -18 -9z",
            "fill": paint,
            "fill-opacity": "0.25",
        },
    )
    box = Element(
        "rect",
        {
            "x": number(left),
            "y": number(top - 2),
            "width": "54",
            "height": "28",
            "fill": "none",
            "stroke": paint,
            "stroke-width": "1.4",
            "stroke-dasharray": "4 3",
        },
    )
    return [region, box, shape("visual", left + 27, top + 12, 6, paint)]


def _group(node: Node, top: float, unit: float) -> Element:
    paint = colour(node.colour)
    middle = top + ROW / 2
    size = unit - 3
    signs = [
        shape(node.shape, GROUP_X + size / 2 + place * unit, middle + 9, size, paint)
        for place in range(node.count)
    ]
    target = Element(
        "rect",
        {
            "x": number(GROUP_X - 6),
            "y": number(top + 2),
            "width": number(WIDTH - GROUP_X + 4),
            "height": number(ROW - 4),
            "fill": "none",
            "pointer-events": "all",
        },
    )
    name = Element(
        "text",
        {"x": number(GROUP_X), "y": number(middle - 4), "font-size": "13"},
        [
            Element("tspan", {"font-weight": "600"}, [node.label]),
            " ",
            Element("tspan", {"dx": "3", "fill-opacity": "0.85"}, [count_text(node.count)]),
            *([Element("tspan", {"dx": "9", "font-size": "12"}, [node.note])] if node.note else []),
        ],
    )
    return link(node.url, _name(node), [target, name, *signs])


def _branches(node: Node, top: float, height: float) -> list[Element | str]:
    start = top + (height - len(node.children) * ROW) / 2
    middle = top + height / 2
    lines: list[Element | str] = []
    for place in range(len(node.children)):
        y = start + place * ROW + ROW / 2
        bend = (FAMILY_WIDTH + GROUP_X) / 2
        path = (
            f"M{number(FAMILY_WIDTH)} {number(middle)}"
            f"C{number(bend)} {number(middle)} {number(bend)} {number(y)} "
            f"{number(GROUP_X - 10)} {number(y)}"
        )
        lines.append(
            Element(
                "path",
                {"d": path, "fill": "none", "stroke": "currentColor", "stroke-opacity": "0.35"},
            )
        )
    return lines


def _models(count: int) -> str:
    return f"{count} model" if count == 1 else f"{count} models"


def _name(node: Node) -> str:
    return f"{node.label}: {_models(node.count)}"
