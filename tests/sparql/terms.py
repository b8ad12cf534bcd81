"""Terms of another engine as this one's."""

from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import BNode, URIRef


def term(found):
    """A term of rdflib as the engine's; None for none."""
    if found is None:
        return None
    if isinstance(found, URIRef):
        return NamedNode(str(found))
    if isinstance(found, BNode):
        return BlankNode("b" + str(found))
    if found.language:
        return Literal(str(found), language=found.language)
    return Literal(str(found), datatype=NamedNode(str(found.datatype)) if found.datatype else None)
