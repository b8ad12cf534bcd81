"""Words as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.folding import cut, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AL-ḤASAKAH", "al hasakah"),
        ("Straße", "STRASSE"),
        ("Ṣalāḥ al-Dīn", "salah al din"),
        ("Raʿqa", "Raqa"),
        ("İstanbul", "ıstanbul"),
        ("أحمد", "احمد"),
        ("إدلب", "ادلب"),
        ("آمد", "امد"),
        ("حلبٌ", "حلب"),
        ("الرقة", "الرقه"),
        ("مصطفى", "مصطفي"),
        ("الحســكة", "الحسكة"),
        ("۱۹ ١٩", "19 19"),
        ("Aven\u200f\u2069", "aven"),
        ("a  b\n c", "A B C"),
    ],
)
def test_what_people_write_in_many_ways_is_compared_in_one(one, other):
    assert fold(one) == fold(other) != ""


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text(max_size=3))
def test_cutting_loses_nothing_and_finds_what_folding_finds(text, words):
    before, found, after = cut(text, fold(words))
    assert before + found + after == text
    if found:
        assert fold(words) in fold(found)
    elif fold(words):
        assert fold(words) not in fold(text)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The Al-Ḥasakah road", "hasakah road", "Ḥasakah road"),
        ("مدينة الرَّمادي", "الرمادي", "الرَّمادي"),
        ("one two", "two one", ""),
        ("0:⒜ b", "0 a b", "0:⒜ b"),
        ("", "x", ""),
    ],
)
def test_the_words_are_cut_out_as_they_are_written(text, words, found):
    assert cut(text, words)[1] == found
