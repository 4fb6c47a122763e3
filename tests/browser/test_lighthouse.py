"""What Lighthouse says of the pages most people see; its speed is for benchmarks/lighthouse.py."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

LIGHTHOUSE = Path(__file__).parent / "node_modules/.bin/lighthouse"
JUDGED = ("accessibility", "best-practices", "seo")


@pytest.mark.slow
@pytest.mark.parametrize("page", ["", "explore/", "models/medsam/", "statistics/"])
def test_lighthouse_finds_nothing_to_better(
    page: str, site_address: str, chromium: str, flags: list[str], tmp_path: Path
) -> None:
    if not LIGHTHOUSE.is_file():
        pytest.skip("no Lighthouse: npm ci in tests/browser brings it")
    report = tmp_path / "report.json"
    subprocess.run(
        [
            str(LIGHTHOUSE), f"{site_address}{page}", "--quiet", "--no-enable-error-reporting",
            "--output=json", f"--output-path={report}", f"--only-categories={','.join(JUDGED)}",
            f"--chrome-flags=--headless=new {' '.join(map(quoted, flags))}",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        check=True,
    )  # fmt: skip
    found = json.loads(report.read_text(encoding="utf-8"))
    assert "runtimeError" not in found
    below = [name for name, audit in found["audits"].items() if audit["score"] == 0]
    assert below == []
    assert {name: found["categories"][name]["score"] for name in JUDGED} == dict.fromkeys(JUDGED, 1)


def quoted(flag: str) -> str:
    name, sign, value = flag.partition("=")
    return f"{name}='{value}'" if sign else name
