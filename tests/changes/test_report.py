"""What a change does to the catalog: five real ones, hostile ones, broken bases."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from fmcatalog import project
from fmcatalog.catalog import load
from fmcatalog.changes.markdown import LIMIT, code
from fmcatalog.documents import NoRevision, Revision

DATA = Path(__file__).parents[1] / "data"
EXPECTED = DATA / "reports"
MODELS = Path("catalog/models")


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy catalog as the only commit of a repository, in a folder of it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1719792000")
    monkeypatch.delenv("GIT_DIR", raising=False)
    git(tmp_path, "init", "-q", "-b", "main")
    shutil.copytree(DATA / "toy", tmp_path / "inner" / "toy")
    commit(tmp_path)
    return tmp_path / "inner" / "toy"


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "x")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(root: Path) -> None:
    text = (root / MODELS / "umbra.yaml").read_text(encoding="utf-8")
    (root / MODELS / "kite.yaml").write_text(
        "name: Kite\ntitle: Kites over Livers\nauthors: [Ida Stub]\npublished: 2024-02-03\n"
        "category: outliners\n"
        "sources:\n  - fields: [name, title, authors, published, category, modalities]\n"
        "    source: https://example.org/kite\n    accessed: 2024-06-01\n"
        "modalities: [mri]\norgans: [lung]\n",
        encoding="utf-8",
    )
    assert text


def rename(root: Path) -> None:
    models = root / MODELS
    (models / "lumen.yaml").rename(models / "lumen-one.yaml")
    for id in ("harbor", "quill"):
        replace(models / f"{id}.yaml", "model: lumen,", "model: lumen-one,")
    for table in ("figure3.csv", "table1.csv"):
        path = root / "catalog/surveys/doe-2024" / table
        text = path.read_text(encoding="utf-8").replace("lumen", "lumen-one")
        path.write_text(text, encoding="utf-8")


def correct(root: Path) -> None:
    path = root / MODELS / "harbor.yaml"
    replace(path, "gpu_memory_gb: 16", "gpu_memory_gb: 32")
    replace(path, "modalities: [ct, mri]", "modalities: [mri, text]")


def taxonomy(root: Path) -> None:
    replace(
        root / "catalog/vocabularies/category.yaml",
        "  - id: outliners\n",
        "  - id: pointers\n    label: Pointers\n    definition: Models that point.\n"
        "    broader: by-marks\n  - id: outliners\n",
    )
    replace(root / MODELS / "umbra.yaml", "category: outliners", "category: pointers")
    path = root / "catalog/surveys/doe-2024/table1.csv"
    replace(path, "outliners,2,16,umbra", "pointers,1,16,umbra")


def delete(root: Path) -> None:
    (root / MODELS / "pebble.yaml").unlink()


@pytest.mark.parametrize(
    "change", [add, rename, correct, taxonomy, delete], ids=lambda c: c.__name__
)
def test_a_real_change_reads_as_written_down(root: Path, change: Callable[[Path], None]) -> None:
    change(root)
    said = project.report(root, "HEAD")
    path = EXPECTED / f"{change.__name__}.md"
    if os.environ.get("FMCATALOG_RENEW"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")
    assert said == project.report(root, "HEAD")


def test_a_change_that_many_records_share_is_told_once(root: Path) -> None:
    text = (root / MODELS / "umbra.yaml").read_text(encoding="utf-8")
    for number in range(30):
        record = text.replace("title: ", f"title: No {number} ").replace(
            "name: ", f"name: {number} "
        )
        (root / MODELS / f"u-{number:02d}.yaml").write_text(record, encoding="utf-8")
    commit(root)
    for path in (root / MODELS).glob("u-*.yaml"):
        replace(path, "modalities: [x-ray]", "modalities: [x-ray, mri]")
    replace(root / MODELS / "u-03.yaml", "title: No 3", "title: Number 3")
    said = project.report(root, "HEAD")
    changed = said.split("## Changed values\n\n")[1].split("\n##")[0]
    assert changed.startswith("- `modalities`: + `mri` in 30 records; **the source entry is")
    assert "`u-00`, `u-01`" in changed
    assert " and 10 more\n" in changed
    assert changed.count("modalities") == 1
    assert "- `u-03`" in changed
    assert "`title`" in changed


def test_a_new_parent_in_a_record_is_no_renaming(root: Path) -> None:
    rename(root)
    replace(
        root / MODELS / "quill.yaml",
        "model: lumen-one, relation: data-from",
        "model: toyvit, relation: data-from",
    )
    said = project.report(root, "HEAD")
    assert "- the new id stands in `harbor`\n" in said
    assert "`builds_on.toyvit.relation`: (none) → `data-from`" in said


def test_a_revision_reads_as_the_folder_it_was_made_of(root: Path) -> None:
    with Revision(root, "main") as tree:
        there = load(tree)
    here = load(root)
    assert there.catalog == here.catalog
    assert there.diagnostics == here.diagnostics
    assert project.report(root, "main").endswith("Nothing: the two catalogs say the same.\n")


@pytest.mark.parametrize("name", ["", "--output=x", "nowhere", "HEAD\n", "main:catalog"])
def test_what_is_no_revision_is_said_to_be_none(root: Path, name: str) -> None:
    with pytest.raises(project.UsageError, match="revision"):
        project.report(root, name)


def test_a_folder_outside_a_repository_has_no_revision(tmp_path: Path) -> None:
    with pytest.raises(NoRevision):
        Revision(tmp_path, "HEAD")


def test_links_and_large_files_of_a_revision_are_not_followed_or_read(root: Path) -> None:
    (root / MODELS / "umbra.yaml").unlink()
    (root / MODELS / "umbra.yaml").symlink_to("tern.yaml")
    (root / MODELS / "Odd Name.yaml").write_text("x")
    (root / MODELS / "large.yaml").write_text("x" * 70_000)
    commit(root)
    with Revision(root, "HEAD") as tree:
        there = load(tree)
    assert "umbra" not in there.catalog.models
    assert there.diagnostics == load(root).diagnostics
    assert {d.code for d in there.diagnostics} >= {"F101", "F102", "F109"}


def test_a_base_of_another_schema_or_broken_is_compared_by_its_raw_values(root: Path) -> None:
    replace(root / MODELS / "harbor.yaml", "modalities: [ct, mri]", "imaging: [ct]")
    (root / MODELS / "tern.yaml").write_text("name: [", encoding="utf-8")
    replace(root / "catalog/vocabularies/organ.yaml", "    definition:", "    meaning:")
    commit(root)
    git(root, "checkout", "-q", "HEAD~1", "--", ".")
    said = project.report(root, "HEAD")
    assert "`imaging`: `ct` → (none)" in said
    assert "`modalities`: (none) → `ct, mri`" in said
    assert "**Records**: 1 changed" in said
    assert "- `catalog/models/tern.yaml`" in said.split("What the base does not")[1]


def test_a_base_without_a_catalog_makes_every_record_new(root: Path) -> None:
    git(root, "rm", "-q", "-r", "--cached", ".")
    git(root, "commit", "-q", "-m", "empty")
    assert "**Records**: 7 added (0 → 7)" in project.report(root, "HEAD")


HOSTILE = (
    "</code></details><script>alert(1)</script>",
    "`</code>` <img src=x onerror=alert(1)>",
    "``` \n# Approved\n[merge](javascript:alert(1))",
    "| a | b |\n|---|---|\n@everyone #1 https://evil.example ![x](y)",
    "\n\n---\n## All checks have passed",
    "\u202egnp.exe \x1b[2J &lt;b&gt; $x$ ~~~ ````` `",
    "`",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(f"- a {code(text)} b")
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "code_inline"}
    assert [t.type for t in tokens].count("inline") == 1


def test_a_hostile_catalog_makes_no_markup_and_no_new_heading(root: Path) -> None:
    for number, text in enumerate(HOSTILE):
        quoted = "".join(f"\\u{ord(c):04x}" if c < " " or c in '"\\' else c for c in text)
        (root / MODELS / f"bad-{number}.yaml").write_text(
            f'name: "{quoted}"\ntitle: "{quoted}"\nauthors: ["{quoted}"]\n'
            f'published: 2024\ncategory: "{quoted}"\n"{quoted}": "{quoted}"\n',
            encoding="utf-8",
        )
    path = root / "catalog/vocabularies/modality.yaml"
    replace(path, "label: CT\n", 'label: "```` <b> `"\n')
    said = project.report(root, "HEAD", whole=True)
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(said)
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or ()}
    assert not {k for k in kinds if k.startswith(("html", "link", "image", "table", "hr"))}
    heads = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"]
    assert "Approved" not in " ".join(heads)
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_long_report_is_cut_with_a_note_and_whole_on_request(root: Path) -> None:
    text = (root / MODELS / "umbra.yaml").read_text(encoding="utf-8")
    for number in range(400):
        name = f"name: U{number} " + "long " * 40
        record = "\n".join(name if line.startswith("name:") else line for line in text.split("\n"))
        record = record.replace("title: ", f"title: No {number} ")
        (root / MODELS / f"u-{number}.yaml").write_text(record, encoding="utf-8")
    short, whole = project.report(root, "HEAD"), project.report(root, "HEAD", whole=True)
    assert len(short) <= LIMIT < len(whole)
    assert "`fmcatalog report --whole` writes them all" in short
    assert "u-399" in whole
    assert "u-399" in short  # new records are many: named by group, without their titles
    assert "No 399" in whole
    assert "No 399" not in short
    assert short.count("\n## ") >= 4
    assert short.count("```") % 2 == 0
