"""Candidates, suggestions, types and properties as the specification writes them. Pure.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from typing import Any, Final

from kg.folding import fold
from kg.reconcile.answer import Candidate
from kg.reconcile.properties import PROPERTIES, Property
from kg.reconcile.thing import Thing, Things, Type

Json = dict[str, Any]

FEATURES: Final = {
    "name": "How like its name is to the one asked for, from 0 to 100: 100 its own name, 98 one of "
    "its other names, 97 its name but for a word for its kind, 90 and 88 the same in another "
    "transliteration, less for what is nearly the same or has more words",
    "same-name": "Whether it has the very name asked for, but for case and marks",
    "type": "Whether it has one of the types asked for",
    "identifier": "Whether its very id was asked for",
}
"""What speaks for a candidate, beside the properties that were asked for."""


def candidate(things: Things, found: Candidate) -> Json:
    """{"id": "place/aven", "name": "Aven", "score": 100, "match": true, "features": […], …}"""
    return {
        "id": found.thing.id,
        "name": found.thing.name,
        "description": things.describe(found.thing),
        "score": found.score,
        "match": found.match,
        "features": [{"id": one.id, "value": one.value} for one in found.features],
        "type": [type_of(things, one) for one in things.types_of(found.thing)],
    }


def suggestion(things: Things, thing: Thing) -> Json:
    """{"id": "place/aven", "name": "Aven", "description": "Town in Tarn", "notable": […]}"""
    return {
        "id": thing.id,
        "name": thing.name,
        "description": things.describe(thing),
        "notable": [type_of(things, one) for one in things.types_of(thing)],
    }


def type_of(things: Things, identifier: str) -> Json:
    """{"id": "place-type/Town", "name": "Town"}"""
    found = things.types.get(identifier)
    return {"id": identifier, "name": found.name if found else identifier}


def full_type(things: Things, one: Type) -> Json:
    """A type with what is above it: {"id": …, "name": …, "broader": [{"id": "Place", …}]}"""
    broader = {"broader": [type_of(things, one.broader)]} if one.broader else {}
    says = {"description": one.description} if one.description else {}
    return {"id": one.id, "name": one.name, **says, **broader}


def property_of(one: Property) -> Json:
    """{"id": "country", "name": "Country", "description": "The country it lies in"}"""
    return {"id": one.id, "name": one.name, "description": one.description}


def types_beginning(things: Things, prefix: str) -> list[Type]:
    """The types with a name or id that begins so, or has a word that does."""
    return [one for one in things.types.values() if _begins(prefix, one.id, one.name)]


def properties_beginning(prefix: str) -> list[Property]:
    """The properties that can be asked for, with a name or id that begins so."""
    asked = (one for one in PROPERTIES.values() if one.agree)
    return [one for one in asked if _begins(prefix, one.id, one.name)]


def feature_says(identifier: str) -> str | None:
    """What a feature means, or None where there is no such one."""
    of_property = PROPERTIES.get(identifier)
    if of_property is not None and of_property.agree:
        return f"How well the value asked for agrees, from 0 to 100. {of_property.description}"
    return FEATURES.get(identifier)


def _begins(prefix: str, identifier: str, name: str) -> bool:
    wanted = fold(prefix[:200])
    texts = (f" {fold(name)}", f" {fold(identifier)}")
    return not prefix.strip() or (bool(wanted) and any(f" {wanted}" in text for text in texts))
