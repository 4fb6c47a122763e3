"""Records share what they have alike, and stay what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from fmcatalog.catalog import load, model_file
from fmcatalog.records import Source, listed, sharing
from fmcatalog.records.sharing import alike

TOY = Path(__file__).resolve().parents[1] / "data" / "toy"


def test_records_and_their_parts_share_the_sets_of_their_keys() -> None:
    loaded = load(TOY)
    models = loaded.catalog.models
    given = {id: set(loaded.documents[model_file(id)].value) for id in models}
    assert {id: model.model_fields_set for id, model in models.items()} == given
    sources = [source for model in models.values() for source in model.sources]
    kinds = {frozenset(source.model_fields_set) for source in sources}
    assert len({id(source.model_fields_set) for source in sources}) == len(kinds) < len(sources)


def test_equal_words_are_one_text() -> None:
    models = load(TOY).catalog.models.values()
    words = [word for model in models for source in model.sources for word in source.fields]
    assert len({id(word) for word in words}) == len(set(words)) < len(words)


def test_equal_parts_and_equal_lists_of_fields_are_one_value() -> None:
    twice = [*load(TOY).catalog.models.values(), *load(TOY).catalog.models.values()]
    for key in ("builds_on", "datasets", "training"):
        parts = [part for model in twice for part in listed(getattr(model, key))]
        assert len({id(part) for part in parts}) == len(set(parts)) < len(parts)
    fields = [source.fields for model in twice for source in model.sources]
    assert len({id(names) for names in fields}) == len(set(fields)) < len(fields)


def test_a_part_that_is_built_by_hand_is_one_of_its_own() -> None:
    given: dict[str, Any] = {"source": "azad-2023", "accessed": "2024-01-01"}
    one, other = Source(fields=("name",), **given), Source(fields=("name",), **given)
    assert one == other
    assert one is not other


VALUES: TypeAdapter[Any] = TypeAdapter(Annotated[dict[str, Any] | list[Any], alike()])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": True}),
        ([0], [False]),
        (["a", "b"], {"a": "b"}),
        ({"a": "b", "c": "d"}, {"a": "c", "b": "d"}),
        ({"a": ["b"]}, {"a": ["c"]}),
    ],
)
def test_what_only_looks_equal_is_kept_apart(one: Any, other: Any) -> None:
    for value in (one, other, one):
        found = VALUES.validate_python(value)
        assert repr(found) == repr(value)


def test_a_text_is_not_taken_for_the_list_of_its_letters() -> None:
    assert VALUES.validate_python(["a", "b"]) == ["a", "b"]
    with pytest.raises(ValidationError):
        VALUES.validate_python("ab")


def test_what_is_refused_is_refused_again() -> None:
    texts: TypeAdapter[Any] = TypeAdapter(Annotated[dict[str, int], alike()])
    for _ in range(2):
        assert texts.validate_python({"a": "1"}) == {"a": 1}
        with pytest.raises(ValidationError):
            texts.validate_python({"a": "b"})


def test_only_so_many_values_of_a_kind_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST", 2)
    values: TypeAdapter[Any] = TypeAdapter(Annotated[list[str], alike()])
    first = values.validate_python(["a"])
    assert values.validate_python(["a"]) is first
    assert [values.validate_python([word]) for word in "bcd"] == [["b"], ["c"], ["d"]]
    assert values.validate_python(["a"]) == first
    assert values.validate_python(["a"]) is not first
