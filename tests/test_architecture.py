"""The shape of the house: small rooms, one door to each library, imports that point one way."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "fmcatalog"
MODULES = sorted(SOURCE.rglob("*.py"))

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = next(
    c["layers"] for c in PROJECT["tool"]["importlinter"]["contracts"] if c["id"] == "layers"
)
LEVEL = {
    word.strip(" ()"): level for level, layer in enumerate(LAYERS) for word in layer.split("|")
}

DOORS = {
    "yaml": "documents",
    "pydantic": "records",
    "pydantic_core": "records",
    "networkx": "taxonomy",
    "matplotlib": "charts",
    "jinja2": "site",
    "markupsafe": "site",
    "lxml": "site",
    "fontTools": "site",
    "mkdocs": "site",
    "watchdog": "site",
    "requests": "contribute",
    "urllib3": "contribute",
    "defusedxml": "contribute",
    "pyarrow": "export",
    "bibtexparser": "contribute export",  # the format is read in one and written in the other
    "pylatexenc": "contribute",
    "typer": "cli",
    "click": "cli",
    "rich": "cli",
    "pandas": "library",
    "polars": "library",
}


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Gives the dotted name of everything a module imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} is a relative import"
            module = node.module or ""
            if module == "fmcatalog":
                yield from ((f"fmcatalog.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_stays_under_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_not_a_drawer_for_everything(path: Path) -> None:
    drawers = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
    assert not drawers & set(path.stem.split("_"))
    assert not drawers & set(path.relative_to(SOURCE).parent.parts)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said
    assert said.split("\n")[0].endswith((".", ":", ";"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_each_library_comes_in_by_its_door(path: Path) -> None:
    for module, line in imports(path):
        doors = DOORS.get(module.split(".")[0], room(path)).split()
        assert room(path) in doors, f"{name(path)}:{line} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down_the_house_and_never_up_or_across(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] != "fmcatalog" or len(parts) < 2 or parts[1] in (here, "__version__"):
            continue
        assert LEVEL[parts[1]] > LEVEL[here], f"{name(path)}:{line} imports {module}"


def test_every_library_that_is_declared_has_a_door() -> None:
    declared = {re.split("[<>=]", d)[0] for d in PROJECT["project"]["dependencies"]}
    imported = {"pyyaml": "yaml", "mkdocs-material": "mkdocs", "fonttools": "fontTools"}
    libraries = {imported.get(d, d) for d in declared if not d.startswith("font-")}
    assert libraries <= set(DOORS)


def test_the_standard_library_and_the_doors_are_all_that_is_imported() -> None:
    outside = {
        (module.split(".")[0], name(path))
        for path in MODULES
        for module, _ in imports(path)
        if module.split(".")[0] not in {*sys.stdlib_module_names, *DOORS, "fmcatalog"}
    }
    assert outside == set()


def test_the_import_contracts_of_the_project_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_layers_are_those_of_the_design_and_hold_every_room() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    assert next(c for c in contracts if c["id"] == "layers")["exhaustive"]
    assert {room(path) for path in MODULES} - {"__init__", "__main__"} <= set(LEVEL)
    order = ("cli", "project", "site", "views", "stats", "taxonomy", "catalog", "records")
    order += ("documents", "diagnostics")
    levels = [LEVEL[name] for name in order]
    assert levels == sorted(set(levels))


def test_nothing_asks_the_network() -> None:
    refused = {"socket", "urllib.request", "http.client", "ftplib", "requests", "httpx", "ssl"}
    for path in MODULES:
        if room(path) != "contribute":
            asked = {module for module, _ in imports(path)} & refused
            assert not asked, name(path)


def test_nothing_is_run_from_text() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "__import__"}, name(path)
            if isinstance(node, ast.keyword) and node.arg == "shell":
                shell = isinstance(node.value, ast.Constant) and node.value.value is True
                assert not shell, f"{name(path)} runs a shell"
