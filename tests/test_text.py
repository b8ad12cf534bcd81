"""Positions, quotation marks and sentences of an article's text."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import TextError
from kg.text import (
    count_words,
    decode,
    digest,
    fold,
    occurrences,
    overlaps,
    quoted,
    sentences,
    unwrapped,
)


def slices(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def test_digest_names_its_algorithm():
    assert digest(b"") == (
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_decode_leaves_newlines_untouched():
    assert decode(b"a\r\nb\rc\n", "x.txt") == "a\r\nb\rc\n"


def test_decode_refuses_what_is_not_utf_8():
    with pytest.raises(TextError, match=r"^x\.txt: byte 2 is not UTF-8\. Save the text as UTF-8"):
        decode("ab\xe9".encode("latin-1"), "x.txt")


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_decode_refuses_an_empty_text(content):
    with pytest.raises(TextError, match=r"^x\.txt: the text is empty\. Save the article's text"):
        decode(content, "x.txt")


def test_fold_makes_signs_plain():
    assert fold("“It’s\u00a01–2”") == '"It\'s 1-2"'


@given(st.text())
def test_fold_keeps_positions(text):
    assert len(fold(text)) == len(text)


def test_occurrences_are_sought_within_ranges_only():
    assert occurrences("Aven, Aven, Aven", "Aven", [(0, 5), (8, 16)]) == [0, 12]


def test_occurrences_may_overlap():
    assert occurrences("ananana", "ana", whole("ananana")) == [0, 2, 4]


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab", min_size=1, max_size=3))
def test_what_is_found_stands_there(text, phrase):
    assert all(
        text[start : start + len(phrase)] == phrase
        for start in occurrences(text, phrase, whole(text))
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), ("one, two — three", 3), ("it's 9–10 km²", 3), ("جسر آفن", 2)],
)
def test_count_words(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “we left” and went.", ["we left"]),
        ('He said "we left" and went.', ["we left"]),
        ('"We left," he said. "All of us."', ["We left,", "All of us."]),
        ("قال: «الجسر لنا».", ["الجسر لنا"]),
        ("„Wir gehen“, sagte er. „Alle“", ["Wir gehen", "Alle"]),
        ("a 12\"-gun and '9'", []),
        ("“First paragraph\n“second” end", ["First paragraph", "second"]),
        ("no marks", []),
    ],
)
def test_quoted(text, inside):
    assert slices(text, quoted(text)) == inside


def test_sentences_end_at_stops_and_line_breaks():
    text = "Headline without stop\nOne. Two? Three!” Four"
    expected = ["Headline without stop", "One.", "Two?", "Three!”", "Four"]
    assert slices(text, sentences(text, whole(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Varro left.",
        "Col. A. B. Varro left.",
        "U.S. troops left.",
        "It cost approx. 3.5 crowns.",
    ],
)
def test_abbreviations_end_no_sentence(text):
    assert slices(text, sentences(text, whole(text))) == [text]


def test_arabic_sentences():
    text = "هل انسحبوا؟ نعم. انتهى"
    assert slices(text, sentences(text, whole(text))) == ["هل انسحبوا؟", "نعم.", "انتهى"]


@given(st.text(alphabet="ab .?!\n”", max_size=60))
def test_sentences_cover_all_words_in_order(text):
    spans = sentences(text, whole(text))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    outside = [i for i, c in enumerate(text) if not c.isspace() and not overlaps((i, i + 1), spans)]
    assert outside == []


def test_overlaps_is_half_open():
    assert overlaps((2, 4), [(3, 9)])
    assert not overlaps((2, 4), [(4, 9), (0, 2)])


@pytest.mark.slow
def test_ten_megabytes_take_seconds():
    """One paragraph without an end, the worst there is."""
    text = "The bridge fell, said Gen. Varro, “at noon”. " * 230_000
    assert len(text) > 10_000_000
    assert len(quoted(text)) == 230_000
    assert len(sentences(text, whole(text))) == 230_000


LONG = (
    "The river guard has left the mill after eleven days, the herald said. It was empty by noon.",
    "“They took the flour and left the keys,” said Marten Oster, who led them over the weir.",
)


@pytest.mark.parametrize("width", [60, 72, 78])
def test_a_text_wrapped_to_a_width_has_the_paragraphs_it_had_before(width):
    text = "Orrin mill left\nBy Mara Holt\n\n" + "\n\n".join(
        textwrap.fill(paragraph, width) for paragraph in LONG
    )
    plain = unwrapped(text)
    assert plain.split("\n") == ["Orrin mill left", "By Mara Holt", "", LONG[0], "", LONG[1]]
    assert len(plain) == len(text)
    assert slices(plain, quoted(text)) == ["They took the flour and left the keys,"]
    assert len(sentences(text, whole(text))) == 5
    assert occurrences(text, "Marten Oster", whole(text)) == [plain.index("Marten Oster")]


def test_a_text_of_short_lines_or_with_a_paragraph_a_line_is_left_as_it_is():
    verses = "The mill is shut\nand cold the weir\nno guard is there\nno flour\nno light\n"
    assert unwrapped(verses) == verses
    lines = "\n".join([*LONG, " ".join(LONG), *LONG])
    assert unwrapped(lines) == lines
