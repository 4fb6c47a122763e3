"""Which text the catalog takes: honest names of every script pass, disguises do not.

Rules go by Unicode category and by word, not by lists of bad letters, and not by whether this
Python knows a letter at all: a name in a script newer than the interpreter is still a name.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff5a]")
_WORD = re.compile(r"[^\W\d_]+")
_JOINERS = "\u200c\u200d"
_LOOKALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсухԁԛԝһӏ",
    "ABESIJKMHOPCTXYaesijopcyxdqwhl",
)


def complaint(text: str, *, lines: bool = False) -> str | None:
    """Says what is wrong with a text, or None.

    Args:
        text: The text of one field.
        lines: Whether line ends are allowed (prose) or not (a name, a title).
    """
    if text != text.strip():
        return "has space at its beginning or end"
    if unicodedata.normalize("NFC", text) != text:
        return "is not in composed form (NFC): type the accented letters anew"
    marks = 0
    for position, letter in enumerate(text):
        category = unicodedata.category(letter)
        marks = marks + 1 if category == "Mn" else 0
        if marks > 4:
            return "has more than four marks on one letter"
        if category in {"Cc", "Zl", "Zp", "Cs", "Co"} and not (lines and letter == "\n"):
            return f"holds {named(letter)}: delete it"
        if category == "Cf" and not _joins(text, position):
            return f"holds {named(letter)}, which cannot be seen: delete it"
    return _mixed(text)


def _joins(text: str, position: int) -> bool:
    """Tells whether a joiner stands where Persian, Indic names or emoji need one."""
    if text[position] not in _JOINERS or not 0 < position < len(text) - 1:
        return False
    return all(ord(n) > 0x58F for n in (text[position - 1], text[position + 1]))


def _mixed(text: str) -> str | None:
    if not _CYRILLIC.search(text):
        return None
    for word in _WORD.findall(text):
        odd = _CYRILLIC.search(word)
        if odd and _LATIN.search(word):
            return f"mixes Latin and Cyrillic letters in one word ({named(odd[0])}): type it anew"
    return None


def latin(text: str) -> str:
    """Replaces Cyrillic letters that look like Latin ones."""
    return text.translate(_LOOKALIKE)


def named(letter: str) -> str:
    """Names a character as ``U+0422 CYRILLIC CAPITAL LETTER TE``."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()


def folded(text: str) -> str:
    """Folds a title for comparison: letters and digits only, no accents, no case."""
    decomposed = unicodedata.normalize("NFKD", latin(text)).casefold()
    return "".join(c for c in decomposed if c.isalnum())
