"""Checks over the whole catalog. Each rule has a code, declared by its docstring."""

from __future__ import annotations

import datetime as dt

from fmcatalog.catalog import Loaded
from fmcatalog.diagnostics import Diagnostic, ordered
from fmcatalog.records.debts import debts
from fmcatalog.rules import (
    dates,
    hardware,
    identity,
    lineage,
    provenance,
    reconciliation,
    suppression,
    terms,
)
from fmcatalog.rules.context import Check, Context

RULES: tuple[Check, ...] = (
    *terms.RULES,
    *identity.RULES,
    *dates.RULES,
    *hardware.RULES,
    *lineage.RULES,
    *provenance.RULES,
    *suppression.RULES,
    *reconciliation.RULES,
)
"""Every rule, in the order of the codes."""


def check(loaded: Loaded, today: dt.date) -> list[Diagnostic]:
    """Finds everything that is wrong with a catalog, files and whole, in the order of places.

    What the catalog suppresses is left out, and a suppression without use is one thing more.

    Args:
        loaded: A catalog as read.
        today: The current day, for dates in the future.
    """
    context = Context(loaded, today)
    found = [*loaded.diagnostics, *(d for rule in RULES for d in rule(context))]
    return ordered(suppression.kept(loaded, found))


__all__ = ["RULES", "Check", "Context", "check", "debts"]
