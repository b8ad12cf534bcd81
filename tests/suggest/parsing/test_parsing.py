"""The model's parts, taken apart, say what spaCy's own pipeline says."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from kg.suggest.model import load_model
from kg.suggest.parsing import forms, read, steps_of, taken_from, vectors

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
    return [*map(said, read(steps, texts, [steps.pipeline.make_doc(text) for text in texts]))]


def said(parsed):
    words = [
        (t.idx, t.text, t.lower_, t.lemma_, t.pos_, t.tag_, t.ent_type_, t.head.i, t.is_sent_start)
        for t in parsed
    ]
    return words, [t.dep_ for t in parsed if not t.is_space], parsed.names


def test_a_text_is_read_as_spacy_reads_it():
    model = load_model()
    assert model.steps is not None, "the installed model is not taken apart"
    theirs = taken_from(TEXTS, list(model.pipeline.pipe(TEXTS)))
    for mine, its in zip(made(model.steps, TEXTS), map(said, theirs), strict=True):
        assert mine == its


def test_words_that_make_a_pattern_together_are_read_as_spacy_reads_them():
    texts = [
        "There was there is.",
        "Let's, let 's go: y'all gotta see what ain't gonna be there.",
        "There",
    ]
    model = load_model()
    theirs = taken_from(texts, list(model.pipeline.pipe(texts)))
    assert made(model.steps, texts) == [*map(said, theirs)]


def test_what_was_read_before_changes_nothing():
    steps = load_model().steps
    assert steps is not None
    first = made(steps, TEXTS[:1])
    made(steps, TEXTS)
    assert made(steps, TEXTS[:1]) == first


def test_nothing_to_read_gives_nothing():
    steps = load_model().steps
    assert steps is not None
    assert made(steps, []) == [] and made(steps, [""]) == [([], [], ())]


def test_a_pipeline_of_another_make_is_left_to_spacy():
    import spacy

    assert steps_of(spacy.blank("en")) is None


def test_words_that_find_no_room_are_read_the_same(monkeypatch):
    steps = steps_of(load_model().pipeline)
    assert steps is not None
    plain = made(steps, TEXTS)
    for room in (3, 40):
        monkeypatch.setattr(vectors, "_ROOM", room)
        monkeypatch.setattr(forms, "_MOST", room)
        crowded = steps_of(load_model().pipeline)
        assert crowded is not None
        for _ in range(2):
            assert made(crowded, TEXTS) == plain


def test_no_word_hangs_deeper_than_rules_can_go():
    steps = load_model().steps
    assert steps is not None
    texts = [f"The army took {'half of ' * 2000}Holm.", "He left. " + "It said that he said " * 400]
    docs = [steps.pipeline.make_doc(text) for text in texts]
    read_texts = read(steps, texts, docs)
    deepest = max(sum(1 for _ in token.ancestors) for parsed in read_texts for token in parsed)
    assert 60 < deepest < 80
    for parsed, doc in zip(read_texts, docs, strict=True):
        for own, its in zip(parsed, doc, strict=True):
            assert own.head.i == its.head.i or own.head.head is own.head
