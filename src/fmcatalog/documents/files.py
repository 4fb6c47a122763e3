"""Files on disk: which ones belong to a catalog, and their bytes, read with care."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from fmcatalog.diagnostics import Diagnostic, Place, shown
from fmcatalog.documents.problems import F101, F102, F103, F109, F112, Problem

SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"index", "404", "assets", "search", "con", "nul", "aux", "prn", "feed"})


def folder(root: Path, where: str, ending: str) -> tuple[list[str], list[Diagnostic]]:
    """Lists the files of a catalog folder, sorted by code point.

    Args:
        root: Root of the catalog.
        where: Folder relative to the root.
        ending: The only ending that belongs there, such as ``.yaml``.

    Returns:
        Paths relative to the root, and a diagnostic for everything that does not belong.
    """
    top = root / where
    if top.is_symlink():
        return [], [Diagnostic(F101, Place(where), "is a link", "put the folder itself here")]
    try:
        entries = sorted(os.scandir(top), key=lambda e: e.name)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Diagnostic(F101, Place(where), f"cannot be read: {error.strerror}")]
    # Without an ending the entries are folders; a link to one would lead out of the catalog.
    return belonging(where, ending, [(e.name, e.is_dir(follow_symlinks=False)) for e in entries])


def belonging(
    where: str, ending: str, entries: Iterable[tuple[str, bool]]
) -> tuple[list[str], list[Diagnostic]]:
    """Sorts the entries of a folder into those that belong there and those that do not.

    Args:
        where: Folder relative to the root.
        ending: The only ending that belongs there; folders belong where it is empty.
        entries: Name of each entry, and whether it is a folder.
    """
    files: list[str] = []
    strange: list[Diagnostic] = []
    for name, is_folder in entries:
        file = f"{where}/{name}"
        stem = name.removesuffix(ending)
        named = name.endswith(ending) and SLUG.fullmatch(stem) and stem not in RESERVED
        if named and (ending or is_folder):
            files.append(file)
        elif not name.startswith(".") or (ending and name.endswith(ending)):
            place = Place(file.encode("utf-8", "replace").decode())
            help = _renamed(name, ending, is_folder=is_folder)
            strange.append(Diagnostic(F109, place, f"{shown(name)} does not belong here", help))
    return files, strange


def _renamed(name: str, ending: str, *, is_folder: bool) -> str:
    """Says which name would belong: the nearest one, where it is clear."""
    stem = name.removesuffix(ending)
    if name.endswith(ending) and stem in RESERVED:
        return f"the name {shown(stem)} is taken by the site or by a system: choose another"
    slip = re.fullmatch(r"([A-Za-z0-9_ .-]+)\.ya?ml", name)
    if ending == ".yaml" and slip and not is_folder:
        meant = re.sub("[^a-z0-9]+", "-", slip[1].lower()).strip("-")
        if SLUG.fullmatch(meant):
            return f"rename it {meant}{ending}"
    what = f"only <id>{ending} with" if ending else "only folders named with"
    return f"{what} lower-case letters, digits and hyphens, up to 60"


def walk(root: Path, where: str) -> Iterator[str]:
    """Gives everything under a folder that is no folder, sorted, without following a link."""
    try:
        entries = sorted(os.scandir(root / where), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        name = f"{where}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from walk(root, name)
        else:
            yield name


def read_bytes(path: Path, limit: int) -> bytes:
    """Reads a regular file without following a link, and no more than the limit."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Problem(F112, "there is no such file", "restore it") from None
    except OSError as error:
        said = "is a link" if error.errno == errno.ELOOP else f"cannot be read: {error.strerror}"
        raise Problem(F101, said, "put the file itself here") from None
    try:
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode):
            raise Problem(F101, "is not a regular file", "put the file itself here")
        if info.st_size > limit:
            raise too_large(limit)
        parts = []
        left = limit + 1
        # Room for all that is allowed would take longer to get than what is there to be read.
        while left > 0 and (part := os.read(handle, min(left, info.st_size + 4096))):
            parts.append(part)
            left -= len(part)
            if len(part) == info.st_size:  # all of it: no call more to learn that nothing follows
                break
    finally:
        os.close(handle)
    data = b"".join(parts)
    if len(data) > limit:
        raise too_large(limit)
    return data


def too_large(limit: int) -> Problem:
    """Says that a file is larger than a limit in bytes."""
    return Problem(F102, f"is larger than {limit // 1024} KiB", "shorten the texts")


def decode(data: bytes) -> str:
    """Decodes UTF-8, drops one BOM, and gives every line the same end.

    Raises:
        Problem: A byte is not UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise Problem(
            F103,
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file as UTF-8",
            line,
            column,
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
