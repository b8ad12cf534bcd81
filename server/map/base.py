"""The lines under the map: countries, and where they are shipped governorates and rivers."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from server.map.frame import Frame
from server.map.simplify import Box, Point, cut_ring, rounded, simplify

FOLDER: Final = Path(__file__).parent.parent / "static" / "map"
DETAILED: Final = ("syria-iraq",)
WORLD: Final = "world"
_MARGIN: Final = 0.04

Rings = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Base:
    """One base map: what it covers, and its lines."""

    name: str
    box: Box
    countries: Rings
    rivers: Rings
    regions: dict[int, Rings]
    """Outlines of governorates by their id in Who's On First."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A base map as paths of SVG, and the middle of each region."""

    name: str
    countries: str
    rivers: str
    regions: dict[int, str]
    middles: dict[int, Point]


@cache
def load(name: str) -> Base:
    """A base map of the shipped ones."""
    found = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    of: dict[str, list[tuple[Point, ...]]] = {"country": [], "river": []}
    regions: dict[int, Rings] = {}
    for feature in found["features"]:
        said, lines = feature["properties"], feature["geometry"]["coordinates"]
        if said["kind"] == "river":
            of["river"] += [_points(line) for line in lines]
        elif said["kind"] == "region":
            regions[said["wof"]] = tuple(_points(polygon[0]) for polygon in lines)
        else:
            of["country"] += [_points(polygon[0]) for polygon in lines]
    west, south, east, north = found["bbox"]
    box = (west, south, east, north)
    return Base(name, box, tuple(of["country"]), tuple(of["river"]), regions)


def _points(line: list[list[float]]) -> tuple[Point, ...]:
    return tuple((x, y) for x, y in line)


def base_of(extent: Box) -> Base:
    """The base map with most detail that covers the extent."""
    return next((one for one in map(load, DETAILED) if _covers(one.box, extent)), load(WORLD))


def outlined() -> frozenset[int]:
    """The governorates whose outlines are shipped."""
    return frozenset(id_ for name in DETAILED for id_ in load(name).regions)


def _covers(box: Box, extent: Box) -> bool:
    west, south, east, north = extent
    return box[0] <= west and box[1] <= south and east <= box[2] and north <= box[3]


@lru_cache(maxsize=32)
def drawn(frame: Frame) -> Drawn:
    """The base map of a frame."""
    base = base_of(frame.extent)
    regions = {id_: _closed(rings, frame) for id_, rings in base.regions.items()}
    return Drawn(
        base.name,
        _closed(base.countries, frame),
        "".join(_path(_placed(line, frame), end="") for line in base.rivers),
        {id_: path for id_, path in regions.items() if path},
        {id_: frame.at(_middle(max(rings, key=len))) for id_, rings in base.regions.items()},
    )


def _closed(rings: Rings, frame: Frame) -> str:
    west, south, east, north = frame.extent
    across, up = (east - west) * _MARGIN, (north - south) * _MARGIN
    box = (west - across, south - up, east + across, north + up)
    cut = (cut_ring(ring, box) for ring in rings)
    return "".join(_path(_placed(ring, frame)[:-1], end="Z") for ring in cut if ring)


def _placed(line: list[Point] | tuple[Point, ...], frame: Frame) -> list[Point]:
    return rounded(simplify([frame.at(point) for point in line], 0.35), 1)


def _path(line: list[Point], end: str) -> str:
    """A line as relative steps, which are short: M1.5 2l.5-1"""
    if len(line) < 2:
        return ""
    steps = []
    for before, here in itertools.pairwise(line):
        steps.append(f"{here[0] - before[0]:.1f} {here[1] - before[1]:.1f}")
    short = " ".join(steps).replace(".0 ", " ").removesuffix(".0").replace(" -", "-")
    return f"M{line[0][0]:g} {line[0][1]:g}l{short}{end}"


def _middle(ring: tuple[Point, ...]) -> Point:
    """The centre of gravity of a ring."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (3 * area), y / (3 * area)) if area else ring[0]
