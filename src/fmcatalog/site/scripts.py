"""Our scripts as they travel: without the words that only their readers need."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_INLINE_TYPE = re.compile(r"/\*\* @(?:type|param)[^*]*\*/ ?")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def lean(source: bytes) -> bytes:
    """Takes comments and indentation away; a script that holds text over several lines stays.

    Args:
        source: A script of ours. It runs just as well as it is.
    """
    text = source.decode()
    for pattern in (_BLOCK, _LINE, _INLINE_TYPE):
        text = pattern.sub("", text)
    if any(line.count("`") % 2 for line in text.splitlines()):
        return source
    return _INDENT.sub("", text).encode()
