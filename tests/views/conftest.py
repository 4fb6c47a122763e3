"""The catalogs that views are made from: a small one, counted by hand, and the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.views.page import Settings

TESTS = Path(__file__).resolve().parents[1]
ROOTS = {"toy": TESTS / "data" / "toy", "real": TESTS.parent}


@pytest.fixture(scope="session")
def toy() -> Catalog:
    return load(ROOTS["toy"]).catalog


@pytest.fixture(scope="session")
def real() -> Catalog:
    return load(ROOTS["real"]).catalog


@pytest.fixture(scope="session", params=sorted(ROOTS))
def catalog(request: pytest.FixtureRequest, toy: Catalog, real: Catalog) -> Catalog:
    """Each of the two in turn: what is asked of it holds for any catalog."""
    return toy if request.param == "toy" else real


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings("", "2026-11-23")
