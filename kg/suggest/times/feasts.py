"""Days with a name of their own, and where each lies in a year."""

from __future__ import annotations

import datetime as dt
from typing import Final

_FIXED: Final = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "april fools' day": (4, 1),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "armistice day": (11, 11),
}
"""Month and day."""
_FROM_EASTER: Final = {"palm sunday": -7, "good friday": -2, "easter monday": 1, "easter": 0}
"""Days from Easter Sunday."""
_NTH: Final = {
    "memorial day": (5, 25, 0),
    "labor day": (9, 1, 0),
    "election day": (11, 2, 1),
    "thanksgiving day": (11, 22, 3),
    "thanksgiving": (11, 22, 3),
}
"""Holidays of the United States: the first such weekday from a day of a month on; Monday is 0."""
FEASTS: Final = (*_FIXED, *_FROM_EASTER, *_NTH)


def feast_of(name: str, year: int) -> dt.date:
    """The day of a holiday in a year."""
    if name in _FROM_EASTER:
        return _easter(year) + dt.timedelta(_FROM_EASTER[name])
    if name in _FIXED:
        return dt.date(year, *_FIXED[name])
    month, first, weekday = _NTH[name]
    from_day = dt.date(year, month, first)
    return from_day + dt.timedelta((weekday - from_day.weekday()) % 7)


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876.

    https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm
    """
    golden, century = year % 19, year // 100
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    shift = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * shift) // 451
    month, day = divmod(moon + shift - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
