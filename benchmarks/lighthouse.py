"""What Lighthouse says of the pages most people see: the median of several runs.

Run: ``make site && .venv/bin/python benchmarks/lighthouse.py``; npm in `tests/browser` brings it.
A busy machine costs points of performance: look at the load that is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from serving import served

ROOT = Path(__file__).resolve().parents[1]
LIGHTHOUSE = ROOT / "tests/browser/node_modules/.bin/lighthouse"
PAGES = ("", "explore/", "models/medsam/", "statistics/")
PRESETS = {"phone": [], "desktop": ["--preset=desktop"]}
CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--host-resolver-rules='MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'"
)


def run(address: str, options: list[str]) -> dict[str, float]:
    """Gives the scores of one run, and when the largest element was painted."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                str(LIGHTHOUSE),
                address,
                "--quiet",
                "--no-enable-error-reporting",
                "--output=json",
                f"--output-path={report}",
                f"--chrome-flags={CHROMIUM}",
                *options,
            ],
            check=True,
            env={"CHROME_PATH": "/usr/bin/chromium", **os.environ},
        )
        found = json.loads(report.read_text())
    if "runtimeError" in found:
        raise SystemExit(found["runtimeError"]["message"])
    scores = {name: 100 * kind["score"] for name, kind in found["categories"].items()}
    paint = found["audits"]["largest-contentful-paint"]["numericValue"]
    return {**scores, "largest paint, s": paint / 1000}


def main() -> None:
    """Prints a line a page and screen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="a built site")
    parser.add_argument("--runs", type=int, default=3, help="how often each page is opened")
    parser.add_argument("pages", nargs="*", default=PAGES, help="addresses below the site")
    given = parser.parse_args()
    with served(given.site) as site:
        for screen, options in PRESETS.items():
            for page in given.pages:
                runs = [run(site + page, options) for _ in range(given.runs)]
                middle = {key: statistics.median(one[key] for one in runs) for key in runs[0]}
                said = "  ".join(f"{key} {value:.3g}" for key, value in middle.items())
                load = os.getloadavg()[0]
                print(f"{screen:<8} /{page:<16} {said}  (load {load:.1f})", flush=True)


if __name__ == "__main__":
    main()
