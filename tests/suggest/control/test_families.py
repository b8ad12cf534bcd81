"""Whole classes of words for one happening: those who leave, who fire, who lay siege, who stand."""

from __future__ import annotations

import pytest

from tests.suggest.control.test_state import only, states, told

pytest.importorskip("spacy")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The soldiers left Aven before dawn.",
            ("withdrawal", {"lost-by": ["soldiers"], "place": ["Aven"]}),
        ),
        (
            "The troops slipped out of Holm at night.",
            ("withdrawal", {"lost-by": ["troops"], "place": ["Holm"]}),
        ),
        (
            "The rebels drew back from Aven.",
            ("withdrawal", {"lost-by": ["rebels"], "place": ["Aven"]}),
        ),
        ("The old castle was abandoned in May.", ("withdrawal", {"place": ["old castle"]})),
        ("The old fort was evacuated on Monday.", ("withdrawal", {"place": ["old fort"]})),
        (
            "Control of Aven passed to the League.",
            ("capture", {"place": ["Aven"], "gained-by": ["League"]}),
        ),
        (
            "The Crown handed control of Holm to the League.",
            (
                "unopposed-takeover",
                {"lost-by": ["Crown"], "place": ["Holm"], "gained-by": ["League"]},
            ),
        ),
        ("Aven has changed hands again.", ("loss-of-control", {"place": ["Aven"]})),
        ("The League has the mill.", ("full", {"controller": ["League"], "place": ["mill"]})),
        ("Aven remains with the Crown.", ("full", {"place": ["Aven"], "controller": ["Crown"]})),
        (
            "League soldiers are in Holm.",
            ("presence", {"controller": ["League soldiers"], "place": ["Holm"]}),
        ),
        (
            "The League's flag flies over the port of Holm.",
            ("presence", {"controller": ["League"], "place": ["Holm"]}),
        ),
        (
            "There are 40 gunmen in Holm.",
            ("presence", {"controller": ["40 gunmen"], "place": ["Holm"]}),
        ),
        (
            "There is not a soldier left in Aven.",
            ("none", {"controller": ["soldier"], "place": ["Aven"]}),
        ),
        (
            "The League has no troops in Tarn.",
            ("none", {"controller": ["League"], "place": ["Tarn"]}),
        ),
        ("The airfield at Holm is contested.", ("rivalry", {"place": ["airfield"]})),
        ("Aven was cut off by road.", ("siege", {"place": ["Aven"]})),
        (
            "The League counter-attacked at Holm.",
            ("counter-offensive", {"agent": ["League"], "place": ["Holm"]}),
        ),
        ("Street fighting raged in Holm.", ("clash", {"place": ["Holm"]})),
        (
            "Dragoons carried the bridge at noon.",
            ("capture", {"gained-by": ["Dragoons"], "place": ["bridge"]}),
        ),
        (
            "Gunners of the Crown opened fire on Holm.",
            ("attack", {"agent": ["Gunners of the Crown"], "place": ["Holm"]}),
        ),
        (
            "The rebels fought their way into Tarn.",
            ("advance", {"agent": ["rebels"], "destination": ["Tarn"]}),
        ),
        (
            "Soldiers of the Crown are stationed at Holm.",
            ("presence", {"controller": ["Soldiers of the Crown"], "place": ["Holm"]}),
        ),
        (
            "The League has troops in Tarn.",
            ("presence", {"controller": ["League"], "place": ["Tarn"]}),
        ),
        (
            "The rebels have occupied Aven since May.",
            ("full", {"controller": ["rebels"], "place": ["Aven"]}),
        ),
        (
            "The League governs Holm.",
            ("full", {"controller": ["League"], "place": ["Holm"]}),
        ),
        (
            "The Crown sent two regiments there.",
            ("movement", {"agent": ["Crown"], "destination": ["there"]}),
        ),
    ],
)
def test_each_word_of_a_class_tells_the_same(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The minister left Aven on Monday.",
        "The school was evacuated on Monday.",
        "Lord Ashcombe carried Pennsylvania.",
        "The painting changed hands twice.",
        "Prices hit Aven.",
        "The choir stood in Holm.",
    ],
)
def test_the_same_words_of_those_without_arms_tell_nothing(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "polarity", "completion", "factuality", "certainty"),
    [
        (
            "The siege of Aven was raised.",
            *("negative", "completed", "asserted", "underspecified"),
        ),
        (
            "Grain is dear in besieged Aven.",
            *("positive", "ongoing", "asserted", "underspecified"),
        ),
        (
            "The army beat off an attack on Aven.",
            *("positive", "failed", "asserted", "underspecified"),
        ),
        (
            "Should Aven be taken, bread will be dear.",
            *("positive", "completed", "conditional", "underspecified"),
        ),
        (
            "Many believed that Aven would be lost.",
            *("positive", "completed", "predicted", "underspecified"),
        ),
        (
            "The League said that it would take Aven.",
            *("positive", "completed", "planned", "underspecified"),
        ),
        (
            "The clerk could not confirm claims that the League had taken Aven.",
            *("positive", "completed", "asserted", "possible"),
        ),
        (
            "The clerk is concerned that the League intends to take Aven.",
            *("positive", "completed", "feared", "underspecified"),
        ),
    ],
)
def test_a_statement_stands_as_the_words_above_it_say(
    text, polarity, completion, factuality, certainty
):
    found = only(text)
    standing = (found.polarity, found.completion, found.factuality, found.certainty)
    assert standing == (polarity, completion, factuality, certainty)


def test_what_a_hold_includes_is_held_as_well():
    held = [roles["place"] for _, roles in told("The Crown holds Tarn, including Holm.")]
    assert held == [["Tarn"], ["Holm"]]


def test_who_will_be_somewhere_means_to_come_there():
    statement = only("The rebels said they would be in Aven by Friday.")
    assert (statement.type, statement.factuality) == ("advance", "planned")


def test_a_denial_of_what_was_told_before_denies_it():
    taken, denial = states("The rebels captured Aven on Friday. The Crown denied it.")
    assert denial.denies == taken
    assert states("The Crown denied it.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aven: mill, League; old port, Crown.\nHolm: contested.\nTarn: Crown, besieged.",
            [("mill", "League"), ("old port", "Crown"), ("Holm", ""), ("Tarn", "Crown")],
        ),
        (
            "It lists: Aven, League; Holm, contested; Tarn, Crown.",
            [("Aven", "League"), ("Holm", ""), ("Tarn", "Crown")],
        ),
        ("It lists: Aven, League; Holm, Crown.", []),
    ],
)
def test_a_list_tells_who_holds_what(text, expected):
    held = [(roles["place"][0], roles.get("controller", [""])[0]) for _, roles in told(text)]
    assert held == expected


def test_who_beats_off_an_attack_is_attacked():
    (statement,) = states("The army beat off an attack on Aven.")
    assert [f.role for f in statement.roles] == ["affected", "place"]
