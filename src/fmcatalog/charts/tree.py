"""The taxonomy as a drawing, by hand: families, their groups, how many models each holds.

Families are told apart by form as well as colour. A family of textual prompts stands in a rounded
frame with a line of speech in it, one of visual prompts in a square frame with a marked region: a
point and a box, which is what such a model is given. Where nothing is asked, the frame has its
corners cut, and a picture becomes features by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from fmcatalog.charts.ink import Element, colour, frame, link, number, shape, text
from fmcatalog.charts.marks import Node, Shape, count_text

WIDTH = 560.0
FAMILY_X = 0.0
FAMILY_WIDTH = 172.0
FAMILY_HEIGHT = 92.0
GROUP_X = 232.0
HEAD = 29.0
"""Room of a group without its signs: its name, and some air."""
GAP = 22.0
UNIT = 13.0
"""Room of the sign that stands for one model, where all groups fit into a line each."""
SMALL_UNIT = 10.0
"""The same where a group takes several lines."""
ROOM = WIDTH - GROUP_X - 16


def tree(chart_id: str, title: str, nodes: Sequence[Node], *, signs: bool = True) -> str:
    """Draw families on the left, their groups on the right with one sign a model.

    Args:
        chart_id: Id of the drawing.
        title: Name of the drawing.
        nodes: Families with their groups as children.
        signs: One sign a model; otherwise a bar a group, for more than anybody counts.
    """
    drawn: list[Element | str] = []
    top = 2.0
    most = max((child.count for node in nodes for child in node.children), default=0) or 1
    draw = _signs(most) if signs else _bars(most)
    for node in nodes:
        groups = [draw(child) for child in node.children]
        heights = [HEAD + tall for _, tall in groups]
        height = max(sum(heights), FAMILY_HEIGHT)
        start = top + (height - sum(heights)) / 2
        tops = [start + sum(heights[:place]) for place in range(len(heights))]
        drawn.extend(_branch(top + height / 2, at + HEAD / 2 + 2) for at in tops)
        drawn.append(_family(node, top + height / 2))
        for child, at, tall, (signed, _) in zip(node.children, tops, heights, groups, strict=True):
            drawn.append(_group(child, at, tall, signed))
        top += height + GAP
    return frame(chart_id, title, WIDTH, max(top - GAP, 0) + 2, drawn)


Draw = Callable[[float], list[Element | str]]
"""Draws the models of a group from a height on."""
Plan = Callable[[Node], tuple[Draw, float]]
"""Gives what draws a group, and how tall that is."""


def _bars(most: int) -> Plan:
    return lambda node: (partial(_bar, node, most), UNIT)


def _signs(most: int) -> Plan:
    unit = UNIT if most <= ROOM / UNIT else SMALL_UNIT
    line = int(ROOM / unit)
    return lambda node: (
        partial(_rows, node, unit, line),
        max(math.ceil(node.count / line), 1) * unit,
    )


def _rows(node: Node, unit: float, line: int, top: float) -> list[Element | str]:
    size = unit * 0.77
    paint = colour(node.colour)
    return [
        shape(
            node.shape,
            GROUP_X + size / 2 + place % line * unit,
            top + unit / 2 + place // line * unit,
            size,
            paint,
        )
        for place in range(node.count)
    ]


def _bar(node: Node, most: int, top: float) -> list[Element | str]:
    attributes = {"x": GROUP_X, "y": top + 1, "width": ROOM * node.count / most, "height": UNIT - 4}
    written = {key: number(value) for key, value in attributes.items()}
    return [Element("rect", written | {"fill": colour(node.colour)})]


def _family(node: Node, middle: float) -> Element:
    top = middle - FAMILY_HEIGHT / 2
    paint = _family_paint(node)
    words: list[Element | str] = [
        text(FAMILY_X + 14, top + 54, node.label, size=14, font_weight="600"),
        text(FAMILY_X + 14, top + 75, _models(node.count), size=12.5),
    ]
    looks = {"fill": "var(--fm-panel)", "stroke": paint, "stroke-width": "1.6"}
    sign = _SIGNS[node.shape](FAMILY_X + 14, top + 12, paint)
    return link(node.url, _name(node), [_frame(node, top, looks), *sign, *words])


def _family_paint(node: Node) -> str:
    return "currentColor" if node.shape == "other" else f"var(--fm-{node.shape})"


def _frame(node: Node, top: float, looks: dict[str, str]) -> Element:
    left, right, foot = FAMILY_X + 1, FAMILY_X + FAMILY_WIDTH - 1, top + FAMILY_HEIGHT
    if node.shape == "vision":
        cut = 14.0
        corners = (
            *((left + cut, top), (right - cut, top), (right, top + cut), (right, foot - cut)),
            *((right - cut, foot), (left + cut, foot), (left, foot - cut), (left, top + cut)),
        )
        points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
        return Element("polygon", {"points": points, **looks})
    place = {"x": left, "y": top, "width": right - left, "height": foot - top}
    rounded = {"rx": "16" if node.shape == "textual" else "0"}
    return Element("rect", {key: number(at) for key, at in place.items()} | rounded | looks)


def _speech(left: float, top: float, paint: str) -> list[Element | str]:
    """What a model of words is given: two lines of them."""
    place = {"x": number(left), "height": "4", "rx": "2", "fill": paint}
    return [
        Element("rect", {**place, "y": number(top + 4 + line * 9), "width": width})
        for line, width in enumerate(("58", "40"))
    ]


def _marked(left: float, top: float, paint: str) -> list[Element | str]:
    """What a model of marks is given: a region with a point and a box."""
    place = {"x": number(left), "y": number(top - 2), "width": "54", "height": "28"}
    looks = {"fill": "none", "stroke": paint, "stroke-width": "1.4", "stroke-dasharray": "4 3"}
    region = _region(left + 8, top + 14, paint)
    return [region, Element("rect", place | looks), shape("visual", left + 27, top + 12, 6, paint)]


def _unasked(left: float, top: float, paint: str) -> list[Element | str]:
    """What a model of pictures alone is given: a picture, which becomes features by itself."""
    place = {"x": number(left), "y": number(top - 2), "width": "46", "height": "28"}
    looks = {"fill": "none", "stroke": paint, "stroke-width": "1.4"}
    arrow = f"M{number(left + 52)} {number(top + 12)}h13m-4.5 -4.5l4.5 4.5l-4.5 4.5"
    features = [
        Element(
            "rect",
            {
                "x": number(left + 72 + place * 7),
                "y": number(top + 26 - tall),
                "width": "4",
                "height": number(tall),
                "fill": paint,
            },
        )
        for place, tall in enumerate((12.0, 24.0, 17.0, 8.0))
    ]
    return [
        _region(left + 4, top + 14, paint),
        Element("rect", place | looks),
        Element("path", {"d": arrow, **looks}),
        *features,
    ]


def _region(left: float, top: float, paint: str) -> Element:
    outline = "q4 -14 20 -12q18 1 16 12q-2 10 -18 9q-16 0 -18 -9z"
    return Element(
        "path",
        {"d": f"M{number(left)} {number(top)}{outline}", "fill": paint, "fill-opacity": "0.25"},
    )


def _nothing(_left: float, _top: float, _paint: str) -> list[Element | str]:
    """A family whose sign nobody has drawn."""
    return []


_SIGNS: Mapping[Shape, Callable[[float, float, str], list[Element | str]]] = {
    "textual": _speech,
    "visual": _marked,
    "vision": _unasked,
    "other": _nothing,
}


def _group(node: Node, top: float, tall: float, draw: Draw) -> Element:
    target = Element(
        "rect",
        {
            "x": number(GROUP_X - 6),
            "y": number(top + 1),
            "width": number(WIDTH - GROUP_X + 4),
            "height": number(tall - 2),
            "fill": "none",
            "pointer-events": "all",
        },
    )
    name = Element(
        "text",
        {"x": number(GROUP_X), "y": number(top + 18), "font-size": "13"},
        [
            Element("tspan", {"font-weight": "600"}, [node.label]),
            " ",
            Element("tspan", {"dx": "3", "fill-opacity": "0.85"}, [count_text(node.count)]),
            *([Element("tspan", {"dx": "9", "font-size": "12"}, [node.note])] if node.note else []),
        ],
    )
    return link(node.url, _name(node), [target, name, *draw(top + HEAD - 6)])


def _branch(middle: float, y: float) -> Element:
    bend = (FAMILY_WIDTH + GROUP_X) / 2
    path = (
        f"M{number(FAMILY_WIDTH)} {number(middle)}"
        f"C{number(bend)} {number(middle)} {number(bend)} {number(y)} "
        f"{number(GROUP_X - 10)} {number(y)}"
    )
    looks = {"fill": "none", "stroke": "currentColor", "stroke-opacity": "0.35"}
    return Element("path", {"d": path, **looks})


def _models(count: int) -> str:
    return f"{count} model" if count == 1 else f"{count} models"


def _name(node: Node) -> str:
    return f"{node.label}: {_models(node.count)}"
