"""What is known of things beside their names: fetched for a table, or compared with what it has.

A comparison gives from 0 (it speaks against) to 1, or None where nothing can be said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.errors import InputError, suggest
from kg.gazetteer.features import kilometres
from kg.gazetteer.kinds import split_kind
from kg.reconcile.index import Index
from kg.reconcile.thing import ACTOR, EVENT, KINDS, PLACE, Thing, Things

TARGETS: Final = {
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "https://sws.geonames.org/",
    "whosonfirst": "https://spelunker.whosonfirst.org/id/",
}
"""How the IRIs of others begin, whose ids are properties of their own."""
NEAR: Final = 25.0
"""Kilometres at which a point is half as near as at the place itself."""
WIDE: Final = ("place-type/Country", "place-type/Governorate", "place-type/Region")
"""Types whose point is somewhere in the middle: only what is far away speaks against them."""
FAR: Final = 400.0
"""Kilometres from the point of something wide that speak against it."""
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")

Given = str | float | bool
"""A value of somebody's table; a thing that was reconciled stands by its id."""
Value = dict[str, str | float]
"""A value as data extension sends it: {"str": …}, {"float": …}, {"date": …} or {"id": …, …}."""
Values = Callable[[Things, Thing], list[Value]]
Agree = Callable[[Index, Thing, Given], float | None]


@dataclass(frozen=True, slots=True)
class Property:
    """A property: of which kinds of things, how its values are found and compared."""

    id: str
    name: str
    description: str
    kinds: tuple[str, ...]
    values: Values
    agree: Agree | None = None
    of_things: str = ""
    """The type of its values, where these are things."""


def find_property(identifier: str) -> Property:
    """The property of an id. Raises InputError with the nearest ones."""
    found = PROPERTIES.get(identifier)
    if found is None:
        near = suggest(identifier[:60], PROPERTIES, "properties")
        raise InputError(f"There is no property {shown(identifier)}; {near}.")
    return found


def properties_of(kind: str) -> list[Property]:
    """The properties that things of a kind can have; all of them where it is none."""
    return [one for one in PROPERTIES.values() if kind not in KINDS or kind in one.kinds]


def shown(value: object) -> str:
    """Something that a client sent, for a message: short, and in signs that can be sent back."""
    return ascii(value)[:80]


def identity(prop: str, value: Given) -> str:
    """The IRI elsewhere that a value names: Q5 of wikidata, geonames:5, or an IRI as it stands."""
    words = f"{value}".strip()
    if words.startswith(("http://", "https://")) or prop not in TARGETS:
        return words
    return TARGETS[prop] + words.rpartition(":")[2].strip("/")


def point_of(value: Given) -> tuple[float, float] | None:
    """Latitude and longitude that a value says: "34.5, 38.3" or "POINT(38.3 34.5)"; else None."""
    words = f"{value}"[:100]
    numbers = [float(one) for one in _NUMBERS.findall(words)]
    if len(numbers) != 2:
        return None
    latitude, longitude = numbers[::-1] if "POINT" in words.upper() else numbers
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _label(language: str) -> Values:
    def values(_: Things, thing: Thing) -> list[Value]:
        return [{"str": thing.label[language]}] if language in thing.label else []

    return values


def _other_names(_: Things, thing: Thing) -> list[Value]:
    return [{"str": name} for name in thing.names if name not in thing.label.values()]


def _coordinates(_: Things, thing: Thing) -> list[Value]:
    return [{"str": f"{thing.point[0]:g},{thing.point[1]:g}"}] if thing.point else []


def _degrees(at: int) -> Values:
    def values(_: Things, thing: Thing) -> list[Value]:
        return [{"float": thing.point[at]}] if thing.point else []

    return values


def _types(things: Things, thing: Thing) -> list[Value]:
    return [{"str": things.types[one].name} for one in thing.types if one in things.types]


def _country(things: Things, thing: Thing) -> list[Value]:
    found = things.country(thing)
    return [entity(found)] if found else []


def _related(name: str) -> Values:
    def values(things: Things, thing: Thing) -> list[Value]:
        found = (things.by_id.get(one) for one in thing.related.get(name, ()))
        return [entity(one) for one in found if one]

    return values


def _target(name: str) -> Values:
    def values(_: Things, thing: Thing) -> list[Value]:
        begin = TARGETS[name]
        found = (one for one in thing.links if one.startswith(begin))
        return [{"str": one.removeprefix(begin).strip("/")} for one in found]

    return values


def _links(_: Things, thing: Thing) -> list[Value]:
    return [{"str": link} for link in thing.links]


def _day(at: int) -> Values:
    def values(_: Things, thing: Thing) -> list[Value]:
        return [{"date": f"{thing.days[at]}T00:00:00Z"}] if thing.days[at] else []

    return values


def _holders(_: Things, __: Thing) -> list[Value]:
    """None: who held a place is a question to the release, which its server asks."""
    return []


def entity(thing: Thing) -> Value:
    """A thing as a value."""
    return {"id": thing.id, "name": thing.name}


def _same_name(index: Index, thing: Thing, given: Given) -> float | None:
    return 1.0 if index.is_called(thing, f"{given}") else 0.0


def _same_type(index: Index, thing: Thing, given: Given) -> float | None:
    wanted = f"{given}".casefold().strip()
    found = index.things.types_of(thing)
    named = {index.things.types[one].name.casefold() for one in found if one in index.things.types}
    return 1.0 if wanted in {*named, *(one.casefold() for one in found)} else 0.0


def _same_point(_: Index, thing: Thing, given: Given) -> float | None:
    point = point_of(given)
    if point is None or thing.point is None:
        return None
    far = kilometres(point, thing.point)
    if any(one in WIDE for one in thing.types):
        return 0.0 if far > FAR else None
    return 1 / (1 + (far / NEAR) ** 2)


def _same_link(prop: str) -> Agree:
    def agree(_: Index, thing: Thing, given: Given) -> float | None:
        wanted = identity(prop, given).rstrip("/")
        space = TARGETS.get(prop, wanted[: wanted.rfind("/") + 1])
        known = [one.rstrip("/") for one in thing.links if one.startswith(space)]
        return float(wanted in known) if known else None

    return agree


def _same_things(find: Callable[[Things, Thing], Sequence[Thing]]) -> Agree:
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


def _chain(things: Things, thing: Thing) -> list[Thing]:
    return list(things.within(thing))


def _countries(things: Things, thing: Thing) -> list[Thing]:
    found = things.country(thing)
    return [found] if found else []


def _of(name: str) -> Callable[[Things, Thing], list[Thing]]:
    def find(things: Things, thing: Thing) -> list[Thing]:
        found = (things.by_id.get(one) for one in thing.related.get(name, ()))
        return [above for one in found if one for above in (one, *things.within(one))]

    return find


def _same_day(_: Index, thing: Thing, given: Given) -> float | None:
    first, last = thing.days
    day = f"{given}"[:10]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day) or not first or not last:
        return None
    return float(first <= day <= last)


_LANGUAGES: Final = {"en": "English", "ar": "Arabic"}
_NAMED: Final = (
    Property(
        f"name-{tag}", f"Name in {name}", f"Its own name in {name}", KINDS, _label(tag), _same_name
    )
    for tag, name in _LANGUAGES.items()
)
_LINKED: Final = (
    Property(
        name,
        title,
        "Judged by a person to be the very same; empty where no id was found to be right",
        (PLACE, ACTOR),
        _target(name),
        _same_link(name),
    )
    for name, title in (
        ("wikidata", "Wikidata id"),
        ("geonames", "GeoNames id"),
        ("whosonfirst", "Who's On First id"),
    )
)
_ALL: Final = (
    *_NAMED,
    Property(
        "other-names",
        "Other names",
        "Names beside its own, in all languages and spellings",
        (PLACE, ACTOR),
        _other_names,
        _same_name,
    ),
    Property("type", "Type", "What it is, as a concept of the codebook", KINDS, _types, _same_type),
    Property(
        "part-of",
        "Part of",
        "What it lies in or belongs to; compared with all that is around it",
        (PLACE, ACTOR),
        _related("part-of"),
        _same_things(_chain),
    ),
    Property(
        "country",
        "Country",
        "The country it lies in",
        (PLACE,),
        _country,
        _same_things(_countries),
        PLACE,
    ),
    Property(
        "coordinates",
        "Coordinates",
        'Latitude and longitude in degrees, as in "34.5,38.3"',
        (PLACE,),
        _coordinates,
        _same_point,
    ),
    Property("latitude", "Latitude", "Degrees north", (PLACE,), _degrees(0)),
    Property("longitude", "Longitude", "Degrees east", (PLACE,), _degrees(1)),
    *_LINKED,
    Property(
        "exact-match",
        "The same elsewhere",
        "IRIs that a person judged to name the very same",
        (PLACE, ACTOR),
        _links,
        _same_link("exact-match"),
    ),
    Property(
        "holders",
        "Holders by date",
        "Who is reported to have held it on the day of the setting, taking all sources together",
        (PLACE,),
        _holders,
        None,
        ACTOR,
    ),
    Property(
        "place",
        "Place",
        "Where it happened",
        (EVENT,),
        _related("place"),
        _same_things(_of("place")),
        PLACE,
    ),
    Property(
        "first-day",
        "First day",
        "The day before which it cannot have begun",
        (EVENT,),
        _day(0),
        _same_day,
    ),
    Property("last-day", "Last day", "The day by which it had begun", (EVENT,), _day(1), _same_day),
    Property(
        "gained-by",
        "Gained by",
        "Who gained by it",
        (EVENT,),
        _related("gained-by"),
        _same_things(_of("gained-by")),
        ACTOR,
    ),
    Property(
        "lost-by",
        "Lost by",
        "Who lost by it",
        (EVENT,),
        _related("lost-by"),
        _same_things(_of("lost-by")),
        ACTOR,
    ),
)
PROPERTIES: Final = {one.id: one for one in _ALL}
"""All properties by id, in the order in which they are proposed."""
