"""The four bounds of a time, in words. Pure; days are ISO 8601 strings, which sort as days do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

_DAY: Final = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Earliest and latest day of a begin and of an end; None is unknown."""

    begin_earliest: str | None = None
    begin_latest: str | None = None
    end_earliest: str | None = None
    end_latest: str | None = None


def in_words(bounds: Bounds) -> str:
    """The time as people say it.

    >>> in_words(Bounds("2026-03-01", "2026-03-01", "2026-03-01", "2026-03-01"))
    'on 2026-03-01'
    >>> in_words(Bounds(None, "2026-03-01", "2026-03-03", None))
    'begun by 2026-03-01, still so on 2026-03-03'
    """
    begin, end = (
        (bounds.begin_earliest, bounds.begin_latest),
        (bounds.end_earliest, bounds.end_latest),
    )
    if begin == end and begin[1]:
        if begin[0] == begin[1]:
            return f"on {begin[0]}"
        return f"some time from {begin[0]} to {begin[1]}" if begin[0] else f"by {begin[1]}"
    if begin[1] and end[0] and not (begin[0] or end[1]) and end[0] <= begin[1]:
        return f"so on {end[0]}" if end[0] == begin[1] else f"so between {end[0]} and {begin[1]}"
    parts = [_begin(*begin), _end(*end)]
    return ", ".join(part for part in parts if part)


def held(bounds: Bounds) -> str:
    """The time of a period, whose begin and end are two things even where their days are one.

    >>> held(Bounds(None, "2026-03-01", None, "2026-03-01"))
    'begun by 2026-03-01, over by 2026-03-01'
    """
    begin = _begin(bounds.begin_earliest, bounds.begin_latest)
    return ", ".join(part for part in (begin, _end(bounds.end_earliest, bounds.end_latest)) if part)


def _begin(earliest: str | None, latest: str | None) -> str:
    if earliest and latest:
        return f"from {earliest}" if earliest == latest else f"begun from {earliest} to {latest}"
    if earliest:
        return f"not before {earliest}"
    return f"begun by {latest}" if latest else ""


def _end(earliest: str | None, latest: str | None) -> str:
    if earliest and latest:
        return f"until {earliest}" if earliest == latest else f"ended from {earliest} to {latest}"
    if earliest:
        return f"still so on {earliest}"
    return f"over by {latest}" if latest else ""


def days(earliest: str | None, latest: str | None) -> str:
    """A day between two: one day where they are the same.

    >>> days("2026-03-03", "2026-03-04")
    '2026-03-03 to 2026-03-04'
    """
    if earliest == latest or not (earliest and latest):
        return earliest or latest or ""
    return f"{earliest} to {latest}"


def timed(text: str) -> Markup:
    """The text with each day in an element of its own, which style keeps on one line.

    >>> timed("by 2026-03-01 & later")
    Markup('by <time>2026-03-01</time> &amp; later')
    """
    return Markup(_DAY.sub(r"<time>\g<0></time>", str(escape(text))))  # noqa: S704 escaped
