"""Downloads."""

from __future__ import annotations

from dataclasses import dataclass

from fmcatalog.views.parts import Download, Fact


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its name in every format, and what it says."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class DataView:
    """What the data page shows.

    Attributes:
        lede: What can be had, as of when.
        facts: Version, date, number of records, licence.
        downloads: Files.
        schemas: JSON Schemas.
        shell: One line for a shell.
        python: A few lines of Python.
        fields: The fields of a record.
        citation: BibTeX of the catalog.
    """

    lede: str
    facts: tuple[Fact, ...]
    downloads: tuple[Download, ...]
    schemas: tuple[Download, ...]
    shell: str
    python: str
    fields: tuple[Field, ...]
    citation: str
