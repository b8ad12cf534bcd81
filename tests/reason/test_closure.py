"""What the ontology entails, and that our own transitive closure is OWL's."""

import time

import pytest
import rdflib
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.lift.terms import term
from kg.names import SCHEMES, WH
from kg.reason.closure import close
from kg.reason.derive import load_rules
from kg.store import UNION
from kg.vocabulary import resource
from reason.world import NAMES, derived, report, rows

GRAPH = NamedNode("urn:test:closure")
OTHER = "https://example.org/other#"
SUBCLASS, DOMAIN, RANGE = map(term, ("rdfs:subClassOf", "rdfs:domain", "rdfs:range"))
CLASS, TYPE = term("owl:Class"), term("rdf:type")


def wh(name: str) -> NamedNode:
    return NamedNode(WH + name)


def other(name: str) -> NamedNode:
    return NamedNode(OTHER + name)


@pytest.fixture(scope="module")
def shipped() -> list[Triple]:
    """The triples of the shipped ontology, schemes and alignments."""
    return [
        quad.triple
        for path in sorted(resource("ontology").rglob("*.ttl"))
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    ]


def expanded(triples) -> set[tuple[str, str, str]]:
    """All that owlrl says of these triples, as they are, that is a statement between IRIs."""
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    iri = rdflib.URIRef
    return {
        (str(s), str(p), str(o)) for s, p, o in graph if isinstance(s, iri) and isinstance(o, iri)
    }


def plain(triple) -> tuple[str, str, str]:
    return triple.subject.value, triple.predicate.value, triple.object.value


def test_a_class_within_a_class_within_a_class_is_within_the_last():
    given = [
        *(Triple(c, TYPE, CLASS) for c in (wh("A"), other("B"), other("C"), other("D"))),
        Triple(wh("A"), SUBCLASS, other("B")),
        Triple(other("B"), SUBCLASS, other("C")),
        Triple(other("C"), SUBCLASS, other("D")),
    ]
    assert set(close(given, GRAPH)) == {
        Quad(wh("A"), SUBCLASS, other("C"), GRAPH),
        Quad(wh("A"), SUBCLASS, other("D"), GRAPH),
    }


def test_a_property_of_a_class_is_a_property_of_what_the_class_is_within():
    given = [
        Triple(wh("a"), TYPE, term("owl:ObjectProperty")),
        Triple(wh("a"), DOMAIN, wh("A")),
        Triple(wh("a"), RANGE, wh("A")),
        Triple(wh("A"), SUBCLASS, other("B")),
    ]
    assert set(close(given, GRAPH)) == {
        Quad(wh("a"), DOMAIN, other("B"), GRAPH),
        Quad(wh("a"), RANGE, other("B"), GRAPH),
    }


def test_what_is_no_schema_entails_nothing():
    label = Triple(wh("A"), term("rdfs:label"), Literal("A", language="en"))
    assert close([label, Triple(wh("A"), term("skos:broader"), wh("B"))], GRAPH) == []
    assert close([], GRAPH) == []


def test_the_shipped_ontology_entails_what_owlrl_says_of_the_whole_of_it(shipped):
    kept = {term(f"rdfs:{n}").value for n in ("subClassOf", "subPropertyOf", "domain", "range")}
    nothing = ("owl#Thing", "rdf-schema#Resource", "owl#topObjectProperty")
    stated = {plain(triple) for triple in shipped}
    wanted = {
        (s, p, o)
        for s, p, o in expanded(shipped) - stated
        if s.startswith((WH, SCHEMES)) and p in kept and s != o and not o.endswith(nothing)
    }
    found = {plain(quad) for quad in close(shipped, GRAPH)}
    assert found == wanted
    assert (wh("DirectQuotation").value, SUBCLASS.value, wh("Voice").value) in found


def test_the_closure_is_new_sorted_and_quick(shipped):
    close([], GRAPH)  # the libraries are loaded
    begin = time.process_time()
    found = close(shipped, GRAPH)
    assert time.process_time() - begin < 1.5
    assert [plain(q) for q in found] == sorted({plain(q) for q in found})
    assert {quad.graph_name for quad in found} == {GRAPH}
    assert not {plain(q) for q in found} & {plain(triple) for triple in shipped}


def test_what_things_are_within_is_what_owl_makes_of_a_transitive_part_of():
    store, part_of = derived(report()), term("wh:partOf")
    for below, above in (("deep", "deeper"), ("deeper", "deepest"), ("holm-market", "holm")):
        kind = NamedNode(NAMES.iri("place", below)), NamedNode(NAMES.iri("place", above))
        store.add(Quad(kind[0], part_of, kind[1], UNION))
        store.extend(Quad(place, TYPE, term("wh:Place"), UNION) for place in kind)
    parts = [quad.triple for quad in store.quads_for_pattern(None, part_of, None, UNION)]
    transitive = Triple(part_of, TYPE, term("owl:TransitiveProperty"))
    owl = {(s, o) for s, p, o in expanded([*parts, transitive]) if p == part_of.value and s != o}
    assert within(store) == owl
    assert len(owl) == len(parts) + 2, "deep in deepest, holm-market in tarn-province"


def within(store: Store) -> set[tuple[str, str]]:
    """What the rule "wholes" says, each thing's being within itself left out."""
    (rule,) = (rule for rule in load_rules() if rule.name == "wholes")
    prefixes = NAMES.prefixes() | {"scratch": "urn:whoholds:scratch#"}
    found = store.query(rule.query, base_iri=NAMES.base, prefixes=prefixes)
    return {
        (t.subject.value, t.object.value)
        for t in found
        if t.predicate.value.endswith("#within") and t.subject != t.object
    }


def test_the_principal_is_the_top_of_the_chain():
    lost = "claim.a = { type = 'loss-of-control', lost-by = ['crown-army'], place = ['holm'] }"
    store = derived(report(lost))
    top = "SELECT ?who { ?e a wh:HoldingEvidence ; wh:controller ?who }"
    assert rows(store, top) == [{"who": "crown"}]
