"""The lines under the map, and what is vendored."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from math import dist

import pytest

from server.map.base import FOLDER, base_of, drawn, load, outlined
from server.map.frame import fit
from server.map.prepare import DISENGAGEMENT, main

LARGEST = 150_000


def test_what_is_vendored_is_what_was_published():
    for of in json.loads((FOLDER / "vendor.json").read_text("utf-8")).values():
        folder = FOLDER / "leaflet"
        assert of["files"].keys() == {path.name for path in folder.iterdir()}
        for name, digest in of["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_base_maps_are_small_and_say_where_they_come_from():
    for name in ("syria-iraq", "world"):
        assert (FOLDER / f"{name}.json").stat().st_size < LARGEST
    notice = (FOLDER / "NOTICE.md").read_text("utf-8")
    for source in ("Who's On First", "Natural Earth", "World Atlas", "ISC", "endorse nobody"):
        assert source in notice


def test_the_outline_under_another_licence_is_left_out():
    assert len(outlined()) == 33 and DISENGAGEMENT not in outlined()


def test_the_euphrates_is_whole_from_its_lakes_to_the_marshes():
    lines = [line for line in load("syria-iraq").rivers if len(line) > 1]
    reached = [next(line for line in lines if line[0][0] < 39 and line[-1][1] < 36.9 < line[0][1])]
    while len(reached) < 4:
        reached.append(min(lines, key=lambda line: dist(line[0], reached[-1][-1])))
    gaps = [dist(line[-1], following[0]) for line, following in pairwise(reached)]
    assert max(gaps) < 0.02, "two kilometres"
    assert reached[0][0][1] > 37 and reached[-1][-1][1] < 31.5


@pytest.mark.slow
def test_they_are_made_from_the_public_files_and_always_the_same(shared, tmp_path):
    main(shared, tmp_path)
    for name in ("syria-iraq.json", "world.json", "NOTICE.md"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_map_with_most_detail_that_covers_the_extent_is_taken():
    assert base_of((36, 31, 46, 37)).name == "syria-iraq"
    assert base_of((-10, 31, 46, 37)).name == "world"


def test_no_line_crosses_the_whole_world():
    for ring in load("world").countries:
        steps = [abs(x - ring[i - 1][0]) for i, (x, _) in enumerate(ring) if i]
        assert max(steps) < 180 or min(y for _, y in ring) < -80


def test_paths_are_short_steps():
    found = drawn(fit((38, 32, 45, 37), 400, 460))
    assert found.countries.startswith("M") and len(found.countries) < 12_000
    assert found.rivers and found.regions
