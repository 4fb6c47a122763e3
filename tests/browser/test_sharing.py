"""Wrong addresses, and pages on paper."""

from __future__ import annotations

from typing import Any

import pytest

NEAREST = "#nearest a"
HIDDEN = (
    ".md-header",
    ".md-tabs",
    ".md-footer",
    ".fm-pager",
    "button",
    ".fm-actions a[href*=compare]",
)
SPELLED = """() => [...document.querySelectorAll("main a[href^=http]")]
  .filter((a) => !a.href.startsWith(location.origin) && a.getClientRects().length)
  .map((a) => getComputedStyle(a, "::after").content.includes(a.getAttribute("href")))"""


@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("models/medsaam/", "medsam"),
        ("models/Med_SAM", "medsam"),
        ("medsam.html", "medsam"),
        ("models/mecdlip/", "medclip"),
        ("a/b/c/llava-med-v1/", "llava-med"),
        ("models/biomedclip%E0%A4%A/", "biomedclip"),
    ],
)
def test_a_wrong_address_names_the_nearest_model(
    address: str, model: str, site_address: str, page_probe: Any
) -> None:
    with page_probe() as probe:
        probe.open(f"{site_address}{address}")
        first = probe.page.locator(NEAREST).first
        assert first.get_attribute("href").endswith(f"/models/{model}/")
        first.click()
        assert probe.page.url == f"{site_address}models/{model}/"
        assert probe.errors == []
        assert probe.outside == []


def test_an_address_like_no_model_names_none(site_address: str, page_probe: Any) -> None:
    with page_probe() as probe:
        probe.open(f"{site_address}no/such/page-at-all/")
        assert probe.page.locator("#nearest").is_hidden()


def test_without_scripts_every_model_is_there(site_address: str, page_probe: Any) -> None:
    with page_probe(scripts=False) as probe:
        probe.open(f"{site_address}models/medsm/")
        assert probe.page.locator('#every-model a[href$="/models/medsam/"]').is_visible()
        assert probe.page.locator("#nearest").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_model_on_paper(scheme: str, site_address: str, page_probe: Any) -> None:
    with page_probe(scheme=scheme) as probe:
        page = probe.page
        probe.open(f"{site_address}models/medsam/")
        page.emulate_media(media="print")
        for part in HIDDEN:
            for element in page.locator(part).all():
                assert not element.is_visible(), part
        assert page.locator(".fm-sources").is_visible()
        paper = page.locator(".fm-actions a[rel~=external]").first
        assert paper.is_visible()
        spelled = page.evaluate(SPELLED)
        assert len(spelled) > 3
        assert all(spelled)
        sheet = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert sheet == "rgb(255, 255, 255)"
        assert page.pdf(format="A4").startswith(b"%PDF-")
        assert probe.trouble() == {}
