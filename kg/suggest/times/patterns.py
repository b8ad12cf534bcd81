"""The forms of time expressions: one expression whose groups are named for the rule that reads it.

It reads text in lower case; what takes a capital letter (May, March) is looked up in the text.
Every repeat is bounded or possessive, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from typing import Final

from kg.suggest.numbers import NUMBER
from kg.suggest.times.days import SEASONS
from kg.suggest.times.feasts import FEASTS

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
UNIT: Final = "minute|hour|day|week|fortnight|month|year|decade"

FULL_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_MONTH: Final = rf"(?:(?:{FULL_MONTHS})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_WEEKDAY: Final = rf"(?:{'|'.join(WEEKDAYS)})day"
DAY: Final = r"[0-3]?\d(?:st|nd|rd|th)?(?![,.]?\d)(?!:\d)\b"
YEAR: Final = r"(?:1[0-9]|20)\d\d(?!\d)"
JOIN: Final = r"(?: ?- ?| (?:and|or|to|through|until|till) )"
_EDGE: Final = r"(?:(?:very )?(?:early|mid|late|the beginning of|the end of|end of)[ -])"
_TURN: Final = r"(?:last|this past|this coming|past|next|this|coming|previous|following)"
_SEASON: Final = "|".join(SEASONS)
_PART: Final = r"(?: (?:early |late )?(?:morning|afternoon|evening|night))?"
_FIRSTLY: Final = (
    r"(?:first|second|third|fourth|last|eighteenth|nineteenth|twentieth|twenty-first"
    r"|\d{1,2}(?:st|nd|rd|th))"
)

_FORMS: Final = {
    "iso": r"(?<![\d-])\d{4}-[01]\d-[0-3]\d(?![\d-])(?:t\d\d:\d\d(?::\d\d)?)?",
    "numeric": r"(?<![\d./])[0-3]?\d[/.][0-3]?\d[/.](?:\d{4}|\d\d)(?![\d/]|\.\d)",
    "month-day": rf"(?P<month_day_week>the week of )?(?:{_WEEKDAY},? |last )?"
    rf"(?P<month_day_month>{_MONTH}) (?P<month_day_day>{DAY})"
    rf"(?:(?:,| of)? (?P<month_day_year>{YEAR})"
    rf"|(?={JOIN}(?:{_MONTH} )?{DAY},? (?P<month_day_far>{YEAR})))?",
    "paired": rf"(?P<paired_day>{DAY})(?={JOIN}{DAY}(?: of |[ -])(?P<paired_month>{_MONTH})"
    rf"(?:,?[ -](?P<paired_year>{YEAR}))?)",
    "day-month": rf"(?:{_WEEKDAY},? )?(?P<day_month_day>{DAY})(?: of |[ -])"
    rf"(?P<day_month_month>{_MONTH})(?:,?[ -](?P<day_month_year>{YEAR})"
    rf"|(?={JOIN}{DAY} {_MONTH},? (?P<day_month_far>{YEAR})))?",
    "month-year": rf"(?P<month_year_edge>{_EDGE})?(?P<month_year_month>{_MONTH})"
    rf"(?:,? |,? of )(?P<month_year_year>{YEAR}|(?:last|this|next) year\b)",
    "part-year": rf"(?:(?P<part_year_nth>first|second|third|fourth|last) "
    rf"(?P<part_year_part>quarter|half)|(?P<part_year_season>{_SEASON})) (?:of )?"
    rf"(?P<part_year_year>{YEAR}|(?:last|this|next) year\b)",
    "quarter": r"(?P<quarter_nth>first|second|third|fourth) quarter\b"
    r"(?! of\b(?! the year)| in\b|-)(?: of the year\b)?",
    "fiscal": rf"(?:fiscal(?: year)?|fy) ?(?P<fiscal_year>{YEAR})",
    "century": rf"{_EDGE}?(?P<century_nth>{_FIRSTLY})[ -]century\b",
    "decade": rf"{_EDGE}?(?P<decade_years>(?:1[0-9]|20)\d0|'[1-9]0)'?s\b",
    "holiday": rf"(?:{_TURN} )?(?P<holiday_name>{'|'.join(FEASTS)})\b"
    r"(?: sunday\b)?(?P<holiday_stretch> week(?:end)?\b)?",
    "clock": r"(?:[0-2]?\d(?:[:.][0-5]\d)? ?(?:a\.m\b\.?|p\.m\b\.?|am\b|pm\b)(?: (?:edt|est|gmt"
    rf"|utc|cet|pst|pdt)\b)?|noon\b|midnight\b|midday\b)(?: on)?"
    rf"(?: (?P<clock_weekday>{_WEEKDAY}))?",
    "that": r"(?:(?:earlier|later|early|late) )?(?:that (?:same )?|the same )(?P<that_unit>day|week"
    r"|weekend|month|year|morning|afternoon|evening|night)\b(?!-| of\b)",
    "step": r"(?<=the )(?P<step_turn>next(?= (?:day|morning|afternoon|evening|night)\b)|following"
    r"|previous) (?P<step_next>day|morning|afternoon|evening|night|week|weekend|month|year"
    rf"|{_WEEKDAY})\b|(?P<step_count>{NUMBER}|several|a few|few|the|an?) (?P<step_unit>day|week"
    r"|month|year)s? (?P<step_way>(?:later|earlier)\b(?! than\b)"
    r"|(?:before|after)(?= ?[.,;:!?)\"\n]|$))",
    "weekday": rf"(?:(?P<weekday_turn>{_TURN}) )?(?P<weekday_day>{_WEEKDAY})\b" + _PART,
    "month": rf"(?:(?P<month_turn>{_TURN}) )?(?P<month_edge>{_EDGE})?"
    rf"(?P<month_month>{FULL_MONTHS})\b(?! for\b| of the\b)"
    rf"(?={JOIN}{_MONTH},? (?P<month_far>{YEAR}))?",
    "day": r"(?P<day_word>day before yesterday|day after tomorrow|today|yesterday"
    r"|tomorrow|tonight|overnight|last night|this (?:morning|afternoon|evening))\b" + _PART,
    "ago": rf"(?:(?P<ago_count>{NUMBER}|several|a few|few|an?|many) (?:more )?)?"
    rf"(?P<ago_unit>{UNIT})s? (?P<ago_way>ago|from now)\b",
    "lately": rf"(?P<lately_turn>last|past|next|coming|previous|recent) "
    rf"(?:(?P<lately_count>{NUMBER}|several|few|couple of) )?(?P<lately_unit>{UNIT})s\b(?! of age)",
    "stretch": rf"(?:past|(?:(?<=for the )|(?<=over the )|(?<=during the ))last) "
    rf"(?P<stretch_unit>{UNIT})\b(?! of\b)",
    "period": r"(?:(?P<period_edge>(?:very )?(?:early|earlier|late|later))[ -])?"
    r"(?:(?P<period_turn>last|past|this|next|coming|current|previous)[ -]|(?<=the )(?=weekend)"
    r"|(?:(?:beginning|start|middle|end|rest) of|(?:earlier|later|early|late) in) the "
    r"(?=(?:week|month|year)\b))"
    rf"(?P<period_unit>week|weekend|month|quarter|year|decade|century|{_SEASON})\b",
    "season": rf"(?P<season_name>{_SEASON})\b(?! of| in)",
    "set": rf"(?:daily|weekly|monthly|yearly|annually|nightly)\b|\b(?:every|each) (?P<set_count>"
    rf"other |two |three |few )?(?P<set_unit>{UNIT}|{_WEEKDAY})s?\b",
    "duration": rf"(?P<duration_count>{NUMBER}|several|a few) ?-?(?:more |full "
    rf"|straight |consecutive )?(?P<duration_unit>{UNIT})s?\b(?:[ -]long\b)?(?![ -]olds?\b)"
    r"(?! of age\b| an? (?:hour|day|week|month|year)\b)",
    "some-time": rf"(?:(?<=\bfor )|(?<=\bin )|(?<=\bwithin )|(?<=\bthan )|(?<=\babout )"
    rf"|(?<=\bnearly )|(?<=\balmost )|(?<=\bover )|(?<=\bafter ))an? (?P<some_time_unit>{UNIT})\b"
    rf"(?! ago|[ -]old)|(?P<some_time_long>{UNIT})[ -]long\b",
    "plural": rf"(?:(?<=\bfor )|(?<=\bin )|(?<=\bafter )|(?<=\bwithin )|(?<=\bof ))(?P<plural_for>"
    rf"{UNIT})s\b(?! ago)|\b(?P<plural_unit>{UNIT})s(?:[ -]long\b| of\b(?= [a-z])|(?= later\b"
    r"| earlier\b))",
    "year": rf"(?<![\w.,$€£#%/:])(?:{_EDGE})?(?P<year_year>{YEAR})(?![\w/%:]|[.,]\d|-\d)"
    rf"|(?<=post-){YEAR}|(?<![\w.,$€£#])(?P<year_from>{YEAR})-(?P<year_to>{YEAR}|\d\d(?!\d))",
    "now": r"(?:right now|now|nowadays|currently|at present|at the moment"
    r"|these days|current(?! affairs))\b",
    "past": r"in the (?:recent |distant )?past(?= *[.,;:\n])",
    "future": r"(?<!\ba )(?:near |not too distant )?future\b(?!-)|\bsome day\b",
}


def _rule(name: str) -> str:
    return name.replace("-", "_")


EXPRESSION: Final = re.compile(
    "|".join(f"(?P<rule_{_rule(name)}>{form})" for name, form in _FORMS.items())
)
"""All forms; where several fit at one place the one that stands first in the table is read."""
