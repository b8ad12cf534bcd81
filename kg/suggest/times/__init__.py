"""When: time expressions and the days they may mean, told from the day the article appeared.

No model is needed. `openings` finds where an expression may begin, `patterns` has the forms,
`meaning` the value of each, `days` the days of a value, `cues` what the words around it say of
tense and bounds. A part of a named day (Wednesday night) is not in the value, as a mapping tells
days; tonight and this morning keep theirs. A library was no better: dateparser 1.5's search finds
.41 of the development set's dates, at a precision of .33.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from re import Match

from kg.mapping.document import When
from kg.suggest.found import By, Timed
from kg.suggest.numbers import number
from kg.suggest.reading import Days, Reading
from kg.suggest.times.cues import Bound, Tense, bound, is_time, tense
from kg.suggest.times.days import common, days_of, shifted
from kg.suggest.times.hanging import HANGING, hang
from kg.suggest.times.meaning import value
from kg.suggest.times.openings import expressions
from kg.suggest.times.ranges import joined, second_day
from kg.suggest.times.told import Told

_STRETCHES = ("lately", "stretch")


def time(reading: Reading) -> list[Timed]:
    """The time expressions of the parts, in order, each with its value and the days it fixes."""
    found = list[Timed]()
    for match in expressions(reading):
        taken = found and match.start() < found[-1].span[1]
        if not taken and is_time(reading.text, match):
            found.extend(_read(reading, match, found))
    return list(joined(reading.text, reading.plain, found))


def _read(reading: Reading, match: Match[str], found: list[Timed]) -> Iterator[Timed]:
    """The expression with its meaning, and the second day of a pair (April 24 and 25)."""
    rule = (match.lastgroup or "").removeprefix("rule_").replace("_", "-")
    if rule in HANGING:
        yield _hung(reading, match, rule, found)
    elif timed := _told(reading, match, rule):
        yield timed
        if second := second_day(match, timed):
            yield second


def _told(reading: Reading, match: Match[str], rule: str) -> Timed | None:
    """The expression with its meaning, if it has one for the days the article may be of."""
    alone, published = value(rule, Told(match, None, "untold")), reading.published
    if alone is None:
        return _from_publication(reading, match, rule, published) if published else None
    if rule in _STRETCHES:
        days = _stretch(match, published) if published else None
        return _timed(reading, match, alone, days, By(f"times.{rule}", _told_from(published)))
    days = _years(match) or days_of(alone)
    by = By(f"times.{rule}", "the words name the day or period")
    return _timed(reading, match, alone, _edged(match, days) if days else None, by, "explicit")


def _from_publication(
    reading: Reading, match: Match[str], rule: str, published: Days
) -> Timed | None:
    """The expression with what it means from the first and the last day the article may be of."""
    told, (earliest, latest) = tense(match), published
    first = value(rule, Told(match, earliest, told))
    last = first if earliest == latest else value(rule, Told(match, latest, told))
    if first is None or last is None:
        return None
    days = _days(match, first, last, published, told)
    by = By(f"times.{rule}", _told_from(published, told))
    return _timed(reading, match, common(first, last), days, by)


def _timed(
    reading: Reading,
    match: Match[str],
    meant: str,
    days: Days | None,
    by: By,
    basis: str = "relative-to-publication",
) -> Timed:
    when = _when(match, days, basis, reading.words(match.span())) if days else None
    return Timed(match.span(), meant, by, when)


def _hung(reading: Reading, match: Match[str], rule: str, found: list[Timed]) -> Timed:
    """An expression that hangs on one of those found before it."""
    hung, words = hang(match, found), reading.words(match.span())
    on = f"counted from “{reading.words(hung.on.span)}” before it" if hung.on else ""
    said = By(f"times.{rule}", on or "no date near before it says from when")
    when = _when(match, hung.days, "relative-to-event", words) if hung.days else None
    return Timed(match.span(), hung.value, said, replace(when, because=on) if when else None)


def _told_from(published: Days | None, tense: Tense = "untold") -> str:
    if published is None:
        return "the words fix no day by themselves"
    first, last = published
    on = f"on {first}" if first == last else f"from {first} to {last}"
    return f"told from publication {on}" + (", as something to come" if tense == "ahead" else "")


def _days(match: Match[str], first: str, last: str, published: Days, told: Tense) -> Days | None:
    """The days that an expression may mean, over all days the article may be of."""
    low = days_of(first)
    high = low if last == first else days_of(last)
    if low is None or high is None:
        return None
    days = min(low[0], high[0]), max(low[1], high[1])
    if "overnight" in match[0]:
        days = days[0], published[1]
    running = match["period_turn"] in ("this", "current") and told != "ahead"
    if running and days[0] <= published[1]:
        days = days[0], min(days[1], published[1])
    return _edged(match, days)


def _years(match: Match[str]) -> Days | None:
    """The days of "1914-1918" and "1914-18": of all the years."""
    if not match["year_to"]:
        return None
    first, last = match["year_from"], match["year_to"]
    low, high = days_of(first), days_of(first[: -len(last)] + last)
    return (low[0], high[1]) if low and high and low < high else None


def _stretch(match: Match[str], published: Days) -> Days | None:
    """The days of "the last two days" or "the past week": they end with publication."""
    count = number(match["lately_count"]) if match["lately_count"] else None
    count = 1 if match["stretch_unit"] else count
    unit = match["stretch_unit"] or match["lately_unit"]
    if count is None or unit in ("minute", "hour") or match["lately_turn"] in ("next", "coming"):
        return None
    return shifted(published[0], unit, -round(count)), published[1]


def _edged(match: Match[str], days: Days) -> Days:
    """The early, middle or late third of a month, where the words say so."""
    edge = match["month_edge"] or match["month_year_edge"] or ""
    first, last = days
    if "early" in edge or "beginning" in edge:
        return first, first.replace(day=10)
    if "mid" in edge:
        return first.replace(day=11), first.replace(day=20)
    return (last.replace(day=21), last) if edge else days


def _when(match: Match[str], days: Days, basis: str, words: str) -> When:
    """The days as a mapping writes them, with the bound that the word before them sets."""
    match bound(match):
        case Bound.SINCE:
            return When(since=days, basis=basis, words=words)
        case Bound.UNTIL:
            return When(until=days, basis=basis, words=words)
    if days[0] == days[1]:
        return When(on=days[0], basis=basis, words=words)
    return When(within=days, basis=basis, words=words)
