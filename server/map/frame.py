"""What part of the world a picture shows, and where in it a point lies. Pure.

The projection is the one that maps on the web share, so that script may lay its own map over it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from server.map.simplify import Box, Point

FARTHEST: Final = 85.0
"""Degrees of latitude beyond which the projection shows nothing."""
LEAST: Final = 0.02
"""Degrees that an extent measures at least."""
_NUMBER: Final = re.compile(r"-?\d{1,3}(\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of some size that shows an extent."""

    extent: Box
    width: int
    height: int

    def at(self, point: Point) -> Point:
        """Where a point of the world is in the picture, from its upper left corner."""
        west, _, east, north = self.extent
        scale = self.width / math.radians(east - west)
        x = math.radians(point[0] - west) * scale
        return x, (_mercator(north) - _mercator(point[1])) * scale


def _mercator(latitude: float) -> float:
    clipped = math.radians(max(-FARTHEST, min(FARTHEST, latitude)))
    return math.log(math.tan(math.pi / 4 + clipped / 2))


def _latitude(northing: float) -> float:
    return math.degrees(2 * math.atan(math.exp(northing)) - math.pi / 2)


def fit(box: Box, width: int, height: int) -> Frame:
    """The frame of a size that shows the whole box in its middle."""
    west, south, east, north = box
    low, high = _mercator(south), _mercator(north)
    across, up = math.radians(east - west), high - low
    across, up = max(across, up * width / height), max(up, across * height / width)
    middle, level = (west + east) / 2, (low + high) / 2
    half = math.degrees(across) / 2
    extent = (middle - half, _latitude(level - up / 2), middle + half, _latitude(level + up / 2))
    return Frame(extent, width, height)


def around(points: Iterable[Point], margin: float = 0.08) -> Box | None:
    """The box that holds some points, with a margin; None of no points."""
    found = list(points)
    if not found:
        return None
    xs, ys = [x for x, _ in found], [y for _, y in found]
    across = max(max(xs) - min(xs), max(ys) - min(ys), 0.5) * margin
    return (
        max(-180.0, min(xs) - across),
        max(-FARTHEST, min(ys) - across),
        min(180.0, max(xs) + across),
        min(FARTHEST, max(ys) + across),
    )


def read_extent(text: str) -> Box:
    """The box of "west,south,east,north" in degrees. Raises ValueError that says what is wrong.

    >>> read_extent("38,32,45,37.5")
    (38.0, 32.0, 45.0, 37.5)
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(
            f"extent is '{text}'; expected west,south,east,north in degrees, as in 38,32,45,37"
        )
    west, south, east, north = map(float, parts)
    if not (
        -180 <= west <= east - LEAST <= 180 and -FARTHEST <= south <= north - LEAST <= FARTHEST
    ):
        raise ValueError(
            f"extent is '{text}'; expected west below east, within -180 and 180, and south below "
            f"north, within -{FARTHEST:g} and {FARTHEST:g}, {LEAST} degrees apart or more"
        )
    return west, south, east, north


def written(box: Box) -> str:
    """A box as addresses have it."""
    return ",".join(f"{round(edge, 2):g}" for edge in box)
