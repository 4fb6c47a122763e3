"""What a rule sees, and how it points at what it found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from fmcatalog.catalog import Catalog, Loaded, model_file
from fmcatalog.diagnostics import Diagnostic
from fmcatalog.diagnostics import Path as FieldPath

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """The catalog under check.

    Attributes:
        loaded: The catalog and its documents.
        today: The day that "the future" begins after; given from outside, so that a check
            of yesterday can be repeated.
    """

    loaded: Loaded
    today: dt.date
    _once: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        return self.loaded.catalog

    def once(self, find: Callable[[Context], T]) -> T:
        """Gives what several rules look at, found out once."""
        if find not in self._once:
            self._once[find] = find(self)
        found: T = self._once[find]
        return found

    def at(
        self,
        file: str,
        path: FieldPath,
        code: str,
        message: str,
        help: str = "",
        *,
        key: bool = False,
    ) -> Diagnostic:
        """Makes a diagnostic at a value (or, with `key`, at its key) of a file."""
        return Diagnostic(code, self.loaded.place(file, path, key=key), message, help, path)

    def model(
        self,
        id: str,
        path: FieldPath,
        code: str,
        message: str,
        help: str = "",
        *,
        other: str = "",
    ) -> Diagnostic:
        """Makes a diagnostic at a value of a record; `other` is a record that it is about too."""
        found = self.at(model_file(id), path, code, message, help)
        return replace(found, concerns=model_file(other)) if other else found


Check = Callable[[Context], Iterator[Diagnostic]]
"""A rule: looks at the whole and gives what is wrong."""
