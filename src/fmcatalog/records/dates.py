"""Dates that may lack their day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or a month when the day is not known.

    Attributes:
        year: Four digits.
        month: 1 to 12.
        day: 1 to 31, or None.
    """

    year: int
    month: int
    day: int | None = None

    def __str__(self) -> str:
        month = f"{self.year:04d}-{self.month:02d}"
        return month if self.day is None else f"{month}-{self.day:02d}"

    def __lt__(self, other: PartialDate) -> bool:
        return self.first < other.first

    @property
    def first(self) -> dt.date:
        """The earliest day that is meant."""
        return dt.date(self.year, self.month, self.day or 1)

    @property
    def quarter(self) -> str:
        """The quarter, such as ``2023Q2``."""
        return f"{self.year}Q{(self.month + 2) // 3}"


def parse_date(text: str) -> PartialDate:
    """Reads ``YYYY-MM-DD`` or ``YYYY-MM``.

    Raises:
        ValueError: The text is neither, or there is no such day.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("is not a date: write YYYY-MM-DD or YYYY-MM")
    year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    if not 1900 <= year <= 2100:
        raise ValueError(f"has an unlikely year: {year}")
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        raise ValueError(f"does not exist: there is no {text}") from None
    return PartialDate(year, month, day)
