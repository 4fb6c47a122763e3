"""The list of all models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

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


@dataclass(frozen=True, slots=True)
class ModelsView:
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
    places = _newness(catalog)
    ids = tuple(places)
    return tuple([ids[place] for place in sorted(map(places.__getitem__, models))[:count]])


@remembered
def _newness(catalog: Catalog) -> dict[str, int]:
    """Gives the place of each model among all, the newest first."""
    days = sorted(((str(m.published), id) for id, m in catalog.models.items()), reverse=True)
    return {id: place for place, (_, id) in enumerate(days)}


def _letters(catalog: Catalog) -> Iterator[tuple[str, tuple[Link, ...]]]:
    names = sorted((model.name.casefold(), id) for id, model in catalog.models.items())
    for letter, run in groupby(names, key=lambda pair: pair[0][:1].upper()):
        yield letter, tuple(paths.model_link(catalog, id) for _, id in run)


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
    return Table(id, caption, columns, tuple(_row(catalog, m) for m in models), rest)


@remembered
def _row(catalog: Catalog, id: str) -> Row:
    model = catalog.models[id]
    badge = paths.badge(catalog, model.category)
    totals = [stage.total_memory for stage in model.stages]
    known = [total for total in totals if total is not None]
    if known:
        largest = max(known, key=lambda q: q.sort_key)
        memory = Value(str(largest), sort=str(largest.sort_key))
    else:
        reported = [stage.gpu_memory_gb for stage in model.stages]
        kind = next((k for k in (model.training, *reported) if isinstance(k, Missing)), None)
        memory = Value(missing=paths.missing_word(kind))
    return Row(
        paths.model_link(catalog, id),
        (
            Value(badge=badge, sort=badge.label),
            Value(str(model.published), sort=str(model.published)),
            _brief(paths.terms_value(catalog, "modality", model.modalities)),
            _brief(paths.terms_value(catalog, "organ", model.organs)),
            paths.tier_value(catalog, id),
            _open(model, "code"),
            _open(model, "weights"),
            memory,
        ),
        brief(model),
    )


def _brief(terms: Value) -> Value:
    """Keeps the first terms of a long list; the model's page and the files have them all."""
    rest = len(terms.links) - SHOWN
    if rest < 2:
        return terms
    return replace(terms, links=terms.links[:SHOWN], note=f"+{rest}")


def _open(model: Model, key: str) -> Value:
    address = getattr(model.links, key) if model.links else None
    if address is None or isinstance(address, Missing):
        return Value(missing=paths.missing_word(address))
    return Value(outlinks=(Outlink("public", address),), sort="public")
