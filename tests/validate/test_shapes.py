"""The shapes: a good graph conforms, each way to break it is reported by the shape made for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
import rdflib
from pyoxigraph import Quad, Store, Triple
from rdflib import OWL, RDF, RDFS, SH, SKOS
from rdflib.collection import Collection

from kg.lift.audit import SPACE as AUDIT
from kg.names import SCHEMES, WH
from kg.validate import Report, point, validate
from kg.validate.shapes import SHAPES, shapes_text
from kg.vocabulary import resource
from validate.good import ARTICLES, NAMES, derived, good_graph, lift, shared, source
from validate.mutations import MUTATIONS, ROLES

BATCHES = 14
CASES = [(shape, update) for shape, updates in MUTATIONS.items() for update in updates]


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes_text(), format="turtle")


@cache
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("whoholds.ttl", "schemes.ttl"):
        graph.parse(resource("ontology") / name)
    return graph


def named_shapes() -> Iterator[rdflib.URIRef]:
    """Every shape that can report something: it has a path, or constrains its node."""
    grouping = {RDF.type, SH.targetClass, SH.property}
    nodes = {node for node in shapes().subjects() if isinstance(node, rdflib.URIRef)}
    yield from sorted(node for node in nodes if set(shapes().predicates(node)) - grouping)


def mutated(*updates: str) -> list[Triple]:
    """The good graph after some updates."""
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in good_graph())
    for update in updates:
        store.update(update, prefixes=NAMES.prefixes())
    return [quad.triple for quad in store]


def reported(report: Report) -> set[str]:
    return {result.shape.removeprefix(SHAPES) for result in report.results}


@pytest.mark.parametrize("fast", [True, False])
def test_the_good_graph_conforms(*, fast: bool) -> None:
    report = validate(good_graph(), fast=fast)
    assert report.to_text() == "The graph conforms.\n"
    assert report.conforms


@pytest.mark.parametrize("slug", ARTICLES)
@pytest.mark.parametrize("fast", [True, False])
def test_each_article_conforms_alone(slug: str, *, fast: bool) -> None:
    assert validate(lift(slug), fast=fast) == Report()


def test_what_is_shared_conforms_alone() -> None:
    assert validate(shared()) == Report()


@pytest.mark.parametrize("fast", [True, False])
def test_what_is_derived_conforms_beside_the_claims(*, fast: bool) -> None:
    known = [triple for triple in good_graph() if triple.predicate.value == str(RDF.type)]
    found = [t for t in derived() if "/claim/" not in str(t.subject)]
    assert validate(found, fast=fast, context=known) == Report()
    assert reported(validate(found, fast=fast)) >= {"DerivedFromClaim", "Compares"}


def test_the_good_graph_uses_every_class_and_property_of_the_ontology() -> None:
    used = {
        term.value
        for t in good_graph()
        for term in (t.predicate, t.object)
        if hasattr(term, "value")
    }
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {str(s) for kind in kinds for s in ontology().subjects(RDF.type, kind)}
    assert {t for t in terms if t.startswith(WH)} - used == set()


def test_the_good_graph_has_an_event_of_every_type() -> None:
    types = {str(t.object) for t in good_graph() if t.predicate.value == f"{WH}eventType"}
    assert {f"<{SCHEMES}event-type/{name}>" for name in ROLES} == types
    assert types == {f"<{iri}>" for iri in concepts("event-type")}


def test_every_shape_has_a_mutation() -> None:
    assert {str(s).removeprefix(SHAPES) for s in named_shapes()} == set(MUTATIONS)


@pytest.mark.parametrize(
    ("shape", "update"), CASES, ids=[f"{s}-{n}" for n, (s, _) in enumerate(CASES)]
)
def test_a_mutation_is_reported_by_its_shape_alone(shape: str, update: str) -> None:
    triples = mutated(update)
    assert set(triples) != set(good_graph()), "the update changes nothing"
    report = validate(triples)
    assert reported(report) == {shape}, report.to_text()


@pytest.mark.parametrize("start", range(BATCHES))
def test_both_validators_give_one_report(start: int) -> None:
    """In batches, as pyshacl is slow, of mutations far enough apart not to hide one another."""
    batch = CASES[start::BATCHES]
    triples = mutated(*(update for _, update in batch))
    fast, reference = validate(triples), validate(triples, fast=False)
    assert fast.to_json() == reference.to_json()
    assert reported(fast) >= {shape for shape, _ in batch}


ODD = (
    '"a\\nb\\t\\"c\\"\\\\"',
    '"Ḥolt 🏰\u00a0\u0301"@ar-Latn',
    '"01"^^xsd:integer',
    '"1.50"^^xsd:decimal',
    '"1e400"^^xsd:double',
    '"NaN"^^xsd:decimal',
    '"2026-2-3"^^xsd:date',
    '"2026-03-01Z"^^xsd:date',
    '"maybe"^^xsd:boolean',
    '""',
    '"x"^^<https://example.org/kind>',
    "<https://example.org/a%20b?c=d#e>",
)


def odd(*values: str) -> list[Triple]:
    """The good graph with a claim that has these values, of every kind of property."""
    properties = ("wh:place", "wh:beginLatest", "wh:extent", "wh:degree", "wh:number", "wh:firing")
    stated = (
        f"claim:courant.orrin-held {name} {value} ." for name in properties for value in values
    )
    return mutated(f"INSERT DATA {{ {' '.join(stated)} }}")


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
def test_both_validators_spell_odd_values_alike() -> None:
    """All at once, as pyshacl is slow: nothing that is said of one alone is left out."""
    fast, reference = validate(odd(*ODD)), validate(odd(*ODD), fast=False)
    assert fast.to_json() == reference.to_json()
    for value in ODD:
        alone = validate(odd(value))
        assert not alone.conforms
        assert set(alone.results) <= set(fast.results)


def concepts(scheme: str) -> set[str]:
    """The IRIs of a scheme's concepts."""
    return {str(c) for c in ontology().subjects(SKOS.inScheme, rdflib.URIRef(f"{SCHEMES}{scheme}"))}


def listed(shape: str) -> set[str]:
    """The values that a shape allows."""
    members = shapes().value(rdflib.URIRef(SHAPES + shape), SH["in"])
    assert members is not None, shape
    return {str(member) for member in Collection(shapes(), members)}


WHOLE = {
    "ArticleBasis": "basis",
    "JudgedBasis": "basis",
    "SpanPart": "article-part",
    "Polarity": "polarity",
    "Completion": "completion",
    "Factuality": "factuality",
    "VoiceCertainty": "voice-certainty",
    "TimeBasis": "time-basis",
    "Degree": "degree",
    "Situation": "situation",
    "HoldKind": "hold-kind",
    "EventType": "event-type",
    "Mode": "mode",
    "Measure": "measure",
    "Bound": "bound",
    "SourceAlignment": "source-alignment",
    "PersonBasis": "publication-basis",
    "PlaceType": "place-type",
    "Effect": "effect",
    "EndReason": "end-reason",
    "DisagreementType": "disagreement-type",
}
OF_CLASS = {"PersonType": "Person", "OrganizationType": "Organization"}
OF_CLASS |= {"GovernmentType": "Government", "ArmedActorType": "ArmedActor"}
OTHER_LISTS = {"NormalisedUnit", "JudgedPredicate", "Firing", "Disputed", "Modifier", "SpanPurpose"}


@pytest.mark.parametrize(("shape", "scheme"), WHOLE.items())
def test_a_list_of_values_is_its_scheme(shape: str, scheme: str) -> None:
    assert listed(shape) == concepts(scheme)


@pytest.mark.parametrize(("shape", "kind"), OF_CLASS.items())
def test_the_types_of_a_class_are_those_that_imply_it(shape: str, kind: str) -> None:
    implying = ontology().subjects(RDFS.seeAlso, rdflib.URIRef(WH + kind))
    assert listed(shape) == {str(c) for c in implying} & concepts("actor-type")


def test_quantities_are_normalised_to_base_units() -> None:
    units = map(rdflib.URIRef, concepts("unit"))
    bases = {str(unit) for unit in units if (unit, SKOS.broader, None) not in ontology()}
    assert listed("NormalisedUnit") == bases


def test_no_list_of_values_is_left_out() -> None:
    lists = {str(s).removeprefix(SHAPES) for s in named_shapes() if (s, SH["in"], None) in shapes()}
    assert lists == {*WHOLE, *OF_CLASS, *OTHER_LISTS}


def test_values_within_conditions_are_concepts_too() -> None:
    known = {str(s) for s in ontology().subjects(SKOS.inScheme)}
    named = {
        str(o) for o in shapes().objects() if str(o).startswith(SCHEMES) and str(o) not in known
    }
    assert {iri for iri in named if not iri.startswith((WH, SHAPES, AUDIT))} == set()


def test_the_terms_that_shapes_name_are_the_ontologys() -> None:
    terms = {o for o in shapes().objects() if str(o).startswith(WH)}
    assert {str(t) for t in terms if (t, RDF.type, None) not in ontology()} == set()


def test_every_class_of_the_ontology_has_a_shape() -> None:
    classes = {str(c) for c in ontology().subjects(RDF.type, OWL.Class) if str(c).startswith(WH)}
    targets = {str(c) for c in shapes().objects(None, SH.targetClass)}
    assert classes - targets == set()


def test_shapes_need_no_sparql() -> None:
    assert "sh:sparql" not in shapes_text()
    assert "sh:select" not in shapes_text()


@pytest.mark.parametrize("shape", list(named_shapes()), ids=lambda s: s.removeprefix(SHAPES))
def test_a_message_tells_the_mapper_what_to_do(shape: rdflib.URIRef) -> None:
    (message,) = shapes().objects(shape, SH.message)
    assert isinstance(message, rdflib.Literal)
    assert message.language == "en"
    assert message.endswith(".")
    assert len(message) >= 20
    assert (shape, SH.severity, None) not in shapes()


def test_a_report_is_sorted_and_says_everything_once() -> None:
    triples = mutated(*(update for _, update in CASES[:40]))
    report = validate(triples)
    assert report == validate(reversed(triples))
    assert report == Report((*reversed(report.results), *report.results))
    lines = report.to_text().splitlines()
    assert lines[0] == f"The graph does not conform: {len(report.results)} results."
    assert len(lines) == len(report.results) + 1


def test_a_report_in_words_names_node_path_value_and_shape() -> None:
    report = validate(mutated(MUTATIONS["Degree"][0]))
    assert report.to_text().splitlines()[1] == (
        "claim:courant.orrin-held wh:degree: A degree of control is full, dominant, partial, "
        "presence or none: correct degree. Found degree:Total. [whs:Degree]"
    )


def test_a_report_in_words_shows_a_literal_as_it_reads() -> None:
    report = validate(mutated(MUTATIONS["Point"][1]))
    assert ' Found "POINT(51.5, -0.25)". [whs:Point]' in report.to_text()


def test_a_report_as_json() -> None:
    report = validate(mutated(MUTATIONS["ClaimVoice"][0]))
    found = json.loads(report.to_json())
    assert found["conforms"] is False
    assert found["results"][0]["focus"] == NAMES.iri("claim", "courant.holt-taken")
    assert found["results"][0]["shape"] == f"{SHAPES}ClaimVoice"


@pytest.mark.parametrize("cases", [[], CASES])
def test_a_report_as_rdf_has_no_blank_node(cases: list[tuple[str, str]]) -> None:
    report = validate(mutated(*(update for _, update in cases)))
    turtle = report.to_rdf("https://example.org/report")
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == len(report.results)
    assert set(graph.objects(None, SH.conforms)) == {rdflib.Literal(report.conforms)}
    for result in graph.subjects(RDF.type, SH.ValidationResult):
        assert len(set(graph.predicates(result))) >= 6
    assert turtle == report.to_rdf("https://example.org/report")


def broken(slug: str, old: str, new: str) -> tuple[Report, str]:
    """The report on an article whose mapping was changed, and the mapping."""
    assert source(slug).count(old) == 1
    toml = source(slug).replace(old, new)
    return validate(lift(slug, toml)), toml


def test_a_result_points_to_the_key() -> None:
    report, toml = broken("courant", 'situation  = "besieged"', 'situation  = "tense"')
    (finding,) = point(report, NAMES, {"courant": ("courant.toml", toml)})
    assert finding.path == "courant.toml"
    assert toml.splitlines()[finding.line - 1] == 'situation  = "tense"'
    assert str(finding).endswith(
        "claim 'orrin-held': The situation of a hold is uncontested, contested or besieged: "
        "correct situation. Found situation:Tense."
    )


def line_of(report: Report, toml: str) -> set[str]:
    found = point(report, NAMES, {"courant": ("courant.toml", toml)})
    return {toml.splitlines()[finding.line - 1] for finding in found}


def pointed(shape: str, number: int = 0) -> set[str]:
    """The lines that the findings of a mutation point to."""
    report = validate(mutated(MUTATIONS[shape][number]))
    assert reported(report) == {shape}
    return line_of(report, source("courant"))


@pytest.mark.parametrize(
    ("shape", "line"),
    [
        ("ArticleTitle", r"title +="),
        ("ArticlePublishedLatest", r"published +="),
        ("ArticleBasis", r"published +="),
        ("ArticleCoded", r"coded +="),
        ("ArticleOutlet", r"\[article\]"),
        ("VoiceChainArticle", r"\[voice\.office\]"),
        ("DirectText", r"words +="),
        ("Speaker", r"publisher +="),
        ("ClaimVoice", r'voice += "venn"'),
        ("Span", r'words += "a fable"'),
        ("TimeWords", r"when +="),
        ("BasisBecause", r"\[claim\.pell\]"),
        ("CaptureRoles", r"\[claim\.holt-taken\]"),
        ("NormalisedUnit", r"unit +="),
        ("PositionStart", r'words += "holds the toll-houses"'),
        ("RangeFirst", r'from += "Riders of the League"'),
        ("RefersTo", r"refers-to +="),
        ("OwnArticle", r"\[article\]"),
    ],
)
def test_a_mutation_points_to_its_line(shape: str, line: str) -> None:
    (found,) = pointed(shape)
    assert re.match(line, found), found


def test_what_no_mapping_says_keeps_its_iri() -> None:
    report = validate(mutated(MUTATIONS["PlaceType"][0], MUTATIONS["Disputed"][0]))
    found = point(report, NAMES, {"courant": ("courant.toml", source("courant"))})
    assert [(f.path.removeprefix(NAMES.base).split("/")[0], f.line) for f in found] == [
        ("period", 0),
        ("place", 0),
    ]


def test_a_position_that_is_not_recorded_points_to_the_article() -> None:
    report = validate(mutated(MUTATIONS["PositionStart"][0]))
    toml = re.sub(r"(?m)^(cue-)?at +=.*\n", "", source("courant"))
    assert line_of(report, toml) == {"[article]"}
