"""The canonical layout of a document: one order, one way to write each value, comments kept.

A :class:`Plan` says what is known of the keys. Lists and small mappings stand in one line where
they fit; a text that does not fit is folded; quotes stand only where another reader would take
the text for something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fmcatalog.documents.events import Value
from fmcatalog.documents.nodes import Entry, Kind, Node, parse

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a value before it is written.

    Attributes:
        keys: The keys of a mapping in their order, each with its own plan.
        items: The plan of a list's items.
        plain: Whether a number, a date or a flag is meant, which stands without quotes. None
            where nothing is known: what was without quotes stays so.
        flow: Whether a list or mapping may stand in one line.
    """

    keys: Mapping[str, Plan] = field(default_factory=dict)
    items: Plan | None = None
    plain: bool | None = None
    flow: bool = True


UNKNOWN = Plan()
TEXT = Plan(plain=False)


class Unwritable(ValueError):
    """A document that cannot be written again without a loss."""


def lay_out(text: str, plan: Plan, mend: Mapping[tuple[str | int, ...], str] | None = None) -> str:
    """Writes a document in the canonical layout.

    Args:
        text: A text that was read without complaint.
        plan: What is known of its keys.
        mend: Texts to put in place of others, by path.

    Raises:
        Unwritable: The result would not say the same; nothing of the kind is known.
    """
    root = parse(text)
    _mend(root, mend or {})
    value, comments = root.value(), Counter(root.comments())
    if not isinstance(value, dict) or not value:
        raise Unwritable("there is nothing to write")
    head = root.entries[0].above
    root.entries[0].above = []
    _arrange(root, plan)
    lines = [*_comments(head, 0), *_mapping(root, plan, 0)]
    while lines and not lines[0]:
        del lines[0]
    written = "\n".join(lines) + "\n"
    again = parse(written)
    if again.value() != value or Counter(again.comments()) != comments:
        raise Unwritable("its layout is too unusual; write it like another record")
    return written


def _mend(root: Node, mend: Mapping[tuple[str | int, ...], str]) -> None:
    """Puts words in place of others; in a list that has the word already, the other goes."""
    found = []
    for path, word in mend.items():
        home, entry = root, Entry("", root)
        for part in path:
            home = entry.value
            names = (i if isinstance(part, int) else e.key for i, e in enumerate(home.entries))
            entry = home.entries[list(names).index(part)]
        found.append((home, entry, word))
    for home, entry, word in found:
        twice = any(e.value.text == word for e in home.entries if e is not entry)
        if home.kind is Kind.LIST and twice:
            home.foot[:0] = [*entry.above, *entry.beside]
            home.entries.remove(entry)
        else:
            entry.value.text, entry.value.plain = word, False


def _arrange(node: Node, plan: Plan) -> None:
    """Orders keys; a comment above the first key of an item goes above the item."""
    if node.kind is Kind.MAPPING:
        order = {key: index for index, key in enumerate(plan.keys)}
        node.entries.sort(key=lambda e: order.get(e.key, len(order)))
    for entry in node.entries:
        _arrange(entry.value, _plan(node, plan, entry))
        first = entry.value.entries[:1]
        if node.kind is Kind.LIST and first:
            entry.above += first[0].above
            first[0].above = []
            if first[0].value.entries and entry.value.kind is Kind.LIST:
                # In a list of lists the dashes stand in one line, and nothing fits behind them.
                entry.above += first[0].beside
                first[0].beside = []


def _plan(node: Node, plan: Plan, entry: Entry) -> Plan:
    if node.kind is Kind.MAPPING:
        return plan.keys.get(entry.key, UNKNOWN)
    return plan.items or UNKNOWN


def _comments(block: list[str], indent: int) -> Iterator[str]:
    for before, comment in zip(["", *block], block, strict=False):
        if comment or before:
            yield f"{' ' * indent}{comment}" if comment else ""


def _mapping(node: Node, plan: Plan, indent: int) -> Iterator[str]:
    for entry in node.entries:
        yield from _comments(entry.above, indent)
        head = f"{' ' * indent}{_scalar(entry.key, TEXT, was_plain=False, flow=False)}:"
        yield from _entry(head, entry, _plan(node, plan, entry), indent)
    yield from _comments(node.foot, indent)


def _list(node: Node, plan: Plan, indent: int) -> Iterator[str]:
    for entry in node.entries:
        yield from _comments(entry.above, indent)
        yield from _entry(f"{' ' * indent}-", entry, _plan(node, plan, entry), indent)
    yield from _comments(node.foot, indent)


def _entry(head: str, entry: Entry, plan: Plan, indent: int) -> Iterator[str]:
    """Writes an entry behind its key or dash."""
    node = entry.value
    beside = "".join(f"  {comment}" for comment in entry.beside)
    if node.null:
        yield f"{head} {node.text}".rstrip() + beside
        return
    line = f"{head} {_flow(node, plan, inside=False)}"
    if node.kind is Kind.TEXT:
        folded = list(_folded(node.text, indent + 2)) if _must_fold(line, node.text) else []
        yield f"{head} >-{beside}" if folded else line + beside
        yield from folded
    elif not node.entries or (_may_flow(node, plan) and len(line) <= WIDTH):
        yield line + beside
    else:
        write = _mapping if node.kind is Kind.MAPPING else _list
        lines = list(write(node, plan, indent + 2))
        if head.strip() != "-":
            yield head + beside
        else:
            yield from (f"{' ' * indent}{comment}" for comment in entry.beside)
            lines[0] = f"{head} {lines[0].lstrip(' ')}"
        yield from lines


def _may_flow(node: Node, plan: Plan) -> bool:
    if not plan.flow or any(node.comments()):
        return False
    return all(_flows(e.value, node.kind) for e in node.entries)


def _flows(value: Node, home: Kind) -> bool:
    """Tells whether a value may stand in the line of its list or mapping."""
    if value.kind is Kind.TEXT:
        return not value.null and "\n" not in value.text
    # A list of texts in a small mapping is still one line that can be read; deeper is not.
    return (
        home is Kind.MAPPING
        and value.kind is Kind.LIST
        and all(e.value.kind is Kind.TEXT and _flows(e.value, Kind.LIST) for e in value.entries)
    )


def _flow(node: Node, plan: Plan, *, inside: bool) -> str:
    """Writes a value in one line."""
    if node.kind is Kind.TEXT:
        return _scalar(node.text, plan, was_plain=node.plain, flow=inside)
    parts = []
    for entry in node.entries:
        value = _flow(entry.value, _plan(node, plan, entry), inside=True)
        key = f"{_scalar(entry.key, TEXT, was_plain=False, flow=True)}: "
        parts.append(value if node.kind is Kind.LIST else key + value)
    inner = ", ".join(parts)
    return f"[{inner}]" if node.kind is Kind.LIST else f"{{{inner}}}"


# --- texts ------------------------------------------------------------------------------------

_GUESSED = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|"
)
"""What a YAML 1.2 reader takes for something else than a text."""
_INDICATOR = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?:[ ,\[\]{}]|\Z)|(?:---|\.\.\.)(?: |\Z)")
_BROKEN = re.compile(r":(?: |\Z)| #|\A | \Z|\A=\Z|\A<<\Z")
_IN_FLOW = re.compile(r"[,\[\]{}?]|:(?:[ ?,\[\]{}]|\Z)|\A[-?:]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def _scalar(text: str, plan: Plan, *, was_plain: bool, flow: bool) -> str:
    keep = plan.plain or (plan.plain is None and was_plain)
    guessed = not keep and _GUESSED.fullmatch(text)
    broken = not text or _INDICATOR.match(text) or _BROKEN.search(text)
    if not (guessed or broken or _ODD.search(text)) and not (flow and _IN_FLOW.search(text)):
        return text
    if _ODD.search(text):
        return '"' + "".join(_escaped(c) for c in text) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What can only be written by escapes."""


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return f"\\u{ord(letter):04X}" if _ODD.match(letter) else letter


def _must_fold(line: str, text: str) -> bool:
    if not text or _ODD.search(text.replace("\n", " ")):
        return False
    lines = text.split("\n")
    if not (lines[0] and lines[-1]) or any(part != part.strip() for part in lines):
        return False
    return len(lines) > 1 or (len(line) > WIDTH and " " in text)


def _folded(text: str, indent: int) -> Iterator[str]:
    """Folds a text: a line break in it becomes an empty line, single spaces may become breaks."""
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            yield ""
        line = ""
        for word in re.split(r"(?<=[^ ]) (?=[^ ])", paragraph):
            if line and indent + len(line) + 1 + len(word) > WIDTH:
                yield " " * indent + line
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            yield " " * indent + line


def same(one: Value, other: Value) -> bool:
    """Tells whether two documents say the same; the line break that ends a text does not count."""
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip("\n") == other.rstrip("\n")
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    return False


__all__ = ["TEXT", "UNKNOWN", "WIDTH", "Plan", "Unwritable", "lay_out", "same"]
