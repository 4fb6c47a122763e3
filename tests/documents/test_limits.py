"""One bad file, in a process of its own: bounded CPU, memory and output, and never a traceback."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fmcatalog.documents import RECORD_BYTES, TABLE_BYTES

MODEL = "catalog/models/bad.yaml"
CPU_SECONDS = 6  # two for the file; a busy machine counts the same work two or three times over
GROWTH = 200 * 1024  # KiB

# Coverage would count its own time and memory as the command's.
UNTRACED = {k: v for k, v in os.environ.items() if not k.startswith("COV")}

Run = Callable[..., tuple[int, bytes, bytes, int]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Validates one file under limits: exit code, output, errors, largest memory in KiB."""

    def validate(file: str, format: str = "text") -> tuple[int, bytes, bytes, int]:
        command = [sys.executable, "-m", "fmcatalog", "validate", "--format", format]
        with subprocess.Popen(
            [*command, "--root", str(tmp_path), str(tmp_path / file)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=UNTRACED,
        ) as process:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
            # The output is small enough for the pipes, or the test fails for its length.
            assert process.stdout is not None
            assert process.stderr is not None
            out, err = process.stdout.read(), process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, out, err, used.ru_maxrss

    (tmp_path / "catalog" / "models").mkdir(parents=True)
    return validate


@pytest.fixture(scope="module")
def plain_memory(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Memory of the same command on a small file."""
    root = tmp_path_factory.mktemp("plain")
    (root / "catalog" / "models").mkdir(parents=True)
    (root / MODEL).write_text("name: x\n")
    command = [sys.executable, "-m", "fmcatalog", "validate", "--root", str(root)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=UNTRACED
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss


BOMBS: dict[str, tuple[str, str]] = {
    "nested brackets": (MODEL, "a: " + "[" * 30_000),
    "nested dashes": (MODEL, "- - - " * 10_000),
    "quotes": (MODEL, "a: " + '"' * 60_000),
    "nulls": (MODEL, "a: [" + "~," * 9_900 + "]"),
    "unknown keys": (MODEL, "".join(f"modality{n}: v\n" for n in range(3_300))),
    "escapes of what cannot be seen": (MODEL, "a: [" + '"\\u202e",' * 5_500 + "]"),
    "zero width in long lines": (MODEL, ("a: " + "\u200b" * 300 + "\n") * 60),
    "a large vocabulary of nothing": (
        "catalog/vocabularies/organ.yaml",
        "terms: [" + "a," * 79_000 + "]",
    ),
    "a large vocabulary of brackets": ("catalog/vocabularies/organ.yaml", "[" * 1_000_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_answered_within_bounds(
    bomb: str, tmp_path: Path, run: Run, plain_memory: int
) -> None:
    file, text = BOMBS[bomb]
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert len(text.encode()) <= (RECORD_BYTES if file == MODEL else TABLE_BYTES)
    code, out, err, memory = run(file)
    assert code == 1
    assert file.encode() in out
    assert b"error[F" in out
    assert b"Traceback" not in err
    assert len(out) <= 20_000
    assert memory - plain_memory <= GROWTH


@pytest.mark.parametrize("format", ["json", "github"])
def test_every_format_is_bounded(tmp_path: Path, run: Run, format: str) -> None:
    (tmp_path / MODEL).write_text('a: "\\u202e"\n' + "".join(f"k{n}: {n}\n" for n in range(3_000)))
    code, out, err, _ = run(MODEL, format)
    assert code == 1
    assert b"more in this file" in out
    assert b"Traceback" not in err
    assert len(out) <= 20_000


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("a link to the environment", b"F101"),
        ("a link to zeros", b"F101"),
        ("a pipe", b"F101"),
        ("a folder", b"F101"),
        ("three gigabytes", b"F102"),
    ],
)
def test_what_is_no_plain_file_is_answered_and_shows_nothing(
    tmp_path: Path, run: Run, kind: str, code: bytes, plain_memory: int
) -> None:
    path = tmp_path / MODEL
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    elif kind == "three gigabytes":
        with path.open("wb") as made:
            made.truncate(3 * 2**30)
    else:
        path.symlink_to("/dev/zero" if "zeros" in kind else "/proc/self/environ")
    status, out, err, memory = run(MODEL)
    assert status == 1
    assert b"error[" + code + b"]" in out
    assert b"PATH=" not in out
    assert b"Traceback" not in err
    assert memory - plain_memory <= GROWTH


def test_one_bad_file_hides_no_other(tmp_path: Path, run: Run) -> None:
    models = tmp_path / "catalog" / "models"
    (models / "a.yaml").write_text("[" * 30_000)
    (models / "b.yaml").write_bytes(b"\xff\x00")
    (models / "c.yaml").symlink_to("/dev/zero")
    (models / "d.yaml").write_text("".join(f"k{n}: x\n" for n in range(500)))
    (models / "e.yaml").write_text("name: x\nnmae: y\n")
    status, out, err, _ = run("catalog/models")
    assert status == 1
    for letter in b"abcde":
        assert b"catalog/models/%c.yaml" % letter in out
    assert b"unknown key 'nmae'" in out
    assert b"Traceback" not in err
