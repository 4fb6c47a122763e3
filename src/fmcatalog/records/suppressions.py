"""The shape of ``catalog/suppressions.yaml``: what the check is told not to say, and why."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from fmcatalog.records.base import Line, Prose, Shape, described, refuse


def _code(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch("F[0-9]{3}", value):
        raise refuse("form", "is not a code", "write the code of the message, such as F351")
    return value


CodeId = Annotated[str, BeforeValidator(_code), described(pattern="^F[0-9]{3}$")]
"""The code of a rule."""


class Suppression(Shape):
    """One thing that the check finds, that was looked at, and that stays as it is."""

    code: CodeId
    """Code of the rule, such as F351."""
    file: Line
    """File it is found in, such as catalog/models/medsam.yaml."""
    path: Line | None = None
    """Where in the file: organs[0], links.code."""
    value: Line | None = None
    """The value found, or a word that the message puts in quotes."""
    reason: Prose
    """Why it stays, so that a reviewer can agree or not."""

    @model_validator(mode="after")
    def _narrow(self) -> Self:
        if self.path is None and self.value is None:
            raise refuse("form", "names neither path nor value", "add 'path: …' or 'value: …'")
        return self


class Suppressions(Shape):
    """What the check is told not to say."""

    suppressions: Annotated[tuple[Suppression, ...], Field(max_length=500)]
    """One entry each."""
