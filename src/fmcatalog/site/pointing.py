"""What pages and style sheets point to, as it stands in them."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Point = tuple[str, str]
"""`link`, `redirect`, `mention` or `resource`, and the address."""

# What a page fetches by itself, without a click.
_FETCHED: Final = frozenset(
    {
        ("audio", "src"),
        ("body", "background"),
        ("embed", "src"),
        ("feimage", "href"),
        ("feimage", "xlink:href"),
        ("iframe", "src"),
        ("image", "href"),
        ("image", "xlink:href"),
        ("img", "src"),
        ("input", "src"),
        ("object", "data"),
        ("script", "href"),
        ("script", "src"),
        ("source", "src"),
        ("track", "src"),
        ("use", "href"),
        ("use", "xlink:href"),
        ("video", "poster"),
        ("video", "src"),
    }
)
_FETCHED_SETS: Final = frozenset({("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")})
_FETCHED_RELATIONS: Final = frozenset(
    {
        "apple-touch-icon",
        "apple-touch-icon-precomposed",
        "dns-prefetch",
        "icon",
        "manifest",
        "mask-icon",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "prerender",
        "stylesheet",
    }
)
# What a reader follows; only these bring somebody to a page.
_FOLLOWED: Final = frozenset(
    {
        ("a", "href"),
        ("a", "xlink:href"),
        ("area", "href"),
        ("button", "formaction"),
        ("form", "action"),
        ("input", "formaction"),
    }
)

# All that points somewhere, but the <a>, which is nearly all.
_TAGS: Final = sorted(
    {tag for tag, _ in _FETCHED | _FETCHED_SETS | _FOLLOWED} - {"a"}
    | {"base", "link", "meta", "style"}
)
_ids: Final = etree.XPath("/descendant::*/@id", smart_strings=False)
_names: Final = etree.XPath("/descendant::a/@name", smart_strings=False)
_links: Final = etree.XPath("/descendant::a/@href", smart_strings=False)
_drawn: Final = etree.XPath("/descendant::a[@*[name() = 'xlink:href']]")
_styled: Final = etree.XPath("/descendant::*[@style]")

_NAMED: Final = re.compile(rb"name\s*=")
_STYLED: Final = re.compile(rb"style\s*=")
_SRCSET: Final = re.compile(r"\s*([^\s,]\S*?)(?:\s+[0-9.]+[wx])?\s*(?:,\s|,?$)")
_REFRESH: Final = re.compile(r"[\s;,]*[0-9.]+[\s;,]*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)
_CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_URL: Final = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)


class Reading:
    """A page, read as a stranger would.

    Args:
        content: Its HTML.
    """

    def __init__(self, content: bytes) -> None:
        # A parser each: lxml keeps the errors of all it has read.
        parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, huge_tree=True, collect_ids=False
        )
        tree = None
        with suppress(etree.XMLSyntaxError):  # how some versions answer to nothing at all
            tree = etree.fromstring(content, parser)
        self._is_empty = tree is None
        self._tree: Any = etree.Element("html") if tree is None else tree
        self._ids = _ids(self._tree)
        # What stands nowhere in the bytes need not be sought in the tree.
        lower = content.lower()
        self._has_base = b"<base" in lower
        self._has_names = len(_NAMED.findall(lower)) > lower.count(b"<meta name=")
        self._has_drawn = b"xlink:href" in lower
        self._has_styled = _STYLED.search(lower) is not None

    def flaws(self) -> Iterator[tuple[int, str]]:
        """Gives what is wrong with the page by itself, with the line."""
        if self._is_empty:
            yield 1, "holds no HTML"
            return
        titles = (t for t in self._tree.iter("title") if next(t.iterancestors("svg"), None) is None)
        if not any("".join(title.itertext()).strip() for title in titles):
            yield 1, "has no title"
        for name, count in Counter(self._ids).items():
            if count > 1:
                yield 1, f"the id {name!r} stands {count} times"
        for element in self._tree.iter("base") if self._has_base else ():
            yield element.sourceline or 1, "a <base> element changes what every link means"

    def ids(self) -> frozenset[str]:
        """Gives what a link can lead to inside it."""
        return frozenset((*self._ids, *(_names(self._tree) if self._has_names else ())))

    def points(self) -> Iterator[Point]:
        """Gives what it points to; nearly all of that are plain links."""
        for address in set(_links(self._tree)):
            yield "link", address.strip()
        for point, _ in self._points(self._tree.iter(*_TAGS)):
            yield point

    def lines(self) -> dict[Point, int]:
        """Gives what it points to, with the line where it does so first."""
        lines: dict[Point, int] = {}
        for point, line in self._points(self._tree.iter("a", *_TAGS)):
            lines.setdefault(point, line)
        return lines

    def _points(self, elements: Iterable[Any]) -> Iterator[tuple[Point, int]]:
        drawn = _drawn(self._tree) if self._has_drawn else ()
        styled = _styled(self._tree) if self._has_styled else ()
        for element in chain(elements, drawn, styled):
            for kind, address in _in_element(element):
                yield (kind, address.strip()), element.sourceline or 1


def _in_element(element: Any) -> Iterator[Point]:
    tag = element.tag.lower()
    if tag == "style":
        yield from (("resource", address) for _, address in in_css(element.text or ""))
    for name, value in element.attrib.items():
        if (tag, name) in _FETCHED:
            yield "resource", value
        elif (tag, name) in _FOLLOWED:
            yield "link", value
        elif (tag, name) in _FETCHED_SETS:
            yield from (("resource", match[1]) for match in _SRCSET.finditer(value))
        elif name == "style":  # an attribute of any element
            yield from (("resource", address) for _, address in in_css(value))
        elif (tag, name) == ("link", "href"):
            relations = set(element.get("rel", "").lower().split())
            yield "mention" if relations.isdisjoint(_FETCHED_RELATIONS) else "resource", value
        elif (tag, name, value.lower()) == ("meta", "http-equiv", "refresh"):
            match = _REFRESH.match(element.get("content", ""))
            if match:
                yield "redirect", match[1]


def in_css(text: str) -> Iterator[tuple[int, str]]:
    """The line and the address of all that a style sheet fetches."""
    text = _CSS_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _CSS_URL.finditer(text):
        address = next((group for group in match.groups() if group is not None), "")
        yield text.count("\n", 0, match.start()) + 1, address
