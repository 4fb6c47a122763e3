"""Hostile and foreign text in a toy catalog comes out right in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import bibtexparser
import pyarrow.parquet as pq
import pytest
import rispy
from rdflib import Graph
from rdflib.namespace import SKOS

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.tables import to_parquet
from fmcatalog.site.head import Head
from fmcatalog.views.coins import coins
from fmcatalog.views.linked import article

TOY = Path(__file__).resolve().parents[1] / "data" / "toy"
TEXTS = {
    "formula": '=HYPERLINK("https://evil.example","x")',
    "formula of another form": "@SUM(1+1)*cmd|' /C calc'!A0",
    "braces": "{{{ }} \\} {",
    "commands": r"\input{/etc/passwd} $x_1^2$ 100% & #1 ~",
    "quotes": "\"double\" 'single' `back` “curly”",
    "tags": "</script><script>alert(1)</script><!-- ]]> &amp;",
    "SQL": "x'); DROP TABLE model; --",
    "end of an entry": "}, year = {1}\n@article{evil,",
    "end of a reference": "x\nER  - \nTY  - JOUR",
    "right to left": "نموذج \u202e evil \u202c עברית",
    "pictures": "🫀🧑‍⚕️ 🇩🇪",
    "line breaks": "one\ntwo\r\nthree\rfour\u2028five",
    "letters": "Şükrü Ærø 李小明 O'Neil Ñandú",
    "separators": "a; b, c | d\te",
}


@pytest.fixture(params=TEXTS.values(), ids=TEXTS)
def text(request: pytest.FixtureRequest) -> str:
    said: str = request.param
    return said


@pytest.fixture
def catalog(text: str) -> Catalog:
    """The toy, with the text as name, title, author and summary of one model, and of one term."""
    toy = load(TOY).catalog
    changed = {"name": text, "title": text, "authors": (text, "Bo Brook"), "summary": text}
    lumen = toy.models["lumen"].model_copy(update=changed)
    vocabularies = dict(toy.vocabularies)
    organ = vocabularies["organ"]
    first = organ.terms[0].model_copy(update={"label": text, "definition": text})
    vocabularies["organ"] = organ.model_copy(update={"terms": (first, *organ.terms[1:])})
    return Catalog.of({**toy.models, "lumen": lumen}, vocabularies.values(), toy.surveys.values())


def line(text: str) -> str:
    return " ".join(text.split())


def test_json_says_it_letter_by_letter(text: str, catalog: Catalog) -> None:
    models = {m["id"]: m for m in json.loads(export.to_json(catalog))["models"]}
    assert models["lumen"]["title"] == text
    assert models["lumen"]["authors"] == [text, "Bo Brook"]
    (added,) = (c for c in json.loads(export.changes(catalog))["changes"] if c["id"] == "lumen")
    assert added["name"] == text


def test_csv_keeps_it_in_its_cell_and_runs_nothing(text: str, catalog: Catalog) -> None:
    found = list(csv.DictReader(io.StringIO(export.to_csv(catalog).decode(), newline="")))
    assert [row["id"] for row in found] == list(catalog.models)
    row = found[1]
    assert row["title"].removeprefix("'") == text.replace("\r", " ")
    assert not re.match(r"[=+\-@|\t\r\n]", row["title"])


def test_parquet_and_sqlite_say_it_letter_by_letter(text: str, catalog: Catalog) -> None:
    table = pq.read_table(io.BytesIO(to_parquet(catalog))).to_pylist()
    assert (table[1]["title"], table[1]["authors"]) == (text, [text, "Bo Brook"])
    base = sqlite3.connect(":memory:")
    base.deserialize(export.to_sqlite(catalog))
    assert base.execute("SELECT name, title FROM model WHERE id = 'lumen'").fetchall() == [
        (text, text)
    ]
    assert base.execute("SELECT count(*) FROM model").fetchone() == (len(catalog.models),)
    label = "SELECT count(*) FROM term WHERE facet = 'organ' AND label = ?"
    assert base.execute(label, [text]).fetchone() == (1,)
    base.close()


def test_bibtex_csl_and_ris_have_the_same_entries_as_ever(text: str, catalog: Catalog) -> None:
    library = bibtexparser.parse_string(export.to_bibtex(catalog).decode())
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == list(catalog.models)
    assert "evil" not in library.entries_dict
    items = {item["id"]: item for item in json.loads(export.to_csl(catalog))}
    assert items["lumen"]["title"] == line(text)
    references = rispy.loads(export.to_ris(catalog).decode())
    assert [entry["id"] for entry in references] == list(catalog.models)
    assert references[1]["title"] == line(text)


def test_a_feed_stays_xml_and_says_it(text: str, catalog: Catalog) -> None:
    feed = next(a for a in export.feeds(catalog, "") if a.uri == "feed.xml")
    titles = [
        e.text for e in ET.fromstring(feed.content).iter("{http://www.w3.org/2005/Atom}title")
    ]
    assert f"New: {line(text)}" in titles


def test_turtle_is_read_back_with_it(text: str, catalog: Catalog) -> None:
    graph = Graph().parse(
        data=export.to_turtle(catalog), format="turtle", publicID="https://catalog.example/v.ttl"
    )
    assert line(text) in {str(label) for label in graph.objects(None, SKOS.prefLabel)}


def test_json_ld_and_coins_end_nothing_in_a_page(text: str, catalog: Catalog) -> None:
    said: Any = article(catalog.models["lumen"])
    page = str(Head(text, text, "", "", (), (), facts=said))
    assert page.count("<script") == page.count("</script") == 1
    (inside,) = re.findall(r"json\">(.*)</script>", page, re.DOTALL)
    assert json.loads(inside)["headline"] == text
    assert parse_qs(coins(catalog.models["lumen"]))["rft.atitle"] == [text]


def test_latex_has_no_command_of_it(text: str, catalog: Catalog) -> None:
    made = export.to_latex(catalog, ["lumen"]).decode()
    assert r"\input" not in made
    tables = made.split("% The taxonomy")[0]
    ends = [li for li in tables.splitlines() if li.endswith(r"\\") and r"\cite{lumen}" in li]
    assert len(ends) == 1
    assert len(re.findall(r"(?<!\\)&", ends[0])) == 3
