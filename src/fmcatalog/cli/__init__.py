"""The command line: arguments to one call to an exit code.

Exit codes: 0 clean, 1 problems found in the data, 2 wrong usage, 70 a defect of ours.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from fmcatalog import __version__, diagnostics, project, sarif
from fmcatalog.cli import contributing, explaining, listing, terminal
from fmcatalog.cli.listing import Root
from fmcatalog.diagnostics import Severity
from fmcatalog.verdict import Verdict

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
    SARIF = "sarif"


class StatsFormat(StrEnum):
    """How counts are written."""

    TABLE = "table"
    JSON = "json"


class Engine(StrEnum):
    """What can draw the frames of the pages."""

    MKDOCS = "mkdocs"
    PROPERDOCS = "properdocs"
    ZENSICAL = "zensical"


class ExportKind(StrEnum):
    """What can be exported."""

    JSON = "json"
    CSV = "csv"
    TRAINING = "training"
    PARQUET = "parquet"
    TRAINING_PARQUET = "training-parquet"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    RIS = "ris"
    LATEX = "latex"
    SQLITE = "sqlite"
    SKOS = "skos"
    JSONLD = "jsonld"
    CHANGES = "changes"
    SCHEMAS = "schemas"
    ISSUE_FORM = "issue-form"


def _version(show: bool) -> None:
    if show:
        terminal.out(f"fmcatalog {__version__}")
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
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="First mend what is safe: aliases, letters, layout.")
    ] = False,
    root: Root = None,
) -> None:
    """Finds everything that is wrong with the catalog, all at once."""
    where = project.find_root(root)
    if fix:
        contributing.mend(where, paths or [])
    verdict = project.validate(where, paths or [])
    found = verdict.diagnostics
    writer: dict[Format, Callable[[], str]] = {
        Format.TEXT: lambda: diagnostics.as_text(found),
        Format.JSON: lambda: diagnostics.as_json(found),
        Format.GITHUB: lambda: diagnostics.as_github(found, project.rules_page()),
        Format.SARIF: lambda: sarif.as_sarif(found, __version__, project.rules_page()),
    }
    text = writer[format]()
    if text:
        terminal.out(text)
    if format is Format.TEXT:
        terminal.error(_summary(verdict))
    raise typer.Exit(1 if verdict.failed(strict=strict) else 0)


def _summary(verdict: Verdict) -> str:
    read = f"{verdict.records} records, {verdict.vocabularies} vocabularies"
    counts = [(s, verdict.count(s)) for s in Severity]
    said = ", ".join(f"{n} {s}{'s' if n > 1 else ''}" for s, n in counts if n)
    hidden = verdict.suppressions
    read += f", {hidden} suppression{'s' if hidden > 1 else ''}" if hidden else ""
    return f"{said or 'no problems'} ({read})"


app.command(name="list", cls=listing.Flags)(listing.list_models)
app.command()(explaining.explain)
app.command()(contributing.new)
app.command()(contributing.fmt)


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="Id or name of a record.", metavar="ID")],
    root: Root = None,
) -> None:
    """Shows one record, with where its values come from."""
    from fmcatalog.cli import tables

    catalog = project.catalog(project.find_root(root))
    tables.record(catalog, project.find_model(catalog, id))


@app.command()
def stats(
    format: Annotated[StatsFormat, typer.Option(help="How to write them.")] = StatsFormat.TABLE,
    root: Root = None,
) -> None:
    """Prints the counts: groups, facets, openness, completeness, debts."""
    from fmcatalog.cli import tables

    catalog = project.catalog(project.find_root(root))
    if format is StatsFormat.JSON:
        sys.stdout.buffer.write(project.exported(catalog, "statistics", None))
    else:
        tables.statistics(catalog)


@app.command()
def export(
    kind: Annotated[ExportKind, typer.Argument(help="What to write.", metavar="KIND")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File (for schemas: folder).")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where the committed file differs.")
    ] = False,
    root: Root = None,
) -> None:
    """Writes the catalog as a file, or its JSON Schemas or issue form.

    csv and parquet are one row a model, training and training-parquet one row a training stage;
    bibtex, csl-json and ris are the papers; latex is the survey's two tables and its taxonomy;
    changes are new records and corrected values. For some models: ``fmcatalog list --format``.
    """
    if kind is ExportKind.ISSUE_FORM and output is None:
        output = project.find_root(root) / ".github/ISSUE_TEMPLATE/new-paper.yml"
    if check and output is None and kind is not ExportKind.SCHEMAS:
        raise project.UsageError("--check needs -o FILE: the file to compare with")
    where = project.find_root(root)
    catalog = project.catalog(where)
    if kind is ExportKind.SCHEMAS:
        folder = output or where / "schemas"
        changed = project.export_schemas(catalog, folder, check=check)
        if check and changed:
            for name in changed:
                terminal.error(f"{name} is not what the code makes; run: fmcatalog export schemas")
            raise typer.Exit(1)
        return
    form = kind is ExportKind.ISSUE_FORM
    content = project.issue_form(catalog) if form else project.exported(catalog, kind.value, None)
    if output is None:
        sys.stdout.buffer.write(content)
    elif not check:
        project.write(output, content)
    elif not output.is_file() or output.read_bytes() != content:
        terminal.error(f"{output} is not what the catalog gives")
        raise typer.Exit(1)


@app.command()
def report(
    base: Annotated[str, typer.Option(help="Git revision to compare with.", metavar="REV")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File.", metavar="FILE")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Everything, even beyond what a forge takes.")
    ] = False,
    root: Root = None,
) -> None:
    """Says as Markdown what a change does to the catalog; removals first."""
    text = project.report(project.find_root(root), base, whole=whole)
    if output is None:
        sys.stdout.buffer.write(text.encode())
    else:
        project.write(output, text.encode())


@app.command()
def verify(
    place: Annotated[str, typer.Argument(help="Address of a site, or a folder.", metavar="PLACE")],
) -> None:
    """Checks a published copy against its manifest: every file, size and digest."""
    count, wrong = project.verify(place)
    for line in wrong:
        terminal.out(line)
    if wrong:
        terminal.error(f"{len(wrong)} differences in {place}")
        raise typer.Exit(1)
    files = "1 file" if count == 1 else f"{count} files, all"
    terminal.out(f"{files} as the manifest says: {place}")


@app.command()
def build(
    site_dir: Annotated[
        Path | None, typer.Option("--site-dir", help="Where the site goes.", metavar="DIR")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    engine: Annotated[Engine, typer.Option(help="What draws the frames.")] = Engine.MKDOCS,
    root: Root = None,
) -> None:
    """Validates, makes every page, runs the engine, and puts the site in place in one step."""
    where = project.find_root(root)
    loaded, verdict = project.checked(where)
    if verdict.diagnostics:
        terminal.out(diagnostics.as_text(verdict.diagnostics))
    if verdict.failed(strict=strict):
        terminal.error(f"{_summary(verdict)}; nothing was built")
        raise typer.Exit(1)
    # What was read stays until the end; of the pages' making, circles are left.
    gc.freeze()
    gc.set_threshold(100_000)
    gc.enable()
    with terminal.progress() as step:
        target = site_dir or where / "site"
        built = project.build(where, loaded, target, step, engine=engine.value)
    for problem in built.problems:
        terminal.error(problem)
    if built.problems:
        terminal.error("the site is not in order; the old one was left as it was")
        raise typer.Exit(1)
    for remark in built.remarks:
        terminal.error(remark)
    terminal.out(
        f"{built.pages} pages ({built.rewritten} rewritten), {built.files} files, "
        f"{built.seconds:.1f} s: {built.site}"
    )


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8000,
    root: Root = None,
) -> None:
    """Builds, serves at 127.0.0.1, watches the catalog, rebuilds and reloads."""
    from fmcatalog import live

    live.serve(project.find_root(root), port, terminal.out)


def main() -> None:
    """Runs the command line; the only place where an exception becomes an exit code."""
    # A command makes next to no circles and ends soon; looking for them among ten thousand
    # records would take a third of its time.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # The same bytes in every locale; in one of ASCII only, a name would end the program.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="fmcatalog")
    except project.UsageError as error:
        terminal.error(f"fmcatalog: {error}")
        raise SystemExit(2) from None
    except BrokenPipeError:
        # The reader (head, less) has gone: that is its right, and no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        if os.environ.get("FMCATALOG_DEBUG"):
            raise
        terminal.error(
            f"fmcatalog: internal error ({type(error).__name__}: {str(error)[:200]}); please "
            "report it. FMCATALOG_DEBUG=1 shows where."
        )
        raise SystemExit(70) from None
    finally:
        # The process ends here, and would look through all that it holds for circles once more.
        gc.freeze()
