"""What is known of things beside their names: fetched for a table, or compared with what it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.errors import InputError, suggest
from kg.reconcile import agree, values
from kg.reconcile.agree import Agree
from kg.reconcile.thing import ACTOR, EVENT, KINDS, PLACE
from kg.reconcile.values import Values


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


_LANGUAGES: Final = {"en": "English", "ar": "Arabic"}
_NAMED: Final = (
    Property(
        f"name-{tag}",
        f"Name in {name}",
        f"Its own name in {name}",
        KINDS,
        values.label(tag),
        agree.same_name,
    )
    for tag, name in _LANGUAGES.items()
)
_LINKED: Final = (
    Property(
        name,
        title,
        "Judged by a person to be the very same; empty where no id was found to be right",
        (PLACE, ACTOR),
        values.target(name),
        agree.same_link(name),
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
        values.other_names,
        agree.same_name,
    ),
    Property(
        "type",
        "Type",
        "What it is, as a concept of the codebook",
        KINDS,
        values.types,
        agree.same_type,
    ),
    Property(
        "part-of",
        "Part of",
        "What it lies in or belongs to; compared with all that is around it",
        (PLACE, ACTOR),
        values.related("part-of"),
        agree.lies_in,
    ),
    Property(
        "country",
        "Country",
        "The country it lies in",
        (PLACE,),
        values.country,
        agree.is_of,
        PLACE,
    ),
    Property(
        "coordinates",
        "Coordinates",
        'Latitude and longitude in degrees, as in "34.5,38.3"',
        (PLACE,),
        values.coordinates,
        agree.same_point,
    ),
    Property("latitude", "Latitude", "Degrees north", (PLACE,), values.degrees(0)),
    Property("longitude", "Longitude", "Degrees east", (PLACE,), values.degrees(1)),
    *_LINKED,
    Property(
        "exact-match",
        "The same elsewhere",
        "IRIs that a person judged to name the very same",
        (PLACE, ACTOR),
        values.links,
        agree.same_link("exact-match"),
    ),
    Property(
        "holders",
        "Holders by date",
        "Who is reported to have held it on the day of the setting, taking all sources together",
        (PLACE,),
        values.holders,
        None,
        ACTOR,
    ),
    Property(
        "place",
        "Place",
        "Where it happened",
        (EVENT,),
        values.related("place"),
        agree.same_things(agree.named_and_around("place")),
        PLACE,
    ),
    Property(
        "first-day",
        "First day",
        "The day before which it cannot have begun",
        (EVENT,),
        values.day(0),
        agree.same_day,
    ),
    Property(
        "last-day",
        "Last day",
        "The day by which it had begun",
        (EVENT,),
        values.day(1),
        agree.same_day,
    ),
    Property(
        "gained-by",
        "Gained by",
        "Who gained by it",
        (EVENT,),
        values.related("gained-by"),
        agree.same_things(agree.named_and_around("gained-by")),
        ACTOR,
    ),
    Property(
        "lost-by",
        "Lost by",
        "Who lost by it",
        (EVENT,),
        values.related("lost-by"),
        agree.same_things(agree.named_and_around("lost-by")),
        ACTOR,
    ),
)
PROPERTIES: Final = {one.id: one for one in _ALL}
"""All properties by id, in the order in which they are proposed."""
