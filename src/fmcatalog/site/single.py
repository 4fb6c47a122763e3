"""The page of one record, at once: as the whole build makes it, without the rest of the site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fmcatalog import stats
from fmcatalog.artifacts import Artifact
from fmcatalog.catalog import Catalog
from fmcatalog.memory import Memory
from fmcatalog.site import engine
from fmcatalog.site.press import Press, seconds
from fmcatalog.site.rendering import Renderer, templates
from fmcatalog.views.linked import statements
from fmcatalog.views.model import Models
from fmcatalog.views.page import Settings
from fmcatalog.views.pages import model_page, pages


class Single:
    """Makes the pages of a catalog's records one at a time.

    The frame is drawn once. Whoever changes a template, a page written by hand or a setting makes
    another one of these.

    Args:
        root: The checkout.
        docs: Folder that the engine reads.
        catalog: Its catalog.

    Raises:
        engine.EngineError: The engine failed, or warned.
        frames.FrameError: What the engine drew cannot be filled.
    """

    def __init__(self, root: Path, docs: Path, catalog: Catalog) -> None:
        self._settings = engine.settings(root / "mkdocs.yml", docs)
        files = frozenset(f"api/v1/models/{id}.json" for id in catalog.models)
        press = Press(
            root,
            docs,
            self._settings,
            seconds(stats.read_last(catalog)),
            Renderer(templates(root)),
            self._statement,
            files,
            Memory(None),
        )
        nav = frozenset(self._settings.nav)
        known = [page for page, _ in pages(catalog, self._told(catalog), {}) if page.path in nav]
        self._catalog = catalog
        self._filled = press.alone(known, model_page(catalog, next(iter(catalog.models))))

    def page(self, catalog: Catalog, id: str, bibtex: str) -> Artifact:
        """Makes the page of a model.

        Args:
            catalog: The catalog as it is now.
            id: The model, one of those that there were at first.
            bibtex: Its entry.
        """
        self._catalog = catalog
        page = model_page(catalog, id)
        view = Models(catalog, self._told(catalog), {id: bibtex}).view(id)
        return Artifact(f"{page.path}index.html", self._filled(page, view))

    def _told(self, catalog: Catalog) -> Settings:
        return Settings(self._settings.repository, stats.read_last(catalog).isoformat())

    def _statement(self, path: str) -> Mapping[str, Any] | None:
        return statements(self._catalog, self._settings.address, self._told(self._catalog))(path)
