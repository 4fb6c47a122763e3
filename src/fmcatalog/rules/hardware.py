"""Rules on hardware: numbers that contradict each other or the cards."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fmcatalog.diagnostics import Diagnostic, Severity, rule
from fmcatalog.records import Missing, Quantity
from fmcatalog.rules.context import Context


@rule("F330")
def memory_variant(context: Context) -> Iterator[Diagnostic]:
    """A memory size that the card was never sold with.

    Why: either the card or the size is wrong, and both are what people plan by.

    Mend: correct one of them, or add the size to the card in the gpu vocabulary with a source.
    """
    for id, model in context.catalog.models.items():
        for index, stage in enumerate(model.stages):
            if stage.gpu is None or isinstance(stage.gpu, Missing):
                continue
            term = context.catalog.term("gpu", context.catalog.resolve("gpu", stage.gpu) or "")
            memory = stage.gpu_memory_gb
            size = memory.exact if isinstance(memory, Quantity) else None
            if term is None or term.memory_gb is None or size is None:
                continue
            if size not in {Decimal(m) for m in term.memory_gb}:
                sold = " or ".join(map(str, term.memory_gb))
                yield context.model(
                    id,
                    ("training", index, "gpu_memory_gb"),
                    "F330",
                    f"{term.label} was not sold with {memory} GB",
                    f"one card has {sold} GB; a sum is total_gpu_memory_gb",
                )


@rule("F331")
def total_memory(context: Context) -> Iterator[Diagnostic]:
    """A total memory that is not the number of cards times the memory of one.

    Why: the total is computed; a written one that differs means that a factor is wrong.

    Mend: correct the factor, or leave total_gpu_memory_gb out.
    """
    for id, model in context.catalog.models.items():
        for index, stage in enumerate(model.stages):
            count, memory = stage.gpu_count, stage.gpu_memory_gb
            total = stage.total_gpu_memory_gb
            if not (isinstance(count, Quantity) and isinstance(memory, Quantity)):
                continue
            product = count.times(memory)
            if isinstance(total, Quantity) and product is not None and product != total:
                yield context.model(
                    id,
                    ("training", index, "total_gpu_memory_gb"),
                    "F331",
                    f"{count} cards of {memory} GB have {product} GB, not {total} GB",
                    "leave the total out (it is computed), or correct a factor",
                )


@rule("F332", Severity.WARNING)
def impossible_time(context: Context) -> Iterator[Diagnostic]:
    """A card count that is not plausible for one training run (more than 100,000).

    Why: most likely the number of images or steps went into the wrong key.

    Mend: look the number up again.
    """
    for id, model in context.catalog.models.items():
        for index, stage in enumerate(model.stages):
            count = stage.gpu_count
            if isinstance(count, Quantity) and count.largest > 100_000:
                path = ("training", index, "gpu_count")
                message = f"{count} cards are too many for one training"
                help = "look it up again: it may be a number of images or of steps"
                yield context.model(id, path, "F332", message, help)


RULES = (memory_variant, total_memory, impossible_time)
