"""Who held a place on each day of a period: what who-held and panel ask, in numbers.

A period's reports are laid side by side in the order of their first days, and its days are walked
once. Days are proleptic Gregorian ordinals, as date.toordinal() gives them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ATTESTED: Final = "attested"
CARRIED: Final = "carried"
UNCERTAIN: Final = "boundary-uncertain"
LAST: Final = dt.date.max.toordinal()
"""The last day that a calendar of four-digit years has."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one claim says of the hold: that it had begun, surely lasted, and to what degree."""

    opened: int | None
    begun: int | None
    until: int | None
    degree: str = ""
    situation: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A period's bounds and its reports."""

    since: int | None
    end_earliest: int | None
    end_latest: int | None
    reports: tuple[Report, ...]

    @property
    def ends(self) -> int | None:
        """The first day on which it can have ended, or the day by which it had."""
        return self.end_latest if self.end_earliest is None else self.end_earliest


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """What the best reports say of one day."""

    day: int
    degree: str
    situation: str
    state: str
    age: int
    """Days since the last report that attests it; -1 where the boundary is uncertain."""


def standings(period: Period, horizon: int) -> Iterator[Standing]:
    """What is known of each day of a period, in order; days of which nothing is known are left out.

    A report older than the horizon (in days) is not carried forward.
    """
    spans = sorted(_spans(period, horizon), key=lambda span: span[:2])
    soon = sorted(r.begun for r in period.reports if r.until is not None and r.begun is not None)
    active: list[tuple[int, int, Report]] = []
    following, day = 0, 0
    while active or following < len(spans):
        day = max(day, spans[following][0]) if not active else day
        while following < len(spans) and spans[following][0] <= day:
            active.append(spans[following])
            following += 1
        active = [span for span in active if span[1] >= day]
        yield from sorted(_day(period, [span[2] for span in active], soon, day, horizon))
        day += 1


def _spans(period: Period, horizon: int) -> Iterator[tuple[int, int, Report]]:
    """The first and last day of which each report can say anything, within the period."""
    for report in period.reports:
        days = [*_own_days(report, horizon), *_closing_days(period, report, horizon)]
        if days:
            first = max(min(days), 1 if period.since is None else period.since)
            last = min(max(days), LAST if period.end_latest is None else period.end_latest)
            if first <= last:
                yield first, last, report


def _own_days(report: Report, horizon: int) -> Iterator[int]:
    if report.begun is not None:
        yield report.begun - horizon if report.opened is None else report.opened
        yield report.begun
        if report.until is not None:
            yield report.until + horizon


def _closing_days(period: Period, report: Report, horizon: int) -> Iterator[int]:
    if report.until is None and period.ends is not None:
        yield period.ends - horizon
        yield period.ends if period.end_latest is None else period.end_latest


def _day(
    period: Period, reports: list[Report], soon: list[int], day: int, horizon: int
) -> set[Standing]:
    """What the best reports say of one day: see the comments of questions/who-held.rq."""
    last = max((r.until for r in reports if _carries(r, day, horizon)), default=None)  # type: ignore[type-var]
    upcoming = bisect_right(soon, day)
    begins_soon = upcoming < len(soon) and soon[upcoming] - horizon <= day
    found = set()
    for report in reports:
        precedes = _carries(report, day, horizon) and not _covers(report, day)
        best = last is None or (precedes and report.until == last)
        closing = _closes(period, report, day, horizon)
        if not (_covers(report, day) or (best and not (closing and begins_soon))):
            continue
        if _covers(report, day) or precedes or closing or _begins(report, day, horizon):
            found.add(_standing(period, report, day, precedes=precedes))
    return found


def _standing(period: Period, report: Report, day: int, *, precedes: bool) -> Standing:
    ended = period.ends is not None and day >= period.ends
    open_end = period.end_earliest is not None or period.end_latest is None
    state, age = UNCERTAIN, -1
    if not ended and _covers(report, day):
        state, age = ATTESTED, 0
    elif not ended and open_end and precedes and report.until is not None:
        state, age = CARRIED, day - report.until
    return Standing(day, report.degree, report.situation, state, age)


def _covers(report: Report, day: int) -> bool:
    return _has_begun(report, day) and report.until is not None and day <= report.until


def _carries(report: Report, day: int, horizon: int) -> bool:
    """Whether it attests the day, or one before it that is not older than the horizon."""
    return _has_begun(report, day) and report.until is not None and report.until >= day - horizon


def _begins(report: Report, day: int, horizon: int) -> bool:
    if report.begun is None or day >= report.begun:
        return False
    return (report.begun - horizon if report.opened is None else report.opened) <= day


def _closes(period: Period, report: Report, day: int, horizon: int) -> bool:
    return report.until is None and period.ends is not None and period.ends - horizon <= day


def _has_begun(report: Report, day: int) -> bool:
    return report.begun is not None and report.begun <= day
