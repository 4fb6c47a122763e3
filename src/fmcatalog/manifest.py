"""The list of all published files, with size and digest, and whether a copy agrees with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

NAME = "manifest.json"
MOST_FILES = 200_000


class Unfit(ValueError):
    """What should be a manifest is none."""


class Entry(NamedTuple):
    """A file of the manifest.

    Attributes:
        path: From the top of the site, with ``/``.
        size: In bytes.
        digest: SHA-256, in hexadecimal.
    """

    path: str
    size: int
    digest: str


def write(entries: Iterable[Entry], about: Mapping[str, Any]) -> bytes:
    """Writes a manifest: what it is about, then every file but the manifest itself.

    Args:
        entries: All files, in any order.
        about: Versions and date, as JSON values.

    Returns:
        ``revision`` is the digest of all paths and digests: the same for equal sites alone.
    """
    ordered = sorted(entries)
    told = "".join(f"{digest}  {path}\n" for path, _, digest in ordered)
    revision = sha256(told.encode()).hexdigest()
    data = {**about, "revision": revision, "count": len(ordered), "files": []}
    head, end = json.dumps(data, ensure_ascii=False, indent=1).rsplit("]", 1)
    # Of fifty thousand files the encoder, which indents in Python, would take a quarter second.
    quoted = json.JSONEncoder(ensure_ascii=False).encode
    files = ",\n".join(
        f'  {{\n   "path": {quoted(path)},\n   "size": {size},\n   "sha256": "{digest}"\n  }}'
        for path, size, digest in ordered
    )
    return f"{head}\n{files}\n ]{end}\n".encode() if files else f"{head}]{end}\n".encode()


def make(folder: Path, about: Mapping[str, Any]) -> bytes:
    """Writes the manifest of a folder: see :func:`write`."""
    return write((_entry(path, name) for name, path in _files(folder)), about)


def read(content: bytes) -> tuple[Entry, ...]:
    """Reads a manifest.

    Raises:
        Unfit: It is none.
    """
    try:
        files = json.loads(content)["files"]
        entries = tuple(Entry(str(f["path"]), int(f["size"]), str(f["sha256"])) for f in files)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unfit(f"{NAME} is not a manifest: {type(error).__name__}") from None
    if len(entries) > MOST_FILES:
        raise Unfit(f"{NAME} names {len(entries)} files, more than {MOST_FILES}")
    for entry in entries:
        parts = PurePosixPath(entry.path).parts
        # A manifest from elsewhere may not make us look outside of its folder.
        if not parts or ".." in parts or entry.path.startswith("/") or "\\" in entry.path:
            raise Unfit(f"{NAME} names {entry.path!r}, which is not inside the site")
    return entries


def differences(
    entries: tuple[Entry, ...], fetch: Callable[[str], bytes | None]
) -> Iterator[tuple[str, str]]:
    """Gives what is not as the manifest says: path and what is wrong with it.

    Args:
        entries: The manifest.
        fetch: Gives the content at a path, or None where there is nothing.
    """
    for entry in entries:
        content = fetch(entry.path)
        if content is None:
            yield entry.path, "is missing"
        elif len(content) != entry.size:
            yield entry.path, f"has {len(content)} bytes instead of {entry.size}"
        elif sha256(content).hexdigest() != entry.digest:
            yield entry.path, "has other content"


def strangers(entries: tuple[Entry, ...], folder: Path) -> Iterator[tuple[str, str]]:
    """Gives the files of a folder that its manifest does not name."""
    known = {entry.path for entry in entries}
    for name, _ in _files(folder):
        if name not in known:
            yield name, "is not in the manifest"


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    for name in sorted(found):
        if found[name].is_file() and name != NAME:
            yield name, found[name]


def _entry(path: Path, name: str) -> Entry:
    content = path.read_bytes()
    return Entry(name, len(content), sha256(content).hexdigest())


__all__ = ["NAME", "Entry", "Unfit", "differences", "make", "read", "strangers", "write"]
