"""The verdict on a checkout: what is wrong with it, and how much there is of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from fmcatalog import documents, memory
from fmcatalog.catalog import Catalog, Loaded, load, model_file
from fmcatalog.diagnostics import Diagnostic, Severity
from fmcatalog.memory import Memory
from fmcatalog.records import Model, listed, shaped
from fmcatalog.rules import check

MORE = 100
"""New records up to which the many are not written again, beside one in a hundred of them."""


@dataclass(frozen=True)
class Verdict:
    """What validation found.

    Attributes:
        diagnostics: Everything found, or what concerns the paths asked for, sorted.
        records: How many records could be read.
        vocabularies: How many vocabularies could be read.
        suppressions: How many findings stay as they are.
    """

    diagnostics: tuple[Diagnostic, ...]
    records: int
    vocabularies: int
    suppressions: int

    def count(self, severity: Severity) -> int:
        """Counts the diagnostics of a severity."""
        return sum(d.severity is severity for d in self.diagnostics)

    def failed(self, *, strict: bool) -> bool:
        """Tells whether there are errors; with `strict`, errors or warnings. Hints never fail."""
        fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(d.severity in fatal for d in self.diagnostics)


def alone(
    catalog: Catalog, id: str, content: bytes, today: dt.date
) -> tuple[Model | None, list[Diagnostic]]:
    """Reads and checks one record beside the few that it names: at once, however many there are.

    Args:
        catalog: The catalog.
        id: Id of the record, which may be new.
        content: Its file.
        today: The current day.

    Returns:
        The record, or None; and what is wrong with it by itself.
    """
    file = model_file(id)
    document, found = documents.parse_yaml(file, content)
    if document is None:
        return None, found
    model, found = shaped(document, found, Model, catalog.offered)
    if model is None:
        return None, found
    named = {parent.model for parent in listed(model.builds_on)} & catalog.models.keys()
    beside = Catalog.of(
        {**{other: catalog.models[other] for other in named}, id: model},
        catalog.vocabularies.values(),
        catalog.surveys.values(),
    )
    loaded = Loaded(beside, {file: document}, tuple(found))
    return model, [d for d in check(loaded, today) if d.place.file == file]


class Reading:
    """One reading of a checkout: what is known of the same bytes is not worked out again."""

    def __init__(self, root: Path, today: dt.date) -> None:
        self._memory = Memory.of(root)
        self._held = documents.Held(root)
        self._today = today
        whole = self._held.digest("catalog", documents.TABLE_BYTES)
        self._key = memory.digest(memory.code(), str(self._today).encode(), whole)
        self._known: dict[bytes, Model] = {}
        self._more: dict[bytes, Model] = {}

    def load(self) -> Loaded:
        """Reads the catalog; a record of bytes that were in order before is taken from memory."""
        self._known = self._memory.recall("records", memory.code()) or {}
        self._more = self._memory.recall("more-records", memory.code()) or {}
        return load(self._held, self._known | self._more)

    def remembered(self) -> Verdict | None:
        """Gives the verdict on the same bytes on the same day, where one was given."""
        found: Verdict | None = self._memory.recall("verdict", self._key)
        return found

    def verdict(self, loaded: Loaded) -> Verdict:
        """Checks what was read; the same bytes on the same day need not be checked again."""
        found = Verdict(
            tuple(check(loaded, self._today)),
            len(loaded.catalog.models),
            len(loaded.catalog.vocabularies),
            len(loaded.suppressions),
        )
        self._memory.keep("verdict", self._key, found)
        return found

    def remember(self, loaded: Loaded) -> None:
        """Keeps the records that are in order: the few that are new beside the many."""
        models = {loaded.digests[id]: loaded.catalog.models[id] for id in loaded.digests}
        fresh = models.keys() - self._known.keys() - self._more.keys()
        if not self._known or len(self._more) + len(fresh) > MORE + len(models) // 100:
            self._memory.keep("records", memory.code(), models)
            self._memory.keep("more-records", memory.code(), {})
        elif fresh:
            # Those that they replace stay: a site may still be what they made of it.
            more = self._more | {digest: models[digest] for digest in fresh}
            self._memory.keep("more-records", memory.code(), more)
