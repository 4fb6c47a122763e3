"""What came since the survey: every model once, in its quarter and group."""

from __future__ import annotations

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths, since
from fmcatalog.views.page import Settings


def test_every_later_model_stands_once_in_its_quarter_and_group(
    catalog: Catalog, settings: Settings
) -> None:
    view = since.view(catalog, settings)
    shown = []
    for batch in (*view.batches, *view.before):
        for group in batch.groups:
            assert group.count == len(group.members)
            for member in group.members:
                id = member.link.path.split("/")[1]
                shown.append(id)
                assert member.tier == catalog.tier(id).value
                assert group.badge == paths.badge(catalog, catalog.models[id].category)
                if batch in view.batches:
                    assert batch.anchor == f"q{catalog.models[id].published.quarter.lower()}"
    assert sorted(shown) == sorted(stats.later(catalog))


def test_the_newest_quarter_comes_first_and_older_papers_stand_apart(
    real: Catalog, settings: Settings
) -> None:
    view = since.view(real, settings)
    anchors = [batch.anchor for batch in view.batches]
    assert anchors == sorted(anchors, reverse=True)
    (day,) = {data.survey.published.first for data in real.surveys.values()}
    for batch in view.batches:
        for member in (m for group in batch.groups for m in group.members):
            assert real.models[member.link.path.split("/")[1]].published.first >= day
    for batch in view.before:
        for member in (m for group in batch.groups for m in group.members):
            assert real.models[member.link.path.split("/")[1]].published.first < day


def test_a_catalog_that_ends_with_the_survey_says_so(real: Catalog, settings: Settings) -> None:
    ids = [id for id in real.models if id not in set(stats.later(real))]
    only = Catalog.of(
        {id: real.models[id] for id in ids}, real.vocabularies.values(), real.surveys.values()
    )
    view = since.view(only, settings)
    assert view.lede == "Nothing has been added since the survey."
    assert (view.figure, view.batches, view.before) == (None, (), ())
