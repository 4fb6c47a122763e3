"""What training took, stage by stage, beside what the survey printed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from fmcatalog import records
from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Quantity
from fmcatalog.rules import reconciliation
from fmcatalog.views import paths
from fmcatalog.views.facts import Said
from fmcatalog.views.parts import Fact, Value
from fmcatalog.views.provenance import Marks, Numbers

_STAGE_FACTS = (
    ("GPU", "gpu"),
    ("GPUs", "gpu_count"),
    ("Memory each", "gpu_memory_gb"),
    ("Memory together", "total"),
    ("GPU hours", "gpu_hours"),
    ("Input size", "input_size"),
    ("Sequence length", "sequence_length"),
    ("Batch size", "batch_size"),
    ("Epochs", "epochs"),
    ("Iterations", "iterations"),
)
_OPTIONAL = frozenset({"total", "input_size", "sequence_length", "epochs", "iterations"})
_PRINTED = {
    "gpu_model": "gpu",
    "gpu_count": "gpu_count",
    "gpu_memory_gb": "gpu_memory_gb",
    "total_gpu_memory_gb": "total",
    "gpu_hours": "gpu_hours",
    "input_size": "input_size",
    "batch_size": "batch_size",
    "epochs": "epochs",
}
_UNITS = {"gpu_memory_gb": " GB", "total": " GB"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of training: its name and what was reported."""

    label: str
    facts: tuple[Fact, ...]


class Training:
    """The training of every model, with the rows of the survey's Table 2."""

    def __init__(self, catalog: Catalog, said: Said) -> None:
        """Reconciles Table 2 once for all models."""
        self._catalog = catalog
        self._said = said
        self._gpu = cache(partial(_gpu, catalog))
        self._printed: dict[str, dict[str, reconciliation.Cell]] = {}
        self._rows: dict[str, int] = {}
        for data in catalog.surveys.values():
            for row, (id, cells) in enumerate(reconciliation.table2(catalog, data), start=1):
                if id is not None:
                    self._rows[id] = row
                    self._printed[id] = {c.column: c for c in cells}

    def stages(self, id: str, marks: Marks) -> tuple[Stage, ...]:
        """Makes the stages of a model.

        Args:
            id: Id of its record.
            marks: The sources of its values.
        """
        stages = self._catalog.models[id].stages
        cells = self._printed.get(id, {}) if len(stages) == 1 else {}
        printed = {_PRINTED[c]: cell for c, cell in cells.items() if c in _PRINTED}
        return tuple([self._stage(stage, marks, printed) for stage in stages])

    def _stage(
        self,
        stage: records.Stage,
        marks: Marks,
        printed: Mapping[str, reconciliation.Cell],
    ) -> Stage:
        facts = []
        name = f"training.{stage.stage}"
        above, values = marks[name], vars(stage)
        for label, key in _STAGE_FACTS:
            value = stage.total_memory if key == "total" else values[key]
            if value is None and key in _OPTIONAL:
                continue
            sources = marks.get(f"{name}.{key}", above) if key != "total" else ()
            shown = self._fact(label, key, value, sources)
            facts.append(_with_print(shown, printed.get(key)) if printed else shown)
        return Stage(str(stage.stage).replace("-", " ").capitalize(), tuple(facts))

    def _fact(
        self, label: str, key: str, value: str | Quantity | Missing | None, sources: Numbers
    ) -> Fact:
        if isinstance(value, str) and not isinstance(value, Missing):
            return self._gpu(label, value, sources)
        note = "computed" if key == "total" else ""
        return self._said.quantity(label, value, sources, _UNITS.get(key, ""), note)

    def note(self, id: str) -> str:
        """Says how the stages relate to the survey's Table 2."""
        model = self._catalog.models[id]
        row = self._rows.get(id)
        if row is None:
            if model.training is None:
                return "Training was not looked up; the survey's Table 2 has no row for it."
            if isinstance(model.training, Missing):
                return f"Training: {str(model.training).replace('-', ' ')}."
            return "The survey's Table 2 has no row for it; these figures come from other sources."
        cells = self._printed[id].values()
        explained = sum(c.verdict is reconciliation.Verdict.EXPLAINED for c in cells)
        if not explained:
            return f"Row {row} of the survey's Table 2 says the same."
        differ = "one cell differs" if explained == 1 else f"{explained} cells differ"
        return f"Row {row} of the survey's Table 2; {differ}, see below."


def _gpu(catalog: Catalog, label: str, card: str, sources: Numbers) -> Fact:
    links = (paths.term_link(catalog, "gpu", card),)
    return Fact(label, Value(links=links, sources=sources), common=True)


def _with_print(fact: Fact, cell: reconciliation.Cell | None) -> Fact:
    if cell is None or cell.verdict is not reconciliation.Verdict.EXPLAINED:
        return fact
    erratum = f"survey/#erratum-{cell.errata[0]}"
    printed = cell.printed or "(an empty cell)"
    return Fact(fact.label, fact.value._replace(erratum=erratum, printed=printed))
