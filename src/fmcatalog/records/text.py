"""Which text the catalog takes: honest names of every script pass, disguises do not.

Rules go by Unicode category and by word, not by lists of bad letters, and not by whether this
Python knows a letter at all: a name in a script newer than the interpreter is still a name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from fmcatalog.diagnostics import called

_CYRILLIC = re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff5a]")
_MARKS = re.compile("[^0-9a-z]+")
_WORD = re.compile(r"[^\W_]+")
_JOINERS = "\u200c\u200d"
# Scripts whose words hold joiners: Arabic to Tibetan, Khmer to Vedic, the newer Indic blocks.
_JOINED = re.compile(
    "[\u0600-\u0fff\u1780-\u1c7f\u1cd0-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufe70-\ufefe"
    "\U00010a00-\U00011fff]"
)
# Marks and letters that show nothing: fillers, blanks, selectors without something to select.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0]")
_SELECTOR = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SELECTED = re.compile("[\u1820-\u18aa\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KEYCAP = "\u20e3"
_SPACES = " \u3000"
# Latin letters, digits and the marks of print: nothing in it is hidden, mixed or to be composed.
_EVERYDAY = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u024f\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2212]+"
)
_LOOKALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсухԁԛԝһӏ",
    "ABESIJKMHOPCTXYaesijopcyxdqwhl",
)


@lru_cache(4096)
def complaint(text: str, *, lines: bool = False) -> str | None:
    """Says what is wrong with a text, or None.

    Args:
        text: The text of one field.
        lines: Whether line ends are allowed (prose) or not (a name, a title).
    """
    if text != text.strip():
        return "has space at its beginning or end"
    if _EVERYDAY.fullmatch(text.replace("\n", " ") if lines else text):
        return None
    if unicodedata.normalize("NFC", text) != text:
        return "is not in composed form (NFC): type the accented letters anew"
    marks = 0
    for position, letter in enumerate(text):
        category = unicodedata.category(letter)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > 4:
            return "has more than four marks on one letter"
        if category in {"Cc", "Zl", "Zp", "Cs", "Co"} and not (lines and letter == "\n"):
            return f"holds {named(letter)}: delete it"
        if _hidden(text, position, category):
            return f"holds {named(letter)}, which cannot be seen: delete it"
        if category == "Zs" and letter not in _SPACES:
            return f"holds {named(letter)}: type a plain space"
    return _mixed(text)


def _hidden(text: str, position: int, category: str) -> bool:
    letter, before, after = text[position], text[:position][-1:], text[position + 1 : position + 2]
    if letter in _JOINERS:
        return not (_joins(before, after) or (_pictures(before) and _pictures(after)))
    if _SELECTOR.match(letter):
        picture = bool(before) and unicodedata.category(before) in {"So", "Sm"}
        # Of a picture, a keycap, or one of several forms of a Chinese or Mongolian character.
        return not (picture or after == _KEYCAP or _SELECTED.match(before))
    return category == "Cf" or bool(_BLANK.match(letter))


def _joins(before: str, after: str) -> bool:
    """Tells whether a joiner stands in a word of a script that needs one."""
    return bool(_JOINED.match(before) and _JOINED.match(after))


def _pictures(letter: str) -> bool:
    """Tells whether a letter is (part of) an emoji: a symbol, a skin tone, a selector."""
    return bool(letter) and (
        unicodedata.category(letter) == "So" or letter == "\ufe0f" or "🏻" <= letter <= "🏿"
    )


def _mixed(text: str) -> str | None:
    if not _CYRILLIC.search(text):
        return None
    plain = "".join(c for c in text if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    for word in _WORD.findall(plain):
        odd = _CYRILLIC.search(word)
        if odd and _LATIN.search(word):
            return f"mixes Latin and Cyrillic letters in one word ({named(odd[0])}): type it anew"
    return None


def latin(text: str) -> str:
    """Replaces Cyrillic letters that look like Latin ones."""
    return text.translate(_LOOKALIKE)


def unmixed(text: str) -> str:
    """Writes a Latin word that a few Cyrillic letters slipped into with Latin ones only.

    A word whose Latin letters are the fewer, or that holds a letter of no Latin look, stays: only
    a person can say what it is.
    """

    def mended(found: re.Match[str]) -> str:
        word = found[0]
        whole = latin(word)
        sure = len(_LATIN.findall(word)) > len(_CYRILLIC.findall(word)) > 0
        return whole if sure and not _CYRILLIC.search(whole) else word

    return _WORD.sub(mended, text)


def named(letter: str) -> str:
    """Names a character as ``U+0422 CYRILLIC CAPITAL LETTER TE``."""
    return called(letter)


def folded(text: str) -> str:
    """Folds a title for comparison: letters and digits only, no accents, no case."""
    if text.isascii():
        return _MARKS.sub("", text.lower())
    decomposed = unicodedata.normalize("NFKD", latin(text)).casefold()
    return "".join(c for c in decomposed if c.isalnum())
