"""What templates become: texts are escaped once, and what is common is written once."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from fmcatalog.site.pieces import Pieces
from fmcatalog.site.rendering import Renderer
from fmcatalog.site.templating import Environment
from fmcatalog.views.page import Page
from fmcatalog.views.parts import Badge, Fact, Link, SourceEntry, Value

EVIL = "<b>\"&'"
SAFE = "&lt;b&gt;&#34;&amp;&#39;"


def written(source: str, **values: object) -> str:
    pieces = Pieces()
    environment = Environment(Path(), pieces.by_name(), {"url": pieces.url})
    return environment.from_string(source).render(**values)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ text }}", SAFE),
        ("{{ number }}", "7"),
        ("{{ items[0] ~ text }}", f"7{SAFE}"),
        ('{{ url("a/?b=" + text) }}', f"a/?b={SAFE}"),
        ("{{ link | link }}", f'<a href="p/">{SAFE}</a>'),
        ("{% set said = link | link %}{{ said }}{{ said ~ text }}", None),
        ("{{ (link | link) ~ text }}", f'<a href="p/">{SAFE}</a>{SAFE}'),
        ("{% macro m(x) %}{{ x }}{{ link | chip }}{% endmacro %}{{ m(text) }}", None),
        ('{{ "A & B" | heading }}', "\x1eA &amp; B\x1e\n"),
    ],
)
def test_a_text_is_escaped_once_wherever_it_goes(source: str, said: str | None) -> None:
    link = Link(EVIL, "p/")
    found = written(source, text=EVIL, number=7, items=[7], link=link)
    assert said is None or found == said
    assert "<b>" not in found
    assert "&amp;lt;" not in found


@pytest.mark.parametrize("source", ["{{ nobody }}", "{{ link.nothing }}", "{{ link | none }}"])
def test_a_name_that_is_not_there_is_an_error(source: str) -> None:
    with pytest.raises((AttributeError, jinja2.TemplateError)):
        written(source, link=Link("a", "p/"))


def test_a_common_fact_has_the_marks_and_the_ways_of_each_page() -> None:
    pieces = Pieces()
    group = Value(badge=Badge("G", "groups/g/", "other"), sources=(1,), note="so")
    pages = {"models/a/": "first", "models/b/": "second", "deep/models/c/": "third"}
    both: dict[bool, list[str]] = {True: [], False: []}
    for common, said in both.items():
        for page, source in pages.items():
            pieces.begin(page, (SourceEntry(1, source),))
            said.append(pieces.facts((Fact("Group", group, common),)))
            assert f'title="{source}"' in said[-1]
            assert pieces.targets == {"groups/g/"}
        assert 'href="../../groups/g/"' in said[1]
        assert 'href="../../../groups/g/"' in said[2]
    assert both[True] == both[False]


def test_a_link_into_the_page_itself_stays_on_it() -> None:
    pieces = Pieces()
    value = Value(links=(Link("Part", "models/a/#part"),))
    for page, address in (("models/a/", "#part"), ("models/b/", "../../models/a/#part")):
        pieces.begin(page)
        assert f'href="{address}"' in pieces.value(value)
        assert f'href="{address}"' in pieces.value(value, as_chips=True)


def test_a_page_is_parted_at_its_headings(tmp_path: Path) -> None:
    lines = ["lead →", '{{ "One" | heading }}', "first", '{{ "Two" | heading }}', "{{ view }}\n"]
    (tmp_path / "api.html").write_text("\n".join(lines), encoding="utf-8")
    body = Renderer(tmp_path).body(Page("data/api/", "api", "API", "about"), EVIL)
    assert body.lead == "lead →"
    assert body.sections == (("One", "first"), ("Two", SAFE))
