"""What a page says of itself to those who share it: title, sentence, picture, its data."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from fmcatalog import charts, stats
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.charts import Series
from fmcatalog.site.fonts import serif
from fmcatalog.views import paths

NAME = "fmcatalog"
CARD = "assets/social-card.png"
"""Where the picture stands."""

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
_SUFFIX = f" - {NAME}"
_PLACE = re.compile(r"<script\b|</head>")
_SITE = f'<meta property="og:site_name" content="{NAME}">'
_PICTURE = (
    '<meta property="og:image:width" content="1200">'
    '<meta property="og:image:height" content="630">'
    '<meta property="og:image:alt" '
    'content="The models of the catalog by quarter, a sign for each">'
    '<meta name="twitter:card" content="summary_large_image">'
)
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def card(catalog: Catalog) -> Artifact:
    """Draws the picture that every shared page has."""
    signs = {kind.id: kind for kind in paths.group_kinds(catalog)}
    order = {id: place for place, id in enumerate(signs)}
    quarters = stats.quarters(catalog)
    columns = []
    for quarter in quarters:
        groups = sorted(
            (catalog.models[id].category for id in quarter.models), key=lambda g: order.get(g, -1)
        )
        found = [signs[group] for group in groups if group in signs]
        columns.append([Series(one.id, one.label, one.colour, one.shape) for one in found])
    seen = stats.overview(catalog)
    counts = (
        (seen.models, "models"),
        (len(seen.groups), "groups"),
        (seen.facets.get("modality", 0), "modalities"),
        (seen.facets.get("organ", 0), "organs"),
        (seen.code, "with public code"),
    )
    labels = [quarter.label for quarter in quarters] or [""]
    picture = charts.social_card(
        NAME,
        ("Foundation models", "in medical imaging"),
        [(str(number), what) for number, what in counts],
        columns,
        (labels[0], labels[-1] if len(labels) > 1 else ""),
        serif(),
    )
    return Artifact(CARD, picture)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to programs.

    Attributes:
        title: Its title; plain text.
        about: One sentence; plain text.
        path: Its place from the top of the site; empty for the home page.
        top: Address of the top of the site: whole, or as seen from the page where nobody knows it.
        faces: Addresses of the fonts that it shows above the fold, as seen from it.
        feeds: Address, as seen from the page, and title of each feed worth following.
        data: Address of the same as JSON; empty where there is none.
        facts: What it is about, in the words of schema.org.
        ahead: Addresses of what its own script cannot do without, as seen from it.
    """

    title: str
    about: str
    path: str
    top: str
    faces: tuple[str, ...]
    feeds: tuple[tuple[str, str], ...]
    data: str = ""
    facts: Mapping[str, Any] | None = None
    ahead: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Gives what belongs into the page's ``<head>``; see :func:`put`."""
        return "".join((*self._shared(), *self._prepared(), *self._followed(), *self._stated()))

    def _shared(self) -> Iterator[str]:
        """What it shows where it is shared, and where the same stands for programs."""
        article = self.data and self.path.count("/") > 1
        yield f'{_SITE}<meta property="og:type" content="{"article" if article else "website"}">'
        for key, value in (
            ("title", " ".join(self.title.split())),
            ("description", " ".join(self.about.split())),
            ("image", f"{self.top}{CARD}"),
        ):
            if value:
                yield f'<meta property="og:{key}" content="{html.escape(value)}">'
        yield _PICTURE
        if "://" in self.top:
            yield f'<meta property="og:url" content="{html.escape(self.top + self.path)}">'
        if self.data:
            # Two words: for rel="alternate" alone the theme would fetch a sitemap beside the file.
            told = 'rel="alternate describedby" type="application/json"'
            yield f'<link {told} href="{html.escape(self.data)}">'

    def _prepared(self) -> Iterator[str]:
        """Asks for what scripts and style sheets would ask for later.

        Fonts, so that no text changes its face on screen; and for a page that a script draws,
        its style, its modules and its data at once instead of one after the other.
        """
        for address in self.ahead:
            yield f'<link {_AHEAD[PurePosixPath(address).suffix]} href="{html.escape(address)}">'
        for face in self.faces:
            told = 'rel="preload" as="font" type="font/woff" crossorigin'
            yield f'<link {told} href="{html.escape(face)}">'

    def _followed(self) -> Iterator[str]:
        for address, title in self.feeds:
            told = 'rel="alternate feed" type="application/atom+xml"'
            yield f'<link {told} title="{html.escape(title)}" href="{html.escape(address)}">'

    def _stated(self) -> Iterator[str]:
        if self.facts is not None:
            text = _written(self.facts)
            # No text of a record may end the element, or begin a comment in it.
            for sign, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
                text = text.replace(sign, escape)
            yield f'<script type="application/ld+json">{text}</script>'


_AHEAD = {
    ".css": 'rel="stylesheet"',
    ".js": 'rel="modulepreload"',
    ".json": 'rel="preload" as="fetch" crossorigin',
}


def put(page: str, text: str) -> str:
    """Puts something into the head of a page, before the first script.

    A script waits for the style sheets above it, and with a policy in the page the browser asks
    for nothing that stands behind a waiting script.
    """
    return _PLACE.sub(lambda match: text + match[0], page, count=1)


def titles(page: str) -> tuple[str, str]:
    """Reads title and description out of a page that the engine wrote from a hand-written one."""
    title = _TITLE.search(page)
    said = _DESCRIPTION.search(page)
    name = html.unescape(title[1].strip()).removesuffix(_SUFFIX) if title else NAME
    return name, html.unescape(said[1]) if said else ""
