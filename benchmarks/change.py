"""One record changed, and the site follows: ours against the rebuild of Hugo and Zensical.

Twice: the build as a command, with whatever each keeps of the one before (Zensical its cache, ours
its memory; Hugo keeps nothing that helps), and, with ``--serve``, the servers that watch:
the time from the changed file until the page shows it.

Run: ``.venv/bin/python benchmarks/change.py 1000 --serve``; tools as :mod:`tools` says.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import rounds
import tools
from developing import Server
from peers import OURS
from rounds import Contestant, Failed, Run

SERVERS: Mapping[str, Sequence[str]] = {
    "Hugo": ("server", "--port", "{port}", "--quiet"),
    "Hugo, tuned": ("server", "--port", "{port}", "--quiet"),
    "Zensical": ("serve", "--dev-addr", "127.0.0.1:{port}"),
    "MkDocs Material": ("serve", "--quiet", "--dev-addr", "127.0.0.1:{port}"),
    "Eleventy": ("--serve", "--incremental", "--port={port}"),
}
HEAD = ("one record changed", "CPU s", "wall s", "peak MiB", "CPU to ours", "wall to ours")


@dataclass(slots=True)
class Edit:
    """A file whose words are changed again and again.

    Attributes:
        path: The file.
        text: What it says before.
        words: The words before which a sign is put.
        turn: How often it was changed.
    """

    path: Path
    text: str
    words: str
    turn: int = 0

    def change(self) -> None:
        """Changes it once more."""
        self.turn += 1
        changed = self.text.replace(self.words, f"{self.sign} {self.words}")
        if changed == self.text:
            raise SystemExit(f"{self.path} does not hold {self.words!r}")
        self.path.write_text(changed, encoding="utf-8")

    @property
    def sign(self) -> str:
        """What the page shows after the last change."""
        return f"Turn {self.turn}"


def edit(path: Path, words: str) -> Edit:
    """Gives a file to be changed; what an earlier run has left in it goes."""
    return Edit(path, _clean(path), words)


def _clean(path: Path) -> str:
    return re.sub(r"\bTurn \d+ ", "", path.read_text(encoding="utf-8"))


def building(one: Contestant, changed: Edit, page: Path) -> Contestant:
    """Gives a build after a change, which must show it."""

    def check() -> None:
        if changed.sign not in page.read_text(encoding="utf-8"):
            raise Failed(f"{one.name} does not show the change")

    return replace(one, before=changed.change, after=check)


def served(servers: Mapping[str, tuple[Server, Edit]], number: int) -> dict[str, Run]:
    """Lets each server follow some changes; one at a time runs, as at a user's."""
    runs: dict[str, list[Run]] = {name: [] for name in servers}
    for name, (server, changed) in servers.items():
        with server:
            server.shows(changed.sign)
            for _ in range(number):
                changed.change()
                runs[name].append(server.shows(changed.sign))
    return {name: rounds.median(done) for name, done in runs.items()}


def rows(runs: Mapping[str, Run]) -> list[Sequence[str]]:
    """Gives the rows of the table."""
    us = runs.get(OURS)
    return [
        (
            name,
            f"{run.cpu:.2f}",
            f"{run.wall:.2f}",
            f"{run.peak:.0f}",
            rounds.ratio(run.cpu, us.cpu) if us else "",
            rounds.ratio(run.wall, us.wall) if us else "",
        )
        for name, run in runs.items()
    ]


@dataclass(slots=True)
class Contest:
    """Those that follow a change, each with its file, its build and its server."""

    edits: dict[str, Edit]
    builds: list[Contestant]
    servers: dict[str, tuple[Server, Edit]]


def contest(root: Path, trees: Path, work: Path, venv: Path, wanted: Sequence[str]) -> Contest:
    """Gives those that take part, each with a site built before."""
    record = max((root / tools.MODELS).glob("made-*.yaml"))
    words, page = _words(record), f"/models/{record.stem}/"
    memory = {"FMCATALOG_CACHE": str(work / "memory-of-changes")}
    command: list[str | Path] = [tools.FMCATALOG, "build", "--root", root]
    build = Contestant(OURS, command, root, memory)
    serve: list[str | Path] = [tools.FMCATALOG, "serve", "--port", "{port}", "--root", root]
    found = {OURS: (build, root / "site", record, Server(OURS, serve, root, page, memory))}
    for name, peer in tools.peers(venv).items():
        folder = trees / peer.tree
        content = folder / ("docs" if (folder / "docs").is_dir() else "content")
        build = Contestant(name, peer.command, folder, tools.QUIET)
        server = Server(name, [peer.command[0], *SERVERS[name]], folder, page, tools.QUIET)
        found[name] = (build, folder / peer.site, content / f"models/{record.stem}.md", server)
    made = Contest({}, [], {})
    for name, (build, site, file, server) in found.items():
        if name in wanted:
            changed = made.edits[name] = edit(file, words)
            build.run()
            made.builds.append(building(build, changed, site / f"models/{record.stem}/index.html"))
            made.servers[name] = (server, changed)
    return made


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("counts", type=int, nargs="*", default=[1000], help="records")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[OURS, "Hugo", "Hugo, tuned", "Zensical"])
    parser.add_argument("--serve", action="store_true", help="the servers that watch, too")
    parser.add_argument("--work", type=Path, default=tools.WORK, help="what it makes is kept here")
    parser.add_argument("--tools", type=Path, default=tools.ROOT / "build/peers", help="venv")
    parser.add_argument("--markdown", action="store_true", help="tables for a page")
    asked = parser.parse_args()
    work, venv = asked.work.resolve(), asked.tools.resolve()
    print(f"{rounds.conditions(asked.rounds)}; {tools.versions(venv)}\n")
    for count in asked.counts:
        root = tools.checkout(count, work)
        made = contest(root, tools.trees(root, work, venv), work, venv, asked.only)
        try:
            print(f"{count} records, the build as a command\n")
            done = rows(rounds.in_turns(made.builds, asked.rounds))
            print(rounds.table(HEAD, done, markdown=asked.markdown), end="\n\n", flush=True)
            if asked.serve:
                print(f"{count} records, the server that watches\n")
                done = rows(served(made.servers, asked.rounds))
                print(rounds.table(HEAD, done, markdown=asked.markdown), end="\n\n")
        finally:
            for changed in made.edits.values():
                changed.path.write_text(changed.text, encoding="utf-8")
        print(f"Load at the end: {rounds.load()}.\n", flush=True)


def _words(record: Path) -> str:
    """Gives the words that the summary of a record begins with."""
    return " ".join(_clean(record).partition("summary: >-\n")[2].split()[:3])


if __name__ == "__main__":
    main()
