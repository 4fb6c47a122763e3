"""Where values come from: source marks, lists of sources, mistakes of the survey."""

from __future__ import annotations

from collections.abc import Iterable

from fmcatalog import records
from fmcatalog.catalog import Catalog
from fmcatalog.records import Model, link
from fmcatalog.views import paths
from fmcatalog.views.parts import ErratumEntry, SourceEntry

Numbers = tuple[int, ...]
"""Numbers in a page's list of sources."""


class Marks(dict[str, Numbers]):
    """The numbers of the sources of each value: those that name it, or what it is part of."""

    def __missing__(self, field: str) -> Numbers:
        above = field.rpartition(".")[0]
        found = self[field] = self[above] if above else ()
        return found


def marks(named: Iterable[Iterable[str]]) -> Marks:
    """Says which sources stand for which value.

    Args:
        named: The fields that each source of a record names.
    """
    found = Marks()
    for number, fields in enumerate(named, start=1):
        for field in dict.fromkeys(fields):
            found[field] = (*found.get(field, ()), number)
    return found


def sources_of(model: Model, field: str) -> tuple[int, ...]:
    """Gives the numbers of the sources of one value."""
    return marks(source.fields for source in model.sources)[field]


def source_entries(catalog: Catalog, model: Model) -> tuple[SourceEntry, ...]:
    """Makes the numbered list of a record's sources."""
    return tuple([_entry(catalog, *numbered) for numbered in enumerate(model.sources, start=1)])


def _entry(catalog: Catalog, number: int, source: records.Source) -> SourceEntry:
    known = catalog.surveys.get(source.source)
    href = "" if known else link(source.source) or ""
    label = known.survey.title if known else source.source
    if href == source.source:
        host, path = paths.parted(href)
        label = host + path.rstrip("/")
    return SourceEntry(
        number,
        label,
        "survey/" if known else "",
        href,
        source.locator or "",
        str(source.accessed),
        source.note or "",
        ", ".join(source.fields).replace("_", " "),
    )


def erratum_entry(catalog: Catalog, erratum: records.Erratum, but: str = "") -> ErratumEntry:
    """Makes the entry of an erratum.

    Args:
        catalog: The catalog.
        erratum: The erratum.
        but: Record that is not linked to: the one whose page it stands on.
    """
    printed, right = erratum.told
    source = erratum.source or ""
    where = f", {erratum.locator}" if erratum.locator else ""
    survey = catalog.surveys.get(source)
    return ErratumEntry(
        erratum.id,
        erratum.place,
        printed,
        right,
        erratum.reason,
        f"{'the survey' if survey else source}{where}" if source else "",
        str(erratum.confidence),
        str(erratum.kind).replace("-", " "),
        tuple(paths.model_link(catalog, m) for m in erratum.models or () if m != but),
        "" if survey or not source else link(source) or "",
        erratum.mistake,
    )
