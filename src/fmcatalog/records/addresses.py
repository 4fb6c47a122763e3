"""Which addresses and identifiers the catalog takes.

An address is kept as written or refused, never rewritten; identifiers (arXiv, DOI) are kept as
identifiers and turned into links by us.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

MAX_ADDRESS = 500

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_NOT_PUBLIC = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "test",
    "example",
    "invalid",
    "onion",
    "arpa",
]
_ALLOWED = re.compile(r"[A-Za-z0-9._~:/?#@!$&()*+,;=%\[\]-]+")
_PLAIN = re.compile(r"https://([a-z0-9.-]+)(?:/[A-Za-z0-9._~/-]*)?")
_ARXIV = re.compile(r"(?P<year>[0-9]{2})(?P<month>[0-9]{2})\.(?P<number>[0-9]{4,5})")
_ARXIV_IN = re.compile(r"(?<![0-9.])[0-9]{4}\.[0-9]{4,5}(?![0-9])")
_ARXIV_OLD = re.compile(r"[a-z-]{2,20}(?:\.[A-Z]{2})?/[0-9]{7}")
_DOI = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9._;()/:<>+\[\]-]{1,180}")


def address_complaint(text: str) -> str | None:
    """Says why an address is refused, or None.

    Args:
        text: The address as written.
    """
    # Of almost all addresses only the host can be refused, and there are few hosts.
    plain = _PLAIN.fullmatch(text) if len(text) <= MAX_ADDRESS else None
    return _host_complaint(plain[1]) if plain else _complaint(text)


@lru_cache(4096)
def _complaint(text: str) -> str | None:
    if len(text) > MAX_ADDRESS:
        return f"is longer than {MAX_ADDRESS} characters"
    if not _ALLOWED.fullmatch(text) or re.search("%(?![0-9A-Fa-f]{2})", text):
        return "holds a character that has to be %-encoded, or a space"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "has brackets where its host belongs"
    if parts.scheme not in {"http", "https"}:
        return "is not an address: begin with https://"
    if parts.scheme == "http":
        return "is not encrypted: begin with https://"
    if parts.geturl() != text:
        return "is written in an unusual way: copy it from the browser"
    if "@" in parts.netloc:
        return "holds a user name"
    if ":" in parts.netloc:
        return "names a port: leave it out"
    return _host_complaint(parts.netloc)


@lru_cache(4096)
def _host_complaint(host: str) -> str | None:
    if not _HOST.fullmatch(host) or len(host) > 253:
        return "has no proper host name (lower-case letters, digits, hyphens, dots)"
    if any(label.startswith("xn--") for label in host.split(".")):
        return "has a host with encoded letters (xn--), which could look like another one"
    if host.rsplit(".", 1)[-1] in _NOT_PUBLIC:
        return "has a host that is not public"
    return None


def arxiv_complaint(text: str) -> str | None:
    """Says why an arXiv identifier is refused, or None.

    Args:
        text: Identifier without version, such as ``2304.12306``.
    """
    if _ARXIV_OLD.fullmatch(text):
        return None
    match = _ARXIV.fullmatch(text)
    if match is None:
        if re.fullmatch(r"[0-9]{4}\.[0-9]{1,3}", text):
            return "is too short: a zero at its end was lost, quote the identifier"
        if re.search(r"[0-9]v[0-9]+\Z", text):
            return "names a version: leave the v… out"
        return "is not an arXiv identifier such as 2304.12306"
    if not 1 <= int(match["month"]) <= 12:
        return "has no such month in its first four digits"
    began = (int(match["year"]), int(match["month"]))
    if began < (7, 4):
        return "is older than such identifiers: they began in April 2007 (0704)"
    digits = 5 if began >= (15, 1) else 4
    if len(match["number"]) != digits:
        return f"needs {digits} digits after the dot for its year"
    return None


def arxiv_in(text: str) -> str:
    """Finds the arXiv identifier in an address or a citation; empty when there is none."""
    found = _ARXIV_IN.search(text)
    return found[0] if found and arxiv_complaint(found[0]) is None else ""


def doi_in(text: str) -> str:
    """Finds the DOI in an address or a citation; empty when there is none."""
    found = _DOI.search(text)
    return found[0].rstrip(".,;") if found else ""


def doi_complaint(text: str) -> str | None:
    """Says why a DOI is refused, or None.

    Args:
        text: DOI without resolver, such as ``10.1038/s41586-023-05881-4``.
    """
    if text.startswith("http"):
        return "is an address: write the part that begins with 10."
    if not _DOI.fullmatch(text):
        return "is not a DOI such as 10.1038/s41586-023-05881-4"
    return None


def arxiv_month(text: str) -> tuple[int, int] | None:
    """Gives year and month that an arXiv identifier was handed out, or None (old style)."""
    match = _ARXIV.fullmatch(text)
    return (2000 + int(match["year"]), int(match["month"])) if match else None
