"""Frames: a prototype has a slot for everything, or the build stops."""

from __future__ import annotations

import pytest

from fmcatalog.site import frames
from fmcatalog.site.frames import FrameError, Look, anchor, learn
from fmcatalog.site.rendering import Body
from fmcatalog.views.page import Page

PAGE = Page("models/a/", "model", "A <b>", 'Says "much".')
FULL = Look("models/", nav=False, hidden=("navigation",), parted=True)
BARE = Look("models/", nav=False, hidden=("navigation",), parted=False)
ITEM = '<li><a href="#{}"><span>\n{}\n</span></a></li>'


def heading(id: str, text: str) -> str:
    return f'\n\n<h2 id="{id}">{text}<a href="#{id}">¶</a></h2>\n'


def drawn(*, parted: bool) -> str:
    """A page as an engine might draw it: title twice, two lists of contents, one of them short."""
    items = [
        ITEM.format(f, h)
        for f, h in zip((frames.FIRST, frames.SECOND), frames.HEADINGS, strict=True)
    ]
    content = frames.LEAD
    if parted:
        content += heading(frames.FIRST, frames.HEADINGS[0]) + frames.ONE
        content += heading(frames.SECOND, frames.HEADINGS[1]) + frames.TWO
    lists = f"<ul>{''.join(items)}</ul>" * 2 if parted else ""
    skip = f'<a href="#{frames.FIRST}">Skip</a>' if parted else ""
    return (
        f"<html><head><title>{frames.TITLE} - x</title>"
        f'<meta name="description" content="{frames.ABOUT}">'
        f'<link rel="canonical" href="https://h/models/frame-1/"></head><body>{skip}'
        f"<b>{frames.TITLE}</b>{lists}<article>\n{content}\n</article></body></html>"
    )


def filled(html: str, look: Look, body: Body) -> str:
    frame = learn(html, look, "https://h/models/frame-1/")
    content = frame.content(body)
    address = "https://h/models/a/"
    return frame.fill(PAGE, body, content=content, address=address, head="<meta>").decode()


def test_a_page_stands_where_the_prototype_stood() -> None:
    body = Body("<p>lead</p>", (("One", "<p>1</p>"), ("Two, or so", "<p>2</p>"), ("Three", "3")))
    page = filled(drawn(parted=True), FULL, body)
    assert "<title>A &lt;b&gt; - x</title>" in page
    assert 'content="Says &quot;much&quot;."' in page
    assert 'href="https://h/models/a/"><meta></head>' in page
    assert '<a href="#one">Skip</a><b>A &lt;b&gt;</b>' in page
    names = (("one", "One"), ("two-or-so", "Two, or so"), ("three", "Three"))
    assert page.count(f"<ul>{''.join(ITEM.format(*name) for name in names)}</ul>") == 2
    written = "<p>lead</p>" + "".join(
        heading(id, text) + html for (id, text), (_, html) in zip(names, body.sections, strict=True)
    )
    assert f"<article>\n{written}\n</article>" in page
    assert "zzq" not in page.casefold()


def test_a_page_without_headings_has_no_list_of_contents() -> None:
    page = filled(drawn(parted=False), BARE, Body("<p>lead</p>"))
    assert "<article>\n<p>lead</p>\n</article>" in page
    assert "<ul>" not in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (frames.LEAD, "", "no place for the content"),
        (frames.TWO, "", "no place for the content"),
        (frames.TITLE, "another", "no place for: title"),
        (frames.ABOUT, "another", "no place for: about"),
        ("</head>", "", "no place for: head"),
        ("<span>\nZzq head two", "<i>\nZzq head two", "cannot be filled"),
        ("<b>", "<b>Zzq", "more than can be filled"),
        (f'<h2 id="{frames.FIRST}">', "<h2>", "no place for headings"),
    ],
)
def test_a_frame_without_a_slot_or_with_one_too_many_is_refused(
    old: str, new: str, said: str
) -> None:
    with pytest.raises(FrameError, match=said):
        learn(drawn(parted=True).replace(old, new), FULL, "")


def test_a_heading_that_the_engine_might_write_otherwise_is_refused() -> None:
    assert anchor("What it meets, most") == "what-it-meets-most"
    for text in ("A & B", "Ärger", "a_b", "", "(one)"):
        with pytest.raises(FrameError, match="cannot hold"):
            anchor(text)


def test_each_look_gets_one_prototype_in_its_own_folder() -> None:
    nav = frozenset({"", "explore/"})
    pages = [
        Page("", "home", "", ""),
        Page("explore/", "explore", "", ""),
        Page("models/a/", "model", "", ""),
        Page("models/b/", "model", "", ""),
        Page("organs/c/", "term", "", ""),
        Page("help-wanted/", "help-wanted", "", ""),
    ]
    looks = {frames.look(page, parted=True, nav=nav): page for page in pages}
    assert [path for path, _ in frames.prototypes(looks).values()] == [
        "",
        "explore/",
        "models/frame-2/",
        "organs/frame-3/",
        "frame-4/",
    ]
