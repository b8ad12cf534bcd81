"""Extents, the projection, and simpler lines."""

from __future__ import annotations

import pytest

from server.map.frame import around, fit, read_extent, written
from server.map.simplify import cut_ring, simplify, simplify_ring


def test_the_frame_shows_the_whole_box_in_its_middle():
    frame = fit((38, 32, 45, 37), 960, 640)
    left, top = frame.at((38, 37))
    right, bottom = frame.at((45, 32))
    assert 0 <= left < right <= 960 and 0 <= top < bottom <= 640.01
    assert left == pytest.approx(960 - right) and top == pytest.approx(640 - bottom)
    assert frame.at((frame.extent[0], frame.extent[3])) == pytest.approx((0, 0), abs=1e-6)


def test_shapes_keep_their_proportions():
    frame = fit((-1, 59.5, 1, 60.5), 800, 800)
    (x1, y1), (x2, y2) = frame.at((0, 60)), frame.at((0.1, 60.05))
    assert (x2 - x1) == pytest.approx(y1 - y2, rel=0.01)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "5,1,4,2", "0,0,0,0", "0,-90,1,90", "1e3,0,2,2", "nan,0,1,1"]
)
def test_an_extent_that_is_none_is_said_to_be_wrong(text):
    with pytest.raises(ValueError, match="expected west"):
        read_extent(text)


def test_an_extent_is_written_as_it_is_read():
    assert written(read_extent("38.25,32,45,37.5")) == "38.25,32,45,37.5"


def test_the_box_around_points_has_a_margin_and_stays_on_the_globe():
    assert around([]) is None
    west, south, east, north = around([(180, 80), (179, 84.9)])
    assert west < 179 and south < 80 and (east, north) == (180, 85)


def test_a_simpler_line_keeps_its_ends_and_corners():
    assert simplify([(0, 0), (1, 0.001), (2, 0), (2, 5)], 0.1) == [(0, 0), (2, 0), (2, 5)]
    ring = simplify_ring([(0, 0), (1, 0), (2, 0), (2, 2), (0, 2), (0, 0)], 0.1)
    assert ring == [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]


def test_a_ring_is_cut_to_a_box():
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    inside = cut_ring(square, (1, 1, 9, 2))
    assert set(inside) == {(1, 1), (4, 1), (4, 2), (1, 2)} and inside[0] == inside[-1]
    assert cut_ring(square, (5, 5, 6, 6)) == []
