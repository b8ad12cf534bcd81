"""What the ontology and its alignments entail, by OWL RL: once, and small.

owlrl adds far more than is of use, and triples that are not legal RDF. Kept are new, legal triples whose
subject is a term of ours and which say more than that a term is a thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from kg.lift.terms import term
from kg.names import SCHEMES, WH

_KEPT: Final = ("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broadMatch", "rdfs:domain", "rdfs:range")


def close(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    """The new quads that follow from an ontology.

        wh:DirectQuotation rdfs:subClassOf wh:Voice .
    """
    import rdflib
    from owlrl import DeductiveClosure, OWLRL_Semantics

    given = rdflib.Graph()
    given.parse(data="".join(f"{t} .\n" for t in triples), format="nt")
    closed = rdflib.Graph()
    for triple in given:
        closed.add(triple)
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    kept = {term(name).value for name in _KEPT}
    found = []
    for s, p, o in closed:
        legal = isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef)
        ours = legal and s.startswith((WH, SCHEMES))
        if ours and str(p) in kept and s != o and (s, p, o) not in given and not _trivial(str(o)):
            found.append(Quad(NamedNode(str(s)), NamedNode(str(p)), NamedNode(str(o)), graph))
    return found


def _trivial(iri: str) -> bool:
    """Whether a class or property says nothing: everything is a Thing and a Resource."""
    return iri.endswith(("owl#Thing", "rdf-schema#Resource", "owl#topObjectProperty"))
