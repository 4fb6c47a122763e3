"""How the site's search fares: what it weighs, when it is ready, and what a keystroke costs.

Run: ``.venv/bin/fmcatalog build && .venv/bin/python benchmarks/search.py site ANOTHER_SITE``, of
another checkout, such as one of ``benchmarks/synthetic.py``.
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from serving import packed, served

PLACE = "search/search_index.json"
QUERY = "segmentation"
LONG = 50
"""Milliseconds from which the browser counts a task as long: a keystroke would wait for it."""

# Notes every task of the page that keeps a keystroke waiting.
WATCHING = """() => {
  window.long = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.long.push(entry.duration);
  }).observe({ entryTypes: ["longtask"] });
}"""
# Types a letter; gives how long the page was busy with it.
TYPING = """async ([text]) => {
  const field = document.querySelector("[data-md-component=search-query]");
  const start = performance.now();
  field.value = text;
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return performance.now() - start;
}"""
ANSWERED = """() =>
  document.querySelector(".md-search-result__item")?.textContent.toLowerCase().includes("liver")"""
SHOWN = "() => document.querySelectorAll('.md-search-result__item').length > 0"


def measured(browser: Browser, address: str) -> tuple[float, float, float, float]:
    """Gives ms until the first answer, for an answer later, of a keystroke, and of the worst task.

    Args:
        browser: The browser.
        address: Address of the site.
    """
    page = browser.new_page()
    page.goto(address)
    page.evaluate(WATCHING)
    page.keyboard.press("/")
    field = page.locator("[data-md-component=search-query]")
    field.wait_for()
    first = page.evaluate("() => performance.now()")
    field.fill(QUERY)
    page.wait_for_function(SHOWN, timeout=120_000)
    ready = page.evaluate("() => performance.now()") - first
    page.evaluate("() => { window.long = []; }")
    keys = []
    for end in range(3, len(QUERY) + 1):
        keys.append(page.evaluate(TYPING, [QUERY[:end]]))
        page.wait_for_timeout(120)
    field.fill("")
    field.press_sequentially("live", delay=60)
    start = page.evaluate("() => performance.now()")
    field.press_sequentially("r")
    page.wait_for_function(ANSWERED, timeout=60_000)
    later = page.evaluate("() => performance.now()") - start
    worst = max([0.0, *page.evaluate("() => window.long")])
    page.close()
    return ready, later, max(keys), worst


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sites", type=Path, nargs="+", help="built sites")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    print(f"load {', '.join(f'{one:.1f}' for one in os.getloadavg())}; ms, medians of rounds")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags.split())
        for site in asked.sites:
            index = site / PLACE
            count = len(list((site / "models").glob("*/index.html")))
            with served(site) as address:
                found = [measured(browser, address) for _ in range(asked.rounds)]
            ready, later, key, worst = (
                statistics.median(part) for part in zip(*found, strict=True)
            )
            print(
                f"{count} models: index {len(packed(index)) / 1024:.0f} KiB packed "
                f"({index.stat().st_size / 1024:.0f}), first answer {ready:.0f}, another answer "
                f"{later:.0f}, a keystroke {key:.1f}, longest task while typing {worst:.0f} "
                f"(of {LONG} and more)"
            )
        browser.close()


if __name__ == "__main__":
    main()
