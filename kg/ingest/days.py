"""Days as pages print them, where words or figures leave no doubt which day is meant."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from kg.text import count_words

_MONTHS: Final = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_ARABIC: Final = (
    ("كانون الثاني", "يناير"),
    ("شباط", "فبراير"),
    ("آذار", "مارس"),
    ("نيسان", "أبريل"),
    ("أيار", "مايو"),
    ("حزيران", "يونيو"),
    ("تموز", "يوليو"),
    ("آب", "أغسطس"),
    ("أيلول", "سبتمبر"),
    ("تشرين الأول", "أكتوبر"),
    ("تشرين الثاني", "نوفمبر"),
    ("كانون الأول", "ديسمبر"),
)
"""The months in the Levant and in Egypt."""
_IN_ARABIC: Final = {name: n for n, names in enumerate(_ARABIC, 1) for name in names}
_ARABIC_DAY: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}}) ({'|'.join(_IN_ARABIC)})(?:/\w+)?،? (\d{{4}})(?!\d)"
)
_DATELINE: Final = 5
"""Words that a line has at most which prints a day, and a place or a weekday beside it."""
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_DAY_FIRST: Final = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})(?!\d)"
)
_MONTH_FIRST: Final = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_IN_ADDRESS: Final = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


def parse_day(words: str) -> dt.date | None:
    """The first day that some words print in full: year, month and day.

    >>> parse_day("Updated Tuesday, 3 March 2026 at 09:00"), parse_day("3/4/2026")
    (datetime.date(2026, 3, 3), None)
    """
    if iso := _ISO.search(words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if named := _DAY_FIRST.search(words):
        return _day(int(named[3]), _MONTHS.get(named[2].casefold(), 0), int(named[1]))
    if named := _MONTH_FIRST.search(words):
        return _day(int(named[3]), _MONTHS.get(named[1].casefold(), 0), int(named[2]))
    if named := _ARABIC_DAY.search(words):
        return _day(int(named[3]), _IN_ARABIC[named[2]], int(named[1]))
    return None


def is_dateline(line: str) -> bool:
    """Whether a line prints a day and hardly anything else.

    >>> is_dateline("Marrick, 14 September 1921"), is_dateline("What the truce of 4 May 1911 cost")
    (True, False)
    """
    return count_words(line) <= _DATELINE and parse_day(line) is not None


def day_of_address(url: str) -> dt.date | None:
    """The day that many sites write into an article's address.

    >>> day_of_address("https://example.org/2026/03/05/aven-bridge")
    datetime.date(2026, 3, 5)
    """
    found = _IN_ADDRESS.search(url)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
