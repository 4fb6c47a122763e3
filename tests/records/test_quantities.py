"""Quantities: every shape of the survey's Table 2 parses, keeps, compares and prints back."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.records.quantities import Form, as_data, parse, suggestion

ROOT = Path(__file__).parents[2]
TABLE2 = ROOT / "catalog" / "surveys" / "azad-2023" / "table2.csv"
COLUMNS = (
    "gpu_count",
    "gpu_memory_gb",
    "total_gpu_memory_gb",
    "gpu_hours",
    "input_size",
    "batch_size",
    "epochs",
)


def _cells() -> list[str]:
    with TABLE2.open(encoding="utf-8", newline="") as file:
        cells = {row[column] for row in csv.DictReader(file) for column in COLUMNS}
    # What is no number is missing, a token length, or steps instead of epochs.
    named = re.compile(r"max-sq-len: |\(|\)| iteration")
    return sorted(
        {re.sub(r"^max-sq-len: ", "", c) for c in cells if c not in ("", "-")}
        - {c for c in cells if named.match(c)}
    )


@pytest.mark.parametrize("cell", _cells())
def test_every_cell_of_table_2_parses_keeps_its_text_and_prints_back(cell: str) -> None:
    quantity = parse(cell)
    assert quantity.text == cell
    assert parse(str(quantity)) == quantity
    bare = re.sub(r"\s+", "", str(quantity))
    labels_behind = re.sub(r"(\w+):(\w+)", r"\2(\1)", cell.replace("×", "x").replace(" ", ""))
    assert bare == labels_behind


@pytest.mark.parametrize(
    ("text", "form", "smallest", "largest"),
    [
        ("8", Form.EXACT, "8", "8"),
        ("0.37", Form.EXACT, "0.37", "0.37"),
        ("93.7M", Form.EXACT, "93700000", "93700000"),
        ("7B", Form.EXACT, "7000000000", "7000000000"),
        ("16-128", Form.RANGE, "16", "128"),
        ("16 - 64", Form.RANGE, "16", "64"),
        ("4k-64k (context)", Form.RANGE, "4000", "64000"),
        (">1", Form.MORE_THAN, "1", "1"),
        (">=16", Form.AT_LEAST, "16", "16"),
        ("<=24", Form.AT_MOST, "24", "24"),
        ("~1000", Form.ABOUT, "1000", "1000"),
        ("50, 100", Form.EXACT, "50", "100"),
        ("1(3D), 4(2D)", Form.EXACT, "1", "4"),
        ("img:256, text:3200", Form.EXACT, "256", "3200"),
        ("224x224", Form.EXACT, "50176", "50176"),
        ("288×288-384x384", Form.RANGE, "82944", "147456"),
        ("96x96x96", Form.EXACT, "884736", "884736"),
    ],
)
def test_a_quantity_knows_what_it_says(text: str, form: Form, smallest: str, largest: str) -> None:
    quantity = parse(text)
    assert quantity.items[0].form is form
    assert (quantity.sort_key, quantity.largest) == (Decimal(smallest), Decimal(largest))


@pytest.mark.parametrize(
    ("left", "right"),
    [("1(3D), 4(2D)", "1 (3D), 4 (2D)"), ("16 - 64", "16-64"), ("4k", "4000"), ("2×3", "2x3")],
)
def test_quantities_are_equal_when_they_say_the_same(left: str, right: str) -> None:
    assert parse(left) == parse(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("8", ">8"), ("50, 100", "50-100"), ("50, 100", "100, 50"), ("256", "256x256"), ("~8", "8")],
)
def test_quantities_differ_when_they_say_something_else(left: str, right: str) -> None:
    assert parse(left) != parse(right)


@pytest.mark.parametrize(
    "text",
    ["", "eight", "1,000", "1.000,5", "-3", "128-16", "2x2-3", ">1-4", "٣", "1e3", "nan", "1 2"],
)
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


def test_sorting_puts_a_range_at_its_lower_end() -> None:
    written = ["16-128", "8", ">1", "50, 100", "~12"]
    assert sorted(written, key=lambda t: parse(t).sort_key) == [
        ">1",
        "8",
        "~12",
        "16-128",
        "50, 100",
    ]


@pytest.mark.parametrize(
    ("count", "memory", "total"),
    [("8", "24", "192"), (">1", "24", ">24"), ("2", "~11", "~22"), ("2-4", "24", None)],
)
def test_a_product_stays_a_bound_or_says_nothing(
    count: str, memory: str, total: str | None
) -> None:
    product = parse(count).times(parse(memory))
    assert (None if product is None else str(product)) == total


def test_the_data_form_keeps_text_and_numbers_of_every_part() -> None:
    assert as_data(parse("16-128"))["min"] == 16
    assert as_data(parse("16-128"))["max"] == 128
    parts = as_data(parse("1 (3D), 4 (2D)"))["parts"]
    assert [(p["label"], p["value"]) for p in parts] == [("3D", 1), ("2D", 4)]
    assert as_data(parse("224x224"))["value"] == [224, 224]


numbers = st.one_of(
    st.integers(1, 10**9).map(str),
    st.decimals("0.01", "9999", places=2).map(lambda d: f"{d:f}"),
    st.integers(1, 999).map(lambda n: f"{n}M"),
)
signed = st.builds(
    lambda sign, n: sign + n, st.sampled_from(["", ">", "<", ">=", "<=", "~"]), numbers
)
labelled = st.builds(
    lambda v, label: f"{v} ({label})", signed, st.from_regex(r"[A-Z][a-z]{0,8}", fullmatch=True)
)


@given(st.lists(st.one_of(signed, labelled), min_size=1, max_size=4).map(", ".join))
def test_whatever_the_grammar_makes_prints_back_to_an_equal_quantity(text: str) -> None:
    assert parse(str(parse(text))) == parse(text)


@given(st.text(max_size=40))
def test_any_text_is_a_quantity_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse(text).items


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("eight", "8"),
        ("Ten", "10"),
        ("1,000", "1000"),
        ("1,000,000", "1000000"),
        ("224 x 224", "224x224"),
        ("224 X 224 X 3", "224x224x3"),
        ("7 billion", "7B"),
        ("about 100", "~100"),
        ("approx. 100", "~100"),
        ("16 to 64", "16-64"),
        ("80GB", "80"),
        ("24 GiB", "24"),
        ("100 epochs", "100"),
        ("8 GPUs", "8"),
    ],
)
def test_a_quantity_in_another_form_is_written_out(text: str, meant: str) -> None:
    assert suggestion(text) == f"write {meant}"


@pytest.mark.parametrize("text", ["", "many", "1.000.000", "eleventy", "~"])
def test_what_is_not_clear_gets_the_forms_there_are(text: str) -> None:
    assert suggestion(text).startswith("write 8, 0.37")


@pytest.mark.parametrize("text", ["3 days", "2 weeks", "1day", "about 1.5 days"])
def test_a_time_in_days_gets_no_guess_of_its_hours(text: str) -> None:
    assert suggestion(text).startswith("write hours")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("about 94 million", "~94M"),
        ("224 x 224 pixels", "224x224"),
        ("93.7M params", "93.7M"),
        ("around 1,500 GPU hours", "~1500"),
    ],
)
def test_several_slips_at_once_are_seen_through(text: str, meant: str) -> None:
    assert suggestion(text) == f"write {meant}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (", ".join("123456789" * 3), "more than 20 values"),
        ("a: 1 (b)", "two labels"),
        (">1-4", "a range and a bound"),
        ("9-8", "smaller to the larger"),
        ("2x2-3", "smaller to the larger"),
        ("1,000", "comma between digits"),
    ],
)
def test_a_quantity_is_refused_with_the_reason_that_applies(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(text)


@pytest.mark.parametrize(
    ("left", "right"), [("50, 100", "2"), (">1", ">2"), (">1", "<2"), ("1", "2, 3")]
)
def test_a_product_of_lists_or_of_two_bounds_says_nothing(left: str, right: str) -> None:
    assert parse(left).times(parse(right)) is None


def test_one_plain_number_is_exact_and_nothing_else_is() -> None:
    assert parse("93.7M").exact == Decimal(93_700_000)
    assert [parse(t).exact for t in (">1", "1-2", "1, 2", "2x2")] == [None] * 4


def test_the_data_form_of_bounds_is_a_minimum_or_a_maximum() -> None:
    assert as_data(parse(">1")) == {"text": ">1", "form": "more-than", "min": 1}
    assert as_data(parse("<=0.5")) == {"text": "<=0.5", "form": "at-most", "max": 0.5}
    assert as_data(parse("~7B"))["value"] == 7_000_000_000
