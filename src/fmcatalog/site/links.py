"""Checks over a built site: what its pages point to is there, and comes from the site itself.

One pass reads each page once; a second resolves what the pages point to. Nothing is asked of the
network: an address on another host is only looked at for where it stands. A reader may follow it; a
page may not fetch it.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from sys import intern
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_HOME: Final = "index.html"
_NOT_FOUND: Final = "404.html"

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

_TAGS: Final = sorted(
    {tag for tag, _ in _FETCHED | _FETCHED_SETS | _FOLLOWED} - {"a"}
    | {"base", "link", "meta", "style"}
)
_ids: Final = etree.XPath("/descendant::*/@id", smart_strings=False)
_styled: Final = etree.XPath("/descendant::*[@style]")

_ID: Final = re.compile(r' id="([^"]*)"')
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SRCSET: Final = re.compile(r"\s*([^\s,]\S*?)(?:\s+[0-9.]+[wx])?\s*(?:,\s|,?$)")
_REFRESH: Final = re.compile(r"[\s;,]*[0-9.]+[\s;,]*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)
_CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_URL: Final = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)


_Address = tuple[str, str, str]
"""`link`, `redirect`, `mention` or `resource`; the page it is seen from; where it leads."""


@dataclass(slots=True)
class _Page:
    """What the second pass needs of a page.

    Attributes:
        ids: What a link can lead to inside it.
        points: What it points to, with the line where it does so first.
        is_redirect: Whether it sends the reader on.
    """

    ids: frozenset[str] = frozenset()
    points: dict[_Address, int] = field(default_factory=dict)
    is_redirect: bool = False


_IDS: dict[frozenset[str], frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """What a page holds and where it leads, known from writing it.

    Attributes:
        ids: What a link can lead to inside it.
        targets: Paths from the top of the site that it links to, with ``?query`` and ``#part``.
    """

    ids: frozenset[str]
    targets: tuple[str, ...]

    @classmethod
    def of(cls, content: str, targets: frozenset[str]) -> Told:
        """Notes the ids of what we wrote; in our own templates an id is `` id="…"`` and unescaped.

        Args:
            content: What the page says, as HTML.
            targets: Where it leads.
        """
        ids = frozenset(map(intern, _ID.findall(content)))
        # Ten thousand pages have a few sets of ids, and lead to the same few places.
        return cls(_IDS.setdefault(ids, ids), tuple(map(intern, targets)))


def check(folder: Path, base_path: str, told: Mapping[str, Told] | None = None) -> list[str]:
    """Find what is broken in a built site.

    Reported are: links and anchors that lead nowhere; resources that are missing, or would be
    fetched from another host; scripts as addresses; ids that stand twice in a page; pages without a
    title; and pages that cannot be reached by links from the home page. The page for a wrong
    address and pages that send the reader on need not be reached.

    Args:
        folder: The built site.
        base_path: The path it will be served under: `/` or `/fmcatalog/`.
        told: Pages, by file, that need not be read, since it is known what they hold.

    Returns:
        One line a fault, `file:line: what`, ordered by file; empty when all is well.
    """
    files = frozenset(_walk(folder))
    known = told or {}
    pages = {file: _Page(page.ids) for file, page in known.items() if file in files}
    faults: list[tuple[str, int, str]] = []
    for file in files.difference(pages):
        if file.endswith(".html"):
            pages[file], wrong = _read_page(file, (folder / file).read_bytes())
            faults += wrong
    base = f"/{base_path.strip('/')}/".replace("//", "/")
    resolved = cache(partial(_resolve, base=base, files=files, pages=pages))
    for file in files:
        if file.endswith(".css"):
            text = (folder / file).read_text(encoding="utf-8", errors="replace")
            points = [(("resource", file, found), line) for line, found in _in_css(text)]
        else:
            points = [*pages[file].points.items()] if file in pages else []
        for address, line in points:
            fault = resolved(address)[1]
            if fault:
                faults.append((file, line, f"{fault} {_as_written(file, address)[:200]}"))
    places: dict[str, str] = {}
    faults += _follow(known, files, pages, places)
    faults += _unreachable(pages, known, places, resolved)
    return [f"{file}:{line}: {what}" for file, line, what in sorted(set(faults))]


def _follow(
    told: Mapping[str, Told],
    files: frozenset[str],
    pages: dict[str, _Page],
    places: dict[str, str],
) -> Iterator[tuple[str, int, str]]:
    """Follows the links that are known; each path is looked up once, however many lead there.

    Args:
        told: The pages whose links are known.
        files: What there is.
        pages: The pages.
        places: Filled with the page behind each path that leads to one.
    """
    broken: dict[str, str] = {}
    for path in set[str]().union(*(page.targets for page in told.values())):
        plain, _, part = path.partition("#")
        plain = unquote(plain.partition("?")[0])
        wanted = f"{plain}{_HOME}" if not plain or plain.endswith("/") else plain
        if wanted not in files:
            broken[path] = f"broken link to {path}"
        elif wanted in pages:
            places[path] = wanted
            if part and unquote(part) not in pages[wanted].ids:
                broken[path] = f"broken anchor {path}"
    if broken:
        for file, page in told.items():
            yield from ((file, 1, broken[path]) for path in page.targets if path in broken)


def _walk(folder: Path) -> Iterator[str]:
    inside = [""]
    for above in inside:
        for entry in os.scandir(folder / above):
            if entry.is_dir(follow_symlinks=False):
                inside.append(f"{above}{entry.name}/")
            else:
                yield f"{above}{entry.name}"


def _read_page(file: str, content: bytes) -> tuple[_Page, list[tuple[str, int, str]]]:
    faults = []
    # A parser each: lxml keeps the errors of all it has read.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, huge_tree=True, collect_ids=False
    )
    tree = None
    with suppress(etree.XMLSyntaxError):  # how some versions answer to nothing at all
        tree = etree.fromstring(content, parser)
    if tree is None:
        return _Page(), [(file, 1, "holds no HTML")]
    titles = (t for t in tree.iter("title") if next(t.iterancestors("svg"), None) is None)
    if not any("".join(title.itertext()).strip() for title in titles):
        faults.append((file, 1, "has no title"))
    ids = Counter(_ids(tree))
    faults += [(file, 1, f"the id {name!r} stands {n} times") for name, n in ids.items() if n > 1]
    points: dict[_Address, int] = {}
    top = "../" * file.count("/")

    def note(kind: str, address: str, line: int) -> None:
        address = address.strip()
        if top and address.startswith(top):
            # As seen from the top, so that what many pages point to is looked up once.
            points.setdefault((kind, _HOME, intern(address[len(top) :])), line)
        else:
            points.setdefault((kind, file, address), line)

    # Nearly all that points somewhere is an <a>, and most of it to where another one does.
    names, links = set(), dict[str, int]()
    for element in tree.iter("a"):
        names.add(element.get("name"))
        for address in (element.get("href"), element.get("xlink:href")):
            if address is not None and address not in links:
                links[address] = element.sourceline or 1
    for address, line in links.items():
        note("link", address, line)
    for element in (*tree.iter(*_TAGS), *_styled(tree)):
        line = element.sourceline or 1
        if element.tag == "base":
            faults.append((file, line, "a <base> element changes what every link means"))
        for kind, address in _in_element(element):
            note(kind, address, line)
    is_redirect = any(kind == "redirect" for kind, _, _ in points)
    return _Page(frozenset(ids) | names, points, is_redirect), faults


def _as_written(file: str, address: _Address) -> str:
    _, page, path = address
    return path if page == file else "../" * file.count("/") + path


def _in_element(element: Any) -> Iterator[tuple[str, str]]:
    """What an element points to: `link`, `redirect`, `mention` or `resource`, and the address."""
    tag = element.tag.lower()
    if tag == "style":
        yield from (("resource", address) for _, address in _in_css(element.text or ""))
    for name, value in element.attrib.items():
        if (tag, name) in _FETCHED:
            yield "resource", value
        elif (tag, name) in _FOLLOWED:
            yield "link", value
        elif (tag, name) in _FETCHED_SETS:
            yield from (("resource", match[1]) for match in _SRCSET.finditer(value))
        elif name == "style":  # an attribute of any element
            yield from (("resource", address) for _, address in _in_css(value))
        elif (tag, name) == ("link", "href"):
            relations = set(element.get("rel", "").lower().split())
            yield "mention" if relations.isdisjoint(_FETCHED_RELATIONS) else "resource", value
        elif (tag, name, value.lower()) == ("meta", "http-equiv", "refresh"):
            match = _REFRESH.match(element.get("content", ""))
            if match:
                yield "redirect", match[1]


def _in_css(text: str) -> Iterator[tuple[int, str]]:
    """The line and the address of all that a style sheet fetches."""
    text = _CSS_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _CSS_URL.finditer(text):
        address = next((group for group in match.groups() if group is not None), "")
        yield text.count("\n", 0, match.start()) + 1, address


def _resolve(
    found: _Address, base: str, files: frozenset[str], pages: dict[str, _Page]
) -> tuple[str, str]:
    """Gives the page that an address leads a reader to, if any, and says what is wrong with it."""
    kind, page, address = found
    scheme = _SCHEME.match(address)
    if scheme or address.startswith("//"):
        return "", _outside(kind, scheme[1].lower() if scheme else "https")
    path, _, fragment = address.partition("#")
    path = unquote(path.partition("?")[0])
    target = _target(page, path, base, files)
    if target is None:
        return "", "missing resource" if kind == "resource" else "broken link"
    if target not in pages:
        return "", ""
    fragment = unquote(fragment.partition(":~:")[0])
    lost = fragment and fragment != "top" and fragment not in pages[target].ids
    followed = target if kind in {"link", "redirect"} else ""
    return followed, "broken anchor" if lost else ""


def _outside(kind: str, scheme: str) -> str:
    if scheme in {"javascript", "vbscript", "file", "blob"}:
        return "not an address for a page:"
    if kind == "resource" and scheme != "data":
        return "fetched from another host:"
    return ""


def _target(page: str, path: str, base: str, files: frozenset[str]) -> str | None:
    """The file behind a path as it stands on a page."""
    if not path:
        return page
    if path.startswith("/"):
        if not f"{path}/".startswith(base):
            return None
        path = path[len(base) :]
        joined = posixpath.normpath(path) if path else "."
    else:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    index = _HOME if joined == "." else f"{joined}/{_HOME}"
    if not path.endswith("/") and joined in files:
        return joined
    return index if index in files else None


def _unreachable(
    pages: dict[str, _Page],
    told: Mapping[str, Told],
    places: Mapping[str, str],
    resolved: Callable[[_Address], tuple[str, str]],
) -> Iterable[tuple[str, int, str]]:
    if _HOME not in pages:
        return [(_HOME, 1, "the home page is missing")]
    reached = {_HOME}
    queue = [_HOME]
    walked: set[str] = set()
    while queue:
        file = queue.pop()
        leads = {resolved(address)[0] for address in pages[file].points}
        if file in told:
            paths = set(told[file].targets) - walked
            walked |= paths
            leads = {places.get(path, "") for path in paths}
        fresh = leads - reached - {""}
        reached |= fresh
        queue += fresh
    return [
        (file, 1, "no path of links leads here from the home page")
        for file, page in pages.items()
        if file not in reached and file != _NOT_FOUND and not page.is_redirect
    ]
