"""Finding texts by some words."""

from __future__ import annotations

import pytest

from server.find.finding import Entry, Match, Texts, nearly


def texts(*found: str) -> Texts:
    return Texts([Entry(f"t{i}", text, "en", "name") for i, text in enumerate(found)])


def test_the_nearest_texts_come_first_and_of_equals_the_shortest():
    found = texts("Old Aven", "Avenue", "Aven", "Craven", "Aven bridge", "en av").find("aven")
    assert [(hit.entry.text, hit.match) for hit in found] == [
        ("Aven", Match.EXACT),
        ("Avenue", Match.BEGINNING),
        ("Aven bridge", Match.BEGINNING),
        ("Old Aven", Match.WORDS),
        ("Craven", Match.PART),
    ]


def test_words_may_stand_in_any_order():
    (hit,) = texts("bridge of Aven", "bridge of Holm").find("aven bridge")
    assert (hit.entry.text, hit.match) == ("bridge of Aven", Match.SCATTERED)


def test_words_are_not_found_across_two_texts():
    assert texts("Aven", "bridge").find("aven bridge") == []


def test_a_thing_with_many_names_is_found_once_by_its_best():
    found = Texts([Entry("t", name, None, "name") for name in ("Aven town", "Aven", "Avon")])
    assert [hit.entry.text for hit in found.find("aven")] == ["Aven"]


@pytest.mark.parametrize("nothing", [texts(), texts("", "—")])
def test_where_nothing_is_nothing_is_found(nothing):
    assert nothing.find("aven") == [] and nothing.find("") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jisr shugur", ["jisr shughur"]),
        ("shughur", []),
        ("jsr", []),
        ("brigde", ["bridge"]),
        ("entirely else", []),
    ],
)
def test_a_slip_of_a_letter_is_forgiven(typed, meant):
    assert nearly(typed, {"jisr", "shughur", "bridge", "al"}) == meant
