"""The page for a wrong address: it works at any depth, and nothing leads to where it was made."""

from __future__ import annotations

from fmcatalog.site import lost

HEAD = '<head>\n  <link rel="canonical" href="https://x.example/b/404/">\n  <title>t</title></head>'
BODY = '<a href="../a/"></a><a href=".."></a><script>{"base": "..", "search": "../s.js"}</script>'


def test_its_links_work_at_any_depth() -> None:
    page = lost.anywhere(HEAD + BODY, "/b/")
    assert '<a href="/b/a/"></a><a href="/b/"></a>' in page
    assert '{"base": "/b/", "search": "/b/s.js"}' in page


def test_it_gives_no_address_of_its_own_and_is_not_to_be_found() -> None:
    page = lost.anywhere(HEAD + BODY, "/b/")
    assert "canonical" not in page
    assert page.count('<meta name="robots" content="noindex">') == 1
    assert page.index("noindex") < page.index("</head>")


def test_it_works_at_the_top_of_a_host_too() -> None:
    assert '<a href="/a/"></a><a href="/"></a>' in lost.anywhere(HEAD + BODY, "/")
