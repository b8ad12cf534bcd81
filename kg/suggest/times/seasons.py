"""Which summer or winter the words mean."""

from __future__ import annotations

import datetime as dt

from kg.suggest.times.days import season_of
from kg.suggest.times.told import LAST, NEXT, Told


def turn_of_season(told: Told, name: str, turn: str) -> str | None:
    """This summer, the last one or the next; this winter has begun unless it is to come."""
    if told.today is None:
        return None
    last = season_of(told.today, name)
    begun, to_come = last[:4] == f"{told.today.year:04}", told.tense == "ahead"
    if turn in LAST:
        by = -1 if _running(last, told.today) else 0
    elif turn in NEXT:
        by = 1
    else:
        by = int(not begun and (to_come or name != "winter"))
    return f"{int(last[:4]) + by:04}{last[4:]}"


def _running(season: str, today: dt.date) -> bool:
    """Whether a day lies in a season, so that the last one is that of the year before."""
    starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season[5:]]
    months = (today.year - int(season[:4])) * 12 + today.month - starts
    return 0 <= months <= 2


def season(told: Told) -> str | None:
    """The last season of a name, where a word before it says that it is a time."""
    before = told.match.string[max(0, told.match.start() - 12) : told.match.start()]
    cued = before.rstrip().removesuffix("the").rstrip().endswith((" in", " since", "during", " by"))
    return season_of(told.today, told.group("season_name")) if told.today and cued else None
