"""The words of a text: how they are cut, where they stand, and where those of a table are."""

from __future__ import annotations

from kg.suggest.words import split

TEXT = "“Ba'ída’s men,” U.S. envoys said in Al-Tarn.\n\n$12 was in the '90s—5 pence"


def test_words_stand_where_the_text_has_them():
    written = split(TEXT, [(0, len(TEXT))])
    cut = [TEXT[slice(*written.span(n, n + 1))] for n in range(len(written.words))]
    assert cut == [word.text for word in written.words]
    assert cut[:8] == ["Ba'ída", "men", "U.S.", "envoys", "said", "in", "Al", "Tarn"]
    assert [word.key for word in written.words[:3]] == ["baida", "men", "us"]
    assert written.words[0].possessive and not written.words[1].possessive


def test_only_the_words_of_the_parts_are_cut_and_each_part_begins_a_sentence():
    body = TEXT.index("said"), TEXT.index(" Al-")
    written = split(TEXT, [body, (len(TEXT) - 7, len(TEXT))])
    assert [(word.text, word.first) for word in written.words] == [
        ("said", True),
        ("in", False),
        ("5", True),
        ("pence", False),
    ]
    assert written.span(0, 2) == body
    assert split("… —", [(0, 3)]).words == []


def test_the_words_of_a_table_are_found_in_the_order_of_the_text():
    written = split(TEXT, [(0, len(TEXT))])
    found = written.where({"in", "envoys", "river"} | written.figures())
    assert [written.words[n].text for n in found] == ["envoys", "in", "12", "in", "90s", "5"]
