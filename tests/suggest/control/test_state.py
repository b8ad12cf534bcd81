"""What sentences about places tell, and what sentences that only look so do not."""

from __future__ import annotations

import re

import pytest

from kg.suggest.control import state
from kg.suggest.found import By, Named, Statement, Timed, Utterance
from kg.suggest.reading import Reading, read_text

pytest.importorskip("spacy")

PLACES = ("Aven", "Holm", "Tarn", "Pennsylvania")
ACTORS = ("League", "Crown")
BY = By("test", "told by the test")


def named(text: str) -> list[Named]:
    """The invented names that a text holds."""
    return sorted(
        (
            Named(m.span(), "place" if word in PLACES else "actor", BY, refers_to=word.lower())
            for word in (*PLACES, *ACTORS)
            for m in re.finditer(rf"\b{word}\b", text)
        ),
        key=lambda n: n.span,
    )


def read(text: str) -> Reading:
    from kg.suggest.model import load_model, parse

    (reading,) = parse(load_model(), [read_text(text)])
    return reading


def states(text: str) -> list[Statement]:
    return state(read(text), named(text), [], [])


def told(text: str) -> list[tuple[str | None, dict[str, list[str]]]]:
    """The type or degree of each statement, and the words in each role."""
    return [
        (
            s.type or s.degree,
            {f.role: [text[slice(*g.words)] for g in s.filling(f.role)] for f in s.roles},
        )
        for s in states(text)
    ]


def only(text: str) -> Statement:
    (statement,) = states(text)
    return statement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The rebels seized Aven from the army.",
            ("capture", {"gained-by": ["rebels"], "place": ["Aven"], "lost-by": ["army"]}),
        ),
        (
            "Aven was recaptured by government troops.",
            ("capture", {"gained-by": ["government troops"], "place": ["Aven"]}),
        ),
        (
            "The League took control of the port of Holm.",
            ("capture", {"gained-by": ["League"], "place": ["Holm"]}),
        ),
        (
            "Aven fell to the League on Monday.",
            ("capture", {"place": ["Aven"], "gained-by": ["League"]}),
        ),
        (
            "The capture of Holm by the riders surprised the court.",
            ("capture", {"place": ["Holm"], "gained-by": ["riders"]}),
        ),
        (
            "The army has lost the northern hills.",
            ("loss-of-control", {"lost-by": ["army"], "place": ["northern hills"]}),
        ),
        (
            "The League drove the army out of Aven.",
            ("loss-of-control", {"gained-by": ["League"], "lost-by": ["army"], "place": ["Aven"]}),
        ),
        (
            "Government troops withdrew from Aven to Holm.",
            (
                "withdrawal",
                {"lost-by": ["Government troops"], "place": ["Aven"], "destination": ["Holm"]},
            ),
        ),
        (
            "The soldiers abandoned the Aven barracks.",
            ("withdrawal", {"lost-by": ["soldiers"], "place": ["Aven barracks"]}),
        ),
        (
            "The Crown handed the island over to the League.",
            (
                "unopposed-takeover",
                {"lost-by": ["Crown"], "place": ["island"], "gained-by": ["League"]},
            ),
        ),
        (
            "The militia entered Aven without firing a shot.",
            ("unopposed-takeover", {"gained-by": ["militia"], "place": ["Aven"]}),
        ),
        (
            "Riders advanced towards Holm.",
            ("advance", {"agent": ["Riders"], "destination": ["Holm"]}),
        ),
        (
            "The siege of Aven by the Crown was lifted.",
            ("siege", {"place": ["Aven"], "agent": ["Crown"]}),
        ),
        (
            "League fighters surrounded the town.",
            ("siege", {"agent": ["League fighters"], "place": ["town"]}),
        ),
        ("Rebels stormed Aven.", ("attack", {"agent": ["Rebels"], "place": ["Aven"]})),
        (
            "The League holds the bridge.",
            ("full", {"controller": ["League"], "place": ["bridge"]}),
        ),
        (
            "The town is in the hands of the rebels.",
            ("full", {"controller": ["rebels"], "place": ["town"]}),
        ),
        (
            "The market lies in League-held Aven.",
            ("full", {"controller": ["League"], "place": ["Aven"]}),
        ),
        (
            "The League dominates the valley.",
            ("dominant", {"controller": ["League"], "place": ["valley"]}),
        ),
        (
            "The League has a strong presence in Aven and Holm.",
            ("presence", {"controller": ["League"], "place": ["Aven", "Holm"]}),
        ),
    ],
)
def test_a_sentence_tells_who_did_what_where(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Lord Ashcombe is winning Pennsylvania.",
        "The Crown expelled two diplomats from Holm.",
        "The thief took a bus to Holm.",
        "The song captured the imagination of the country.",
        "The militia captured a soldier in Holm.",
        "The driver lost control of his car in Aven.",
        "The ministers hold talks in Holm.",
        "The clerk was occupied with letters from Aven.",
        "Prices fell in Aven.",
        "Protesters occupied the square.",
        "Police seized weapons from a house in Aven.",
        "Who controls the town?",
        "The League must withdraw from Aven, the envoy said.",
        "The envoy urged the League to leave Aven.",
        "The army lost forty men at Holm.",
    ],
)
def test_what_tells_of_no_place_changing_hands_is_nothing(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "polarity", "completion", "factuality", "certainty"),
    [
        ("The rebels took Aven.", "positive", "completed", "asserted", "underspecified"),
        ("The army did not take Aven.", "negative", "completed", "asserted", "underspecified"),
        (
            "The army no longer controls Aven.",
            "negative",
            "ongoing",
            "asserted",
            "underspecified",
        ),
        ("The army is losing Aven.", "positive", "ongoing", "asserted", "underspecified"),
        ("The army failed to take Aven.", "positive", "failed", "asserted", "underspecified"),
        (
            "The army faltered in its bid to take Aven.",
            "positive",
            "failed",
            "asserted",
            "underspecified",
        ),
        (
            "The League vowed to recapture Aven.",
            "positive",
            "completed",
            "planned",
            "underspecified",
        ),
        (
            "The League began an operation to retake Aven.",
            "positive",
            "completed",
            "planned",
            "underspecified",
        ),
        ("The League could lose Aven.", "positive", "completed", "conditional", "underspecified"),
        ("The League will lose Aven.", "positive", "completed", "predicted", "underspecified"),
        (
            "Residents fear that the League will seize Aven.",
            "positive",
            "completed",
            "feared",
            "underspecified",
        ),
        ("The rebels reportedly took Aven.", "positive", "completed", "asserted", "possible"),
        ("The rebels may have taken Aven.", "positive", "completed", "asserted", "possible"),
        ("The League claims to have seized Aven.", "positive", "completed", "asserted", "possible"),
        (
            "The envoy confirmed that the League seized Aven.",
            "positive",
            "completed",
            "asserted",
            "certain",
        ),
        (
            "The council denied that Aven had fallen.",
            "negative",
            "completed",
            "asserted",
            "underspecified",
        ),
        ("The rebels managed to take Aven.", "positive", "completed", "asserted", "underspecified"),
        (
            "The rebels refused to leave Aven.",
            "negative",
            "completed",
            "asserted",
            "underspecified",
        ),
        ("He ruled out taking Aven.", "negative", "completed", "planned", "underspecified"),
        ("Aven will not be taken.", "negative", "completed", "predicted", "underspecified"),
        (
            "Two years ago the League ruled Aven.",
            "positive",
            "completed",
            "asserted",
            "underspecified",
        ),
    ],
)
def test_a_statement_stands_as_its_words_say(text, polarity, completion, factuality, certainty):
    statement = only(text)
    standing = (
        statement.polarity,
        statement.completion,
        statement.factuality,
        statement.certainty,
    )
    assert standing == (polarity, completion, factuality, certainty)


def test_two_verbs_share_their_subject_and_each_has_its_own_place():
    assert told("The rebels seized Aven and lost Holm.") == [
        ("capture", {"gained-by": ["rebels"], "place": ["Aven"]}),
        ("loss-of-control", {"lost-by": ["rebels"], "place": ["Holm"]}),
    ]


def test_a_participle_and_its_sentence_are_two_statements():
    text = "The town, captured last week by League riders, is in the hands of the rebels."
    assert [kind for kind, _ in told(text)] == ["capture", "full"]


def test_a_part_of_a_place_is_an_extent():
    text = "The League holds parts of Aven. The Crown controls most of Holm."
    part, most = states(text)
    assert (part.degree, text[slice(*part.extent)]) == ("partial", "parts of")
    assert (most.degree, text[slice(*most.extent)]) == ("full", "most of")


def test_villages_near_a_place_are_an_extent_of_it():
    text = "Militants seized several villages near Holm."
    statement = only(text)
    assert text[slice(*statement.extent)] == "several villages near"
    assert [f.named.refers_to for f in statement.filling("place")] == ["holm"]


def test_a_consequence_hangs_on_its_condition():
    first, second = states("If the rebels take the bridge, the army would lose the valley.")
    assert first.factuality == second.factuality == "conditional"
    assert second.on_condition is not None and second.on_condition.type == "capture"
    assert first.on_condition is None


def test_a_denial_points_to_what_it_denies():
    first, second = states("Rebels captured Aven. The Crown denied that rebels had captured Aven.")
    assert second.polarity == "negative" and second.denies == first


def test_a_taking_after_a_departure_says_so():
    taken, left = states("Rebels seized Aven after the army withdrew from the town.")
    assert (taken.type, taken.mode, left.type) == ("capture", "after-withdrawal", "withdrawal")
    assert left.filling("place")[0].named.refers_to == "aven"


def test_force_is_told_by_the_verb():
    assert only("The League overran the Aven garrison.").mode == "by-force"
    assert only("The League captured Aven.").mode is None


def test_a_pronoun_knows_whom_it_means():
    text = "The army retreated. It lost Aven."
    filled = only(text).filling("lost-by")[0]
    assert text[slice(*filled.words)] == "It"
    assert text[slice(*filled.named.span)] == "army"


def test_a_statement_has_the_time_beside_it_and_the_voice_around_it():
    text = "The League seized Aven on Monday, the herald said."
    monday = Timed((text.index("Monday"), text.index("Monday") + 6), "1644-07-04", BY)
    said = Utterance("indirect", ((0, text.index(",")),), BY)
    (statement,) = state(read(text), named(text), [monday], [said])
    assert (statement.when, statement.voice) == (monday, said)


def test_without_a_model_nothing_is_stated():
    text = "The League seized Aven."
    assert state(read_text(text), named(text), [], []) == []


def test_the_same_text_gives_the_same_statements():
    text = "Rebels seized Aven, Holm and a nearby airfield from the Crown, and besieged Tarn."
    assert states(text) == states(text)
    assert all(s.by.rule.startswith("control.") and s.by.because for s in states(text))


def test_a_hold_told_of_what_was_taken_is_over():
    text = "The last post held by the Crown fell to the League."
    held, taken = states(text)
    assert (held.degree, held.completion, taken.type) == ("full", "completed", "capture")


def test_the_crossing_of_a_town_is_not_the_town():
    text = "The League seized the Holm crossing."
    assert told(text) == [("capture", {"gained-by": ["League"], "place": ["Holm crossing"]})]


def test_a_taking_in_scare_quotes_is_somebodys_word_for_it():
    statement = only("The army “liberated” Aven on Monday.")
    assert (statement.type, statement.certainty) == ("capture", "possible")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The army has yet to retake Aven.", "negative"),
        ("The rebels stopped short of entering Aven.", "negative"),
        ("Rebels deny losing the airport.", "negative"),
        ("An offensive aimed at recapturing the city has stalled.", "planned"),
        ("Had the rebels taken the bridge, they would rest.", "conditional"),
    ],
)
def test_what_has_not_come_about_is_not_told_as_if_it_had(text, value):
    statement = only(text)
    assert value in (statement.polarity, statement.factuality)


@pytest.mark.parametrize(
    "text",
    [
        "Half of them captured Aven.",
        "Many fled; dozens of them took Aven from some of them.",
        "A part of half of them captured Aven.",
        "Some of them left it. Half of it was taken by part of them in Aven.",
    ],
)
def test_some_of_them_are_not_told_by_themselves(text):
    assert [s.type for s in states(text)]
