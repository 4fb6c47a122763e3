"""What is known of a paper before anybody has read it: title, authors, date, venue, identifiers."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field, replace

ARXIV_DOI = "10.48550/arxiv."


class Refused(Exception):
    """A paper that cannot be begun: not found, here already, or no proper answer."""


@dataclass(frozen=True)
class Work:
    """A paper as an index of papers describes it.

    Attributes:
        title: Its title.
        authors: Its authors, given name first.
        published: First public version: YYYY-MM-DD or YYYY-MM; empty where only a year is known.
        venue: The keys of ``venue``.
        identifiers: The keys of ``identifiers``.
        source: What was read, as ``sources`` writes it.
        locator: Where in it.
        more_authors: Whether the list of authors is incomplete.
        notes: What the contributor should know.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    venue: dict[str, str] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)
    source: str = ""
    locator: str = ""
    more_authors: bool = False
    notes: tuple[str, ...] = ()

    @property
    def paper(self) -> str:
        """Address of the paper; empty where it has no identifier."""
        if "arxiv" in self.identifiers:
            return f"https://arxiv.org/abs/{self.identifiers['arxiv']}"
        doi = self.identifiers.get("doi") or self.identifiers.get("preprint_doi")
        return f"https://doi.org/{doi}" if doi else ""

    def fields(self) -> list[str]:
        """Gives the keys of a record that it fills, in the order of a record."""
        found = [k for k in ("title", "authors", "published") if getattr(self, k)]
        found += ["venue"] if self.venue else []
        found += [f"identifiers.{key}" for key in self.identifiers]
        return found + (["links.paper"] if self.paper else [])


def by_doi(work: Work, doi: str) -> Work:
    """Adds a DOI to a work; one that arXiv gives to a preprint is an arXiv identifier."""
    if doi.casefold().startswith(ARXIV_DOI):
        return replace(work, identifiers={"arxiv": doi[len(ARXIV_DOI) :], **work.identifiers})
    return replace(work, identifiers={**work.identifiers, "doi": doi})


_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:.-]*(?:\s[^<>]*)?/?>")
_LATEX = re.compile(r"[\\${}]")


def clean(text: str, *, latex: bool = False) -> str:
    """Makes one plain line of a text: no markup, no entities, no LaTeX.

    Args:
        text: As the index gives it.
        latex: Whether it may hold LaTeX.
    """
    text = html.unescape(_TAG.sub("", html.unescape(text)))
    text = _TAG.sub("", text)
    if latex and _LATEX.search(text):
        from pylatexenc.latex2text import LatexNodes2Text

        # Bare signs are meant as such: here % begins no comment, & ends no column.
        text = re.sub(r"(?<!\\)([%&#])", r"\\\1", text)
        text = LatexNodes2Text(math_mode="text").latex_to_text(text)
    text = "".join(" " if unicodedata.category(c) in {"Zs", "Cc", "Zl", "Zp"} else c for c in text)
    return unicodedata.normalize("NFC", " ".join(text.replace("\u200b", "").split()))


def name(text: str, *, latex: bool = False) -> str:
    """Writes a name given name first: ``Bee, Ann`` becomes ``Ann Bee``."""
    parts = [part.strip() for part in clean(text, latex=latex).split(",")]
    if len(parts) == 2 and all(parts):
        return f"{parts[1]} {parts[0]}"
    # Family, Jr, Given
    return f"{parts[2]} {parts[0]} {parts[1]}" if len(parts) == 3 else ", ".join(parts)
