"""Periods drawn on a scale: what is sure, what may have been, what fades."""

from __future__ import annotations

import datetime as dt

import pytest

from server.show.dates import Bounds
from server.things.timeline import NARROWEST, Known, Scale, Stretch, known, pieces, scale, ticks

DAY = dt.date(2026, 3, 1)


def on(*days):
    return Stretch(*(dt.date.fromisoformat(day) for day in days))


def test_between_first_and_last_attested_a_hold_is_sure_and_fades_where_no_day_is_stated():
    found = known(Bounds(begin_latest="2026-03-01"), "2026-03-05", 30)
    assert found.sure == on("2026-03-01", "2026-03-05")
    assert found.open_begin and found.open_end
    assert found.begins == on("2026-01-30", "2026-03-01")
    assert found.ends == on("2026-03-05", "2026-04-04")


def test_days_in_which_it_began_or_ended_are_drawn_as_uncertain():
    bounds = Bounds("2026-02-27", "2026-03-01", "2026-03-05", "2026-03-07")
    found = known(bounds, "2026-03-04", 30)
    assert found.begins == on("2026-02-27", "2026-03-01") and not found.open_begin
    assert found.sure == on("2026-03-01", "2026-03-05")
    assert found.ends == on("2026-03-05", "2026-03-07") and not found.open_end
    forms = [one.form for one in pieces(found, scale([found]))]
    assert forms == ["maybe", "maybe", "sure"]


def test_exact_days_leave_nothing_uncertain():
    found = known(Bounds("2026-03-01", "2026-03-01", "2026-03-05", "2026-03-05"), None, 30)
    sure = on("2026-03-01", "2026-03-05")
    assert found == Known(sure, None, None, open_begin=False, open_end=False)


def test_of_what_is_only_known_to_be_over_nothing_is_sure():
    found = known(Bounds(end_latest="2026-03-05"), None, 30)
    assert found.sure is None and found.begins.end == dt.date(2026, 3, 5) and not found.ends


@pytest.mark.parametrize("text", [None, "", "<script>", "2026-02-30", "-0044-03-15"])
def test_what_is_no_day_is_not_drawn(text):
    assert known(Bounds(begin_latest=text), text, 30) is None
    assert scale([None]) is None


def test_pieces_stay_on_the_scale_and_a_day_is_visible():
    day = known(Bounds("2026-03-01", "2026-03-01", "2026-03-01", "2026-03-01"), None, 30)
    years = Scale(DAY - dt.timedelta(3000), DAY)
    (drawn,) = pieces(day, years)
    assert drawn.width == NARROWEST and drawn.x + drawn.width <= 100


@pytest.mark.parametrize("days", [1, 20, 70, 71, 400, 4_000, 40_000])
def test_a_scale_names_a_few_days_in_order(days):
    found = ticks(Scale(DAY, DAY + dt.timedelta(days)))
    assert 1 <= len(found) <= 7
    assert [one.x for one in found] == sorted({one.x for one in found})
    assert all(0 <= one.x <= 100 for one in found)
