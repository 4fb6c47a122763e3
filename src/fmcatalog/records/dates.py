"""Dates that may lack their day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


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
    _first: dt.date = field(init=False, repr=False, compare=False)
    _text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        day = "" if self.day is None else f"-{self.day:02d}"
        object.__setattr__(self, "_text", f"{self.year:04d}-{self.month:02d}{day}")
        object.__setattr__(self, "_first", dt.date(self.year, self.month, self.day or 1))

    def __str__(self) -> str:
        return self._text

    def __lt__(self, other: PartialDate) -> bool:
        return self.first < other.first

    @property
    def first(self) -> dt.date:
        """The earliest day that is meant."""
        return self._first

    @property
    def quarter(self) -> str:
        """The quarter, such as ``2023Q2``."""
        return f"{self.year}Q{(self.month + 2) // 3}"


@lru_cache(4096)
def parse_date(text: str) -> PartialDate:
    """Reads ``YYYY-MM-DD`` or ``YYYY-MM``.

    Raises:
        ValueError: The text is neither, or there is no such day.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("is not a date")
    year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    if not 1900 <= year <= 2100:
        raise ValueError(f"has an unlikely year: {year}")
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        raise ValueError("is not in the calendar") from None
    return PartialDate(year, month, day)


def suggestion(text: str) -> str:
    """Says what to write instead of a text that is no date: the date it means, if only one."""
    form = "write YYYY-MM-DD, or YYYY-MM when the day is not known"
    words = re.findall(r"[0-9]{1,4}|[A-Za-z]{3,9}", text[:40])
    names = [w for w in words if w[:3].casefold() in _MONTHS]
    numbers = [w for w in words if w.isdigit()]
    years = [n for n in numbers if len(n) == 4]
    rest = [int(n) for n in numbers if len(n) < 3]
    if len(years) != 1 or len(words) != 1 + len(names) + len(rest) or len(words) > 3:
        return form
    if names:
        parts = [_MONTHS.index(names[0][:3].casefold()) + 1, *rest]
    elif len(rest) < 2 or numbers[0] == years[0]:
        parts = rest
    elif rest[0] > 12 or "." in text:
        # 24/4/2023 or 3.2.2023; but 3/2/2023 is another day in another country.
        parts = rest[::-1]
    else:
        return form
    written = "-".join([years[0], *(f"{part:02d}" for part in parts)])
    try:
        return f"write {parse_date(written)}"
    except ValueError:
        return form
