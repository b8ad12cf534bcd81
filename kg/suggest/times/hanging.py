"""Expressions that hang on another date of the text: that day, the following month, a week later.

They hang on the last date before them, if it stands near and is fine enough: "the next day" after
"in May" fixes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from re import Match
from typing import Final, NamedTuple

from kg.suggest.found import Timed
from kg.suggest.numbers import number
from kg.suggest.reading import Days
from kg.suggest.times.days import PARTS, common, days_of, shifted, value_of
from kg.suggest.times.patterns import WEEKDAYS

HANGING: Final = ("that", "step")
"""The rules whose expressions hang on another."""
_NEAR: Final = 400
"""How far, in characters, the date may stand before the words that hang on it."""
_GRAINS: Final = (
    (re.compile(r"\d{4}-\d\d-[\dX]{2}(?:T.*)?"), 0),
    (re.compile(r"\d{4}-W\d\d(?:-WE)?"), 1),
    (re.compile(r"\d{4}-\d\d"), 2),
    (re.compile(r"\d{4}-[A-Z][A-Z1-4]"), 3),
    (re.compile(r"\d{4}"), 4),
)
_UNITS: Final = {"day": 0, "week": 1, "weekend": 1, "month": 2, "year": 4}
_OPEN: Final = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE"}
_OPEN_LONGER: Final = {"month": "XXXX-XX", "year": "XXXX"}


class Hung(NamedTuple):
    """The value of an expression, its days if they are clear, and the date it hangs on."""

    value: str
    days: Days | None
    on: Timed | None


def hang(match: Match[str], before: Sequence[Timed]) -> Hung:
    """The meaning of an expression after the dates before it; masked where they do not fix it."""
    words = match["that_unit"] or match["step_next"] or match["step_unit"]
    unit = words if words in _UNITS else "day"
    part = f"T{PARTS[words]}" if match["that_unit"] in PARTS else ""
    anchor, by = _anchor(match.start(), before, unit), _steps(match)
    days = _days(anchor)
    if anchor is None or days is None or by is None:
        return Hung({**_OPEN, **_OPEN_LONGER}[unit] + part, None, None)
    first, last = (value_of(_moved(day, words, unit, by), unit) for day in days)
    low, high = days_of(first), days_of(last)
    meant = (low[0], high[1]) if low and high else None
    return Hung(common(first, last) + part, meant, anchor)


def _anchor(start: int, before: Sequence[Timed], unit: str) -> Timed | None:
    """The last date before the words, None where it is far off or coarser than their unit."""
    for timed in reversed(before):
        grain = next((g for form, g in _GRAINS if form.fullmatch(timed.value)), None)
        if start - timed.span[1] > _NEAR:
            return None
        if grain is not None:
            return timed if grain <= _UNITS[unit] else None
    return None


def _days(anchor: Timed | None) -> Days | None:
    """The days of the date that something hangs on, whatever bound it sets."""
    when = anchor.when if anchor else None
    if when is None:
        return None
    return (when.on, when.on) if when.on else when.within or when.since or when.until


def _steps(match: Match[str]) -> int | None:
    """How many units forward (or back, below zero) the words go; None where they do not tell."""
    if match["that_unit"]:
        return 0
    if turn := match["step_turn"]:
        return -1 if turn == "previous" else 1
    count = 1 if match["step_count"] == "the" else number(match["step_count"])
    sign = -1 if match["step_way"] in ("earlier", "before") else 1
    return None if count is None else sign * round(count)


def _moved(day: dt.date, words: str, unit: str, by: int) -> dt.date:
    """The day some units away; for a weekday the next or last one of that name."""
    weekday = words.removesuffix("day")
    if weekday not in WEEKDAYS:
        return shifted(day, "week" if unit == "weekend" else unit, by)
    ahead = (WEEKDAYS.index(weekday) - day.weekday()) % 7
    return day + dt.timedelta((ahead or 7) if by > 0 else (ahead - 7))
