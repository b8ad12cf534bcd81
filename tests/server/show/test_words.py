import pytest

from server.show.words import LONGEST, Anchor, passages, read_text, shorten

TEXT = read_text("One fell. Two held on, they said. Three left.\nFour came.")


def anchor(start, end, exact=None):
    return Anchor((start, end), exact or TEXT.content[start:end], "en")


def shown(found):
    return [
        "".join(f"[{s.text}]" if s.marked else s.text for s in passage.segments)
        for passage in found
    ]


def test_words_are_marked_in_their_sentence():
    (found,) = passages([anchor(14, 18)], TEXT, "sentence")
    assert shown([found]) == ["Two [held] on, they said."]
    assert found.whole and found.language == "en"


def test_two_spans_of_a_sentence_are_one_passage_and_of_two_sentences_two():
    spans = [anchor(28, 32), anchor(10, 13), anchor(0, 3)]
    assert shown(passages(spans, TEXT, "sentence")) == [
        "[One] fell.",
        "[Two] held on, they [said].",
    ]


def test_spans_that_overlap_are_marked_once():
    assert shown(passages([anchor(10, 18), anchor(14, 21)], TEXT, "sentence")) == [
        "[Two held][ on], they said."
    ]


def test_a_span_over_two_sentences_shows_both():
    assert shown(passages([anchor(28, 39)], TEXT, "sentence")) == [
        "Two held on, they [said. Three] left."
    ]


@pytest.mark.parametrize(
    ("text", "policy"), [(None, "sentence"), (TEXT, "anchor"), (None, "anchor")]
)
def test_without_text_or_leave_only_the_anchor_is_shown(text, policy):
    (found,) = passages([anchor(0, 8, "One … fell")], text, policy)
    assert shown([found]) == ["One … fell"] and not found.whole


@pytest.mark.parametrize("text", [None, TEXT])
def test_nothing_is_shown_where_the_policy_says_none(text):
    assert passages([anchor(0, 3)], text, "none") == []


def test_of_a_long_stretch_the_middle_is_left_out():
    long = "word " * 1000
    assert len(shorten(long)) <= LONGEST + 3 and " … " in shorten(long)
    (found,) = passages([anchor(0, len(long), "w")], read_text(long), "sentence")
    assert len("".join(s.text for s in found.segments)) <= 2 * LONGEST
