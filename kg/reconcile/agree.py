"""How well what is known of a thing agrees with a value of somebody's table.

From 0 (it speaks against) to 1, or None where nothing can be said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from kg.gazetteer.features import kilometres
from kg.gazetteer.kinds import split_kind
from kg.reconcile.index import Index
from kg.reconcile.targets import TARGETS, Given, identity
from kg.reconcile.thing import Thing, Things

NEAR: Final = 25.0
"""Kilometres at which a point is half as near as at the place itself."""
FAR: Final = 400.0
"""Kilometres from the point of something wide that speak against it."""
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")

Agree = Callable[[Index, Thing, Given], float | None]


def point_of(value: Given) -> tuple[float, float] | None:
    """Latitude and longitude that a value says: "34.5, 38.3" or "POINT(38.3 34.5)"; else None."""
    words = f"{value}"[:100]
    numbers = [float(one) for one in _NUMBERS.findall(words)]
    if len(numbers) != 2:
        return None
    latitude, longitude = numbers[::-1] if "POINT" in words.upper() else numbers
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def same_name(index: Index, thing: Thing, given: Given) -> float | None:
    """Whether it has such a name, in any transliteration."""
    return 1.0 if index.is_called(thing, f"{given}") else 0.0


def same_type(index: Index, thing: Thing, given: Given) -> float | None:
    """Whether it has such a type, by id or name."""
    wanted = f"{given}".casefold().strip()
    found = index.things.types_of(thing)
    named = {index.things.types[one].name.casefold() for one in found if one in index.things.types}
    return 1.0 if wanted in {*named, *(one.casefold() for one in found)} else 0.0


def same_point(_: Index, thing: Thing, given: Given) -> float | None:
    """How near a point is; of what is wide, only that it is too far away."""
    point = point_of(given)
    if point is None or thing.point is None:
        return None
    far = kilometres(point, thing.point)
    if thing.wide:
        return 0.0 if far > FAR else None
    return 1 / (1 + (far / NEAR) ** 2)


def same_link(prop: str) -> Agree:
    """Whether it is what an id or IRI elsewhere names; None where neither is known."""

    def agree(_: Index, thing: Thing, given: Given) -> float | None:
        wanted = identity(prop, given).rstrip("/")
        space = TARGETS.get(prop, wanted[: wanted.rfind("/") + 1])
        known = [one.rstrip("/") for one in thing.links if one.startswith(space)]
        return float(wanted in known) if known and wanted else None

    return agree


def same_things(find: Callable[[Things, Thing], Sequence[Thing]]) -> Agree:
    """Whether one of the things that `find` finds for it is meant, by id or name."""

    def agree(index: Index, thing: Thing, given: Given) -> float | None:
        found = find(index.things, thing)
        words = f"{given}".strip()
        wanted = index.things.find(words)
        if not found or not words:
            return None
        if wanted is not None:
            return float(any(one.id == wanted.id for one in found))
        called = (words, _bare(words))
        return float(any(index.is_called(one, w) for one in found for w in called))

    return agree


@lru_cache(maxsize=1 << 12)
def _bare(words: str) -> str:
    """A name without the words for its kind; each value is compared with many candidates."""
    return split_kind(words)[0]


def surroundings(things: Things, thing: Thing) -> list[Thing]:
    """All that it is part of, from the nearest outwards."""
    return list(things.within(thing))


def countries(things: Things, thing: Thing) -> list[Thing]:
    """The country that it lies in, if one is stated."""
    found = things.country(thing)
    return [found] if found else []


lies_in: Final = same_things(surroundings)
"""Whether something that it is part of is meant."""
is_of: Final = same_things(countries)
"""Whether its country is meant."""


def named_and_around(name: str) -> Callable[[Things, Thing], list[Thing]]:
    """Finds the things that a property of it names, and all that these are part of."""

    def find(things: Things, thing: Thing) -> list[Thing]:
        found = (things.by_id.get(one) for one in thing.related.get(name, ()))
        return [above for one in found if one for above in (one, *things.within(one))]

    return find


def same_day(_: Index, thing: Thing, given: Given) -> float | None:
    """Whether a day is one on which it may have begun."""
    first, last = thing.days
    day = f"{given}"[:10]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day) or not first or not last:
        return None
    return float(first <= day <= last)
