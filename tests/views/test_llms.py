"""What a language model reads first."""

from __future__ import annotations

import re
from pathlib import Path

from fmcatalog.catalog import load
from fmcatalog.views import llms
from fmcatalog.views.files import FILES
from fmcatalog.views.page import Settings

ROOT = Path(__file__).resolve().parents[2]
TOP = "https://example.org/catalog/"


def test_it_names_every_file_once_with_its_whole_address_and_counts_the_models() -> None:
    catalog = load(ROOT).catalog
    text = llms.text(catalog, TOP, Settings(as_of="2026-11-23"))
    assert text.startswith("# fmcatalog\n\n> ")
    assert f"{len(catalog.models)} models (42 surveyed, " in text
    assert "data as of 2026-11-23." in text
    links = re.findall(r"^- \[[^]]+\]\(([^)]+)\): \S.*\.$", text, re.MULTILINE)
    assert len(links) == len(set(links)) == text.count("\n- ")
    assert all(link.startswith(TOP) for link in links)
    assert {TOP + file.path for file in FILES} <= set(links)
