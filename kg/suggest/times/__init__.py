"""When: time expressions and the days they may mean, told from the day the article appeared.

No model is needed. `patterns` has the forms, `meaning` the value of each, `days` the days of a
value, `cues` what the words around it say of tense and bounds. A library was
no better: dateparser 1.5's search finds .41 of the development set's dates, at a precision of .33.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from kg.mapping.document import When
from kg.suggest.found import By, Timed
from kg.suggest.numbers import number
from kg.suggest.reading import Days, Reading, found
from kg.suggest.times.cues import Bound, Tense, bound, is_time, tense
from kg.suggest.times.days import days_of, shifted
from kg.suggest.times.meaning import Told, value
from kg.suggest.times.patterns import EXPRESSION, FIRST

_STRETCHES = ("lately", "stretch")


def time(reading: Reading) -> list[Timed]:
    """The time expressions of the parts, in order, each with its value and the days it fixes."""
    return [
        timed
        for match in found(EXPRESSION, FIRST, reading, "'")
        if is_time(reading.text, match)
        for timed in _read(reading, match)
    ]


def _read(reading: Reading, match: Match[str]) -> Iterator[Timed]:
    """The expression with its meaning, if it has one for the days the article may be of."""
    rule = (match.lastgroup or "").removeprefix("rule_").replace("_", "-")
    days = reading.published
    told = [Told(match, day) for day in dict.fromkeys(days or (None,))]
    values = [value(rule, one) for one in told]
    if values[0] is None or values[-1] is None:
        return
    alone = value(rule, Told(match, None))
    explicit = rule not in _STRETCHES and values[0] == values[-1] == alone
    meant = _common(values[0], values[-1])
    spans = _days(rule, match, values[0], values[-1], days)
    basis = "explicit" if explicit else "relative-to-publication"
    when = _when(match, spans, basis, reading.words(match.span())) if spans else None
    said = "the words name the day or period" if explicit else _told_from(days, told[0].tense)
    yield Timed(match.span(), meant, By(f"times.{rule}", said), when)


def _common(first: str, last: str) -> str:
    """The value, masked where the days of publication leave it open."""
    if first == last:
        return first
    same = [a if a == b else "X" for a, b in zip(first, last, strict=False)]
    text = "".join(same)
    return text[:8] + "XX" if len(text) >= 10 and text[4] == text[7] == "-" else text


def _told_from(published: Days | None, tense: Tense) -> str:
    if published is None:
        return "the words fix no day by themselves"
    first, last = published
    on = f"on {first}" if first == last else f"from {first} to {last}"
    return f"told from publication {on}" + (", as something to come" if tense == "ahead" else "")


def _days(
    rule: str, match: Match[str], first: str, last: str, published: Days | None
) -> Days | None:
    """The days that an expression may mean, over all days the article may be of."""
    if rule in _STRETCHES and published:
        return _stretch(match, published)
    low, high = days_of(first), days_of(last)
    if low is None or high is None:
        return None
    days = min(low[0], high[0]), max(low[1], high[1])
    if published and "overnight" in match[0]:
        days = days[0], published[1]
    running = published and rule == "period" and match["period_turn"] in ("this", "current")
    if running and published and tense(match) != "ahead":
        days = days[0], max(days[0], min(days[1], published[1]))
    return _edged(match, days)


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
