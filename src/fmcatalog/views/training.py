"""What training took, stage by stage, beside what the survey printed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fmcatalog import records
from fmcatalog.catalog import Catalog
from fmcatalog.records import Missing, Quantity
from fmcatalog.rules import reconciliation
from fmcatalog.views import paths
from fmcatalog.views.parts import Fact, Value
from fmcatalog.views.provenance import Marks

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
_OPTIONAL = frozenset({"input_size", "sequence_length", "epochs", "iterations"})
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

    def __init__(self, catalog: Catalog) -> None:
        """Reconciles Table 2 once for all models."""
        self._catalog = catalog
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
        for label, key in _STAGE_FACTS:
            value = stage.total_memory if key == "total" else getattr(stage, key)
            if value is None and (key in _OPTIONAL or key == "total"):
                continue
            sources = marks[f"training.{stage.stage}.{key}"] if key != "total" else ()
            shown = self._stage_value(key, value, sources)
            facts.append(Fact(label, _with_print(shown, printed.get(key)) if printed else shown))
        label = str(stage.stage).replace("-", " ").capitalize()
        return Stage(label, tuple(facts))

    def _stage_value(
        self, key: str, value: str | Quantity | Missing | None, marks: tuple[int, ...]
    ) -> Value:
        if key == "gpu" and isinstance(value, str) and not isinstance(value, Missing):
            return Value(links=(paths.term_link(self._catalog, "gpu", value),), sources=marks)
        if isinstance(value, Quantity):
            note = "computed" if key == "total" else ""
            return Value(f"{value}{_UNITS.get(key, '')}", sources=marks, note=note)
        return quantity_value(value if isinstance(value, Missing) else None, marks)

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


def quantity_value(value: Quantity | Missing | None, marks: tuple[int, ...] = ()) -> Value:
    """Shows a quantity, or why there is none."""
    if isinstance(value, Quantity):
        return Value(str(value), sources=marks)
    return Value(missing=paths.missing_word(value), sources=marks)


def _with_print(value: Value, cell: reconciliation.Cell | None) -> Value:
    if cell is None or cell.verdict is not reconciliation.Verdict.EXPLAINED:
        return value
    return Value(
        value.text,
        value.missing,
        value.links,
        value.outlinks,
        sources=value.sources,
        erratum=f"survey/#erratum-{cell.errata[0]}",
        printed=cell.printed or "(an empty cell)",
        note=value.note,
    )
