"""What is known of the pages of a site: of those of the last build, and of this one's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fmcatalog.artifacts import Artifact
from fmcatalog.site import lost
from fmcatalog.site.frames import Look
from fmcatalog.site.links import HOME, Told
from fmcatalog.site.search import Entry

LARGE = 600_000
"""Bytes beyond which only a page's frame is read. Pages that have more say the same of thousands of
models one after the other, and lead where it was told when they were made."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a page, so that it need not be made again where it is as it was.

    Attributes:
        lent: Digest of what other records lent it.
        parted: Whether it has headings.
        told: What it holds and where it leads; None where that has to be read.
        entries: What the search holds of it.
    """

    lent: bytes
    parted: bool
    told: Told | None
    entries: list[Entry]


@dataclass(slots=True)
class Notes:
    """Notes on pages, of the last build and of this one.

    Attributes:
        before: Notes of the last build, by path.
        before_in: Digest of the frames that its pages are in.
        now: Notes of this build.
        now_in: Digest of the frames that its pages are in.
        bare: Pages that are read without what they say, for their frames.
    """

    before: Mapping[str, Noted] = field(default_factory=dict)
    before_in: bytes = b""
    now: dict[str, Noted] = field(default_factory=dict)
    now_in: bytes = b""
    bare: dict[Look, Artifact] = field(default_factory=dict)
    _kept: dict[Look, str] = field(default_factory=dict)
    _made: dict[Look, tuple[int, str]] = field(default_factory=dict)

    def keep(self, path: str, look: Look) -> None:
        """Notes that a page was taken over as it is."""
        self.now[path] = self.before[path]
        self._kept.setdefault(look, lost.file(path))

    def make(self, look: Look, made: Artifact) -> bool:
        """Notes that a page was made. A frame has links, too: the smallest page in each is read.

        Returns:
            Whether it is read without what it says; then it belongs into `bare`.
        """
        size = len(made.content)
        if look in self._made and size >= self._made[look][0]:
            return False
        self._made[look] = size, made.uri
        self.bare.pop(look, None)
        return size > LARGE

    def told(self, *, gone: bool) -> dict[str, Told]:
        """Gives what the pages hold, by file, but those that have to be read whole.

        A frame that only pages are in that were taken over leads where it led, unless a file is
        gone. The home page is read in any case: from it all others have to be reached.

        Args:
            gone: Whether a file is gone since the last build.
        """
        read = {HOME, *(file for look, (_, file) in self._made.items() if look not in self.bare)}
        if gone:
            read.update(file for look, file in self._kept.items() if look not in self._made)
        files = ((lost.file(path), noted.told) for path, noted in self.now.items())
        return {file: told for file, told in files if told is not None and file not in read}
