"""What thousands of records have alike: checked once, and held once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import ValidatorFunctionWrapHandler, WrapValidator

if TYPE_CHECKING:
    from fmcatalog.records.model import Model

MOST = 4096
"""Lists or mappings of one kind that are remembered."""


def common(check: Callable[[Any], str]) -> Callable[[Any], str]:
    """Checks a word of which there are few only once, and gives one text for all that are equal.

    Args:
        check: Gives a text as it is, or refuses it.
    """
    known: dict[str, str] = {}

    def checked(value: Any) -> str:
        found = known.get(value) if type(value) is str else None
        if found is None:
            found = known[value] = check(value)
        return found

    return checked


def alike() -> WrapValidator:
    """Checks an equal list or mapping of texts only once, and gives one value for all.

    One that holds anything else is checked each time: to a mapping of Python's, 1 equals true.
    """
    lists: dict[tuple[str, ...], Any] = {}
    mappings: dict[tuple[str, ...], Any] = {}

    def checked(value: Any, run: ValidatorFunctionWrapHandler) -> Any:
        key: tuple[Any, ...] = ()
        known = lists
        if type(value) is list:
            key = tuple(value)
        elif type(value) is dict:
            key, known = (*value, *value.values()), mappings  # half of it keys, half values
        if {*map(type, key)} != {str}:
            return run(value)
        found = known.get(key)
        if found is None:
            if len(known) >= MOST:
                known.clear()
            found = known[key] = run(value)
        return found

    return WrapValidator(checked)


class Keys:
    """Lets records and their parts share the set of the keys that they give.

    Tens of thousands of them give the same few sets, which take a seventh of their memory.
    """

    def __init__(self) -> None:
        self._known: dict[frozenset[str], set[str]] = {}

    def share(self, model: Model) -> None:
        """Lets a record, and those of its parts that most records have, hold the others' sets."""
        for part in (model, *model.sources, model.identifiers, model.links):
            if part is not None:
                given = part.__pydantic_fields_set__
                shared = self._known.setdefault(frozenset(given), given)
                object.__setattr__(part, "__pydantic_fields_set__", shared)
