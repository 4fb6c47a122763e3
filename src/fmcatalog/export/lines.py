"""Texts on one line, as formats want them that end a value with its line."""

from __future__ import annotations


def line(text: str) -> str:
    """Gives a text with one space wherever it has any, and none at its ends."""
    # Nearly every text is like that already: of all space, only " " counts as printable.
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(text.split())


__all__ = ["line"]
