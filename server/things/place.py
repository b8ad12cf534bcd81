"""The page of a place: names, where it is, who held it by whose account, what is claimed of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import render_template

from server.show.called import links, names, wordings
from server.show.facts import Facts, gather
from server.show.reach import objects, subjects, value
from server.show.term import Shown
from server.site import release, terms
from server.things.periods import timeline_of
from server.things.thing import head, paged_views

DEEPEST: Final = 10
"""How far upwards a part-of chain is followed."""
MANY: Final = 60
"""Parts of a place, or members of a set, that are listed."""


@dataclass(frozen=True, slots=True)
class Where:
    """A point: its coordinates in words, and where they are from."""

    words: str
    source: str


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    facts = Facts(gather(release().store, [iri], ("geo:hasGeometry",)))
    shows = terms()
    parts = subjects("wh:partOf", iri)
    return render_template(
        "place.html",
        head=head(iri, path, facts),
        types=[shows.thing(one) for one in facts.texts(iri, "wh:placeType")],
        names=names(iri, facts),
        wordings=wordings(iri),
        within=list(within(iri)),
        parts=[shows.thing(one) for one in parts[:MANY]],
        further=max(0, len(parts) - MANY),
        members=[shows.thing(one) for one in facts.texts(iri, "skos:member")[:MANY]],
        where=list(where(iri, facts)),
        links=list(links(iri)),
        timeline=timeline_of(iri),
        behind=paged_views(claims(iri)),
    )


def within(iri: str) -> Iterator[Shown]:
    """What it is part of, from the nearest outwards."""
    seen, at = {iri}, objects(iri, "wh:partOf")
    while at and at[0] not in seen and len(seen) <= DEEPEST:
        seen.add(at[0])
        yield terms().thing(at[0])
        at = objects(at[0], "wh:partOf")


def where(iri: str, facts: Facts) -> Iterator[Where]:
    """Its points; WKT puts longitude first."""
    for geometry in facts.texts(iri, "geo:hasGeometry"):
        wkt = facts.one(geometry, "geo:asWKT") or ""
        numbers = wkt.removeprefix("POINT(").removesuffix(")").split()
        try:
            longitude, latitude = (float(one) for one in numbers)
        except ValueError:
            continue
        words = f"{_degrees(latitude, 'N', 'S')}, {_degrees(longitude, 'E', 'W')}"
        yield Where(words, facts.one(geometry, "dcterms:source") or "")


def _degrees(angle: float, positive: str, negative: str) -> str:
    return f"{abs(angle):.4f}° {negative if angle < 0 else positive}"


def claims(iri: str) -> list[str]:
    """The claims that name it, by the day they speak of, the latest first; undated ones last."""
    roles = ("wh:place", "wh:departure", "wh:destination")
    found = sorted({one for role in roles for one in subjects(role, iri, "claim")})
    days = {one: value(one, "wh:endLatest", "wh:endEarliest", "wh:beginLatest") for one in found}
    return sorted(found, key=days.__getitem__, reverse=True)
