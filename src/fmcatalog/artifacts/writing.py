"""The only writer: everything that is generated reaches the disk through this module.

An `Artifact` is a value: where it goes and its bytes. A folder of artifacts is kept in step by
`sync`, one file is replaced by `write`, and a whole tree is put in place by `publish`. A reader
(a web server, a watcher, a second build) sees the old state or the new one, never half of it; what
did not change is not touched. A build that replaces a tree reads:

    with lock(target), staging(target) as staged:
        ...  # fill and check `staged`
        publish(staged, target)
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_UNSUPPORTED: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})

_libc: Final = ctypes.CDLL(None, use_errno=True)


class Busy(Exception):
    """Another build holds the folder."""


class Foreign(Exception):
    """The folder to replace holds something that no build put there."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something generated: a relative POSIX path, and the bytes that go there."""

    uri: str
    content: bytes

    def __post_init__(self) -> None:
        """Refuse an address that could leave the folder or mean two things."""
        parts = self.uri.split("/")
        if not {"", ".", ".."}.isdisjoint(parts) or "\\" in self.uri or not self.uri.isprintable():
            raise ValueError(f"not a path inside the folder: {self.uri!r}")


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What `sync` did: addresses, in order of code point."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def sync(folder: Path, artifacts: Iterable[Artifact]) -> SyncResult:
    """Make a folder hold these artifacts and nothing else.

    Links inside it are removed, never followed: the folder is ours, what they lead to is not.

    Raises:
        ValueError: Two artifacts want the same place, or one stands where another needs a folder.
    """
    wanted = _by_uri(artifacts)
    folder.mkdir(parents=True, exist_ok=True)
    removed = sorted(_prune(folder, "", wanted))
    written, unchanged = [], []
    for uri in sorted(wanted):
        path = folder / uri
        if _same(path, wanted[uri]):
            unchanged.append(uri)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, wanted[uri], durable=False)
            written.append(uri)
    return SyncResult(tuple(written), tuple(unchanged), tuple(removed))


def write(path: Path, content: bytes) -> bool:
    """Replace one file in one step; folders above it are made, a link to a file is followed.

    Returns:
        Whether something was written: False when the file holds these bytes already.

    Raises:
        OSError: The path is a folder, a device or a pipe, or cannot be written.
    """
    path = path.resolve()
    # Renaming over /dev/null would put a plain file in place of the device.
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    if _same(path, content):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, content, durable=True)
    return True


@contextmanager
def lock(folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold a folder, which need not exist; the kernel lets go of it when the process dies.

    Args:
        folder: The folder.
        patience: Seconds to wait for another holder.

    Raises:
        Busy: Another process, or this one, holds it.
    """
    until = time.monotonic() + patience
    with ExitStack() as stack:
        while True:
            with suppress(_Taken):
                stack.enter_context(_held(folder))
                break
            if time.monotonic() >= until:
                raise Busy(f"another build is writing {folder}; wait until it is done")
            time.sleep(0.1)
        yield


class _Taken(Exception):
    """Somebody else holds the lock."""


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside the folder, not in it: the folder itself is swapped away.
    path = folder.parent / f"{folder.name}.lock"
    held = False
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = os.fstat(handle).st_nlink > 0
        # The last holder removes the file. When that fell between our open and our flock, we lock a
        # file that nobody else can see.
        if not held:
            raise _Taken
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder beside the target, on the same disk, to build in.

    What dead builds left is removed first, so this belongs inside `lock(target)`. Afterwards the
    folder is gone, published or not.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = _aside(target)
    # Only where exchanging is not supported: a build died between its two renames.
    if aside.is_dir() and not target.exists():
        aside.rename(target)
    for leftover in sorted(target.parent.iterdir()):
        if leftover.name.startswith(f"{target.name}.staging-"):
            _remove(leftover)
    folder = target.parent / f"{target.name}.staging-{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        _remove(folder)


def publish(staged: Path, target: Path) -> None:
    """Put a whole folder in place of another in one step, and remove the old one.

    On Linux the two folders change places at once, so the target exists and is whole at every
    moment. Where the file system cannot do that, the old folder is renamed aside first: for the
    instant between two renames the target is missing, and `staging` mends it if the build dies
    there. The bytes are on the disk before the names change.

    Args:
        staged: The new folder, on the same file system.
        target: The folder to replace, if there is one.

    Raises:
        Foreign: The target holds something other than an older build: it has a `.git`, or it is
            not empty and has no file at its top in common with the new folder.
        NotADirectoryError: The target is a file.
    """
    target = target.resolve()
    _flush(staged, whole=True)
    if not target.exists():
        staged.rename(target)
        _flush(target.parent)
        return
    _check_replaceable(staged, target)
    if not _exchange(staged, target):
        aside = _aside(target)
        _remove(aside)
        target.rename(aside)
        try:
            staged.rename(target)
        except OSError:
            aside.rename(target)
            raise
        staged = aside
    _flush(target.parent)
    _remove(staged)


def _by_uri(artifacts: Iterable[Artifact]) -> dict[str, bytes]:
    wanted: dict[str, bytes] = {}
    for artifact in artifacts:
        if artifact.uri in wanted:
            raise ValueError(f"two artifacts for {artifact.uri}")
        wanted[artifact.uri] = artifact.content
    for uri in wanted:
        for parent in PurePosixPath(uri).parents:
            if str(parent) in wanted:
                raise ValueError(f"{parent} is a file and cannot hold {uri}")
    return wanted


def _prune(folder: Path, prefix: str, wanted: dict[str, bytes]) -> Iterator[str]:
    """Remove what is not wanted, folders that fall empty too; name what went."""
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        uri = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _prune(Path(entry.path), f"{uri}/", wanted)
            with suppress(OSError):  # not empty: it holds something wanted
                Path(entry.path).rmdir()
        elif uri not in wanted or not entry.is_file(follow_symlinks=False):
            Path(entry.path).unlink()
            yield uri


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def _replace(path: Path, content: bytes, *, durable: bool) -> None:
    # The leading dot keeps watchers and the site's engine from taking it for a page. Not
    # `tempfile`: its files are for the owner's eyes only, and the site is for everybody's.
    temporary = path.parent / f".fmcatalog-{os.getpid()}-{secrets.token_hex(4)}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        _flush(path.parent)


def _aside(target: Path) -> Path:
    return target.parent / f"{target.name}.staging-replaced"


def _check_replaceable(staged: Path, target: Path) -> None:
    names = {path.name for path in target.iterdir()}
    ours = {path.name for path in staged.iterdir() if path.is_file()}
    if ".git" in names or (names and names.isdisjoint(ours)):
        raise Foreign(
            f"{target} does not look like a built site and would be lost: "
            "name another folder, or empty this one"
        )


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places; False where the system cannot."""
    if not hasattr(_libc, "renameat2"):
        return False
    paths = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other))
    if _libc.renameat2(*paths, _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def _flush(folder: Path, *, whole: bool = False) -> None:
    """Bring a folder's names to the disk, or all that is in it too: one call, not one a file."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if not whole:
            os.fsync(handle)
        elif not hasattr(_libc, "syncfs") or _libc.syncfs(handle) != 0:
            os.sync()
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
