"""The colours of holders stay apart, for colour-blind readers too, and stand out from the land.

Colour blindness is simulated as Machado, Oliveira and Fernandes (2009) do.
"""

from __future__ import annotations

import re
from itertools import combinations
from math import dist

import pytest

from paths import ROOT
from server.map.atlas import read_atlas
from server.show.colours import COLOURS, GREY, colours_of, palette

CSS = (ROOT / "server" / "static" / "things.css").read_text("utf-8")
SEEN = {
    "as most do": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}


def linear(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def dot(xs, ys):
    return sum(x * y for x, y in zip(xs, ys, strict=True))


def lab(rgb):
    """CIE L*a*b* of linear sRGB, under D65."""
    rows = (0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)
    xyz = [max(0, dot(row, rgb)) for row in rows]
    white = (0.9505, 1, 1.089)
    x, y, z = (
        t ** (1 / 3) if (t := part / of) > 0.008856 else 7.787 * t + 16 / 116
        for part, of in zip(xyz, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def palettes():
    """The colours by name, light and dark."""
    parts = CSS.split("@media", 2)[:2]
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in parts]


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("sight", SEEN)
def test_colours_stay_apart(theme, sight):
    found = palettes()[theme]
    colours = [linear(found[f"h{n}"]) for n in range(COLOURS + 1)]
    seen = [lab([dot(row, colour) for row in SEEN[sight]]) for colour in colours]
    assert min(dist(x, y) for x, y in combinations(seen, 2)) > 20


@pytest.mark.parametrize("theme", [0, 1])
def test_colours_stand_out_from_the_land(theme):
    def light(colour):
        return dot((0.2126, 0.7152, 0.0722), linear(colour))

    found = palettes()[theme]
    for n in range(COLOURS + 1):
        low, high = sorted((light(found[f"h{n}"]), light(found["land"])))
        assert (high + 0.05) / (low + 0.05) >= 3


def test_colours_go_to_who_held_most_places_and_run_out_into_grey():
    held = [(f"h{n:02}", f"p{i}") for n in range(12) for i in range(12 - n)]
    assert palette(held) == palette(reversed(held))
    assert [palette(held)[f"h{n:02}"] for n in range(12)] == [*range(1, 9), *[GREY] * 4]


def test_a_holder_has_one_colour_on_maps_and_on_timelines(release):
    found = colours_of(release)
    assert found and found == read_atlas(release).colours
