"""Who says what: quotations by their marks, and reported speech as the model parses it."""

from __future__ import annotations

import pytest

from kg.suggest.found import By, Named, Utterance
from kg.suggest.reading import Reading, read_text
from kg.suggest.utterances import attribute


def said(reading: Reading, found: Utterance) -> tuple[str, str | None]:
    """The words said and those for who said them."""
    content = " … ".join(reading.words(piece) for piece in found.content)
    return content, reading.words(found.speaker) if found.speaker else None


def without_model(text: str) -> list[tuple[str, str | None]]:
    reading = read_text(text)
    return [said(reading, found) for found in attribute(reading, [])]


def with_model(text: str) -> list[tuple[str, str | None]]:
    reading = parsed(text)
    return [said(reading, found) for found in attribute(reading, [])]


def parsed(text: str) -> Reading:
    pytest.importorskip("spacy")
    from kg.suggest.model import load_model, parse

    return next(parse(load_model(), [read_text(text)]))


def named(text: str, words: str, type_: str | None = None) -> Named:
    start = text.index(words)
    by = By("names.authority", "listed")
    return Named((start, start + len(words)), "actor", by, refers_to=words.lower(), type=type_)


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("“We hold the ford,” said Colonel Ines Varro.", "We hold the ford,", "Colonel Ines Varro"),
        ('"We hold the ford," Varro told Radio Tarn.', "We hold the ford,", "Varro"),
        ("Varro said: “We hold the ford.”", "We hold the ford.", "Varro"),
        ("On Sunday, Varro told reporters, “We hold it.”", "We hold it.", "Varro"),
        ("Varro told Radio Tarn “We hold the ford.”", "We hold the ford.", "Varro"),
        ("“They hold the ford,” points out Varro.", "They hold the ford,", "Varro"),
        ("«We hold the ford», said Varro.", "We hold the ford", "Varro"),
        ("„We hold the ford“, said Varro.", "We hold the ford", "Varro"),
        ("‘We hold the ford,’ said Varro.", "We hold the ford,", "Varro"),
        ("“We won’t leave the ‘old’ ford,” she added.", "We won’t leave the ‘old’ ford,", "she"),
        ("“Nobody leaves this valley.” — Ines Varro", "Nobody leaves this valley.", "Ines Varro"),
        ("“Who holds the ford?” asked the miller.", "Who holds the ford?", "the miller"),
        (
            "“We hold it,” said Varro, a spokeswoman for the corps.",
            "We hold it,",
            "Varro",
        ),
        ("The letter was short. It said: “Leave by dawn.", "Leave by dawn.", "It"),
    ],
)
def test_a_quotation_has_its_words_and_its_speaker(text, content, speaker):
    assert without_model(text) == [(content, speaker)]


def test_a_quotation_that_its_cue_breaks_is_one_in_pieces():
    text = "“We hold the ford,” Varro said, “and we stay.” “Ask anybody here.” The mill is shut."
    assert without_model(text) == [
        ("We hold the ford, … and we stay. … Ask anybody here.", "Varro")
    ]


def test_a_sentence_after_that_of_the_cue_goes_on():
    text = "“We hold the ford,” Varro told Radio Tarn. “Nobody will cross it.”"
    assert without_model(text) == [("We hold the ford, … Nobody will cross it.", "Varro")]


def test_a_quotation_over_paragraphs_reopens_its_mark():
    text = "“We hold the ford.\n“And we stay there,” Varro said."
    assert without_model(text) == [("We hold the ford. … And we stay there,", "Varro")]


def test_a_quotation_without_a_cue_is_the_last_speaker_s():
    text = "“We hold the ford,” said Varro.\n\n“The bridge is another matter.”"
    first, second = attribute(read_text(text), [])
    assert second.speaker == first.speaker
    assert second.by.rule == "utterances.direct.carried" and "Varro" in second.by.because


@pytest.mark.parametrize(
    "text",
    [
        "The “liberators” burned the mill.",
        "She reread “The Ford at Dawn” on the train.",
        "They fought for the so-called “iron gate” of the valley.",
        "The corps kept its self-declared “republic” in the hills.",
        "Its title, “Two Banks,” is old.",
        "The miller's sons' boats were the 'Tern' and the 'Gull'.",
    ],
)
def test_scare_quotes_and_titles_are_nobody_s_words(text):
    assert without_model(text) == []


def test_words_quoted_within_a_sentence_bring_what_is_said_around_them():
    (found,) = attribute(reading := read_text("Varro said that the ford was “lost” by noon."), [])
    assert said(reading, found) == ("that the ford was “lost” by noon", "Varro")
    assert found.form == "mixed"


def test_a_sentence_that_ends_in_quotation_marks_is_said_as_a_whole():
    assert without_model("The ford is “lost for good,” said Varro.") == [
        ("The ford is “lost for good,", "Varro")
    ]


def test_turns_of_a_transcript_have_their_labels_for_speakers():
    text = "HALE: Who holds the ford?\nVARRO: We do. All of it.\nThe talk ended."
    assert without_model(text) == [("Who holds the ford?", "HALE"), ("We do. All of it.", "VARRO")]


def test_a_role_stands_beside_the_speaker():
    text = "“We hold it,” said Ines Varro, a spokeswoman for the corps."
    (found,) = attribute(reading := read_text(text), [])
    assert found.role and reading.words(found.role) == "a spokeswoman for the corps"


def test_names_say_who_a_pronoun_is_and_who_was_told():
    text = (
        "Ines Varro leads the Tarn Corps. “We hold the ford,” she told Radio Tarn. "
        "They stay.\n\n“It is ours,” she added."
    )
    names = [
        named(text, "Ines Varro", "military-officer"),
        named(text, "Tarn Corps", "armed-group"),
        named(text, "Radio Tarn", "news-outlet"),
    ]
    first, second = attribute(read_text(text), names)
    assert first.named == second.named == names[0]
    assert first.said_to == names[2] and second.said_to is None
    assert "“she” taken for “Ines Varro”" in first.by.because


def test_only_the_parts_are_read():
    text = "“Cross now,” said Hale.\n“We hold it,” said Varro."
    (found,) = attribute(reading := read_text(text, [(24, len(text))]), [])
    assert said(reading, found) == ("We hold it,", "Varro")


def test_the_same_text_gives_the_same_utterances():
    text = "“We hold it,” said Varro. Hale said “no” twice. “Never,” he added."
    assert attribute(read_text(text), []) == attribute(read_text(text), [])


def test_hostile_marks_take_no_time():
    reading = read_text("“" * 3000 + " said ‘" * 3000 + "'" * 3000 + "\n" + '" ' * 3000)
    attribute(reading, [])


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("The council said the ford had fallen.", "the ford had fallen", "The council"),
        ("The ford had fallen, the council said.", "The ford had fallen", "the council"),
        ("According to the monitor, the ford fell.", "the ford fell", "the monitor"),
        ("The ford fell, according to the monitor.", "The ford fell", "the monitor"),
        ("The council denied that it had lost the ford.", "that it had lost the ford", None),
        ("The colonel vowed to retake the ford.", "to retake the ford", "The colonel"),
        ("The council accused the corps of looting.", "the corps of looting", "The council"),
        ("Her claim that the ford fell was wrong.", "that the ford fell", "Her"),
        ("The king called the siege a crime.", "the siege a crime", "The king"),
    ],
)
def test_reported_speech_has_what_the_cue_governs(text, content, speaker):
    found = with_model(text)
    assert content in [words for words, _ in found]
    if speaker is not None:
        assert (content, speaker) in found


def test_a_passive_names_its_speaker_after_by():
    found = with_model("The corps was accused of arson by the council.")
    assert [speaker for _, speaker in found] == ["the council"]


def test_what_one_says_that_another_said_is_relayed():
    reading = parsed("The agency said that local doctors said twelve people had died.")
    agency, doctors = attribute(reading, [])
    assert agency.speaker and reading.words(agency.speaker) == "The agency"
    assert doctors.relayed_by is not None and doctors.relayed_by.cue == agency.cue


def test_one_who_is_cited_is_relayed_by_the_one_who_cites():
    reading = parsed("The agency reported, citing local doctors, that twelve people had died.")
    found = attribute(reading, [])
    cited = next(u for u in found if u.by.rule == "utterances.relayed.citing")
    assert cited.speaker and reading.words(cited.speaker) == "local doctors"
    assert cited.relayed_by is not None and cited.relayed_by.speaker
    assert reading.words(cited.relayed_by.speaker) == "The agency"


@pytest.mark.parametrize(
    "text",
    [
        "Local sources, quoted by the monitor, told the agency that the ford fell.",
        "Local sources were quoted by the monitor as saying that the ford fell.",
    ],
)
def test_one_whom_another_quotes_is_relayed_by_that_one(text):
    reading = parsed(text)
    found = next(u for u in attribute(reading, []) if u.relayed_by is not None)
    assert said(reading, found) == ("that the ford fell", "Local sources")
    assert said(reading, found.relayed_by) == ("that the ford fell", "the monitor")


def test_an_attack_is_not_an_utterance():
    assert with_model("The rebels attacked the ford and defended the mill.") == []
