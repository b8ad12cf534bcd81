import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer.fold import key, skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir ez-Zor", "Dayr az Zawr", "Deir Ezzor", "Deir al-Zour", "Dêr ez-Zor"),
        ("Ar Raqqah", "ar-Raqqa", "Raqqa", "Al-Rakka", "Arraqqa"),
        ("Qal'at Ṣāliḥ", "Qalat Salih", "Kalaat Saleh"),
        ("Suweida", "As Suwaydā'", "Sweida", "al-Suwayda"),
        ("Zakho", "Zākhū", "Zaxo"),
        ("Jisr ash Shughūr", "Jisr al-Shughur"),
        ("Bū Sa'īd", "Abu Said", "Albu Saeed"),
        ("القاهرة", "القاهره", "قاهرة"),
        ("الأنبار", "الانبار", "أنبار"),
        ("گوڵان", "كولان"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Homs", "Hama"), ("Basra", "Busra"), ("Anna", "Na"), ("Ankara", "Kara"), ("حمص", "حماة")],
)
def test_other_names_have_other_keys(one, other):
    assert key(one) != key(other)


def test_an_article_alone_is_a_name_and_a_word_like_one_stays():
    assert key("Al") == "al"
    assert key("at-Tanum") == key("Tanum")
    assert key("Es Marn") != key("Marn")


def test_what_has_no_letters_has_no_key():
    assert key("") == key("… –") == ""
    assert skeleton("") == ""


@given(st.text(max_size=30))
def test_case_and_spaces_never_matter(text):
    assert key(f"  {text} ") == key(text)
    assert key(text.upper()) == key(text.upper().lower()) or not text.isascii()


@given(st.text(alphabet="abcdefghiklmnoqrstuwyz -", min_size=1, max_size=20))
def test_a_skeleton_is_part_of_its_key(text):
    remaining = iter(key(text))
    assert all(letter in remaining for letter in skeleton(key(text)))
