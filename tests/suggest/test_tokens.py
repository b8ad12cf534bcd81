"""The tokens that rules read say what spaCy's own say."""

from __future__ import annotations

import pytest

from kg.suggest.tokens import Columns, Parsed

TEXT = (
    "The League's gunners, who had held Avenholm since May, left it on Monday. “We go,” said "
    "Colonel Varro's aide;  nobody knew where to.\tHolm, Selm and two villages were taken!"
)
PLAIN = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_")
FLAGS = ("is_space", "is_punct", "is_quote", "is_sent_start")
ONE = ("head", "left_edge", "right_edge")
SEVERAL = ("children", "lefts", "ancestors", "sent")


@pytest.fixture(scope="module")
def both():
    """The same words as spaCy has them and as rules read them."""
    pytest.importorskip("spacy")
    from kg.suggest.model import load_model
    from kg.suggest.parsing import taken_from

    doc = load_model().pipeline(TEXT)
    return doc, taken_from([TEXT], [doc])[0]


def test_a_token_says_what_spacy_says_of_it(both):
    doc, parsed = both
    assert len(doc) == len(parsed) > 30
    for token, own in zip(doc, parsed, strict=True):
        assert [getattr(own, name) for name in (*PLAIN, *FLAGS)] == [
            getattr(token, name) for name in (*PLAIN, *FLAGS)
        ]
        assert [getattr(own, name).i for name in ONE] == [getattr(token, name).i for name in ONE]
        for name in SEVERAL:
            assert [t.i for t in getattr(own, name)] == [t.i for t in getattr(token, name)], name
        assert [own.is_ancestor(t) for t in parsed] == [token.is_ancestor(t) for t in doc]


def test_a_paragraph_has_the_names_that_spacy_has(both):
    doc, parsed = both
    assert [(n.label, n.start, n.end) for n in parsed.names] == [
        (e.label_, e.start_char, e.end_char) for e in doc.ents
    ]
    assert parsed.names


def test_a_token_is_found_by_where_it_stands_and_by_its_lemma(both):
    doc, parsed = both
    for token in doc:
        for position in range(token.idx, token.idx + len(token)):
            assert parsed.at(position).i == token.i
    assert [t.text for t in parsed.having(frozenset({"leave", "say"}))] == ["left", "said"]


def test_no_word_stands_before_the_first():
    names = [["Aven", "fell"]] * 7
    parsed = Parsed("Aven fell", Columns([True, False], [1, 1], [0, 5], *names))
    assert parsed[1].nbor(-1) is parsed[0]
    for by in (-1, 2):
        with pytest.raises(IndexError):
            parsed[0].nbor(by)
