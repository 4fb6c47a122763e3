"""What the data page offers: only what there is, with its size."""

from __future__ import annotations

from fmcatalog import export
from fmcatalog.catalog import Catalog
from fmcatalog.views import api, data
from fmcatalog.views.files import FILES, MEDIA, files, needs, size
from fmcatalog.views.page import Settings


def test_every_file_offered_is_made(toy: Catalog) -> None:
    made = {artifact.uri for artifact in export.api(toy)}
    assert {file.path for file in FILES} <= made
    assert {file.format for file in FILES} <= set(MEDIA)
    offered = {link.path for need in needs(Settings()) for link in need.take}
    pages = {"data/api/", "data/python/", "data/#from-sql", "data/#from-a-shell"}
    assert offered <= made | pages | {"manifest.json", "data/#how-to-cite"}
    more = data.view(toy, Settings()).downloads
    assert {file.path for file in more} <= made


def test_a_site_without_parquet_does_not_offer_it() -> None:
    sizes = {file.path: 1234 for file in FILES if file.format != "Parquet"}
    there = files(Settings(sizes=sizes))
    assert {file.path for file in there} == set(sizes)
    assert {file.size for file in there} == {"1 KB"}
    offered = [link.path for need in needs(Settings(sizes=sizes)) for link in need.take]
    assert not any(path.endswith(".parquet") for path in offered)
    assert all(need.take for need in needs(Settings(sizes=sizes)))


def test_sizes_are_for_people() -> None:
    assert [size(n) for n in (0, 499, 1500, 336_000, 999_600, 1_240_000)] == [
        "1 KB",
        "1 KB",
        "2 KB",
        "336 KB",
        "1000 KB",
        "1.2 MB",
    ]


def test_the_page_of_the_api_leads_to_files_that_are_made(toy: Catalog) -> None:
    made = {artifact.uri for artifact in export.api(toy)}
    seen = api.view(toy, Settings())
    assert len(seen.calls) == len(api.CALLS)
    for call in seen.calls:
        assert {call.example.path, call.schema.path} <= made
    assert seen.openapi.path in made
    assert seen.releases[0][0] == export.SCHEMA_VERSION
