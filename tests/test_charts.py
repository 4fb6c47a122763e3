from __future__ import annotations

import os
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from fmcatalog import charts
from fmcatalog.charts import Item, Knot, Mark, Node, Point, Series, Thread

HOSTILE = "$\\frac{1$ <b>&\"'</svg><script>"
SVG = "{http://www.w3.org/2000/svg}"

SERIES = (Series("c", "Contrastive", 1, "textual"), Series("a", "Adaptation", 5, "visual"))


def all_charts(label: str = "CT", url: str = "../ct/", prefix: str = "chart") -> dict[str, str]:
    return {
        "bars": charts.bars(
            f"{prefix}-bars",
            label,
            [Mark(label, 11, url, "of 40"), Mark("MRI", 1, "../mri/", series="a")],
            series=SERIES,
        ),
        "stacked": charts.stacked_bars(
            f"{prefix}-stacked",
            label,
            ["2023 Q1", label],
            SERIES,
            {("2023 Q1", "c"): Mark(label, 3, url), (label, "a"): Mark("B", 2, "b")},
        ),
        "scatter": charts.scatter(
            f"{prefix}-scatter",
            label,
            [Point(label, 2023.25, 48, url, "48 GB", "c"), Point("B", 2022.5, 1600, "b")],
            label,
            label,
            series=SERIES,
        ),
        "timeline": charts.timeline(
            f"{prefix}-timeline",
            label,
            ["2023 Q1", "2023 Q2"],
            SERIES,
            [Item(label, "2023 Q2", "c", url, "2023-04-24")],
        ),
        "tree": charts.tree(
            f"{prefix}-tree",
            label,
            [Node(label, 3, url, "visual", 5, children=(Node(label, 3, url, "visual", 5),))],
        ),
        "numbers": charts.numbers(
            f"{prefix}-numbers",
            label,
            ["2023 Q4", "2024 Q1"],
            SERIES,
            {("2024 Q1", "c"): Mark(label, 9, url), ("2023 Q4", "a"): Mark("B", 1, "b")},
        ),
        "lineage": charts.lineage(
            f"{prefix}-lineage",
            label,
            3,
            [
                Knot(label, url, 0, 0.5, hollow=True),
                Knot(label, url, 1, 0, "adapts", "visual", 5, focus=True),
                Knot("A name that is far too long to be written", url, 2, 1, "prompts", "textual"),
            ],
            [Thread(0, 1), Thread(1, 2, loose=True), Thread(0, 2, (1.0,))],
        ),
    }


KINDS = sorted(all_charts())


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_the_same_bytes_twice(kind: str) -> None:
    assert all_charts()[kind] == all_charts()[kind]


def test_a_chart_is_the_same_bytes_under_another_hash_seed() -> None:
    program = (
        "from fmcatalog import charts\n"
        "from fmcatalog.charts import Mark, Point\n"
        "print(charts.bars('a', 't', [Mark('CT', 3, 'u')]))\n"
        "print(charts.scatter('b', 't', [Point('A', 2023.5, 80, 'u')], 'x', 'y'))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_has_an_address_and_a_name(kind: str) -> None:
    root = ET.fromstring(all_charts()[kind])
    links = list(root.iter(f"{SVG}a"))
    assert links
    for link in links:
        assert link.attrib["href"]
        assert link.attrib["aria-label"]
        written = " ".join("".join(link.itertext()).split())
        # what is written in a link is the start of what it is called
        bare = re.sub(r"[^\w ]", "", link.attrib["aria-label"])
        assert re.sub(r"[^\w ]", "", written) in bare


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_a_group_named_by_its_title(kind: str) -> None:
    root = ET.fromstring(all_charts()[kind])
    title = root.find(f"{SVG}title")
    assert root.attrib["role"] == "group"
    assert title is not None
    assert title.text == "CT"
    assert root.attrib["aria-labelledby"] == title.attrib["id"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_leaves_fonts_colours_and_windows_to_the_page(kind: str) -> None:
    svg = all_charts()[kind]
    for unwanted in ("font-family", "font:", "style", "target=", "#0", "black", "white", "<?xml"):
        assert unwanted not in svg
    assert "width" not in ET.fromstring(svg).attrib
    assert "currentColor" in svg
    assert "var(--fm-series-" in svg


@pytest.mark.parametrize("kind", KINDS)
def test_no_chart_text_is_smaller_than_a_phone_can_show(kind: str) -> None:
    sizes = re.findall(r'font-size="([0-9.]+)', all_charts()[kind])
    assert sizes
    assert min(map(float, sizes)) >= 12


@pytest.mark.parametrize("kind", KINDS)
def test_two_charts_of_one_page_share_no_id(kind: str) -> None:
    first = set(re.findall(r'\bid="([^"]*)"', all_charts(prefix="one")[kind]))
    second = set(re.findall(r'\bid="([^"]*)"', all_charts(prefix="two")[kind]))
    assert first
    assert not first & second


@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_in_a_chart_leads_to_an_id_of_it(kind: str) -> None:
    svg = all_charts()[kind]
    ids = set(re.findall(r'\bid="([^"]*)"', svg))
    assert set(re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)', svg)) <= {(one, "") for one in ids}


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_label_stays_text(kind: str) -> None:
    svg = all_charts(label=HOSTILE, url='x?a=1&b="><script>')[kind]
    root = ET.fromstring(svg)
    assert "<b>" not in svg
    assert "<script" not in svg
    assert any(HOSTILE in link.attrib["aria-label"] for link in root.iter(f"{SVG}a"))
    assert any(link.attrib["href"] == 'x?a=1&b="><script>' for link in root.iter(f"{SVG}a"))


def test_a_label_that_looks_like_a_mark_leads_nowhere_else() -> None:
    svg = charts.bars("c", "t", [Mark("mark:1", 2, "mark:1"), Mark("B", 1, "b")])
    addresses = [link.attrib["href"] for link in ET.fromstring(svg).iter(f"{SVG}a")]
    assert addresses == ["mark:1", "b"]


def test_a_long_label_takes_two_lines_and_keeps_its_whole_name() -> None:
    label = "Promptable segmentation of volumes"
    root = ET.fromstring(charts.bars("c", "t", [Mark(label, 2, "u")]))
    link = next(root.iter(f"{SVG}a"))
    assert label in link.attrib["aria-label"]
    assert len(list(link.iter(f"{SVG}text"))) == 3


@pytest.mark.parametrize("label", ["a-licence-of-one-word-that-is-long", "Words " * 12, "Short"])
def test_the_name_of_a_bar_begins_with_what_is_written(label: str) -> None:
    root = ET.fromstring(charts.bars("c", "t", [Mark(label.strip(), 2, "u")]))
    link = next(root.iter(f"{SVG}a"))
    *written, _ = ["".join(text.itertext()) for text in link.iter(f"{SVG}text")]
    assert link.attrib["aria-label"].startswith(f"{' '.join(written)}: 2 models")
    assert label.strip() in link.attrib["aria-label"]


def test_a_mark_without_an_address_is_no_link() -> None:
    root = ET.fromstring(charts.bars("c", "t", [Mark("CT", 2, "")]))
    assert next(root.iter(f"{SVG}a"), None) is None
    assert 'aria-label="CT: 2 models"' in ET.tostring(root, encoding="unicode")


def test_charts_of_nothing_can_be_drawn() -> None:
    assert charts.bars("c", "t", [])
    assert charts.stacked_bars("c", "t", [], SERIES, {})
    assert charts.scatter("c", "t", [], "x", "y")
    assert charts.timeline("c", "t", [], [], [])
    assert charts.tree("c", "t", [])


def test_a_logarithmic_axis_leaves_zeros_out() -> None:
    svg = charts.scatter("c", "t", [Point("A", 2023.0, 0, "u"), Point("B", 2023.1, 5, "v")], "", "")
    assert [link.attrib["href"] for link in ET.fromstring(svg).iter(f"{SVG}a")] == ["v"]


def test_both_lines_of_a_label_end_where_those_of_one_line_do() -> None:
    label = "Promptable segmentation of volumes"
    root = ET.fromstring(charts.bars("c", "t", [Mark(label, 2, "u"), Mark("CT", 1, "v")]))
    ends = [t.attrib["x"] for t in root.iter(f"{SVG}text") if t.get("text-anchor") == "end"]
    assert len(ends) == 3
    assert len(set(ends)) == 1


def test_a_bar_is_as_long_as_its_count() -> None:
    root = ET.fromstring(charts.bars("c", "t", [Mark("A", 8, "a"), Mark("B", 2, "b")]))
    bars = [r for r in root.iter(f"{SVG}rect") if r.attrib["fill"] != "none"]
    assert float(bars[0].attrib["width"]) == pytest.approx(
        4 * float(bars[1].attrib["width"]), abs=0.1
    )


def test_a_point_stands_on_the_marks_of_its_year_and_its_decade() -> None:
    points = [Point("A", 2023.0, 10, "a"), Point("B", 2024.0, 100, "b")]
    root = ET.fromstring(charts.scatter("s", "S", points, "x", "y"))
    years = {t.text: float(t.attrib["x"]) for t in root.iter(f"{SVG}text")}
    lines = [float(line.attrib["y1"]) for line in root.iter(f"{SVG}line")]
    corners = [sign.attrib["points"].split() for sign in root.iter(f"{SVG}polygon")]
    tops = [[float(n) for n in corner[0].split(",")] for corner in corners]
    assert [x for x, _ in tops] == [years["2023"], years["2024"]]
    assert [y + 5 for _, y in tops] == pytest.approx(lines[:2], abs=0.02)
    assert {"July 2023", "10", "100"} <= {*years}


def signs(drawn: str, name: str) -> int:
    """How many signs of a form stand in a drawing, the targets of links left out."""
    return sum(
        element.get("fill", "").startswith("var(--fm-series")
        for element in ET.fromstring(drawn).iter(f"{SVG}{name}")
    )


@pytest.mark.parametrize("count", [3, 24, 90])
def test_a_group_has_a_sign_a_model_large_enough_to_be_told_from_another(count: int) -> None:
    node = Node("Encoders", count, "e/", "vision", 9)
    drawn = charts.tree("t", "Tree", [Node("Vision only", count, "v/", "vision", children=(node,))])
    assert signs(drawn, "polygon") == count
    corners = re.findall(r'points="([^"]+)" fill="var\(--fm-series', drawn)
    wide = [[float(pair.split(",")[0]) for pair in points.split()] for points in corners]
    assert min(max(xs) - min(xs) for xs in wide) > 7
    assert max(max(xs) for xs in wide) <= 560


def test_groups_as_bars_are_as_long_as_they_are_large() -> None:
    children = (Node("A", 300, "a/", "visual", 5), Node("B", 150, "b/", "visual", 6))
    nodes = [Node("Visual", 450, "v/", "visual", children=children)]
    drawn = charts.tree("t", "Tree", nodes, signs=False)
    bars = re.findall(r'width="([0-9.]+)" height="9" fill="var\(--fm-series', drawn)
    assert [float(width) for width in bars] == [312, 156]


def test_a_line_across_time_keeps_to_the_axis() -> None:
    points = [Point("A", 2023.25, 48, "a"), Point("B", 2024.5, 100, "b")]
    bare = charts.scatter("s", "S", points, "x", "y")
    lined = charts.scatter("s", "S", points, "x", "y", levels=[(2020, 2030, 60.0)])
    assert lined != bare
    places = [float(x) for x in re.findall(r' x[12]="([0-9.]+)"', lined)]
    assert max(places) <= float(re.findall(r'viewBox="0 0 ([0-9.]+)', lined)[0])


def test_the_area_of_a_number_s_sign_tells_the_number() -> None:
    cells = {("2024 Q1", "c"): Mark("A", 16, "a"), ("2024 Q2", "c"): Mark("B", 4, "b")}
    drawn = charts.numbers("n", "N", ["2024 Q1", "2024 Q2"], SERIES[:1], cells)
    radii = [float(r) for r in re.findall(r'r="([0-9.]+)"', drawn)]
    assert radii[1:] == [12, 6]
    assert "16 models, A" in drawn
