"""Lines with fewer points, and rings cut to a box. Pure; points are (longitude, latitude)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north."""


def simplify(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without the points that lie nearer to it than the tolerance (Douglas and Peucker).

    >>> simplify([(0, 0), (1, 0.01), (2, 0)], 0.1)
    [(0, 0), (2, 0)]
    """
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        distance, at = max(
            ((_distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)),
            default=(0.0, 0),
        )
        if distance > tolerance:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


def simplify_ring(ring: Sequence[Point], tolerance: float) -> list[Point]:
    """A closed ring, simplified in two halves, from its first point to the farthest and back."""
    far = max(range(len(ring)), key=lambda i: _between(ring[i], ring[0]))
    return simplify(ring[: far + 1], tolerance)[:-1] + simplify(ring[far:], tolerance)


def rounded(line: Iterable[Point], places: int) -> list[Point]:
    """The points to so many decimals, each once in a row."""
    found: list[Point] = []
    for x, y in line:
        point = (round(x, places), round(y, places))
        if not found or found[-1] != point:
            found.append(point)
    return found


def cut_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a closed ring inside a box, closed (Sutherland and Hodgman); may be empty."""
    west, south, east, north = box
    edges: tuple[tuple[int, float, Callable[[float, float], bool]], ...] = (
        (0, west, float.__ge__),
        (0, east, float.__le__),
        (1, south, float.__ge__),
        (1, north, float.__le__),
    )
    found = [(float(x), float(y)) for x, y in ring[:-1]]
    for axis, limit, inside in edges:
        found = _cut_edge(found, axis, float(limit), inside)
    return [*found, found[0]] if found else []


def _cut_edge(
    ring: list[Point], axis: int, limit: float, inside: Callable[[float, float], bool]
) -> list[Point]:
    found: list[Point] = []
    for i, here in enumerate(ring):
        before = ring[i - 1]
        if inside(here[axis], limit) != inside(before[axis], limit):
            found.append(_crossing(before, here, axis, limit))
        if inside(here[axis], limit):
            found.append(here)
    return found


def _crossing(a: Point, b: Point, axis: int, limit: float) -> Point:
    share = (limit - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def _between(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a stretch."""
    length = _between(start, end)
    if not length:
        return _between(point, start)
    along = (
        (point[0] - start[0]) * (end[0] - start[0]) + (point[1] - start[1]) * (end[1] - start[1])
    ) / length**2
    share = min(1.0, max(0.0, along))
    nearest = (
        start[0] + share * (end[0] - start[0]),
        start[1] + share * (end[1] - start[1]),
    )
    return _between(point, nearest)
