"""The reference validator: pyshacl, slow and widely trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
import pyshacl
from rdflib import SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.validate.report import Result
from kg.validate.shapes import shapes_text

_SUFFIXES = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@cache
def _shapes() -> Graph:
    return Graph().parse(data=shapes_text(), format="turtle")


def find_results(triples: Iterable[ox.Triple]) -> Iterator[Result]:
    """What the shapes find in some triples."""
    graph = Graph()
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    _, report, _ = pyshacl.validate(graph, shacl_graph=_shapes())
    if not isinstance(report, Graph):
        raise TypeError(f"pyshacl gave no report: {report}")
    return (_result(report, node) for node in report.objects(None, SH.result))


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """The same term in rdflib; its lexical form is kept, which parsing would respell."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        # To rdflib "a" and "a"^^xsd:string are two terms; its parsers make the first of both.
        plain = term.language or term.datatype.value == str(XSD.string)
        datatype = None if plain else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise TypeError(f"{term} is no term of RDF 1.1")


def _result(report: Graph, node: Node) -> Result:
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    return Result(
        focus=_plain(report.value(node, SH.focusNode)),
        path=_path(report, path) if isinstance(path, BNode) else _plain(path) or None,
        value=None if value is None else _ntriples(value),
        shape=_plain(report.value(node, SH.sourceShape)),
        component=_plain(report.value(node, SH.sourceConstraintComponent)),
        message=_plain(report.value(node, SH.resultMessage)),
        severity=_plain(report.value(node, SH.resultSeverity)),
    )


def _plain(node: Node | None) -> str:
    return "" if node is None else str(node)


def _ntriples(term: Node) -> str:
    """The term as this project spells it in N-Triples."""
    if isinstance(term, Literal):
        if term.language:
            return str(ox.Literal(str(term), language=term.language))
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return str(ox.Literal(str(term), datatype=datatype))
    return str(ox.BlankNode(str(term)) if isinstance(term, BNode) else ox.NamedNode(str(term)))


def _path(report: Graph, node: Node) -> str:
    """A path as SPARQL writes it, in the parentheses that the quick validator writes too."""
    if isinstance(node, URIRef):
        return f"<{node}>"
    for link, suffix in _SUFFIXES.items():
        if inner := report.value(node, link):
            return f"({_path(report, inner)}){suffix}"
    if inner := report.value(node, SH.inversePath):
        return f"^{_path(report, inner)}"
    alternatives = report.value(node, SH.alternativePath)
    steps = (_path(report, step) for step in Collection(report, alternatives or node))
    return f"({('|' if alternatives else '/').join(steps)})"
