"""Who held which place on one day: what the question who-held answers, for all places. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.names import SCHEMES
from server.map.holdings import Holding, Report

ATTESTED, CARRIED, UNCERTAIN = "attested", "carried", "boundary-uncertain"
_EXCLUSIVE: Final = {f"{SCHEMES}degree/Full", f"{SCHEMES}degree/Dominant"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the answer: a period, and what its best report says of the day."""

    holding: Holding
    state: str
    age: int | None
    conflicting: bool
    degree: str | None
    situation: str | None
    extent: str | None

    @property
    def known(self) -> bool:
        """Whether a report covers the day, or a carried one reaches it."""
        return self.state != UNCERTAIN

    @property
    def exclusive(self) -> bool:
        """Whether it leaves no room for another holder."""
        return self.known and self.degree in _EXCLUSIVE and self.extent is None


def rows_on(holdings: Iterable[Holding], day: dt.date, horizon: int) -> tuple[Row, ...]:
    """The rows of all places and views on a day; nothing is carried past the horizon (days).

    They agree with kg/question/questions/who-held.rq row by row.
    """
    found = {row for one in holdings if _may_hold(one, day) for row in _rows(one, day, horizon)}
    rivals = _Rivals(found, day, horizon)
    marked = (rivals.mark(row) for row in found)
    return tuple(sorted(marked, key=_order))


def _order(row: Row) -> tuple[str, ...]:
    one = row.holding
    said = (row.state, row.degree, row.situation, row.extent)
    return (one.place, one.origin or "", one.holder, one.period, *(text or "" for text in said))


def _may_hold(one: Holding, day: dt.date) -> bool:
    return not (
        (one.end_latest and day > one.end_latest)
        or (one.since_earliest and day < one.since_earliest)
    )


def _rows(one: Holding, day: dt.date, horizon: int) -> Iterator[Row]:
    """What the best reports of a period say of the day."""
    last = dt.timedelta(days=horizon)
    ends = one.end_earliest or one.end_latest
    latest = max((r.until for r in one.reports if _reaches(r, day, last) and r.until), default=None)
    for report in one.reports:
        covers, precedes = _covers(report, day), _precedes(report, day, last)
        begins = _begins(report, day, last)
        closes = report.until is None and ends is not None and ends - last <= day
        if not (covers or precedes or begins or closes):
            continue
        if not covers and latest and (not precedes or report.until != latest):
            continue
        if closes and any(_soon(other, day, last) for other in one.reports):
            continue
        state = _state(one, ends, day, covers=covers, precedes=precedes)
        yield _row(one, report, state, day)


def _row(one: Holding, report: Report, state: str, day: dt.date) -> Row:
    age = {ATTESTED: 0, UNCERTAIN: None}.get(state, (day - (report.until or day)).days)
    return Row(
        one,
        state,
        age,
        conflicting=False,
        degree=report.degree,
        situation=report.situation,
        extent=report.extent,
    )


def _state(
    one: Holding, ends: dt.date | None, day: dt.date, *, covers: bool, precedes: bool
) -> str:
    """An ending that may have come at any time since the last report leaves nothing to carry."""
    if ends and day >= ends:
        return UNCERTAIN
    if covers:
        return ATTESTED
    return CARRIED if precedes and (one.end_earliest or not one.end_latest) else UNCERTAIN


def _covers(report: Report, day: dt.date) -> bool:
    return bool(report.begun and report.until and report.begun <= day <= report.until)


def _precedes(report: Report, day: dt.date, last: dt.timedelta) -> bool:
    return bool(
        report.begun and report.until and report.begun <= day and day - last <= report.until < day
    )


def _reaches(report: Report, day: dt.date, last: dt.timedelta) -> bool:
    """Whether it attests the day or one not longer before it than reports are carried."""
    return bool(
        report.begun and report.until and report.begun <= day and report.until >= day - last
    )


def _begins(report: Report, day: dt.date, last: dt.timedelta) -> bool:
    if report.begun is None or day >= report.begun:
        return False
    return (report.opened or report.begun - last) <= day


def _soon(report: Report, day: dt.date, last: dt.timedelta) -> bool:
    return bool(report.until and report.begun and report.begun - last <= day < report.begun)


class _Rivals:
    """Tells which rows conflict: another, in the same view, has the place exclusively too."""

    def __init__(self, rows: Iterable[Row], day: dt.date, horizon: int) -> None:
        self.day, self.last = day, dt.timedelta(days=horizon)
        self.by_view: dict[tuple[str, str | None], set[Holding]] = defaultdict(set)
        for row in rows:
            self.by_view[row.holding.place, row.holding.origin].add(row.holding)

    def mark(self, row: Row) -> Row:
        one = row.holding
        if not row.exclusive or one.local:
            return row
        others = self.by_view[one.place, one.origin]
        return replace(row, conflicting=any(self._rival(one, other) for other in others))

    def _rival(self, one: Holding, other: Holding) -> bool:
        if other.holder == one.holder or other.local:
            return False
        if other.end_latest and other.end_latest <= self.day:
            return False
        return any(self._excludes(r) for r in other.reports) and not _jointly(one, other)

    def _excludes(self, report: Report) -> bool:
        return (
            _reaches(report, self.day, self.last)
            and report.degree in _EXCLUSIVE
            and report.extent is None
            and not report.administrative
        )


def _jointly(one: Holding, other: Holding) -> bool:
    """Whether some claim has both of them there."""
    mine = {claim for r in one.reports if r.until for claim in r.claims}
    return any(mine & r.claims for r in other.reports if r.until)


def disagreeing(rows: Sequence[Row]) -> frozenset[str]:
    """The places of which two origins name different holders, each exclusively; or one does."""
    accounts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    found = {row.holding.place for row in rows if row.conflicting}
    for row in rows:
        if row.exclusive and row.holding.origin and not row.holding.local:
            accounts[row.holding.place][row.holding.origin].add(row.holding.holder)
    for place, of in accounts.items():
        if not set.intersection(*of.values()):
            found.add(place)
    return frozenset(found)
