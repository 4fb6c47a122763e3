"""How to add or mend a paper."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.parts import Link, Outlink


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the check: what it finds, why it matters, how to mend it."""

    code: str
    severity: str
    what: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class ContributeView:
    """What the page shows.

    Attributes:
        form: Where the form is; none when the forge is not known.
        template: A commented record to start from.
        example: An error as the check shows it.
        vocabularies: Where allowed values are listed.
        rules: All rules, by code.
    """

    form: Outlink | None
    template: str
    example: str
    vocabularies: tuple[Link, ...]
    rules: tuple[Rule, ...]
