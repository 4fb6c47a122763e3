"""The package as others get it: a wheel in an environment that has nothing of ours."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", out, ROOT)
    (built,) = out.glob("fmcatalog-*.whl")
    return built


def test_the_wheel_holds_code_templates_and_catalog_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "fmcatalog/templates/model.html" in names
    assert "fmcatalog/data/catalog/models/medsam.yaml" in names
    assert "fmcatalog/py.typed" in names
    assert not [n for n in names if n.startswith(("tests/", "build/", "site/"))]


@pytest.mark.slow
def test_the_wheel_runs_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    run(python, "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel)
    command = tmp_path / "env" / "bin" / "fmcatalog"
    assert "validate" in run(command, "--help", cwd=tmp_path)
    assert run(command, "--version", cwd=tmp_path).startswith("fmcatalog ")
    listed = run(command, "list", "--root", ROOT, "--format", "csv", cwd=tmp_path)
    assert listed.splitlines()[0].startswith("id,name,title")
    loaded = run(python, "-c", "import fmcatalog; print(*fmcatalog.load().models)", cwd=tmp_path)
    assert "medsam" in loaded.split(), "where there is no checkout, the packaged catalog is loaded"
