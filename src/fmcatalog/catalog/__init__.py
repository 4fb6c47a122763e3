"""The catalog: the aggregate of every record, term and survey, and how it is read."""

from __future__ import annotations

from fmcatalog.catalog.aggregate import (
    MODELS,
    SUPPRESSIONS,
    SURVEYS,
    VOCABULARIES,
    Catalog,
    SurveyData,
    Tier,
    model_file,
    remembered,
    survey_file,
    vocabulary_file,
    words,
)
from fmcatalog.catalog.loading import Loaded, load

__all__ = [
    "MODELS",
    "SUPPRESSIONS",
    "SURVEYS",
    "VOCABULARIES",
    "Catalog",
    "Loaded",
    "SurveyData",
    "Tier",
    "load",
    "model_file",
    "remembered",
    "survey_file",
    "vocabulary_file",
    "words",
]
