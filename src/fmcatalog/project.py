"""A checkout: where things are in it, and what is done to the whole: read, check, build."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fmcatalog.catalog import MODELS, Loaded, load
from fmcatalog.diagnostics import Diagnostic, Severity
from fmcatalog.rules import check


class UsageError(Exception):
    """The command cannot be carried out as it was given."""


@dataclass(frozen=True)
class Verdict:
    """What validation found.

    Attributes:
        loaded: The catalog.
        diagnostics: Everything found, or what concerns the paths asked for, sorted.
    """

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]

    def count(self, severity: Severity) -> int:
        """Counts the diagnostics of a severity."""
        return sum(d.severity is severity for d in self.diagnostics)

    def failed(self, *, strict: bool) -> bool:
        """Tells whether there are errors; with `strict`, whether there is anything at all."""
        return bool(self.diagnostics) if strict else self.count(Severity.ERROR) > 0


def find_root(start: Path | None = None) -> Path:
    """Finds the checkout that a folder is in.

    Args:
        start: Where to begin; the current folder when None.

    Raises:
        UsageError: No folder from there upwards holds a catalog.
    """
    begin = (start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / MODELS).is_dir():
            return folder
    raise UsageError(
        f"no catalog here: neither {begin} nor a folder above it has {MODELS}/; use --root DIR"
    )


def today() -> datetime.date:
    """Gives the current day; ``SOURCE_DATE_EPOCH`` fixes it, so that a run can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()


def validate(root: Path, paths: Sequence[Path] = ()) -> Verdict:
    """Reads and checks a catalog.

    Args:
        root: The checkout.
        paths: Files or folders to report on; everything when empty. The whole catalog is read
            in any case, since a record is also wrong by what another one says.

    Raises:
        UsageError: A path does not exist or is outside the checkout.
    """
    wanted = [_relative(root, path) for path in paths]
    loaded = load(root)
    found = check(loaded, today())
    if wanted:
        found = [d for d in found if _concerns(d, wanted)]
    return Verdict(loaded, tuple(found))


def _relative(root: Path, path: Path) -> str:
    full = Path(os.path.normpath(Path.cwd() / path))
    # normpath, not resolve: a link in the catalog is to be reported, not followed.
    if not os.path.lexists(full):
        raise UsageError(f"no such file: {path}")
    try:
        return full.relative_to(root).as_posix()
    except ValueError:
        raise UsageError(f"{path} is outside {root}") from None


def _concerns(diagnostic: Diagnostic, wanted: Sequence[str]) -> bool:
    return any(
        file == want or file.startswith(f"{want}/") or want == "."
        for file in (diagnostic.place.file, diagnostic.concerns)
        if file
        for want in wanted
    )
