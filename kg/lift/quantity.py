"""A printed figure as an interval in its base unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

Interval = tuple[Decimal | None, Decimal | None]
"""Least and greatest; None is open. That `moreThan` and `lessThan` exclude it, their bound says."""

TOLERANCE: Final = Decimal("0.1")
"""What "about" leaves open, by definition: a tenth either way."""


def interval(number: float, bound: str, factor: float) -> Interval:
    """The interval of a figure: interval(20, "approximately", 1.0) is 18 to 22."""
    amount = Decimal(str(number)) * Decimal(str(factor))
    slack = abs(amount) * TOLERANCE
    return {
        "exactly": (amount, amount),
        "approximately": (amount - slack, amount + slack),
        "at-least": (amount, None),
        "more-than": (amount, None),
        "at-most": (None, amount),
        "less-than": (None, amount),
    }[bound]
