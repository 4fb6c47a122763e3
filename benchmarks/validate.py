"""``fmcatalog validate``, cold and warm, against reading the same records with PyYAML alone.

Cold, nothing is remembered of an earlier run; warm, the one before left the records as they are.

Run: ``.venv/bin/python benchmarks/validate.py 1000 10000``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import rounds
import tools
from rounds import Contestant, Run, emptied

ALONE = "PyYAML's C loader alone"
HEAD = ("all records", "CPU s", "wall s", "peak MiB", "µs CPU a record", "CPU to reading")


def contestants(root: Path, work: Path) -> list[Contestant]:
    """Gives the three that are measured; the second leaves behind what the third remembers."""
    words: list[str | Path] = [tools.FMCATALOG, "validate", "--root", root]
    kept = work / "memory"
    set_to = {"FMCATALOG_CACHE": str(kept)}
    reading: list[str | Path] = [sys.executable, tools.HERE / "reading.py", root / tools.MODELS]
    return [
        Contestant(ALONE, reading, root),
        Contestant("validate, cold", words, root, set_to, emptied(kept)),
        Contestant("validate, warm", words, root, set_to),
    ]


def rows(runs: Mapping[str, Run], count: int) -> list[Sequence[str]]:
    """Gives the rows of the table."""
    base = runs[ALONE]
    return [
        (
            name,
            f"{run.cpu:.2f}",
            f"{run.wall:.2f}",
            f"{run.peak:.0f}",
            f"{run.cpu / count * 1e6:.0f}",
            rounds.ratio(run.cpu, base.cpu),
        )
        for name, run in runs.items()
    ]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("counts", type=int, nargs="*", default=[1000], help="records")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", type=Path, default=tools.WORK, help="what it makes is kept here")
    parser.add_argument("--markdown", action="store_true", help="tables for a page")
    asked = parser.parse_args()
    work = asked.work.resolve()
    print(f"{rounds.conditions(asked.rounds)}\n")
    for count in asked.counts:
        root = tools.checkout(count, work)
        runs = rounds.in_turns(contestants(root, work), asked.rounds)
        print(f"{count} records\n")
        print(rounds.table(HEAD, rows(runs, count), markdown=asked.markdown), end="\n\n")
        print(f"Load at the end: {rounds.load()}.\n", flush=True)


if __name__ == "__main__":
    main()
