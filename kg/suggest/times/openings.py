"""Where an expression may begin: at a word that can open one, with a word of time soon after it.

Most words are neither, so that most of an article is read once, word by word, and never matched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from re import Match
from typing import Final

from kg.suggest.numbers import NUMBER_WORDS, SCALES
from kg.suggest.reading import Opening, Reading, matches
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

_REACH: Final = 32
"""How far before a word of time, in characters, an expression with it may begin."""
_NONE: Final[Opening] = (0, "", 0)
"""What follows the last word."""
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
    "near", "not", "some", "same", "'",
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
    return matches(EXPRESSION, reading.plain, _openings(reading.openings))


def _openings(openings: Sequence[Opening]) -> Iterator[Opening]:
    """Those at which an expression may begin: a dollar sign is a figure's."""
    waiting = list[Opening]()
    for opening, following in zip(openings, (*openings[1:], _NONE), strict=False):
        start, word, _ = opening
        if (known := word in _OPENERS) or word[-1] <= "9" or word[0] <= "9":
            if word in _FOLLOWED and following[1] not in _FOLLOWED[word]:
                continue
            waiting.append(opening)
            if not known or word in _TIME_WORDS:
                yield from (before for before in waiting if start - before[0] <= _REACH)
                waiting.clear()
