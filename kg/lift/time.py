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


def bounds(
    when: When | None, published: tuple[dt.date, dt.date], *, lasting: bool, real: bool = True
) -> Bounds:
    """The bounds of a claim's time.

    An event happened on its day; a state (`lasting`, figures too) held on it, having begun by then.
    A state since a day still held at publication. What has no date had happened by publication or
    held at it; what is not said to be real (planned, feared …) comes after it, if ever.
    """
    first, last = published
    if when is None:
        return _undated(first, last, lasting=lasting, real=real)
    if when.on or when.within:
        low, high = (when.on, when.on) if when.on else when.within or (None, None)
        return Bounds((None, high), (low, None)) if lasting else Bounds((low, high), (low, high))
    begin: Days = when.since or (None, when.until[1] if when.until else last)
    coming = begin[0] is not None and begin[0] > first
    still: Days = (None, None) if coming else (first, None) if lasting else (None, last)
    return Bounds(begin, when.until or still)


def _undated(first: dt.date, last: dt.date, *, lasting: bool, real: bool) -> Bounds:
    if not real:
        return Bounds((first, None), (None, None))
    return Bounds((None, last), (first, None) if lasting else (None, last))
