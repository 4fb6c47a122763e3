"""What a shared page says of itself, and the picture that goes with it."""

from __future__ import annotations

import json
import re
import struct
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fmcatalog.catalog import load
from fmcatalog.site import head
from fmcatalog.site.head import Head, put

ROOT = Path(__file__).resolve().parents[2]


class Seen(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.tags: list[str] = []
        self.alternate = ""
        self.feeds: list[tuple[str, str]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        if tag == "meta" and "content" in found:
            self.said[found.get("property") or found.get("name", "")] = found["content"]
        if tag == "link" and "alternate" in found.get("rel", "").split():
            # The theme takes what says only "alternate" for another language of the page.
            assert found["rel"] != "alternate"
            if found["type"] == "application/json":
                self.alternate = found["href"]
            else:
                self.feeds.append((found["href"], found["title"]))


def parsed(said: Head) -> Seen:
    return Seen(f'<html><head><meta charset="utf-8">{said}</head><body></body></html>'.encode())


def test_a_page_says_its_title_sentence_and_picture() -> None:
    top = "https://a.example/b/"
    said = Head("MedSAM", "It outlines.", "models/medsam/", top, (), (), "../../m.json")
    seen = parsed(said)
    assert seen.said["og:title"] == "MedSAM"
    assert seen.said["og:description"] == "It outlines."
    assert seen.said["og:image"] == "https://a.example/b/assets/social-card.png"
    assert seen.said["og:url"] == "https://a.example/b/models/medsam/"
    assert seen.said["og:type"] == "article"
    assert seen.said["twitter:card"] == "summary_large_image"
    assert seen.alternate == "../../m.json"


def test_no_title_can_end_an_attribute() -> None:
    seen = parsed(Head('<b> &quot; "', '"><script>', "", "../", (), ()))
    assert seen.said["og:title"] == '<b> &quot; "'
    assert seen.said["og:description"] == '"><script>'
    assert "script" not in seen.tags
    assert "og:url" not in seen.said
    assert seen.alternate == ""


def test_title_and_sentence_of_a_page_written_by_hand_are_read_as_the_engine_wrote_them() -> None:
    page = (
        "<html><head><title>A &amp; B - fmcatalog</title>"
        '<meta name="description" content="One &#34;word&#34;."></head></html>'
    )
    assert head.titles(page) == ("A & B", 'One "word".')
    assert head.titles("<html></html>") == ("fmcatalog", "")


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
        seen = Seen(path.read_bytes())
        place = path.relative_to(built_site).as_posix().removesuffix("index.html")
        assert seen.said["og:title"], place
        assert seen.said["og:description"], place
        assert seen.said["og:image"] == f"{top}{head.CARD}"
        assert seen.feeds[0][0].endswith("feed.xml"), place
        own = (path.parent / "feed.xml").is_file() and place not in {"", "404.html"}
        assert len(seen.feeds) == (2 if own else 1), place
        if seen.alternate:
            assert (path.parent / seen.alternate).is_file()
        # A model's page, and the list of them all.
        assert bool(seen.alternate) is place.startswith("models/"), place
        model = place.startswith("models/") and place != "models/"
        assert seen.said["og:type"] == ("article" if model else "website")


def test_the_feeds_of_a_page_are_named() -> None:
    feeds = (("../feed.xml", 'All "<models>"'), ("feed.xml", "These"))
    assert parsed(Head("A", "B", "", "", (), feeds)).feeds == list(feeds)
    assert parsed(Head("A", "B", "", "", (), ())).feeds == []


def test_a_statement_is_read_back_and_ends_no_element() -> None:
    facts = {"name": "</script><script>alert(1)</script><!-- & \u2028 Ärger"}
    page = str(Head("A", "B", "", "", (), (), facts=facts))
    start, end = '<script type="application/ld+json">', "</script>"
    assert page.count("<script") == 1
    assert json.loads(page[page.index(start) + len(start) : page.index(end)]) == facts


def test_the_faces_of_the_top_are_asked_for_early() -> None:
    page = str(Head("A", "B", "", "", ("../a.woff", "../b.woff"), ()))
    assert page.count('rel="preload" as="font" type="font/woff" crossorigin') == 2
    assert "preload" not in str(Head("A", "B", "", "", (), ()))


def test_what_a_script_needs_is_asked_for_before_the_first_script() -> None:
    said = str(Head("A", "B", "", "", (), (), ahead=("a/a.css", "a.json", "a/a.js")))
    asked = re.findall(r'<link rel="(stylesheet|preload|modulepreload)"[^>]* href="([^"]+)"', said)
    assert asked == [("stylesheet", "a/a.css"), ("preload", "a.json"), ("modulepreload", "a/a.js")]
    page = "<head><link><script>1</script><script>2</script></head><body><script>3</script>"
    assert put(page, said) == page.replace("<script>1", f"{said}<script>1")
    assert put("<head><link></head><script>", said) == f"<head><link>{said}</head><script>"


def test_feeds_are_named_with_their_titles() -> None:
    page = str(Head("A", "B", "", "", (), (("../feed.xml", 'All "models"'),)))
    assert 'title="All &quot;models&quot;" href="../feed.xml"' in page
