"""What fits my GPUs, in a Chromium: the rule, the address, the keyboard, and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fmcatalog.catalog import Catalog, load
from fmcatalog.selection.fitting import Answer, Rig, fitting
from fmcatalog.views import finder

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
WIDTHS = pytest.mark.parametrize("width", [390, 1440])

HERE = "location.href"
"""Asked of the page: what the driver knows of an address may come a moment later."""
SHOWN = """() => Object.fromEntries(["fits", "more-cards", "does-not-fit", "unknown"].map((group) =>
  [group, [...document.querySelectorAll(`#finder-${group} li a`)]
    .map((a) => a.pathname.split("/").at(-2)).sort()]))"""

GRID = """async ({ address, rigs }) => {
  const { answer } = await import(address);
  const data = JSON.parse(document.getElementById("finder-data").textContent);
  return rigs.map((rig) => data.models.map((model) => {
    const { group, reason } = answer(model, rig, data.words);
    return [model.id, group, reason];
  }));
}"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT).catalog


@pytest.fixture(scope="module")
def hardware(site_address: str) -> str:
    return f"{site_address}hardware/"


def expected(catalog: Catalog, memory: float, count: int) -> dict[str, list[str]]:
    found = fitting(catalog, Rig(memory, count))
    return {answer.value: sorted(id for id, _ in found[answer]) for answer in Answer}


def test_the_browser_answers_as_python_does(
    hardware: str, catalog: Catalog, page_probe: Any
) -> None:
    rigs = [
        Rig(memory, count)
        for memory in (1, 8, 10, 11, 12, 16, 23.5, 24, 32, 40, 48, 79.99, 80, 128, 192)
        for count in (1, 2, 3, 4, 6, 7, 8, 16, 20, 32, 4096)
    ]
    with page_probe() as probe:
        probe.open(hardware)
        found = probe.page.evaluate(
            GRID,
            {
                "address": hardware.replace("hardware/", "assets/finder/fitting.js"),
                "rigs": [{"memory": rig.memory, "count": rig.count} for rig in rigs],
            },
        )
        blank = probe.page.locator("#finder-blank li").count()
    for rig, answers in zip(rigs, found, strict=True):
        python = {
            id: (answer.value, reason)
            for answer, models in fitting(catalog, rig).items()
            for id, reason in models
        }
        assert len(answers) + blank == len(python)
        assert {id: python[id] for id, _, _ in answers} == {id: (g, r) for id, g, r in answers}


@WIDTHS
def test_the_address_holds_the_rig(
    width: int, hardware: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        page = probe.page
        probe.open(f"{hardware}?card=nvidia-rtx-3090&count=2")
        assert page.evaluate(SHOWN) == expected(catalog, 24, 2)
        page.get_by_label("How many").fill("8")
        page.get_by_label("How many").press("Tab")
        assert page.evaluate(HERE) == f"{hardware}?card=nvidia-rtx-3090&count=8"
        page.get_by_label("Card", exact=True).select_option(label="A100, 40 GB")
        assert page.evaluate(HERE) == f"{hardware}?card=nvidia-a100&memory=40&count=8"
        assert page.evaluate(SHOWN) == expected(catalog, 40, 8)
        page.reload()
        assert page.evaluate(SHOWN) == expected(catalog, 40, 8)
        assert page.get_by_label("Card", exact=True).input_value() == "nvidia-a100:40=40"
        page.go_back()
        assert page.evaluate(SHOWN) == expected(catalog, 24, 8)
        page.go_back()
        assert page.evaluate(SHOWN) == expected(catalog, 24, 2)
        page.go_forward()
        page.get_by_role("link", name="4 cards of 80 GB each").click()
        assert page.evaluate(HERE) == f"{hardware}?memory=80&count=4"
        assert page.evaluate(SHOWN) == expected(catalog, 80, 4)
        assert page.get_by_label("Card", exact=True).input_value() == ""
        assert probe.trouble() == {}


def test_what_makes_no_sense_is_named(hardware: str, catalog: Catalog, page_probe: Any) -> None:
    with page_probe() as probe:
        probe.open(f"{hardware}?card=<b>x</b>&count=0")
        assert probe.page.evaluate(SHOWN) == expected(catalog, 24, 1)
        said = probe.page.locator("#finder-said").inner_text()
        assert "Left out of the address: card=<b>x</b>, count=0." in said
        probe.page.get_by_label("How many").fill("")
        assert "whole number" in probe.page.locator("#finder-said").inner_text()
        assert probe.trouble() == {}


@WIDTHS
def test_the_keyboard_alone_will_do(
    width: int, hardware: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe(width=width) as probe:
        page = probe.page
        probe.open(hardware)
        page.get_by_label("Card", exact=True).focus()
        page.keyboard.type("RTX 3090,")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        assert page.evaluate(HERE) == f"{hardware}?card=nvidia-rtx-3090&count=2"
        assert page.evaluate(SHOWN) == expected(catalog, 24, 2)
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate(HERE) == f"{hardware}?memory=48&count=1"
        assert page.evaluate(SHOWN) == expected(catalog, 48, 1)


@WIDTHS
def test_common_rigs_are_answered_without_scripts(
    width: int, hardware: str, catalog: Catalog, page_probe: Any
) -> None:
    with page_probe(width=width, scripts=False) as probe:
        probe.open(hardware)
        page = probe.page
        assert not page.locator("#finder").is_visible()
        blank = page.locator("#finder-blank li a")
        fold = page.locator("#finder-blank summary")
        if fold.count():
            fold.click()
        assert blank.first.is_visible()
        unknown = [a.get_attribute("href").split("/")[-2] for a in blank.all()]
        for rig in finder.COMMON:
            fold = page.locator(f"#rig-{rig.count}x{rig.memory:g}")
            if not fold.locator(".fm-fits").is_visible():
                fold.locator("summary").click()
            for answer, ids in expected(catalog, rig.memory, rig.count).items():
                links = fold.locator(f".fm-fit--{answer} li a").all()
                found = [a.get_attribute("href").split("/")[-2] for a in links]
                if answer == "unknown":
                    found += unknown
                assert sorted(found) == ids


@WIDTHS
def test_axe_finds_no_barrier_in_an_answer(width: int, hardware: str, page_probe: Any) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: npm ci in tests/browser brings it")
    for scheme in ("light", "dark"):
        with page_probe(width=width, scheme=scheme) as probe:
            probe.open(f"{hardware}?card=nvidia-a100&memory=80&count=8")
            probe.page.evaluate(AXE.read_text(encoding="utf-8"))
            found = probe.page.evaluate(
                "axe.run().then((r) => r.violations.map((v) => `${v.id}: ${v.nodes[0].html}`))"
            )
            assert found == []
