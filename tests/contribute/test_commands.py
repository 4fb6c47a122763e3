"""The contributor's commands as somebody types them: what they print, write, and end with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIBTEX = """@inproceedings{a, title={NewNet: a net}, author={Bee, Ann and Dee, Cee},
  booktitle={MICCAI}, year=2024, month=oct, eprint={2410.00001}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    (tmp_path / "a.bib").write_text(BIBTEX, encoding="utf-8")
    return tmp_path


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795478400", "FMCATALOG_PAUSE": "0"}
    environment["FMCATALOG_ARXIV_API"] = "http://127.0.0.1:1/api"
    environment["NO_PROXY"] = "127.0.0.1"
    return subprocess.run(
        [str(Path(sys.executable).with_name("fmcatalog")), *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_new_writes_a_record_and_says_what_is_left(root: Path) -> None:
    done = run(root, "new", "newnet", "--bibtex", "a.bib")
    file = "catalog/models/newnet.yaml"
    assert (done.returncode, done.stdout) == (0, f"{file}\n")
    assert "'category' has no value" in done.stderr
    assert "fmcatalog validate" in done.stderr
    assert run(root, "fmt", "--check", file).returncode == 0
    path = root / file
    text = path.read_text(encoding="utf-8").replace("category:", "category: adaptation")
    path.write_text(text, encoding="utf-8")
    assert run(root, "validate", file).returncode == 0


def test_new_never_overwrites(root: Path) -> None:
    path = root / "catalog" / "models" / "medsam.yaml"
    before = path.read_bytes()
    done = run(root, "new", "medsam", "--bibtex", "a.bib")
    assert done.returncode == 1
    assert "there already" in done.stderr
    assert path.read_bytes() == before


def test_new_without_a_network_ends_with_2_and_names_the_way_out(root: Path) -> None:
    done = run(root, "new", "newnet", "--arxiv", "2410.00001")
    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert "--bibtex" in done.stderr
    assert not (root / "catalog" / "models" / "newnet.yaml").exists()


@pytest.mark.parametrize(
    "arguments",
    [(), ("x", "--arxiv", "2410.00001", "--bibtex", "a.bib"), ("--from-issue", "none.md")],
)
def test_new_asked_for_the_impossible_ends_with_2(root: Path, arguments: tuple[str, ...]) -> None:
    assert run(root, "new", *arguments).returncode == 2


def test_an_issue_in_error_is_explained_and_nothing_is_written(root: Path) -> None:
    body = (
        "### Id\n\nnewnet\n\n### Name\n\nNewNet\n\n### Title\n\nA net\n\n### Authors\n\nAnn Bee\n\n"
    )
    body += "### First public version\n\nOctober\n\n### Group\n\nadaptation\n"
    (root / "issue.md").write_text(body, encoding="utf-8")
    done = run(root, "new", "--from-issue", "issue.md")
    assert done.returncode == 1
    assert "published 'October' is not a date" in done.stdout
    assert not (root / "catalog" / "models" / "newnet.yaml").exists()


def test_fmt_check_names_the_file_and_fmt_writes_it(root: Path) -> None:
    path = root / "catalog" / "models" / "medsam.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("name: MedSAM", "name:   'MedSAM'  "), encoding="utf-8")
    done = run(root, "fmt", "--check")
    assert done.returncode == 1
    assert "catalog/models/medsam.yaml would change" in done.stdout
    assert run(root, "fmt", str(path)).returncode == 0
    assert path.read_text(encoding="utf-8") == before


def test_validate_fix_mends_the_record_asked_for_and_says_what(root: Path) -> None:
    path = root / "catalog" / "models" / "medsam.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("  - mri\n", "  - MR  # as printed\n", 1), encoding="utf-8")
    done = run(root, "validate", "--strict", "--fix", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'MR' is now 'mri'" in done.stderr
    assert path.read_text(encoding="utf-8") == before.replace(
        "  - mri\n", "  - mri  # as printed\n", 1
    )


def test_the_check_of_one_file_loads_nothing_that_talks(root: Path) -> None:
    code = (
        "import sys; from fmcatalog import cli, project; from pathlib import Path\n"
        "project.validate(Path('.').resolve(), [Path('catalog/models/medsam.yaml')])\n"
        "print([m for m in ('requests','urllib3','bibtexparser','pylatexenc') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n", done.stderr
