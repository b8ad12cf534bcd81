"""Days and the values of TIMEX3 that stand for them: 2015, 2015-05, 2015-W21, 2015-SU, 199X.

Values: https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html#timex3
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from kg.suggest.reading import Days

SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS: Final = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_MONTHS_OF: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_MONTHS_OF_PART: Final = {
    **{f"Q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)},
    "H1": (1, 6),
    "H2": (7, 12),
}
_LETTERS: Final = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M"}
_MANY: Final = {"fortnight": ("W", 2), "decade": ("Y", 10), "century": ("Y", 100)}


def days_of(value: str) -> Days | None:
    """The first and the last day of a value, or None where it fixes no days."""
    day = value.partition("T")[0] if re.match(r"\d{4}-\d\d-\d\dT", value) else value
    try:
        return _days_of(day)
    except ValueError:
        return None


def _days_of(value: str) -> Days | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = dt.date.fromisoformat(value)
        return day, day
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + dt.timedelta(5 if found[3] else 0), monday + dt.timedelta(6)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := re.fullmatch(r"(?:FY)?(\d{4})(?:-([A-Z][A-Z1-4]))?", value):
        parts = {**_MONTHS_OF, **_MONTHS_OF_PART}
        first, last = parts.get(found[2], (1, 12)) if found[2] else (1, 12)
        return None if value.startswith("FY") else _months(int(found[1]), first, last)
    if found := re.fullmatch(r"(\d\d)(\dX)?", value):
        low, high = (found[1] + (found[2] or "X")[:1] + "0", value.replace("X", "9"))
        low, high = low.replace("X", "0"), (high if found[2] else high + "99")
        return dt.date(int(low), 1, 1), dt.date(int(high), 12, 31)
    return None


def _months(year: int, first: int, last: int) -> Days:
    """From the first day of a month to the last of another; month 13 is January of next year."""
    over, month = divmod(last - 1, 12)
    end = calendar.monthrange(year + over, month + 1)[1]
    return dt.date(year, first, 1), dt.date(year + over, month + 1, end)


def shifted(day: dt.date, unit: str, by: int) -> dt.date:
    """The day that lies some units away: the same day of a month, or that month's last."""
    if unit in ("day", "week", "fortnight"):
        return day + dt.timedelta(by * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = by * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def value_of(day: dt.date, unit: str) -> str:
    """The value of the day, week, month, year … that a day lies in."""
    if unit in ("week", "fortnight", "weekend"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    return {
        "day": day.isoformat(),
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}X",
        "century": f"{day.year // 100:02}",
    }[unit]


def season_of(day: dt.date, season: str) -> str:
    """The value of the last season of a name that had begun on a day."""
    name = SEASONS[season]
    begun = dt.date(day.year, _MONTHS_OF[name][0], 1) <= day
    return f"{day.year if begun else day.year - 1:04}-{name}"


def duration(count: float | None, unit: str) -> str:
    """The value of a duration: P2D, PT5H30M, PXY where the count is not told."""
    letter, each = _MANY.get(unit) or (_LETTERS[unit], 1)
    sign = "PT" if unit in ("hour", "minute") else "P"
    if count is None:
        return f"{sign}X{letter}"
    if letter == "H" and count % 1:
        return f"PT{int(count)}H{round(count % 1 * 60)}M"
    return f"{sign}{count * each:g}{letter}"


def common(first: str, last: str) -> str:
    """One value for two, masked where they differ."""
    if first == last:
        return first
    same = [a if a == b else "X" for a, b in zip(first, last, strict=False)]
    text = "".join(same)
    return text[:8] + "XX" if len(text) >= 10 and text[4] == text[7] == "-" else text
