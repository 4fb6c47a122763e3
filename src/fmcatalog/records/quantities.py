"""Quantities as papers report them: exact, range, bound, about, list, labelled parts, sizes.

A quantity keeps the text as written beside what it means, so that every shape of the survey's
Table 2 parses, compares, sorts and prints back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

_SUFFIX = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,6})?[kKMBT]?"
_SIZE = r"[0-9]{1,6}(?:[x×][0-9]{1,6}){1,3}"
_ATOM = rf"(?:{_SIZE}|{_NUMBER})"
_LABEL = r"[A-Za-z0-9][A-Za-z0-9 -]{0,30}"
_ITEM = re.compile(
    rf"(?:(?P<before>{_LABEL}):\s*)?(?P<sign>>=|<=|[<>~])?\s?(?P<low>{_ATOM})"
    rf"(?:\s?[-–]\s?(?P<high>{_ATOM}))?(?:\s?\((?P<after>{_LABEL})\))?"
)


class Form(StrEnum):
    """What a reported number says about the true one."""

    EXACT = "exact"
    RANGE = "range"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"
    ABOUT = "about"


_SIGNS = {
    ">": Form.MORE_THAN,
    ">=": Form.AT_LEAST,
    "<": Form.LESS_THAN,
    "<=": Form.AT_MOST,
    "~": Form.ABOUT,
}
_WRITTEN = {form: sign for sign, form in _SIGNS.items()}


@dataclass(frozen=True, slots=True)
class Atom:
    """A number, or a size of two to four dimensions.

    Attributes:
        dimensions: One value for a number, several for a size.
        text: As written, ``×`` as ``x``.
    """

    dimensions: tuple[Decimal, ...]
    text: str = field(compare=False)

    @property
    def number(self) -> Decimal:
        """The number itself, or the product of a size's dimensions."""
        product = Decimal(1)
        for dimension in self.dimensions:
            product *= dimension
        return product


@dataclass(frozen=True, slots=True)
class Item:
    """One reported value of a quantity.

    Attributes:
        form: What it says.
        low: The value, or the lower end of a range.
        high: The upper end of a range.
        label: What it is for, such as ``3D``; empty for most.
    """

    form: Form
    low: Atom
    high: Atom | None = None
    label: str = ""

    def __str__(self) -> str:
        text = self.low.text
        if self.form is not Form.EXACT:
            text = _WRITTEN.get(self.form, "") + text
        if self.high is not None:
            text += f"-{self.high.text}"
        return f"{text} ({self.label})" if self.label else text


@dataclass(frozen=True, slots=True)
class Quantity:
    """A reported quantity: one item, or several (a list, or labelled parts).

    Attributes:
        items: The items in the order written.
        text: As written; two quantities are equal when their items are.
    """

    items: tuple[Item, ...]
    text: str = field(compare=False)

    def __str__(self) -> str:
        return ", ".join(map(str, self.items))

    @property
    def exact(self) -> Decimal | None:
        """The number, when one exact plain number was reported; else None."""
        item = self.items[0]
        if len(self.items) == 1 and item.form is Form.EXACT and len(item.low.dimensions) == 1:
            return item.low.number
        return None

    @property
    def sort_key(self) -> Decimal:
        """Smallest reported number: what a column is sorted by."""
        return min(item.low.number for item in self.items)

    @property
    def largest(self) -> Decimal:
        """Largest reported number."""
        return max((item.high or item.low).number for item in self.items)

    @property
    def upper(self) -> Decimal | None:
        """Largest number that can be meant; None where only a lower bound was reported."""
        open_ended = {Form.MORE_THAN, Form.AT_LEAST}
        return None if any(i.form in open_ended for i in self.items) else self.largest

    def times(self, other: Quantity) -> Quantity | None:
        """Multiplies two plain quantities; a bound stays a bound.

        Args:
            other: The other factor.

        Returns:
            The product, or None where it says nothing (a list, a range, two bounds).
        """
        if len(self.items) != 1 or len(other.items) != 1:
            return None
        a, b = self.items[0], other.items[0]
        forms = {a.form, b.form} - {Form.EXACT}
        if len(forms) > 1 or Form.RANGE in forms or a.form is b.form is not Form.EXACT:
            return None
        form = forms.pop() if forms else Form.EXACT
        product = a.low.number * b.low.number
        text = f"{_WRITTEN.get(form, '')}{plain(product)}"
        return Quantity((Item(form, Atom((product,), plain(product))),), text)


def plain(number: Decimal) -> str:
    """Writes a decimal without exponent or needless zeros: ``0.37``, ``1600``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse(text: str) -> Quantity:
    """Reads a quantity.

    Args:
        text: For example ``8``, ``0.37``, ``93.7M``, ``16-128``, ``>1``, ``~1000``,
            ``50, 100``, ``1 (3D), 4 (2D)``, ``96x96x96``, ``224x224-384x384``.

    Raises:
        ValueError: The text has none of these shapes; the message says which there are.
    """
    items = tuple(_items(text.strip()))
    if len(items) > 20:
        raise ValueError("has more than 20 values")
    return Quantity(items, text.strip())


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SCALES = {"thousand": "k", "million": "M", "billion": "B", "trillion": "T"}
_FORMS = "write 8, 0.37, 93.7M, 16-128, '>1', ~1000, '50, 100', 224x224 or '1 (3D), 4 (2D)'"
_SLIPS = [
    (r"(?<=[0-9]),(?=[0-9]{3})", ""),
    (r"(?<=[0-9])\s*[x×X*]\s*(?=[0-9])", "x"),
    (r"\b(?:approximately|approx\.?|about|around|circa|ca\.?)\s*", "~"),
    (r"(?<=[0-9kKMBT])\s*(?:to|—)\s*(?=[0-9])", "-"),
    (r"\s*\b(?:gi?b|gigabytes?|(?:gpu[ -])?hours?|gpus?|h|epochs?|iterations?|steps?)\Z", ""),
    (r"\s*\b(?:px|pixels?)\Z", ""),
    (r"(?<=[0-9])(?:gi?b|h|px)\Z", ""),
    (r"\s*\bparam(?:eter)?s?\Z", ""),
    *((rf"(?<=[0-9])\s*{word}s?\b", letter) for word, letter in _SCALES.items()),
]


def suggestion(text: str) -> str:
    """Says what to write instead of a text that is no quantity: what it means, if that is clear."""
    if text.casefold() in _WORDS:
        return f"write {_WORDS.index(text.casefold()) + 1}"
    if re.search(r"[0-9]\s*(?:days?|weeks?)\b", text):
        return "write hours, without a unit; GPU hours are hours times cards"
    mended = text
    for slip, instead in _SLIPS:
        mended = re.sub(slip, instead, mended, flags=re.IGNORECASE)
        for meant in (re.sub(slip, instead, text, flags=re.IGNORECASE), mended):
            try:
                return f"write {parse(meant)}"
            except ValueError:
                continue
    return _FORMS


def _items(text: str) -> Iterator[Item]:
    if re.search(r"[0-9],[0-9]{3}(?![0-9])", text):
        raise ValueError("holds a comma between digits, and a comma separates values")
    for part in re.split(r",\s+", text):
        match = _ITEM.fullmatch(part)
        if match is None:
            raise ValueError("is not a quantity")
        if match["before"] and match["after"]:
            raise ValueError("has two labels for one value")
        low = _atom(match["low"])
        high = _atom(match["high"]) if match["high"] else None
        form = _SIGNS.get(match["sign"] or "", Form.EXACT)
        if high is not None:
            if form is not Form.EXACT:
                raise ValueError("is a range and a bound at once")
            if len(low.dimensions) != len(high.dimensions) or low.number > high.number:
                raise ValueError("is a range that does not go from the smaller to the larger value")
            form = Form.RANGE
        yield Item(form, low, high, (match["before"] or match["after"] or "").strip())


def _atom(text: str) -> Atom:
    text = text.replace("×", "x")
    if "x" in text:
        return Atom(tuple(Decimal(d) for d in text.split("x")), text)
    digits = text.rstrip("kKMBT")
    return Atom((Decimal(digits) * _SUFFIX[text[len(digits) :]],), text)


def as_data(quantity: Quantity, unit: str = "") -> dict[str, Any]:
    """Gives a quantity in the form the JSON export documents.

    Args:
        quantity: The quantity.
        unit: What its numbers are counted in; empty for plain numbers.

    Returns:
        ``{"text": …}`` as the record has it, and ``form`` with ``value`` (exact, about),
        ``min``/``max`` (range, bounds), sizes as lists; several items under ``parts``, each with
        its ``label``; ``unit`` where there is one.
    """
    parts = [_item_data(item) for item in quantity.items]
    said = parts[0] if len(parts) == 1 else {"parts": parts}
    return {"text": quantity.text, **said, **({"unit": unit} if unit else {})}


def schema(name: str, *, sizes: bool, whole: bool, unit: str) -> dict[str, Any]:
    """Describes in JSON Schema what `as_data` gives.

    Args:
        name: Its name, which stands in ``$comment`` (pydantic drops a title).
        sizes: Whether sizes such as 224x224 may stand in it.
        whole: Whether its numbers are whole.
        unit: Its unit; empty for plain numbers.
    """
    number: dict[str, Any] = {"type": "integer" if whole else "number"}
    if sizes:
        several = {"type": "array", "items": number, "minItems": 2, "maxItems": 4}
        number = {"anyOf": [number, several]}
    item = {
        "label": {"type": "string", "description": "What the value is for, such as 3D."},
        "form": {"type": "string", "enum": [str(form) for form in Form]},
        "value": number,
        "min": number,
        "max": number,
    }
    part = {"type": "object", "properties": item, "required": ["form"]}
    text = {"type": "string", "description": "As the record has it."}
    parts = {"type": "array", "items": part, "minItems": 2}
    measured = {"unit": {"type": "string", "const": unit}} if unit else {}
    return {
        "$comment": name,
        "description": "A number as reported: exact, a range, a bound, about, or several.",
        "type": "object",
        "properties": {"text": text, **measured},
        "required": ["text", *measured],
        "oneOf": [
            {"properties": item, "required": ["form"]},
            {"properties": {"parts": parts}, "required": ["parts"]},
        ],
    }


def is_data(value: Any) -> bool:
    """Tells whether a JSON value is what `as_data` gives."""
    return isinstance(value, dict) and "text" in value and ("form" in value or "parts" in value)


def _item_data(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {"label": item.label} if item.label else {}
    data["form"] = str(item.form)
    low = _atom_data(item.low)
    if item.high is not None:
        return data | {"min": low, "max": _atom_data(item.high)}
    if item.form in {Form.MORE_THAN, Form.AT_LEAST}:
        return data | {"min": low}
    if item.form in {Form.LESS_THAN, Form.AT_MOST}:
        return data | {"max": low}
    return data | {"value": low}


def _atom_data(atom: Atom) -> int | float | list[int | float]:
    numbers = [int(d) if d == d.to_integral_value() else float(d) for d in atom.dimensions]
    return numbers[0] if len(numbers) == 1 else numbers
