"""Marks say what rows say; nothing that is drawn hides another."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from kg.names import SCHEMES
from server.map.day import rows_on
from server.map.frame import fit
from server.map.holdings import Holding, Report
from server.map.marks import form_of, marks_of
from server.map.picture import Day, paint
from server.map.places import Place
from server.show.colours import palette
from server.show.term import Shown

DAY = dt.date(2015, 5, 22)
ANBAR = 85672483


def holding(place="ramadi", holder="x", degree="Full", *, days=0, extent=None, situation=None):
    seen = DAY - dt.timedelta(days)
    said = f"{SCHEMES}degree/{degree}" if degree else None
    of = f"{SCHEMES}situation/{situation}" if situation else None
    claims = frozenset({f"{place}{holder}"})
    report = Report(seen, None, seen, said, of, extent, administrative=False, claims=claims)
    return Holding(
        *(f"{place}-{holder}", place, holder, None, None, seen, seen, None, None),
        disputed=False,
        local=False,
        reports=(report,),
    )


def place(name, point=(43.0, 33.0), outline=None, *, area=False):
    return Place(name, Shown(name), point, outline, area, ())


def coloured(holdings):
    return palette((one.holder, one.place) for one in holdings)


def picture(holdings, places, size=(960, 640)):
    rows = rows_on(holdings, DAY, 30)
    day = Day(rows, {p.iri: p for p in places}, frozenset(), coloured(holdings), 30, {"x": "X"})
    return paint(day, fit((38, 30, 46, 37), *size))


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ({"degree": "Full"}, "full"),
        ({"degree": "Dominant"}, "ring"),
        ({"degree": "Partial"}, "half"),
        ({"degree": "Presence"}, "dot"),
        ({"degree": None}, "unsaid"),
        ({"degree": "Full", "extent": "nearly all of"}, "half"),
        ({"degree": "Presence", "extent": "the edge of"}, "dot"),
    ],
)
def test_the_form_is_the_degree_and_a_part_is_never_shown_as_the_whole(said, form):
    (row,) = rows_on([holding(**said)], DAY, 30)
    assert form_of(row) == form


@pytest.mark.parametrize(
    ("days", "fading"), [(0, "attested"), (1, "age-1"), (9, "age-2"), (30, "age-4"), (31, None)]
)
def test_a_mark_fades_with_the_age_of_its_report_until_nothing_is_known(days, fading):
    rows = rows_on([holding(days=days)], DAY, 30)
    assert [mark.fading for mark in marks_of(rows, {}, 30)] == ([fading] if fading else [])


def test_all_holders_of_a_place_stand_beside_each_other():
    found = picture([holding(holder="x"), holding(holder="y", days=3)], [place("ramadi")])
    (spot,) = found.spots
    assert [mark.holder for mark in spot.marks] == ["x", "y"]
    assert spot.offsets == [-8, 8]


def test_a_governorate_is_its_outline_and_no_point():
    at = place("anbar", outline=ANBAR, area=True)
    found = picture([holding("anbar", degree="Partial")], [at])
    (area,) = found.areas
    assert re.match(r"M[\d.-]+ [\d.-]+l", area.path) and area.fill == "lines-1-0"
    assert [one.id for one in found.patterns] == [area.fill]
    assert [(spot.marks, spot.label.text) for spot in found.spots] == [((), "anbar")]


def test_what_is_unknown_is_shown_as_unknown_but_no_area_without_outline():
    found = picture([], [place("ramadi"), place("iraq", area=True), place("lost", None)])
    assert [(spot.place.iri, spot.told) for spot in found.spots] == [("ramadi", False)]


def boxes(found):
    for spot in found.spots:
        x, y = spot.at[0] + spot.moved[0], spot.at[1] + spot.moved[1]
        across = max(1, len(spot.marks)) * 8
        yield x - across, y - 8, x + across, y + 8
        if spot.label:
            wide = len(spot.label.text) * 6.6
            left = (
                x + spot.label.x - {"start": 0, "middle": wide / 2, "end": wide}[spot.label.anchor]
            )
            yield left, y + spot.label.y - 11, left + wide, y + spot.label.y + 3


@pytest.mark.parametrize("size", [(960, 640), (400, 460)])
def test_places_close_together_are_moved_apart_and_no_names_overlap(size):
    names = [f"town-{i}" for i in range(9)]
    places = [place(name, (43 + i / 100, 33)) for i, name in enumerate(names)]
    found = picture([holding(name) for name in names], places, size)
    taken = list(boxes(found))
    for i, (left, top, right, bottom) in enumerate(taken):
        for x, y, r, b in taken[i + 1 :]:
            assert not (left < r - 0.1 and right - 0.1 > x and top < b - 0.1 and bottom - 0.1 > y)
    assert len(found.spots) == 9 and any(spot.moved != (0, 0) for spot in found.spots)


def test_a_long_name_is_shortened_on_the_map():
    found = picture([holding("x" * 10_000)], [place("x" * 10_000)])
    assert len(found.spots[0].label.text) <= 40


def test_the_same_day_is_the_same_picture():
    made = [picture([holding(f"p{i}") for i in range(5)], [place(f"p{i}") for i in range(5)])] * 2
    assert made[0] == replace(made[1])
