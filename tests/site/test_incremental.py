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
from fmcatalog.records import Model
from fmcatalog.site import Built
from fmcatalog.site.rendering import Body, Renderer
from fmcatalog.views.page import Page

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


MORE = {
    "aliases": "aliases: [Also {}]",
    "other_titles": "other_titles: [Before it was {}]",
    "author_count": "author_count: 4{}",
    "venue": "venue: {{name: Journal of {}, year: 2026}}",
    "corrections": "corrections:\n  - date: 2026-11-2{1}\n    field: name\n    old: Old {0}\n"
    "    new: {2}\n    reason: misread",
}
"""Keys that a made-up record does not have."""
KEY = re.compile(r"(?m)^(?=[a-z_]+:)")


def parts(text: str) -> dict[str, str]:
    """Gives what a record says under each of its keys."""
    return {part.partition(":")[0]: part for part in KEY.split(text)}


def say(root: Path, key: str, chance: random.Random) -> None:
    """Lets some record say something else under a key, or nothing; tries until it is in order."""
    for _ in range(20):
        path = chance.choice(made(root))
        text = path.read_text(encoding="utf-8")
        said, number = parts(text), chance.randrange(1000, 9999)
        optional = not Model.model_fields[key].is_required()
        if optional and key in said and chance.random() < 0.2:
            del said[key]
            said["sources"] = said["sources"].replace(f"{key}, ", "")
        elif key in MORE:
            name = said["name"].partition(": ")[2].strip()
            said[key] = MORE[key].format(number, number % 8, name) + "\n"
        else:
            said[key] = parts(synthetic.record_of(root, number))[key]
        path.write_text("".join(said.values()), encoding="utf-8")
        if "".join(said.values()) != text and not project.validate(root).failed(strict=False):
            return
        path.write_text(text, encoding="utf-8")
    pytest.fail(f"nothing else can be said of {key}")


def edit(root: Path, chance: random.Random, number: int) -> None:
    """Does to a catalog what people do: mend, rename, add, delete, or change a vocabulary."""
    path = chance.choice(made(root))
    text = path.read_text(encoding="utf-8")
    kind = number % 5
    if kind == 0:
        path.write_text(swap(text, "name", f"Made again {number}"))
    elif kind == 1:
        (root / MODELS / f"made-{number}.yaml").write_text(synthetic.record_of(root, 500 + number))
    elif kind == 2:
        path.unlink()
    elif kind == 3:
        path.rename(path.with_name(f"made-renamed-{number}.yaml"))
    else:
        terms = root / "catalog/vocabularies/organ.yaml"
        old = terms.read_text(encoding="utf-8")
        terms.write_text(old.replace("label: Lung", f"label: Lung {number}", 1), encoding="utf-8")


def test_after_random_edits_the_site_is_that_of_a_clean_build(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20231028)
    build(checkout, tmp_path / "site")
    keys = chance.sample([*Model.model_fields], len(Model.model_fields))
    for number in range(9):
        for key in keys[number * 3 : number * 3 + 3]:
            say(checkout, key, chance)
        if number % 2:
            edit(checkout, chance, number // 2)
        build(checkout, tmp_path / "site")
        if number % 3 == 2:
            with monkeypatch.context() as alone:
                alone.setenv("FMCATALOG_CACHE", "off")
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


def test_pages_that_do_not_go_by_what_changed_are_not_written(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(checkout, tmp_path / "site")
    written: list[str] = []

    def noted(renderer: Renderer, page: Page, view: object) -> Body:
        written.append(page.path)
        return body(renderer, page, view)

    body = Renderer.body
    monkeypatch.setattr(Renderer, "body", noted)
    path = made(checkout)[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("summary: >-", "summary: >-\n  Another sentence."), encoding="utf-8"
    )
    build(checkout, tmp_path / "site")
    own = f"models/{path.stem}/"
    assert {own} <= {*written} <= {own, "compare/", "contribute/", "survey/", "404/", "data/", ""}


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
