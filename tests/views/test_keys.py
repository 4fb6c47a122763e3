"""What is said to go by some keys of a record goes by no others.

A page or file that a build takes over from the last one has to be what it would make. So each is
made of a catalog, and of one in which records say something else, and has to be the same wherever
`Changed` says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args
from zlib import crc32

import pytest

from fmcatalog import export, stats, taxonomy
from fmcatalog.catalog import Catalog, Tier
from fmcatalog.records import Missing, Model, listed
from fmcatalog.site.rendering import Renderer
from fmcatalog.views.files import FILES
from fmcatalog.views.keys import EVERYTHING, PAGES, PRESENCE, SIZES, Basis, Changed, lent
from fmcatalog.views.linked import statements
from fmcatalog.views.page import Page, Settings
from fmcatalog.views.pages import pages

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TOP = "https://catalog.example/"
PROSE = {"summary", "key_ideas", "use_cases", "limitations"}


RENDERER = Renderer(TEMPLATES)


class Site:
    """The pages and files of a catalog, each made when it is asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        day = stats.read_last(catalog).isoformat()
        self.size = crc32("".join(m.model_dump_json() for m in catalog.models.values()).encode())
        settings = Settings("", day, {file.path: self.size for file in FILES}, TOP)
        bibtex = {id: export.bibtex(id, model) for id, model in catalog.models.items()}
        self.pages = {page.path: (page, make) for page, make in pages(catalog, settings, bibtex)}
        self._facts = statements(catalog, TOP, settings)
        self.page = cache(self._page)
        self.files = cache(self._files)

    def _page(self, path: str) -> tuple[object, ...]:
        page, make = self.pages[path]
        return page, RENDERER.body(page, make()), self._facts(path)

    def _files(self, skipped: Callable[[Basis], bool] = lambda _: False) -> dict[str, bytes]:
        """Gives the data files that are asked about, but those that are skipped."""
        asked: set[str] = set()

        def known(basis: Basis, uris: Sequence[str]) -> bool:
            asked.update(uris)
            return skipped(basis)

        made = {artifact.uri: artifact.content for artifact in export.api(self.catalog, TOP, known)}
        return {uri: content for uri, content in made.items() if uri in asked}


def missable(key: str) -> bool:
    """Tells whether a key can say why it has no value."""
    return Missing in get_args(Model.model_fields[key].annotation)


def values(catalog: Catalog, key: str) -> list[Any]:
    """Gives what records can say under a key, so that nothing comes to build on itself."""
    found = [getattr(model, key) for model in catalog.models.values()]
    if key == "builds_on":
        found = [v for v in found if not any(p.model in catalog.models for p in listed(v))]
    return [value for value in found if value is not None and not isinstance(value, Missing)]


def saying(catalog: Catalog, key: str, ids: Iterable[str], chance: random.Random) -> Catalog:
    """Lets some records say under a key what others say, or why there is no value, or nothing."""
    offered: list[Any] = values(catalog, key)
    if not Model.model_fields[key].is_required():
        offered += [None] * (1 + len(offered) // 3)
        offered += [*Missing] * (1 + len(offered) // 6) if missable(key) else []
    return _with(catalog, key, {id: chance.choice(offered) for id in ids})


def swapping(catalog: Catalog, key: str, chance: random.Random) -> Catalog:
    """Lets all records that have a value under a key have another one."""
    offered = values(catalog, key)
    held = {id: getattr(model, key) for id, model in catalog.models.items()}
    ids = [id for id, v in held.items() if v is not None and not isinstance(v, Missing)]
    return _with(catalog, key, {id: chance.choice(offered) for id in ids})


def _with(catalog: Catalog, key: str, said: dict[str, Any]) -> Catalog:
    changed = {id: catalog.models[id].model_copy(update={key: v}) for id, v in said.items()}
    return Catalog.of(
        {**catalog.models, **changed}, catalog.vocabularies.values(), catalog.surveys.values()
    )


def kept(before: Site, catalog: Catalog, chance: random.Random, most: int = 10_000) -> set[str]:
    """Makes what is said to be as it was, and looks whether it is.

    Args:
        before: The site that is there.
        catalog: The catalog now.
        chance: Which pages of models and terms are made, and which of their files.
        most: How many of them.

    Returns:
        Kinds of the pages and addresses of the whole files that were taken over.
    """
    now, changed = Site(catalog), Changed(before.catalog, catalog)

    def stays(page: Page) -> bool:
        if page.path not in before.pages:
            return False
        given = lent(before.catalog, before.pages[page.path][0])
        return changed.leaves_page(page, given, sizes=now.size == before.size)

    same = [page for page, _ in now.pages.values() if stays(page)]
    small = [page for page in same if page.about is not None]
    for page in [p for p in same if p.about is None] + chance.sample(small, min(most, len(small))):
        assert now.page(page.path) == before.page(page.path), page.path
    fewer = 1 if most > len(small) else most / len(small)
    drawn = cache(lambda basis: basis.about is None or chance.random() < fewer)
    skipped = cache(lambda basis: not changed.leaves(basis) or not drawn(basis))
    files, old = now.files(skipped), before.files()
    assert [uri for uri, content in files.items() if content != old[uri]] == []
    return {page.kind for page in same} | files.keys()


@pytest.fixture(scope="module")
def small(toy: Catalog) -> Site:
    return Site(toy)


@pytest.fixture(scope="module")
def large(real: Catalog) -> Site:
    graph = taxonomy.lineage(real)
    chosen = {*list(real.models)[::4]}
    chosen |= {id for id in real.models if real.tier(id) is Tier.SURVEYED}
    chosen |= {other for id in chosen for other in taxonomy.ancestors(graph, id)}
    return Site(replace(real, models={id: real.models[id] for id in real.models if id in chosen}))


@pytest.fixture(scope="module")
def vast(real: Catalog) -> Site:
    """More than any list shows."""
    models = dict(real.models)
    for id, model in real.models.items():
        again = model.model_copy(update={"identifiers": None})  # no two have the same
        models |= {f"{id}-2": again, f"{id}-3": again}
    return Site(replace(real, models=dict(sorted(models.items()))))


@pytest.mark.parametrize("key", Model.model_fields)
def test_what_does_not_go_by_a_key_is_as_it_was_whatever_is_said_there(
    key: str, small: Site, large: Site
) -> None:
    chance = random.Random(key)
    one = chance.choice(list(small.catalog.models))
    kept(small, saying(small.catalog, key, [one], chance), chance)
    for site, most in ((small, 10_000), (large, 30)):
        catalog, ids = site.catalog, list(site.catalog.models)
        kept(site, saying(catalog, key, ids, chance), chance, most)
        stayed = kept(site, swapping(catalog, key, chance), chance, most)
        if key in PROSE:
            assert {"models", "explore", "timeline", "term", "statistics", "models.bib"} <= stayed


def test_no_page_goes_by_records_that_came_or_went_but_as_it_says(small: Site, large: Site) -> None:
    chance = random.Random(20231028)
    for site, most in ((small, 10_000), (large, 60)):
        catalog = site.catalog
        ids = [id for id in catalog.models if not taxonomy.lineage(catalog).children[id]]
        for _ in range(3):
            one, other = chance.sample(ids, 2)
            models = {id: model for id, model in catalog.models.items() if id != one}
            renamed = {f"{chance.choice('amz')}-new": catalog.models[other]}
            for now in (models, {**catalog.models, **renamed}, {**models, **renamed}):
                kept(site, replace(catalog, models=dict(sorted(now.items()))), chance, most)


def test_of_many_records_it_is_the_same(vast: Site) -> None:
    chance = random.Random(20231028)
    seen = set()
    for keys in {*PAGES.values()} - {EVERYTHING}:
        now = vast.catalog
        for key in Model.model_fields.keys() - keys - {"sources"}:
            if PRESENCE in keys:
                now = swapping(now, key, chance)
            else:
                now = saying(now, key, now.models, chance)
        seen |= kept(vast, now, chance, 10)
    held = {kind for kind, keys in PAGES.items() if keys != EVERYTHING and SIZES not in keys}
    assert held <= seen
