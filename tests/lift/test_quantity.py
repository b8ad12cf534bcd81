"""A printed figure as an interval in its base unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lift.quantity import interval
from kg.lift.terms import decimal
from kg.vocabulary import load_vocabulary

BOUNDS = sorted(load_vocabulary().values["bound"])


@pytest.mark.parametrize(
    ("bound", "least", "most"),
    [
        ("exactly", 20, 20),
        ("approximately", 18, 22),
        ("at-least", 20, None),
        ("more-than", 20, None),
        ("at-most", None, 20),
        ("less-than", None, 20),
    ],
)
def test_bounds(bound, least, most):
    assert interval(20, bound, 1.0) == (least, most)


def test_decimals_stay_exact():
    assert interval(0.1, "exactly", 1.609344) == (Decimal("0.1609344"), Decimal("0.1609344"))


@given(
    st.integers(-(10**9), 10**9), st.sampled_from(BOUNDS), st.sampled_from([1.0, 1.609344, 30.4])
)
def test_the_figure_itself_lies_in_its_interval(number, bound, factor):
    least, most = interval(number, bound, factor)
    amount = Decimal(str(number)) * Decimal(str(factor))
    assert least is None or least <= amount
    assert most is None or amount <= most


@pytest.mark.parametrize(
    ("number", "spelled"),
    [(12, "12"), (1.50, "1.5"), (1e6, "1000000"), (Decimal("1E+3"), "1000"), (-0.25, "-0.25")],
)
def test_decimals_are_spelled_canonically(number, spelled):
    assert decimal(number).value == spelled
