"""The places of which somebody said who held them: names, points, outlines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.names import Names
from kg.store import UNION
from server.map.base import outlined
from server.map.simplify import Point
from server.show.facts import property_of
from server.show.term import Shown, Terms

_POINT: Final = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)$")
_OUTLINE: Final = re.compile(r"https://spelunker\.whosonfirst\.org/id/(\d+)/?$")
_DEEPEST: Final = 12
AREAS: Final = {
    "Country",
    "Governorate",
    "District",
    "Region",
    "Area",
    "Border",
    "River",
    "Valley",
    "Road",
    "PlaceSet",
}
"""Types of places that no point stands for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the map needs it."""

    iri: str
    shown: Shown
    point: Point | None
    outline: int | None
    area: bool
    within: tuple[str, ...]
    """What it is part of, the nearest first."""

    @property
    def drawn(self) -> bool:
        """Whether it has anywhere to be drawn."""
        return self.point is not None or self.outline is not None


def read_places(iris: Iterable[str], store: Store, names: Names) -> dict[str, Place]:
    """Some places by IRI, in the order of their names; links lead below no root."""
    shows = Terms(store, names)
    found = (_place(iri, store, shows) for iri in set(iris))
    ordered = sorted(found, key=lambda place: (place.shown.text.casefold(), place.iri))
    return {place.iri: place for place in ordered}


def _place(iri: str, store: Store, shows: Terms) -> Place:
    kinds = {value.rpartition("/")[2] for value in _values(store, iri, "wh:placeType")}
    same = (_OUTLINE.match(value) for value in _values(store, iri, "skos:exactMatch"))
    outlines = sorted({int(match[1]) for match in same if match} & outlined())
    return Place(
        iri,
        shows.thing(iri),
        _point(store, iri),
        outlines[0] if outlines else None,
        bool(kinds & AREAS),
        tuple(_wholes(store, iri)),
    )


def _point(store: Store, iri: str) -> Point | None:
    for geometry in _values(store, iri, "geo:hasGeometry"):
        for text in _values(store, geometry, "geo:asWKT"):
            if match := _POINT.match(text):
                return float(match[1]), float(match[2])
    return None


def _wholes(store: Store, iri: str) -> list[str]:
    found: list[str] = []
    here = _values(store, iri, "wh:partOf")
    while here and here[0] not in found and len(found) < _DEEPEST:
        found.append(here[0])
        here = _values(store, here[0], "wh:partOf")
    return found


def _values(store: Store, iri: str, curie: str) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(iri), property_of(curie), None, UNION)
    return sorted({getattr(quad.object, "value", "") for quad in quads})
