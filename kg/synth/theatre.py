"""A theatre: the invented places, actors and happenings that ten generated articles share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from random import Random
from typing import Final

ARTICLES: Final = 10
"""How many articles tell of one theatre; more articles make more theatres, not denser ones."""
HAPPENINGS: Final = 18

_BEGIN: Final = ("Tar", "Om", "Vel", "Ka", "Nor", "Es", "Hu", "Bra", "Lin", "Go", "Ar", "Dun")
_MIDDLE: Final = ("ve", "ra", "bi", "lo", "ne", "da", "mu", "ri")
_AT_SEA: Final = (-42.0, -35.0)
"""Latitude and longitude at which the theatres begin, a degree each: open ocean, and nobody's."""
_ACROSS: Final = 20
_END: Final = ("n", "lle", "st", "ra", "k", "m", "th", "dor")


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or a place: its label, what else it is called, what it is part of."""

    slug: str
    type: str
    label: str
    alt: tuple[str, ...] = ()
    part_of: str | None = None
    point: tuple[float, float] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (self.label, *self.alt)


@dataclass(frozen=True, slots=True)
class Happening:
    """One takeover as it "really" was in the theatre; reports of it may differ."""

    event: str
    place: str
    winner: str
    loser: str
    day: dt.date
    dead: int


@dataclass(frozen=True, slots=True)
class Theatre:
    """Who and what there is, by kind and slug, and what happened, in order."""

    number: int
    province: Entity
    places: dict[str, Entity]
    forces: dict[str, Entity]
    outlets: dict[str, Entity]
    monitors: dict[str, Entity]
    people: dict[str, Entity]
    happenings: tuple[Happening, ...]

    @property
    def all_actors(self) -> tuple[Entity, ...]:
        """All actors."""
        groups = (self.forces, self.outlets, self.monitors, self.people)
        return tuple(entity for group in groups for entity in group.values())

    @property
    def all_places(self) -> tuple[Entity, ...]:
        """All places, the province first."""
        return (self.province, *self.places.values())

    def last_takeover(self, place: str, day: dt.date) -> Happening | None:
        """The latest takeover of a place until some day."""
        past = [h for h in self.happenings if h.place == place and h.day <= day]
        return past[-1] if past else None


def make_theatre(number: int, seed: int) -> Theatre:
    """The theatre of that number: the same for the same seed."""
    rng = Random(f"{seed}/{number}")
    names = _Names(rng, number)
    province = names.entity("province", "governorate", "{} province", "the province of {}")
    towns = names.entities(8, "place", "town", "{}", "{} town", "the town of {}")
    where = Random(f"{seed}/{number}/points")
    places = {
        slug: replace(town, part_of=province.slug, point=_point(number, where))
        for slug, town in towns.items()
    }
    forces = names.entities(5, "force", "armed-group", "{} Brigade", "{} fighters", "{} militants")
    begin = dt.date(1990, 1, 1) + dt.timedelta(days=rng.randrange(9000))
    return Theatre(
        number,
        province,
        places,
        _allied(forces),
        names.entities(4, "outlet", "news-outlet", "{} Courier", "{} Courier newspaper"),
        names.entities(3, "monitor", "monitoring-group", "{} Observatory", "{} monitors"),
        names.entities(6, "person", "military-officer", "Adar {}", "{}", "Colonel {}"),
        tuple(_happenings(rng, list(places), list(forces)[:4], begin)),
    )


@dataclass(slots=True)
class _Names:
    """Names that nothing else in the theatre has."""

    rng: Random
    number: int
    used: set[str]

    def __init__(self, rng: Random, number: int) -> None:
        self.rng, self.number, self.used = rng, number, set()

    def entity(self, kind: str, type_: str, label: str, *alt: str, nth: int = 1) -> Entity:
        """An entity of a fresh name, which the patterns make into what it is called."""
        name = self._fresh()
        slug = f"{kind}-{self.number}-{nth}"
        return Entity(slug, type_, label.format(name), tuple(a.format(name) for a in alt))

    def entities(self, count: int, kind: str, type_: str, *names: str) -> dict[str, Entity]:
        """Some entities of one kind, by slug."""
        found = (self.entity(kind, type_, *names, nth=n) for n in range(1, count + 1))
        return {entity.slug: entity for entity in found}

    def _fresh(self) -> str:
        while True:
            parts = (_BEGIN, _MIDDLE, _MIDDLE, _END)
            name = "".join(self.rng.choice(part) for part in parts)
            if not any(name in other or other in name for other in self.used):
                self.used.add(name)
                return name


def _point(number: int, where: Random) -> tuple[float, float]:
    """Somewhere in the square of a theatre."""
    up, across = divmod(number, _ACROSS)
    south, west = _AT_SEA[0] + up % _ACROSS, _AT_SEA[1] + across
    return round(south + where.random(), 3), round(west + where.random(), 3)


def _allied(forces: dict[str, Entity]) -> dict[str, Entity]:
    """The last force is an alliance, to which the first belongs."""
    first, *_, alliance = forces
    return forces | {first: replace(forces[first], part_of=alliance)}


def _happenings(
    rng: Random, places: list[str], forces: list[str], begin: dt.date
) -> list[Happening]:
    holder = {place: rng.choice(forces) for place in places}
    found, day = [], begin
    for number in range(1, HAPPENINGS + 1):
        place = rng.choice(places)
        winner = rng.choice([force for force in forces if force != holder[place]])
        day += dt.timedelta(days=rng.randrange(2, 6))
        event = f"{place}-takeover-{number}"
        found.append(Happening(event, place, winner, holder[place], day, rng.randrange(12, 90)))
        holder[place] = winner
    return found
