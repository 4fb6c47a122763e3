"""What the command line says: plain lines, for people and for pipes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fmcatalog.diagnostics import visible


def out(text: str) -> None:
    """Writes a line for the reader or the pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def error(text: str) -> None:
    """Writes a line beside the output."""
    sys.stdout.flush()
    sys.stderr.write(text + "\n")


def visible_lines(text: str) -> str:
    """Makes unseen characters visible, line by line."""
    return "\n".join(visible(line) for line in text.split("\n"))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Shows what is being done, on a terminal only; gives the function that says it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("…") as status:
        yield lambda text: status.update(escape(text))
