"""Our scripts: their types hold, and what travels is the same program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import nullcontext
from pathlib import Path

import pytest

from fmcatalog.site.scripts import joined, lean

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "docs/assets"
SCRIPTS = sorted(ASSETS.rglob("*.js"))


def test_the_types_of_the_scripts_hold() -> None:
    checker = HERE / "node_modules/.bin/tsc"
    if not checker.is_file() or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("no TypeScript: npm ci in tests/browser brings it")
        pytest.skip("no TypeScript: npm ci in tests/browser brings it")
    done = subprocess.run(
        [str(checker), "--project", str(HERE)], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.parametrize("script", SCRIPTS, ids=[path.name for path in SCRIPTS])
def test_a_script_travels_without_its_comments(script: Path) -> None:
    source = script.read_bytes()
    sent = lean(source)
    assert len(sent) < len(source)
    assert b"@param" not in sent
    assert not any(line.startswith((b"//", b" ")) for line in sent.splitlines())


def test_what_is_no_comment_stays() -> None:
    source = b"""// About.
/** @type {string} */
const a = "/** not one */ // nor this";
/**
 * Two
 */
const b = /** @type {any} */ (a); /* kept */
  call(/** @type {X} */ (b));
"""
    assert lean(source) == (
        b'const a = "/** not one */ // nor this";\nconst b = (a); /* kept */\ncall((b));\n'
    )


def test_text_over_several_lines_is_left_alone() -> None:
    source = b"const a = `\n  // not a comment\n`;\n"
    assert lean(source) == source


def test_a_module_and_what_it_imports_are_one_script(tmp_path: Path) -> None:
    parts = {
        "first.js": [
            'import { b, c } from "./second.js";',
            'import { d } from "./third.js";',
            "b(c, d);",
        ],
        "second.js": [
            'import { d } from "./third.js";',
            "export const c = d;",
            "export function b() {}",
        ],
        "third.js": [
            "// Needed first.",
            "export class d {}",
            'export const e = () => import("./e.js");',
        ],
    }
    for name, lines in parts.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert joined(tmp_path / "first.js").decode().splitlines() == [
        "class d {}",
        'const e = () => import("./e.js");',
        "const c = d;",
        "function b() {}",
        "b(c, d);",
    ]


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("const a = 1;\n", "export const a = 2;\n", "first.js declares a, and so does .*second.js"),
        ("", "export const a = 2;\nasync function b() {}\n", ""),
        ("function b() {}\n", "export async function b() {}\n", "declares b"),
        ("{\n  const a = 1;\n}\n", "export const a = 2;\n", ""),
    ],
)
def test_joined_modules_may_not_declare_a_name_twice(
    first: str, second: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "first.js").write_text(f'import {{ a }} from "./second.js";\n{first}', "utf-8")
    (tmp_path / "second.js").write_text(second, "utf-8")
    with pytest.raises(ValueError, match=says) if says else nullcontext():
        joined(tmp_path / "first.js")


def test_joined_modules_may_not_rename_what_they_import(tmp_path: Path) -> None:
    (tmp_path / "first.js").write_text('import { a as b } from "./second.js";\n', "utf-8")
    with pytest.raises(ValueError, match="rename"):
        joined(tmp_path / "first.js")


def test_the_explorer_is_one_script() -> None:
    script = joined(ASSETS / "explore/explore.js").decode()
    assert not re.search("^(import|export) ", script, re.MULTILINE)
    assert set(re.findall(r'import\("([^"]+)"\)', script)) == {"./files.js", "./tray.js"}
