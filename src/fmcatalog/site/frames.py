"""Frames: what the engine draws round a page, drawn once and filled for every page like it.

The engine is given prototypes: pages whose title, headings and content are words that occur
nowhere else. Where they stand in what it makes, there is a slot. Nothing is known of the engine
but that; a slot that is not found, or a word that is left over, is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fmcatalog.site.head import put
from fmcatalog.site.rendering import Body, carrier, titled
from fmcatalog.site.search import UNSEARCHED
from fmcatalog.views.page import HIDDEN, Page

TITLE, ABOUT = "Zzqtitlezzq", "Zzqaboutzzq"
HEADINGS = ("Zzq head one", "Zzq head two")
FIRST, SECOND = "zzq-head-one", "zzq-head-two"
ONE, TWO = (f'<div id="zzq{name}"><h1></h1></div>' for name in ("one", "two"))
SPENT = '<div id="zzqlead"><h1></h1></div>'
LEAD = SPENT.replace(">", f" {UNSEARCHED}>", 1)
"""Some engines take the attribute for a word to themselves, and leave it out of the page."""
FULL = Body(LEAD, tuple(zip(HEADINGS, (ONE, TWO), strict=True)))
BARE = Body(LEAD)

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,-]*")
_BETWEEN = re.compile("[- ]+")
_NEXT = rf"((?:(?!{FIRST}|{SECOND}|Zzq).)*?)"
_CONTENTS = re.compile(
    f"#{FIRST}{_NEXT}{HEADINGS[0]}{_NEXT}#{SECOND}{_NEXT}{HEADINGS[1]}", re.DOTALL
)
_HEADING = re.compile(f"^(.*?){FIRST}(.*?){HEADINGS[0]}(.*?){FIRST}(.*)$", re.DOTALL)
_UNSEARCHED = re.compile(rf"(<[^<>]*)\s{UNSEARCHED}(?=[\s>])".encode())
_SLOT = re.compile("\x1d([a-z]+[0-9]*)\x1d")


class FrameError(Exception):
    """The engine's page has no place for what belongs into it, or more than can be filled."""


class Look(NamedTuple):
    """What tells two frames apart.

    Attributes:
        place: Path of the page where it stands in the navigation, which marks it; else of the
            folder above it, since links are written as seen from there.
        nav: Whether it stands in the navigation.
        hidden: Side columns that it goes without.
        parted: Whether it has headings.
    """

    place: str
    nav: bool
    hidden: tuple[str, ...]
    parted: bool


def look(page: Page, *, parted: bool, nav: frozenset[str]) -> Look:
    """Tells which frame a page needs.

    Args:
        page: The page.
        parted: Whether it has headings.
        nav: Paths of the pages in the navigation.
    """
    inside = page.path in nav
    above = page.path.rstrip("/").rpartition("/")[0]
    place = page.path if inside else f"{above}/" if above else ""
    return Look(place, inside, HIDDEN[page.kind], parted)


def prototypes(looks: Mapping[Look, Page]) -> dict[Look, tuple[str, str]]:
    """Makes a prototype for every frame.

    Args:
        looks: The frames, in a fixed order, each with a page that has it.

    Returns:
        For each its path from the top of the site, and its Markdown.
    """
    made = {}
    for number, (wanted, one) in enumerate(looks.items()):
        path = wanted.place if wanted.nav else f"{wanted.place}frame-{number}/"
        page = Page(path, one.kind, TITLE, ABOUT)
        made[wanted] = (path, carrier(page, FULL if wanted.parted else BARE))
    return made


class _Heading(NamedTuple):
    """A heading as a frame has it: its id, its HTML, and its entry in each list of contents."""

    id: str
    html: bytes
    entries: tuple[str, ...]


class Frame:
    """A drawn frame. It is bytes, like what it is filled with: most of a page is never text again.

    Args:
        parts: Text, name of a slot, text, and so on.
        heading: What stands round the id, the text and the id of a heading.
        contents: For each list of contents, what stands between id and text, and between two.
        spends: Whether what was said to the search is left out of the page.
    """

    def __init__(
        self,
        parts: Sequence[str],
        heading: tuple[str, ...],
        contents: Sequence[tuple[str, str]],
        *,
        spends: bool,
    ) -> None:
        self._parts = [part.encode() for part in parts]
        self._slots = parts[1::2]
        self._round_heading = heading
        self._contents = contents
        self._spends = spends
        self._headings: dict[str, _Heading] = {}

    def content(self, body: Body) -> bytes:
        """Gives a body as the engine would have written it, with what it says to the search."""
        written = [body.lead.encode()]
        for heading, text in body.sections:
            written += (self._heading(heading).html, text.encode())
        return b"".join(written)

    def fill(self, page: Page, body: Body, *, content: bytes, address: str, head: str) -> bytes:
        """Gives a whole page.

        Args:
            page: The page.
            body: What it says, for its headings.
            content: What it says, as :meth:`content` gives it.
            address: Its whole address; where the site's is not known, from a slash on.
            head: What belongs into its head.
        """
        headings = [self._heading(heading) for heading, _ in body.sections]
        slots = {
            "title": titled(page.title).encode(),
            "about": titled(page.description).encode(),
            "address": address.encode(),
            "head": head.encode(),
            "content": _UNSEARCHED.sub(rb"\1", content) if self._spends else content,
            "first": headings[0].id.encode() if headings else b"",
        }
        for number, (_, between) in enumerate(self._contents):
            listed = between.join([heading.entries[number] for heading in headings])
            slots[f"contents{number}"] = listed.encode()
        filled = self._parts.copy()
        filled[1::2] = [slots[name] for name in self._slots]
        return b"".join(filled)

    def _heading(self, text: str) -> _Heading:
        """Gives a heading, which nearly all pages have in common."""
        found = self._headings.get(text)
        if found is None:
            id = anchor(text)
            before, inside, after, end = self._round_heading
            html = f"{before}{id}{inside}{text}{after}{id}{end}".encode()
            entries = tuple(f"#{id}{between}{text}" for between, _ in self._contents)
            found = self._headings[text] = _Heading(id, html, entries)
        return found


def anchor(heading: str) -> str:
    """Gives the id of a heading.

    Raises:
        FrameError: It holds more than letters, digits, spaces, commas and hyphens.
    """
    if not _PLAIN.fullmatch(heading):
        raise FrameError(f"a heading that the frames cannot hold: {heading!r}")
    return _BETWEEN.sub("-", heading.replace(",", "").lower())


def learn(html: str, wanted: Look, address: str) -> Frame:
    """Finds the slots in a prototype as the engine drew it.

    Args:
        html: The page.
        wanted: Which frame it is.
        address: Address of the prototype, written as the pages' will be.

    Raises:
        FrameError: A slot is not there, or something else is.
    """
    heading: tuple[str, ...] = ("", "", "", "")
    lead = next((form for form in (LEAD, SPENT) if form in html), LEAD)
    end = TWO if wanted.parted else lead
    start, stop = html.find(lead), html.find(end)
    if start < 0 or stop < 0:
        raise FrameError(f"the frame of {wanted} has no place for the content")
    content = html[start : stop + len(end)]
    if wanted.parted:
        found = _HEADING.match(content[len(lead) : content.find(ONE)])
        if found is None:
            raise FrameError(f"the frame of {wanted} has no place for headings")
        heading = found.groups()
    html = put(html.replace(content, "\x1dcontent\x1d"), "\x1dhead\x1d")
    own = "" if wanted.nav else address.rstrip("/").rpartition("/")[2]
    if own:
        html = html.replace(address, "\x1daddress\x1d")
    contents: list[tuple[str, str]] = []

    def listed(match: re.Match[str]) -> str:
        inside, between, again = match.groups()
        if inside != again:
            raise FrameError(f"the frame of {wanted} has a list of contents that cannot be filled")
        contents.append((inside, between))
        return f"\x1dcontents{len(contents) - 1}\x1d"

    html = _CONTENTS.sub(listed, html)
    html = html.replace(FIRST, "\x1dfirst\x1d").replace(TITLE, "\x1dtitle\x1d")
    html = html.replace(ABOUT, "\x1dabout\x1d")
    parts = tuple(_SLOT.split(html))
    _check(parts, wanted, own)
    return Frame(parts, heading, contents, spends=lead == SPENT)


def _check(parts: Sequence[str], wanted: Look, own: str) -> None:
    slots = set(parts[1::2])
    needed = {"title", "about", "content", "head"}
    if not needed <= slots or (wanted.parted and "contents0" not in slots):
        missing = ", ".join(sorted(needed - slots)) or "contents"
        raise FrameError(f"the frame of {wanted} has no place for: {missing}")
    for left in parts[::2]:
        at = max(left.casefold().find("zzq"), left.find(own) if own else -1)
        if at < 0:
            continue
        near = left[max(at - 60, 0) : at + 30]
        raise FrameError(f"the frame of {wanted} holds more than can be filled: {near!r}")
