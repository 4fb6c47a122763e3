"""The catalog as a Python library: load it, ask it, hand it to a data frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fmcatalog import export, project
from fmcatalog.catalog import MODELS, Catalog
from fmcatalog.diagnostics import nearest
from fmcatalog.selection import ALL_FACETS, Query, select

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

PACKAGED = Path(__file__).parent / "data"
"""The catalog that a wheel brings along."""


@dataclass(frozen=True)
class Library(Catalog):
    """A catalog that can be asked. It cannot be changed; narrowing it gives another one.

    Example:
        >>> import fmcatalog
        >>> catalog = fmcatalog.load()
        >>> catalog.models["medsam"].published.year
        2023
        >>> small = catalog.select(modality="mri", max_gpu_memory=24)
        >>> "autosam" in small.models
        True
    """

    def select(self, **asked: Any) -> Library:
        """Narrows the catalog, with the words of ``fmcatalog list`` and of the site's explorer.

        Args:
            asked: A facet and what is wanted of it: an id, label or alias, or several of them,
                which widen (``modality="ct"``, ``organ=["liver", "kidney"]``, ``year=2023``);
                ``code`` and ``weights`` also take True and False. ``text`` looks in names, titles
                and authors. ``min_`` and ``max_`` with ``gpus``, ``gpu_memory`` and
                ``total_memory`` (both in GB) and ``gpu_hours`` set limits.

        Returns:
            The catalog with those models alone; its terms and surveys stay whole.

        Raises:
            TypeError: There is no such facet or limit.
            UnknownWord: A word is no option of its facet; the message names the nearest.
        """
        found = {id: self.models[id] for id in select(self, _query(asked))}
        return _library(Catalog.of(found, self.vocabularies.values(), self.surveys.values()))

    def rows(self, *, training: bool = False) -> list[dict[str, str]]:
        """Gives the rows of ``models.csv``, or of ``training.csv``: column → cell.

        Args:
            training: One row a training stage instead of one a model.
        """
        write = export.to_training_csv if training else export.to_csv
        return list(csv.DictReader(io.StringIO(write(self).decode(), newline="")))

    def to_pandas(self, *, training: bool = False) -> pd.DataFrame:
        """Gives the rows as a pandas data frame, all cells text; needs ``fmcatalog[pandas]``.

        Args:
            training: One row a training stage instead of one a model.
        """
        import pandas as pd

        return pd.DataFrame(self.rows(training=training))

    def to_polars(self, *, training: bool = False) -> pl.DataFrame:
        """Gives the rows as a polars data frame, all cells text; needs ``fmcatalog[polars]``.

        Args:
            training: One row a training stage instead of one a model.
        """
        import polars as pl

        return pl.DataFrame(self.rows(training=training))


def load(root: str | Path | None = None) -> Library:
    """Loads the catalog.

    Args:
        root: The checkout. When not given, the one that the current folder is in; when there is
            none, the catalog that came with the package.

    Raises:
        UsageError: There is no catalog, or no record of it can be read. Single records that
            cannot are left out; ``fmcatalog validate`` names them.
    """
    if root is not None:
        return _library(project.catalog(project.find_root(Path(root))))
    try:
        return _library(project.catalog(project.find_root()))
    except project.UsageError:
        if not (PACKAGED / MODELS).is_dir():
            raise
        return _library(project.catalog(PACKAGED))


def _library(catalog: Catalog) -> Library:
    return Library(**{field.name: getattr(catalog, field.name) for field in fields(Catalog)})


def _query(asked: Mapping[str, Any]) -> Query:
    facets = {facet.key.replace("-", "_"): facet.key for facet in ALL_FACETS}
    plain = {field.name for field in fields(Query)} - {"facets", "years"}
    words: dict[str, Sequence[str]] = {}
    rest: dict[str, Any] = {}
    for name, value in asked.items():
        if value is None:
            continue
        if name in facets and not isinstance(value, bool):
            several = [value] if isinstance(value, (str, int)) else value
            words[facets[name]] = [str(word) for word in several]
        elif name in plain:
            rest[name] = value
        else:
            near = nearest(name, [*facets, *sorted(plain)])
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise TypeError(f"select() knows no '{name}'{hint}")
    return Query(facets=words, **rest)


__all__ = ["Library", "load"]
