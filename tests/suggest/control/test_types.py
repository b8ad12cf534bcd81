"""Each type of event by its verbs and nouns, and what a statement is lent by those beside it."""

from __future__ import annotations

import re

import pytest

from kg.suggest.control import state
from kg.suggest.found import By, Named, Statement
from kg.suggest.reading import read_text

pytest.importorskip("spacy")

PLACES = ("Aven", "Holm", "Tarn")
ACTORS = ("League", "Crown")
BY = By("test", "told by the test")


def states(text: str) -> list[Statement]:
    from kg.suggest.model import load_model, parse

    (reading,) = parse(load_model(), [read_text(text)])
    names = sorted(
        (
            Named(m.span(), "place" if word in PLACES else "actor", BY, refers_to=word.lower())
            for word in (*PLACES, *ACTORS)
            for m in re.finditer(rf"\b{word}\b", text)
        ),
        key=lambda n: n.span,
    )
    return state(reading, names, [], [])


def told(text: str) -> list[tuple[str | None, dict[str, list[str]]]]:
    """The type or degree of each statement, and the words in each role."""
    return [
        (
            s.type or s.degree,
            {f.role: [text[slice(*g.words)] for g in s.filling(f.role)] for f in s.roles},
        )
        for s in states(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "League riders killed dozens of villagers in Aven.",
            ("killing", {"agent": ["League riders"], "affected": ["dozens of villagers"]}),
        ),
        (
            "Thousands of families fled Aven.",
            ("displacement", {"affected": ["Thousands of families"], "departure": ["Aven"]}),
        ),
        (
            "Civilians were evacuated from the town of Aven.",
            ("displacement", {"affected": ["Civilians"], "departure": ["Aven"]}),
        ),
        (
            "The Crown razed the abbey of Holm.",
            ("destruction", {"agent": ["Crown"], "place": ["abbey of Holm"]}),
        ),
        (
            "The League has been smuggling weapons into Aven.",
            ("movement", {"agent": ["League"], "destination": ["Aven"]}),
        ),
        (
            "The rebels cut the road to Holm.",
            ("route-cut", {"agent": ["rebels"], "place": ["road"]}),
        ),
        (
            "Government troops are massing near Holm.",
            ("force-buildup", {"agent": ["Government troops"], "place": ["Holm"]}),
        ),
        (
            "The League and the Crown vied for control of Aven.",
            ("rivalry", {"agent": ["League", "Crown"], "place": ["Aven"]}),
        ),
        (
            "The League set up a base in Holm.",
            ("base-established", {"agent": ["League"], "place": ["Holm"]}),
        ),
        (
            "The Crown launched air strikes on Holm.",
            ("air-strike", {"agent": ["Crown"], "place": ["Holm"]}),
        ),
        (
            "The League launched a raid on the port of Holm.",
            ("attack", {"agent": ["League"], "place": ["Holm"]}),
        ),
        (
            "Aven has seen fierce fighting between the League and the Crown.",
            ("clash", {"agent": ["League", "Crown"], "place": ["Aven"]}),
        ),
        (
            "The army suffered losses in Aven.",
            ("loss-of-control", {"lost-by": ["army"], "place": ["Aven"]}),
        ),
        (
            "The League proclaimed a caliphate in Aven.",
            ("full", {"controller": ["League"], "place": ["Aven"]}),
        ),
        (
            "A photograph of League riders in Aven",
            ("presence", {"controller": ["League"], "place": ["Aven"]}),
        ),
        (
            "Aven's capture surprised the court.",
            ("capture", {"place": ["Aven"]}),
        ),
    ],
)
def test_a_word_tells_the_type_and_who_and_where(text, expected):
    kind, roles = told(text)[0]
    assert kind == expected[0]
    assert {role: roles.get(role) for role in expected[1]} == expected[1]


@pytest.mark.parametrize(
    "text",
    [
        "The minister lost the propaganda battle in Aven.",
        "At least 17 people were killed.",
        "The envoy sent a letter to Holm.",
        "The storm destroyed his hopes.",
        "The two firms compete for customers.",
        "The guild made bread.",
        "The Crown expelled two diplomats from Holm.",
    ],
)
def test_what_only_sounds_like_it_is_nothing(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("The herald says that the League has killed ten monks.", "agent", ["League"]),
        ("Taking Aven allows the League to cross the river.", "gained-by", ["League"]),
        ("Police stopped riders from marching into Holm.", "agent", ["riders"]),
        ("Strikes drained the League's ranks.", "affected", ["League"]),
        ("The rebels cut roads used by the League.", "affected", ["League"]),
        ("The League linked its territory in Aven with Holm.", "place", ["Aven", "Holm"]),
    ],
)
def test_who_and_where_stand_where_the_grammar_says(text, role, words):
    roles = told(text)[0][1] if told(text) else {}
    assert sorted(roles.get(role, [])) == words


def test_a_hold_of_several_places_is_one_statement():
    assert [r["place"] for _, r in told("The League holds Aven and Holm.")] == [["Aven", "Holm"]]


def test_what_is_told_with_where_is_told_of_the_place_before():
    text = "The herald rode to Aven, where troops are massing."
    assert told(text) == [("force-buildup", {"agent": ["troops"], "place": ["Aven"]})]


def test_a_withdrawal_without_a_place_is_from_the_place_told_before():
    text = "The League captured Aven on Monday. The garrison withdrew."
    assert told(text)[1] == ("withdrawal", {"lost-by": ["garrison"], "place": ["Aven"]})


def test_a_withdrawal_from_nowhere_told_is_nothing():
    assert told("The garrison withdrew.") == []


def test_a_fall_beside_a_taking_is_a_taking():
    text = "The League captured Aven on Monday. Holm fell on Friday."
    assert told(text)[1] == ("capture", {"place": ["Holm"], "gained-by": ["League"]})


def test_a_fall_beside_a_loss_is_one_more_loss():
    text = "The Crown lost Aven on Monday. Holm fell on Friday."
    assert told(text)[1] == ("loss-of-control", {"place": ["Holm"], "lost-by": ["Crown"]})


def test_those_who_pushed_on_and_took_are_told_to_have_taken():
    assert [k for k, _ in told("The League pushed on and seized the Holm ford.")] == ["capture"]


def test_an_advance_that_only_points_back_is_nothing():
    text = "The League captured Aven. The League's advance worries the court."
    assert [k for k, _ in told(text)] == ["capture"]


def test_a_small_word_in_capitals_is_a_name():
    text = "IS captured Aven, and riders fled Holm."
    assert told(text)[0] == ("capture", {"gained-by": ["IS"], "place": ["Aven"]})
