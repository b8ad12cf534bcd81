"""Two dates that belong together: "24 and 25 April", "between May and July", "from 3 to 5 May".

Each keeps its own value. The days of the first are those of the whole range, as a reviewer wants
one time for what happened; the days of the second stay its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from re import Match
from typing import Final

from kg.mapping.document import When
from kg.suggest.found import By, Timed
from kg.suggest.reading import Days
from kg.suggest.times.patterns import DAY, JOIN, YEAR

_SECOND: Final = re.compile(
    rf"{JOIN}(?P<day>{DAY})(?:,? {YEAR})?"
    r"(?= ?(?:[.;:!?)\n]|,(?! ?\d)|$)| (?:in|at|by|from|near|when|as|but|and|after|before|while)\b)"
)
_BETWEEN: Final = re.compile(r",? and (?:early |late |the )?$")
_TO: Final = re.compile(r",? (?:to|until|till|up to) (?:early |late |the )?$")
_OPENED: Final = re.compile(r"\b(between|from)(?: the| early| late| about)? $")


def second_day(match: Match[str], first: Timed) -> Timed | None:
    """The day that only its number names after a month and day: the 25 of "April 24 and 25"."""
    found = _SECOND.match(match.string, match.end()) if match["month_day_day"] else None
    own = first.when.on if first.when else None
    if found is None or own is None or first.when is None:
        return None
    try:
        day = own.replace(day=int(re.sub(r"\D", "", found["day"])))
    except ValueError:
        return None
    span = found.start("day"), found.end()
    words = match.string[slice(*span)]
    by = By("times.paired", "a day of the month that stands before it")
    return Timed(span, day.isoformat(), by, replace(first.when, on=day, words=words))


def joined(text: str, low: str, found: Sequence[Timed]) -> Iterator[Timed]:
    """The expressions, the first of each pair with the days of both."""
    for one, other in zip_longest(found, found[1:]):
        yield one if other is None else _spanning(text, low, one, other)


def _spanning(text: str, low: str, one: Timed, other: Timed) -> Timed:
    first, last = _days(one.when), _days(other.when)
    gap = low[one.span[1] : other.span[0]]
    if len(gap) > 20 or one.when is None or not (first and last and first[0] <= last[0]):
        return one
    opened = _OPENED.search(low, max(0, one.span[0] - 20), one.span[0])
    if not _joins(opened[1] if opened else "", gap, first, last):
        return one
    whole = first[0], max(first[1], last[1])
    words = text[one.span[0] : other.span[1]]
    basis = one.when.basis
    if other.when and other.when.basis != basis:
        basis = "relative-to-publication"
    because = f"{one.by.because}; one range with the date after it"
    when = When(within=whole, basis=basis, words=words)
    return replace(one, by=one.by._replace(because=because), when=when)


def _joins(opened: str, gap: str, first: Days, last: Days) -> bool:
    """Whether what stands between two dates makes one range of them."""
    if _BETWEEN.fullmatch(gap):
        return opened == "between" or last[0] - first[1] == dt.timedelta(1)
    if _TO.fullmatch(gap):
        return opened == "from"
    return gap.strip() in ("-", "through")


def _days(when: When | None) -> Days | None:
    if when is None:
        return None
    return (when.on, when.on) if when.on else when.within or when.since or when.until
