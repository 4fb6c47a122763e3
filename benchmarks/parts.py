"""``fmcatalog build`` with a clock in it: the CPU seconds of what the peers do not do.

Run: ``.venv/bin/python benchmarks/parts.py CHECKOUT``; prints the seconds of each part as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from time import process_time
from typing import Any

from fmcatalog import cli, export, manifest, project
from fmcatalog.artifacts import Artifact, Filling
from fmcatalog.site import links

spent = dict.fromkeys(("reading and checking", "data files", "links", "manifest"), 0.0)


def timed(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the same work, whose seconds are counted."""

    def counted(*given: Any, **named: Any) -> Any:
        start = process_time()
        try:
            made = work(*given, **named)
            return list(made) if isinstance(made, Iterator) else made
        finally:
            spent[part] += process_time() - start

    return counted


def one_by_one(part: str, made: Iterable[Artifact]) -> Iterator[Artifact]:
    """Gives the same files, whose making is counted."""
    files = iter(made)
    while True:
        start = process_time()
        file = next(files, None)
        spent[part] += process_time() - start
        if file is None:
            return
        yield file


def main() -> None:
    """Builds a site as the command does, and says what took how long."""
    put, api = Filling.put, export.api

    def putting(self: Filling, file: Artifact) -> Any:
        start = process_time()
        stamp = put(self, file)
        if not file.uri.endswith((".html", ".css", ".js")):
            spent["data files"] += process_time() - start
        return stamp

    setattr(Filling, "put", putting)  # noqa: B010 - a clock, where no other code may stand
    export.api = lambda *given, **named: one_by_one("data files", api(*given, **named))
    export.bibtex = timed("data files", export.bibtex)
    links.check = timed("links", links.check)
    manifest.write = timed("manifest", manifest.write)
    project.checked = timed("reading and checking", project.checked)
    sys.argv = ["fmcatalog", "build", "--root", sys.argv[1]]
    try:
        cli.main()
    except SystemExit as ended:
        if ended.code:
            raise
    whole = process_time()
    print(json.dumps({**spent, "pages and the rest": whole - sum(spent.values()), "whole": whole}))


if __name__ == "__main__":
    main()
