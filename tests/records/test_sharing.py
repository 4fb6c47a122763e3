"""Records share what they have alike, and stay what they are."""

from __future__ import annotations

from pathlib import Path

from fmcatalog.catalog import load
from fmcatalog.records import share_keys

TOY = Path(__file__).resolve().parents[1] / "data" / "toy"


def test_records_and_their_parts_share_the_sets_of_their_keys() -> None:
    models = load(TOY).catalog.models
    given = {id: model.model_fields_set.copy() for id, model in models.items()}
    share_keys(models.values())
    sources = [source for model in models.values() for source in model.sources]
    assert {id: model.model_fields_set for id, model in models.items()} == given
    kinds = {frozenset(source.model_fields_set) for source in sources}
    assert len({id(source.model_fields_set) for source in sources}) == len(kinds) < len(sources)


def test_equal_words_are_one_text() -> None:
    models = load(TOY).catalog.models.values()
    words = [word for model in models for source in model.sources for word in source.fields]
    assert len({id(word) for word in words}) == len(set(words)) < len(words)
