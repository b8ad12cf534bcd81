"""What a time expression means: its TIMEX3 value, told from the day the article appeared.

One short function a form; each gives the value, or None where the words fix none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from kg.suggest.numbers import number
from kg.suggest.times.cues import Tense
from kg.suggest.times.days import PARTS, SEASONS, duration, shifted, value_of
from kg.suggest.times.feasts import feast_of
from kg.suggest.times.patterns import MONTHS, ORDINALS, WEEKDAYS
from kg.suggest.times.seasons import season, turn_of_season
from kg.suggest.times.told import LAST, NEXT, Told, far_from, nearest

_SETS: Final = {"daily": "D", "nightly": "D", "weekly": "W", "monthly": "M"}


def value(rule: str, told: Told) -> str | None:
    """The value of an expression of a form, None where the words or a missing day fix none."""
    try:
        return _READ[rule](told)
    except (ValueError, OverflowError):
        return None


def _iso(told: Told) -> str:
    words = told.match[0].upper()
    return dt.date.fromisoformat(words[:10]).isoformat() + words[10:]


def _numeric(told: Told) -> str:
    """Month first between strokes, as in the United States; day first between full stops."""
    words = told.match[0]
    first, second, year = (int(part) for part in words.replace(".", "/").split("/"))
    month, day = (second, first) if "." in words or first > 12 else (first, second)
    century = 0 if year > 99 else 2000 if year < 70 else 1900
    return dt.date(century + year, month, day).isoformat()


def _month(words: str) -> int:
    return MONTHS.index(words[:3]) + 1


def _dated(told: Told, form: str, year: str) -> str | None:
    month, day = (
        _month(told.group(f"{form}_month")),
        int(told.group(f"{form}_day").rstrip("stndrh")),
    )
    if year:
        return dt.date(int(year), month, day).isoformat()
    return nearest(told, told.today, month, day).isoformat() if told.today else None


def _month_day(told: Told) -> str | None:
    year = told.group("month_day_year") or told.group("month_day_far")
    day = _dated(told, "month_day", year)
    return (
        value_of(dt.date.fromisoformat(day), "week")
        if day and told.group("month_day_week")
        else day
    )


def _day_month(told: Told) -> str | None:
    return _dated(told, "day_month", told.group("day_month_year") or told.group("day_month_far"))


def _year(told: Told, words: str) -> int | None:
    if words.isdigit():
        return int(words)
    by = {"last": -1, "next": 1}.get(words[:4], 0)
    return told.today.year + by if told.today else None


def _month_year(told: Told) -> str | None:
    year = _year(told, told.group("month_year_year"))
    return f"{year:04}-{_month(told.group('month_year_month')):02}" if year else None


def _part_year(told: Told) -> str | None:
    year = _year(told, told.group("part_year_year"))
    if name := told.group("part_year_season"):
        return f"{year:04}-{SEASONS[name]}" if year else None
    half = told.group("part_year_part") == "half"
    nth = ORDINALS[told.group("part_year_nth")]
    part = f"H{min(nth, 2)}" if half else f"Q{nth}"
    return f"{year:04}-{part}" if year else None


def _quarter(told: Told) -> str | None:
    """The last quarter of its number that had begun; the one to come where it is told so."""
    if told.today is None:
        return None
    nth, today = ORDINALS[told.group("quarter_nth")], told.today
    begun = dt.date(today.year, 3 * nth - 2, 1) <= today
    return f"{today.year - (not begun and told.tense != 'ahead'):04}-Q{nth}"


def _century(told: Told) -> str:
    words = told.group("century_nth")
    return f"{(ORDINALS.get(words) or int(words.rstrip('stndrh'))) - 1:02}"


def _decade(told: Told) -> str:
    years = told.group("decade_years")
    return f"19{years[1]}X" if years.startswith("'") else f"{years[:3]}X"


def _holiday(told: Told) -> str | None:
    if told.today is None:
        return None
    name, today = told.group("holiday_name"), told.today
    day = min((feast_of(name, today.year + by) for by in (-1, 0, 1)), key=far_from(told, today))
    return value_of(day, told.group("holiday_stretch").strip() or "day")


def _weekday(today: dt.date, words: str, turn: str, tense: Tense) -> dt.date:
    """The last such day, the article's own included; the next one where it is told as to come."""
    back = (today.weekday() - WEEKDAYS.index(words.removesuffix("day"))) % 7
    if turn in LAST:
        return today - dt.timedelta(back or 7)
    if turn in NEXT or tense == "ahead":
        return today + dt.timedelta((7 - back) % 7 or (7 if turn in NEXT else 0))
    return today - dt.timedelta(back)


def _on_weekday(told: Told) -> str | None:
    if told.today is None:
        return None
    turn = told.group("weekday_turn")
    day = _weekday(told.today, told.group("weekday_day"), turn, told.tense)
    return day.isoformat()


def _clock(told: Told) -> str | None:
    words = told.group("clock_weekday")
    if told.today is None:
        return None
    day = _weekday(told.today, words, "", told.tense) if words else told.today
    figures = told.match[0].split(" ")[0].replace(".", ":").rstrip("apm:")
    if not figures[:1].isdigit():
        return f"{day}T{'24:00' if told.match[0].startswith('midnight') else '12:00'}"
    hour, _, minute = figures.partition(":")
    late = "p" in told.match[0].partition(" on")[0].replace("pst", "").replace("pdt", "")
    return f"{day}T{int(hour) % 12 + 12 * late:02}:{minute or '00'}"


def _in_month(told: Told) -> str | None:
    month, turn = _month(told.group("month_month")), told.group("month_turn")
    if far := told.group("month_far"):
        return f"{far}-{month:02}"
    if told.today is None:
        return None
    today = told.today.replace(day=15)
    if turn in LAST:
        return f"{today.year - (month >= today.month):04}-{month:02}"
    if turn in NEXT and turn:
        return f"{today.year + (month <= today.month):04}-{month:02}"
    return nearest(told, today, month, 15).isoformat()[:7]


def _day(told: Told) -> str | None:
    if told.today is None:
        return None
    words = told.group("day_word")
    steps = {"yesterday": -1, "tomorrow": 1, "overnight": -1, "last night": -1}
    steps |= {"day before yesterday": -2, "day after tomorrow": 2}
    part = "night" if words in ("tonight", "overnight") else words.rpartition(" ")[2]
    day = told.today + dt.timedelta(steps.get(words, 0))
    return day.isoformat() + (f"T{PARTS[part]}" if part in PARTS else "")


def _ago(told: Told) -> str | None:
    count = number(told.group("ago_count")) if told.group("ago_count") else None
    unit = told.group("ago_unit")
    if count is None:
        return "PAST_REF" if told.group("ago_way") == "ago" else "FUTURE_REF"
    if told.today is None:
        return None
    if unit in ("minute", "hour"):
        return told.today.isoformat()
    kept = {"fortnight": "week", "decade": "year"}.get(unit, unit)
    sign = -1 if told.group("ago_way") == "ago" else 1
    return value_of(shifted(told.today, unit, sign * round(count)), kept)


def _lately(told: Told) -> str:
    return duration(number(told.group("lately_count")), told.group("lately_unit"))


def _period(told: Told) -> str | None:
    if told.today is None:
        return None
    unit, turn = told.group("period_unit"), told.group("period_turn")
    if not turn:
        now = unit != "weekend" or told.tense == "ahead" or told.today.weekday() > 4
        turn = "this" if now else "last"
    by = 1 if turn in NEXT else -1 if turn in LAST else 0
    if unit in SEASONS:
        return turn_of_season(told, unit, turn)
    step = "week" if unit == "weekend" else unit
    return value_of(shifted(told.today, step, by), unit)


def _set(told: Told) -> str:
    unit, count = told.group("set_unit"), told.group("set_count").strip()
    if not unit:
        return f"P1{_SETS.get(told.match[0], 'Y')}"
    if unit.removesuffix("day") in WEEKDAYS:
        return f"XXXX-WXX-{WEEKDAYS.index(unit.removesuffix('day')) + 1}"
    return duration(2 if count == "other" else number(count) if count else 1, unit)


def _duration(told: Told) -> str:
    return duration(number(told.group("duration_count")), told.group("duration_unit"))


def _plural(told: Told) -> str:
    return duration(None, told.group("plural_for") or told.group("plural_unit"))


def _bare_year(told: Told) -> str:
    return told.group("year_year") or told.group("year_from") or told.match[0]


_READ: Final[dict[str, Callable[[Told], str | None]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "month-day": _month_day,
    "paired": lambda told: _dated(told, "paired", told.group("paired_year")),
    "day-month": _day_month,
    "month-year": _month_year,
    "part-year": _part_year,
    "quarter": _quarter,
    "fiscal": lambda told: f"FY{told.group('fiscal_year')}",
    "century": _century,
    "decade": _decade,
    "holiday": _holiday,
    "clock": _clock,
    "weekday": _on_weekday,
    "month": _in_month,
    "day": _day,
    "ago": _ago,
    "lately": _lately,
    "stretch": lambda told: duration(1, told.group("stretch_unit")),
    "period": _period,
    "season": season,
    "set": _set,
    "duration": _duration,
    "some-time": lambda told: duration(
        1, told.group("some_time_unit") or told.group("some_time_long")
    ),
    "plural": _plural,
    "year": _bare_year,
    "now": lambda _: "PRESENT_REF",
    "past": lambda _: "PAST_REF",
    "future": lambda _: "FUTURE_REF",
}
