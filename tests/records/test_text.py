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
