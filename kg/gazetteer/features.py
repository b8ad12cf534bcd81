"""What speaks for a record being the place that a name means, each with its reason. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.folding import fold
from kg.gazetteer.fold import alikeness, is_arabic, key
from kg.gazetteer.kinds import SETTLEMENTS, WIDE
from kg.gazetteer.record import Record

EARTH: Final = 6371.0
"""Mean radius in kilometres: https://en.wikipedia.org/wiki/Earth_radius"""
AROUND: Final = 100.0
"""Kilometres from the nearest other place at which a place is half as near as one beside it."""
SPELT_LIKE: Final = 70.0
"""How alike spellings of one name are at least, of 100; below, few are one, most are two."""
WEIGHTS: Final = {
    "label": 0.3,
    "type": 0.2,
    "size": 0.1,
    "agreement": 0.1,
    "distance": 0.15,
    "parent": 0.05,
    "country": 0.1,
}
"""How much each feature counts; together 1. Where one has nothing to go by, it is in the middle."""
_USUAL: Final = {"country": 1.0, "city": 0.8, "governorate": 0.7, "town": 0.6, "village": 0.4}
"""How usual it is that an article names a place of the type and does not say which type."""


LABEL: Final = 1.0
"""The name is the record's own, but for case and marks."""
NAME: Final = 0.9
"""It is one of its other names."""
TRANSLITERATION: Final = 0.75
"""It is its own in another transliteration: what no mark, article or vowel tells apart."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One aspect of a candidate, from 0 (speaks against) to 1, and why in a few words."""

    name: str
    value: float
    because: str


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the name: the kind its words say, the other places, the countries."""

    hint: str | None = None
    others: tuple[Record, ...] = ()
    countries: tuple[str, ...] = ()


def name_features(name: str, record: Record, likeness: float) -> tuple[Feature, ...]:
    """What the name says, wherever it stands: label and agreement.

    `likeness` (0–100) is how like the name's key is one of the record's.
    """
    return _label(name, record, likeness), _agreement(name, record)


def features(record: Record, named: tuple[Feature, ...], context: Context) -> tuple[Feature, ...]:
    """All features of a record in a context, with those that `name_features` has found."""
    label, agreement = named
    return (
        label,
        _type(record, context.hint),
        _size(record),
        agreement,
        _distance(record, context.others),
        _parent(record, context.others),
        _country(record, context),
    )


def weigh(found: tuple[Feature, ...], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The features as one number from 0 to 1, each with its weight; the weights are 1 together."""
    return sum(weights[feature.name] * feature.value for feature in found)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points (latitude, longitude) on a sphere."""
    (south, west), (north, east) = (map(math.radians, point) for point in (one, other))
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def _label(name: str, record: Record, likeness: float) -> Feature:
    wanted = fold(name)
    if any(fold(label) == wanted for label in record.label.values()):
        return Feature("label", LABEL, "its label")
    if any(fold(other) == wanted for other in record.names):
        return Feature("label", NAME, "one of its names")
    if likeness < 100:
        return Feature("label", 0.5 * likeness / 100, "a name that is nearly the same")
    wanted = key(name)
    own = any(key(label) == wanted for label in record.label.values())
    named = "its label" if own else "one of its names"
    if is_spelt_like(name, record):
        return Feature(
            "label", TRANSLITERATION if own else 0.65, f"another transliteration of {named}"
        )
    return Feature("label", 0.59 if own else 0.51, f"spelt quite otherwise than {named}")


def is_spelt_like(name: str, record: Record) -> bool:
    """Whether one of a record's names of the same key is spelt so much alike that it is the name.

    "Marrick" and "Meriç" have one key, as "Falluja" and "Fallouja" have: only the latter are one.
    """
    if name in record.names:
        return True
    wanted, script = key(name), is_arabic(name)
    alike = (own for own in record.names if is_arabic(own) == script and key(own) == wanted)
    return any(alikeness(name, own) >= SPELT_LIKE for own in alike)


def _type(record: Record, hint: str | None) -> Feature:
    if hint is None:
        return Feature("type", _USUAL.get(record.type, 0.2), f"a {record.type}; no kind is said")
    if hint == record.type:
        return Feature("type", 1.0, f"a {record.type}, as is said")
    if {hint, record.type} <= set(SETTLEMENTS):
        apart = abs(SETTLEMENTS.index(hint) - SETTLEMENTS.index(record.type))
        return Feature("type", 1 - 0.2 * apart, f"a {record.type}; a {hint} is said")
    return Feature("type", 0.0, f"a {record.type}, not a {hint}")


def _size(record: Record) -> Feature:
    if record.type in WIDE:
        return Feature("size", 0.9, f"a {record.type}")
    if record.population:
        value = min(1.0, math.log10(record.population) / 6)
        return Feature("size", value, f"{record.population} inhabitants")
    if record.type in SETTLEMENTS[1:]:
        return Feature("size", 0.55, f"a {record.type}, by its rank")
    return Feature("size", 0.1, "no inhabitants counted")


def _agreement(name: str, record: Record) -> Feature:
    name_key = key(name)
    if any(key(other) == name_key for other in record.agreed):
        return Feature("agreement", 1.0, "two sources give it this name")
    if any(key(label) == name_key for label in record.label.values()):
        return Feature("agreement", 0.7, "its source's own label")
    spellings = sum(key(other) == name_key for other in record.names)
    value = 0.6 if spellings > 1 else 0.1
    return Feature("agreement", value, f"{spellings} of its {len(record.names)} names")


def _distance(record: Record, others: tuple[Record, ...]) -> Feature:
    points = [other for other in others if other.type not in WIDE and other.id != record.id]
    if record.type in WIDE or not points:
        return Feature("distance", 0.5, "no other place to measure from")
    far, whom = min((kilometres(record.point, o.point), o.label.get("en", o.id)) for o in points)
    return Feature("distance", 1 / (1 + far / AROUND), f"{far:.0f} km from {whom}")


def _parent(record: Record, others: tuple[Record, ...]) -> Feature:
    named = {o.id: o.label.get("en", o.id) for o in others if o.type != "country"}
    for parent in record.parents:
        if parent in named:
            return Feature("parent", 1.0, f"in {named[parent]}, which is named, too")
    inside = next((other for other in others if record.id in other.parents), None)
    if inside and record.type in WIDE:
        return Feature("parent", 1.0, f"{inside.label.get('en', inside.id)} lies in it")
    return Feature("parent", 0.3, "nothing that it lies in is named")


def _country(record: Record, context: Context) -> Feature:
    if not context.countries:
        return Feature("country", 0.5, "no country is known")
    inside = record.country in context.countries
    because = (
        f"in {record.country or '?'}, {'one' if inside else 'none'} of the article's countries"
    )
    return Feature("country", 1.0 if inside else 0.0, because)
