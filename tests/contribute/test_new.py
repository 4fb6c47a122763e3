"""A new record by every door, against a server that speaks the real formats and breaks them."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from fmcatalog import documents
from fmcatalog.catalog import load
from fmcatalog.contribute import bibtex, form, indexes
from fmcatalog.contribute.beginning import Asked, Begun, begin, begin_from_issue
from fmcatalog.contribute.formatting import canonical
from fmcatalog.contribute.network import MOST_BYTES, Network, Settings, Unreachable
from fmcatalog.contribute.work import Refused, clean, name
from fmcatalog.diagnostics import Severity
from fmcatalog.records import Model, read

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 24)

ATOM = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?id_list=2402.11111" rel="self"/>
  <title type="html">ArXiv Query: id_list=2402.11111</title>
  <id>http://arxiv.org/api/x</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/2402.11111v3</id>
    <updated>2024-05-02T10:00:00Z</updated>
    <published>2024-02-16T18:59:01Z</published>
    <title>MedFoo: Segmenting 50% of
  Ultrasound with $\\alpha$-nets &amp; more</title>
    <summary>Not ours.</summary>
    <author><name>J\\"org M\u00fcller</name></author>
    <author><name>Anna van der Berg</name></author>
    <author><name>\u015e\u00fckr\u00fc O'Neil</name></author>
  </entry>
</feed>
"""
EMPTY = ATOM[: ATOM.index("  <entry>")] + "</feed>\n"
ERROR = ATOM.replace("abs/2402.11111v3", "api/errors#incorrect_id_format_for_x").replace(
    "Not ours.", "incorrect id format for x"
)
BOMB = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>\n<a>&d;</a>'
CROSSREF = {
    "status": "ok",
    "message": {
        "type": "journal-article",
        "title": ["Seg&amp;ment <i>anything</i> in <sub>3</sub>D"],
        "author": [
            {"given": "Ann", "family": "Bee", "sequence": "first"},
            {"given": "Cee", "family": "Dee", "suffix": "Jr."},
            {"name": "The Group"},
        ],
        "container-title": ["Nature &amp; Communications"],
        "volume": "15",
        "issue": "1",
        "article-number": "654",
        "issued": {"date-parts": [[2024, 1, 22]]},
        "published-online": {"date-parts": [[2024, 1, 20]]},
        "relation": {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2402.22222v2"}]},
    },
}
DATACITE = {
    "data": {
        "attributes": {
            "titles": [{"title": "A data paper"}],
            "creators": [{"name": "Bee, Ann", "givenName": "Ann", "familyName": "Bee"}],
            "dates": [{"date": "2024-03-01", "dateType": "Issued"}],
            "publicationYear": 2024,
            "container": {},
        }
    }
}

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers as it is told; remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, dict[str, str], bytes] | Answer]] = {}
        self.asked: list[tuple[str, str]] = []

    def says(self, path: str, body: str | bytes | dict[str, Any], status: int = 200, **head: str):
        data = json.dumps(body) if isinstance(body, dict) else body
        data = data.encode() if isinstance(data, str) else data
        head = {k.replace("_", "-"): v for k, v in head.items()}
        self.answers.setdefault(path, []).append((status, head, data))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            state.asked.append((self.path, self.headers["User-Agent"]))
            queue = state.answers.get(path, [(404, {}, b"Resource not found.")])
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            if callable(answer):
                answer(self)
                return
            status, head, data = answer
            self.send_response(status)
            for key, value in head.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{httpd.server_port}"
    monkeypatch.setenv("FMCATALOG_ARXIV_API", f"{base}/api/query")
    monkeypatch.setenv("FMCATALOG_CROSSREF_API", f"{base}/works")
    monkeypatch.setenv("FMCATALOG_DATACITE_API", f"{base}/dois")
    monkeypatch.setenv("FMCATALOG_PAUSE", "0.01")
    monkeypatch.setenv("FMCATALOG_TIMEOUT", "0.5")
    monkeypatch.setenv("FMCATALOG_CONTACT", "us@catalog.example")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield state
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def network(server: Server) -> Iterator[Network]:
    asking = Network(Settings.of_environment())
    yield asking
    asking.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    return tmp_path


def test_arxiv_fills_title_authors_date_and_identifier(server: Server, root: Path) -> None:
    server.says("/api/query", ATOM)
    begun = begin(root, "medfoo", Asked(arxiv="2402.11111"), TODAY)
    assert "name: MedFoo\n" in begun.text
    assert 'title: "MedFoo: Segmenting 50% of Ultrasound with α-nets & more"\n' in begun.text
    assert "authors: [Jörg Müller, Anna van der Berg, Şükrü O'Neil]\n" in begun.text
    assert "published: 2024-02-16\n" in begun.text
    assert 'identifiers: {arxiv: "2402.11111"}\n' in begun.text
    assert canonical(begun.text) == begun.text
    assert not (root / begun.file).exists()


def test_what_only_a_person_can_fill_in_is_all_that_is_left(server: Server, root: Path) -> None:
    server.says("/api/query", ATOM)
    begun = begin(root, "medfoo", Asked(arxiv="2402.11111"), TODAY)
    assert [(d.code, d.path) for d in begun.diagnostics] == [("F111", ("category",))]
    assert "'category'" in begun.diagnostics[0].message
    assert begun.diagnostics[0].help.startswith("write one of: ")


def test_every_offer_of_the_skeleton_is_right_once_its_mark_is_gone(
    server: Server, root: Path
) -> None:
    server.says("/api/query", ATOM)
    text = begin(root, "medfoo", Asked(arxiv="2402.11111"), TODAY).text
    text = re.sub(r"(?m)^( *)# (?!Choose|A \w+ is one of|…|yaml)", r"\1", text).replace(
        "category:", "category: adaptation"
    )
    path = root / "catalog" / "models" / "medfoo.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load(root)
    assert "medfoo" in loaded.catalog.models, [d.message for d in loaded.diagnostics]
    assert not loaded.diagnostics
    offered = {line.split(":")[0] for line in text.splitlines()}
    assert {"modalities", "organs", "tasks", "algorithms", "training", "summary"} <= offered


def test_the_skeleton_offers_the_terms_one_may_choose_from(root: Path) -> None:
    text = begin(root, "medfoo", Asked(), TODAY).text
    catalog = load(root).catalog
    offers = dict(re.findall(r"# Choose[^(\n]*\((\S+)\): ((?:.*\n)(?:# … .*\n)*)", text))
    for facet, known in catalog.terms.items():
        if facet == "category":
            continue
        offered = re.findall(r"[^\s,#…]+", offers[f"catalog/vocabularies/{facet}.yaml"])
        assert len(offered) == min(len(known), 24)
        assert set(offered) <= set(known)
        used = {t for m in catalog.models.values() for t in m.terms(facet)}
        assert set(offered) <= used or used <= set(offered)
    groups = re.findall(r"# Choose one: ((?:.*\n)(?:# … .*\n)*)category:", text)[0]
    leaves = {t for t in catalog.terms["category"] if not catalog.narrower("category", t)}
    assert set(re.findall(r"[^\s,#…]+", groups)) == leaves
    assert "# A stage is one of: pre-training, " in text
    assert max(map(len, text.splitlines())) <= 100


def test_what_the_skeleton_guessed_or_cut_short_is_said_beside_it(root: Path) -> None:
    (root / "a.bib").write_text(BIBTEX, encoding="utf-8")
    text = begin(root, "mfo", Asked(bibtex=root / "a.bib"), TODAY).text
    assert "# As its authors write it:\nname: mfo\n" in text
    assert "# The list above is cut short" in text.split("author_count:")[0]
    text = begin(root, "medfoo", Asked(bibtex=root / "a.bib"), TODAY).text
    assert "As its authors write it" not in text


def test_who_asks_says_who_they_are(server: Server, network: Network) -> None:
    server.says("/api/query", ATOM)
    indexes.arxiv(network, "2402.11111")
    path, agent = server.asked[0]
    assert "id_list=2402.11111" in path
    assert agent.startswith("fmcatalog/")
    assert "mailto:us@catalog.example" in agent


def test_crossref_gives_the_venue_and_names_the_preprint(server: Server, network: Network) -> None:
    server.says("/works/10.1038/x", CROSSREF)
    work = indexes.doi(network, "10.1038/x")
    assert work.title == "Seg&ment anything in 3D"
    assert work.authors == ("Ann Bee", "Cee Dee Jr.", "The Group")
    assert work.published == "2024-01-20"
    assert work.venue == {
        "name": "Nature & Communications",
        "kind": "journal",
        "year": "2024",
        "volume": "15(1)",
        "pages": "654",
    }
    assert work.identifiers == {"arxiv": "2402.22222", "doi": "10.1038/x"}


MEDRXIV = {
    "message": {
        "type": "posted-content",
        "title": ["Segment anything in 3D"],
        "author": [{"given": "Ann", "family": "Bee"}],
        "posted": {"date-parts": [[2023, 5, 2]]},
        "issued": {"date-parts": [[2023, 5, 2]]},
        "relation": {"is-preprint-of": [{"id-type": "doi", "id": "https://doi.org/10.1038/x"}]},
    }
}


def test_a_preprint_names_the_article_it_became(server: Server, network: Network) -> None:
    server.says("/works/10.1101/x", MEDRXIV)
    work = indexes.doi(network, "10.1101/x")
    assert work.identifiers == {"doi": "10.1038/x", "preprint_doi": "10.1101/x"}
    assert work.published == "2023-05-02"
    assert work.venue == {}
    assert "with --doi 10.1038/x the venue" in work.notes[0]


def test_a_preprint_is_refused_where_the_article_is_here_and_the_other_way_round(
    server: Server, root: Path
) -> None:
    said = json.dumps(MEDRXIV).replace("10.1038/x", "10.1038/s41467-024-44824-z")
    server.says("/works/10.1101/x", said)
    with pytest.raises(Refused, match=r"medsam\.yaml is doi:10\.1038/s41467-024-44824-z"):
        begin(root, "other", Asked(doi="10.1101/x"), TODAY)
    assert not (root / "catalog/models/other.yaml").exists()
    here = root / "catalog/models/medsam.yaml"
    text = here.read_text(encoding="utf-8")
    both = "doi: 10.1038/s41467-024-44824-z, preprint_doi: 10.1101/y"
    here.write_text(text.replace("doi: 10.1038/s41467-024-44824-z", both, 1), encoding="utf-8")
    article = json.dumps(CROSSREF).replace("10.48550/arXiv.2402.22222v2", "10.1101/y")
    server.says("/works/10.1234/new", article)
    with pytest.raises(Refused, match=r"medsam\.yaml is doi:10\.1101/y"):
        begin(root, "other", Asked(doi="10.1234/new"), TODAY)


def test_datacite_is_asked_where_crossref_does_not_know(server: Server, network: Network) -> None:
    server.says("/dois/10.5281/x", DATACITE)
    work = indexes.doi(network, "10.5281/x")
    assert (work.title, work.authors, work.published) == (
        "A data paper",
        ("Ann Bee",),
        "2024-03-01",
    )


def test_a_doi_that_nobody_knows_is_said_so(server: Server, network: Network) -> None:
    with pytest.raises(Refused, match="neither Crossref nor DataCite"):
        indexes.doi(network, "10.5281/x")


def test_both_identifiers_together_give_the_first_date_and_the_venue(
    server: Server, root: Path
) -> None:
    server.says("/api/query", ATOM)
    server.says("/works/10.1038/x", CROSSREF)
    text = begin(root, "medfoo", Asked("2402.11111", "10.1038/x"), TODAY).text
    assert "published: 2024-01-20\n" in text
    assert 'identifiers: {arxiv: "2402.11111", doi: 10.1038/x}' in text
    assert "name: Nature & Communications" in text


def test_a_busy_service_is_asked_again_when_it_says(server: Server, network: Network) -> None:
    server.says("/api/query", "slow down", 429, Retry_After="1")
    server.says("/api/query", "", 503)
    server.says("/api/query", ATOM)
    began = time.monotonic()
    assert indexes.arxiv(network, "2402.11111").title
    assert time.monotonic() - began >= 1
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (EMPTY, 200, "has no paper 2402.11111"),
        (ERROR, 200, "incorrect id format"),
        (ATOM.replace("2402.11111v3", "2402.99999v1"), 200, "has no paper"),
        (ATOM[:400], 200, "not the Atom feed"),
        ("<!DOCTYPE html><html><body>Down</body></html>", 200, "not the Atom feed"),
        ("<html><body>Down</body></html>", 200, "not the Atom feed"),
        (BOMB, 200, "not the Atom feed"),
        ("", 200, "not the Atom feed"),
        (b"\xff\xfe\x00", 200, "not the Atom feed"),
        (ATOM.replace("<name>", "<nom>").replace("</name>", "</nom>"), 200, "no authors"),
        ("x" * (MOST_BYTES + 1), 200, "more than"),
        ("no", 403, "refuses"),
    ],
)
def test_an_answer_that_is_none_is_refused_in_words(
    server: Server, network: Network, body: str | bytes, status: int, said: str
) -> None:
    server.says("/api/query", body, status)
    with pytest.raises(Refused, match=said):
        indexes.arxiv(network, "2402.11111")


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", "<html>", '{"message": 3}', "[" * 9999, '{"message": {"author": 4}}'],
)
def test_malformed_json_is_refused_in_words(server: Server, network: Network, body: str) -> None:
    server.says("/works/10.1038/x", body)
    with pytest.raises(Refused, match="Crossref"):
        indexes.doi(network, "10.1038/x")


@pytest.mark.parametrize(("status", "said"), [(429, "too many"), (500, "out of order")])
def test_a_service_that_stays_down_is_given_up(
    server: Server, network: Network, status: int, said: str
) -> None:
    server.says("/api/query", "", status)
    with pytest.raises(Unreachable, match=said):
        indexes.arxiv(network, "2402.11111")
    assert len(server.asked) == 4


def test_a_service_that_hangs_is_given_up(server: Server, network: Network) -> None:
    server.answers["/api/query"] = [lambda _: time.sleep(1)]
    with pytest.raises(Unreachable, match="in time"):
        indexes.arxiv(network, "2402.11111")


def test_without_a_network_the_message_names_the_way_that_needs_none(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMCATALOG_ARXIV_API", "http://127.0.0.1:1/api")
    asking = Network(Settings.of_environment())
    with pytest.raises(Unreachable, match="--bibtex"):
        indexes.arxiv(asking, "2402.11111")
    asking.close()


@pytest.mark.parametrize(
    "asked",
    [
        Asked(arxiv="2304.12306"),
        Asked(arxiv="2304.12306v3"),
        Asked(arxiv="https://arxiv.org/abs/2304.12306v1"),
        Asked(doi="10.48550/arXiv.2304.12306"),
        Asked(doi="https://doi.org/10.1038/S41467-024-44824-Z"),
    ],
)
def test_a_work_that_is_here_is_found_before_anybody_is_asked(
    server: Server, root: Path, asked: Asked
) -> None:
    with pytest.raises(Refused, match=r"medsam\.yaml"):
        begin(root, "other", asked, TODAY)
    assert server.asked == []


def test_a_work_is_known_again_by_its_title_and_its_preprint(server: Server, root: Path) -> None:
    server.says(
        "/api/query",
        re.sub(
            "<title>MedFoo.*?</title>",
            "<title>Segment ANYTHING in medical: images</title>",
            ATOM,
            flags=re.DOTALL,
        ),
    )
    with pytest.raises(Refused, match="has this title"):
        begin(root, "other", Asked(arxiv="2402.11111"), TODAY)
    text = json.dumps(CROSSREF).replace("2402.22222v2", "2304.12306")
    server.says("/works/10.1038/x", text)
    with pytest.raises(Refused, match=r"medsam.yaml is arxiv:2304.12306"):
        begin(root, "other", Asked(doi="10.1038/x"), TODAY)


@pytest.mark.parametrize("id", ["medsam", "Bad ID", "../x", "index", "", "a" * 61, "é"])
def test_an_id_that_is_taken_or_none_is_refused(server: Server, root: Path, id: str) -> None:
    with pytest.raises(Refused):
        begin(root, id, Asked(arxiv="2402.11111"), TODAY)
    assert server.asked == []


BIBTEX = r"""
@article{zhang2024,
  title = {{MedFoo}: Segmenting 50\% of {\"U}ltrasound with $\alpha$-nets},
  author = {M{\"u}ller, J{\"o}rg and van der Berg, Anna and Li Wei and others},
  journal = {Nature Communications}, year = {2024}, month = mar,
  volume={15}, number={1}, pages={12--14},
  doi = {10.1038/s41467-999}, eprint={2401.12345}
}
"""


def test_bibtex_is_read_without_a_network() -> None:
    work = bibtex.parse(BIBTEX)
    assert work.title == "MedFoo: Segmenting 50% of Ültrasound with α-nets"
    assert work.authors == ("Jörg Müller", "Anna van der Berg", "Li Wei")
    assert work.more_authors
    assert work.published == "2024-01"  # of the preprint, not of the journal
    assert work.venue["pages"] == "12-14"
    assert work.identifiers == {"arxiv": "2401.12345", "doi": "10.1038/s41467-999"}


@pytest.mark.parametrize(
    ("eprint", "date", "published"),
    [
        ("eprint={2405.01469},", "year={2024}", "2024-05"),
        ("eprint={2405.01469},", "year={2025}, month=jan", "2024-05"),
        ("eprint={2405.01469},", "date={2024-05-02}", "2024-05-02"),
        ("", "year={2025}, month=jan", "2025-01"),
        ("", "year={2025}", ""),
    ],
)
def test_the_first_version_of_bibtex_is_of_the_month_of_its_arxiv_number(
    eprint: str, date: str, published: str
) -> None:
    text = f"@article{{a, title={{T}}, author={{Bee, Ann}}, {eprint} {date}}}"
    assert bibtex.parse(text).published == published


@pytest.mark.parametrize("text", ["", "x", "@article{a,", BIBTEX * 2, "@article{a, year=2024}"])
def test_bibtex_without_exactly_one_paper_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        bibtex.parse(text)


def test_markup_entities_and_latex_go_and_comparisons_stay() -> None:
    assert clean("<i>A</i> &amp;amp; <jats:b>B</jats:b>  x<5 &lt;i&gt;C") == "A & B x<5 C"
    assert clean(r"na\"ive {SAM} in 5%", latex=True) == "naïve SAM in 5%"
    assert name("Bee, Ann") == "Ann Bee"
    assert name("Dee, Jr., Cee") == "Cee Dee Jr."


ISSUE = """\
### Id

medfoo

### Name

MedFoo

### arXiv identifier

2402.11111

### DOI

_No response_

### Title

_No response_

### Group

adaptation

### Modalities

ct, mri

### Summary

It segments
what it sees.

### Key ideas

- Prompts are boxes.
- ### Not a heading of ours

### Where you read it

abstract
"""


def finished(begun: Begun) -> str:
    """Does what a person does at the end: the comments that ask go."""
    lines = [line for line in begun.text.splitlines() if not re.match(r" *#(?! yaml)", line)]
    return canonical("\n".join(lines) + "\n")


def test_an_issue_becomes_a_record(server: Server, root: Path) -> None:
    server.says("/api/query", ATOM)
    begun = begin_from_issue(root, ISSUE, TODAY)
    assert begun.file == "catalog/models/medfoo.yaml"
    assert not [d for d in begun.diagnostics if d.severity is Severity.ERROR]
    assert 'key_ideas:\n  - Prompts are boxes.\n  - "### Not a heading of ours"\n' in begun.text


def test_what_an_issue_read_in_one_place_is_one_source(root: Path) -> None:
    known = "MedFoo: A model\n\n### Authors\n\nAnn Bee\n\n### First public version\n\n2024-02-16"
    body = ISSUE.replace("### Title\n\n_No response_", f"### Title\n\n{known}")
    begun = begin_from_issue(root, body, TODAY)
    (source,) = load_model(begun).sources
    assert source.fields == (
        *("title", "authors", "published", "identifiers.arxiv", "links.paper"),
        *("name", "category", "modalities", "summary", "key_ideas"),
    )
    assert source.locator == "abstract"


def load_model(begun: Begun) -> Model:
    document, _ = documents.parse_yaml(begun.file, begun.text.encode())
    assert document is not None
    model, _ = read(document, Model)
    assert model is not None
    return model


def test_the_same_paper_through_every_door_gives_the_same_bytes(server: Server, root: Path) -> None:
    server.says("/api/query", ATOM)
    by_form = finished(begin_from_issue(root, ISSUE, TODAY))
    skeleton = begin(root, "medfoo", Asked(arxiv="2402.11111"), TODAY).text
    filled = (
        skeleton.replace("category:", "category: adaptation")
        .replace("# summary: What", "summary: It segments what it sees. #")
        .replace(
            "# key_ideas:\n#   - One idea an item, in your own words.",
            'key_ideas:\n  - Prompts are boxes.\n  - "### Not a heading of ours"',
        )
    )
    filled = re.sub(r"(?m)^# modalities:.*", "modalities: [ct, mri]", filled)
    more = "  - fields: [name, category, modalities, summary, key_ideas]\n"
    more += "    source: arxiv:2402.11111\n    locator: abstract\n    accessed: 2026-11-24\n"
    filled = filled.replace("identifiers:", f"{more}identifiers:", 1)
    filled = re.sub(r"(?m) +#(?! yaml).*$|^#(?! yaml).*\n", "", filled.replace('"###', '"@@@'))
    by_command = canonical(filled.replace('"@@@', '"###'))
    by_hand = canonical(HAND)
    assert by_form == by_command == by_hand == PAPER.read_text(encoding="utf-8")


PAPER = ROOT / "tests" / "data" / "medfoo.yaml"
"""The same paper as every door gives it; tests/browser/test_new_record.py holds the page to it."""

HAND = """\
# yaml-language-server: $schema=../../schemas/model.schema.json
summary:   >
   It segments
   what it sees.
category: 'adaptation'
modalities:
- ct
- mri
key_ideas: [Prompts are boxes., '### Not a heading of ours']
name: "MedFoo"
links: {paper: "https://arxiv.org/abs/2402.11111"}
identifiers:
    arxiv: '2402.11111'
published: "2024-02-16"
authors:
    - Jörg Müller
    - Anna van der Berg
    - Şükrü O'Neil
title: 'MedFoo: Segmenting 50% of Ultrasound with α-nets & more'
sources:
- {source: 'arxiv:2402.11111', locator: API record, accessed: 2026-11-24,
   fields: [title, authors, published, identifiers.arxiv, links.paper]}
- source: arxiv:2402.11111
  accessed: 2026-11-24
  locator: abstract
  fields: [name, category, modalities, summary, key_ideas]
"""


def test_an_issue_with_slips_gives_diagnostics(server: Server, root: Path) -> None:
    server.says("/api/query", ATOM)
    body = ISSUE.replace("ct, mri", "ct, nonsense").replace("adaptation", "adaption")
    codes = {d.code for d in begin_from_issue(root, body, TODAY).diagnostics}
    assert "F301" in codes


def test_a_text_that_is_no_issue_of_the_form_is_refused(root: Path) -> None:
    for body in ("", "hello", "### Idea\n\nx", "### Id\n\n_No response_"):
        with pytest.raises(Refused):
            begin_from_issue(root, body, TODAY)


def test_the_form_asks_for_what_the_parser_reads_and_offers_every_term() -> None:
    catalog = load(ROOT).catalog
    text = form.template(catalog).decode()
    for question in form.QUESTIONS:
        assert f"label: {question.label}" in text
        key = question.key.split(".")[0]
        assert key in {*Model.model_fields, "id", "locator"}
    for facet in ("modality", "organ", "task", "algorithm"):
        for term in catalog.terms[facet]:
            assert re.search(rf"\b{re.escape(term)}\b", text)
    assert (ROOT / form.FILE).read_text(encoding="utf-8") == text
