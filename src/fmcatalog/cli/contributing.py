"""Commands of a contributor: a new record, one layout, the form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fmcatalog import diagnostics, project
from fmcatalog.cli import terminal
from fmcatalog.cli.listing import Root


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; every record when none.", metavar="PATH"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a file would change.")
    ] = False,
    root: Root = None,
) -> None:
    """Puts records into the one order and layout; comments are kept."""
    done = project.format_files(project.find_root(root), paths or [], check=check)
    found = [d for one in done for d in one.diagnostics]
    if found:
        terminal.out(diagnostics.as_text(found))
    problems = [one.problem for one in done if one.problem]
    for problem in problems:
        terminal.error(problem)
    changed = [one.file for one in done if one.changed]
    for file in changed:
        terminal.out(f"{file} {'would change' if check else 'is written anew'}")
    count = f"{len(done)} file{'s' if len(done) != 1 else ''}"
    if check and changed:
        terminal.error(f"{len(changed)} of {count} to format; run: fmcatalog fmt")
    else:
        terminal.error(f"{count}, {len(changed)} changed")
    raise typer.Exit(1 if found or problems or (check and changed) else 0)


def mend(root: Path, paths: list[Path]) -> None:
    """Mends what is safe in the records that paths mean, and says what was done."""
    for one in project.format_files(root, paths, catalog=project.catalog(root)):
        for line in one.said():
            terminal.error(f"mended {line}")
