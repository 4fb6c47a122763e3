"""The preview follows its sources: an edited record at once, what counts it soon after."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from fmcatalog.live import Follower
from fmcatalog.site.preview import Watch


def until(what: Callable[[], bool], seconds: float = 60) -> bool:
    """Waits for something that a busy machine may take its time for."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def record(root: Path, id: str) -> Path:
    return root / "catalog" / "models" / f"{id}.yaml"


def change(root: Path, id: str, old: str, new: str) -> frozenset[Path]:
    path = record(root, id)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return frozenset({path})


@pytest.fixture
def checkout_of_toys(toy: Callable[..., Path], tmp_path: Path) -> Path:
    return toy(tmp_path / "toy")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def reloads() -> list[int]:
    return []


@pytest.fixture
def follower(checkout_of_toys: Path, said: list[str], reloads: list[int]) -> Follower:
    target = checkout_of_toys / "build" / "preview"
    made = Follower(checkout_of_toys, target, said.append, lambda: reloads.append(1))
    made.whole()
    return made


def page(root: Path, path: str) -> str:
    return (root / "build" / "preview" / path / "index.html").read_text(encoding="utf-8")


def test_an_edited_record_is_shown_before_the_pages_that_count_it(
    checkout_of_toys: Path, follower: Follower, reloads: list[int]
) -> None:
    root, before = checkout_of_toys, len(reloads)
    follower.changed(change(root, "tern", "name: Tern", "name: Arctic Tern"))
    at_once = page(root, "models/tern")
    assert "Arctic Tern" in at_once
    assert "Arctic Tern" not in page(root, "models")
    assert len(reloads) == before + 1
    follower.whole()
    assert "Arctic Tern" in page(root, "models")
    assert page(root, "models/tern") == at_once


def test_what_is_wrong_with_a_record_is_said_at_once_and_the_old_pages_stay(
    checkout_of_toys: Path, follower: Follower, said: list[str]
) -> None:
    before = page(checkout_of_toys, "models/tern")
    follower.changed(change(checkout_of_toys, "tern", "name: Tern", "nme: Tern"))
    assert "F201" in "\n".join(said)
    assert "stays as it was until this is mended" in said[-1]
    follower.whole()
    assert "the old pages stay until this is mended" in said
    assert page(checkout_of_toys, "models/tern") == before
    follower.changed(change(checkout_of_toys, "tern", "nme: Tern", "name: Mended Tern"))
    assert "Mended Tern" in page(checkout_of_toys, "models/tern")


def test_records_that_come_and_go_wait_for_the_whole_site(
    checkout_of_toys: Path, follower: Follower
) -> None:
    root = checkout_of_toys
    new = record(root, "petrel")
    text = record(root, "tern").read_text(encoding="utf-8")
    new.write_text(text.replace("name: Tern", "name: Petrel"), encoding="utf-8")
    follower.changed(frozenset({new}))
    assert not (root / "build/preview/models/petrel").exists()
    new.unlink()
    follower.changed(frozenset({new}))
    follower.whole()
    follower.changed(change(root, "tern", "name: Tern", "name: Arctic Tern"))
    assert "Arctic Tern" in page(root, "models/tern")


def test_a_change_to_a_template_waits_for_the_whole_site(
    checkout_of_toys: Path, follower: Follower
) -> None:
    root = checkout_of_toys
    shutil.copytree(root / "templates", root / "own")
    (root / "templates").unlink()
    (root / "own").rename(root / "templates")
    template = root / "templates" / "model.html"
    template.write_text(template.read_text(encoding="utf-8") + "<p>mark</p>\n", encoding="utf-8")
    follower.changed(frozenset({template}))
    follower.changed(change(root, "tern", "name: Tern", "name: Arctic Tern"))
    assert "Arctic Tern" not in page(root, "models/tern")
    follower.whole()
    assert "<p>mark</p>" in page(root, "models/tern")
    assert "Arctic Tern" in page(root, "models/tern")


# --- what tells of changes ------------------------------------------------------------------------


@pytest.fixture
def told(checkout_of_toys: Path) -> Iterator[list[frozenset[Path]]]:
    found: list[frozenset[Path]] = []
    watch = Watch(checkout_of_toys, found.append)
    watch.start()
    yield found
    watch.stop()


def test_writing_a_source_is_told_and_reading_it_is_not(
    checkout_of_toys: Path, told: list[frozenset[Path]]
) -> None:
    path = record(checkout_of_toys, "tern")
    path.read_text(encoding="utf-8")
    hidden = path.with_name(".tern.yaml.swp")
    hidden.write_text("x", encoding="utf-8")
    (checkout_of_toys / "site.lock").write_text("x", encoding="utf-8")
    settings = checkout_of_toys / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8"), encoding="utf-8")
    assert until(lambda: bool(told))
    assert set().union(*told) == {settings}
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert until(lambda: any(path in paths for paths in told))


def test_a_file_put_in_place_by_renaming_is_told(
    checkout_of_toys: Path, told: list[frozenset[Path]]
) -> None:
    path = record(checkout_of_toys, "tern")
    beside = path.with_name(".tern.tmp")
    beside.write_bytes(path.read_bytes())
    beside.replace(path)
    assert until(lambda: any(path in paths for paths in told))


# --- the whole command ----------------------------------------------------------------------------


def free() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def test_the_command_serves_and_follows(checkout_of_toys: Path) -> None:
    free_port = free()
    root, address = checkout_of_toys, f"http://127.0.0.1:{free_port}/models/tern/"
    command = [sys.executable, "-m", "fmcatalog", "serve", "--port", str(free_port)]
    with subprocess.Popen(
        [*command, "--root", str(root)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:

        def shown(text: str) -> bool:
            try:
                with urlopen(address, timeout=5) as answer:
                    return text in answer.read().decode()
            except OSError:
                return False

        try:
            assert until(lambda: shown("<bdi>Tern</bdi>"))
            change(root, "tern", "name: Tern", "name: Arctic Tern")
            assert until(lambda: shown("<bdi>Arctic Tern</bdi>"))
        finally:
            process.terminate()
