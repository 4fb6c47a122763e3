"""Our scripts: their types hold, and what travels is the same program."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fmcatalog.site.scripts import lean

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
