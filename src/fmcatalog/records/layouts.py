"""The canonical layout of each shape: order of keys, what stands in one line, what needs quotes."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from fmcatalog.documents.layout import Plan
from fmcatalog.records.base import Address, Digits, Prose, Shape, Typed

_MOST_IN_LINE = 5


@cache
def plan(shape: type[Shape]) -> Plan:
    """Gives the layout of a shape.

    A mapping may stand in one line when it has few keys, and none of them holds an address, a
    paragraph or another mapping.
    """
    hints = get_type_hints(shape, include_extras=True)
    keys = {name: _of(hints[name]) for name in shape.model_fields}
    small = len(keys) <= _MOST_IN_LINE and not any(
        _holds(hints[name], Prose) or _holds(hints[name], Address) or _shape(hints[name])
        for name in shape.model_fields
    )
    return Plan(keys=keys, plain=False, flow=small)


def _of(hint: Any) -> Plan:
    if _is_list(hint):
        inner = _shape(hint)
        items = plan(inner) if inner else Plan(plain=_plain(hint))
        return Plan(items=items, plain=False, flow=not inner and not _holds(hint, Prose))
    found = _shape(hint)
    return plan(found) if found else Plan(plain=_plain(hint))


def _parts(hint: Any) -> tuple[Any, ...]:
    return get_args(hint)


def _is_list(hint: Any) -> bool:
    return get_origin(hint) is tuple or any(map(_is_list, _parts(hint)))


def _shape(hint: Any) -> type[Shape] | None:
    if isinstance(hint, type) and issubclass(hint, Shape):
        return hint
    return next((s for p in _parts(hint) if (s := _shape(p)) is not None), None)


def _plain(hint: Any) -> bool:
    return isinstance(hint, Typed) or hint == Digits or any(map(_plain, _parts(hint)))


def _holds(hint: Any, wanted: Any) -> bool:
    marks = getattr(hint, "__metadata__", ()) if get_origin(hint) is Annotated else ()
    return wanted.__metadata__[0] in marks or any(_holds(p, wanted) for p in _parts(hint))
