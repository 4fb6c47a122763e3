"""One page by itself is the page that the whole build makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fmcatalog import export, project
from fmcatalog.catalog import Catalog, load
from fmcatalog.records import Model
from fmcatalog.site.single import Single

ROOT = Path(__file__).resolve().parents[2]


def entry(catalog: Catalog, id: str) -> str:
    return export.bibtex(id, catalog.models[id])


def test_every_page_of_the_toy_catalog_is_that_of_the_whole_build(
    toy: Callable[..., Path], tmp_path: Path
) -> None:
    checkout_of_toys = toy(tmp_path / "toy")
    loaded = load(checkout_of_toys)
    built = project.build(checkout_of_toys, loaded, tmp_path / "site", lambda _: None)
    assert not built.problems
    single = Single(checkout_of_toys, tmp_path / "docs", loaded.catalog)
    for id in loaded.catalog.models:
        page = single.page(loaded.catalog, id, entry(loaded.catalog, id))
        assert page.content == (tmp_path / "site" / page.uri).read_bytes()


def test_pages_of_the_real_catalog_are_those_of_the_built_site(
    built_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMCATALOG_SITE_URL", "https://catalog.example/fmcatalog/")
    catalog = load(ROOT).catalog
    single = Single(ROOT, tmp_path / "docs", catalog)
    for id in sorted(catalog.models)[::20]:
        page = single.page(catalog, id, entry(catalog, id))
        assert page.content == (built_site / page.uri).read_bytes()


def edited(catalog: Catalog, id: str, **values: object) -> Model:
    return catalog.models[id].model_copy(update=values)


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Another name"},
        {"modalities": ("ct",)},
        {"modalities": None, "organs": ("liver",), "tasks": ("segmentation",)},
        {"category": "adaptation", "builds_on": None},
    ],
    ids=["name", "one modality", "no modality, other terms", "another group"],
)
def test_a_catalog_having_another_record_counts_as_one_read_anew(values: dict[str, object]) -> None:
    catalog = load(ROOT).catalog
    for id in ("medsam", "uni", "clip" if "clip" in catalog.models else "llava-med"):
        model = edited(catalog, id, **values)
        quick = catalog.having(id, model)
        anew = Catalog.of(
            {**catalog.models, id: model},
            catalog.vocabularies.values(),
            catalog.surveys.values(),
        )
        for facet in catalog.terms:
            terms = {*catalog.terms[facet]}
            assert {t: quick.members(facet, t) for t in terms} == {
                t: anew.members(facet, t) for t in terms
            }
            assert quick.unknown(facet) == anew.unknown(facet)
        assert list(quick.models) == list(anew.models)
        assert quick.by_name == anew.by_name
