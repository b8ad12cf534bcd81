"""Link tables as quads: each row a judgement, and the positive ones stated, too.

Identity is skos:exactMatch or weaker, in a graph of its own, and never reasoned over.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.authority import Judgement
from kg.lift.authorities import add_judgement
from kg.lift.terms import Quads, decimal, term, words
from kg.links.table import NO_TERM, Row, Table
from kg.names import Names

NONE: Final = "none"
"""How the id of a judgement ends that a target has no record to be trusted."""


def lift_links(table: Table, names: Names) -> list[Quad]:
    """The quads of one table.

    place:aven skos:exactMatch <http://www.wikidata.org/entity/Q…> .
    judgement:link--place--aven--wikidata--Q… a wh:Judgement ; rdf:subject place:aven ;
        rdf:predicate skos:exactMatch ; wh:because "…"@en ;
        sssom:object_source <http://www.wikidata.org/entity/> .
    """
    quads = Quads(NamedNode(names.graph("links")))
    for row in table.rows:
        _lift_row(quads, row, table, names)
    return quads.found


def judgement_of(row: Row, table: Table, names: Names) -> NamedNode:
    """The node of a row's judgement."""
    kind, _, slug = row.subject.partition(":")
    number = NONE if row.object == NO_TERM else row.object.partition(":")[2]
    return NamedNode(names.iri("judgement", f"link--{kind}--{slug}--{table.target}--{number}"))


def subject_of(row: Row, names: Names) -> NamedNode:
    """The actor or place of a row."""
    kind, _, slug = row.subject.partition(":")
    return NamedNode(names.iri(kind, slug))


def _lift_row(quads: Quads, row: Row, table: Table, names: Names) -> None:
    subject, predicate = subject_of(row, names), term(row.predicate)
    node = judgement_of(row, table, names)
    found = term(NO_TERM) if row.verdict == "none" else NamedNode(table.expanded(row.object))
    judged = Judgement(row.by, row.on, "outside", row.because)
    add_judgement(quads, node, (subject, predicate, found), judged)
    quads.add(node, "sssom:confidence", decimal(row.confidence))
    quads.add(node, "sssom:object_source", NamedNode(table.prefixes[table.target]))
    if row.negated:
        quads.add(node, "sssom:predicate_modifier", words("Not"))
    elif row.verdict == "positive":
        quads.add(subject, row.predicate, found)
