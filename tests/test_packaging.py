"""What is handed out: the wheel holds what the code reads, and the pins are those asked for."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version


@pytest.fixture(scope="module")
def project(checkout: Path) -> dict[str, list[str]]:
    with (checkout / "pyproject.toml").open("rb") as file:
        found = tomllib.load(file)
    return {
        "version": [found["project"]["version"]],
        "runtime": found["project"]["dependencies"],
        "dev": found["project"]["optional-dependencies"]["dev"],
        "build": found["build-system"]["requires"],
    }


@pytest.fixture(scope="module")
def pins(checkout: Path) -> list[str]:
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_constraints_are_exact_pins_in_order(pins: list[str]) -> None:
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", pin) for pin in pins)
    assert pins == sorted(pins, key=str.casefold)
    assert len({canonicalize_name(pin.partition("==")[0]) for pin in pins}) == len(pins)
    assert not any(pin.startswith("pip==") for pin in pins)


@pytest.mark.parametrize("group", ["runtime", "dev", "build"])
def test_each_requirement_is_pinned_within_its_range(
    group: str, project: dict[str, list[str]], pins: list[str]
) -> None:
    pinned = {
        canonicalize_name(name): Version(v) for name, _, v in (p.partition("==") for p in pins)
    }
    for requirement in map(Requirement, project[group]):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), requirement


def test_the_version_is_the_same_everywhere(checkout: Path, project: dict[str, list[str]]) -> None:
    import fmcatalog

    (version,) = project["version"]
    assert fmcatalog.__version__ == version
    assert f"\nversion: {version}\n" in (checkout / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## [{version}]" in (checkout / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_wheel_holds_the_templates_and_the_catalog(checkout: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("templates", "templates"), ("catalog", "data/catalog")):
        expected = {
            f"fmcatalog/{inside}/{path.relative_to(checkout / folder).as_posix()}"
            for path in (checkout / folder).rglob("*")
            if path.is_file()
        }
        assert expected
        assert expected <= names
    assert "fmcatalog/py.typed" in names
    assert any(name.endswith("licenses/LICENSE-DATA") for name in names)
