"""The lineage: families, the kin of one model, and timelines of a part."""

from __future__ import annotations

import pytest

from fmcatalog import taxonomy
from fmcatalog.catalog import Catalog
from fmcatalog.views import lineage, model, timeline
from fmcatalog.views.figures import Figure, LineageDrawing
from fmcatalog.views.page import Settings
from fmcatalog.views.parts import TreeNode


def paths_of(nodes: tuple[TreeNode, ...]) -> set[str]:
    found = {node.link.path for node in nodes}
    return found.union(*(paths_of(node.children) for node in nodes))


def drawn(figure: Figure) -> LineageDrawing:
    assert isinstance(figure.drawing, LineageDrawing)
    return figure.drawing


def test_a_family_is_drawn_and_listed_with_the_same_members(catalog: Catalog) -> None:
    lines = lineage.Lines(catalog)
    for family in lineage.view(catalog).families:
        members = {family.anchor, *taxonomy.descendants(lines.graph, family.anchor)}
        wanted = {lines.link(id).path for id in members}
        assert paths_of(family.tree) == wanted
        knots = drawn(family.figure).knots
        assert {knot.path.removesuffix("#lineage") for knot in knots} == wanted


def test_every_model_stands_in_a_family_a_short_line_or_alone(catalog: Catalog) -> None:
    view = lineage.view(catalog)
    shown = paths_of(tuple(node for family in view.families for node in family.tree))
    shown |= {link.path for item in view.small for link in (item.root, *item.members)}
    shown |= {link.path for _, links in view.alone for link in links}
    assert {lineage.Lines(catalog).link(id).path for id in catalog.models} <= shown


def test_a_bar_leads_to_a_family_on_the_page_and_counts_its_models(catalog: Catalog) -> None:
    view = lineage.view(catalog)
    lines = lineage.Lines(catalog)
    anchors = {family.anchor for family in view.families}
    for bar in view.bars:
        anchor = bar.link.path.removeprefix("lineage/#")
        assert anchor in anchors
        assert bar.link.count == len(lines.models(anchor))


def test_sam_and_clip_lead(real: Catalog) -> None:
    view = lineage.view(real)
    assert {family.anchor for family in view.families[:2]} == {"clip", "sam"}
    (members,) = [paths_of(family.tree) for family in view.families if family.anchor == "sam"]
    assert {"models/medsam/", "models/medlsam/", "models/sam-med2d/"} <= members


def test_the_kin_of_a_model_are_its_ancestors_and_descendants(
    catalog: Catalog, settings: Settings
) -> None:
    lines = lineage.Lines(catalog)
    seen = model.Models(catalog, settings, dict.fromkeys(catalog.models, ""))
    for id, view in ((id, seen.view(id)) for id in catalog.models):
        kin = {*taxonomy.ancestors(lines.graph, id), *taxonomy.descendants(lines.graph, id)}
        if not kin:
            assert view.kin is None
            continue
        assert view.kin is not None
        knots = drawn(view.kin.figure).knots
        assert {k.path for k in knots} == {f"{lines.link(n).path}#lineage" for n in (id, *kin)}
        assert [k.path for k in knots if k.focus] == [f"models/{id}/#lineage"]
        assert {k.hollow for k in knots if k.path.startswith("models/")} == {False}


def test_prompting_and_data_are_drawn_otherwise_than_weights(real: Catalog) -> None:
    kin = lineage.Lines(real).kin("deid-gpt")
    assert kin is not None
    assert {thread.loose for thread in drawn(kin.figure).threads} == {True}
    kin = lineage.Lines(real).kin("retfound")
    assert kin is not None
    assert {thread.loose for thread in drawn(kin.figure).threads} == {False}


def test_models_without_a_parent_stand_under_the_reason(real: Catalog) -> None:
    reasons = lineage.view(real).alone
    alone = {link.label: reason for reason, links in reasons for link in links}
    assert {"GMAI", "KoBo"} <= set(alone)
    assert len(alone) == sum(len(links) for _, links in reasons)
    for reason, links in reasons:
        assert reason.endswith(f": {len(links)} model{'s' if len(links) > 1 else ''}")


@pytest.mark.parametrize("facet", ["category", "modality"])
def test_a_part_of_the_timeline_holds_the_members_of_its_term(facet: str, catalog: Catalog) -> None:
    made = {path: make() for path, _, make in timeline.parts(catalog)}
    for id in catalog.terms[facet]:
        members = catalog.members(facet, id)
        path = timeline.part_path(facet, id)
        assert (path in made) == bool(members)
        if members:
            view = made[path]
            quarters = [quarter for year in view.years for quarter in year.quarters]
            listed = [m.link.path for quarter in quarters for m in quarter.moments]
            assert sorted(listed) == sorted(f"models/{m}/" for m in members)
            choices = [choice for _, row in view.choices for choice in row]
            assert [c.link.path for c in choices if c.current] == [path]
            parts = {path for path in made if not path.startswith("timeline/tier/")}
            assert {c.link.path for c in choices} == {"timeline/", *parts}
