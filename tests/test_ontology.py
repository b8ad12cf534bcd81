"""The ontology, its schemes, alignments and crosswalks are complete and agree with one another."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef, namespace

ONTOLOGY: Final = Path(__file__).parent.parent / "ontology"
ALIGNMENTS: Final = sorted((ONTOLOGY / "alignments").glob("*.ttl"))
CROSSWALKS: Final = sorted((ONTOLOGY / "crosswalks").glob("*.csv"))
TURTLE: Final = [ONTOLOGY / "schemes.ttl", ONTOLOGY / "whoholds.ttl", *ALIGNMENTS]

WH: Final = Namespace("https://w3id.org/whoholds/ns#")
BASE: Final = "https://w3id.org/whoholds/"
QUDT: Final = Namespace("http://qudt.org/schema/qudt/")

TERM_NOTES: Final = {
    RDFS.label: "",
    SKOS.definition: "",
    SKOS.example: "",
    SKOS.editorialNote: "Borderline: ",
    SKOS.note: "Not: ",
}
"""What every class and property carries, and how it begins."""

CONCEPT_NOTES: Final = {
    SKOS.prefLabel: "",
    SKOS.definition: "",
    SKOS.scopeNote: "Rule: ",
    SKOS.example: "",
    SKOS.editorialNote: "Borderline: ",
    SKOS.note: "Not: ",
}
"""What every concept carries, and how it begins."""

FOREIGN: Final = {
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "owl-time": str(namespace.TIME),
    "prov": str(namespace.PROV),
    "schema-org": str(namespace.SDO),
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "web-annotation": "http://www.w3.org/ns/oa#",
}
MATCHES: Final = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.relatedMatch,
}
COLUMNS: Final = ["concept", "target_code", "target_label", "when", "equivalence"]
EQUIVALENCES: Final = {"exact", "narrower", "broader", "conditional", "none"}


@cache
def read(path: Path) -> Graph:
    """A Turtle file as a graph."""
    return Graph().parse(path, format="turtle")


@cache
def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a crosswalk."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_type(path: Path, *types: URIRef) -> list[URIRef]:
    """The IRIs that a file gives one of the types, in order."""
    graph = read(path)
    found = {s for one in types for s in graph.subjects(RDF.type, one)}
    return sorted(s for s in found if isinstance(s, URIRef))


def classes() -> list[URIRef]:
    return of_type(ONTOLOGY / "whoholds.ttl", OWL.Class)


def properties() -> list[URIRef]:
    return of_type(ONTOLOGY / "whoholds.ttl", OWL.ObjectProperty, OWL.DatatypeProperty)


def concepts() -> list[URIRef]:
    return of_type(ONTOLOGY / "schemes.ttl", SKOS.Concept)


def schemes() -> list[URIRef]:
    return of_type(ONTOLOGY / "schemes.ttl", SKOS.ConceptScheme)


def scheme_of(concept: URIRef) -> URIRef:
    """The scheme that a concept's IRI stands under."""
    return URIRef(str(concept).rpartition("/")[0])


def short(iri: URIRef) -> str:
    """A readable name for a test's id: Claim, event-type/Capture."""
    return str(iri).removeprefix(str(WH)).removeprefix(BASE)


def assert_notes(graph: Graph, term: URIRef, notes: dict[URIRef, str]) -> None:
    """Each annotation stands once, in English, begins as it should and says something."""
    for annotation, start in notes.items():
        found = list(graph.objects(term, annotation))
        assert len(found) == 1, f"{short(term)} has {len(found)} of {annotation}; give it one"
        assert isinstance(found[0], Literal) and found[0].language == "en", (term, annotation)
        text = str(found[0])
        assert text.startswith(start) and len(text) > len(start), f"{short(term)}: {text!r}"


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: p.name)
def test_turtle_parses_and_imports_nothing(path: Path) -> None:
    graph = read(path)
    assert len(graph) > 0
    assert not list(graph.subject_objects(OWL.imports))


def test_ontology_says_what_it_is() -> None:
    graph, node = read(ONTOLOGY / "whoholds.ttl"), URIRef("https://w3id.org/whoholds/ns")
    assert (node, RDF.type, OWL.Ontology) in graph
    assert graph.value(node, OWL.versionInfo) == Literal("1.0.0")
    licence = graph.value(node, URIRef("http://purl.org/dc/terms/license"))
    assert licence == URIRef("https://creativecommons.org/licenses/by/4.0/")


def test_ontology_stays_small() -> None:
    assert len(classes()) <= 25
    assert len(properties()) <= 75


@pytest.mark.parametrize("term", [*classes(), *properties()], ids=short)
def test_term_is_explained(term: URIRef) -> None:
    graph = read(ONTOLOGY / "whoholds.ttl")
    assert term.startswith(WH)
    assert_notes(graph, term, TERM_NOTES)
    assert graph.value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/whoholds/ns")


@pytest.mark.parametrize("term", properties(), ids=short)
def test_property_says_what_it_joins(term: URIRef) -> None:
    graph = read(ONTOLOGY / "whoholds.ttl")
    domains = {
        *graph.objects(term, RDFS.domain),
        *graph.objects(term, namespace.SDO.domainIncludes),
    }
    ranges = {*graph.objects(term, RDFS.range), *graph.objects(term, namespace.SDO.rangeIncludes)}
    known = set(classes())
    assert domains and domains <= known
    assert ranges and {r for r in ranges if str(r).startswith(WH)} <= known
    for scheme in graph.objects(term, RDFS.seeAlso):
        assert scheme in schemes(), f"{short(term)} sees {scheme}, which is no scheme"
    assert (SKOS.Concept in ranges) == bool(list(graph.objects(term, RDFS.seeAlso)))


def test_term_hierarchy_stays_inside() -> None:
    graph, known = read(ONTOLOGY / "whoholds.ttl"), {*classes(), *properties(), RDF.Statement}
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term, above in graph.subject_objects(relation):
            assert above in known, f"{term} stands under {above}: that belongs in alignments/"


@pytest.mark.parametrize("scheme", schemes(), ids=short)
def test_scheme_has_a_version_and_concepts(scheme: URIRef) -> None:
    graph = read(ONTOLOGY / "schemes.ttl")
    assert graph.value(scheme, OWL.versionInfo) == Literal("1")
    assert graph.value(scheme, SKOS.prefLabel) and graph.value(scheme, SKOS.definition)
    tops = set(graph.objects(scheme, SKOS.hasTopConcept))
    assert tops and tops == set(graph.subjects(SKOS.topConceptOf, scheme))


@pytest.mark.parametrize("concept", concepts(), ids=short)
def test_concept_is_explained(concept: URIRef) -> None:
    graph, scheme = read(ONTOLOGY / "schemes.ttl"), scheme_of(concept)
    assert_notes(graph, concept, CONCEPT_NOTES)
    assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
    top = (concept, SKOS.topConceptOf, scheme) in graph
    assert top != bool(list(graph.objects(concept, SKOS.broader)))
    if scheme == URIRef(f"{BASE}event-type"):
        assert "Roles: " in str(graph.value(concept, SKOS.scopeNote))


def test_every_scheme_values_a_property() -> None:
    used = set(read(ONTOLOGY / "whoholds.ttl").objects(None, RDFS.seeAlso))
    assert used == set(schemes())


def test_actor_types_imply_a_class() -> None:
    graph = read(ONTOLOGY / "schemes.ttl")
    for concept in concepts():
        implied = list(graph.objects(concept, RDFS.seeAlso))
        is_actor_type = scheme_of(concept) == URIRef(f"{BASE}actor-type")
        assert len(implied) == int(is_actor_type), short(concept)
        assert set(implied) <= set(classes())


def test_collections_hold_event_types() -> None:
    graph = read(ONTOLOGY / "schemes.ttl")
    found = {short(c): set(graph.objects(c, SKOS.member)) for c in collections()}
    assert set(found) == {"event-type/Opening", "event-type/Closing", "event-type/Durative"}
    types = {c for c in concepts() if scheme_of(c) == URIRef(f"{BASE}event-type")}
    assert all(members and members <= types for members in found.values())


def collections() -> list[URIRef]:
    return of_type(ONTOLOGY / "schemes.ttl", SKOS.Collection)


def test_units_convert_and_are_printed_one_way() -> None:
    graph, printed = read(ONTOLOGY / "schemes.ttl"), dict[str, URIRef]()
    for unit in (c for c in concepts() if scheme_of(c) == URIRef(f"{BASE}unit")):
        factor = graph.value(unit, QUDT.conversionMultiplier)
        assert isinstance(factor, Literal) and factor.toPython() > 0, short(unit)
        base = graph.value(unit, SKOS.broader)
        assert (base is not None) == (factor.toPython() != 1)
        assert base is None or graph.value(base, SKOS.broader) is None
        for form in graph.objects(unit, SKOS.altLabel):
            other = printed.setdefault(str(form).casefold(), unit)
            assert other == unit, f"{form!r} is printed for {other} and {unit}"


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda p: p.stem)
def test_alignment_joins_our_terms_to_one_vocabulary(path: Path) -> None:
    graph, ours = read(path), {*classes(), *properties(), *concepts()}
    headers = of_type(path, OWL.Ontology)
    assert len(headers) == 1
    for subject, relation, target in graph:
        if subject in headers:
            continue
        assert subject in ours, f"{path.name}: {subject} is none of our terms"
        assert relation in MATCHES, f"{path.name}: {relation}"
        assert str(target).startswith(FOREIGN[path.stem]), f"{path.name}: {target}"


@pytest.mark.parametrize("name", ["geosparql", "owl-time", "prov", "schema-org"])
def test_aligned_terms_exist(name: str) -> None:
    vocabulary = {
        "geosparql": namespace.GEO,
        "owl-time": namespace.TIME,
        "prov": namespace.PROV,
        "schema-org": namespace.SDO,
    }[name]
    for target in set(read(ONTOLOGY / "alignments" / f"{name}.ttl").objects()):
        if str(target).startswith(FOREIGN[name]):
            assert str(target) in vocabulary, f"{name} has no {target}"


def test_every_alignment_is_there() -> None:
    assert {p.stem for p in ALIGNMENTS} == set(FOREIGN)


@pytest.mark.parametrize("path", CROSSWALKS, ids=lambda p: p.stem)
def test_crosswalk_rows_are_rules(path: Path) -> None:
    known = {short(c) for c in concepts()}
    assert list(rows(path)[0]) == COLUMNS
    for number, row in enumerate(rows(path), 2):
        where = f"{path.name}:{number}"
        assert row["concept"] in known, f"{where}: no concept {row['concept']!r}"
        assert row["equivalence"] in EQUIVALENCES, f"{where}: {row['equivalence']!r}"
        assert row["when"], f"{where}: a row says when it applies, or why there is no code"
        coded = bool(row["target_code"]), bool(row["target_label"])
        assert coded == (row["equivalence"] != "none",) * 2, where


@pytest.mark.parametrize("name", ["acled", "plover", "cameo", "ucdp"])
def test_crosswalk_covers_every_event_type(name: str) -> None:
    covered = {row["concept"] for row in rows(ONTOLOGY / "crosswalks" / f"{name}.csv")}
    assert {short(c) for c in concepts() if short(c).startswith("event-type/")} <= covered


def test_zones_of_control_cover_every_degree() -> None:
    found = rows(ONTOLOGY / "crosswalks" / "kalyvas.csv")
    assert {r["concept"] for r in found} == {
        short(c) for c in concepts() if short(c).startswith("degree/")
    }
    assert {r["target_code"] for r in found} - {""} == {"1", "2", "3", "4", "5"}
