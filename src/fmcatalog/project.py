"""A checkout: where things are in it, and what is done to the whole: read, check, build."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fmcatalog.catalog import MODELS, Catalog, Loaded, load
from fmcatalog.diagnostics import Diagnostic, nearest
from fmcatalog.documents import NoRevision, Revision
from fmcatalog.verdict import Reading, Verdict

if TYPE_CHECKING:
    from fmcatalog.contribute.beginning import Begun
    from fmcatalog.contribute.formatting import Formatted
    from fmcatalog.site import Built


class UsageError(Exception):
    """The command cannot be carried out as it was given."""


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


def today() -> dt.date:
    """Gives the current day; ``SOURCE_DATE_EPOCH`` fixes it, so that a run can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now(dt.UTC).date()


def rules_page() -> str:
    """Gives the page that explains every code; empty when the address of the site is not set."""
    return f"{site_address()}contribute/" if site_address() else ""


def site_address() -> str:
    """Gives the whole address of the site, with a slash at its end; empty when it is not set."""
    site = os.environ.get("FMCATALOG_SITE_URL", "").strip().rstrip("/")
    return f"{site}/" if site else ""


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
    reading = Reading(root, today())
    verdict = reading.remembered() or reading.verdict(reading.load())
    if wanted:
        found = (d for d in verdict.diagnostics if _concerns(d, wanted))
        verdict = replace(verdict, diagnostics=tuple(found))
    return verdict


def checked(root: Path) -> tuple[Loaded, Verdict]:
    """Reads and checks a catalog that is going to be used; its records are remembered.

    Their texts are let go of: what is wrong with them has been said.
    """
    reading = Reading(root, today())
    loaded = reading.load()
    verdict = reading.remembered() or reading.verdict(loaded)
    reading.remember(loaded)
    kept = {file: d for file, d in loaded.documents.items() if not file.startswith(f"{MODELS}/")}
    return replace(loaded, documents=kept), verdict


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


def report(root: Path, base: str, *, whole: bool = False) -> str:
    """Explains, as Markdown, what the working tree does to the catalog of a git revision.

    Args:
        root: The checkout.
        base: The revision to compare with.
        whole: Everything, whatever its length.

    Raises:
        UsageError: There is no such revision.
    """
    from fmcatalog.changes import compare, markdown

    try:
        with Revision(root, base) as tree:
            before = load(tree)
    except NoRevision as error:
        raise UsageError(str(error)) from None
    return markdown.explain(compare(before, load(root), today()), whole=whole)


def catalog(root: Path) -> Catalog:
    """Reads a catalog to be used, not judged: what cannot be read is left out.

    Raises:
        UsageError: Nothing at all could be read.
    """
    loaded = load(root)
    if not loaded.catalog.models:
        raise UsageError("no record could be read; fmcatalog validate says why")
    return loaded.catalog


def find_model(catalog: Catalog, word: str) -> str:
    """Finds a record by its id, name or alias.

    Raises:
        UsageError: There is none; the message names the nearest.
    """
    names = {id.casefold(): id for id in catalog.models}
    for id, model in catalog.models.items():
        for name in (model.name, *(model.aliases or ())):
            names.setdefault(name.casefold(), id)
    found = names.get(word.casefold())
    if found is not None:
        return found
    near = nearest(word, names)
    hint = f"; did you mean '{names[near[0]]}'?" if near else ""
    raise UsageError(f"no model '{word}'{hint}")


def exported(catalog: Catalog, kind: str, ids: Sequence[str] | None) -> bytes:
    """Gives models in an export format, or the whole as ``statistics`` or ``sqlite``.

    Args:
        catalog: The catalog.
        kind: A key of ``export.WRITERS`` or ``export.WHOLE``.
        ids: The models in their order; all when not given.

    Raises:
        UsageError: The kind needs a library that is not installed.
    """
    from fmcatalog import export

    try:
        if kind in export.WHOLE:
            return export.WHOLE[kind](catalog)
        return export.WRITERS[kind](catalog, ids)
    except ModuleNotFoundError as error:
        raise UsageError(f"{kind} needs {error.name}: pip install 'fmcatalog[parquet]'") from None


def export_schemas(catalog: Catalog, folder: Path, *, check: bool) -> list[str]:
    """Writes the JSON Schemas, or only tells which ones would change.

    Returns:
        Names of the files that differed.
    """
    from fmcatalog import export

    changed = []
    for artifact in export.schemas(catalog):
        path = folder / artifact.uri
        if not path.is_file() or path.read_bytes() != artifact.content:
            changed.append(path.name)
            if not check:
                write(path, artifact.content)
    return changed


def write(path: Path, content: bytes) -> None:
    """Writes one file in one step.

    Raises:
        UsageError: It cannot be written there.
    """
    from fmcatalog import artifacts

    try:
        artifacts.write(path, content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None


def format_files(
    root: Path, paths: Sequence[Path], *, check: bool = False, catalog: Catalog | None = None
) -> list[Formatted]:
    """Puts files into the canonical layout; every record when no path is given.

    Args:
        root: The checkout.
        paths: Files or folders.
        check: Write nothing.
        catalog: With it, words that are no terms are mended where it is certain what they mean.
    """
    from fmcatalog.contribute import formatting

    wanted = [_relative(root, path) for path in paths]
    done = [
        formatting.formatted(root, file, catalog)
        for file in formatting.files(root, wanted)
        if catalog is None or file.startswith(f"{MODELS}/")
    ]
    for one in done:
        if one.after is not None and one.changed and not check:
            write(root / one.file, one.after.encode())
    return done


def begin(
    root: Path,
    id: str,
    *,
    arxiv: str,
    doi: str,
    bibtex: Path | None,
    issue: Path | None,
    say: Callable[[str], None],
) -> Begun | None:
    """Makes a new record, in memory; None where there cannot be one, which `say` is told.

    Raises:
        UsageError: Nobody answers, or the issue cannot be read.
    """
    from fmcatalog.contribute import beginning
    from fmcatalog.contribute.network import Unreachable
    from fmcatalog.contribute.work import Refused

    try:
        if issue is not None:
            body = issue.read_bytes()[: 256 * 1024].decode("utf-8-sig", "replace")
            return beginning.begin_from_issue(root, body, today(), id)
        return beginning.begin(root, id, beginning.Asked(arxiv, doi, bibtex), today())
    except Refused as error:
        say(str(error))
        return None
    except Unreachable as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"cannot read {issue}: {error.strerror}") from None


def issue_form(catalog: Catalog) -> bytes:
    """Gives the issue form for a new paper; see :mod:`fmcatalog.contribute.form`."""
    from fmcatalog.contribute import form

    return form.template(catalog)


def build(
    root: Path,
    loaded: Loaded,
    target: Path,
    say: Callable[[str], None],
    *,
    engine: str = "mkdocs",
) -> Built:
    """Makes the site of a catalog; see :func:`fmcatalog.site.build`."""
    from fmcatalog import artifacts, export, site

    catalog = loaded.catalog
    entries = export.Entries(catalog)
    source = site.Source(
        root,
        catalog,
        partial(export.api, catalog, site_address(), entries=entries),
        entries,
        loaded.digests,
        loaded.world,
        loaded.known,
    )
    try:
        return site.build(source, target, say, name=engine)
    except (artifacts.Busy, artifacts.Foreign) as error:
        raise UsageError(str(error)) from None


def verify(place: str) -> tuple[int, list[str]]:
    """Compares a published copy, or a built folder, with its manifest.

    Args:
        place: Address of the site, or a folder.

    Returns:
        How many files the manifest names, and what is not as it says.

    Raises:
        UsageError: There is no manifest, or it cannot be read.
    """
    from fmcatalog import manifest
    from fmcatalog.contribute import network, work

    online = place.startswith(("https://", "http://"))
    asked = network.Network(network.Settings(pause=0.05, instead="")) if online else None
    top = place.rstrip("/")

    def fetch(path: str) -> bytes | None:
        if asked is not None:
            return asked.get(top, f"{top}/{quote(path)}")
        file = Path(place) / path
        return file.read_bytes() if file.is_file() else None

    try:
        content = fetch(manifest.NAME)
        if content is None:
            raise UsageError(f"{place} has no {manifest.NAME}: it is no site of this catalog")
        entries = manifest.read(content)
        wrong = list(manifest.differences(entries, fetch))
        if asked is None:
            wrong += manifest.strangers(entries, Path(place))
    except (manifest.Unfit, network.Unreachable, work.Refused) as error:
        raise UsageError(str(error)) from None
    finally:
        if asked is not None:
            asked.close()
    return len(entries), [f"{path} {what}" for path, what in wrong]
