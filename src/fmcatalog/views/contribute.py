"""How to add or mend a paper."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath
from typing import NamedTuple

from fmcatalog.catalog import Catalog
from fmcatalog.diagnostics import CODES, Diagnostic, as_text, ordered
from fmcatalog.verdict import alone
from fmcatalog.views import paths
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import Link, Outlink
from fmcatalog.views.record_template import FILE, SLIPS, TEMPLATE


class Rule(NamedTuple):
    """A rule of the check: what it finds, why it matters, how to mend it."""

    code: str
    severity: str
    what: str
    why: str
    mend: str


class ContributeView(NamedTuple):
    """What the page shows.

    Attributes:
        form: Where the form is; none when the forge is not known.
        repository: Where the records are; none when the forge is not known.
        template: A commented record to start from.
        example: An error as the check shows it.
        vocabularies: Where allowed values are listed.
        rules: All rules, by code.
    """

    form: Outlink | None
    repository: Outlink | None
    template: str
    example: str
    vocabularies: tuple[Link, ...]
    rules: tuple[Rule, ...]


def view(catalog: Catalog, settings: Settings) -> ContributeView:
    """Makes the page that says how to add or mend a paper."""
    return ContributeView(
        repository=(Outlink("its address", settings.repository) if settings.repository else None),
        form=(
            Outlink("the form of the forge", f"{settings.repository}/issues/new/choose")
            if settings.repository
            else None
        ),
        template=TEMPLATE,
        example=example(catalog, settings),
        vocabularies=tuple(
            Link(vocabulary.plural, paths.facet_path(facet), count=len(vocabulary.terms))
            for facet, vocabulary in catalog.vocabularies.items()
        ),
        rules=tuple(
            Rule(code.id, str(code.severity), code.what, _sentence(code.why), _sentence(code.mend))
            for _, code in sorted(CODES.items())
        ),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def example(catalog: Catalog, settings: Settings) -> str:
    """Runs the check on the template with typical mistakes in it, and gives what it says."""
    found = [
        diagnostic
        for slip in SLIPS
        for diagnostic in complaints(catalog, TEMPLATE.replace(slip.right, slip.wrong), settings)
    ]
    return as_text(ordered(found))


def complaints(catalog: Catalog, text: str, settings: Settings) -> list[Diagnostic]:
    """Checks the text of one new record beside the catalog.

    Args:
        catalog: The catalog.
        text: The record.
        settings: Gives the day that "the future" begins after.
    """
    day = dt.date.fromisoformat(settings.as_of) if settings.as_of else dt.date(2100, 1, 1)
    return alone(catalog, PurePosixPath(FILE).stem, text.encode(), day)[1]
