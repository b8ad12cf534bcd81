"""Actors and places as quads, with the dated judgement behind each typing, part-of and alignment."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.authority import JUDGED, Authorities, Entry, Judgement
from kg.lift.terms import Quads, day, term, value, words
from kg.names import VOCABULARIES, Names

_WKT: Final = NamedNode(f"{VOCABULARIES['geo']}wktLiteral")
_JUDGED_PROPERTY: Final = {
    ("actor", "type"): "wh:actorType",
    ("place", "type"): "wh:placeType",
    ("actor", "part-of"): "wh:partOf",
    ("place", "part-of"): "wh:partOf",
    ("actor", "alignment"): "wh:sourceAlignment",
}
_CLASS_OF_TYPE: Final = {
    "armed-group": "wh:ArmedActor",
    "state-forces": "wh:ArmedActor",
    "militia": "wh:ArmedActor",
    "police": "wh:ArmedActor",
    "coalition": "wh:ArmedActor",
    "government": "wh:Government",
    "government-office": "wh:Government",
    "news-outlet": "wh:Organization",
    "monitoring-group": "wh:Organization",
    "think-tank": "wh:Organization",
    "international-organization": "wh:Organization",
    "company": "wh:Organization",
    "community": "wh:Organization",
}


def lift_authorities(authorities: Authorities, names: Names) -> list[Quad]:
    """The quads of all actors and places.

    place:aven a wh:Place ; wh:placeType place-type:Town ; skos:prefLabel "Aven"@en ;
        wh:partOf place:tarn-province ; geo:hasGeometry place:aven.geometry .
    judgement:place.aven.type a wh:Judgement ; rdf:subject place:aven ;
        rdf:predicate wh:placeType ; rdf:object place-type:Town ; dcterms:date "2026-01-01"^^xsd:date .
    """
    quads = Quads(NamedNode(names.graph("authorities")))
    for entry in authorities.entries():
        _lift_entry(quads, entry, names)
    return quads.found


def _lift_entry(quads: Quads, entry: Entry, names: Names) -> None:
    node = NamedNode(names.iri(entry.kind, entry.slug))
    quads.add(node, "rdf:type", *(term(c) for c in _classes(entry)))
    quads.add(node, "skos:prefLabel", *(words(text, tag) for tag, text in entry.label.items()))
    alternatives = (words(text, tag) for tag, texts in entry.alt.items() for text in texts)
    quads.add(node, "skos:altLabel", *alternatives)
    quads.add(node, "skos:note", words(entry.note, "en") if entry.note else None)
    quads.add(node, "skos:member", *(NamedNode(names.iri("place", m)) for m in entry.members))
    if entry.publication_basis:
        basis = value("publication-basis", entry.publication_basis)
        quads.add(node, "wh:publicationBasis", basis)
    for key in JUDGED:
        _lift_judged(quads, node, entry, key, names)
    if entry.point:
        _lift_point(quads, node, entry, names)


def _classes(entry: Entry) -> tuple[str, ...]:
    if entry.kind == "place":
        return ("wh:Place",)
    return ("wh:Actor", _CLASS_OF_TYPE.get(entry.type, "wh:Person"))


def _lift_judged(quads: Quads, node: NamedNode, entry: Entry, key: str, names: Names) -> None:
    """One judged property, and the judgement."""
    found = {
        "type": value(f"{entry.kind}-type", entry.type),
        "part-of": NamedNode(names.iri(entry.kind, entry.part_of)) if entry.part_of else None,
        "alignment": value("source-alignment", entry.alignment) if entry.alignment else None,
    }[key]
    if found is None:
        return
    predicate = _JUDGED_PROPERTY[entry.kind, key]
    quads.add(node, predicate, found)
    if key in entry.judged:
        local = f"{entry.kind}.{entry.slug}.{key}"
        judgement = NamedNode(names.iri("judgement", local))
        add_judgement(quads, judgement, (node, term(predicate), found), entry.judged[key])


def add_judgement(
    quads: Quads,
    node: NamedNode,
    statement: tuple[NamedNode, NamedNode, NamedNode],
    judged: Judgement,
) -> None:
    """States who judged a statement to hold, when and on what ground."""
    subject, predicate, found = statement
    quads.add(node, "rdf:type", term("wh:Judgement"))
    quads.add(node, "rdf:subject", subject)
    quads.add(node, "rdf:predicate", predicate)
    quads.add(node, "rdf:object", found)
    quads.add(node, "wh:coder", words(judged.by))
    quads.add(node, "dcterms:date", day(judged.on))
    quads.add(node, "wh:basis", value("basis", judged.basis))
    quads.add(node, "wh:because", words(judged.because, "en"))


def _lift_point(quads: Quads, node: NamedNode, entry: Entry, names: Names) -> None:
    """The place's point; WKT puts longitude first (https://www.ogc.org/standard/geosparql/)."""
    latitude, longitude = entry.point or (0.0, 0.0)
    geometry = NamedNode(names.iri("place", f"{entry.slug}.geometry"))
    quads.add(node, "geo:hasGeometry", geometry)
    quads.add(geometry, "rdf:type", term("geo:Geometry"))
    quads.add(geometry, "geo:asWKT", Literal(f"POINT({longitude} {latitude})", datatype=_WKT))
    quads.add(geometry, "dcterms:source", words(entry.point_from) if entry.point_from else None)
