"""Commands of a contributor: a new record, one layout, the form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fmcatalog import diagnostics, project
from fmcatalog.cli import terminal
from fmcatalog.cli.listing import Root
from fmcatalog.diagnostics import Severity


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


def new(
    id: Annotated[
        str, typer.Argument(help="Id of the new record, such as medsam.", metavar="ID")
    ] = "",
    arxiv: Annotated[str, typer.Option(help="arXiv identifier.", metavar="N")] = "",
    doi: Annotated[str, typer.Option(help="DOI; may stand beside --arxiv.", metavar="D")] = "",
    bibtex: Annotated[
        Path | None, typer.Option(help="BibTeX file with one entry.", metavar="FILE")
    ] = None,
    from_issue: Annotated[
        Path | None, typer.Option(help="Body of an issue of the form.", metavar="FILE")
    ] = None,
    root: Root = None,
) -> None:
    """Begins a record: fills in what arXiv, a DOI, BibTeX or an issue says."""
    doors = [bool(arxiv or doi), bibtex is not None, from_issue is not None]
    if sum(doors) > 1:
        raise project.UsageError("choose one of --arxiv/--doi, --bibtex, --from-issue")
    if not id and from_issue is None:
        raise project.UsageError("which id? for example: fmcatalog new medsam --arxiv 2304.12306")
    where = project.find_root(root)
    begun = project.begin(
        where, id, arxiv=arxiv, doi=doi, bibtex=bibtex, issue=from_issue, say=terminal.error
    )
    if begun is None:
        raise typer.Exit(1)
    if from_issue is not None and any(d.severity is Severity.ERROR for d in begun.diagnostics):
        terminal.out(diagnostics.as_text(begun.diagnostics))
        terminal.error("the issue does not make a record yet; nothing was written")
        raise typer.Exit(1)
    project.write(where / begun.file, begun.text.encode())
    terminal.out(begun.file)
    for note in begun.notes:
        terminal.error(f"note: {note}")
    open_ends = [d for d in begun.diagnostics if d.severity is Severity.ERROR]
    if open_ends:
        terminal.error("left for you:")
        terminal.error(diagnostics.as_text(open_ends))
    terminal.error(f"then: fmcatalog validate {begun.file}")
