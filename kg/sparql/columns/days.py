"""Days as numbers: what can be seen of a term as it is spelt, without the engine."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

_DAY: Final = re.compile(
    r'"([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})"\^\^<http://www\.w3\.org/2001/XMLSchema#date>'
)


def day_of(term: str) -> int:
    """A day without a time zone as YYYYMMDD, whose order is that of days; 0 for any other term.

    The day 2020-02-30 is none, but stands where it would.
    """
    found = _DAY.fullmatch(term) if term.endswith("date>") else None
    return int("".join(found.groups())) if found else 0


@lru_cache(maxsize=4096)
def is_day(number: int) -> bool:
    """Whether there is such a day, after the year 0.

    >>> is_day(20200229), is_day(20200230), is_day(0)
    (True, False, False)
    """
    try:
        date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return False
    return True
