"""Ids of what has an Arabic name only: readable, the same every time, and slugs whatever comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer.latin import readable_slug
from kg.names import is_slug, slugify


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("المرصد السوري", "mrsd-suri"),
        ("الرَّقّة", "rqa"),
        ("حماة", "hmah"),
        ("ميناء", "mina"),
        ("وزير الدفاع", "wzir-dfaa"),
        ("عدي يوسف", "adi-yusf"),
        ("گوران ٢", "guran-2"),
        ("Colonel وليد", "colonel-wlid"),
        ("Zürich’s École", "zurich-s-ecole"),
    ],
)
def test_arabic_names_are_read_in_latin_letters(words, slug):
    assert readable_slug(words) == slug


@given(st.text())
def test_it_is_always_a_slug(words):
    assert is_slug(readable_slug(words))


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_latin_words_make_the_slug_that_they_always_made(words):
    assert readable_slug(words) == slugify(words)
