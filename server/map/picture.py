"""The picture of a day: where marks and names stand so that none hides another. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.map.base import Drawn, drawn
from server.map.day import Row
from server.map.frame import Frame
from server.map.marks import Mark, marks_of
from server.map.places import Place
from server.map.simplify import Point
from server.show.colours import GREY

SIZE: Final = 16
"""Width of a mark in units of the picture."""
MOST: Final = 4
"""Marks of one place that are drawn; the table has all."""
_LETTER: Final = 6.6
_LINE: Final = 14
_LONGEST: Final = 40
_WAYS: Final = ((10, 0), (0, 10), (0, -10), (-10, 0), (7, 7), (7, -7), (-7, 7), (-7, -7))
_STEPS: Final = ((0, 0), *((x * r // 10, y * r // 10) for r in (18, 30, 44) for x, y in _WAYS))
"""Where a mark may stand, from its point, when others stand there already."""
_HATCHES: Final = ("half", "dot")

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name, and where it stands from its mark."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Spot:
    """The marks of a place at a point of the picture, moved where others stand there already.

    An area with an outline has no marks: the outline is drawn.
    """

    place: Place
    marks: tuple[Mark, ...]
    told: bool
    """Whether this account says anything of the place on the day."""
    disagree: bool
    at: Point
    moved: Point
    label: Label | None

    @property
    def offsets(self) -> list[float]:
        """Where the marks stand from the middle, left to right."""
        return [(i - (len(self.marks) - 1) / 2) * SIZE for i in range(len(self.marks))]


@dataclass(frozen=True, slots=True)
class Area:
    """A claim on an area with an outline: the outline, tinted or hatched."""

    place: Place
    mark: Mark
    path: str
    fill: str | None
    """The pattern that fills it; None for a tint."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A hatching in the colour of a holder."""

    id: str
    colour: int
    form: str
    turn: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn."""

    frame: Frame
    base: Drawn
    areas: tuple[Area, ...]
    spots: tuple[Spot, ...]
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What is to be drawn: the rows of one view on one day, and where origins disagree."""

    rows: tuple[Row, ...]
    places: Mapping[str, Place]
    disagree: frozenset[str]
    colours: dict[str, int]
    horizon: int
    called: Mapping[str, str]
    """The names of the holders that have no colour of their own."""

    def marks(self) -> dict[str, tuple[Mark, ...]]:
        """The marks of every place that has a row."""
        by_place: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            by_place[row.holding.place].append(row)
        return {
            place: marks_of(rows, self.colours, self.horizon) for place, rows in by_place.items()
        }


def paint(day: Day, frame: Frame) -> Picture:
    """The picture of a day in a frame."""
    base, marks = drawn(frame), day.marks()
    areas = tuple(_areas(day.places, marks, base))
    spots = tuple(_spots(day, marks, frame, base))
    return Picture(frame, base, areas, spots, patterns(areas))


def _areas(
    places: Mapping[str, Place], marks: dict[str, tuple[Mark, ...]], base: Drawn
) -> Iterator[Area]:
    for iri, of in marks.items():
        place = places[iri]
        path = base.regions.get(place.outline or 0)
        for number, mark in enumerate(of[:MOST] if path else ()):
            hatched = mark.form in _HATCHES or number > 0
            yield Area(place, mark, path or "", _hatch(mark, number) if hatched else None)


def _hatch(mark: Mark, number: int) -> str:
    return f"{'dots' if mark.form == 'dot' else 'lines'}-{mark.colour}-{number}"


def patterns(areas: Iterable[Area]) -> tuple[Pattern, ...]:
    """The patterns that areas are filled with, each once."""
    used = sorted({area.fill for area in areas if area.fill})
    split = ((fill, *fill.split("-")) for fill in used)
    return tuple(
        Pattern(fill, int(colour), form, 45 + 60 * int(number))
        for fill, form, colour, number in split
    )


class _Room:
    """What is taken already in a picture."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.taken: list[Rectangle] = []

    def free(self, one: Rectangle) -> bool:
        left, top, right, bottom = one
        inside = (
            left >= 0 and top >= 0 and right <= self.frame.width and bottom <= self.frame.height
        )
        return inside and not any(
            left < r and right > x and top < b and bottom > y for x, y, r, b in self.taken
        )

    def take(self, one: Rectangle) -> None:
        self.taken.append(one)


def _spots(day: Day, marks: dict[str, tuple[Mark, ...]], frame: Frame, base: Drawn) -> list[Spot]:
    """Marks first, then names: the surest have the first choice of room."""
    room = _Room(frame)
    placed = []
    for place in sorted(day.places.values(), key=lambda one: _priority(one, marks)):
        at = _middle(place, frame, base)
        silent = place.area and place.outline not in base.regions and place.iri not in marks
        if at and not silent and 0 <= at[0] <= frame.width and 0 <= at[1] <= frame.height:
            placed.append(_put(day, place, marks.get(place.iri, ()), at, room))
    return [_named(spot, _name(spot, day.called), room) for spot in placed]


def _priority(place: Place, marks: dict[str, tuple[Mark, ...]]) -> tuple[bool, bool, bool, str]:
    of = marks.get(place.iri, ())
    return not of, not any(m.fading == "attested" for m in of), place.area, place.shown.text


def _middle(place: Place, frame: Frame, base: Drawn) -> Point | None:
    """Where a place stands: an area with an outline in its middle."""
    if place.outline in base.middles:
        return base.middles[place.outline]
    return frame.at(place.point) if place.point else None


def _put(day: Day, place: Place, marks: tuple[Mark, ...], at: Point, room: _Room) -> Spot:
    kept = () if place.outline else marks[:MOST]
    across = max(1, len(kept)) * SIZE / 2 if not place.outline else 0
    boxes = {
        step: (
            at[0] + step[0] - across,
            at[1] + step[1] - 8,
            at[0] + step[0] + across,
            at[1] + step[1] + 8,
        )
        for step in (_STEPS if kept else _STEPS[:1])
    }
    moved = next((step for step, box in boxes.items() if room.free(box)), (0, 0))
    if not place.outline:
        room.take(boxes[moved])
    disagree = place.iri in day.disagree
    return Spot(place, kept, bool(marks), disagree, at, moved, None)


def _name(spot: Spot, called: Mapping[str, str]) -> str:
    """The place; and its holders where the grey does not tell who they are."""
    holders = [called[mark.holder] for mark in spot.marks if mark.colour == GREY]
    text = _short(" · ".join([spot.place.shown.text, *holders]))
    return f"{text} ?" if spot.place.outline is not None and not spot.told else text


def _named(spot: Spot, text: str, room: _Room) -> Spot:
    """The spot with its name beside, below or above it, if there is room for it."""
    outlined = spot.place.outline is not None
    x, y = spot.at[0] + spot.moved[0], spot.at[1] + spot.moved[1]
    wide, across = len(text) * _LETTER, max(1, len(spot.marks)) * SIZE / 2 + 3
    for label in _inside(text) if outlined else _choices(text, across):
        left = x + label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
        box = (left, y + label.y - 11, left + wide, y + label.y + _LINE - 11)
        if room.free(box):
            room.take(box)
            return replace(spot, label=label)
    return spot


def _inside(text: str) -> Sequence[Label]:
    return tuple(Label(text, x, y, "middle") for y in (4, -16, 24, -34, 42) for x in (0, -24, 24))


def _choices(text: str, across: float) -> Sequence[Label]:
    return (
        Label(text, across, 4, "start"),
        Label(text, -across, 4, "end"),
        Label(text, 0, 21, "middle"),
        Label(text, 0, -12, "middle"),
        Label(text, across - 3, 17, "start"),
        Label(text, across - 3, -8, "start"),
        Label(text, 3 - across, 17, "end"),
        Label(text, 3 - across, -8, "end"),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
