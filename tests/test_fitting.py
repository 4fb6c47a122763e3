"""What fits a rig: four groups, a reason for each model, never a no from a blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.records import Quantity
from fmcatalog.records.quantities import parse
from fmcatalog.selection.fitting import (
    NO_FIGURE,
    Answer,
    Need,
    Needs,
    Rig,
    _span,
    fitting,
    needs,
)
from fmcatalog.views import finder

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module", params=["toy", "real"])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOT / "tests/data/toy" if request.param == "toy" else ROOT).catalog


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT).catalog


def ids(catalog: Catalog, rig: Rig) -> dict[Answer, set[str]]:
    return {a: {id for id, _ in models} for a, models in fitting(catalog, rig).items()}


def test_one_card_of_24_gb(real: Catalog) -> None:
    found = ids(real, Rig(24, 1))
    assert {"medclip", "medblip", "vlm-for-vqa-in-mi", "autosam", "sam-b-zss"} <= found[Answer.FITS]
    assert {"cite", "clinical-bert", "kobo", "samed"} <= found[Answer.MORE_CARDS]
    assert {"medsam", "biomedclip", "biovil-t"} <= found[Answer.DOES_NOT_FIT]
    assert {"deid-gpt", "3dsam-adapter", "chexzero", "maco"} <= found[Answer.UNKNOWN]


RIGS = [Rig(m, c) for m in (1, 8, 11, 16, 24, 40, 80, 192) for c in (1, 2, 4, 8, 32, 4096)]


@pytest.mark.parametrize("rig", RIGS, ids=str)
def test_every_model_stands_in_one_group_with_a_reason(catalog: Catalog, rig: Rig) -> None:
    found = fitting(catalog, rig)
    assert sorted(id for models in found.values() for id, _ in models) == sorted(catalog.models)
    assert all(reason for models in found.values() for _, reason in models)


def test_a_blank_is_never_a_no(catalog: Catalog) -> None:
    for id, model in catalog.models.items():
        known = [
            stage
            for stage in model.stages
            if stage.stage != "inference" and isinstance(stage.gpu_memory_gb, Quantity)
        ]
        if not known:
            for rig in RIGS:
                assert needs(catalog, id).answer(rig)[0] is Answer.UNKNOWN


def test_more_never_fits_worse(catalog: Catalog) -> None:
    for one in (needs(catalog, id) for id in catalog.models):
        for rig in RIGS:
            if one.answer(rig)[0] is Answer.FITS:
                assert one.answer(Rig(rig.memory * 2, rig.count))[0] is Answer.FITS
                assert one.answer(Rig(rig.memory, rig.count * 2))[0] is Answer.FITS


@pytest.mark.parametrize(
    ("text", "have", "enough"),
    [
        ("8", 8, True),
        ("8", 7, False),
        (">1", 1, False),
        (">1", 64, None),
        (">=2", 1, False),
        (">=2", 2, None),
        ("<=4", 4, True),
        ("<=4", 2, None),
        ("4-8", 8, True),
        ("4-8", 6, None),
        ("4-8", 3, False),
        ("1 (3D), 4 (2D)", 2, False),
        ("1 (3D), 4 (2D)", 4, True),
        ("~8", 8, True),
    ],
)
def test_a_bound_counts_where_it_leaves_no_doubt(
    text: str, have: float, enough: bool | None
) -> None:
    span = _span(parse(text))
    assert span is not None
    assert span.within(have) is enough


def need(count: str, memory: str) -> Need:
    return Need(
        "It ran",
        _span(parse(count)) if count else None,
        _span(parse(memory)) if memory else None,
    )


@pytest.mark.parametrize(
    ("stages", "answer"),
    [
        ([("1", "24"), ("1", "16")], Answer.FITS),
        ([("1", "24"), ("2", "24")], Answer.MORE_CARDS),
        ([("2", "24"), ("1", "80")], Answer.DOES_NOT_FIT),
        ([("", ""), ("1", "80")], Answer.DOES_NOT_FIT),
        ([("2", "24"), ("8", "")], Answer.UNKNOWN),
        ([("", "80")], Answer.DOES_NOT_FIT),
        ([("", "24")], Answer.UNKNOWN),
        ([("8", "")], Answer.UNKNOWN),
        ([], Answer.UNKNOWN),
    ],
)
def test_the_worst_stage_decides(stages: list[tuple[str, str]], answer: Answer) -> None:
    one = Needs("a", "A", tuple(need(*stage) for stage in stages), "")
    assert one.answer(Rig(24, 1))[0] is answer


def test_a_model_that_was_only_run_was_not_trained(real: Catalog) -> None:
    for rig in (Rig(24, 1), Rig(80, 4096)):
        answer, reason = needs(real, "deid-gpt").answer(rig)
        assert answer is Answer.UNKNOWN
        assert reason.startswith("Only run, not trained")


def test_a_total_is_not_divided() -> None:
    toy = load(ROOT / "tests/data/toy").catalog
    answer, reason = needs(toy, "umbra").answer(Rig(320, 4096))
    assert answer is Answer.UNKNOWN
    assert "320 GB in all, not divided here" in reason


def test_a_stage_without_a_figure_is_named(real: Catalog) -> None:
    answer, reason = needs(real, "lvm-med").answer(Rig(80, 16))
    assert answer is Answer.FITS
    assert reason.endswith("nothing known of the rig for fine-tuning")


def test_the_static_answers_are_those_of_the_rule(catalog: Catalog) -> None:
    view = finder.view(catalog)
    for rig, static in zip(finder.COMMON, view.statics, strict=True):
        found = fitting(catalog, rig)
        for group in static.groups:
            shown = [(link.path.split("/")[1], link.note) for link in group.models]
            if group.id == Answer.UNKNOWN:
                shown += [(link.path.split("/")[1], NO_FIGURE) for link in view.blank]
            assert sorted(shown) == sorted(found[Answer(group.id)])
            assert group.count == len(shown)
