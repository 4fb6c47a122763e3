"""The memory: it spares work, and is never believed against the input."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from fmcatalog import memory, project, verdict
from fmcatalog.catalog import MODELS, load
from fmcatalog.memory import Memory, digest

TOY = Path(__file__).parent / "data" / "toy"
KEY, OTHER = digest(b"one"), digest(b"other")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FMCATALOG_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOY, tmp_path / "toy"))


def kept(folder: Path, name: str) -> Path:
    (found,) = folder.glob(f"*/{name}")
    return found


def test_an_answer_is_known_to_its_own_question_only(folder: Path, root: Path) -> None:
    Memory.of(root).keep("answer", KEY, ["a", 1])
    assert Memory.of(root).recall("answer", KEY) == ["a", 1]
    assert Memory.of(root).recall("answer", OTHER) is None
    assert Memory.of(root).recall("another", KEY) is None
    assert Memory.of(folder).recall("answer", KEY) is None


def test_a_torn_or_changed_answer_is_forgotten(folder: Path, root: Path) -> None:
    Memory.of(root).keep("answer", KEY, "right")
    path = kept(folder, "answer")
    whole = path.read_bytes()
    for damaged in (b"", whole[:40], whole[:-1], whole[:-3] + b"???", whole + b"x"):
        path.write_bytes(damaged)
        assert Memory.of(root).recall("answer", KEY) is None


def test_an_answer_without_its_digest_is_never_unpickled(folder: Path, root: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(folder / "sprung"),)

    Memory.of(root).keep("answer", KEY, "right")
    kept(folder, "answer").write_bytes(bytes(32) + KEY + pickle.dumps(Trap()))
    assert Memory.of(root).recall("answer", KEY) is None
    assert not (folder / "sprung").exists()


def test_without_a_place_for_it_nothing_is_kept_and_nothing_fails(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    for place in ("off", str(tmp_path / "file" / "below")):
        monkeypatch.setenv("FMCATALOG_CACHE", place)
        Memory.of(root).keep("answer", KEY, 1)
        assert Memory.of(root).recall("answer", KEY) is None


def test_a_folder_of_somebody_else_is_not_used(
    folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Memory.of(root).keep("answer", KEY, 1)
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    assert Memory.of(root).recall("answer", KEY) is None


def test_the_second_verdict_is_the_first_one_word_for_word(
    folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / MODELS / "umbra.yaml"
    path.write_text(path.read_text().replace("modalities: [x-ray]", "modalities: [x-rai]"))
    first = project.validate(root)
    monkeypatch.setattr(verdict, "check", lambda *_: pytest.fail("worked out again"))
    assert project.validate(root) == first
    assert first.diagnostics
    assert kept(folder, "verdict")


def test_whatever_changes_in_the_catalog_is_seen(folder: Path, root: Path) -> None:
    assert folder
    clean = project.validate(root)
    stray = root / "catalog" / "stray.txt"
    link = root / MODELS / "elsewhere.yaml"
    path = root / MODELS / "umbra.yaml"
    text = path.read_text()
    link.symlink_to(path)
    assert [d.code for d in project.validate(root).diagnostics] != [
        d.code for d in clean.diagnostics
    ]
    link.unlink()
    path.write_text(text.replace("modalities: [x-ray]", "modalities: [x-rai]"))
    assert [d.code for d in project.validate(root).diagnostics].count("F301") == 1
    path.write_text(text)
    assert project.validate(root) == clean
    stray.write_text("")
    assert project.validate(root).records == clean.records


def test_records_that_were_read_before_are_equal_to_those_read_now(
    folder: Path, root: Path
) -> None:
    assert folder
    loaded, judged = project.checked(root)
    known = Memory.of(root).recall("records", memory.code())
    again, same = project.checked(root)
    assert {*known} == {*loaded.digests.values()}
    assert again.catalog.models == loaded.catalog.models == load(root).catalog.models
    assert same == judged
    file = f"{MODELS}/umbra.yaml"
    assert file not in again.documents
    before, now = load(root, known), load(root)
    assert before.documents[file].value == now.documents[file].value
    assert before.place(file, ("name",)) == now.place(file, ("name",))


def test_a_record_with_a_finding_is_read_anew_each_time(folder: Path, root: Path) -> None:
    assert folder
    path = root / MODELS / "umbra.yaml"
    path.write_text(path.read_text() + "name: Umbra again\n")
    loaded, judged = project.checked(root)
    assert "umbra" not in loaded.digests
    again, same = project.checked(root)
    assert [d.code for d in same.diagnostics] == [d.code for d in judged.diagnostics]
    assert again.diagnostics == loaded.diagnostics
