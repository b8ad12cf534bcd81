"""A theatre: the invented places, actors and happenings that a dozen generated articles share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Final

ARTICLES: Final = 10
"""How many articles tell of one theatre; more articles make more theatres, not denser ones."""

_BEGIN: Final = ("Tar", "Om", "Vel", "Ka", "Nor", "Es", "Hu", "Bra", "Lin", "Go", "Ar", "Dun")
_MIDDLE: Final = ("ve", "ra", "bi", "lo", "ne", "da", "mu", "ri")
_END: Final = ("n", "lle", "st", "ra", "k", "m", "th", "dor")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it "really" was in the theatre; reports of it may differ."""

    id: str
    place: str
    winner: str
    loser: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Theatre:
    """Names by id, and what happened."""

    number: int
    places: dict[str, str]
    forces: dict[str, str]
    outlets: dict[str, str]
    monitors: dict[str, str]
    people: dict[str, str]
    happenings: tuple[Happening, ...]


def make_theatre(number: int, seed: int) -> Theatre:
    """The theatre of that number: the same for the same seed."""
    rng = Random(f"{seed}/{number}")
    used: set[str] = set()
    places = _names(rng, used, "place", 8, number, "{}")
    forces = _names(rng, used, "force", 4, number, "{} Brigade")
    begin = dt.date(1990, 1, 1) + dt.timedelta(days=rng.randrange(9000))
    return Theatre(
        number,
        places,
        forces,
        _names(rng, used, "outlet", 4, number, "The {} Courier"),
        _names(rng, used, "monitor", 3, number, "{} Observatory"),
        _names(rng, used, "person", 6, number, "{} Adar"),
        tuple(_happenings(rng, list(places), list(forces), begin)),
    )


def _names(
    rng: Random, used: set[str], kind: str, count: int, number: int, pattern: str
) -> dict[str, str]:
    found: dict[str, str] = {}
    while len(found) < count:
        name = rng.choice(_BEGIN) + rng.choice(_MIDDLE) + rng.choice(_MIDDLE) + rng.choice(_END)
        if name not in used:
            used.add(name)
            found[f"{kind}-{number}-{len(found) + 1}"] = pattern.format(name)
    return found


def _happenings(
    rng: Random, places: list[str], forces: list[str], begin: dt.date
) -> list[Happening]:
    holder = {place: rng.choice(forces) for place in places}
    found, day = [], begin
    for n in range(12):
        place = rng.choice(places)
        winner = rng.choice([force for force in forces if force != holder[place]])
        day += dt.timedelta(days=rng.randrange(1, 5))
        found.append(Happening(f"{place}-takeover-{n + 1}", place, winner, holder[place], day))
        holder[place] = winner
    return found
