"""The audit of links as quads: what was measured of each link, and what is said of everyone.

A graph that is validated and thrown away, with terms of its own; no release has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.lift.links import judgement_of, subject_of
from kg.lift.terms import Quads, Term, decimal, words
from kg.links.assess import Assessment, Coverage
from kg.links.table import CLOSE, EXACT, SAME
from kg.names import Names

AUDIT: Final = "audit"
"""The kind of the nodes of the graph, and its name."""
SPACE: Final = "https://w3id.org/whoholds/audit#"
"""What the terms of the graph begin with: shapes/links.ttl tells what they are."""


def lift_audit(
    assessments: Iterable[Assessment], coverage: Iterable[Coverage], names: Names
) -> list[Quad]:
    """The quads of an audit.

    <…/audit/link--place--aven--almanac--2> a audit:ExactLink, audit:SeenLink ;
        audit:judgement judgement:link--place--aven--almanac--2 ; audit:record <…/almanac/2> ;
        audit:label 1.0 ; audit:type 0.8 ; audit:kilometres 3.4 ; audit:source "Almanac" .
    <…/audit/place--aven--almanac> a audit:Coverage ; audit:exact <…/almanac/2> ;
        audit:settledBy judgement:link--place--aven--almanac--2 .
    """
    quads = Quads(NamedNode(names.graph(AUDIT)))
    for assessment in assessments:
        _lift_assessment(quads, assessment, names)
    for covered in coverage:
        _lift_coverage(quads, covered, names)
    return quads.found


def assessment_of(assessment: Assessment, names: Names) -> NamedNode:
    """The node of an assessment."""
    judgement = judgement_of(assessment.row, assessment.table, names).value
    return NamedNode(names.iri(AUDIT, judgement.rpartition("/")[2]))


def coverage_of(covered: Coverage, names: Names) -> NamedNode:
    """The node of what is said of an actor or place with regard to a target."""
    subject = covered.subject
    return NamedNode(names.iri(AUDIT, f"{subject.kind}--{subject.slug}--{covered.table.target}"))


def _lift_assessment(quads: Quads, found: Assessment, names: Names) -> None:
    node, row = assessment_of(found, names), found.row
    strength = {EXACT: "ExactLink", CLOSE: "CloseLink"}.get(row.predicate, "RelatedLink")
    quads.add(node, "rdf:type", _term(strength))
    if row.predicate == EXACT:
        kind = "SeenLink" if found.seen else "MatchedLink" if found.matched else "CarriedLink"
        quads.add(node, "rdf:type", _term(kind))
    if row.predicate in SAME:
        record = NamedNode(found.table.expanded(row.object))
        quads.add(record, "rdf:type", _term("Record"))
        _state(quads, node, "record", record)
    _state(quads, node, "judgement", judgement_of(row, found.table, names))
    _state(quads, node, "subject", subject_of(row, names))
    quads.add(node, "sssom:confidence", decimal(row.confidence))
    _state(quads, node, "label", decimal(found.label))
    _state(quads, node, "type", *_measured(found.type))
    _state(quads, node, "kilometres", *_measured(found.kilometres))
    _state(quads, node, "source", *map(words, found.sources))
    _state(quads, node, "conflict", *map(words, found.conflicts))


def _lift_coverage(quads: Quads, covered: Coverage, names: Names) -> None:
    node, table = coverage_of(covered, names), covered.table
    quads.add(node, "rdf:type", _term("Coverage"))
    settled = (judgement_of(row, table, names) for row in covered.settled)
    _state(quads, node, "settledBy", *settled)
    exact = (NamedNode(table.expanded(row.object)) for row in covered.exact)
    _state(quads, node, "exact", *exact)


def _term(name: str) -> NamedNode:
    return NamedNode(SPACE + name)


def _state(quads: Quads, node: NamedNode, name: str, *objects: Term) -> None:
    quads.found += [Quad(node, _term(name), value, quads.graph) for value in objects]


def _measured(number: float | None) -> tuple[Literal, ...]:
    return () if number is None else (decimal(round(number, 4)),)
