"""The page of one model."""

from __future__ import annotations

from fmcatalog.catalog import Catalog
from fmcatalog.views import model
from fmcatalog.views.page import Settings


def test_a_mistake_of_the_survey_is_named_at_the_value(real: Catalog, settings: Settings) -> None:
    seen = model.Models(real, settings, dict.fromkeys(real.models, ""))
    views = {id: seen.view(id) for id in real.models}
    for survey in real.surveys.values():
        for erratum in survey.errata:
            for id in erratum.models or ():
                for field in erratum.fields or ():
                    page, _, named = views[id].doubts[field].partition("#erratum-")
                    assert page == f"models/{id}/"
                    # Where two are about one value, the first named leads past the other.
                    assert {named, erratum.id} <= {entry.id for entry in views[id].errata}
    said = {fact.label: fact.value.erratum for fact in views["retfound"].facts}
    assert said["First version"] == "models/retfound/#erratum-list-date-retfound"
    assert said["Group"] == "models/retfound/#erratum-generalist-family"
    assert said["DOI"] == ""


def test_every_mark_of_a_fact_has_a_source_that_names_it(real: Catalog, settings: Settings) -> None:
    seen = model.Models(real, settings, dict.fromkeys(real.models, ""))
    for view in map(seen.view, real.models):
        words = {source.number: source.words for source in view.sources}
        for fact in (*view.facets, *view.facts):
            assert all(words[number] for number in fact.value.sources), (view.id, fact.label)


def test_a_correction_is_told_on_the_page(toy: Catalog, settings: Settings) -> None:
    seen = model.Models(toy, settings, dict.fromkeys(toy.models, ""))
    (told,) = seen.view("lumen").corrections
    assert told.label == "2024-06-10, training.pre-training.epochs"
    assert told.value.text == "13 → 30. Two digits of an invented number were swapped."
    assert seen.view("harbor").corrections == ()
