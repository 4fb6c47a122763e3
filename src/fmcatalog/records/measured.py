"""The typed quantities of a record: how many, how much, how large, each with its unit."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Annotated, Any

from fmcatalog.records import quantities, text
from fmcatalog.records.base import Typed, one_text, refuse
from fmcatalog.records.quantities import Quantity


def _quantity(name: str, *, sizes: bool = False, whole: bool = False, unit: str = "") -> Any:
    @lru_cache(4096)  # a few hundred texts make up the numbers of ten thousand records
    def parse(checked: str) -> Quantity:
        if len(checked) > 120:
            raise refuse("long", "is longer than 120 characters", "write numbers only")
        try:
            quantity = quantities.parse(checked)
        except ValueError as error:
            raise refuse("form", str(error), quantities.suggestion(checked)) from None
        for item in quantity.items:
            for atom in (item.low, item.high or item.low):
                if len(atom.dimensions) > 1 and not sizes:
                    raise refuse("form", "is a size, where a number is wanted", "write one number")
                if whole and atom.number != atom.number.to_integral_value():
                    raise refuse("form", "is not a whole number", "write a whole number")
        if quantity.exact == 0:
            raise refuse("form", "is zero", "write not-reported or not-applicable")
        return quantity

    def read(value: Any) -> Quantity:
        known = isinstance(value, Quantity)
        return value if known else parse(one_text(value, text.complaint, "text"))

    numbers = ["8", "16-128", ">1", "50, 100"] if whole else ["0.37", "93.7M", "16-128", ">1"]
    examples = ["224", "224x224", "96x96x96", "224x224-384x384"] if sizes else numbers
    schema = {"type": ["string", "number"], "examples": examples}
    shown = quantities.schema(name, sizes=sizes, whole=whole, unit=unit)
    return Typed(read, partial(quantities.as_data, unit=unit), schema, shown)


Count = Annotated[Quantity, _quantity("Count", whole=True)]
"""How many: whole numbers, in any of the forms of a quantity."""

Measure = Annotated[Quantity, _quantity("Measure")]
"""How much: numbers, in any of the forms of a quantity."""

Gigabytes = Annotated[Quantity, _quantity("Gigabytes", unit="GB")]
"""How much memory."""

GpuHours = Annotated[Quantity, _quantity("GpuHours", unit="GPU hours")]
"""How long, times how many cards."""

Tokens = Annotated[Quantity, _quantity("Tokens", whole=True, unit="tokens")]
"""How long a text."""

Extent = Annotated[Quantity, _quantity("Extent", sizes=True, whole=True, unit="pixels")]
"""How large: numbers or sizes such as 224x224."""
