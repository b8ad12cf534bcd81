"""The time of a claim as four bounds: earliest and latest day of its begin and of its end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kg.mapping.document import When

Days = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Begin and end, each between two days; None is unknown."""

    begin: Days
    end: Days


def bounds(when: When | None, published: tuple[dt.date, dt.date], *, lasting: bool) -> Bounds:
    """The bounds of a claim's time.

    An instant begins and ends on its day. A state since a day still held at publication. What has
    no date had happened by publication (an event) or held at it (`lasting`: a state or figure).
    """
    first, last = published
    if when is None:
        return Bounds((None, last), (first, None) if lasting else (None, last))
    if when.on or when.within:
        day: Days = (when.on, when.on) if when.on else when.within or (None, None)
        return Bounds(day, day)
    begin: Days = when.since or (None, when.until[1] if when.until else last)
    end: Days = when.until or ((first, None) if lasting else (None, last))
    return Bounds(begin, end)
