"""Searches arXiv with the survey's queries; prints what the catalog lacks as Markdown."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from fmcatalog.catalog import Catalog, load
from fmcatalog.changes.markdown import code
from fmcatalog.contribute.network import Network, Settings, Unreachable
from fmcatalog.contribute.work import Refused, clean
from fmcatalog.records.text import folded

ATOM, ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"
FIELD = (
    '(cat:eess.IV OR cat:cs.CV OR cat:cs.CL) AND all:"foundation model" '
    "AND (all:medical OR all:clinical OR all:biomedical)"
)
"""The survey took out by hand what is not about foundation models; here the query does."""
PAGE = 100
"""Hits of one answer; arXiv sorts them by the day they were submitted, newest first."""
PAGES = 10
"""Answers to one query before it counts as too wide."""
LETTERS = 60_000
"""Letters of the list; an issue takes 65,536."""


@dataclass(frozen=True)
class Paper:
    """A hit."""

    arxiv: str
    title: str
    published: str
    doi: str = ""


def queries(catalog: Catalog) -> list[str]:
    """Gives the survey's queries in arXiv's notation."""
    found = []
    for data in catalog.surveys.values():
        search = data.survey.search
        for query in search.queries:
            words = [w.strip() for w in query.strip("() ").split("|")]
            filled = [f for w in words for f in _filled(w, search.placeholders or {})]
            plain = [re.sub(r"[^\w -]", "", w).strip() for w in filled]
            alternatives = " OR ".join(f'all:"{w}"' for w in dict.fromkeys(plain) if w)
            found.append(f"({alternatives}) AND {FIELD}")
    return list(dict.fromkeys(found))


def _filled(word: str, placeholders: Mapping[str, str]) -> Iterator[str]:
    names = re.findall(r"\{(\w+)\}", word)
    examples = [
        re.split(r" or |, ", placeholders.get(n, "").partition("for instance ")[2]) for n in names
    ]
    for values in itertools.product(*examples):
        text = word
        for name, value in zip(names, values, strict=True):
            text = text.replace(f"{{{name}}}", value.strip())
        yield text


def papers(atom: bytes) -> Iterator[Paper]:
    """Reads an answer of the API.

    Raises:
        Refused: It is not Atom.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(atom, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(f"arXiv's answer is not XML: {error}") from None
    if root.tag != f"{ATOM}feed":
        raise Refused("arXiv's answer is not an Atom feed")
    for entry in root.iter(f"{ATOM}entry"):
        parts = {k: " ".join((entry.findtext(f"{ATOM}{k}") or "").split()) for k in _PARTS}
        match = re.search(r"/abs/([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?$", parts["id"])
        if match and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", parts["published"]):
            title = clean(parts["title"], latex=True)
            doi = (entry.findtext(f"{ARXIV}doi") or "").strip()
            yield Paper(match[1], title, parts["published"][:10], doi.casefold())


_PARTS = ("id", "title", "published")


def known(catalog: Catalog) -> set[str]:
    """Gives the DOIs and arXiv numbers that some record is about, however it says so."""
    found: set[str] = set()
    for model in catalog.models.values():
        numbers = model.identifiers.model_dump(exclude_none=True) if model.identifiers else {}
        paper = model.links.paper if model.links else None
        for text in (*numbers.values(), paper or ""):
            found |= set(re.findall(r"(?<![0-9.])[0-9]{4}\.[0-9]{4,5}(?![0-9])", str(text)))
        found |= {str(numbers[key]).casefold() for key in ("doi", "preprint_doi") if key in numbers}
    return found


def lacking(catalog: Catalog, found: list[Paper], since: str) -> list[Paper]:
    """Gives the papers that no record is about, newest first."""
    models = catalog.models.values()
    ids = known(catalog)
    titles = {folded(t) for m in models for t in (m.title, *(m.other_titles or ()))}
    new = {
        p.arxiv: p
        for p in found
        if p.published >= since and not {p.arxiv, p.doi} & ids and folded(p.title) not in titles
    }
    return sorted(new.values(), key=lambda p: (p.published, p.arxiv), reverse=True)


def lines(catalog: Catalog, papers: list[Paper]) -> Iterator[str]:
    """Writes the list; a paper whose name some record has may be that record under a new title."""
    names = {
        folded(name): id
        for id, model in catalog.models.items()
        for name in (model.name, *(model.aliases or ()))
    }
    room = LETTERS
    for place, paper in enumerate(papers):
        line = f"- [ ] {code(paper.title)} ({paper.published})"
        same = names.get(folded(paper.title.partition(":")[0]))
        line += f", perhaps {code(same)} under a new title" if same else ""
        line += f": `fmcatalog new ID --arxiv {paper.arxiv}`"
        room -= len(line) + 1
        if room < 0:
            yield f"\n… and {len(papers) - place} older ones."
            return
        yield line


def asked(network: Network, query: str, since: str) -> Iterator[Paper]:
    """Asks one query, page by page, as far back as the first day."""
    for page in range(PAGES):
        words = {
            "search_query": query,
            "sortBy": "submittedDate",
            "sortOrder": "descending",
            "start": str(page * PAGE),
            "max_results": str(PAGE),
        }
        hits = list(papers(network.get("arXiv", network.settings.arxiv, **words) or b""))
        yield from hits
        if len(hits) < PAGE or hits[-1].published < since:
            return


def main() -> int:
    """Runs the search."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--since", help="first day, YYYY-MM-DD; 35 days ago when not given")
    options = parser.parse_args()
    today = dt.datetime.now(dt.UTC).date()
    since = options.since or (today - dt.timedelta(days=35)).isoformat()
    catalog = load(options.root).catalog
    try:
        with closing(Network(replace(Settings.of_environment(), instead=""))) as network:
            found = [p for query in queries(catalog) for p in asked(network, query, since)]
    except (Refused, Unreachable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    new = lacking(catalog, found, since)
    if new:
        sys.stdout.write(
            f"arXiv, since {since}, by the survey's queries: {len(new)} that none of the "
            f"{len(catalog.models)} records is about. Not every hit belongs here.\n\n"
        )
        sys.stdout.writelines(f"{line}\n" for line in lines(catalog, new))
    return 0


if __name__ == "__main__":
    sys.exit(main())
