"""The taxonomy: the living catalog's view, and the survey's unchanged beside it."""

from __future__ import annotations

import pytest

from fmcatalog import stats
from fmcatalog.catalog import Catalog
from fmcatalog.views import paths, taxonomy
from fmcatalog.views.figures import Branch, TreeDrawing
from fmcatalog.views.parts import TreeNode


def leaves(nodes: tuple[TreeNode, ...]) -> list[str]:
    return [
        *(leaf.path.split("/")[1] for node in nodes for leaf in node.leaves),
        *(path for node in nodes for path in leaves(node.children)),
    ]


def groups(nodes: tuple[Branch, ...]) -> list[Branch]:
    return [child for node in nodes for child in node.children]


def test_the_survey_s_view_has_its_forty_models_in_its_six_groups(real: Catalog) -> None:
    view = taxonomy.survey(real)
    drawing = view.figure.drawing
    assert isinstance(drawing, TreeDrawing)
    counts = [group.count for group in groups(drawing.nodes)]
    assert sorted(counts, reverse=True) == [12, 9, 8, 6, 3, 2]
    assert len(drawing.nodes) == 2
    shown = leaves(view.tree)
    assert sorted(shown) == sorted(stats.surveyed(real))
    notes = {
        leaf.path.split("/")[1]: leaf.note
        for node in view.tree
        for child in node.children
        for leaf in child.leaves
    }
    (data,) = real.surveys.values()
    assert notes == {row.model: f"No. {row.number}" for row in data.figure3}
    assert view.new == ()


def test_the_two_views_lead_to_each_other(real: Catalog) -> None:
    for view, path in (
        (taxonomy.view(real), "taxonomy/"),
        (taxonomy.survey(real), taxonomy.SURVEY),
    ):
        assert [tab.link.path for tab in view.tabs] == ["taxonomy/", "survey/taxonomy/"]
        assert [tab.link.path for tab in view.tabs if tab.current] == [path]


def test_the_living_view_has_every_model_with_its_tier(real: Catalog) -> None:
    view = taxonomy.view(real)
    assert sorted(leaves(view.tree)) == sorted(real.models)
    drawing = view.figure.drawing
    assert isinstance(drawing, TreeDrawing)
    assert sum(node.count for node in drawing.nodes) == len(real.models)
    said = {link.path for link, _ in view.new}
    assert said == {
        paths.term_path("category", term.id)
        for term in real.terms["category"].values()
        if term.since
    }


def test_each_family_has_a_form_of_its_own_and_its_groups_too(real: Catalog) -> None:
    drawing = taxonomy.view(real).figure.drawing
    assert isinstance(drawing, TreeDrawing)
    forms = [node.shape for node in drawing.nodes]
    assert forms == ["textual", "visual", "vision"]
    for node in drawing.nodes:
        assert {child.shape for child in node.children} == {node.shape}
    colours = [kind.colour for kind in paths.group_kinds(real)]
    assert len(set(colours)) == len(colours)


def test_the_survey_s_groups_keep_their_colours(real: Catalog) -> None:
    colours = {kind.id: kind.colour for kind in paths.group_kinds(real)}
    six = ("contrastive", "generative", "hybrid", "conversational", "adaptation", "generalist")
    assert [colours[id] for id in six] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("count", [taxonomy.SIGNS, taxonomy.SIGNS + 1])
def test_more_signs_than_anybody_counts_become_bars(count: int, real: Catalog) -> None:
    first = real.models["medsam"]
    many = {f"copy-{number}": first for number in range(count)}
    catalog = Catalog.of(many, real.vocabularies.values())
    drawing = taxonomy.drawing(catalog).drawing
    assert isinstance(drawing, TreeDrawing)
    assert drawing.signs == (count <= taxonomy.SIGNS)
    words = taxonomy.drawing(catalog).caption
    assert ("One sign is one model" in words) == drawing.signs
