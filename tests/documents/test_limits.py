"""One bad file, in a process of its own: bounded CPU, memory and output, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fmcatalog.documents import RECORD_BYTES, TABLE_BYTES

MODEL = "catalog/models/bad.yaml"
CPU_SECONDS = 6  # two for the file; a busy machine counts the same work two or three times over
GROWTH = 200 * 1024  # KiB

# Coverage would count its own time and memory as the command's.
UNTRACED = {k: v for k, v in os.environ.items() if not k.startswith("COV")}

Run = Callable[..., tuple[int, bytes, bytes, int]]


# A process remembers the largest memory of the one it was split off from: this small one, and not
# the process of all tests, starts the command. It writes what the command used to its file.
MEASURE = f"""
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS}, {CPU_SECONDS}))
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=file)
sys.exit(code % 256)
"""


def validate(root: Path, path: str, format: str = "text") -> tuple[int, bytes, bytes, int]:
    """Validates one file under limits: exit code, output, errors, largest memory in KiB."""
    used = root / "used"
    command = [sys.executable, "-m", "fmcatalog", "validate", "--format", format]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, used, *command, "--root", root, root / path],
        capture_output=True,
        env=UNTRACED,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr, int(used.read_text())


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Validates a file of the test's own folder."""
    (tmp_path / "catalog" / "models").mkdir(parents=True)
    return partial(validate, tmp_path)


@pytest.fixture(scope="module")
def plain_memory(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Memory of the same command on a small file."""
    root = tmp_path_factory.mktemp("plain")
    (root / "catalog" / "models").mkdir(parents=True)
    (root / MODEL).write_text("name: x\n")
    return validate(root, MODEL)[3]


def test_memory_is_that_of_the_command_alone(tmp_path: Path, run: Run, plain_memory: int) -> None:
    (tmp_path / MODEL).write_text("name: x\n")
    held = b"x" * (300 * 2**20)
    assert abs(run(MODEL)[3] - plain_memory) < 20 * 1024
    assert held


BOMBS: dict[str, tuple[str, str]] = {
    "nested brackets": (MODEL, "a: " + "[" * 30_000),
    "nested dashes": (MODEL, "- - - " * 10_000),
    "quotes": (MODEL, "a: " + '"' * 60_000),
    "one long line": (MODEL, "a: " + "x" * 60_000),
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
