"""What a build takes over from the last one is what it would have made."""

from __future__ import annotations

import importlib.util
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from fmcatalog import project
from fmcatalog.catalog import MODELS
from fmcatalog.site import Built

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
assert _spec
assert _spec.loader
synthetic: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(synthetic)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FMCATALOG_CACHE", str(tmp_path / "kept"))
    synthetic.write(60, tmp_path / "checkout")
    return tmp_path / "checkout"


def build(root: Path, target: Path) -> Built:
    loaded, verdict = project.checked(root)
    assert not verdict.failed(strict=False), verdict.diagnostics[:3]
    built = project.build(root, loaded, target, lambda _: None)
    assert built.problems == ()
    return built


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def made(root: Path) -> list[Path]:
    return sorted((root / MODELS).glob("made-*.yaml"))


def swap(text: str, key: str, value: str) -> str:
    return re.sub(rf"(?m)^{key}: .*$", lambda _: f"{key}: {value}", text, count=1)


def edit(root: Path, chance: random.Random, number: int) -> None:
    """Does to a catalog what people do: mend, rename, add, delete, or change a vocabulary."""
    path = chance.choice(made(root))
    text = path.read_text(encoding="utf-8")
    kind = number % 7
    if kind == 0:
        path.write_text(swap(text, "modalities", f"[{chance.choice(('ct', 'mri', 'pet'))}]"))
    elif kind == 1:
        path.write_text(swap(text, "name", f"Made again {number}"))
    elif kind == 2:
        path.write_text(swap(text, "category", chance.choice(("contrastive", "vision-encoder"))))
    elif kind == 3:
        (root / MODELS / f"made-new-{number}.yaml").write_text(synthetic.record_of(root, 500 + number))
    elif kind == 4:
        path.unlink()
    elif kind == 5:
        path.rename(path.with_name(f"made-renamed-{number}.yaml"))
    else:
        terms = root / "catalog/vocabularies/organ.yaml"
        old = terms.read_text(encoding="utf-8")
        terms.write_text(old.replace("label: Lung", f"label: Lung {number}", 1), encoding="utf-8")


def test_after_twenty_random_edits_the_site_is_that_of_a_clean_build(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20231028)
    build(checkout, tmp_path / "site")
    for number in range(20):
        edit(checkout, chance, number)
        if number % 4 == 3:
            build(checkout, tmp_path / "site")
    monkeypatch.setenv("FMCATALOG_CACHE", "off")
    build(checkout, tmp_path / "clean")
    one, other = tree(tmp_path / "site"), tree(tmp_path / "clean")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_a_touched_record_rewrites_its_page_and_those_that_count_it(
    checkout: Path, tmp_path: Path
) -> None:
    build(checkout, tmp_path / "site")
    before = {n: (tmp_path / "site" / n).stat().st_ino for n in tree(tmp_path / "site")}
    path = made(checkout)[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(swap(text, "parameters", "1234M"), encoding="utf-8")
    built = build(checkout, tmp_path / "site")
    after = {n: (tmp_path / "site" / n).stat().st_ino for n in tree(tmp_path / "site")}
    rewritten = {name for name in after if after[name] != before.get(name)}
    assert built.rewritten == len(rewritten)
    assert f"models/{path.stem}/index.html" in rewritten
    models = {name for name in rewritten if re.fullmatch(r"models/[^/]+/index.html", name)}
    assert models == {f"models/{path.stem}/index.html"}
    assert "explore/index.html" not in rewritten


def test_a_second_build_of_the_same_writes_nothing(checkout: Path, tmp_path: Path) -> None:
    build(checkout, tmp_path / "site")
    assert build(checkout, tmp_path / "site").rewritten == 0


def test_a_file_of_the_site_that_somebody_changed_is_made_again(
    checkout: Path, tmp_path: Path
) -> None:
    build(checkout, tmp_path / "site")
    page = tmp_path / "site/models/medsam/index.html"
    whole = page.read_bytes()
    page.write_bytes(b"torn")
    (tmp_path / "site/api/v1/models/medsam.json").unlink()
    assert build(checkout, tmp_path / "site").rewritten == 2
    assert page.read_bytes() == whole


def test_the_memory_may_be_deleted_at_any_time(checkout: Path, tmp_path: Path) -> None:
    build(checkout, tmp_path / "site")
    before = tree(tmp_path / "site")
    shutil.rmtree(tmp_path / "kept")
    build(checkout, tmp_path / "site")
    assert tree(tmp_path / "site") == before
