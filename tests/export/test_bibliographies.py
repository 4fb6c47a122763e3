"""The papers as BibTeX, read by the programs that typeset them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs

import bibtexparser
import pytest

from fmcatalog import export
from fmcatalog.catalog import Catalog, load
from fmcatalog.export.citations import csl, to_bibtex, to_csl, to_ris
from fmcatalog.records import Model
from fmcatalog.records.model import Venue
from fmcatalog.views import paths
from fmcatalog.views.coins import brief

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "Jan van der Laak",
    "Şükrü O'Neil-Ærø",
    "Ludwig van Beethoven",
    "Zoë D’Angelo",
    "李 明",
    "Мария Иванова",
    "Pebble & Sons, Inc.",
    "Stone and Brook Group",
)


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def named() -> Catalog:
    model = load(ROOT / "tests" / "data" / "toy").catalog.models["pebble"]
    return Catalog.of({"pebble": model.model_copy(update={"authors": NAMES})})


@pytest.fixture(scope="module", params=["real", "named"])
def bibtex(request: pytest.FixtureRequest) -> bytes:
    return to_bibtex(request.getfixturevalue(request.param))


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="no BibTeX here")
def test_bibtex_takes_every_entry_without_a_word(bibtex: bytes, tmp_path: Path) -> None:
    (tmp_path / "models.bib").write_bytes(bibtex)
    (tmp_path / "all.aux").write_text(
        "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{models}\n", encoding="utf-8"
    )
    done = subprocess.run(
        ["bibtex", "all"], check=False, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "Warning" not in done.stdout
    written = (tmp_path / "all.bbl").read_text(encoding="utf-8")
    assert written.count("\\bibitem{") == bibtex.count(b"\n@") + 1


@pytest.mark.skipif(shutil.which("biber") is None, reason="no biber here")
def test_biber_takes_every_entry_without_a_word(bibtex: bytes, tmp_path: Path) -> None:
    (tmp_path / "models.bib").write_bytes(bibtex)
    done = subprocess.run(
        ["biber", "--tool", "--validate-datamodel", "models.bib"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert not re.findall(r"^(?:WARN|ERROR).*", done.stdout, re.MULTILINE)


def test_names_of_every_kind_come_back_from_each_format(named: Catalog) -> None:
    (entry,) = bibtexparser.parse_string(to_bibtex(named).decode()).entries
    written = entry["author"].replace("\\&", "&")
    assert [name.strip("{}") for name in re.split(r" and (?![^{]*})", written)] == list(NAMES)
    text = to_ris(named).decode()
    for author in ("van der Laak, Jan", "O'Neil-Ærø, Şükrü", "D’Angelo, Zoë", "Иванова, Мария"):
        assert f"AU  - {author}\r\n" in text
    assert '"family": "Beethoven"' in to_csl(named).decode()


@pytest.mark.parametrize(
    ("printed", "series", "volume", "issue"),
    [
        ("30(11)", "", "30", "11"),
        ("16 (1)", "", "16", "1"),
        ("36(DB1)", "", "36", "DB1"),
        ("15", "", "15", ""),
        ("LNCS 15967", "LNCS", "15967", ""),
        ("Lecture Notes 7(2)", "Lecture Notes", "7", "2"),
        ("abs/2304.1", "", "abs/2304.1", ""),
        ("a (b) c", "", "a (b) c", ""),
        (None, "", "", ""),
    ],
)
def test_series_volume_and_issue_stand_apart(
    named: Catalog, printed: str | None, series: str, volume: str, issue: str
) -> None:
    model: Model = named.models["pebble"].model_copy(
        update={"venue": Venue(name="Pebbles", kind="journal", year=2024, volume=printed)}
    )
    item = csl("pebble", model)
    assert (item.get("volume", ""), item.get("issue", "")) == (volume, issue)
    assert item.get("collection-title", "") == series
    ris = to_ris(Catalog.of({"pebble": model})).decode()
    assert (f"IS  - {issue}\r\n" in ris) is bool(issue)
    (entry,) = bibtexparser.parse_string(to_bibtex(Catalog.of({"pebble": model})).decode()).entries
    fields = {key: field.value for key, field in entry.fields_dict.items()}
    assert (fields.get("volume", ""), fields.get("number", "")) == (volume, issue)
    assert fields.get("series", "") == series
    assert (f"T3  - {series}\r\n" in ris) is bool(series)


def test_proceedings_have_a_volume_or_a_number_not_both(named: Catalog) -> None:
    for printed, kept in (("40(28)", ("40", None)), ("(28)", (None, "28"))):
        venue = Venue(name="Pebbles", kind="conference", year=2024, volume=printed)
        model = named.models["pebble"].model_copy(update={"venue": venue})
        made = to_bibtex(Catalog.of({"pebble": model})).decode()
        (entry,) = bibtexparser.parse_string(made).entries
        fields = {key: field.value for key, field in entry.fields_dict.items()}
        assert (fields.get("volume"), fields.get("number")) == kept
        assert csl("pebble", model)["issue"] == "28"


def test_a_list_offers_every_paper_by_title_and_doi_or_in_full(real: Catalog) -> None:
    for model in real.models.values():
        said = parse_qs(brief(model))
        assert said["rft.atitle"] == [model.title]
        assert said.get("rft_id", [""])[0].startswith("info:doi/10.") or said["rft.au"]


def test_the_papers_of_a_term_are_those_of_its_page(real: Catalog) -> None:
    files = {artifact.uri: artifact.content for artifact in export.api(real)}
    for facet in paths.CITED:
        for term in real.terms[facet]:
            members = real.members(facet, term)
            links = [link.path for link in paths.papers(real, facet, term)]
            assert len(links) == (3 if members else 0)
            for link in links:
                content = files[link].decode()
                keys = {
                    "bib": re.compile(r"^@\w+{([^,]+),", re.MULTILINE),
                    "ris": re.compile(r"^ID  - (.+)\r$", re.MULTILINE),
                    "json": re.compile(r'^    "id": "([^"]+)"', re.MULTILINE),
                }[link.rsplit(".", 1)[1]]
                assert keys.findall(content) == list(members)
