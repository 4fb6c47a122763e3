"""Texts: honest names of every script pass letter by letter, disguises do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmcatalog.records.text import complaint, folded, latin

HONEST = [
    "Şükrü Öztürk",
    "李",
    "Sinéad O'Neil",
    "Æsa",
    "Wei Zhang (张伟)",
    "β-VAE",
    "Nguyễn Thị Minh",
    "محمد رضا",
    "می\u200cخواهم",
    "क्\u200dष",
    "דוד לוי",
    "Иван Петров",
    "Ελένη",
    "Jean-Luc d'Ormesson",
    "👩\u200d🔬 Lab",
    "𠮷田",
    "Muḥammad ibn Mūsā",
]


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_passes(name: str) -> None:
    assert complaint(unicodedata.normalize("NFC", name)) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("TРM", "U+0420"),
        ("КoBo", "mixes Latin and Cyrillic"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("a\u200db", "U+200D"),
        ("a\u00adb", "U+00AD"),
        ("a\x00b", "U+0000"),
        ("a\nb", "U+000A"),
        ("a\u2028b", "U+2028"),
        ("a\ue000b", "U+E000"),
        ("\ufeffa", "U+FEFF"),
        (" a", "space"),
        ("e\u0301", "composed"),
        ("x" + "\u0316" * 5, "marks"),
    ],
)
def test_a_disguise_is_refused_and_named(text: str, says: str) -> None:
    said = complaint(text)
    assert said is not None
    assert says in said


def test_prose_may_have_lines_and_a_title_may_not() -> None:
    assert complaint("one\ntwo", lines=True) is None
    assert complaint("one\ntwo") is not None


def test_cyrillic_look_alikes_become_latin_and_titles_fold_alike() -> None:
    assert latin("ТРМ") == "TPM"
    assert folded("SAM‑Med2D: Étude") == folded("sam med2d etude")


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=30))
def test_letters_and_digits_of_one_script_are_refused_only_for_form_or_mixing(text: str) -> None:
    said = complaint(unicodedata.normalize("NFC", text))
    assert said is None or "mixes" in said or "form" in said


@pytest.mark.parametrize(
    "text",
    [
        "1\ufe0f\u20e3 step",
        "❤\ufe0f",
        "👩🏽\u200d⚕\ufe0f",
        "❤\ufe0f\u200d🔥",
        "葛\U000e0100城",
        "ᠠ\u180b",
        "山田\u3000太郎",
        "דָּוִד",
        "Med-САПР",
        "Wi-Fi и ИИ",
        "日本語 2.0",
        "x̱",
    ],
)
def test_emoji_variants_and_wide_spaces_pass_where_they_show_something(text: str) -> None:
    assert complaint(unicodedata.normalize("NFC", text)) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Med\ufe0fSAM", "U+FE0F"),
        ("SAM-2\ufe0f", "U+FE0F"),
        ("\ufe0fSAM", "U+FE0F"),
        ("Med\U000e0100SAM", "U+E0100"),
        ("Med\u034fSAM", "U+034F COMBINING GRAPHEME JOINER"),
        ("Med\u3164SAM", "U+3164 HANGUL FILLER"),
        ("Med\u2800SAM", "U+2800 BRAILLE PATTERN BLANK"),
        ("Med\u115fSAM", "U+115F"),
        ("李\u200d明", "U+200D"),
        ("Nguyễ\u200cễn", "U+200C"),
        ("\u200cفا", "U+200C"),
        ("فا\u200c", "U+200C"),
        ("م\u200c\u200cخ", "U+200C"),
        ("👩\u200dSAM", "U+200D"),
        ("a\xa0b", "U+00A0 NO-BREAK SPACE: type a plain space"),
        ("a\u2009b", "U+2009"),
        ("Med2Т", "U+0422"),
        ("р\u0331aper", "U+0440"),
        ("ＭеdSAM", "U+0435"),
        ("a\ud800b", "U+D800"),
        ("a\U000f0000b", "U+F0000"),
        ("\u212b", "composed"),
        ("x" + "\u20dd" * 5, "marks"),
    ],
)
def test_what_shows_nothing_or_looks_like_another_letter_is_refused(text: str, says: str) -> None:
    said = complaint(text)
    assert said is not None
    assert says in said


@given(st.text())
def test_a_text_that_passes_can_be_written_and_shows_every_letter(text: str) -> None:
    if complaint(text) is None:
        assert text.encode().decode() == text
        assert text == text.strip() == unicodedata.normalize("NFC", text)
        kinds = {unicodedata.category(c) for c in text if c not in "\u200c\u200d"}
        assert not kinds & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(st.text(), st.sampled_from("\u200b\u202e\u2066\u00ad\ufeff\x00\x1b\ue000"), st.text())
def test_an_unseen_character_is_refused_wherever_it_stands(
    before: str, letter: str, after: str
) -> None:
    assert complaint(f"{before}{letter}{after}") is not None


@given(st.text(), st.text())
def test_a_passing_text_passes_as_prose_too(first: str, second: str) -> None:
    if complaint(first) is None and complaint(second) is None and first and second:
        assert complaint(f"{first}\n{second}", lines=True) is None
