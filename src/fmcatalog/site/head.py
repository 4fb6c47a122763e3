"""What a page says of itself to those who share it: title, sentence, picture, its data."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
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


def described(page: bytes, path: str, top: str, data: str = "") -> bytes:
    """Puts into a page's head what it says when it is shared.

    Args:
        page: HTML of a built page; its title and description are taken as the engine wrote them.
        path: Its place from the top of the site; empty for the home page.
        top: Address of the top of the site: whole, or as seen from the page where nobody knows it.
        data: Address of the same as JSON; empty where there is none.
    """
    text = page.decode()
    title = _TITLE.search(text)
    said = _DESCRIPTION.search(text)
    # The engine has escaped both once; read and written again, no quote can end an attribute.
    name = html.unescape(title[1].strip()).removesuffix(_SUFFIX) if title else NAME
    about = html.unescape(said[1]) if said else ""
    facts = [
        ("property", "og:site_name", NAME),
        ("property", "og:type", "article" if data and path.count("/") > 1 else "website"),
        ("property", "og:title", name),
        ("property", "og:description", about),
        ("property", "og:image", f"{top}{CARD}"),
        ("property", "og:image:width", "1200"),
        ("property", "og:image:height", "630"),
        ("property", "og:image:alt", "The models of the catalog by quarter, a sign for each"),
        ("name", "twitter:card", "summary_large_image"),
    ]
    if "://" in top:
        facts.append(("property", "og:url", f"{top}{path}"))
    lines = [f'<meta {kind}="{key}" content="{html.escape(v)}">' for kind, key, v in facts if v]
    if data:
        # Two words: for rel="alternate" alone the theme would fetch a sitemap beside the file.
        told = 'rel="alternate describedby" type="application/json"'
        lines.append(f'<link {told} href="{html.escape(data)}">')
    return text.replace("</head>", "".join(lines) + "</head>", 1).encode()


def followed(page: bytes, feeds: Iterable[tuple[str, str]]) -> bytes:
    """Names the feeds that a reader of a page may want to follow.

    Args:
        page: HTML of a built page.
        feeds: Address, as seen from the page, and title of each.
    """
    # Two words: for rel="alternate" alone the theme would fetch a sitemap beside the file.
    told = 'rel="alternate feed" type="application/atom+xml"'
    links = (f'<link {told} title="{html.escape(t)}" href="{html.escape(a)}">' for a, t in feeds)
    return page.replace(b"</head>", "".join(links).encode() + b"</head>", 1)


def stated(page: bytes, facts: Mapping[str, Any]) -> bytes:
    """Puts into a page's head what it is about, as JSON-LD.

    Args:
        page: HTML of a built page.
        facts: A statement in the words of schema.org.
    """
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    # No text of a record may end the element, or begin a comment in it.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    element = f'<script type="application/ld+json">{text}</script>'
    return page.replace(b"</head>", element.encode() + b"</head>", 1)


def prepared(page: bytes, faces: Iterable[str]) -> bytes:
    """Asks for fonts before the style sheet does, so that no text changes its face on screen.

    Args:
        page: HTML of a built page.
        faces: Addresses of the faces that it shows above the fold, as seen from it.
    """
    told = 'rel="preload" as="font" type="font/woff" crossorigin'
    links = "".join(f'<link {told} href="{html.escape(face)}">' for face in faces)
    return page.replace(b"</head>", links.encode() + b"</head>", 1)
