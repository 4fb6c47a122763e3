"""A site in the frames of Zensical, as a reader has it: its looks, its search, our policy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def address(
    installed: Callable[[str], None],
    toy: Callable[..., Path],
    serve: Any,
    base_path: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Where the toy site answers; ends with the base path."""
    installed("zensical")
    root = toy(tmp_path_factory.mktemp("zensical") / "toy")
    done = subprocess.run(
        [Path(sys.executable).with_name("fmcatalog"), "build", "--engine", "zensical"],
        cwd=root,
        env={**os.environ, "FMCATALOG_SITE_URL": f"https://catalog.example{base_path}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with serve(root / "site") as found:
        yield found


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["", "explore/", "models/tern/", "timeline/"])
def test_a_page_is_well_and_has_no_need_to_be_moved_sideways(
    path: str, width: int, address: str, page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        probe.open(f"{address}{path}")
        wide, seen = probe.page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= seen
        assert probe.trouble() == {}


@pytest.mark.parametrize("way", [".md-search__button", "[data-fm-search]"])
def test_the_search_opens_in_its_own_style_and_finds(
    way: str, address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(address)
        probe.page.locator(way).first.click()
        field = probe.page.get_by_role("combobox")
        field.fill("Tern")
        found = probe.page.locator('a[href*="/models/tern/"]').first
        found.wait_for()
        list_style = found.evaluate("(link) => getComputedStyle(link.closest('ol')).listStyleType")
        assert list_style == "none"
        assert probe.trouble() == {}
