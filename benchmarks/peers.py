"""A clean build of ours against what a user would pick instead, from the same made-up records.

Every peer shows a page for each record, with the same facts, and a page for each term, with the
same rows; round the content stands Material's page. In their favour: their content was generated
before and is not measured, Hugo and Eleventy get the page round it as a fixed text and write a row
once for all lists, and none of them draws a chart. Ours draws charts and has pages of its own, and
writes what they don't: data files, citations and feeds, a manifest; it checks every record and
every link. What that takes is told apart.

Tools are installed as :mod:`tools` says. Run: ``.venv/bin/python benchmarks/peers.py 42 1000``
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import rounds
import tools
from rounds import Contestant, Run, emptied

OURS = "fmcatalog"
HEAD = (
    "clean build",
    "CPU s",
    "wall s",
    "peak MiB",
    "pages",
    "MB of pages",
    "pages a CPU s",
    "CPU to ours",
    "peak to ours",
)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a built site.

    Attributes:
        count: How many.
        size: Their bytes.
    """

    count: int
    size: int

    @classmethod
    def of(cls, site: Path) -> Pages:
        """Counts them."""
        found = [path.stat().st_size for path in site.rglob("*.html")]
        return cls(len(found), sum(found))


def ours(root: Path, work: Path) -> Contestant:
    """Gives our own build, which remembers nothing."""
    kept = work / "memory"
    return Contestant(
        OURS,
        [tools.FMCATALOG, "build", "--root", root],
        root,
        {"FMCATALOG_CACHE": str(kept)},
        emptied(root / "site", root / "build", kept),
    )


def rows(runs: Mapping[str, Run], pages: Mapping[str, Pages]) -> list[Sequence[str]]:
    """Gives the rows of the table: ours first, then the others by their CPU."""
    us = runs.get(OURS)
    order = sorted(runs, key=lambda name: (name != OURS, runs[name].cpu))
    return [
        (
            name,
            f"{runs[name].cpu:.1f}",
            f"{runs[name].wall:.1f}",
            f"{runs[name].peak:.0f}",
            f"{pages[name].count}",
            f"{pages[name].size / 1e6:.0f}",
            f"{pages[name].count / runs[name].cpu:.0f}",
            rounds.ratio(runs[name].cpu, us.cpu) if us else "",
            rounds.ratio(runs[name].peak, us.peak) if us else "",
        )
        for name in order
    ]


def parts(root: Path, work: Path, number: int) -> dict[str, float]:
    """Gives the CPU seconds of the parts of our build: the medians of some runs."""
    found: list[dict[str, float]] = []
    for _ in range(number):
        emptied(root / "site", root / "build", work / "memory")()
        asked: list[str | Path] = [sys.executable, Path(__file__).with_name("parts.py"), root]
        environment = {**tools.environment(), "FMCATALOG_CACHE": str(work / "memory")}
        said = subprocess.run(asked, check=True, capture_output=True, text=True, env=environment)
        found.append(json.loads(said.stdout.splitlines()[-1]))
    middle = len(found) // 2
    return {part: sorted(one[part] for one in found)[middle] for part in found[0]}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("counts", type=int, nargs="*", default=[42, 1000], help="records")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="names of those that take part, such as Hugo")
    parser.add_argument("--work", type=Path, default=tools.WORK, help="what it makes is kept here")
    parser.add_argument("--tools", type=Path, default=tools.ROOT / "build/peers", help="venv")
    parser.add_argument("--markdown", action="store_true", help="tables for a page")
    asked = parser.parse_args()
    work, venv = asked.work.resolve(), asked.tools.resolve()
    print(f"{rounds.conditions(asked.rounds)}; {tools.versions(venv)}\n")
    before: dict[str, Run] = {}
    for count in asked.counts:
        root = tools.checkout(count, work)
        found, sites = {OURS: ours(root, work)}, {OURS: root / "site"}
        if asked.only != [OURS]:
            trees = tools.trees(root, work, venv)
            for peer in tools.peers(venv).values():
                found[peer.name] = peer.clean(trees)
                sites[peer.name] = trees / peer.tree / peer.site
        if asked.only:
            found = {name: one for name, one in found.items() if name in asked.only}
        runs = rounds.in_turns(list(found.values()), asked.rounds)
        if OURS in found and OURS not in runs:
            raise SystemExit("ours failed")
        pages = {name: Pages.of(sites[name]) for name in runs}
        print(f"{len(list((root / tools.MODELS).glob('*.yaml')))} records\n")
        print(rounds.table(HEAD, rows(runs, pages), markdown=asked.markdown), end="\n\n")
        if OURS in found:
            told = parts(root, work, asked.rounds)
            said = ", ".join(f"{part} {seconds:.1f}" for part, seconds in told.items())
            print(f"Ours in CPU seconds, as one process with a clock in it: {said}.\n")
        grown = rounds.growth(before, runs)
        if grown:
            said = ", ".join(f"{name} {times:.1f}" for name, times in grown.items())
            print(f"CPU, times that of the size before: {said}.\n")
        print(f"Load at the end: {rounds.load()}.\n", flush=True)
        before = runs


if __name__ == "__main__":
    main()
