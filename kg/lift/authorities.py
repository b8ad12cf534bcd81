"""Actors and places as quads, with the dated judgement behind each type, part-of and alignment."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.authority import JUDGEABLE, Authorities, Entry, Judgement
from kg.lift.terms import Quads, day, term, value, words
from kg.names import VOCABULARIES, Names
from kg.vocabulary import Vocabulary

GEOMETRY: Final = "--geometry"
"""How the id of a place's geometry ends."""

_WKT: Final = NamedNode(f"{VOCABULARIES['geo']}wktLiteral")
_JUDGED_PROPERTY: Final = {
    ("actor", "type"): "wh:actorType",
    ("place", "type"): "wh:placeType",
    ("actor", "part-of"): "wh:partOf",
    ("place", "part-of"): "wh:partOf",
    ("actor", "alignment"): "wh:sourceAlignment",
    ("actor", "publication-basis"): "wh:publicationBasis",
    ("place", "point"): "geo:hasGeometry",
}


def lift_authorities(authorities: Authorities, names: Names, vocabulary: Vocabulary) -> list[Quad]:
    """The quads of all actors and places.

    place:aven a wh:Place ; wh:placeType place-type:Town ; skos:prefLabel "Aven"@en ;
        wh:partOf place:tarn-province ; geo:hasGeometry place:aven--geometry .
    judgement:place--aven--type a wh:Judgement ; rdf:subject place:aven ;
        rdf:predicate wh:placeType ; rdf:object place-type:Town ; wh:coder "editor-1" .
    """
    quads = Quads(NamedNode(names.graph("authorities")))
    for entry in authorities.entries():
        _lift_entry(quads, entry, names, vocabulary)
    return quads.found


def _lift_entry(quads: Quads, entry: Entry, names: Names, vocabulary: Vocabulary) -> None:
    node = NamedNode(names.iri(entry.kind, entry.slug))
    quads.add(node, "rdf:type", *(term(c) for c in _classes(entry, vocabulary)))
    quads.add(node, "skos:prefLabel", *(words(text, tag) for tag, text in entry.label.items()))
    alternatives = (words(text, tag) for tag, texts in entry.alt.items() for text in texts)
    quads.add(node, "skos:altLabel", *alternatives)
    quads.add(node, "skos:note", words(entry.note, "en") if entry.note else None)
    quads.add(node, "skos:member", *(NamedNode(names.iri("place", m)) for m in entry.members))
    for key in JUDGEABLE:
        _lift_judged(quads, node, entry, key, names)
    if entry.point:
        _lift_point(quads, entry, names)


def _classes(entry: Entry, vocabulary: Vocabulary) -> tuple[str, ...]:
    return ("wh:Place",) if entry.kind == "place" else ("wh:Actor", vocabulary.classes[entry.type])


def _lift_judged(quads: Quads, node: NamedNode, entry: Entry, key: str, names: Names) -> None:
    """One property that can be judged, and the judgement behind it."""
    found = _judged_object(entry, key, names)
    if found is None:
        return
    predicate = _JUDGED_PROPERTY[entry.kind, key]
    quads.add(node, predicate, found)
    if key in entry.judged:
        local = f"{entry.kind}--{entry.slug}--{key}"
        judgement = NamedNode(names.iri("judgement", local))
        add_judgement(quads, judgement, (node, term(predicate), found), entry.judged[key])


def _judged_object(entry: Entry, key: str, names: Names) -> NamedNode | None:
    concepts = {
        "type": (f"{entry.kind}-type", entry.type),
        "alignment": ("source-alignment", entry.alignment),
        "publication-basis": ("publication-basis", entry.publication_basis),
    }
    if key in concepts:
        scheme, kebab = concepts[key]
        return value(scheme, kebab) if kebab else None
    if key == "part-of":
        return NamedNode(names.iri(entry.kind, entry.part_of)) if entry.part_of else None
    return NamedNode(names.iri("place", entry.slug + GEOMETRY)) if entry.point else None


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


def _lift_point(quads: Quads, entry: Entry, names: Names) -> None:
    """The place's point; WKT puts longitude first (https://www.ogc.org/standard/geosparql/)."""
    latitude, longitude = entry.point or (0.0, 0.0)
    geometry = NamedNode(names.iri("place", entry.slug + GEOMETRY))
    quads.add(geometry, "rdf:type", term("geo:Geometry"))
    quads.add(geometry, "geo:asWKT", Literal(f"POINT({longitude} {latitude})", datatype=_WKT))
    quads.add(geometry, "dcterms:source", words(entry.point_from) if entry.point_from else None)
