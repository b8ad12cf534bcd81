"""The panel is what the questions panel and who-held answer, day by day."""

import datetime as dt
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.panel import Period, Report, standings
from kg.question import ask, load_question
from kg.question.show import short

COLUMNS = ("place", "day", "origin", "holder", "degree", "situation", "state", "age", "claims")
AROUND = dt.timedelta(20)


def asked(release, first, last, horizon):
    """The rows that the question panel gives for a window of days."""
    question = load_question("panel")
    given_ = {"from": first.isoformat(), "to": last.isoformat(), "horizon": str(horizon)}
    answer = ask(release.store, question, given_, release.names)
    at = [answer.columns.index(column) for column in (*COLUMNS, "period")]
    rows = [tuple(short(row[i], release.names) for i in at) for row in answer.rows]
    return [tuple(cell.removeprefix("article:") for cell in row) for row in rows]


def written(export):
    """The rows of panel.csv, with bare ids."""
    rows = (tuple(row[c] for c in (*COLUMNS, "period")) for row in export.rows("panel"))
    return [tuple(cell.removeprefix("article/") for cell in row) for row in rows]


def windows(days):
    """Spans of days around the first, the last and some others of which something is known."""
    known = sorted(map(dt.date.fromisoformat, days))
    for centre in {*known[:: len(known) // 3], known[-1]}:
        yield centre - AROUND, centre + AROUND


def test_the_panel_is_what_the_question_answers(each_export):
    rows, release = written(each_export), each_export.release
    for first, last in windows({row[1] for row in rows}):
        expected = asked(release, first, last, release.summary["horizon"])
        found = [row for row in rows if first.isoformat() <= row[1] <= last.isoformat()]
        assert Counter(found) == Counter(expected)


def test_nothing_is_known_before_its_first_day_or_after_its_last(invented_export):
    release, days = invented_export.release, [row[1] for row in written(invented_export)]
    first, last = map(dt.date.fromisoformat, (min(days), max(days)))
    year, day = dt.timedelta(366), dt.timedelta(1)
    assert not asked(release, first - year, first - day, 30)
    assert not asked(release, last + day, last + year, 30)


def test_the_rows_are_in_order_and_once_each(each_export):
    rows = [(row["place"], row["day"]) for row in each_export.rows("panel")]
    assert all(one <= other for one, other in pairwise(rows))
    whole = written(each_export)
    assert len(set(whole)) == len(whole)


def test_every_row_has_a_holder_and_a_period_of_the_same_holder(each_export):
    holders = {row["period"]: row["holder"] for row in each_export.rows("periods")}
    for row in each_export.rows("panel"):
        assert holders[row["period"]] == row["holder"] != ""


# --- the arithmetic, against the plain reading of each day by itself ---


def plainly(period, horizon, day):
    """What the question says of one day, clause by clause as it stands there."""
    if period.since is not None and day < period.since:
        return set()
    if period.end_latest is not None and day > period.end_latest:
        return set()
    return set(filter(None, (_plainly(period, r, horizon, day) for r in period.reports)))


def _plainly(period, r, horizon, day):
    begun, until, ends = r.begun, r.until, period.ends
    attests = begun is not None and until is not None
    covers = attests and begun <= day <= until
    precedes = attests and begun <= day and day - horizon <= until < day
    opened = r.opened if r.opened is not None or begun is None else begun - horizon
    begins = begun is not None and opened <= day < begun
    closes = until is None and ends is not None and ends - horizon <= day
    if not (covers or precedes or begins or closes):
        return None
    others = [o for o in period.reports if o.begun is not None and o.until is not None]
    recent = [o for o in others if o.begun <= day and o.until >= day - horizon]
    if not covers and any(not precedes or o.until > until for o in recent):
        return None
    if closes and any(day < o.begun <= day + horizon for o in others):
        return None
    bounded = period.end_earliest is not None or period.end_latest is None
    if ends is not None and day >= ends:
        known = ("boundary-uncertain", -1)
    elif covers:
        known = ("attested", 0)
    elif precedes and bounded:
        known = ("carried", day - until)
    else:
        known = ("boundary-uncertain", -1)
    return (r.degree, r.situation, *known)


DAYS = st.none() | st.integers(100, 160)
REPORTS = st.builds(Report, DAYS, DAYS, DAYS, st.sampled_from(["", "Full"]))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(REPORTS, min_size=1, max_size=5).map(tuple),
    st.tuples(DAYS, DAYS, st.integers(100, 160)),
    st.booleans(),
    st.integers(0, 20),
)
def test_walking_the_days_finds_what_each_day_by_itself_has(reports, bounds, ended, horizon):
    since, end_earliest, end_latest = bounds
    ends = (end_earliest, end_latest) if ended else (None, None)
    period = Period(since, *ends, reports)
    found = {}
    for one in standings(period, horizon):
        found.setdefault(one.day, set()).add((one.degree, one.situation, one.state, one.age))
    for day in range(50, 220):
        assert found.get(day, set()) == plainly(period, horizon, day), day
    assert list(found) == sorted(found)


def test_nothing_is_carried_past_the_end_of_the_calendar():
    last = dt.date.max.toordinal()
    period = Period(None, None, None, (Report(None, last, last),))
    days = [one.day for one in standings(period, 30)]
    assert days == list(range(last - 30, last + 1))
