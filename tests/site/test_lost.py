"""The page for a wrong address: it works at any depth, and nothing leads to where it was made."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fmcatalog.site import lost

HEAD = '<head>\n  <link rel="canonical" href="https://x.example/b/404/">\n  <title>t</title></head>'
BODY = '<a href="../a/"></a><a href=".."></a><script>{"base": "..", "search": "../s.js"}</script>'
SITEMAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url>
         <loc>https://x.example/b/</loc>
         <lastmod>2026-11-23</lastmod>
    </url>
    <url>
         <loc>https://x.example/b/404/</loc>
         <lastmod>2026-11-23</lastmod>
    </url>
    <url>
         <loc>https://x.example/b/models/404/</loc>
    </url>
</urlset>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "404").mkdir()
    (tmp_path / "404/index.html").write_text(HEAD + BODY)
    (tmp_path / "sitemap.xml").write_text(SITEMAP)
    lost.place(tmp_path, "/b/")
    return tmp_path


def test_its_links_work_at_any_depth(folder: Path) -> None:
    page = (folder / "404.html").read_text()
    assert '<a href="/b/a/"></a><a href="/b/"></a>' in page
    assert '{"base": "/b/", "search": "/b/s.js"}' in page
    assert not (folder / "404").exists()


def test_it_gives_no_address_of_its_own_and_is_not_to_be_found(folder: Path) -> None:
    page = (folder / "404.html").read_text()
    assert "canonical" not in page
    assert page.count('<meta name="robots" content="noindex">') == 1
    assert page.index("noindex") < page.index("</head>")


def test_the_list_of_pages_leaves_it_out_and_nothing_else(folder: Path) -> None:
    listed = (folder / "sitemap.xml").read_bytes()
    places = [e.text for e in ET.fromstring(listed).iter() if e.tag.endswith("loc")]
    assert places == ["https://x.example/b/", "https://x.example/b/models/404/"]
    assert gzip.decompress((folder / "sitemap.xml.gz").read_bytes()) == listed


def test_a_site_without_one_is_left_alone(tmp_path: Path) -> None:
    lost.place(tmp_path, "/")
    assert list(tmp_path.iterdir()) == []


def test_a_site_at_the_top_of_its_host_loses_only_that_page_too(tmp_path: Path) -> None:
    (tmp_path / "404").mkdir()
    (tmp_path / "404/index.html").write_text(HEAD + BODY)
    (tmp_path / "sitemap.xml").write_text(SITEMAP.replace("/b/", "/"))
    lost.place(tmp_path, "/")
    listed = (tmp_path / "sitemap.xml").read_text()
    assert "example/404/" not in listed
    assert "models/404/" in listed
