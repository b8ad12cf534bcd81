"""Periods of control drawn on one scale: what is sure, and what may have been. Pure.

Lengths are shares of the drawing's width, in per cent, so that it fits any screen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from server.show.dates import Bounds

NARROWEST: Final = 0.7
"""Per cent of the width that a day is drawn with at least."""
_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_MOST_TICKS: Final = 6
_WEEKS: Final = 70
"""Days up to which the scale counts weeks."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day to a day."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a period's time; `open` sides have no bound and fade over the horizon."""

    sure: Stretch | None
    begins: Stretch | None
    ends: Stretch | None
    open_begin: bool
    open_end: bool

    def stretches(self) -> Iterator[Stretch]:
        """Its parts from the first to the last."""
        yield from (part for part in (self.begins, self.sure, self.ends) if part)


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn part: `sure`, `maybe` (begun or ended some time in it), `fade-in` or `fade-out`."""

    x: float
    width: float
    form: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day of the scale; its label stands `start`, `middle` or `end` of it."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from the left edge to the right."""

    first: dt.date
    last: dt.date

    def at(self, day: dt.date) -> float:
        """Where a day is."""
        return round(100 * (day - self.first).days / max(1, (self.last - self.first).days), 2)


def known(bounds: Bounds, last_attested: str | None, horizon: int) -> Known | None:
    """What is known of a period; None where no day is, or the days are none."""
    begun, over = day(bounds.begin_latest), day(bounds.end_latest)
    since, until = day(bounds.begin_earliest), day(bounds.end_earliest)
    attested = day(last_attested)
    told = [one for one in (begun, attested, until) if one]
    days = told or [one for one in (over,) if one]
    if not days:
        return None
    start, end = min(days), max(days)
    end = max(start, min(end, over)) if over else end
    return Known(
        Stretch(start, end) if begun or attested else None,
        _before(start, since, horizon),
        _after(end, over, horizon),
        since is None,
        over is None,
    )


def _before(start: dt.date, since: dt.date | None, horizon: int) -> Stretch | None:
    if since is None:
        return Stretch(_shifted(start, -horizon), start)
    return Stretch(since, start) if since < start else None


def _after(end: dt.date, over: dt.date | None, horizon: int) -> Stretch | None:
    if over is None:
        return Stretch(end, _shifted(end, horizon))
    return Stretch(end, over) if over > end else None


def scale(periods: Iterable[Known | None]) -> Scale | None:
    """The scale that holds all periods; None if there are none."""
    found = [part for one in periods if one for part in one.stretches()]
    if not found:
        return None
    return Scale(min(p.start for p in found), max(p.end for p in found) + dt.timedelta(days=1))


def pieces(period: Known, on: Scale) -> tuple[Piece, ...]:
    """The parts of a period as they are drawn."""
    drawn = []
    if period.begins:
        drawn.append(_piece(period.begins, on, "fade-in" if period.open_begin else "maybe"))
    if period.ends:
        drawn.append(_piece(period.ends, on, "fade-out" if period.open_end else "maybe"))
    if period.sure:
        drawn.append(_piece(period.sure, on, "sure"))
    return tuple(drawn)


def _piece(part: Stretch, on: Scale, form: str) -> Piece:
    x, end = on.at(part.start), on.at(part.end)
    width = max(NARROWEST, end - x)
    return Piece(min(x, 100 - NARROWEST), round(width, 2), form)


def ticks(on: Scale) -> tuple[Tick, ...]:
    """The days that the scale names: weeks of a short one, else months or years."""
    days = (on.last - on.first).days
    found = list(_weeks(on) if days <= _WEEKS else _months(on))
    return tuple(Tick(on.at(one), label, _anchor(on.at(one))) for one, label in found)


def _weeks(on: Scale) -> Iterator[tuple[dt.date, str]]:
    days = (on.last - on.first).days
    step = 7 * max(1, -(-days // (7 * (_MOST_TICKS - 2))))
    for offset in range(0, days + 1, step):
        one = on.first + dt.timedelta(days=offset)
        yield one, one.isoformat()


def _months(on: Scale) -> Iterator[tuple[dt.date, str]]:
    first, last = (one.year * 12 + one.month - 1 for one in (on.first, on.last))
    step = next((s for s in _STEPS if (last - first) // s < _MOST_TICKS), _STEPS[-1])
    for month in range(first + 1, last + 1):
        if month % step == 0:
            one = dt.date(month // 12, month % 12 + 1, 1)
            yield one, one.isoformat()[: 4 if step % 12 == 0 else 7]


def _anchor(x: float) -> str:
    return "start" if x < 8 else "end" if x > 92 else "middle"


def day(text: str | None) -> dt.date | None:
    """A day; None where there is none, or the text is no day."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _shifted(one: dt.date, days: int) -> dt.date:
    try:
        return one + dt.timedelta(days=days)
    except OverflowError:
        return one
