"""The rows of a day agree with the question who-held, place by place."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.question import ask, load_question
from kg.release.read import open_release
from server.map.day import disagreeing, rows_on
from server.map.holdings import days_of_change, read_holdings, telling_day

COLUMNS = ["origin", "holder", "state", "age", "conflicting", "degree", "situation", "extent"]
COLUMNS += ["sinceEarliest", "sinceLatest", "lastAttested", "endEarliest", "endLatest"]
COLUMNS += ["disputed", "period"]


def said(day):
    return None if day is None else day.isoformat()


def cells(row):
    """A row as the columns of who-held have it."""
    one = row.holding
    days = one.since_earliest, one.since_latest, one.last_attested, one.end_earliest, one.end_latest
    age = None if row.age is None else str(row.age)
    conflicting = "true" if row.conflicting else None
    said_of = row.degree, row.situation, row.extent
    disputed = "true" if one.disputed else None
    dated = map(said, days)
    held = one.origin, one.holder, row.state, age, conflicting
    return (*held, *said_of, *dated, disputed, one.period)


def held(release, place, day, horizon):
    """What who-held answers."""
    given = {"place": place, "date": day.isoformat(), "horizon": str(horizon)}
    answer = ask(release.store, load_question("who-held"), given, release.names)
    at = [answer.columns.index(name) for name in COLUMNS]
    return {tuple(None if row[i] is None else row[i].value for i in at) for row in answer.rows}


def compare(release, days, horizons):
    """How many rows were compared."""
    holdings = read_holdings(release.store, release.names)
    seen = 0
    for day in days:
        for horizon in horizons:
            rows = rows_on(holdings, day, horizon)
            for place in sorted({one.place for one in holdings}):
                ours = {cells(row) for row in rows if row.holding.place == place}
                assert ours == held(release, place, day, horizon), (place, day)
                seen += len(ours)
    return seen


def test_the_rows_of_a_day_are_those_of_who_held(release):
    holdings = read_holdings(release.store, release.names)
    near = {day + dt.timedelta(n) for day in days_of_change(holdings) for n in (-1, 0, 1, 3)}
    assert compare(release, sorted(near), (0, 2, 30)) > 50


@pytest.fixture(scope="module")
def shipped(shipped_releases):
    return open_release(shipped_releases)


@pytest.mark.slow
def test_so_are_those_of_the_shipped_release(shipped):
    days = [dt.date(2014, 6, 11), dt.date(2015, 5, 21), dt.date(2015, 5, 22), dt.date(2015, 6, 4)]
    assert compare(shipped, days, (30,)) > 150


@pytest.mark.slow
def test_the_shipped_release_tells_most_of_the_day_of_its_articles(shipped):
    assert telling_day(read_holdings(shipped.store, shipped.names)) == dt.date(2015, 5, 22)


def test_nothing_is_told_without_periods():
    assert telling_day(()) is None and rows_on((), dt.date(2026, 3, 5), 30) == ()


def test_origins_disagree_where_no_holder_is_in_all_of_their_accounts(release):
    rows = rows_on(read_holdings(release.store, release.names), dt.date(2026, 3, 5), 30)
    assert disagreeing(()) == frozenset()
    assert disagreeing(rows) <= {row.holding.place for row in rows}
