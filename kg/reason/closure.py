"""What the ontology and its alignments entail, by OWL RL: once, and small.

owlrl adds far more than is of use, and triples that are not legal RDF. It is given the schema
alone. Kept are new, legal triples whose subject is a term of ours and which say more than that a
term is a thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from kg.lift.terms import term
from kg.names import SCHEMES, VOCABULARIES, WH

_KEPT: Final = ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range")
_SCHEMA: Final = (VOCABULARIES["rdfs"], VOCABULARIES["owl"])

Strings = tuple[str, str, str]
"""The three IRIs of a triple."""


def close(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    """The new quads that follow from an ontology.

    wh:DirectQuotation rdfs:subClassOf wh:Voice .
    """
    given = frozenset(_strings(t) for t in triples if _is_schema(t))
    return [
        Quad(NamedNode(s), NamedNode(p), NamedNode(o), graph)
        for s, p, o in sorted(_entailed(given) - given)
        if _says_something(s, p, o)
    ]


@lru_cache(maxsize=1)
def _entailed(given: frozenset[Strings]) -> frozenset[Strings]:
    """What follows from an ontology and is legal: of the last one, for who builds again."""
    import rdflib
    from owlrl import DeductiveClosure, OWLRL_Semantics

    closed = rdflib.Graph()
    for triple in given:
        s, p, o = map(rdflib.URIRef, triple)
        closed.add((s, p, o))
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    return frozenset(
        (str(s), str(p), str(o))
        for s, p, o in closed
        if isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef)
    )


def _strings(triple: Triple) -> Strings:
    s, p, o = triple.subject, triple.predicate, triple.object
    return str(s)[1:-1], p.value, str(o)[1:-1]


def _is_schema(triple: Triple) -> bool:
    """Whether a triple says how terms relate: rdfs: and owl: links, and the kind of a term."""
    s, p, o = triple.subject, triple.predicate, triple.object
    if not (isinstance(s, NamedNode) and isinstance(o, NamedNode)):
        return False
    typing = p == term("rdf:type") and o.value.startswith(VOCABULARIES["owl"])
    return typing or p.value.startswith(_SCHEMA)


def _says_something(subject: str, predicate: str, found: str) -> bool:
    """Whether it is about a term of ours: everything is itself, a Thing and a Resource."""
    ours = subject.startswith((WH, SCHEMES)) and predicate in {term(name).value for name in _KEPT}
    trivial = found.endswith(("owl#Thing", "rdf-schema#Resource", "owl#topObjectProperty"))
    return ours and subject != found and not trivial
