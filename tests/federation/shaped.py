"""Entities as statements, in the shape in which Wikidata's query service has them.

https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.wikidata.record import COUNTRY, GEONAMES, INSTANCE_OF, POINT, Record

ENTITY = "http://www.wikidata.org/entity/"
DIRECT = "http://www.wikidata.org/prop/direct/"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ALIAS = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
WKT = NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")


def statements(record: Record) -> Iterator[Triple]:
    """The names of an entity, and the values of its statements that hold."""
    item = NamedNode(ENTITY + record.id)
    for language, label in record.labels.items():
        yield Triple(item, LABEL, Literal(label, language=language))
    for language, aliases in record.aliases.items():
        yield from (Triple(item, ALIAS, Literal(alias, language=language)) for alias in aliases)
    for property_, ids in ((INSTANCE_OF, record.classes), (COUNTRY, record.countries)):
        yield from (Triple(item, _direct(property_), NamedNode(ENTITY + i)) for i in ids)
    for latitude, longitude in record.points:
        yield Triple(item, _direct(POINT), Literal(f"Point({longitude} {latitude})", datatype=WKT))
    yield from (Triple(item, _direct(GEONAMES), Literal(id_)) for id_ in record.geonames)


def _direct(property_: str) -> NamedNode:
    return NamedNode(DIRECT + property_)
