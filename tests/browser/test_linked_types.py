"""What the pages say in JSON-LD, checked against the types of schema.org."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fmcatalog.catalog import load
from fmcatalog.views.linked import linked
from fmcatalog.views.page import Settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def check(folder: Path, statements: list[dict[str, Any]]) -> str:
    """Gives what the type checker says of statements, each under the type it claims."""
    checker = HERE / "node_modules/.bin/tsc"
    types = HERE / "node_modules/schema-dts"
    if not types.is_dir() or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("no types of schema.org: npm ci in tests/browser brings them")
        pytest.skip("no types of schema.org: npm ci in tests/browser brings them")
    (folder / "node_modules").mkdir()
    (folder / "node_modules/schema-dts").symlink_to(types)
    kinds = sorted({statement["@type"] for statement in statements})
    lines = [f'import type {{WithContext, {", ".join(kinds)}}} from "schema-dts";']
    lines += [
        f"export const s{number}: WithContext<{statement['@type']}> = {json.dumps(statement)};"
        for number, statement in enumerate(statements)
    ]
    (folder / "all.ts").write_text("\n".join(lines), encoding="utf-8")
    options = [
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--moduleResolution",
        "bundler",
        "--module",
        "esnext",
    ]
    done = subprocess.run(
        [str(checker), *options, "all.ts"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout


def test_every_statement_keeps_to_the_words_of_schema_org(tmp_path: Path) -> None:
    catalog = load(ROOT).catalog
    said = [
        facts for _, facts in linked(catalog, "https://example.org/", Settings(as_of="2026-11-24"))
    ]
    kinds = {facts["@type"] for facts in said}
    assert kinds == {"Dataset", "ScholarlyArticle", "DefinedTermSet", "DefinedTerm"}
    assert check(tmp_path, said) == ""


def test_a_word_that_schema_org_does_not_have_is_told(tmp_path: Path) -> None:
    wrong = {"@context": "https://schema.org", "@type": "DefinedTerm", "termKode": "ct"}
    assert "termKode" in check(tmp_path, [wrong])
