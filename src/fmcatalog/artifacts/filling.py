"""A new folder filled beside an old one, which lends it what has not changed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from fmcatalog.artifacts.writing import Artifact

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class Stamp(NamedTuple):
    """What a file was when it was written: when, how large, and the SHA-256 of its bytes."""

    time: int
    size: int
    digest: bytes


class Filling:
    """A new folder that is being filled beside an old one.

    What the old one holds already, untouched since it was written, gets a second name and is not
    written again.

    Attributes:
        known: What the old folder held when it was filled, by address.
        stamps: What the new folder holds.
        fresh: How many of its files had to be written.
    """

    def __init__(self, folder: Path, old: Path, known: Mapping[str, Stamp]) -> None:
        self._folder, self._old, self.known = str(folder), str(old), known
        self._made: set[str] = {str(folder)}
        self.stamps: dict[str, Stamp] = {}
        self.fresh = 0

    def put(self, artifact: Artifact) -> Stamp:
        """Adds a file.

        Raises:
            ValueError: There is one at its address.
        """
        uri, content = artifact.uri, artifact.content
        digest = sha256(content).digest()
        stamp = self.known.get(uri)
        if stamp is not None and stamp.digest == digest and self.keep(uri):
            return stamp
        handle = os.open(self._place(uri), _NEW, 0o666)
        try:
            done = os.write(handle, content)
            while done < len(content):  # a call writes two gigabytes at most
                done += os.write(handle, memoryview(content)[done:])
            time = os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)
        self.fresh += 1
        stamp = self.stamps[uri] = Stamp(time, done, digest)
        return stamp

    def keep_all(self, uris: Sequence[str]) -> bool:
        """Takes files over together, or none of them."""
        return all(map(self.intact, uris)) and all(map(self._taken, uris))

    def intact(self, uri: str) -> bool:
        """Tells whether the old folder has a file as it was written."""
        stamp = self.known.get(uri)
        if stamp is None:
            return False
        try:
            info = os.stat(f"{self._old}/{uri}", follow_symlinks=False)  # noqa: PTH116 - once a file
        except OSError:
            return False
        return (info.st_mtime_ns, info.st_size) == (stamp.time, stamp.size)

    def keep(self, uri: str) -> bool:
        """Takes a file over from the old folder; False where it is not as it was written."""
        return self.intact(uri) and self._taken(uri)

    def _taken(self, uri: str) -> bool:
        try:
            os.link(f"{self._old}/{uri}", self._place(uri), follow_symlinks=False)
        except FileExistsError:
            raise ValueError(f"two artifacts for {uri}") from None
        except OSError:  # gone meanwhile, or a file system without second names
            return False
        self.stamps[uri] = self.known[uri]
        return True

    def _place(self, uri: str) -> str:
        if uri in self.stamps:
            raise ValueError(f"two artifacts for {uri}")
        path = f"{self._folder}/{uri}"
        self._make(path.rpartition("/")[0])
        return path

    def _make(self, folder: str) -> None:
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            os.mkdir(folder)  # noqa: PTH102 - once a folder
            self._made.add(folder)
