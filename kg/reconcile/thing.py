"""What can be matched: actors, places and events of a release, with their types. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.gazetteer.kinds import WIDE
from kg.names import concept_key

PLACE: Final = "Place"
ACTOR: Final = "Actor"
EVENT: Final = "Event"
KINDS: Final = (PLACE, ACTOR, EVENT)
"""The types at the top; no thing is of two of them."""
COUNTRY: Final = "place-type/Country"
GOVERNMENT: Final = "actor-type/Government"
_DEEPEST: Final = 10


@dataclass(frozen=True, slots=True)
class Type:
    """A type of things: its id (Place, place-type/Town), its name, and what is above it."""

    id: str
    name: str
    broader: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor, a place or an event.

    `id` is its IRI without the release's base: place/aven. `label` has its names by language,
    `names` these and all others; `related` the ids of things by property: part-of, place.
    """

    id: str
    kind: str
    label: Mapping[str, str]
    names: tuple[str, ...]
    types: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    links: tuple[str, ...] = ()
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[str, str] = ("", "")
    person: bool = False

    @property
    def name(self) -> str:
        """The name to show: English, else that of the first language."""
        return self.label.get("en") or next(iter(self.label.values()), self.id)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its types as articles and gazetteers have them: border-crossing"""
        return tuple(concept_key(one.partition("/")[2]) for one in self.types)

    @property
    def wide(self) -> bool:
        """Whether its point is somewhere inside, and says little."""
        return any(one in WIDE for one in self.kinds)


@dataclass(frozen=True, slots=True)
class Things:
    """All things of a release by id, and the types that they have."""

    by_id: Mapping[str, Thing]
    types: Mapping[str, Type]
    base: str = ""

    def find(self, identifier: str) -> Thing | None:
        """The thing with an id, which may be written as its whole IRI, or None."""
        return self.by_id.get(identifier.removeprefix(self.base) if self.base else identifier)

    def types_of(self, thing: Thing) -> tuple[str, ...]:
        """The ids of its types, the most special first, its kind last."""
        return (*thing.types, thing.kind)

    def within(self, thing: Thing) -> Iterator[Thing]:
        """What it is part of, from the nearest outwards."""
        seen, at = {thing.id}, thing
        while len(seen) <= _DEEPEST:
            above = next((self.by_id.get(one) for one in at.related.get("part-of", ())), None)
            if above is None or above.id in seen:
                return
            seen.add(above.id)
            yield above
            at = above

    def country(self, thing: Thing) -> Thing | None:
        """The country that it lies in, itself if it is one, or None where none is stated."""
        around = (thing, *self.within(thing))
        return next((one for one in around if COUNTRY in one.types), None)

    def describe(self, thing: Thing) -> str:
        """What tells it from its namesakes, in a few words: "Town in Tarn Province, Tarn"."""
        kinds = " or ".join(self.types[one].name for one in thing.types if one in self.types)
        words = kinds or thing.kind
        around = ", ".join(one.name for one in self.within(thing))
        where = [
            self.by_id[one].name for one in thing.related.get("place", ()) if one in self.by_id
        ]
        if around or where:
            words += f" in {around or ', '.join(where)}"
        first, last = thing.days
        if first or last:
            words += f", {first or '…'}" if first == last else f", {first or '…'} to {last or '…'}"
        return words
