"""What a shared page says of itself, and the picture that goes with it."""

from __future__ import annotations

import json
import struct
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fmcatalog.catalog import load
from fmcatalog.site import head

ROOT = Path(__file__).resolve().parents[2]
FRAME = (
    '<html><head><meta charset="utf-8"><title>{} - fmcatalog</title>'
    '<meta name="description" content="{}"></head><body></head></body></html>'
)


class Head(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.tags: list[str] = []
        self.alternate = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        if tag == "meta" and "content" in found:
            self.said[found.get("property") or found.get("name", "")] = found["content"]
        if tag == "link" and "alternate" in found.get("rel", "").split():
            self.alternate = found["href"]


def test_a_page_says_its_title_sentence_and_picture() -> None:
    page = FRAME.format("MedSAM", "It outlines.").encode()
    seen = Head(head.described(page, "models/medsam/", "https://a.example/b/", "../../m.json"))
    assert seen.said["og:title"] == "MedSAM"
    assert seen.said["og:description"] == "It outlines."
    assert seen.said["og:image"] == "https://a.example/b/assets/social-card.png"
    assert seen.said["og:url"] == "https://a.example/b/models/medsam/"
    assert seen.said["og:type"] == "article"
    assert seen.said["twitter:card"] == "summary_large_image"
    assert seen.alternate == "../../m.json"


def test_no_title_can_end_an_attribute() -> None:
    page = FRAME.format("&lt;b&gt; &amp;quot; &quot;", "&#34;&gt;&lt;script&gt;").encode()
    seen = Head(head.described(page, "", "../"))
    assert seen.said["og:title"] == '<b> &quot; "'
    assert seen.said["og:description"] == '"><script>'
    assert "script" not in seen.tags
    assert "og:url" not in seen.said
    assert seen.alternate == ""


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests/data/toy"], ids=["real", "toy"])
def test_the_picture_is_the_same_every_time(root: Path) -> None:
    catalog = load(root).catalog
    picture = head.card(catalog).content
    assert picture == head.card(catalog).content
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 100_000


def test_every_built_page_has_a_head(built_site: Path) -> None:
    top = "https://catalog.example/fmcatalog/"
    assert (built_site / head.CARD).is_file()
    for path in built_site.rglob("*.html"):
        seen = Head(path.read_bytes())
        place = path.relative_to(built_site).as_posix().removesuffix("index.html")
        assert seen.said["og:title"], place
        assert seen.said["og:description"], place
        assert seen.said["og:image"] == f"{top}{head.CARD}"
        if seen.alternate:
            assert (path.parent / seen.alternate).is_file()
        # A model's page, and the list of them all.
        assert bool(seen.alternate) is place.startswith("models/"), place
        model = place.startswith("models/") and place != "models/"
        assert seen.said["og:type"] == ("article" if model else "website")


def test_a_statement_is_read_back_and_ends_no_element() -> None:
    facts = {"name": "</script><script>alert(1)</script><!-- & \u2028 Ärger"}
    page = head.stated(FRAME.format("A", "B").encode(), facts)
    start, end = b'<script type="application/ld+json">', b"</script>"
    assert page.count(b"<script") == 1
    inside = page[page.index(start) + len(start) : page.index(end)]
    assert json.loads(inside) == facts
    assert page.index(end) < page.index(b"</head>")


def test_the_faces_of_the_top_are_asked_for_early() -> None:
    page = head.prepared(FRAME.format("A", "B").encode(), ["../a.woff", "../b.woff"])
    assert page.count(b'rel="preload" as="font" type="font/woff" crossorigin') == 2
    assert page.index(b'href="../b.woff"') < page.index(b"</head>")
    assert head.prepared(b"<head></head>", []) == b"<head></head>"
