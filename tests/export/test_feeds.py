"""The Atom feeds: read by a feed library, held to the musts of RFC 4287, the same every time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

import feedparser
import pytest

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.feeds import MOST
from fmcatalog.records import Model
from fmcatalog.stats.history import Event, history
from fmcatalog.views import paths

ROOTS = {
    "real": Path(__file__).resolve().parents[2],
    "toy": Path(__file__).resolve().parents[1] / "data" / "toy",
}
TOP = "https://catalog.example/a/"
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")


@pytest.fixture(scope="module", params=ROOTS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOTS[request.param]).catalog


@pytest.fixture(scope="module")
def toy() -> Catalog:
    return load(ROOTS["toy"]).catalog


def made(catalog: Catalog, top: str = TOP) -> dict[str, bytes]:
    return {artifact.uri: artifact.content for artifact in export.feeds(catalog, top)}


def entries(content: bytes) -> Iterator[ET.Element]:
    yield from ET.fromstring(content).iter(f"{ATOM}entry")


def text(parent: ET.Element, tag: str) -> str:
    (found,) = parent.findall(ATOM + tag)
    assert found.text
    return found.text


@pytest.mark.parametrize("top", [TOP, ""], ids=["whole addresses", "relative ones"])
def test_every_feed_keeps_the_musts_of_atom(top: str, catalog: Catalog) -> None:
    for uri, content in made(catalog, top).items():
        feed = ET.fromstring(content)
        ids = [text(entry, "id") for entry in feed.iter(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids), uri
        for place in (feed, *feed.iter(f"{ATOM}entry")):
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(place, "id"))
            assert text(place, "title")
            assert MOMENT.fullmatch(text(place, "updated"))
            alternates = [li for li in place.findall(f"{ATOM}link") if li.get("rel") == "alternate"]
            assert len(alternates) == 1
            assert all(link.get("href") for link in place.findall(f"{ATOM}link"))
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None
        (self_,) = (li for li in feed.findall(f"{ATOM}link") if li.get("rel") == "self")
        assert self_.get("href") == f"{top}{uri}"
        base = feed.get("{http://www.w3.org/XML/1998/namespace}base")
        assert base is None if top else base in {"./", "../../"}


def test_the_ids_are_those_of_uuid5_by_what_an_entry_is_about(catalog: Catalog) -> None:
    ours = uuid5(NAMESPACE_URL, "fmcatalog")
    feed = made(catalog)[paths.FEED]
    assert text(ET.fromstring(feed), "id") == f"urn:uuid:{uuid5(ours, paths.FEED)}"
    found = [text(entry, "id") for entry in entries(feed)]
    wanted = [f"urn:uuid:{uuid5(ours, change.id)}" for change in history(catalog)]
    assert found == wanted[:MOST]


def test_a_feed_library_reads_every_feed_without_complaint(catalog: Catalog) -> None:
    for uri, content in made(catalog).items():
        seen = feedparser.parse(content)
        assert not seen.bozo, uri
        assert seen.version == "atom10"
        assert len(seen.entries) == len(list(entries(content)))
        for entry in seen.entries:
            assert entry.link.startswith(TOP)
            assert entry.content[0].value


def test_the_whole_feed_holds_the_changes_newest_first(catalog: Catalog) -> None:
    found = list(entries(made(catalog)[paths.FEED]))
    changes = history(catalog)[:MOST]
    assert [text(e, "updated")[:10] for e in found] == [c.date.isoformat() for c in changes]
    assert [c.date for c in changes] == sorted((c.date for c in changes), reverse=True)
    new = [text(e, "title") for e in found if text(e, "title").startswith("New: ")]
    assert new == [f"New: {c.name}" for c in changes if c.event is Event.ADDED]


def test_a_feed_of_all_says_so_and_a_longer_one_holds_the_newest(
    toy: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = "{http://purl.org/syndication/history/1.0}complete"
    whole = made(toy)[paths.FEED]
    assert ET.fromstring(whole).find(complete) is not None
    monkeypatch.setattr(sys.modules["fmcatalog.export.feeds"], "MOST", 3)
    newest = made(toy)[paths.FEED]
    assert ET.fromstring(newest).find(complete) is None
    ids = [text(entry, "id") for entry in entries(newest)]
    assert ids == [text(entry, "id") for entry in entries(whole)][:3]


def test_each_group_and_modality_has_a_feed_of_its_members(catalog: Catalog) -> None:
    feeds = made(catalog)
    whole = {text(e, "id"): ET.tostring(e) for e in entries(feeds.pop(paths.FEED))}
    seen = set()
    for facet in paths.FED:
        for id in catalog.terms[facet]:
            members = catalog.members(facet, id)
            link = paths.feed(catalog, facet, id)
            assert (link is None) is (not members)
            if link is not None:
                found = list(entries(feeds[link.path]))
                wanted = [c for c in history(catalog) if set(c.models) & set(members)]
                assert len(found) == len(wanted[:MOST])
                # The same entry, word for word: a reader of two feeds sees it once.
                same = {text(e, "id"): ET.tostring(e) for e in found}
                assert all(same[id] == whole[id] for id in same.keys() & whole.keys())
                seen.add(link.path)
    assert seen == set(feeds)


def test_a_correction_says_old_new_and_why(toy: Catalog) -> None:
    (entry,) = (e for e in entries(made(toy)[paths.FEED]) if "Corrected" in text(e, "title"))
    assert text(entry, "title") == "Corrected: Lumen, training.pre-training.epochs"
    assert text(entry, "content") == "13 → 30. Two digits of an invented number were swapped."
    assert text(entry, "updated") == "2024-06-10T00:00:00Z"
    links = {li.get("rel"): li.get("href") for li in entry.findall(f"{ATOM}link")}
    assert links == {
        "alternate": f"{TOP}models/lumen/",
        "related": "https://arxiv.org/abs/2203.99990",
    }


def test_an_erratum_that_knows_what_is_right_is_a_correction_and_a_doubt_is_none(
    toy: Catalog,
) -> None:
    found = [e for e in entries(made(toy)[paths.FEED]) if "Erratum" in text(e, "title")]
    assert [text(e, "content") for e in found] == ["9 → 8. The invented code trains for eight."]
    (link,) = (li for li in found[0].findall(f"{ATOM}link") if li.get("rel") == "alternate")
    assert link.get("href") == f"{TOP}survey/#erratum-pebble-epochs"


def test_ids_do_not_depend_on_the_place_and_entries_not_on_other_records(toy: Catalog) -> None:
    def ids(content: bytes) -> list[str]:
        return [text(entry, "id") for entry in entries(content)]

    whole = made(toy)[paths.FEED]
    assert ids(whole) == ids(made(toy, "")[paths.FEED])
    one = Catalog.of(
        {"lumen": toy.models["lumen"]}, toy.vocabularies.values(), toy.surveys.values()
    )
    before = {text(e, "id"): ET.tostring(e) for e in entries(whole)}
    after = [e for e in entries(made(one)[paths.FEED]) if "Erratum" not in text(e, "title")]
    assert len(after) == 2
    assert all(before[text(e, "id")] == ET.tostring(e) for e in after)


HOSTILE = "</content><script>alert(1)</script> ]]> & \" ' \0 \x0b \ufffe = {x} 🫀 \u202e a\r\nb"


def test_no_text_is_markup_and_what_xml_cannot_hold_is_left_out(toy: Catalog) -> None:
    changed = {"name": HOSTILE, "title": HOSTILE, "summary": HOSTILE}
    model: Model = toy.models["lumen"].model_copy(update=changed)
    content = made(Catalog.of({"lumen": model}, toy.vocabularies.values()))[paths.FEED]
    wanted = " ".join(re.sub("[\0\x0b\ufffe]", " ", HOSTILE).split())
    for entry in entries(content):
        if text(entry, "title").startswith("New"):
            assert " ".join(text(entry, "title").split()) == f"New: {wanted}"
            assert wanted in " ".join(text(entry, "content").split())
    assert not feedparser.parse(content).bozo
