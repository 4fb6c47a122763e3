"""The mistakes of the survey: counted, and by what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from fmcatalog.catalog import Catalog, SurveyData
from fmcatalog.records.survey import Confidence, Erratum, ErratumKind
from fmcatalog.views.counted import listed, plural
from fmcatalog.views.parts import ErratumEntry
from fmcatalog.views.provenance import erratum_entry


class Subject(NamedTuple):
    """What mistakes are about: an anchor, a name, the mistakes."""

    id: str
    label: str
    errata: tuple[ErratumEntry, ...]


def counted(data: SurveyData) -> str:
    """Says how many mistakes of the survey were found, and how sure they are."""
    sure = Counter(erratum.confidence for erratum in data.errata if erratum.mistake)
    certain, likely = sure[Confidence.CERTAIN], sure[Confidence.LIKELY]
    return (
        f"{plural(certain + likely, 'mistake')} of the survey "
        f"{'was' if certain + likely == 1 else 'were'} found: {certain} certain, {likely} likely."
    )


def others(data: SurveyData) -> str:
    """Says what else is listed with the mistakes."""
    sure = Counter(erratum.confidence for erratum in data.errata if erratum.mistake)
    others = [
        f"{sure[Confidence.UNCERTAIN]} where the survey may be right",
        f"{sure[Confidence.OPINION]} matters of opinion",
        f"{sum(not erratum.mistake for erratum in data.errata)} that only look like mistakes",
    ]
    return f"Listed with them: {listed(others)}."


_SUBJECTS = (
    ("training", "Hardware and training"),
    ("groups", "Groups"),
    ("text", "Text and figures"),
    ("references", "Authors, titles and references"),
    ("list", "The survey's list on GitHub"),
    ("no-mistake", "What only looks like a mistake"),
)
"""What mistakes are about: anchor and name, in the order of the page."""

_REFERENCES = frozenset(
    {
        ErratumKind.AUTHOR_NAMES,
        ErratumKind.DUPLICATE_REFERENCE,
        ErratumKind.MISSING_REFERENCE,
        ErratumKind.SUPERSEDED_TITLE,
        ErratumKind.WRONG_CITATION,
    }
)


def _subject(erratum: Erratum) -> str:
    if not erratum.mistake:
        return "no-mistake"
    if erratum.kind is ErratumKind.SURVEY_LIST:
        return "list"
    if erratum.kind is ErratumKind.QUESTIONABLE_CLASSIFICATION:
        return "groups"
    if erratum.kind in _REFERENCES or erratum.place.startswith(("Reference", "First page")):
        return "references"
    return "training" if erratum.cells or "Table 2" in erratum.place else "text"


def subjects(catalog: Catalog, data: SurveyData) -> tuple[Subject, ...]:
    """Gives the errata of a survey by what they are about, the surest first."""
    return tuple(_subjects(catalog, data))


def _subjects(catalog: Catalog, data: SurveyData) -> Iterator[Subject]:
    sure = list(Confidence)
    for id, label in _SUBJECTS:
        found = [erratum for erratum in data.errata if _subject(erratum) == id]
        found.sort(key=lambda erratum: sure.index(erratum.confidence))
        if found:
            entries = tuple(erratum_entry(catalog, erratum) for erratum in found)
            yield Subject(f"errata-{id}", label, entries)
