"""Words to positions: repeated and broken phrases, long passages, and what the file keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mapping.anchor import NotFound, fill, find, locate, recorded
from kg.mapping.document import Anchor, anchors
from kg.mapping.read import read

TEXT = "The bridge fell. The mill fell. Troops took\nthe bridge on Sunday, “all of it”, they said."
WHOLE = [(0, len(TEXT))]


def found(anchor: Anchor, ranges=None) -> list[str]:
    return [TEXT[start:end] for start, end in find(anchor, TEXT, ranges or WHOLE)]


def refusal(anchor: Anchor, ranges=None) -> str:
    with pytest.raises(NotFound) as caught:
        find(anchor, TEXT, ranges or WHOLE)
    return str(caught.value)


def test_a_phrase_that_stands_once():
    assert find(Anchor(words=("mill",)), TEXT, WHOLE) == ((21, 25),)


def test_nth_counts_from_one():
    assert find(Anchor(words=("fell",), nth=(2,)), TEXT, WHOLE) == ((26, 30),)


def test_nth_counts_over_the_parts_only():
    assert find(Anchor(words=("fell",)), TEXT, [(17, 32)]) == ((26, 30),)


def test_a_repeated_phrase_needs_nth_and_shows_the_places():
    assert refusal(Anchor(words=("fell",))) == (
        "'fell' stands 2 times. Add nth, or more words. "
        "1: …The bridge fell. The mill fell…; 2: …fell. The mill fell. Troops took t…"
    )


def test_nth_beyond_the_last_is_refused():
    message = refusal(Anchor(words=("fell",), nth=(3,)))
    assert message == "'fell' stands 2 times, so there is no number 3."


def test_the_pieces_of_a_broken_phrase_follow_each_other():
    anchor = Anchor(words=("The bridge", "fell", "fell"))
    assert find(anchor, TEXT, WHOLE) == ((0, 10), (11, 15), (26, 30))


def test_the_pieces_of_a_broken_phrase_may_have_their_own_nth():
    anchor = Anchor(words=("bridge", "fell"), nth=(2, 1))
    assert find(anchor, TEXT, WHOLE) == ((48, 54), (11, 15))


def test_a_passage_runs_from_its_first_to_its_last_words():
    assert found(Anchor(first="The mill", last="on Sunday")) == [
        "The mill fell. Troops took\nthe bridge on Sunday"
    ]


def test_to_is_the_first_place_after_from_or_the_to_nth():
    assert found(Anchor(first="The", nth=(1,), last="fell")) == ["The bridge fell"]
    assert found(Anchor(first="The", nth=(1,), last="fell", to_nth=2)) == [
        "The bridge fell. The mill fell"
    ]


def test_an_anchor_without_words_says_what_it_needs():
    assert (
        refusal(Anchor(first="The mill")) == "needs its words: either `words`, or `from` and `to`."
    )
    both = Anchor(words=("mill",), first="The mill", last="fell")
    assert refusal(both) == "needs its words: either `words`, or `from` and `to`."


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        (
            '"all of it"',
            (
                "'\"all of it\"' is not in the article as typed: it has “ (U+201C) where you typed "
                'straight ", ” (U+201D) where you typed straight ". '
                'Copy its own signs: "“all of it”".'
            ),
        ),
        (
            "took the bridge",
            (
                "'took the bridge' is not in the article as typed: it has a line break where you "
                'typed a space. Copy its own signs: "took\\nthe bridge".'
            ),
        ),
        (
            "fell.  The mill",
            (
                "'fell.  The mill' stands there with other line breaks or spaces. "
                'Copy it so: "fell. The mill".'
            ),
        ),
        (
            "the Mill",
            (
                "'the Mill' is not in the article (it is there in other capitals). "
                "Copy the words letter for letter."
            ),
        ),
        ("castle", "'castle' is not in the article. Copy the words letter for letter."),
    ],
)
def test_what_is_not_there_is_explained(phrase, message):
    assert refusal(Anchor(words=(phrase,))) == message


def test_what_stands_outside_the_parts_is_explained():
    assert refusal(Anchor(words=("Sunday",)), [(0, 16)]) == (
        "'Sunday' stands only outside the parts, or before `from` or the piece before. "
        "Check the [[part]] entries and the order."
    )


@given(st.text(alphabet="ab ", min_size=1, max_size=30), st.data())
def test_every_slice_of_a_text_can_be_found_again(text, draw):
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    phrase = text[start:end]
    nth = sum(text.startswith(phrase, i) for i in range(start + 1))
    assert find(Anchor(words=(phrase,), nth=(nth,)), text, [(0, len(text))]) == ((start, end),)


def test_what_is_located_is_what_is_recorded(aven):
    for slug in aven.slugs:
        mapping = aven.mapping(slug)
        assert locate(mapping, aven.content(slug).decode()) == recorded(mapping)


def test_one_missing_phrase_leaves_the_others_found(aven_mapping, aven_text):
    located = locate(aven_mapping, aven_text.replace("denied it", "kept silent"))
    assert set(located.problems) == {("voice", "council"), ("claim", "bridge-denied")}


SOURCE = """\
format = 1 # a comment
status = "draft"
[article]
title    = "T" # of the page
language = "en"

[[part]]   # the body
from = "The bridge"
to   = "they said."   # with its stop

[voice.one]
cue   = "they said"
form  = "direct"
words = [
    "all of", # first
    "it",
]
# after the words

[claim.two]
words   = "fell"
nth     = 2
when.on = 2026-03-01
at      = [1, 2] # wrong
because = "x"
"""
FILLED = """\
format = 1 # a comment
status = "draft"
[article]
title    = "T" # of the page
language = "en"
digest   = "sha256:0"

[[part]]   # the body
from = "The bridge"
to   = "they said."   # with its stop
at   = [0, 89]

[voice.one]
cue   = "they said"
cue-at = [79, 88]
form  = "direct"
words = [
    "all of", # first
    "it",
]
at = [[67, 73], [74, 76]]
# after the words

[claim.two]
words   = "fell"
nth     = 2
when.on = 2026-03-01
at      = [26, 30] # wrong
because = "x"
"""


def filled(source: str) -> str:
    mapping = read(source.replace("when.on = 2026-03-01\n", ""), "mapping.toml")
    return fill(source, locate(mapping, TEXT).spans, "sha256:0")


def test_filling_keeps_everything_else():
    assert filled(SOURCE) == FILLED


def test_filling_twice_changes_nothing():
    assert filled(FILLED) == FILLED


def test_filling_keeps_windows_newlines_readable():
    source = SOURCE.replace("\n", "\r\n")
    mapping = read(source, "mapping.toml")
    again = fill(source, locate(mapping, TEXT).spans, "sha256:0")
    assert recorded(read(again, "mapping.toml")) == locate(mapping, TEXT)


def test_filling_a_mapping_without_its_article_table_is_harmless():
    source = 'format = 1\nstatus = "draft"\n'
    assert fill(source, {}, "sha256:0") == source
    source += "[article]\n"
    assert fill(source, {}, "sha256:0") == source.replace(
        "[article]\n", '[article]\ndigest = "sha256:0"\n'
    )


def test_an_inline_entry_is_left_alone():
    source = 'format = 1\nstatus = "draft"\nnothing = [{ words = "mill" }]\n'
    assert fill(source, locate(read(source, "m"), TEXT).spans, None) == source


def test_filled_invented_mappings_are_as_they_stand(aven):
    for slug in aven.slugs:
        source = aven.source(slug)
        mapping = aven.mapping(slug)
        assert fill(source, dict(recorded(mapping).spans), mapping.article.digest) == source
        assert {path for path, _ in anchors(mapping)} == set(recorded(mapping).spans)
