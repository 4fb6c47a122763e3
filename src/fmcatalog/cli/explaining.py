"""What a code means, in a terminal: what is wrong, why it matters, how to mend it."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from fmcatalog import project
from fmcatalog.cli import terminal
from fmcatalog.diagnostics import CODES, Code, nearest
from fmcatalog.rules.suppression import never


def explain(
    codes: Annotated[
        list[str] | None,
        typer.Argument(help="Codes as a message has them in brackets.", metavar="CODE"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Explain every code.")] = False,
) -> None:
    """Explains codes: what is wrong, why it matters, how to mend it."""
    if bool(codes) == everything:
        raise project.UsageError("name a code, such as F301, or ask for --all")
    wanted = sorted(CODES) if everything else [_known(code) for code in codes or ()]
    terminal.out("\n\n".join(_explained(CODES[code]) for code in wanted))


def _known(word: str) -> str:
    code = word.strip("[]").upper()
    code = f"F{code}" if code.isdigit() else code
    if code in CODES:
        return code
    near = nearest(code, sorted(CODES))
    hint = f"did you mean '{near[0]}'?" if near else "--all lists them"
    raise project.UsageError(f"no code '{terminal.visible_lines(word[:40])}'; {hint}")


def _explained(code: Code) -> str:
    suppressed = (
        "It can never be suppressed."
        if never(code.id)
        else "Where it is right and stays: an entry with a reason in catalog/suppressions.yaml."
    )
    lines = [
        f"{code.id} ({code.severity}) {code.what}",
        f"Why: {code.why}",
        f"Mend: {code.mend}",
        suppressed,
    ]
    filled = [textwrap.fill(line, 96, subsequent_indent="      ") for line in lines]
    page = project.rules_page()
    return "\n".join([*filled, f"More: {page}#{code.id}"] if page else filled)
