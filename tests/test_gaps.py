"""Two facets crossed: counts, unknowns, what cannot be, and the empty crossings."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from fmcatalog import stats, taxonomy
from fmcatalog.catalog import Catalog, load
from fmcatalog.rules import check
from fmcatalog.selection import UNKNOWN, Query, select
from fmcatalog.stats import gaps

ROOT = Path(__file__).resolve().parents[1]
TOY = ROOT / "tests" / "data" / "toy"
PAIRS = [("organ", "modality"), ("task", "modality"), ("category", "modality")]


@pytest.fixture(scope="module")
def whole() -> Catalog:
    return load(ROOT).catalog


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """The toy catalog with one place of one vocabulary changed."""
    root = folder / "toy"
    if not root.exists():
        shutil.copytree(TOY, root)
    path = root / "catalog" / "vocabularies" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return root


CHEST = "    definition: A flat picture of a chest.\n"
X_RAY = "    definition: A flat picture made with rays.\n"
BRAIN = "    definition: For thinking.\n"


@pytest.fixture
def toy(tmp_path: Path) -> Catalog:
    """The toy catalog, in which an X-ray shows the lung only."""
    return load(changed(tmp_path, "modality.yaml", X_RAY, X_RAY + "    organs: [lung]\n")).catalog


def test_a_modality_looks_where_its_term_says(toy: Catalog) -> None:
    assert taxonomy.possible(toy, "x-ray", "lung")
    assert not taxonomy.possible(toy, "x-ray", "heart")
    assert not taxonomy.possible(toy, "x-ray", "brain")


def test_a_region_can_be_seen_when_a_part_of_it_can(toy: Catalog) -> None:
    assert taxonomy.possible(toy, "x-ray", "torso")


def test_a_part_can_be_seen_when_the_region_can(tmp_path: Path) -> None:
    catalog = load(
        changed(tmp_path, "modality.yaml", X_RAY, X_RAY + "    organs: [torso]\n")
    ).catalog
    assert taxonomy.possible(catalog, "x-ray", "heart")
    assert not taxonomy.possible(catalog, "x-ray", "brain")


def test_a_narrower_modality_looks_where_the_broader_does_unless_it_says_more(
    tmp_path: Path,
) -> None:
    root = changed(tmp_path, "modality.yaml", X_RAY, X_RAY + "    organs: [lung]\n")
    assert not taxonomy.possible(load(root).catalog, "chest-x-ray", "heart")
    changed(tmp_path, "modality.yaml", CHEST, CHEST + "    organs: [heart]\n")
    assert taxonomy.possible(load(root).catalog, "chest-x-ray", "heart")
    assert not taxonomy.possible(load(root).catalog, "chest-x-ray", "lung")


def test_a_modality_that_says_nothing_looks_anywhere(toy: Catalog) -> None:
    assert all(taxonomy.possible(toy, "ct", organ) for organ in toy.terms["organ"])
    assert all(taxonomy.possible(toy, "radiation", organ) for organ in toy.terms["organ"])


def test_anything_may_be_under_a_collective_term(tmp_path: Path) -> None:
    root = changed(tmp_path, "modality.yaml", X_RAY, X_RAY + "    organs: [lung]\n")
    changed(tmp_path, "organ.yaml", BRAIN, BRAIN + "    collective: true\n")
    assert taxonomy.possible(load(root).catalog, "x-ray", "brain")


@pytest.mark.parametrize(
    ("file", "old", "key", "message"),
    [
        ("organ.yaml", BRAIN, "organs: [lung]", "a term of 'organ' has no 'organs'"),
        ("modality.yaml", X_RAY, "organs: [lungs]", "unknown organ 'lungs'"),
        ("modality.yaml", X_RAY, "organs: [toe]", "unknown organ 'toe'"),
        (
            "task.yaml",
            "    definition: Giving answers.\n",
            "collective: true",
            "a term of 'task' has no 'collective'",
        ),
    ],
)
def test_where_a_modality_looks_is_checked(
    file: str, old: str, key: str, message: str, tmp_path: Path
) -> None:
    root = changed(tmp_path, file, old, f"{old}    {key}\n")
    found = check(load(root), dt.date(2024, 7, 1))
    assert [(d.code, d.message) for d in found if d.code != "F351"] == [("F306", message)]


@pytest.mark.parametrize("facets", PAIRS)
def test_a_cell_holds_what_a_query_for_both_terms_finds(
    facets: tuple[str, str], whole: Catalog
) -> None:
    grid = gaps.grid(whole, *facets)
    down = [*(line.id for line in grid.rows.lines), UNKNOWN]
    across = [*(line.id for line in grid.columns.lines), UNKNOWN]
    for row in down:
        for column in across:
            query = Query({facets[0]: [row], facets[1]: [column]})
            assert grid.at(row, column) == select(whole, query), (row, column)


@pytest.mark.parametrize("facets", PAIRS)
def test_the_sum_of_a_row_is_the_bar_of_the_charts(facets: tuple[str, str], whole: Catalog) -> None:
    grid = gaps.grid(whole, *facets)
    for side, facet in zip((grid.rows, grid.columns), facets, strict=True):
        charted = {c.id: c.models for c in stats.distribution(whole, facet).counts}
        assert {line.id: line.models for line in side.lines} == charted
        known = {m for line in side.lines for m in line.models}
        assert known.isdisjoint(side.unknown)
        assert known | set(side.unknown) == set(whole.models)
        assert len(side.unknown) == side.counted.tally.total - side.counted.tally.known


@pytest.mark.parametrize("facets", PAIRS)
def test_every_model_of_a_row_is_in_one_of_its_cells(
    facets: tuple[str, str], whole: Catalog
) -> None:
    grid = gaps.grid(whole, *facets)
    for row in grid.rows.lines:
        columns = [*(line.id for line in grid.columns.lines), UNKNOWN]
        assert {m for c in columns for m in grid.at(row.id, c)} == set(row.models)


def test_rows_stand_in_the_order_of_the_vocabulary_under_their_broader_terms(
    whole: Catalog,
) -> None:
    lines = gaps.grid(whole, "organ", "modality").rows.lines
    order = list(whole.terms["organ"])
    assert [line.id for line in lines] == [t for t in order if whole.members("organ", t)]
    depth = {line.id: line.depth for line in lines}
    assert depth["chest"] == 0
    assert depth["lung"] == depth["eye"] == 1


def test_a_fundus_picture_of_the_liver_cannot_be(whole: Catalog) -> None:
    grid = gaps.grid(whole, "organ", "modality")
    cannot = grid.impossible
    for crossing in (
        ("liver", "fundus-photography"),
        ("brain", "oct"),
        ("lung", "mammography"),
        ("heart", "dermoscopy"),
        ("brain", "chest-radiography"),
    ):
        assert crossing in cannot, crossing
    for crossing in (
        ("eye", "fundus-photography"),
        ("head-neck", "fundus-photography"),
        ("multi-organ", "fundus-photography"),
        ("liver", "multi-modality"),
        ("lung", "chest-radiography"),
        ("brain", "radiography"),
        ("stomach", "mri"),
    ):
        assert crossing not in cannot, crossing
    turned = gaps.grid(whole, "modality", "organ").impossible
    assert turned == {(column, row) for row, column in cannot}


def test_only_organs_and_modalities_exclude_each_other(whole: Catalog) -> None:
    assert gaps.grid(whole, "task", "modality").impossible == frozenset()
    assert gaps.grid(whole, "category", "modality").impossible == frozenset()


@pytest.mark.parametrize("facets", PAIRS)
def test_a_gap_is_empty_possible_and_the_widest_of_its_kind(
    facets: tuple[str, str], whole: Catalog
) -> None:
    grid = gaps.grid(whole, *facets)
    found = gaps.gaps(grid)
    assert found
    named = {(gap.row.id, gap.column.id) for gap in found}
    for gap in found:
        assert not grid.at(gap.row.id, gap.column.id)
        assert (gap.row.id, gap.column.id) not in grid.impossible
        assert not gap.row.collective
        assert not gap.column.collective
        wider = {
            (r, c) for r in (gap.row.id, *gap.row.above) for c in (gap.column.id, *gap.column.above)
        }
        assert wider & named == {(gap.row.id, gap.column.id)}
    sizes = [len(gap.row.models) * len(gap.column.models) for gap in found]
    assert sizes == sorted(sizes, reverse=True)


def test_every_empty_crossing_is_a_gap_or_part_of_one(whole: Catalog) -> None:
    grid = gaps.grid(whole, "organ", "modality")
    named = {(gap.row.id, gap.column.id) for gap in gaps.gaps(grid)}
    for row in grid.rows.lines:
        for column in grid.columns.lines:
            if row.collective or column.collective or (row.id, column.id) in grid.impossible:
                continue
            if not grid.at(row.id, column.id):
                wider = {(r, c) for r in (row.id, *row.above) for c in (column.id, *column.above)}
                assert wider & named, (row.id, column.id)


def test_models_that_say_several_may_reach_a_gap(whole: Catalog) -> None:
    grid = gaps.grid(whole, "organ", "modality")
    for gap in gaps.gaps(grid):
        for model in gap.perhaps:
            terms = whole.models[model]
            assert {"multi-organ", "multi-modality"} & {
                *terms.terms("organ"),
                *terms.terms("modality"),
            }
