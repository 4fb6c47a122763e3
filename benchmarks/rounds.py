"""Measures commands in turns, each as a process of its own, and compares the medians.

CPU seconds are those of the process and all that it waited for, so a busy machine blurs them less
than the wall clock; a peak is that of its largest process. Whoever measures stays small: a new
process counts the memory of the one that it was forked from.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic


class Failed(Exception):
    """A command did not do what it was measured for."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took.

    Attributes:
        cpu: Seconds of all processors.
        wall: Seconds on the clock.
        peak: MiB of the largest process.
    """

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command that is measured.

    Attributes:
        name: What it is called in the table.
        command: Its words.
        folder: Where it runs.
        environment: What is set for it beside this process's own.
        before: Done before each run, and not measured.
        after: Done after each run, and not measured.
    """

    name: str
    command: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None

    def run(self) -> Run:
        """Runs it once.

        Raises:
            Failed: It failed.
        """
        self.before()
        with tempfile.TemporaryFile() as said:
            start = monotonic()
            process = subprocess.Popen(
                [str(word) for word in self.command],
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
            _, status, used = os.wait4(process.pid, 0)
            wall = monotonic() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(0)
                end = said.read().decode(errors="replace")[-2000:]
                raise Failed(f"{self.name} failed ({process.returncode}):\n{end}")
        self.after()
        return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def in_turns(contestants: Sequence[Contestant], rounds: int) -> dict[str, Run]:
    """Runs all, one after the other, round after round.

    Returns:
        The medians of each, by its name; who failed is left out, and said so.
    """
    runs: dict[str, list[Run]] = {one.name: [] for one in contestants}
    for number in range(rounds):
        for one in contestants:
            if one.name not in runs:
                continue
            try:
                run = one.run()
            except Failed as error:
                print(error, file=sys.stderr, flush=True)
                del runs[one.name]
                continue
            runs[one.name].append(run)
            said = f"{run.cpu:.2f} s CPU, {run.wall:.2f} s, {run.peak:.0f} MiB"
            print(f"  round {number + 1}: {one.name}: {said}", file=sys.stderr, flush=True)
    return {name: median(done) for name, done in runs.items()}


def median(runs: Sequence[Run]) -> Run:
    """Gives the median of each figure by itself."""
    return Run(
        statistics.median(run.cpu for run in runs),
        statistics.median(run.wall for run in runs),
        statistics.median(run.peak for run in runs),
    )


def growth(before: Mapping[str, Run], after: Mapping[str, Run]) -> dict[str, float]:
    """Gives how many times the CPU of each grew; of those that both have."""
    return {name: after[name].cpu / run.cpu for name, run in before.items() if name in after}


def ratio(value: float, other: float) -> str:
    """Writes how many times one figure is another."""
    return f"{value / other:.2f}" if value < 10 * other else f"{value / other:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> str:
    """Writes a table, the first column to the left and figures to the right."""
    if markdown:
        lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    widths = [max(len(line[at]) for line in (head, *rows)) for at in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in (head, *rows)
    )


def conditions(rounds: int) -> str:
    """Says when and on what this is measured, and how busy that is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({_processor()}), "
        f"{memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}; "
        f"medians of {rounds}; load of the last 1, 5 and 15 minutes: {load()}"
    )


def load() -> str:
    """Gives how many processes wanted to run, in the last 1, 5 and 15 minutes."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.is_file() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def emptied(*places: Path) -> Callable[[], None]:
    """Gives what takes folders away."""

    def away() -> None:
        for place in places:
            shutil.rmtree(place, ignore_errors=True)

    return away
