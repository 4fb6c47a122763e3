"""The writer: the disk holds the old state or the new one; nothing outside is touched."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.artifacts import (
    Artifact,
    Busy,
    Foreign,
    lock,
    publish,
    staging,
    sync,
    write,
    writing,
)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fill(folder: Path, version: str, *, names: int = 3) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(version)
    (folder / "models").mkdir(exist_ok=True)
    for number in range(names):
        (folder / "models" / f"{number}.html").write_text(version)
    return folder


# --- an artifact ---------------------------------------------------------------------------------


@pytest.mark.parametrize("uri", ["a", "a/b.html", ".well-known/x", "a b/ü.json", "...", "a..b/c"])
def test_an_artifact_takes_a_path_inside_the_folder(uri: str) -> None:
    assert Artifact(uri, b"").uri == uri


@pytest.mark.parametrize(
    "uri",
    [
        *["", "/", "/etc/passwd", "..", "../a", "a/../../b", "a/./b", ".", "a//b", "a/"],
        *["a\\b", "..\\a", "a\0b", "a\nb", "\ud800"],
    ],
)
def test_an_artifact_refuses_a_path_that_leaves_the_folder_or_means_two_things(uri: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        Artifact(uri, b"")


@given(st.text(alphabet="./\\a\0", max_size=12))
def test_no_accepted_path_resolves_outside(uri: str) -> None:
    try:
        Artifact(uri, b"")
    except ValueError:
        return
    assert Path(os.path.normpath(Path("/root") / uri)).is_relative_to("/root")
    assert os.path.normpath(Path("/root") / uri) == f"/root/{uri}"


# --- sync ----------------------------------------------------------------------------------------


def test_sync_writes_what_changed_and_leaves_the_rest_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    first = sync(folder, [Artifact("b/c", b"1"), Artifact("a", b"1")])
    assert (first.written, first.unchanged, first.removed) == (("a", "b/c"), (), ())

    before = (folder / "a").stat()
    second = sync(folder, [Artifact("a", b"1"), Artifact("b/c", b"2")])
    assert (second.written, second.unchanged, second.removed) == (("b/c",), ("a",), ())
    after = (folder / "a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert tree(folder) == {"a": b"1", "b/c": b"2"}


def test_sync_removes_what_is_no_longer_made_and_the_folders_that_fall_empty(
    tmp_path: Path,
) -> None:
    sync(tmp_path, [Artifact("keep/a", b""), Artifact("gone/deep/b", b""), Artifact("c", b"")])
    (tmp_path / "was-empty").mkdir()
    result = sync(tmp_path, [Artifact("keep/a", b"")])
    assert result.removed == ("c", "gone/deep/b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keep"]


def test_sync_turns_a_file_into_a_folder_and_back(tmp_path: Path) -> None:
    sync(tmp_path, [Artifact("a", b"file")])
    sync(tmp_path, [Artifact("a/b", b"in a folder")])
    assert tree(tmp_path) == {"a/b": b"in a folder"}
    sync(tmp_path, [Artifact("a", b"file")])
    assert tree(tmp_path) == {"a": b"file"}


@pytest.mark.parametrize("uris", [["a", "a"], ["a", "a/b"], ["a/b/c", "a"]])
def test_sync_refuses_two_artifacts_in_one_place_and_writes_nothing(
    tmp_path: Path, uris: list[str]
) -> None:
    with pytest.raises(ValueError, match=r"two artifacts|cannot hold"):
        sync(tmp_path / "out", [Artifact(uri, b"") for uri in uris])
    assert not (tmp_path / "out").exists()


def test_sync_never_follows_a_link(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "out"
    outside.mkdir()
    folder.mkdir()
    (outside / "precious").write_bytes(b"mine")
    (folder / "linked").symlink_to(outside)
    (folder / "file").symlink_to(outside / "precious")
    (folder / "stale").symlink_to(outside)
    (folder / "loop").symlink_to(folder)

    result = sync(folder, [Artifact("linked/precious", b"new"), Artifact("file", b"mine")])

    assert tree(outside) == {"precious": b"mine"}
    assert result.written == ("file", "linked/precious")
    assert result.removed == ("file", "linked", "loop", "stale")
    assert tree(folder) == {"file": b"mine", "linked/precious": b"new"}
    assert not (folder / "linked").is_symlink()
    assert not (folder / "file").is_symlink()


def test_sync_replaces_a_pipe_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    sync(tmp_path, [Artifact("a", b"x")])
    assert tree(tmp_path) == {"a": b"x"}


def test_files_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        sync(tmp_path / "out", [Artifact("a", b"x")])
        with staging(tmp_path / "site") as staged:
            assert staged.stat().st_mode & 0o777 == 0o755
    finally:
        os.umask(before)
    assert (tmp_path / "out" / "a").stat().st_mode & 0o777 == 0o644


# --- write ---------------------------------------------------------------------------------------


def test_write_says_whether_it_wrote(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.json"
    assert write(path, b"1")
    assert not write(path, b"1")
    assert write(path, b"2")
    assert tree(tmp_path) == {"new/file.json": b"2"}


def test_write_keeps_the_link_and_changes_the_file_behind_it(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"1")
    (tmp_path / "link").symlink_to("real")
    assert write(tmp_path / "link", b"2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"2"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_write_refuses_what_is_not_a_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    path.mkdir() if kind == "folder" else os.mkfifo(path)
    with pytest.raises(OSError, match="not a regular file"):
        write(path, b"x")


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write(path, b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(path, b"new")
    assert tree(tmp_path) == {"file": b"old"}


# --- lock and staging ----------------------------------------------------------------------------


def test_the_second_of_two_builds_is_told(tmp_path: Path) -> None:
    target = tmp_path / "new" / "site"
    with lock(target), pytest.raises(Busy, match="another build is writing"), lock(target):
        pytest.fail("two builds hold the folder")
    with lock(target):
        pass
    assert list((tmp_path / "new").iterdir()) == []


def test_a_patient_build_waits_for_the_other_one(tmp_path: Path) -> None:
    released = threading.Event()

    def hold() -> None:
        with lock(tmp_path / "site"):
            taken.set()
            released.wait(5)

    taken = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(5)
    threading.Timer(0.3, released.set).start()
    with lock(tmp_path / "site", patience=30):
        assert released.is_set()
    holder.join()


def test_a_lock_is_let_go_when_the_build_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock(tmp_path / "site"):
        raise RuntimeError
    with lock(tmp_path / "site"):
        pass


def test_a_lock_on_a_file_that_its_holder_removed_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock

    def late(descriptor: int, how: int) -> None:
        (tmp_path / "site.lock").unlink()
        real(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with pytest.raises(Busy), lock(tmp_path / "site"):
        pytest.fail("nobody else can see this lock")


def test_staging_is_empty_beside_the_target_and_gone_afterwards(tmp_path: Path) -> None:
    target = tmp_path / "new" / "site"
    with staging(target) as staged:
        assert staged.parent == target.parent
        assert list(staged.iterdir()) == []
        fill(staged, "x")
    assert list((tmp_path / "new").iterdir()) == []


def test_staging_is_removed_when_the_build_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staging(tmp_path / "site") as staged:
        fill(staged, "x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_staging_removes_what_dead_builds_left_and_nothing_else(tmp_path: Path) -> None:
    precious = fill(tmp_path / "precious", "mine")
    fill(tmp_path / "site.staging-1-dead", "half")
    (tmp_path / "site.staging-2-link").symlink_to(precious)
    fill(tmp_path / "other.staging-3", "of another")
    fill(tmp_path / "site", "old")
    with staging(tmp_path / "site"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "other.staging-3",
        "precious",
        "site",
    ]
    assert set(tree(precious).values()) == {b"mine"}


def test_staging_brings_the_old_site_back_after_a_death_between_two_renames(
    tmp_path: Path,
) -> None:
    fill(tmp_path / "site.staging-replaced", "old")
    with staging(tmp_path / "site"):
        assert set(tree(tmp_path / "site").values()) == {b"old"}


# --- publish -------------------------------------------------------------------------------------

WAYS = ["exchange", "old libc", "not supported"]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ways to replace a folder: with renameat2 and without."""
    if request.param == "old libc":
        monkeypatch.setattr(writing, "_libc", SimpleNamespace())
    if request.param == "not supported":
        monkeypatch.setattr(writing, "_libc", failing_libc(errno.EINVAL))
    return str(request.param)


def failing_libc(code: int) -> SimpleNamespace:
    def call(*arguments: object) -> int:
        ctypes.set_errno(code)
        return -1

    return SimpleNamespace(renameat2=call, syncfs=call)


def test_publish_replaces_the_whole_folder(tmp_path: Path, way: str) -> None:
    target = fill(tmp_path / "site", "old", names=5)
    with lock(target), staging(target) as staged:
        publish(fill(staged, "new", names=2), target)
        assert not staged.exists()
    assert tree(target) == {"index.html": b"new", "models/0.html": b"new", "models/1.html": b"new"}
    assert list(tmp_path.iterdir()) == [target]


def test_publish_makes_a_folder_that_was_not_there(tmp_path: Path, way: str) -> None:
    target = tmp_path / "site"
    with staging(target) as staged:
        publish(fill(staged, "new"), target)
    assert set(tree(target).values()) == {b"new"}
    assert list(tmp_path.iterdir()) == [target]


def test_publish_replaces_an_empty_folder(tmp_path: Path, way: str) -> None:
    target = tmp_path / "site"
    target.mkdir()
    publish(fill(tmp_path / "staged", "new"), target)
    assert set(tree(target).values()) == {b"new"}


def test_publish_through_a_link_replaces_the_folder_behind_it(tmp_path: Path, way: str) -> None:
    fill(tmp_path / "www" / "real", "old")
    (tmp_path / "site").symlink_to(tmp_path / "www" / "real")
    with staging(tmp_path / "site") as staged:
        assert staged.parent == tmp_path / "www"
        publish(fill(staged, "new"), tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert set(tree(tmp_path / "www" / "real").values()) == {b"new"}


@pytest.mark.parametrize("precious", ["thesis.tex", ".git", "index.html/not a file"])
def test_publish_refuses_a_folder_that_no_build_made(tmp_path: Path, precious: str) -> None:
    target = tmp_path / "home"
    (target / precious).parent.mkdir(parents=True)
    (target / precious).write_text("mine")
    if precious == ".git":
        fill(target, "a checkout of the published site")
    before = tree(target)
    with pytest.raises(Foreign, match="would be lost"), staging(target) as staged:
        if precious.startswith("index.html/"):
            (staged / "index.html").mkdir()
        else:
            fill(staged, "new")
        publish(staged, target)
    assert tree(target) == before


def test_publish_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(NotADirectoryError):
        publish(fill(tmp_path / "staged", "new"), tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"


def test_a_publish_that_fails_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = fill(tmp_path / "site", "old")
    monkeypatch.setattr(writing, "_libc", failing_libc(errno.EACCES))
    with pytest.raises(PermissionError), staging(target) as staged:
        publish(fill(staged, "new"), target)
    assert set(tree(target).values()) == {b"old"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_publish_that_fails_between_two_renames_puts_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = fill(tmp_path / "site", "old")
    fill(tmp_path / "site.staging-replaced", "older still")
    staged = fill(tmp_path / "staged", "new")
    monkeypatch.setattr(writing, "_libc", SimpleNamespace())
    real = Path.rename

    def rename(self: Path, other: Path) -> Path:
        if self == staged:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(self, other)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="cross-device"):
        publish(staged, target)
    assert set(tree(target).values()) == {b"old"}


# --- kills ---------------------------------------------------------------------------------------

PUBLISHER = """
import sys
from itertools import count
from pathlib import Path
from fmcatalog.artifacts import lock, publish, staging

target = Path(sys.argv[1])
for version in count():
    with lock(target), staging(target) as staged:
        (staged / "models").mkdir()
        for name in ["index.html", *(f"models/{n}.html" for n in range(20))]:
            (staged / name).write_text(str(version))
        publish(staged, target)
    if version == 0:
        print("published", flush=True)
"""


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    chance = random.Random(2310_18689)
    # Not measured for coverage: a killed process has nothing to tell.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    litter = 0
    for _ in range(40):
        with subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(target)],
            stdout=subprocess.PIPE,
            env=environment,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"published\n"
            time.sleep(chance.uniform(0, 0.03))
            child.send_signal(signal.SIGKILL)
        files = tree(target)
        assert len(files) == 21
        assert len(set(files.values())) == 1
        litter += len(list(tmp_path.glob("site.staging-*")))
    assert litter > 0, "no kill fell into a build: the test proves nothing"

    with lock(target), staging(target) as staged:
        publish(fill(staged, "last"), target)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
