"""What the pages say of the survey's models and of those that came later: true for any number."""

from __future__ import annotations

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import category, home, models, scope, statistics, taxonomy, timeline
from fmcatalog.views.page import Settings


def test_the_overviews_tell_the_survey_s_models_from_those_that_came_later(
    real: Catalog, settings: Settings
) -> None:
    count, later = len(real.models), len(stats.later(real))
    caption = home.view(real, settings).charts[0].caption
    assert "MedLSAM and 3DSAM-adapter stand in its text but not in its figure." in caption
    assert caption.endswith(f"{later} models were added since.")
    assert models.view(real).lede == (
        f"{count} models: the 40 of the survey's taxonomy; MedLSAM and 3DSAM-adapter, "
        f"which only its text describes; {later} that were added since. "
        f"By tier: {scope.split(real)}."
    )
    assert statistics.view(real, settings).lede.startswith(
        f"Counts over all {count} models of the catalog: the 40 of the survey's Figure 3, "
        f"2 that it describes beside the figure and {later} that were added since. By tier: 42 "
    )
    assert taxonomy.view(real).note.endswith(
        "MedLSAM and 3DSAM-adapter are described in its text and Table 1 only. "
        f"{later} models were added since."
    )
    assert timeline.view(real, settings).note.endswith(
        "It holds the 40 papers of the survey's Figure 3, MedLSAM and 3DSAM-adapter from its "
        f"text and {later} papers added since."
    )


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("contrastive", "The survey's figure counts 12 of them; {later} were added since."),
        (
            "adaptation",
            (
                "The survey's figure counts 8 of them; "
                "MedLSAM and 3DSAM-adapter it describes beside it; {later} were added since."
            ),
        ),
    ],
)
def test_a_group_tells_the_survey_s_models_from_those_that_came_later(
    group: str, said: str, real: Catalog
) -> None:
    later = sum(real.models[id].category == group for id in stats.later(real))
    tally = category.view(real, group).tally
    words = said.format(later=later)
    assert tally.endswith(words.replace("1 were", "1 was") if later == 1 else words)
    members = real.members("category", group)
    assert tally.startswith(f"{len(members)} of {len(real.models)} models: ")
