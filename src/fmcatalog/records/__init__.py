"""The shape of every YAML file of the catalog. The only room that knows pydantic."""

from __future__ import annotations

from fmcatalog.records.base import Missing, Shape
from fmcatalog.records.dates import PartialDate
from fmcatalog.records.model import (
    FACET_FIELDS,
    Correction,
    Model,
    Parent,
    Relation,
    Stage,
    StageName,
    Use,
    listed,
)
from fmcatalog.records.quantities import Quantity
from fmcatalog.records.reading import read, read_rows, shaped
from fmcatalog.records.remedies import Offered
from fmcatalog.records.sharing import Keys
from fmcatalog.records.source import Citation, Source, link
from fmcatalog.records.suppressions import Suppression, Suppressions
from fmcatalog.records.survey import (
    TABLE2_COLUMNS,
    Errata,
    Erratum,
    Figure3Row,
    Survey,
    Table1Row,
    Table2Row,
)
from fmcatalog.records.vocabulary import Facet, Match, Term, Vocabulary

__all__ = [
    "FACET_FIELDS",
    "TABLE2_COLUMNS",
    "Citation",
    "Correction",
    "Errata",
    "Erratum",
    "Facet",
    "Figure3Row",
    "Keys",
    "Match",
    "Missing",
    "Model",
    "Offered",
    "Parent",
    "PartialDate",
    "Quantity",
    "Relation",
    "Shape",
    "Source",
    "Stage",
    "StageName",
    "Suppression",
    "Suppressions",
    "Survey",
    "Table1Row",
    "Table2Row",
    "Term",
    "Use",
    "Vocabulary",
    "link",
    "listed",
    "read",
    "read_rows",
    "shaped",
]
