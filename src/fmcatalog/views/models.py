"""The list of all models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import groupby, islice
from typing import NamedTuple

from fmcatalog import stats
from fmcatalog.catalog import Catalog, remembered
from fmcatalog.records import Missing, Model
from fmcatalog.views import paths
from fmcatalog.views.coins import brief
from fmcatalog.views.counted import named
from fmcatalog.views.parts import Column, Link, Outlink, Row, Table, Value
from fmcatalog.views.scope import split

SHOWN = 4
"""Terms of a cell that are written out."""


class ModelsView(NamedTuple):
    """What the list shows.

    Attributes:
        lede: How many, from where.
        facets: Ways to narrow it down: the indexes of the facets, with counts of terms.
        table: One row a model.
        downloads: The same list as files.
        letters: All models by their first letter, where the table has only some.
    """

    lede: str
    facets: tuple[Link, ...]
    table: Table
    downloads: tuple[Link, ...]
    letters: tuple[tuple[str, tuple[Link, ...]], ...] = ()


WHOLE = 1000
"""Models up to which the table of all has them all."""
LISTED = 300
"""The newest, where it has only some."""


def view(catalog: Catalog) -> ModelsView:
    """Makes the list of all models."""
    overview = stats.overview(catalog)
    many = len(catalog.models) > WHOLE
    shown = newest(catalog, tuple(catalog.models), LISTED) if many else tuple(catalog.models)
    parts = [f"the {overview.surveyed} of the survey's taxonomy"]
    if overview.beyond:
        parts.append(f"{named(catalog, overview.beyond)}, which only its text describes")
    if overview.later:
        parts.append(f"{len(overview.later)} that were added since")
    return ModelsView(
        lede=f"{overview.models} models: {'; '.join(parts)}. By tier: {split(catalog)}.",
        facets=tuple(
            Link(catalog.vocabularies[facet].label, paths.facet_path(facet))
            for facet in paths.FACET_FOLDERS
            if facet in catalog.vocabularies
        ),
        table=models_table(
            catalog,
            "models",
            shown,
            (f"The newest {LISTED} of" if many else "All")
            + f" {len(catalog.models)} models, all tiers.",
        ),
        letters=tuple(_letters(catalog)) if many else (),
        downloads=(
            Link("JSON", "api/v1/models.json"),
            Link("CSV", "models.csv"),
            Link("BibTeX", "models.bib"),
            Link("RIS", "models.ris"),
            Link("CSL-JSON", "models.csl.json"),
        ),
    )


MOST = 300
"""Models that one table has; of more, the newest."""
NEWEST = 100


def newest(catalog: Catalog, models: Sequence[str], count: int) -> tuple[str, ...]:
    """Gives the newest of some models, the newest first."""
    return tuple(islice(filter(frozenset(models).__contains__, _newest(catalog)), count))


@remembered
def _newest(catalog: Catalog) -> tuple[str, ...]:
    """Gives all models, the newest first."""
    days = sorted(((str(m.published), id) for id, m in catalog.models.items()), reverse=True)
    return tuple([id for _, id in days])


def _letters(catalog: Catalog) -> Iterator[tuple[str, tuple[Link, ...]]]:
    links = paths.model_links(catalog)
    names = sorted((model.name.casefold(), id) for id, model in catalog.models.items())
    for letter, run in groupby(names, key=lambda pair: pair[0][:1].upper()):
        yield letter, tuple([links[id] for _, id in run])


def models_table(
    catalog: Catalog, id: str, models: tuple[str, ...], caption: str, whole: str = ""
) -> Table:
    """Makes a table of models: what one scans a list for.

    Args:
        catalog: The catalog.
        id: Id of the table.
        models: Its models.
        caption: What it shows.
        whole: Path to all of them, for when they are more than a table can hold.
    """
    rest = None
    if whole and len(models) > MOST:
        rest = Link(f"All {len(models)} of them", whole)
        models = newest(catalog, models, NEWEST)
        caption = f"{caption} These are the newest {NEWEST}."
    columns = (
        Column("Model"),
        Column("Group"),
        Column("First version", fixed=True),
        Column("Modality"),
        Column("Organ"),
        Column("Tier"),
        Column("Code"),
        Column("Weights"),
        Column("Memory, GB", numeric=True),
    )
    return Table(id, caption, columns, tuple(map(_rows(catalog).__getitem__, models)), rest)


class _Rows(dict[str, Row]):
    """Rows of models by id, each made when it is first asked for.

    Thousands of models have the same few groups, days, terms and tiers: such cells are made once.
    """

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._group = cache(partial(_group, catalog))
        self._terms = cache(partial(_terms, catalog))

    def __missing__(self, id: str) -> Row:
        catalog, model = self._catalog, self._catalog.models[id]
        row = self[id] = Row(
            paths.model_links(catalog)[id],
            (
                self._group(model.category),
                _day(str(model.published)),
                self._terms("modality", model.modalities),
                self._terms("organ", model.organs),
                paths.tier_value(catalog.tier(id)),
                _open(model, "code"),
                _open(model, "weights"),
                _memory(model),
            ),
            brief(model),
        )
        return row


@remembered
def _rows(catalog: Catalog) -> _Rows:
    return _Rows(catalog)


def _group(catalog: Catalog, id: str) -> Value:
    badge = paths.badge(catalog, id)
    return Value(badge=badge, sort=badge.label)


@cache
def _day(day: str) -> Value:
    return Value(day, sort=day)


@cache
def _amount(said: str, sort: str) -> Value:
    return Value(said, sort=sort)


def _memory(model: Model) -> Value:
    """Shows the largest rig of a model, or why none is known."""
    stages = model.stages
    known = [total for stage in stages if (total := stage.total_memory) is not None]
    if known:
        largest = max(known, key=lambda q: q.sort_key)
        return _amount(str(largest), str(largest.sort_key))
    reported = [stage.gpu_memory_gb for stage in stages]
    return _none(next((k for k in (model.training, *reported) if isinstance(k, Missing)), None))


@cache
def _none(kind: Missing | None) -> Value:
    return Value(missing=paths.missing_word(kind))


def _terms(catalog: Catalog, facet: str, value: tuple[str, ...] | Missing | None) -> Value:
    """Keeps the first terms of a long list; the model's page and the files have them all."""
    terms = paths.terms_value(catalog, facet, value)
    rest = len(terms.links) - SHOWN
    if rest < 2:
        return terms
    return terms._replace(links=terms.links[:SHOWN], note=f"+{rest}")


def _open(model: Model, key: str) -> Value:
    address = getattr(model.links, key) if model.links else None
    if address is None or isinstance(address, Missing):
        return _none(address)
    return Value(outlinks=(Outlink("public", address),), sort="public")
