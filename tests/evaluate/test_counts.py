"""Precision, recall, F and their intervals."""

from __future__ import annotations

import pytest

from kg.evaluate.counts import Counts, Measured, f_interval, interval


def test_what_is_proposed_and_what_is_wanted_are_counted_apart():
    counted = Counts(right=3, proposed=4, found=2, wanted=4)
    assert (counted.precision, counted.recall, counted.f) == (0.75, 0.5, 0.6)


def test_nothing_proposed_is_not_wrong_and_nothing_wanted_is_not_missed():
    assert Counts().precision == Counts().recall == 1.0


def test_an_interval_holds_the_share_and_narrows_with_more():
    few, many = interval(9, 10), interval(900, 1000)
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert interval(0, 0) == (0.0, 1.0)


def test_texts_are_drawn_again_in_the_same_way():
    texts = [Counts(n % 3, 3, n % 3, 3) for n in range(20)]
    low, high = f_interval(texts)
    assert (low, high) == f_interval(texts)
    assert 0.0 < low < sum(texts, Counts()).f < high < 1.0


def test_each_rule_has_its_own_count():
    measured = Measured("places")
    measured.add([("a", True), ("b", False), ("a", True)], found=2, wanted=3)
    measured.add([("b", True)], found=1, wanted=1)
    assert measured.total == Counts(3, 4, 3, 4)
    assert measured.rules["a"].precision == 1.0
    assert measured.rules["b"].precision == pytest.approx(0.5)
