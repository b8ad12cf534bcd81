"""What a meaning is told from: the words, the day of the article, the tense; the nearest day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from re import Match
from typing import Final, NamedTuple

from kg.suggest.times.cues import Tense

NEXT: Final = ("next", "coming", "this coming", "following")
LAST: Final = ("last", "past", "this past", "previous")
"""The words that turn to the unit to come, and to the one before."""
_AGAINST: Final = 4
"""How much farther a day counts that lies on the side the tense speaks against."""


class Told(NamedTuple):
    """An expression with what surrounds it: the day it is told on, and its tense."""

    match: Match[str]
    today: dt.date | None
    tense: Tense

    def group(self, name: str) -> str:
        """The words of a group, empty where it has none."""
        return self.match[name] or ""


def nearest(told: Told, today: dt.date, month: int, day: int) -> dt.date:
    """The nearest day of that month and number, as the tense leans; ValueError where none is."""
    years = range(today.year - 1, today.year + 2)
    there = (dt.date(y, month, day) for y in years if day <= calendar.monthrange(y, month)[1])
    return min(there, key=far_from(told, today))


def far_from(told: Told, today: dt.date) -> Callable[[dt.date], int]:
    """How far a day lies; the side that the tense speaks against counts more."""

    def distance(there: dt.date) -> int:
        days = (there - today).days
        against = "past" if days > 0 else "ahead"
        return abs(days) * (_AGAINST if told.tense == against else 1)

    return distance
