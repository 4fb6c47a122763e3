"""The list of all models."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fmcatalog import stats
from fmcatalog.catalog import Catalog
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
    """

    lede: str
    facets: tuple[Link, ...]
    table: Table
    downloads: tuple[Link, ...]


def view(catalog: Catalog) -> ModelsView:
    """Makes the list of all models."""
    overview = stats.overview(catalog)
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
            tuple(catalog.models),
            f"All {len(catalog.models)} models, all tiers. A heading sorts; what is unknown comes "
            "last.",
        ),
        downloads=(
            Link("JSON", "api/v1/models.json"),
            Link("CSV", "models.csv"),
            Link("BibTeX", "models.bib"),
            Link("RIS", "models.ris"),
            Link("CSL-JSON", "models.csl.json"),
        ),
    )


def models_table(catalog: Catalog, id: str, models: tuple[str, ...], caption: str) -> Table:
    """Makes a table of models: what one scans a list for."""
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
    return Table(id, caption, columns, tuple(_row(catalog, m) for m in models))


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
