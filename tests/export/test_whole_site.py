"""One site, built by the command: every page and every file holds the same models, term by term."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import bibtexparser
import pyarrow.parquet as pq
import pytest
import rispy
from lxml import html

from fmcatalog.catalog import Catalog, load
from fmcatalog.export.feeds import MOST
from fmcatalog.views import paths

ATOM = "{http://www.w3.org/2005/Atom}"
KEYS = {"modality": "modalities", "organ": "organs", "task": "tasks", "algorithm": "algorithms"}
NOTHING = {"", "not-reported", "not-applicable"}

Ids = dict[str, set[str]]
"""Term → ids of models."""


@pytest.fixture(scope="module")
def catalog(checkout: Path) -> Catalog:
    return load(checkout).catalog


@pytest.fixture(scope="module")
def base(built_site: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{built_site / 'catalog.sqlite'}?mode=ro", uri=True)
    yield connection
    connection.close()


def page(site: Path, path: str) -> Any:
    return html.parse(str(site / path / "index.html")).getroot()


def listed(seen: Any) -> list[str]:
    """The models of a page's list: the rows that offer a paper to reference managers."""
    links = seen.xpath('//th[span[@class="Z3988"]]/a/@href')
    return [link.rstrip("/").rpartition("/")[2] for link in links]


def rows(site: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((site / name).read_text("utf-8"), newline="")))


def answer(site: Path, name: str) -> Any:
    return json.loads((site / "api/v1" / name).read_bytes())


def stated(seen: Any) -> dict[str, Any]:
    (text,) = seen.xpath('//script[@type="application/ld+json"]/text()')
    found: dict[str, Any] = json.loads(text)
    return found


def added(feed: Path) -> list[str]:
    """The ids of the records that a feed calls new, by the pages it leads to."""
    found = []
    for entry in ET.parse(feed).iter(f"{ATOM}entry"):
        if entry.findtext(f"{ATOM}title", "").startswith("New: "):
            (link,) = (li for li in entry.iter(f"{ATOM}link") if li.get("rel") == "alternate")
            found.append(link.get("href", "").rstrip("/").rpartition("/")[2])
    return found


def asked(checkout: Path, *arguments: str) -> list[str]:
    command = [str(Path(sys.executable).with_name("fmcatalog")), "list", *arguments]
    done = subprocess.run(
        [*command, "--format", "json"], cwd=checkout, capture_output=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["count"] == len(found["models"])
    return [model["id"] for model in found["models"]]


def test_every_page_and_every_file_holds_the_same_models(
    built_site: Path, checkout: Path, catalog: Catalog, base: sqlite3.Connection
) -> None:
    site = built_site
    wanted = sorted(catalog.models)
    whole = answer(site, "models.json")
    explorer = json.loads((site / "assets/explore.json").read_bytes())
    folders = [path.parent.name for path in (site / "models").glob("*/index.html")]
    articles = [
        id for id in folders if stated(page(site, f"models/{id}"))["@type"] == "ScholarlyArticle"
    ]
    about = [stated(page(site, f"models/{id}"))["headline"] for id in sorted(folders)]
    families = answer(site, "taxonomy.json")["families"]
    parquet = pq.read_table(site / "models.parquet")
    bibtex = bibtexparser.parse_string((site / "models.bib").read_text("utf-8"))
    changes = answer(site, "changes.json")
    found = {
        "pages": folders,
        "JSON-LD": articles,
        "the list of models": listed(page(site, "models")),
        "models.json": [model["id"] for model in whole["models"]],
        "one JSON each": [path.stem for path in (site / "api/v1/models").glob("*.json")],
        "models.csv": [row["id"] for row in rows(site, "models.csv")],
        "models.parquet": parquet["id"].to_pylist(),
        "models.bib": [entry.key for entry in bibtex.entries],
        "one BibTeX each": [path.stem for path in (site / "models").glob("*/*.bib")],
        "models.csl.json": [i["id"] for i in json.loads((site / "models.csl.json").read_bytes())],
        "models.ris": [e["id"] for e in rispy.loads((site / "models.ris").read_text("utf-8"))],
        "catalog.sqlite": [id for (id,) in base.execute("SELECT id FROM model")],
        "the database's search": [id for (id,) in base.execute("SELECT id FROM model_search")],
        "changes.json": [c["id"] for c in changes["changes"] if c["event"] == "added"],
        "taxonomy.json": [id for family in families for id in family["models"]],
        "the explorer": explorer["models"]["id"],
        "the comparison": [
            id for id, *_ in json.loads((site / "assets/compare/names.json").read_bytes())["models"]
        ],
        "fmcatalog list": asked(checkout),
    }
    assert {kind: ids for kind, ids in found.items() if sorted(ids) != wanted} == {}
    newest = [c["id"] for c in changes["changes"][:MOST] if c["event"] == "added"]
    assert added(site / "feed.xml") == newest
    assert about == [catalog.models[id].title for id in wanted]
    dataset = stated(page(site, ""))
    counts = {
        "models.json": whole["count"],
        "statistics.json": answer(site, "statistics.json")["models"],
        "the explorer": explorer["count"],
        "the home page": int(page(site, "").xpath('//ul[@class="fm-counts"]//strong/text()')[0]),
        "JSON-LD": int(re.findall(r"([0-9]+) models\.$", dataset["description"])[0]),
        "Parquet": parquet.num_rows,
        "the database": base.execute("SELECT count(*) FROM model_overview").fetchone()[0],
        "what the database says of itself": int(
            base.execute("SELECT value FROM about WHERE key = 'models'").fetchone()[0]
        ),
    }
    assert {kind: n for kind, n in counts.items() if n != len(wanted)} == {}
    assert changes["count"] == len(changes["changes"])
    entries = list(ET.parse(site / "feed.xml").iter(f"{ATOM}entry"))
    assert len(entries) == min(MOST, changes["count"])


def test_every_stage_of_training_stands_in_every_file(
    built_site: Path, base: sqlite3.Connection
) -> None:
    table = [(r["model"], int(r["number"]), r["stage"]) for r in rows(built_site, "training.csv")]
    parquet = pq.read_table(built_site / "training.parquet").to_pylist()
    models = answer(built_site, "models.json")["models"]
    found = {
        "Parquet": [(row["model"], row["number"], row["stage"]) for row in parquet],
        "SQLite": base.execute(
            "SELECT model, number, stage FROM training ORDER BY model, number"
        ).fetchall(),
        "JSON": [
            (model["id"], number, stage["stage"])
            for model in models
            if isinstance(model.get("training"), list)
            for number, stage in enumerate(model["training"], start=1)
        ],
    }
    assert {kind: stages for kind, stages in found.items() if stages != table} == {}


def wider(vocabulary: Any) -> dict[str, set[str]]:
    """Term → itself and all above it."""
    broader = {term["id"]: term.get("broader") for term in vocabulary["terms"]}
    found = {}
    for id in broader:
        chain = [id]
        while broader[chain[-1]]:
            chain.append(broader[chain[-1]])
        found[id] = set(chain)
    return found


def gathered(pairs: Iterator[tuple[str, str]], above: dict[str, set[str]]) -> Ids:
    found: Ids = {term: set() for term in above}
    for term, model in pairs:
        for one in above[term]:
            found[one].add(model)
    return found


@pytest.mark.parametrize("facet", ["category", *KEYS])
def test_every_term_has_the_same_models_everywhere(
    facet: str, built_site: Path, checkout: Path, base: sqlite3.Connection
) -> None:
    site, key = built_site, KEYS.get(facet, "category")
    above = wider(answer(site, f"vocabularies/{facet}.json"))

    def of(value: Any) -> list[str]:
        if value is None or (isinstance(value, str) and value in NOTHING):
            return []
        return value if isinstance(value, list) else value.split("; ")

    def pairs(found: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
        return ((term, row["id"]) for row in found for term in of(row.get(key)))

    if facet == "category":
        stored = base.execute("SELECT category, id FROM model")
    else:
        stored = base.execute("SELECT term, model FROM model_term WHERE facet = ?", [facet])
    said = {
        "JSON": gathered(pairs(answer(site, "models.json")["models"]), above),
        "CSV": gathered(pairs(rows(site, "models.csv")), above),
        "Parquet": gathered(pairs(pq.read_table(site / "models.parquet").to_pylist()), above),
        "SQLite": gathered(iter(stored.fetchall()), above),
        "pages": {id: set(listed(page(site, paths.term_path(facet, id)))) for id in above},
        "BibTeX": {
            id: set(re.findall(r"^@\w+{([^,]+),", file.read_text("utf-8"), re.MULTILINE))
            if (file := site / paths.papers_path(facet, id, "bib")).is_file()
            else set()
            for id in above
        },
    }
    if facet in paths.FED:
        said["feeds"] = {
            id: set(added(file)) if (file := site / paths.feed_path(facet, id)).is_file() else set()
            for id in above
        }
    if facet == "category":
        said["taxonomy"] = dict(branches(answer(site, "taxonomy.json")["families"]))
    wanted = said.pop("JSON")
    assert {
        kind: {t: ids[t] ^ wanted[t] for t in above if ids[t] != wanted[t]}
        for kind, ids in said.items()
        if ids != wanted
    } == {}
    counts = answer(site, "statistics.json")["facets"][facet]["counts"]
    assert {t: n for t, n in counts.items() if n != len(wanted[t])} == {}
    most = max(wanted, key=lambda term: len(wanted[term]))
    assert set(asked(checkout, f"--{facet}", most)) == wanted[most]


def branches(found: list[Any]) -> Iterator[tuple[str, set[str]]]:
    for branch in found:
        yield branch["id"], set(branch["models"])
        yield from branches(branch.get("narrower", []))


def test_every_vocabulary_is_whole_in_json_sqlite_and_json_ld(
    built_site: Path, base: sqlite3.Connection, catalog: Catalog
) -> None:
    for facet, vocabulary in catalog.vocabularies.items():
        ids = [term.id for term in vocabulary.terms]
        said = answer(built_site, f"vocabularies/{facet}.json")
        assert [term["id"] for term in said["terms"]] == ids
        stored = base.execute("SELECT id FROM term WHERE facet = ? ORDER BY position", [facet])
        assert [id for (id,) in stored] == ids
        seen = stated(page(built_site, paths.facet_path(facet)))
        assert (seen["@type"], seen["name"]) == ("DefinedTermSet", vocabulary.plural)
        for id in ids:
            one = stated(page(built_site, paths.term_path(facet, id)))
            assert (one["@type"], one["termCode"]) == ("DefinedTerm", id)


def test_every_page_leads_to_its_data(built_site: Path) -> None:
    for path in sorted(built_site.rglob("index.html")):
        place = path.parent.relative_to(built_site).as_posix()
        seen = html.parse(str(path)).getroot()
        feeds = seen.xpath('//link[@type="application/atom+xml"]/@href')
        assert feeds, place
        assert all((path.parent / feed).is_file() for feed in feeds), place
        ends = (".json", ".csv", ".bib", ".xml", ".sqlite", ".ttl", ".ris")
        data = [a for a in seen.xpath("//article//a/@href") if a.endswith(ends)]
        assert data or place in {"about", "checks", "404"}, place
        assert all((path.parent / a).is_file() for a in data if "://" not in a), place
