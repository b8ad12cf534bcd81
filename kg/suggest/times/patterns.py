"""The forms of time expressions: one expression whose groups are named for the rule that reads it.

It reads text in lower case; what takes a capital letter (May, March) is looked up in the text.
Every repeat is bounded or possessive, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from typing import Final

from kg.suggest.numbers import NUMBER, NUMBER_WORDS
from kg.suggest.times.days import SEASONS

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
HOLIDAYS: Final = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "thanksgiving day": (11, 0),
    "thanksgiving": (11, 0),
}
"""Month and day; day 0 is the fourth Thursday (thanksgiving in the United States)."""
UNIT: Final = "minute|hour|day|week|fortnight|month|year|decade"

_FULL: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_MONTH: Final = rf"(?:(?:{_FULL})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_WEEKDAY: Final = rf"(?:{'|'.join(WEEKDAYS)})day"
_DAY: Final = r"[0-3]?\d(?:st|nd|rd|th)?(?![,.]?\d)(?!:\d)\b"
_YEAR: Final = r"(?:1[0-9]|20)\d\d(?!\d)"
_EDGE: Final = r"(?:(?:very )?(?:early|mid|late|the beginning of|the end of|end of)[ -])"
_TURN: Final = r"(?:last|this past|this coming|past|next|this|coming|previous|following)"
_SEASON: Final = "|".join(SEASONS)
_PART: Final = r"(?: (?:early |late )?(?P<{}>morning|afternoon|evening|night))?"
_FIRSTLY: Final = (
    r"(?:first|second|third|fourth|last|eighteenth|nineteenth|twentieth|twenty-first"
    r"|\d{1,2}(?:st|nd|rd|th))"
)

_FORMS: Final = {
    "iso": r"(?<![\d-])\d{4}-[01]\d-[0-3]\d(?![\d-])(?:t\d\d:\d\d(?::\d\d)?)?",
    "numeric": r"(?<![\d./])[0-3]?\d[/.][0-3]?\d[/.](?:\d{4}|\d\d)(?![\d/]|\.\d)",
    "month-day": rf"(?P<month_day_week>the week of )?(?:{_WEEKDAY},? |last )?"
    rf"(?P<month_day_month>{_MONTH}) (?P<month_day_day>{_DAY})"
    rf"(?:(?:,| of)? (?P<month_day_year>{_YEAR}))?",
    "day-month": rf"(?:{_WEEKDAY},? )?(?P<day_month_day>{_DAY})(?: of |[ -])"
    rf"(?P<day_month_month>{_MONTH})(?:,?[ -](?P<day_month_year>{_YEAR}))?",
    "month-year": rf"(?P<month_year_edge>{_EDGE})?(?P<month_year_month>{_MONTH})"
    rf"(?:,? |,? of )(?P<month_year_year>{_YEAR}|(?:last|this|next) year\b)",
    "part-year": rf"(?:(?P<part_year_nth>first|second|third|fourth|last) "
    rf"(?P<part_year_part>quarter|half)|(?P<part_year_season>{_SEASON})) (?:of )?"
    rf"(?P<part_year_year>{_YEAR}|(?:last|this|next) year\b)",
    "fiscal": rf"(?:fiscal(?: year)?|fy) ?(?P<fiscal_year>{_YEAR})",
    "century": rf"{_EDGE}?(?P<century_nth>{_FIRSTLY})[ -]century\b",
    "decade": rf"{_EDGE}?(?P<decade_years>(?:1[0-9]|20)\d0|'[1-9]0)'?s\b",
    "holiday": rf"(?:{_TURN} )?(?P<holiday_name>{'|'.join(HOLIDAYS)})\b",
    "clock": r"(?:[0-2]?\d(?:[:.][0-5]\d)? ?(?:a\.m\b\.?|p\.m\b\.?|am\b|pm\b)(?: (?:edt|est|gmt"
    rf"|utc|cet|pst|pdt)\b)?|noon\b|midnight\b|midday\b)(?: on)?"
    rf"(?: (?P<clock_weekday>{_WEEKDAY}))?",
    "weekday": rf"(?:(?P<weekday_turn>{_TURN}) )?(?P<weekday_day>{_WEEKDAY})\b"
    + _PART.format("weekday_part"),
    "month": rf"(?:(?P<month_turn>{_TURN}) )?(?P<month_edge>{_EDGE})?"
    rf"(?P<month_month>{_FULL})\b(?! for\b| of the\b)",
    "day": r"(?P<day_word>day before yesterday|day after tomorrow|today|yesterday"
    r"|tomorrow|tonight|overnight|last night|this (?:morning|afternoon|evening))\b"
    + _PART.format("day_part"),
    "ago": rf"(?P<ago_count>{NUMBER}|several|a few|few|an?|many) "
    rf"(?:more )?(?P<ago_unit>{UNIT})s? ago\b",
    "lately": rf"(?P<lately_turn>last|past|next|coming|previous|recent) "
    rf"(?:(?P<lately_count>{NUMBER}|several|few|couple of) )?(?P<lately_unit>{UNIT})s\b(?! of age)",
    "stretch": rf"past (?P<stretch_unit>{UNIT})\b",
    "period": r"(?:(?P<period_edge>(?:very )?(?:early|earlier|late|later))[ -])?"
    r"(?:(?P<period_turn>last|past|this|next|coming|current|previous)[ -]|(?<=the )(?=weekend))"
    rf"(?P<period_unit>week|weekend|month|quarter|year|decade|century|{_SEASON})\b",
    "season": rf"(?P<season_name>{_SEASON})\b(?! of| in)",
    "set": rf"(?:daily|weekly|monthly|yearly|annually|nightly)\b|\b(?:every|each) (?P<set_count>"
    rf"other |two |three |few )?(?P<set_unit>{UNIT}|{_WEEKDAY})s?\b",
    "duration": rf"(?P<duration_count>{NUMBER}|several|a few) ?-?(?:more |full "
    rf"|straight |consecutive )?(?P<duration_unit>{UNIT})s?\b(?:[ -]long\b)?(?![ -]olds?\b)"
    r"(?! of age\b)",
    "some-time": rf"(?:(?<=\bfor )|(?<=\bin )|(?<=\bwithin )|(?<=\bthan )|(?<=\babout )"
    rf"|(?<=\bnearly )|(?<=\balmost )|(?<=\bover )|(?<=\bafter ))an? (?P<some_time_unit>{UNIT})\b"
    r"(?! ago|[ -]old)",
    "plural": rf"(?:(?<=\bfor )|(?<=\bin )|(?<=\bafter )|(?<=\bwithin )|(?<=\bof ))(?P<plural_for>"
    rf"{UNIT})s\b(?! ago)|\b(?P<plural_unit>{UNIT})s(?:[ -]long\b| of\b(?= [a-z])|(?= later\b"
    r"| earlier\b))",
    "year": rf"(?<![\w.,$€£#%/:])(?:{_EDGE})?(?P<year_year>{_YEAR})(?![\w/%:]|[.,]\d|-\d)"
    rf"|(?<=post-){_YEAR}|(?<![\w.,$€£#])(?P<year_from>{_YEAR})-(?P<year_to>{_YEAR}|\d\d(?!\d))",
    "now": r"(?:right now|now|nowadays|currently|at present|at the moment|these days)\b",
    "recently": r"(?:recently|lately|in the (?:recent )?past(?= *[.,;:\n]))",
    "future": r"(?:near |not too distant )?(?<=the )future\b|\bsome day\b",
}


_FIRST_WORDS: Final = [
    "the",
    "very",
    "early",
    "earlier",
    "mid",
    "late",
    "later",
    "beginning",
    "end",
    "last",
    "this",
    "next",
    "coming",
    "past",
    "previous",
    "following",
    "recent",
    "current",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "overnight",
    "fiscal",
    "fy",
    "noon",
    "midnight",
    "midday",
    "several",
    "few",
    "many",
    "day",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "annually",
    "nightly",
    "every",
    "each",
    "right",
    "now",
    "nowadays",
    "currently",
    "at",
    "these",
    "recently",
    "lately",
    "in",
    "future",
    "some",
    "a",
    "an",
]


def _rule(name: str) -> str:
    return name.replace("-", "_")


FIRST: Final = frozenset(
    {
        *_FULL.split("|"),
        *MONTHS,
        "sept",
        *(f"{day}day" for day in WEEKDAYS),
        *(word.partition("-")[0] for word in ORDINALS),
        *SEASONS,
        *(name.split()[0] for name in HOLIDAYS),
        *UNIT.split("|"),
        *(f"{unit}s" for unit in UNIT.split("|")),
        *_FIRST_WORDS,
        *NUMBER_WORDS,
    }
)
"""The words that an expression can begin with, where it begins with none of digits."""

EXPRESSION: Final = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<rule_{_rule(name)}>{form})" for name, form in _FORMS.items())
    + ")"
)
"""All forms; where several fit at one place the one that stands first in the table is read."""

RULES: Final = tuple(_FORMS)
