"""``fmcatalog build`` with a clock in it: the CPU seconds of what the peers do not do.

Run: ``.venv/bin/python benchmarks/parts.py CHECKOUT``; prints the seconds of each part as JSON.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from fmcatalog import export, manifest, project
from fmcatalog.artifacts import Artifact, Filling
from fmcatalog.site import links

spent = dict.fromkeys(("data files", "links", "manifest"), 0.0)


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
    """Builds a site and says what took how long."""
    gc.disable()  # as the command does
    root = Path(sys.argv[1]).resolve()
    put, api = Filling.put, export.api

    def putting(self: Filling, file: Artifact) -> None:
        start = process_time()
        put(self, file)
        if not file.uri.endswith((".html", ".css", ".js")):
            spent["data files"] += process_time() - start

    setattr(Filling, "put", putting)  # noqa: B010 - a clock, where no other code may stand
    export.api = lambda *given: one_by_one("data files", api(*given))
    export.bibtex = timed("data files", export.bibtex)
    links.check = timed("links", links.check)
    manifest.write = timed("manifest", manifest.write)
    loaded, verdict = project.checked(root)
    if verdict.failed(strict=False):
        raise SystemExit("the checkout is not in order")
    read = process_time()
    built = project.build(root, loaded.catalog, root / "site", lambda _: None)
    if built.problems:
        raise SystemExit("\n".join(built.problems))
    whole = process_time()
    rest = whole - read - sum(spent.values())
    print(json.dumps({"reading and checking": read, "pages": rest, **spent, "whole": whole}))


if __name__ == "__main__":
    main()
