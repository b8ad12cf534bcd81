"""Where an expression may begin: at a word that can open one, with a word of time soon after it.

Most words are neither, so that most of an article is read once, word by word, and never matched.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import Match
from typing import Final

from kg.suggest.numbers import NUMBER_WORDS, SCALES
from kg.suggest.reading import Reading
from kg.suggest.times.days import SEASONS
from kg.suggest.times.feasts import FEASTS
from kg.suggest.times.patterns import (
    EXPRESSION,
    FULL_MONTHS,
    MONTHS,
    ORDINALS,
    UNIT,
    WEEKDAYS,
)
from kg.suggest.words import Written

_REACH: Final = 32
"""How far before a word of time, in characters, an expression with it may begin."""
_OTHER_TIME_WORDS: Final = (
    "weekend", "century", "quarter", "half", "morning", "afternoon", "evening", "night",
    "today", "yesterday", "tomorrow", "tonight", "overnight", "noon", "midnight", "midday",
    "daily", "weekly", "monthly", "yearly", "annually", "nightly",
    "now", "nowadays", "currently", "current", "present", "moment", "past", "future",
)  # fmt: skip
_OTHER_OPENERS: Final = (
    "the", "very", "early", "earlier", "mid", "late", "later", "beginning", "start",
    "middle", "end", "rest",
    "last", "this", "next", "coming", "previous", "following", "recent", "fiscal", "fy",
    "several", "few", "many", "every", "each", "right", "at", "these", "that", "in",
    "near", "not", "some", "same",
)  # fmt: skip
_UNITS: Final = (*UNIT.split("|"), *(f"{unit}s" for unit in UNIT.split("|")))
_TIME_WORDS: Final = frozenset(
    (
        *FULL_MONTHS.split("|"),
        *MONTHS,
        "sept",
        *(f"{day}day" for day in WEEKDAYS),
        *(f"{day}days" for day in WEEKDAYS),
        *SEASONS,
        *_UNITS,
        *_OTHER_TIME_WORDS,
        *(feast.rpartition(" ")[2] for feast in FEASTS),
    )
)
"""Each expression has one of these words, or a figure."""
_APOSTROPHES: Final = frozenset("'‘’‚‛ʼ′`´")
"""What may stand before the figures of a decade: the '90s."""
_COUNTS: Final = ("few", "half", "dozen", "couple", "more", *SCALES)
_FOLLOWED: Final = {
    "in": frozenset({"the"}),
    "at": frozenset({"present", "the"}),
    "the": frozenset({*_UNITS, "beginning", "end", "same"}),
    "a": frozenset({*_UNITS, *_COUNTS}),
    "an": frozenset({*_UNITS, *_COUNTS}),
}
"""Which word has to follow at once where an expression begins with one that most begin without."""
_OPENERS: Final = _TIME_WORDS.union(
    _OTHER_OPENERS,
    ORDINALS,
    (feast.split(" ")[0].partition("'")[0] for feast in FEASTS),
    NUMBER_WORDS,
)


def expressions(reading: Reading) -> Iterator[Match[str]]:
    """The expressions of the parts of an article, in order; none overlaps another."""
    return reading.matches(EXPRESSION, _openings(reading.written))


def _openings(written: Written) -> list[int]:
    """Where an expression may begin: at each word that opens one, and a word of time near it."""
    words, last, found, waiting = written.words, len(written.words) - 1, list[int](), list[int]()
    for i in written.where(_OPENERS | written.figures()):
        key, start = words[i].key, written.starts[i]
        if key in _FOLLOWED and (i == last or words[i + 1].key not in _FOLLOWED[key]):
            continue
        if words[i].before[-1:] in _APOSTROPHES and key[:1].isdecimal():
            waiting.append(start - 1)
        waiting.append(start)
        if key not in _OPENERS or key in _TIME_WORDS:
            found += [before for before in waiting if start - before <= _REACH]
            waiting.clear()
    return found
