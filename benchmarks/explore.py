"""How the explorer fares: what it weighs, how soon it is there, how fast it answers.

Asked with the models of the survey, with the catalog as it is, and with ten thousand made-up
models, which are drawn from the records with a fixed seed, so that two runs ask the same.

Run: ``.venv/bin/fmcatalog build && .venv/bin/python benchmarks/explore.py``
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as BrowserPage
from serving import packed, served

from fmcatalog import export, project, selection
from fmcatalog.catalog import Catalog
from fmcatalog.records import PartialDate
from fmcatalog.site import rendering
from fmcatalog.views import explore
from fmcatalog.views.page import Page

ROOT = Path(__file__).resolve().parents[1]
ELEMENT = re.compile(r"<fm-explore.*</fm-explore>", re.DOTALL)
DRAWN = ("category", "modalities", "organs", "tasks", "algorithms", "training", "links", "authors")

# An action, and how long until the page has its new layout; then until it was painted.
TIMED = """async ([action, target]) => {
  const act = {
    click: () => document.querySelector(target).click(),
    type: () => {
      const field = document.querySelector("#explore-text");
      field.value = target;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    scroll: () => scrollTo(0, Number(target)),
  }[action];
  await new Promise((done) => setTimeout(done, 60));
  const start = performance.now();
  act();
  document.body.getBoundingClientRect();
  const answered = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return [answered, performance.now() - start];
}"""

# When the list stands there and its filters work: painted, not only in the page.
READY = """(() => {
  const found = new MutationObserver(() => {
    if (!document.querySelector(".fm-explore--ready")) return;
    found.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.readyAfter = performance.now())));
  });
  found.observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
})()"""

# What the browser's own tools call "Fast 4G"; a packet is on its way for so many ms.
FAST_4G = {
    "offline": False,
    "latency": 165,
    "downloadThroughput": 9_000_000 * 0.9 / 8,
    "uploadThroughput": 1_500_000 * 0.9 / 8,
}

OPTION = ".fm-facet[data-facet={}] li:nth-child({}) input"
OPEN = "(target) => (document.querySelector(target).closest('details').open = true)"
SORT = "th[data-column='{}'] button"
ACTIONS = {
    "keystroke": [
        ("type", text) for text in ("s", "se", "seg", "segm", "segme", "med", "zhang", "")
    ],
    "choose": [
        ("click", OPTION.format(facet, place))
        for facet in ("category", "modality", "organ", "task")
        for place in (1, 2, 1, 2)
    ],
    "sort, first time": [
        ("click", SORT.format(column))
        for column in (
            "model",
            "category",
            "published",
            "modality",
            "organ",
            "task",
            "total-memory",
        )
    ],
    "sort again": [
        ("click", SORT.format(column))
        for column in ("model", "modality", "published", "total-memory")
    ],
    "pick": [("click", f"#explore-rows tr:nth-child({place}) input") for place in (3, 5, 3, 5)],
    "scroll": [("scroll", str(top)) for top in (4000, 90_000, 200_000, 0)],
}


def synthetic(catalog: Catalog, count: int) -> Catalog:
    """Makes models by mixing what the records hold."""
    chance = random.Random(20231028)
    real = list(catalog.models.values())
    words = sorted({word for model in real for word in model.title.split() if len(word) > 3})
    made = {}
    for number in range(count):
        base = chance.choice(real)
        update = {key: getattr(chance.choice(real), key) for key in DRAWN}
        update["name"] = f"{base.name} {number:05d}"
        update["title"] = " ".join(chance.choices(words, k=9))
        update["published"] = PartialDate(
            chance.randint(2020, 2026), chance.randint(1, 12), chance.randint(1, 28)
        )
        made[f"model-{number:05d}"] = base.model_copy(update=update)
    return Catalog.of(made, catalog.vocabularies.values(), catalog.surveys.values())


def surveyed(catalog: Catalog) -> Catalog:
    """Gives the models of the survey alone."""
    ids = selection.select(catalog, selection.Query({"origin": ["survey"]}))
    models = {id: catalog.models[id] for id in ids}
    return Catalog.of(models, catalog.vocabularies.values(), catalog.surveys.values())


def dressed(site: Path, catalog: Catalog, target: Path) -> None:
    """Copies the explorer out of a built site and fills it with another catalog."""
    shutil.copytree(site / "assets", target / "assets")
    (target / "explore").mkdir()
    page = Page("explore/", "explore", "Explore", "")
    body = rendering.Renderer(ROOT / "templates").body(page, explore.view(catalog))
    element = ELEMENT.search("\n".join((body.lead, *(text for _, text in body.sections))))
    if element is None:
        raise SystemExit("the template holds no explorer")
    shell = (site / "explore/index.html").read_text()
    written = ELEMENT.sub(lambda _: element[0], shell)
    (target / "explore/index.html").write_text(written)
    (target / explore.INDEX).write_bytes(export.explorer(catalog))
    (target / explore.TEXTS).write_bytes(export.explorer_texts(catalog))


def weigh(folder: Path) -> None:
    """Prints what a visit of the explorer weighs."""
    scripts = ("assets/fmcatalog.js", "assets/search.js", explore.SCRIPT)
    rows = {
        "page": [folder / "explore/index.html"],
        "our scripts": [folder / path for path in scripts],
        "our styles": [folder / "assets/fmcatalog.css", folder / "assets/explore/explore.css"],
        "data, first": [folder / explore.INDEX],
        "data, then": [folder / explore.TEXTS],
    }
    for name, files in rows.items():
        raw = sum(file.stat().st_size for file in files) / 1024
        travels = sum(len(packed(file)) for file in files) / 1024
        print(f"  {name:<20}{raw:10.1f} KiB {travels:10.1f} KiB packed")


def first_visit(browser: Browser, address: str, rounds: int) -> None:
    """Prints how long a first visit takes over a throttled line."""
    visits = []
    for _ in range(rounds):
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.add_init_script(READY)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", FAST_4G)
        page.goto(f"{address}explore/", wait_until="commit")
        page.locator(".fm-explore--whole").wait_for()
        visits.append(
            page.evaluate(
                "[performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,"
                " window.readyAfter]"
            )
        )
        page.close()
    for name, times in zip(("painted", "ready"), zip(*visits, strict=True), strict=True):
        middle, worst = statistics.median(times), max(times)
        print(f"  {f'{name}, Fast 4G':<20}{middle:8.0f} ms median {worst:8.0f} ms worst")


def measure(page: BrowserPage, address: str, rounds: int) -> float:
    """Prints how long each kind of action takes; gives the slowest answer."""
    page.goto(f"{address}explore/")
    page.locator(".fm-explore--whole").wait_for()
    slowest = 0.0
    for name, actions in ACTIONS.items():
        times = []
        for turn in range(1 if "first" in name else rounds):
            for action in actions:
                if turn == 0 and action[1].endswith("input") and "facet" in action[1]:
                    page.evaluate(OPEN, action[1])
                times.append(page.evaluate(TIMED, list(action)))
        answers = [one for one, _ in times]
        painted = [two for _, two in times]
        slowest = max(slowest, *answers)
        print(
            f"  {name:<20}{statistics.median(answers):8.1f} ms median {max(answers):8.1f} ms worst"
            f"   painted {statistics.median(painted):8.1f} ms median {max(painted):8.1f} ms worst"
        )
    return slowest


def main() -> None:
    """Measures the survey's models, the catalog as it is, and ten thousand models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="a built site")
    parser.add_argument("--count", type=int, default=10_000, help="made-up models")
    parser.add_argument("--rounds", type=int, default=5, help="how often all is done")
    given = parser.parse_args()
    real = project.catalog(ROOT)
    chromium = os.environ.get("FMCATALOG_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for catalog in (surveyed(real), real, synthetic(real, given.count)):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                dressed(given.site, catalog, folder)
                print(f"{len(catalog.models)} models")
                weigh(folder)
                with served(folder) as address:
                    first_visit(browser, address, given.rounds)
                    page = browser.new_page(viewport={"width": 1440, "height": 900})
                    measure(page, address, given.rounds)
                    page.close()
        browser.close()


if __name__ == "__main__":
    main()
