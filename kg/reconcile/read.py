"""The things of a release, read from its store."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kg.folding import fold
from kg.names import SCHEMES, VOCABULARIES, WH, Names
from kg.reconcile.thing import ACTOR, EVENT, KINDS, PLACE, Thing, Things, Type
from kg.store import UNION

_SCHEMES: Final = {PLACE: "place-type", ACTOR: "actor-type", EVENT: "event-type"}
_TYPED: Final = {PLACE: "wh:placeType", ACTOR: "wh:actorType", EVENT: "wh:eventType"}
_RELATED: Final = {
    "wh:partOf": "part-of",
    "wh:place": "place",
    "wh:gainedBy": "gained-by",
    "wh:lostBy": "lost-by",
}
_POINT: Final = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)")
Stated = Mapping[str, list[NamedNode | Literal]]
"""What is stated of a thing, by property."""


def read_things(store: Store, names: Names) -> Things:
    """The actors, places and events that belong to no single article, with all their names.

    What only one article knows ("local sources") is a description: nobody else's name means it.
    """
    found = {thing.id: thing for kind in KINDS for thing in _things(store, names, kind)}
    return Things(found, _types(store), names.base)


def _things(store: Store, names: Names, kind: str) -> Iterator[Thing]:
    class_ = NamedNode(WH + kind)
    quads = store.quads_for_pattern(None, _property("rdf:type"), class_, UNION)
    for iri in sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode)):
        local = iri.removeprefix(names.base)
        if iri.startswith(names.base) and "." not in local:
            yield _thing(local, kind, _stated(store, iri), store, names)


def _thing(local: str, kind: str, stated: Stated, store: Store, names: Names) -> Thing:
    label = _labels(stated, local, named=kind != EVENT)
    others = [term.value for term in stated.get("skos:altLabel", ())]
    geometry = _iris(stated, "geo:hasGeometry")
    return Thing(
        id=local,
        kind=kind,
        label=label,
        names=tuple(dict.fromkeys((*label.values(), *sorted(others)))),
        types=tuple(one.removeprefix(SCHEMES) for one in _iris(stated, _TYPED[kind])),
        point=next(_points(store, geometry), None),
        links=tuple(_iris(stated, "skos:exactMatch")),
        related={
            name: tuple(one.removeprefix(names.base) for one in _iris(stated, curie))
            for curie, name in _RELATED.items()
            if curie in stated
        },
        days=(_first(stated, "wh:beginEarliest"), _first(stated, "wh:beginLatest")),
        person=f"{WH}Person" in _iris(stated, "rdf:type"),
    )


def _labels(stated: Stated, local: str, *, named: bool) -> dict[str, str]:
    """The labels by language, English first; of an event without one, the words of its id."""
    found = [t for t in stated.get("skos:prefLabel", ()) if isinstance(t, Literal)]
    found.sort(
        key=lambda label: (not (label.language or "").startswith("en"), label.language or "")
    )
    labels = {label.language or "": label.value for label in found if fold(label.value)}
    words = local.partition("/")[2].replace("--", ", ").replace("-", " ").capitalize()
    return labels or {"" if named else "en": words}


def _types(store: Store) -> dict[str, Type]:
    """The kinds, and below each the concepts of its scheme that the release explains."""
    found = {kind: Type(kind, kind) for kind in KINDS}
    for kind, scheme in _SCHEMES.items():
        node = NamedNode(SCHEMES + scheme)
        quads = store.quads_for_pattern(None, _property("skos:inScheme"), node, UNION)
        for iri in sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode)):
            stated = _stated(store, iri)
            identifier = iri.removeprefix(SCHEMES)
            name = _first(stated, "skos:prefLabel") or identifier.partition("/")[2]
            found[identifier] = Type(identifier, name, kind, _first(stated, "skos:definition"))
    return found


def _stated(store: Store, iri: str) -> Stated:
    found: dict[str, list[NamedNode | Literal]] = defaultdict(list)
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, UNION):
        curie = _CURIES.get(quad.predicate.value)
        if curie and isinstance(quad.object, NamedNode | Literal):
            found[curie].append(quad.object)
    return found


def _points(store: Store, geometries: list[str]) -> Iterator[tuple[float, float]]:
    """Latitude and longitude of each; WKT puts longitude first."""
    for geometry in geometries:
        pattern = NamedNode(geometry), _property("geo:asWKT"), None, UNION
        for quad in store.quads_for_pattern(*pattern):
            match = _POINT.match(getattr(quad.object, "value", ""))
            try:
                if match:
                    yield float(match[2]), float(match[1])
            except ValueError:
                continue


def _iris(stated: Stated, curie: str) -> list[str]:
    return sorted(term.value for term in stated.get(curie, ()) if isinstance(term, NamedNode))


def _first(stated: Stated, curie: str) -> str:
    found = [term for term in stated.get(curie, ()) if isinstance(term, Literal)]
    found.sort(key=lambda term: (term.language or "en") != "en")
    return found[0].value if found else ""


def _property(curie: str) -> NamedNode:
    prefix, _, local = curie.partition(":")
    return NamedNode(VOCABULARIES[prefix] + local)


_CURIES: Final = {
    _property(curie).value: curie
    for curie in (
        *("skos:prefLabel", "skos:altLabel", "skos:definition", "skos:exactMatch"),
        *("rdf:type", "geo:hasGeometry", "wh:beginEarliest", "wh:beginLatest"),
        *_TYPED.values(),
        *_RELATED,
    )
}
