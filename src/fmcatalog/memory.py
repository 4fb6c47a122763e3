"""What an earlier run found out, kept under a digest of all that it was made from.

It lies in the user's own cache folder and not in the checkout, since it is taken back without
being looked at: nobody can hand one over in a pull request. What does not fit, is torn or is
another's counts as forgotten, and losing all of it costs nothing but time. The input is read
anew by every run; this only spares working out again what is known of the same bytes.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
import sysconfig
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fmcatalog import artifacts

VARIABLE = "FMCATALOG_CACHE"
"""Names another folder; ``off`` for none."""
_DIGEST = 32


class Memory:
    """Answers by name, each of the newest question only."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @classmethod
    def of(cls, root: Path) -> Memory:
        """Gives the memory of a checkout; one that keeps nothing where there is no place for it."""
        asked = os.environ.get(VARIABLE, "")
        if asked == "off":
            return cls(None)
        try:
            home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
            top = Path(asked) if asked else home / "fmcatalog"
            folder = top / sha256(os.fsencode(root.resolve())).hexdigest()[:16]
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            ours = folder.stat().st_uid == os.getuid()
        except (OSError, RuntimeError):
            return cls(None)
        return cls(folder if ours else None)

    def recall(self, name: str, key: bytes) -> Any:
        """Gives the answer to a question; None where it is not known.

        Args:
            name: What is asked about.
            key: Digest of everything the answer depends on.
        """
        if self._folder is None:
            return None
        try:
            # Looked at in place: of ten thousand records an answer is tens of megabytes.
            content = memoryview((self._folder / name).read_bytes())
            digest, rest = content[:_DIGEST], content[_DIGEST:]
            if rest[:_DIGEST] != key or sha256(rest).digest() != digest:
                return None
            return pickle.loads(rest[_DIGEST:])  # noqa: S301 - our own, see the module
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not known
            return None

    def keep(self, name: str, key: bytes, answer: Any) -> None:
        """Keeps the answer to a question, in place of the last one of that name."""
        if self._folder is None:
            return
        content = io.BytesIO(bytes(_DIGEST) + key)
        content.seek(0, io.SEEK_END)
        pickle.dump(answer, content, protocol=5)
        content.getbuffer()[:_DIGEST] = sha256(content.getbuffer()[_DIGEST:]).digest()
        try:
            artifacts.write(self._folder / name, content.getvalue())
        except OSError:
            return


def digest(*parts: bytes) -> bytes:
    """Gives the digest of several texts, which cannot be mistaken for others joined otherwise."""
    found = sha256()
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.digest()


@cache
def code() -> bytes:
    """Gives the digest of this package and of the versions of all that is installed beside it.

    Another one may answer otherwise.
    """
    top = Path(__file__).parent
    files = sorted(top.rglob("*.py"))
    names = (str(path.relative_to(top)).encode() for path in files)
    beside = sorted(os.listdir(sysconfig.get_path("purelib")))  # noqa: PTH208 - names are enough
    versions = "\n".join(name for name in beside if name.endswith(".dist-info"))
    said = f"{sys.version}\n{versions}".encode()
    return digest(said, *names, *(path.read_bytes() for path in files))
