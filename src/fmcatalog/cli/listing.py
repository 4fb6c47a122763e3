"""The explorer in a terminal: its options are named as in the site's addresses."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand

from fmcatalog import project
from fmcatalog.cli import terminal
from fmcatalog.selection import Query, UnknownWord, Unlisted, select, unlisted

Root = Annotated[
    Path | None,
    typer.Option(
        "--root", help="Checkout to work in; found upwards when not given.", metavar="DIR"
    ),
]


class ListFormat(StrEnum):
    """How models are listed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    RIS = "ris"
    LATEX = "latex"


class Flags(TyperCommand):
    """A command whose ``--code`` and ``--weights`` may stand alone, and may begin with ``no-``."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Writes the short forms out: ``--code`` is ``--code public``."""
        written: list[str] = []
        for place, word in enumerate(args):
            following = args[place + 1] if place + 1 < len(args) else "-"
            if word in {"--no-code", "--no-weights"}:
                written += [word.replace("no-", ""), "unknown"]
            elif word in {"--code", "--weights"} and following.startswith("-"):
                written += [word, "public"]
            else:
                written.append(word)
        return super().parse_args(ctx, written)


Several = typer.Option(help="A term, its alias, or 'unknown'; repeat to widen.", metavar="TERM")
Open = typer.Option(
    help="'public' (also when nothing follows) or 'unknown'; repeat to widen.", metavar="[WORD]"
)
Commercial = typer.Option(
    help="allowed, not-allowed or depends, by the licence of the weights; or 'unknown'.",
    metavar="WORD",
)
Year = typer.Option(help="Year of the first public version.", metavar="YEAR")
Origin = typer.Option(help="survey, figure-3, beside-the-figure or living.", metavar="WORD")
Tiers = typer.Option(help="surveyed, reviewed or listed: how far it was checked.", metavar="WORD")
Reviewed = typer.Option(help="yes or no: read by a second person.", metavar="WORD")
Many = list[str] | None


def _limit(text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(help=text, metavar="N")
    return option


def list_models(
    category: Annotated[Many, Several] = None,
    modality: Annotated[Many, Several] = None,
    organ: Annotated[Many, Several] = None,
    task: Annotated[Many, Several] = None,
    code: Annotated[Many, Open] = None,
    weights: Annotated[Many, Open] = None,
    weights_licence: Annotated[Many, Several] = None,
    commercial_use: Annotated[Many, Commercial] = None,
    licence: Annotated[Many, Several] = None,
    year: Annotated[Many, Year] = None,
    algorithm: Annotated[Many, Several] = None,
    gpu: Annotated[Many, Several] = None,
    base_model: Annotated[Many, Several] = None,
    dataset: Annotated[Many, Several] = None,
    origin: Annotated[Many, Origin] = None,
    tier: Annotated[Many, Tiers] = None,
    reviewed: Annotated[Many, Reviewed] = None,
    text: Annotated[str, typer.Option("--text", "-q", help="Words in name, title, authors.")] = "",
    min_gpus: Annotated[float | None, _limit("Cards, at least.")] = None,
    max_gpus: Annotated[float | None, _limit("Cards, at most.")] = None,
    min_gpu_memory: Annotated[float | None, _limit("GB of one card, at least.")] = None,
    max_gpu_memory: Annotated[float | None, _limit("GB of one card, at most.")] = None,
    min_total_memory: Annotated[float | None, _limit("GB of all cards, at least.")] = None,
    max_total_memory: Annotated[float | None, _limit("GB of all cards, at most.")] = None,
    min_gpu_hours: Annotated[float | None, _limit("GPU hours, at least.")] = None,
    max_gpu_hours: Annotated[float | None, _limit("GPU hours, at most.")] = None,
    format: Annotated[ListFormat, typer.Option(help="How to write them.")] = ListFormat.TABLE,
    root: Root = None,
) -> None:
    """Lists models: the explorer in a terminal. Options narrow, repeated ones widen."""
    words = {
        "category": category,
        "modality": modality,
        "organ": organ,
        "task": task,
        "code": code,
        "weights": weights,
        "weights-licence": weights_licence,
        "commercial-use": commercial_use,
        "licence": licence,
        "year": year,
        "algorithm": algorithm,
        "gpu": gpu,
        "base-model": base_model,
        "dataset": dataset,
        "origin": origin,
        "tier": tier,
        "reviewed": reviewed,
    }
    query = Query(
        facets={facet: given for facet, given in words.items() if given},
        text=text,
        min_gpus=min_gpus,
        max_gpus=max_gpus,
        min_gpu_memory=min_gpu_memory,
        max_gpu_memory=max_gpu_memory,
        min_total_memory=min_total_memory,
        max_total_memory=max_total_memory,
        min_gpu_hours=min_gpu_hours,
        max_gpu_hours=max_gpu_hours,
    )
    catalog = project.catalog(project.find_root(root))
    try:
        ids = select(catalog, query)
    except UnknownWord as error:
        raise project.UsageError(str(error)) from None
    if format is ListFormat.TABLE:
        from fmcatalog.cli import tables

        tables.table(catalog, ids)
    else:
        sys.stdout.buffer.write(project.exported(catalog, format.value, ids))
    for more in unlisted(catalog, query):
        terminal.error(_left_out(more))


def _left_out(more: Unlisted) -> str:
    """Says which models a filter leaves out in silence, and what includes them."""
    about = f"{more.count} more of which '{more.label}' is unknown"
    if more.option is None:
        return f"{about}: no limit includes them"
    add = f"add --{more.key} {more.option.id}"
    if more.unknown:
        return f"{about}: {add}"
    says = "says" if more.count == 1 else "say"
    return f"{more.count} more {says} '{more.option.label}', not which: {add}"
