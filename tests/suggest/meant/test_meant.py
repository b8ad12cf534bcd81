"""Whom and where words mean that point back to a name."""

from __future__ import annotations

import pytest

from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.meant import take_meant
from kg.suggest.names import Known
from kg.suggest.reading import read_text

TEXT = (
    "The River Guard fought the Coast Army at Selm. It took Holm on Sunday. "
    "The militant group then left the town. Other fighters came. Farmers stayed. "
    "The weather was bad. It rained. Government forces lost a bridge."
)
BY = By("control.test", "a test")


def at(words):
    start = TEXT.index(words)
    return start, start + len(words)


NAMES = [
    Named(at("River Guard"), "actor", BY, refers_to="river-guard", type="armed-group"),
    Named(at("Coast Army"), "actor", BY, refers_to="coast-army", type="state-forces"),
    Named(at("Selm"), "place", BY, refers_to="selm", type="town"),
    Named(at("Holm"), "place", BY, refers_to="holm", type="town"),
]


def meant(role, words, *others):
    statement = Statement(at(words), BY, type="capture", roles=(Filled(role, at(words)), *others))
    (taken,) = take_meant(read_text(TEXT), NAMES, [statement], Known())
    named = taken.roles[0].named
    return named and named.refers_to


@pytest.mark.parametrize(
    ("role", "words", "expected"),
    [
        ("gained-by", "It", "river-guard"),
        ("lost-by", "militant group", "river-guard"),
        ("place", "town", "holm"),
        ("gained-by", "fighters", None),
        ("lost-by", "Government forces", "coast-army"),
        ("place", "bridge", None),
    ],
)
def test_definite_words_mean_the_last_of_their_kind(role, words, expected):
    assert meant(role, words) == expected


def test_a_pronoun_does_not_reach_far():
    start = TEXT.index("It rained")
    statement = Statement((start, start + 2), BY, roles=(Filled("gained-by", (start, start + 2)),))
    (taken,) = take_meant(read_text(TEXT), NAMES, [statement], Known())
    assert taken.roles == (), "whom nothing says fills no role"


def test_who_has_another_role_is_not_meant():
    taken = Filled("lost-by", at("River Guard"), NAMES[0])
    assert meant("gained-by", "It", taken) == "coast-army"


def test_what_a_statement_depends_on_is_taken_in_the_same_way():
    first = Statement(at("It took"), BY, roles=(Filled("gained-by", at("It")),))
    second = Statement(at("left"), BY, on_condition=first)
    one, other = take_meant(read_text(TEXT), NAMES, [first, second], Known())
    assert other.on_condition == one
    assert "'It' is River Guard before it" in one.by.because
