"""Where the files of a catalog are: a folder on disk, or a revision of a git repository."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Protocol

from fmcatalog.diagnostics import Diagnostic, Place
from fmcatalog.documents import files
from fmcatalog.documents.files import too_large
from fmcatalog.documents.problems import F101, F112, Problem


class NoRevision(Exception):
    """A git revision that cannot be read."""


class Tree(Protocol):
    """Files by path, read under limits and without following links."""

    def folder(self, where: str, ending: str) -> tuple[list[str], list[Diagnostic]]:
        """Lists the files of a folder; see :func:`fmcatalog.documents.files.folder`."""
        ...

    def read(self, file: str, limit: int) -> bytes:
        """Reads a regular file, and no more than the limit."""
        ...

    def has(self, file: str) -> bool:
        """Tells whether anything has this name."""
        ...


@dataclass(frozen=True)
class WorkingTree:
    """A folder on disk."""

    root: Path

    def folder(self, where: str, ending: str) -> tuple[list[str], list[Diagnostic]]:
        """Lists the files of a folder; see :func:`fmcatalog.documents.files.folder`."""
        return files.folder(self.root, where, ending)

    def read(self, file: str, limit: int) -> bytes:
        """Reads a regular file, and no more than the limit."""
        return files.read_bytes(self.root / file, limit)

    def has(self, file: str) -> bool:
        """Tells whether anything has this name."""
        return os.path.lexists(self.root / file)


class Held:
    """A folder on disk, each file of which is read once, so that all see the same bytes."""

    def __init__(self, root: Path) -> None:
        self._tree = WorkingTree(root)
        self._read: dict[str, bytes] = {}

    def folder(self, where: str, ending: str) -> tuple[list[str], list[Diagnostic]]:
        """Lists the files of a folder; see :func:`fmcatalog.documents.files.folder`."""
        return self._tree.folder(where, ending)

    def read(self, file: str, limit: int) -> bytes:
        """Reads a regular file, and no more than the limit."""
        data = self._read.get(file)
        if data is None:
            data = self._read[file] = self._tree.read(file, limit)
        if len(data) > limit:
            raise too_large(limit)
        return data

    def has(self, file: str) -> bool:
        """Tells whether anything has this name."""
        return self._tree.has(file)

    def digest(self, where: str, limit: int) -> bytes:
        """Gives a digest of every name under a folder, and of what stands there.

        Args:
            where: Folder relative to the root.
            limit: Size in bytes from which a file is told by its size alone: nobody reads it.
        """
        found = sha256()
        for name in files.walk(self._tree.root, where):
            found.update(b"\0" + os.fsencode(name) + b"\0")
            try:
                found.update(sha256(self.read(name, limit)).digest())
            except Problem as problem:
                found.update(f"{problem.code} {problem}".encode("utf-8", "replace"))
        return found.digest()


class Revision:
    """A revision of the git repository that a folder is in; nothing is checked out.

    To be used in a ``with`` statement: one process of git hands out the files.
    """

    def __init__(self, root: Path, revision: str) -> None:
        """Finds the revision.

        Args:
            root: Folder that holds ``catalog/``, somewhere in the repository.
            revision: What git calls it: a branch, a tag, a commit.

        Raises:
            NoRevision: There is no git, no repository, or no such revision.
        """
        self._git = shutil.which("git") or ""
        self._root = root
        if not self._git:
            raise NoRevision("git is not installed")
        if not revision or revision.startswith("-") or not revision.isprintable():
            raise NoRevision(f"{revision!r} is not the name of a revision")
        try:
            name = f"{revision}^{{commit}}"
            self.commit = self._run("rev-parse", "--verify", "--quiet", name).decode().strip()
        except NoRevision:
            raise NoRevision(f"no revision {revision!r} in the repository of {root}") from None
        prefix = os.fsdecode(self._run("rev-parse", "--show-prefix")).rstrip("\n")
        self._entries = self._list(prefix)
        self._process: subprocess.Popen[bytes] | None = None

    def _run(self, *arguments: str) -> bytes:
        done = subprocess.run(
            [self._git, *arguments],
            cwd=self._root,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise NoRevision(done.stderr.decode("utf-8", "replace").strip()[:200])
        return done.stdout

    def _list(self, prefix: str) -> dict[str, tuple[int, str, str, int]]:
        """Gives path → mode, type, object and size of everything under ``catalog/``."""
        command = ("ls-tree", "-r", "-t", "-l", "-z", "--full-tree", self.commit)
        entries = {}
        for entry in self._run(*command, "--", f"{prefix}catalog").split(b"\0"):
            if not entry:
                continue
            about, _, path = entry.partition(b"\t")
            mode, kind, object, size = about.split()
            name = os.fsdecode(path).removeprefix(prefix)
            length = int(size) if size.isdigit() else 0
            entries[name] = (int(mode, 8), kind.decode(), object.decode(), length)
        return entries

    def __enter__(self) -> Revision:
        """Starts the process that hands out the files."""
        self._process = subprocess.Popen(
            [self._git, "cat-file", "--batch"],
            cwd=self._root,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def folder(self, where: str, ending: str) -> tuple[list[str], list[Diagnostic]]:
        """Lists the files of a folder; see :func:`fmcatalog.documents.files.folder`."""
        top = self._entries.get(where)
        if top is not None and stat.S_ISLNK(top[0]):
            return [], [Diagnostic(F101, Place(where), "is a link", "put the folder itself here")]
        start = f"{where}/"
        names = [
            (path.removeprefix(start), kind == "tree")
            for path, (_, kind, _, _) in self._entries.items()
            if path.startswith(start) and "/" not in path.removeprefix(start)
        ]
        return files.belonging(where, ending, sorted(names))

    def read(self, file: str, limit: int) -> bytes:
        """Reads a regular file, and no more than the limit."""
        entry = self._entries.get(file)
        if entry is None:
            raise Problem(F112, "there is no such file", "restore it")
        mode, kind, object, size = entry
        if stat.S_ISLNK(mode):
            raise Problem(F101, "is a link", "put the file itself here")
        if kind != "blob":
            raise Problem(F101, "is not a regular file", "put the file itself here")
        if size > limit:
            raise too_large(limit)
        return self._content(object)

    def _content(self, object: str) -> bytes:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise NoRevision("a revision is read inside a with statement")
        process.stdin.write(f"{object}\n".encode())
        process.stdin.flush()
        head = process.stdout.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            raise Problem(F101, "is not in the repository", "fetch the whole history")
        data = process.stdout.read(int(head[2]))
        process.stdout.read(1)
        return data

    def has(self, file: str) -> bool:
        """Tells whether anything has this name."""
        return file in self._entries


def _environment() -> dict[str, str]:
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    return {**os.environ, **quiet, "LC_ALL": "C"}


def tree_of(root: Path | Tree) -> Tree:
    """Takes a folder for the tree that it is."""
    return WorkingTree(root) if isinstance(root, Path) else root
