"""Dates that may lack their day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.records.dates import PartialDate, parse_date, suggestion


@pytest.mark.parametrize("text", ["2023-04-24", "2023-04", "2024-02-29"])
def test_a_day_or_a_month_is_a_date_and_prints_back(text: str) -> None:
    assert str(parse_date(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30",
        "2024-13-01",
        "2023-2-3",
        "24.04.2023",
        "2023",
        "1705881600",
        "0023-01-01",
        "٢٠٢٣-٠٤",
    ],
)
def test_anything_else_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_date(text)


def test_dates_sort_by_their_first_day_and_know_their_quarter() -> None:
    assert parse_date("2023-04") < parse_date("2023-04-02") < parse_date("2023-05")
    assert [parse_date(f"2023-{m:02d}").quarter for m in (1, 3, 4, 12)] == [
        "2023Q1",
        "2023Q1",
        "2023Q2",
        "2023Q4",
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023-2-3", "2023-02-03"),
        ("24/4/2023", "2023-04-24"),
        ("24.4.2023", "2023-04-24"),
        ("April 2023", "2023-04"),
        ("24 April 2023", "2023-04-24"),
        ("2023/04/24", "2023-04-24"),
    ],
)
def test_a_date_in_another_form_is_told_how_it_would_be_written(text: str, meant: str) -> None:
    assert meant in suggestion(text)


@pytest.mark.parametrize("text", ["3/2/2023", "soon", "2023", "31/31/2023", "99 April 2023", ""])
def test_a_date_that_could_be_two_is_not_guessed(text: str) -> None:
    assert "YYYY-MM-DD" in suggestion(text)


FORM = "write YYYY-MM-DD, or YYYY-MM when the day is not known"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023-2-3", "2023-02-03"),
        ("2023/04/24", "2023-04-24"),
        ("2023-4", "2023-04"),
        ("24.4.2023", "2023-04-24"),
        ("24/4/2023", "2023-04-24"),
        ("3.2.2023", "2023-02-03"),
        ("April 2023", "2023-04"),
        ("24 April 2023", "2023-04-24"),
        ("Sept. 5, 2023", "2023-09-05"),
        ("4/2023", "2023-04"),
        ("2023 04 24", "2023-04-24"),
    ],
)
def test_a_date_in_another_form_is_written_out(text: str, meant: str) -> None:
    assert suggestion(text) == f"write {meant}"


@pytest.mark.parametrize(
    "text",
    ["3/2/2023", "2023", "soon", "", "30 February 2023", "2023-13-01", "04-24-23", "1 2 3 2023"],
)
def test_what_could_mean_two_days_or_none_is_not_guessed(text: str) -> None:
    assert suggestion(text) == FORM


@given(st.text(max_size=60))
def test_a_suggestion_is_always_the_form_or_a_date(text: str) -> None:
    said = suggestion(text)
    assert said == FORM or isinstance(parse_date(said.removeprefix("write ")), PartialDate)


@given(st.dates())
def test_every_day_of_the_years_taken_prints_back(day: object) -> None:
    if 1900 <= int(str(day)[:4]) <= 2100:
        assert str(parse_date(str(day))) == str(day)
        assert str(parse_date(str(day)).first) == str(day)
