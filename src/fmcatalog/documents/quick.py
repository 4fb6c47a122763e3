"""The quick way through a file that is in order.

Almost every file of a catalog is: so it is first read without a thought for what could be said
of it. At the first thing that is out of the ordinary this gives up, and `events.Builder`, which
keeps to the same limits, reads the file again and says what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import yaml

from fmcatalog.documents.events import MAX_DEPTH, Value
from fmcatalog.documents.problems import NULLS, UNSEEN

Take = Callable[[], yaml.Event]
"""Gives the next event."""


class _Odd(Exception):
    """Something that has to be looked at."""


def build(text: str, most: int) -> dict[str, Value] | None:
    """Builds a document out of mappings, lists and strings.

    Args:
        text: The decoded text.
        most: The largest number of events.

    Returns:
        What `events.Builder` would give without a word; None when it may have one to say.
    """
    loader = yaml.CBaseLoader(text)
    # No character makes more than two events, so that most files need not be counted.
    get = cast("Take", loader.get_event)
    take = get if 2 * len(text) < most else _counted(get, most)
    try:
        take()
        start = take()
        if type(start) is not yaml.DocumentStartEvent or start.version or start.tags:
            return None
        value = _node(take(), take, 0)
        take()
        return value if type(take()) is yaml.StreamEndEvent and isinstance(value, dict) else None
    except (_Odd, yaml.YAMLError, ValueError, OverflowError):
        return None
    finally:
        loader.dispose()


def _counted(get: Take, most: int) -> Take:
    left = most

    def take() -> yaml.Event:
        nonlocal left
        left -= 1
        if left < 0:
            raise _Odd
        return get()

    return take


def _node(event: yaml.Event, take: Take, depth: int) -> Value:
    kind = type(event)
    # The type of the event is what is asked here; isinstance() would take twice the time.
    if kind is yaml.ScalarEvent:
        return _text(event)
    if kind is yaml.AliasEvent or depth >= MAX_DEPTH:
        raise _Odd
    start = cast("yaml.CollectionStartEvent", event)
    if start.anchor is not None or start.tag is not None:
        raise _Odd
    depth += 1
    if kind is yaml.SequenceStartEvent:
        items: list[Value] = []
        while type(event := take()) is not yaml.SequenceEndEvent:
            # Asked here as well as there: a call for each text is a tenth of the reading.
            text = type(event) is yaml.ScalarEvent
            items.append(_text(event) if text else _node(event, take, depth))
        return items
    mapping: dict[str, Value] = {}
    while type(event := take()) is not yaml.MappingEndEvent:
        if type(event) is not yaml.ScalarEvent:
            raise _Odd
        key = _text(event)
        # '<<' merges, '' is no key, and 'key:value' was meant as a key and its value.
        if key in mapping or (not event.style and (key == "<<" or ":" in key)):
            raise _Odd
        event = take()
        text = type(event) is yaml.ScalarEvent
        mapping[key] = _text(event) if text else _node(event, take, depth)
    return mapping


def _text(event: Any) -> str:
    # A scalar, as whoever calls has asked; saying so with cast() would cost a call for each.
    value: str = event.value
    style = event.style
    if event.anchor is not None or event.tag is not None:
        raise _Odd
    if not style:
        if value in NULLS:
            raise _Odd
    elif style == '"':
        if UNSEEN.search(value):
            raise _Odd
    elif style != "'" and not value.strip():
        raise _Odd
    return value
