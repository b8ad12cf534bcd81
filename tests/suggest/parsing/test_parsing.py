"""The model's parts, taken apart, say what spaCy's own pipeline says."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from kg.suggest.model import load_model
from kg.suggest.parsing import read, steps_of, vectors

TEXTS = [
    "Colonel Ines Varro of the Third Corps said on 3 May 1907 that her men hadn't left Aven.",
    "There were about 2,400 soldiers in Holm, the League of the Coast told Reuters. They fled!",
    "“Let's go,” she said, “we're gonna hold the dam.” Who'd have thought it?",
    "جيش الساحل entered al-Mansur; $3 million was lost in New York and Rio de Janeiro.",
    "   ",
    "St. Avel's mayor, J. R. Orrin, couldn't say if it'd been taken by the U.S. or by Tarnland.",
    "IN BRIEF\tThe Bank of Tarnland lost its seat on the Security Council of the United Nations",
]


def made(steps, texts):
    return read(steps, [steps.pipeline.make_doc(text) for text in texts])


def test_a_text_is_read_as_spacy_reads_it():
    model = load_model()
    assert model.steps is not None, "the installed model is not taken apart"
    for ours, theirs in zip(made(model.steps, TEXTS), model.pipeline.pipe(TEXTS), strict=True):
        for mine, its in zip(ours, theirs, strict=True):
            said = (mine.tag_, mine.pos_, mine.lemma_, mine.head.i, mine.is_sent_start)
            assert said == (its.tag_, its.pos_, its.lemma_, its.head.i, its.is_sent_start)
            assert (mine.dep_ == its.dep_ or its.is_space) and str(mine.morph) == str(its.morph)
        assert [(e.text, e.label_) for e in ours.ents] == [(e.text, e.label_) for e in theirs.ents]


def test_what_was_read_before_changes_nothing():
    steps = load_model().steps
    assert steps is not None
    (first,) = made(steps, TEXTS[:1])
    made(steps, TEXTS)
    (again,) = made(steps, TEXTS[:1])
    assert first.to_json() == again.to_json()


def test_nothing_to_read_gives_nothing():
    steps = load_model().steps
    assert steps is not None
    assert made(steps, []) == [] and [len(doc) for doc in made(steps, [""])] == [0]


def test_a_pipeline_of_another_make_is_left_to_spacy():
    import spacy

    assert steps_of(spacy.blank("en")) is None


def test_words_that_find_no_room_are_read_the_same(monkeypatch):
    steps = steps_of(load_model().pipeline)
    assert steps is not None
    plain = [doc.to_json() for doc in made(steps, TEXTS)]
    for room in (3, 40):
        monkeypatch.setattr(vectors, "_ROOM", room)
        crowded = steps_of(load_model().pipeline)
        assert crowded is not None
        for _ in range(2):
            assert [doc.to_json() for doc in made(crowded, TEXTS)] == plain
