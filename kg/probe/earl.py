"""What came of all probes, as a report in EARL 1.0 (https://www.w3.org/TR/EARL10-Schema/)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Final

from rdflib import DCTERMS, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from kg.probe.address import Endpoint
from kg.probe.found import Checked
from kg.probe.stated import OURS

EARL: Final = Namespace("http://www.w3.org/ns/earl#")


def earl(checked: Sequence[Checked], endpoint: Endpoint, now: datetime) -> str:
    """Turtle: an assertion for each probe.

    [] a earl:Assertion ; earl:assertedBy wh-probe: ; earl:subject <https://…/sparql> ;
       earl:test probe:query-by-get ; earl:mode earl:automatic ;
       earl:result [ a earl:TestResult ; earl:outcome earl:passed ; dcterms:date "…" ] .
    """
    graph = Graph()
    for prefix, namespace in (("earl", EARL), ("dcterms", DCTERMS), ("probe", Namespace(OURS))):
        graph.bind(prefix, namespace)
    subject, assertor = URIRef(endpoint.url), URIRef(OURS.rstrip("#"))
    graph.add((subject, RDF.type, EARL.TestSubject))
    graph.add((assertor, RDF.type, EARL.Assertor))
    graph.add((assertor, RDF.type, EARL.Software))
    graph.add((assertor, DCTERMS.title, Literal("WhoHolds check-endpoint")))
    graph.add((assertor, DCTERMS.hasVersion, Literal(version("whoholds"))))
    date = Literal(now.astimezone(UTC).isoformat(timespec="seconds"), datatype=XSD.dateTime)
    for one in checked:
        _assert(graph, one, subject, assertor, date)
    return graph.serialize(format="turtle")


def _assert(graph: Graph, one: Checked, subject: URIRef, assertor: URIRef, date: Literal) -> None:
    test, name = URIRef(one.probe.iri), one.probe.name
    assertion, result = BNode(f"assertion-{name}"), BNode(f"result-{name}")
    graph.add((test, RDF.type, EARL.TestCase))
    graph.add((test, DCTERMS.title, Literal(one.probe.says, lang="en")))
    graph.add((test, DCTERMS.description, Literal(one.probe.why, lang="en")))
    graph.add((test, DCTERMS.source, URIRef(one.probe.spec)))
    graph.add((assertion, RDF.type, EARL.Assertion))
    graph.add((assertion, EARL.assertedBy, assertor))
    graph.add((assertion, EARL.subject, subject))
    graph.add((assertion, EARL.test, test))
    graph.add((assertion, EARL.mode, EARL.automatic))
    graph.add((assertion, EARL.result, result))
    graph.add((result, RDF.type, EARL.TestResult))
    graph.add((result, EARL.outcome, EARL[one.found.outcome]))
    graph.add((result, DCTERMS.date, date))
    words = [f"expected: {one.found.expected}"] if one.found.expected else []
    words += [f"found: {one.found.found}"] if one.found.found else []
    if words:
        graph.add((result, EARL.info, Literal("; ".join(words), lang="en")))
