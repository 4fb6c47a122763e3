"""The link check, on small folders made by hand: each fault is found, and nothing else is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fmcatalog.site.links import Told, check

HEAD = "<!doctype html><html><head><title>t</title>"


def page(body: str = "", head: str = "") -> str:
    return f"{HEAD}{head}</head><body><h1 id='top-of-page'>x</h1>\n{body}</body></html>"


def faults(
    folder: Path, files: dict[str, str], *, base: str = "/fmcatalog/", link_all: bool = True
) -> list[str]:
    """Build a site out of texts and check it; the home page links to every other page."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    if "index.html" not in files:
        others = (name for name in files if link_all and name.endswith(".html"))
        (folder / "index.html").write_text(page("".join(f"<a href='{o}'>x</a>" for o in others)))
    return check(folder, base)


GOOD = [
    "<a href='b/'>a page</a>",
    "<a href='./b/index.html'>its file</a>",
    "<a href='b'>without the slash</a>",
    "<a href='/fmcatalog/a/b/'>under the base path</a>",
    "<a href='/fmcatalog/'>home</a>",
    "<a href='/fmcatalog'>home</a>",
    "<a href='..'>home</a>",
    "<a href='../'>home</a>",
    "<a href=''>here</a>",
    "<a href='?q=ct#results'>state</a><p id=results>",
    "<a href='b/?modality=ct&amp;sort=-date'>state</a>",
    "<a href='#'>top</a><a href='#top'>top</a>",
    "<a href='#s%20t'>encoded</a><p id='s t'>",
    "<a href='#named'>old anchor</a><a name=named></a>",
    "<a href='b/#there'>anchor on another page</a>",
    "<a href='b/#:~:text=x'>a piece of text</a>",
    "<a href='../data.csv#row=3'>a fragment of what is no page</a>",
    "<a href='../%C3%BC.csv'>encoded</a>",
    "<a href=' b/ '>spaces around</a>",
    "<a href='https://elsewhere.example/'>a link may lead away</a>",
    "<a href='//elsewhere.example/'>this one too</a>",
    "<a href='mailto:a@b.example'>mail</a>",
    "<form action='b/'><input></form>",
    "<img src='data:image/png;base64,AA=='>",
    "<img src='../x.png' srcset='../x.png, ../x.png 2x'>",
    "<svg><title></title><a xlink:href='b/'><use href='#top-of-page'/></a></svg>",
    "<p style='background:url(../x.png)'>x</p>",
    '<style>/* url(gone.png) */ p{background:url( "../x.png" )}</style>',
    "<link rel=canonical href='https://elsewhere.example/a/'>",
    "<link rel=stylesheet href='../s/s.css'>",
    "<!-- <a href='gone/'> -->",
    "<script>'<a href=\"gone/\">'</script>",
    "<meta http-equiv=refresh content='30'>",
    "<meta http-equiv=content-security-policy content='x'>",
]


@pytest.mark.parametrize("body", GOOD)
def test_what_is_right_is_not_reported(tmp_path: Path, body: str) -> None:
    files = {
        "a/index.html": page(body),
        "a/b/index.html": page("<p id=there>"),
        "data.csv": "",
        "ü.csv": "",
        "x.png": "",
        "s/s.css": "@import 'more.css'; a{b:url(../x.png)} c{d:url('data:,')}",
        "s/more.css": "",
        "404.html": page("<a href='/fmcatalog/'>nobody links here</a>"),
    }
    assert faults(tmp_path, files) == []


BAD = [
    ("<a href='gone/'>", "broken link gone/"),
    ("<a href='b/gone.html'>", "broken link b/gone.html"),
    ("<a href='../../b/'>", "broken link ../../b/"),
    ("<a href='/a/b/'>", "broken link /a/b/"),
    ("<a href='/fmcatalogue/'>", "broken link /fmcatalogue/"),
    ("<a href='B/'>", "broken link B/"),
    ("<a href='b/index.html/'>", "broken link b/index.html/"),
    ("<area href='gone/'>", "broken link gone/"),
    ("<form action='gone/'>", "broken link gone/"),
    ("<svg><a xlink:href='gone/'></a></svg>", "broken link gone/"),
    ("<link rel=alternate href='../gone.xml'>", "broken link ../gone.xml"),
    ("<meta http-equiv=Refresh content='0; url=gone/'>", "broken link gone/"),
    ("<a href='#gone'>", "broken anchor #gone"),
    ("<a href='b/#gone'>", "broken anchor b/#gone"),
    ("<a href='index.html#gone'>", "broken anchor index.html#gone"),
    ("<a href=' javascript:alert(1)'>", "not an address for a page: javascript:alert(1)"),
    ("<a href='JavaScript:alert(1)'>", "not an address for a page: JavaScript:alert(1)"),
    ("<img src='gone.png'>", "missing resource gone.png"),
    ("<img srcset='../x.png 1x, gone.png 2x'>", "missing resource gone.png"),
    ("<img src='https://e.example/x.png'>", "fetched from another host: https://e.example/x.png"),
    ("<img src='//e.example/x.png'>", "fetched from another host: //e.example/x.png"),
    ("<script src='http://e.example/x.js'></script>", "fetched from another host: http://e.exam"),
    ("<script src='gone.js'></script>", "missing resource gone.js"),
    ("<iframe src='https://e.example/'></iframe>", "fetched from another host: https://e.exam"),
    ("<video poster='gone.png'></video>", "missing resource gone.png"),
    ("<object data='gone.svg'></object>", "missing resource gone.svg"),
    ("<link rel='preload' href='//e.example/f'>", "fetched from another host: //e.example/f"),
    ("<link rel='shortcut icon' href='gone.ico'>", "missing resource gone.ico"),
    ("<link rel=preconnect href='https://e.example'>", "fetched from another host: https://e.ex"),
    ("<link rel=stylesheet href='https://e.example/'>", "fetched from another host: https://e.ex"),
    ("<p style='background:url(gone.png)'>", "missing resource gone.png"),
    ("<style>@import url(//e.example/x.css)</style>", "fetched from another host: //e.example"),
    ("<svg><use href='gone.svg#x'/></svg>", "missing resource gone.svg#x"),
    ("<p id=x><p id=x><p id=x>", "the id 'x' stands 3 times"),
    ("<base href='/'>", "a <base> element changes what every link means"),
]


@pytest.mark.parametrize(("body", "expected"), BAD)
def test_what_is_wrong_is_reported_with_its_place(tmp_path: Path, body: str, expected: str) -> None:
    files = {"a/index.html": page(body), "a/b/index.html": page(), "x.png": ""}
    found = faults(tmp_path, files)
    assert len(found) == 1
    place, _, what = found[0].partition(": ")
    assert what.startswith(expected)
    assert place.startswith("a/index.html:")
    if "stands" not in expected:
        assert place == "a/index.html:2"


def test_style_sheets_are_read_too(tmp_path: Path) -> None:
    css = "/* two\nlines */\n@import 'https://e.example/x.css';\na{b:url(../gone.woff2)}"
    assert faults(tmp_path, {"s/s.css": css}) == [
        "s/s.css:3: fetched from another host: https://e.example/x.css",
        "s/s.css:4: missing resource ../gone.woff2",
    ]


def test_an_address_is_told_as_it_stands_on_each_page_once(tmp_path: Path) -> None:
    body = "<a href='../../gone/'>x</a>\n<a href='../../gone/'>again</a><a href='../../#gone'>x</a>"
    files = {"a/b/index.html": page(body), "a/c/index.html": page("\n<a href='../../gone/'>x</a>")}
    assert faults(tmp_path, files) == [
        "a/b/index.html:2: broken link ../../gone/",
        "a/b/index.html:3: broken anchor ../../#gone",
        "a/c/index.html:3: broken link ../../gone/",
    ]


@pytest.mark.parametrize("title", ["", "<title></title>", "<title> \n </title>"])
def test_a_page_needs_a_title(tmp_path: Path, title: str) -> None:
    html = f"<html><head>{title}</head><body><svg><title>of a chart</title></svg></body></html>"
    assert faults(tmp_path, {"a.html": html}) == ["a.html:1: has no title"]


@pytest.mark.parametrize("content", ["", " \n", "<!-- nothing -->"])
def test_an_empty_page_is_reported(tmp_path: Path, content: str) -> None:
    assert faults(tmp_path, {"a.html": content}) == ["a.html:1: holds no HTML"]


def test_pages_that_only_link_to_each_other_are_orphans(tmp_path: Path) -> None:
    files = {
        "index.html": page("<a href='c/'>x</a>"),
        "a/index.html": page("<a href='../b/'>x</a><a href='../'>x</a>"),
        "b/index.html": page("<a href='../a/'>x</a>", head="<link rel=next href='../b/'>"),
        "c/index.html": page(),
        "old/index.html": page(head="<meta http-equiv=refresh content='0;url=../c/'>"),
    }
    what = "no path of links leads here from the home page"
    assert faults(tmp_path, files) == [f"a/index.html:1: {what}", f"b/index.html:1: {what}"]


def test_a_page_named_only_in_its_head_is_an_orphan(tmp_path: Path) -> None:
    files = {
        "index.html": page(head="<link rel=next href='a/'>"),
        "a/index.html": page(),
    }
    assert len(faults(tmp_path, files)) == 1


def test_a_site_needs_a_home_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page())
    assert check(tmp_path, "/") == ["index.html:1: the home page is missing"]


@pytest.mark.parametrize("base", ["/", "", "/fmcatalog/", "/fmcatalog", "a/b"])
def test_any_base_path_will_do(tmp_path: Path, base: str) -> None:
    root = f"/{base.strip('/')}/".replace("//", "/")
    files = {"a.html": page(f"<a href='{root}'>x</a><a href='{root}a.html'>x</a>")}
    assert faults(tmp_path, files, base=base) == []


def test_a_page_that_is_told_of_is_not_read(tmp_path: Path) -> None:
    files = {"a/index.html": "unread", "b/index.html": page("<a href='../a/#x'>x</a>")}
    assert len(faults(tmp_path, files)) == 2
    told = {"a/index.html": Told(frozenset({"x"}), ("b/#top", "gone/", "b/#gone", "b"))}
    assert check(tmp_path, "/", told) == [
        "a/index.html:1: broken anchor b/#gone",
        "a/index.html:1: broken link to gone/",
    ]


def test_of_a_page_that_is_told_of_the_frame_is_read_where_it_is_given(tmp_path: Path) -> None:
    head = "<link rel=stylesheet href='../gone.css'>"
    says = "<p id=x>\n<a href='../b/#x'>x</a><a href='../gone/'>x</a>\n"
    files = {"a/index.html": page(says, head), "b/index.html": page("<a href='../a/#x'>x</a>")}
    whole = faults(tmp_path, files)
    assert whole == [
        "a/index.html:1: missing resource ../gone.css",
        "a/index.html:3: broken anchor ../b/#x",
        "a/index.html:3: broken link ../gone/",
    ]
    told = {"a/index.html": Told(frozenset({"x"}), ("b/#x", "gone/"))}
    bare = {"a/index.html": page("", head).encode()}
    assert check(tmp_path, "/", told, bare) == whole


def test_an_id_that_stands_in_a_page_and_in_its_frame_is_found(tmp_path: Path) -> None:
    assert faults(tmp_path, {"a.html": page("<p id=top-of-page>")}) == [
        "a.html:1: the id 'top-of-page' stands 2 times"
    ]
    told = {"a.html": Told(frozenset({"top-of-page"}), ())}
    assert len(check(tmp_path, "/", told, {"a.html": page().encode()})) == 1


def test_a_page_where_an_id_stands_twice_has_to_be_read() -> None:
    assert Told.of(b'<p id="a"></p><p id="b"></p>', {"x/"}) == Told(frozenset("ab"), ("x/",))
    assert Told.of(b'<p id="a"></p><p id="a"></p>', {"x/"}) is None


def test_text_in_other_scripts_is_read_as_utf_8(tmp_path: Path) -> None:
    files = {"a.html": page("<a href='#李'>x</a><p id='李'>Şükrü</p>")}
    assert faults(tmp_path, files) == []


def test_five_hundred_pages_take_a_few_seconds(tmp_path: Path) -> None:
    body = "".join(f"<p id=p{n}><a href='{n}.html#p{n}'>x</a>" for n in range(200))
    files = {f"{n}.html": page(body) for n in range(500)}
    start = time.perf_counter()
    assert faults(tmp_path, files) == []
    assert time.perf_counter() - start < 10
