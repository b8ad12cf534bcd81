"""The four bounds of a claim's time."""

import datetime as dt

import pytest

from kg.lift.time import Bounds, bounds
from kg.mapping.document import When


def march(day: int) -> dt.date:
    return dt.date(2026, 3, day)


PUBLISHED = (march(10), march(12))
D = march


@pytest.mark.parametrize(
    ("when", "event", "state"),
    [
        (None, ((None, D(12)), (None, D(12))), ((None, D(12)), (D(10), None))),
        (When(on=D(1)), ((D(1), D(1)), (D(1), D(1))), ((None, D(1)), (D(1), None))),
        (When(within=(D(1), D(5))), ((D(1), D(5)), (D(1), D(5))), ((None, D(5)), (D(1), None))),
        (
            When(since=(D(1), D(2))),
            ((D(1), D(2)), (None, D(12))),
            ((D(1), D(2)), (D(10), None)),
        ),
        (
            When(until=(D(3), D(4))),
            ((None, D(4)), (D(3), D(4))),
            ((None, D(4)), (D(3), D(4))),
        ),
        (
            When(since=(D(1), D(2)), until=(D(3), D(4))),
            ((D(1), D(2)), (D(3), D(4))),
            ((D(1), D(2)), (D(3), D(4))),
        ),
    ],
    ids=["undated", "on", "within", "since", "until", "since until"],
)
def test_bounds(when, event, state):
    assert bounds(when, PUBLISHED, lasting=False) == Bounds(*event)
    assert bounds(when, PUBLISHED, lasting=True) == Bounds(*state)


def test_what_is_planned_or_feared_comes_after_publication_if_ever():
    expected = Bounds((D(10), None), (None, None))
    assert bounds(None, PUBLISHED, lasting=False, real=False) == expected
    assert bounds(None, PUBLISHED, lasting=True, real=False) == expected


def test_a_begin_that_is_still_to_come_says_nothing_of_an_end():
    coming = When(since=(D(20), D(21)))
    assert bounds(coming, PUBLISHED, lasting=True) == Bounds((D(20), D(21)), (None, None))
    assert bounds(coming, PUBLISHED, lasting=False) == Bounds((D(20), D(21)), (None, None))
