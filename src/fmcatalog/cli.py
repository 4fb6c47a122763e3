"""The command line: arguments to one call to an exit code.

Exit codes: 0 clean, 1 problems found in the data, 2 wrong usage, 70 a defect of ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fmcatalog import __version__, diagnostics, project
from fmcatalog.diagnostics import Severity

app = typer.Typer(
    name="fmcatalog",
    help="A living, checked catalog of foundation models in medical imaging.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How diagnostics are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


Root = Annotated[
    Path | None,
    typer.Option(
        "--root", help="Checkout to work in; found upwards when not given.", metavar="DIR"
    ),
]


def _version(show: bool) -> None:
    if show:
        print(f"fmcatalog {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders to report on; everything when none.", metavar="PATH"),
    ] = None,
    format: Annotated[Format, typer.Option(help="How to write what is found.")] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings and hints fail too.")] = False,
    root: Root = None,
) -> None:
    """Finds everything that is wrong with the catalog, all at once."""
    verdict = project.validate(project.find_root(root), paths or [])
    found = verdict.diagnostics
    writer: dict[Format, Callable[[], str]] = {
        Format.TEXT: lambda: diagnostics.as_text(found),
        Format.JSON: lambda: diagnostics.as_json(found),
        Format.GITHUB: lambda: diagnostics.as_github(found),
    }
    text = writer[format]()
    if text:
        print(text)
    if format is Format.TEXT:
        print(_summary(verdict), file=sys.stderr)
    raise typer.Exit(1 if verdict.failed(strict=strict) else 0)


def _summary(verdict: project.Verdict) -> str:
    catalog = verdict.loaded.catalog
    read = f"{len(catalog.models)} records, {len(catalog.vocabularies)} vocabularies"
    counts = [(s, verdict.count(s)) for s in Severity]
    said = ", ".join(f"{n} {s}{'s' if n > 1 else ''}" for s, n in counts if n)
    return f"{said or 'no problems'} ({read})"


def main() -> None:
    """Runs the command line; the only place where an exception becomes an exit code."""
    try:
        app(prog_name="fmcatalog")
    except project.UsageError as error:
        print(f"fmcatalog: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:
        # The reader (head, less) has gone: that is its right, and no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        if os.environ.get("FMCATALOG_DEBUG"):
            raise
        print(
            f"fmcatalog: internal error ({type(error).__name__}: {str(error)[:200]}); please "
            "report it. FMCATALOG_DEBUG=1 shows where.",
            file=sys.stderr,
        )
        raise SystemExit(70) from None
