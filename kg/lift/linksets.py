"""The positive links of a table as a VoID linkset: SKOS statements, and what they are. Pure.

https://www.w3.org/TR/void/#linkset
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.lift.links import subject_of
from kg.lift.terms import term, words
from kg.links.table import Table
from kg.names import Names


def linkset(table: Table, names: Names, licence: str = "") -> Iterator[Triple]:
    """A linkset for each predicate, then its links; never owl:sameAs, and no negative row.

    <…/linkset/almanac--exactMatch> a void:Linkset ; void:linkPredicate skos:exactMatch ;
        void:subjectsTarget <…> ; void:objectsTarget <…/target/almanac> ; void:triples 2 .
    place:aven skos:exactMatch <https://example.org/almanac/2> .
    """
    rows = [row for row in table.rows if row.verdict == "positive"]
    target = NamedNode(f"{names.base}target/{table.target}")
    yield Triple(target, term("rdf:type"), term("void:Dataset"))
    yield Triple(target, term("void:uriSpace"), words(table.prefixes[table.target]))
    for predicate, count in sorted(Counter(row.predicate for row in rows).items()):
        local = f"{table.target}--{predicate.partition(':')[2]}"
        node = NamedNode(f"{names.base}linkset/{local}")
        yield Triple(node, term("rdf:type"), term("void:Linkset"))
        yield Triple(node, term("void:linkPredicate"), term(predicate))
        yield Triple(node, term("void:subjectsTarget"), NamedNode(names.base))
        yield Triple(node, term("void:objectsTarget"), target)
        yield Triple(node, term("void:triples"), Literal(count))
        if licence:
            yield Triple(node, term("dcterms:license"), NamedNode(licence))
    for row in rows:
        found = NamedNode(table.expanded(row.object))
        yield Triple(subject_of(row, names), term(row.predicate), found)
