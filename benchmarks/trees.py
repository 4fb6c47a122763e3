"""Writes the same facts as a tree for each peer: MkDocs and Zensical, Hugo, Eleventy.

The page round the content is the same everywhere: Material's, as MkDocs draws it once. Hugo and
Eleventy get it as a fixed text with five places to fill in, the quickest they can be given.

Run by ``peers.py`` and ``change.py``:
``.venv/bin/python benchmarks/trees.py CHECKOUT TARGET MKDOCS``, where MKDOCS is the command.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import facts
import pages
import yaml
from facts import World

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TITLE, ABOUT, PLACE = "Zzqtitle", "Zzqabout", "zzqplace"
ADDRESS = "https://catalog.example/"
_CONTENTS = re.compile(
    r'(<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>).*?(</ul>)', re.DOTALL
)
_TABS = re.compile(r'<ul class="md-tabs__list">.*?</ul>', re.DOTALL)
_CACHED = re.compile(r'partialCached ("[^"]+" (?:\([^)]*\)|"[^"]*"|\S+))(?: [^}]*?)?(?= }})')
_CONTENT = re.compile(r"(<article[^>]*>).*(</article>)", re.DOTALL)
ITEM = (
    '<li class="md-nav__item">\n  <a href="#{id}" class="md-nav__link">\n    '
    '<span class="md-ellipsis">\n      \n        {text}\n      \n    </span>\n  </a>\n  \n</li>\n'
)
Slots = tuple[str, str, str, str, str]
"""What stands for title, description, address, list of contents and content."""
HUGO: Slots = (
    "{{ .Title }}",
    "{{ .Description }}",
    "{{ .Permalink }}",
    '{{ block "toc" . }}{{ end }}',
    '{{ block "main" . }}{{ end }}',
)
ELEVENTY: Slots = (
    "{{ title }}",
    "{{ description }}",
    f"{ADDRESS.rstrip('/')}{{{{ page.url }}}}",
    "{% for text in headings %}"
    + ITEM.format(id="{{ text | slugify }}", text="{{ text }}")
    + "{% endfor %}",
    "{{ content | safe }}",
)


def mkdocs(world: World, target: Path) -> None:
    """Writes a tree for MkDocs, which Zensical reads, too."""
    labels = facts.labels(world)
    docs = _engine(target)
    for id, one in world.models.items():
        _write(docs / f"models/{id}.md", pages.model(one, id, labels))
    rows = {id: pages.row(one, id, labels) for id, one in world.models.items()}
    everything = facts.Term("models", "", "Models", "All models.", tuple(world.models))
    _write(docs / "models/index.md", pages.listed(everything, rows, "Models"))
    for term in world.terms:
        name = world.facets[term.plural][0]
        _write(docs / f"{term.plural}/{term.id}.md", pages.listed(term, rows, name))
    for plural, (name, definition) in world.facets.items():
        terms = [term for term in world.terms if term.plural == plural]
        _write(docs / f"{plural}/index.md", pages.facet(name, definition, terms))


def _engine(target: Path) -> Path:
    """Writes the project's own settings, and a page for each entry of the navigation."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("docs_dir: build/docs", "docs_dir: docs")
    text = text.replace('!ENV [FMCATALOG_SITE_URL, ""]', ADDRESS)
    text = text.replace(
        "markdown_extensions:\n", "markdown_extensions:\n  - attr_list\n  - def_list\n  - tables\n"
    )
    _write(target / "mkdocs.yml", text)
    docs = target / "docs"
    shutil.copytree(ROOT / "docs/assets", docs / "assets")
    for path, title in by_hand():
        _write(docs / path, pages.plain(title, f"{title}: a page written by hand."))
    return docs


def by_hand() -> Iterator[tuple[str, str]]:
    """Gives the entries of the navigation, file and title."""
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    for title, path in re.findall(r"- ([^:\n]+): (\S+\.md)", nav.partition("\n\n")[0]):
        yield path, title


def chrome(target: Path, command: Path) -> tuple[str, Path]:
    """Lets MkDocs draw one page, and cuts out what stands round its content.

    Args:
        target: Folder to work in.
        command: MkDocs.

    Returns:
        The page with a group separator and the number of a slot in each slot; the theme's files.
    """
    docs = _engine(target)
    prototype = pages.plain(TITLE, ABOUT).replace(f"# {TITLE}", f"# {TITLE}\n\n## One\n\n## Two")
    _write(docs / f"models/{PLACE}.md", prototype)
    subprocess.run([command, "build", "--quiet"], cwd=target, check=True)
    html = (target / f"site/models/{PLACE}/index.html").read_text(encoding="utf-8")
    html = html.replace(f"{ADDRESS}models/{PLACE}/", "\x1d2\x1d")
    html, found = _CONTENTS.subn("\\1\x1d3\x1d\\2", html)
    html, also = _CONTENT.subn("\\1\x1d4\x1d\\2", html)
    if (found, also) != (1, 1) or "{{" in html or "{%" in html:
        raise SystemExit("the page of MkDocs is not as expected")
    html = html.replace(TITLE, "\x1d0\x1d").replace(ABOUT, "\x1d1\x1d")
    html = html.replace('"../../', '"/').replace('"../.."', '"/"').replace('"../', '"/models/')
    return html, target / "site/assets"


def filled(html: str, slots: Slots) -> str:
    """Puts a peer's own words into the slots of the page."""
    return re.sub("\x1d([0-4])\x1d", lambda found: slots[int(found[1])], html)


def hugo(world: World, target: Path, html: str, assets: Path) -> None:
    """Writes a tree for Hugo: front matter, and its own taxonomies for the lists."""
    shutil.copytree(HERE / "peers/hugo", target)
    shutil.copytree(assets, target / "static/assets")
    _write(target / "layouts/baseof.html", filled(html, HUGO))
    settings = (target / "hugo.yaml").read_text(encoding="utf-8")
    names = "".join(f"\n  {plural}: {plural}" for plural in world.facets)
    _write(target / "hugo.yaml", f"{settings.rstrip()}{names}\n")
    _write(target / "data/labels.json", json.dumps(facts.labels(world)))
    content = target / "content"
    for id, one in world.models.items():
        _matter(content / f"models/{id}.md", one)
    _matter(content / "models/_index.md", {"title": "Models"})
    for term in world.terms:
        about = {"title": term.label, "description": term.definition}
        _matter(content / f"{term.plural}/{term.id}/_index.md", about)
    for plural, (name, definition) in world.facets.items():
        _matter(content / f"{plural}/_index.md", {"title": name, "description": definition})
    _matter(content / "hand/_index.md", {"title": "", "build": {"render": "never"}})
    for path, title in by_hand():
        place, text = path.removesuffix("index.md").replace(".md", "/"), f"{title}: by hand."
        if not place:
            _matter(content / "_index.md", {"title": title}, text)
        elif place.rstrip("/") not in {*world.facets, "models"}:
            name = place.rstrip("/").replace("/", "-")
            _matter(content / f"hand/{name}.md", {"title": title, "url": f"/{place}"}, text)


def themed(tuned: Path, target: Path, html: str) -> None:
    """Writes the tree for Hugo again, as themes are: each page asks the menus, nothing cached.

    Args:
        tuned: The tree that has the page round the content as a fixed text.
        target: Folder of the other.
        html: What stands round the content.
    """
    shutil.copytree(tuned, target)
    for path in (target / "layouts").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        _write(path, _CACHED.sub(r"partial \1", text))
    html, found = _TABS.subn('{{ partial "tabs.html" . }}', html)
    nav = '{{ partial "nav.html" (dict "page" . "entries" site.Menus.main "level" 1) }}'
    start = html.find('<ul class="md-nav__list" data-md-scrollfix>')
    end = html.find('<div class="md-sidebar md-sidebar--secondary"')
    last = html.rfind("</ul>", start, end) + len("</ul>")
    if found != 1 or not 0 < start < last:
        raise SystemExit("the navigation of MkDocs is not as expected")
    _write(target / "layouts/baseof.html", filled(html[:start] + nav + html[last:], HUGO))
    with (target / "hugo.yaml").open("a", encoding="utf-8") as settings:
        settings.write(yaml.safe_dump({"menus": {"main": list(_menu())}}, sort_keys=False))


def _menu() -> Iterator[dict[str, str | int]]:
    """Gives the navigation as entries of a menu."""
    above = ""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    lines = text.partition("\n\n")[0].splitlines()
    for number, line in enumerate(lines):
        inner = line.startswith("      ")
        name, _, path = line.strip(" -").partition(":")
        # A part of the navigation leads to its first page.
        path = path.strip() or lines[number + 1].partition(":")[2].strip()
        place = "/" + path.removesuffix("index.md").replace(".md", "/")
        own = f"entry-{number}"
        entry: dict[str, str | int] = {"name": name, "url": place, "weight": number + 1}
        yield {**entry, "identifier": own, **({"parent": above} if inner else {})}
        above = above if inner else own


def eleventy(world: World, target: Path, html: str, assets: Path, matter: Path) -> None:
    """Writes a tree for Eleventy: front matter as Hugo's, and a collection for the lists."""
    shutil.copytree(HERE / "peers/eleventy", target)
    shutil.copytree(assets, target / "assets")
    _write(target / "package.json", '{"type": "module"}')
    _write(target / "_includes/base.njk", filled(html, ELEVENTY))
    content = target / "content"
    content.mkdir()
    for name in ("list.njk", "facet.njk", "search.njk"):
        shutil.move(target / name, content / name)
    listed = [
        {"plural": t.plural, "id": t.id, "label": t.label, "definition": t.definition}
        for t in world.terms
    ]
    found = [{"plural": p, "name": n, "definition": d} for p, (n, d) in world.facets.items()]
    for name, data in (("labels", facts.labels(world)), ("terms", listed), ("facets", found)):
        _write(target / f"_data/{name}.json", json.dumps(data))
    shutil.copytree(matter, content / "models", ignore=shutil.ignore_patterns("_index.md"))
    shutil.move(target / "models.11tydata.js", content / "models")
    for path, title in by_hand():
        place, about = path.removesuffix("index.md").replace(".md", "/"), f"{title}: by hand."
        if place.rstrip("/") not in {*world.facets, "models"}:
            name = place.rstrip("/").replace("/", "-") or "home"
            front = {"title": title, "permalink": f"/{place}", "layout": "base.njk"}
            _matter(content / f"{name}.md", front, f"# {title}\n\n{about}")


def _matter(path: Path, data: object, text: str = "") -> None:
    written = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    _write(path, f"---\n{written}---\n{text}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write(root: Path, target: Path, command: Path) -> None:
    """Writes all trees.

    Args:
        root: A checkout.
        target: Folder of the trees; emptied first.
        command: MkDocs.
    """
    shutil.rmtree(target, ignore_errors=True)
    world = facts.read(root)
    html, assets = chrome(target / "chrome", command)
    mkdocs(world, target / "mkdocs")
    shutil.copytree(target / "mkdocs", target / "zensical")
    hugo(world, target / "hugo", html, assets)
    themed(target / "hugo", target / "hugo-themed", html)
    eleventy(world, target / "eleventy", html, assets, target / "hugo/content/models")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("root", "target", "command"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args()
    write(asked.root, asked.target, asked.command)
