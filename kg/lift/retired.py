"""Retired ids as quads, in a graph of their own, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.lift.terms import Quads, day, term, words
from kg.names import Names
from kg.retired import Retired, state_of

GRAPH = "retired"
_XSD_TRUE = Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))


def lift_retired(entries: Iterable[Retired], names: Names) -> list[Quad]:
    """The quads of retired ids: of one merged or split, what replaces it.

    event:old owl:deprecated true ; dcterms:isReplacedBy event:new ;
        dcterms:date "2026-11-21"^^xsd:date ; wh:because "one event, coded twice"@en .
    """
    quads = Quads(NamedNode(names.graph(GRAPH)))
    for entry in entries:
        node = NamedNode(names.base + entry.id)
        quads.add(node, "owl:deprecated", _XSD_TRUE)
        quads.add(node, "dcterms:isReplacedBy", *(NamedNode(names.base + i) for i in entry.into))
        quads.add(node, "dcterms:date", day(entry.on))
        quads.add(node, "wh:because", words(entry.because, "en"))
    return quads.found


def entry_of(iri: str, quads: Iterable[Quad], names: Names) -> Retired | None:
    """The entry that these quads of the graph state of an IRI."""
    found: dict[str, list[str]] = {}
    for quad in quads:
        if isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    if term("owl:deprecated").value not in found:
        return None
    replaced = found.get(term("dcterms:isReplacedBy").value, [])
    into = tuple(sorted(one.removeprefix(names.base) for one in replaced))
    on = dt.date.fromisoformat(found[term("dcterms:date").value][0])
    because = found[term("wh:because").value][0]
    return Retired(iri.removeprefix(names.base), state_of(into), on, because, into)
