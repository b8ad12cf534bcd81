"""What the map needs of a release, worked out once; and the view that a request asks for."""

from __future__ import annotations

import bisect
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import QuestionError, suggest
from kg.names import Names, is_slug
from kg.release.read import Release
from server.map.day import Row, disagreeing, rows_on
from server.map.frame import around, read_extent, written
from server.map.holdings import Holding, days_of_change, read_holdings, telling_day
from server.map.picture import Day
from server.map.places import Place, read_places
from server.map.simplify import Box, Point
from server.show.colours import GREY, palette
from server.show.term import Terms

ALL: Final = "all"
"""What addresses call all sources taken together."""
KEPT: Final = 32
"""Days whose rows are kept."""
_NOWHERE: Final[Box] = (-170.0, -58.0, 170.0, 75.0)


@dataclass(slots=True)
class Atlas:
    """The holdings and places of one release."""

    names: Names
    horizon: int
    holdings: tuple[Holding, ...]
    places: dict[str, Place]
    colours: dict[str, int]
    called: dict[str, str]
    """The names of the holders that share the grey."""
    telling: dt.date | None
    changes: dict[str | None, list[dt.date]]
    """The days of change by origin."""
    days: dict[dt.date, tuple[Row, ...]]

    def rows(self, day: dt.date) -> tuple[Row, ...]:
        """The rows of all views on a day."""
        if day not in self.days:
            while len(self.days) >= KEPT:
                self.days.pop(next(iter(self.days)), None)
            self.days[day] = rows_on(self.holdings, day, self.horizon)
        return self.days[day]

    def points(self, iris: Mapping[str, object] | set[str] | None = None) -> list[Point]:
        """The points of some places, or of all."""
        chosen = self.places if iris is None else [i for i in self.places if i in iris]
        return [point for iri in chosen if (point := self.places[iri].point)]


@dataclass(frozen=True, slots=True)
class Spoken:
    """An origin that speaks of the day: as addresses have it, and of how many places."""

    value: str
    iri: str
    places: int


@dataclass(frozen=True, slots=True)
class View:
    """One map: a day, by whose account (None is all sources together), and what is shown."""

    day: dt.date
    origin: str | None
    chosen: bool
    """Whether the origin was asked for, and not found to speak of most places."""
    extent: Box
    asked: str
    """The extent as the address has it; empty for all places."""
    picture: Day
    spoken: tuple[Spoken, ...]
    before: dt.date | None
    after: dt.date | None

    @property
    def unknown(self) -> list[Place]:
        """The places of which this account says nothing on this day."""
        told = {row.holding.place for row in self.picture.rows}
        return [place for iri, place in self.picture.places.items() if iri not in told]


def read_atlas(release: Release) -> Atlas:
    """The atlas of a release."""
    holdings = read_holdings(release.store, release.names)
    changes: dict[str | None, list[dt.date]] = {
        origin: days_of_change(one for one in holdings if one.origin == origin)
        for origin in {one.origin for one in holdings}
    }
    colours = palette((one.holder, one.place) for one in holdings)
    shows = Terms(release.store, release.names)
    return Atlas(
        release.names,
        int(release.summary["horizon"]),
        holdings,
        read_places((one.place for one in holdings), release.store, release.names),
        colours,
        {holder: shows.thing(holder).text for holder, n in colours.items() if n == GREY},
        telling_day(holdings),
        changes,
        {},
    )


def view_of(
    atlas: Atlas, day: str | None = None, origin: str | None = None, extent: str | None = None
) -> View | None:
    """The view that some parameters ask for; None where nothing was ever held.

    Raises QuestionError that says which parameter is wrong, and what was expected.
    """
    wanted = read_day(day) if day else atlas.telling
    if wanted is None:
        return None
    rows = atlas.rows(wanted)
    spoken = origins_of(rows, atlas.names)
    by = read_origin(origin, atlas) if origin else spoken[0].iri if spoken else None
    shown = tuple(row for row in rows if row.holding.origin == by)
    picture = Day(
        shown, atlas.places, disagreeing(rows), atlas.colours, atlas.horizon, atlas.called
    )
    before, after = neighbours(atlas.changes.get(by, []), wanted)
    return View(
        wanted,
        by,
        bool(origin),
        _extent(extent, atlas),
        extent or "",
        picture,
        spoken,
        before,
        after,
    )


def read_day(text: str) -> dt.date:
    """A day. Raises QuestionError."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"day is '{text}'; expected a day like 2015-05-22."
        raise QuestionError(message) from None


def read_origin(text: str, atlas: Atlas) -> str | None:
    """The IRI of an origin; None for all sources together. Raises QuestionError."""
    if text == ALL:
        return None
    kind, _, local = text.partition("/")
    known = {one.origin for one in atlas.holdings if one.origin}
    iri = atlas.names.iri(kind, local)
    if kind in ("actor", "article") and is_slug(local) and iri in known:
        return iri
    near = suggest(text, {value_of(one, atlas.names) for one in known}, "origins")
    raise QuestionError(f"origin is '{text}'; expected all, actor/… or article/…; {near}.")


def value_of(origin: str, names: Names) -> str:
    """An origin as addresses have it: article/grip-on-border"""
    return "/".join(names.split(origin) or (origin,))


def origins_of(rows: tuple[Row, ...], names: Names) -> tuple[Spoken, ...]:
    """The origins of a day's rows: who vouches for most places comes first.

    What is attested or carried counts before what has an uncertain boundary on that day.
    """
    known = {(r.holding.origin, r.holding.place) for r in rows if r.known}
    told = {(r.holding.origin, r.holding.place) for r in rows}
    sure, said = Counter(o for o, _ in known), Counter(o for o, _ in told)
    found = sorted((-sure[o], -n, o) for o, n in said.items() if o)
    return tuple(Spoken(value_of(iri, names), iri, -n) for _, n, iri in found)


def neighbours(days: list[dt.date], day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The last of some sorted days before a day, and the first after it."""
    left, right = bisect.bisect_left(days, day), bisect.bisect_right(days, day)
    return (days[left - 1] if left else None), (days[right] if right < len(days) else None)


def _extent(text: str | None, atlas: Atlas) -> Box:
    if not text:
        return around(atlas.points()) or _NOWHERE
    try:
        return read_extent(text)
    except ValueError as error:
        raise QuestionError(f"{error}.") from None


def presets(atlas: Atlas, view: View) -> dict[str, str]:
    """Extents to choose from, by what addresses call them: all places, the day's, each whole's."""
    told = {row.holding.place for row in view.picture.rows}
    found = {"": "All places"}
    if box := around(atlas.points({i for i in told if not atlas.places[i].area})):
        found.setdefault(written(box), "Places spoken of that day")
    wholes = Counter(place.within[-1] for place in atlas.places.values() if place.within)
    for whole, _ in wholes.most_common(8):
        inside = {i for i, p in atlas.places.items() if whole in p.within and not p.area}
        if len(points := atlas.points(inside)) > 1 and (box := around(points)):
            found.setdefault(written(box), whole)
    if view.asked and view.asked not in found:
        found[view.asked] = "As in the address"
    return found
