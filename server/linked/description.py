"""What is served as data for one IRI: what is stated of it, then what names it, in pages.

A page's size is bounded whatever the thing is; its order is the same for as long as the release is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple

from kg.store import UNION
from server.show.facts import LABELS, ONTOLOGY, SELECTORS, gather, plain, property_of, subjects_of

MOST: Final = 2_000
"""Triples of a page at most, the labels of what it names included."""
STATEMENTS: Final = 1_000
"""Statements of a page."""

_NAMING: Final = """SELECT DISTINCT ?thing ?link WHERE {{
  ?thing ?link {node} FILTER(?thing != {node})
}} LIMIT {limit} OFFSET {offset}"""
"""In the store's order, that of its keys, which are the terms' hashes: to sort them anew for each
page takes ten times as long, and a release's store never changes."""
_COUNTED: Final = """SELECT (COUNT(*) AS ?count) WHERE {{
  SELECT DISTINCT ?thing ?link WHERE {{ ?thing ?link {node} FILTER(?thing != {node}) }}
}}"""


@dataclass(frozen=True, slots=True)
class Description:
    """One page of what is served for an IRI, and how many statements and pages there are."""

    triples: list[Triple]
    page: int
    pages: int
    total: int


def describe(store: Store, iri: str, page: int = 1) -> Description | None:
    """The triples served for one IRI; None where it has no such page.

    Its own statements and its words', then those that name it, each page with the labels of what
    stands on it. Of a graph of which nothing is stated, its statements. The vocabulary is whole.

    claim:aven.bridge-taken a wh:EventClaim ; wh:span span:aven.41-61 ; wh:place place:aven-bridge .
    span:aven.41-61--quote oa:exact "took the Aven bridge"@en .
    place:aven-bridge skos:prefLabel "Aven bridge"@en .
    """
    own = _own(store, iri)
    if iri == ONTOLOGY:
        return Description(_labelled(store, own, len(own) * 2), 1, 1, len(own))
    total = len(own) + _count(store, iri)
    pages = max(1, -(-total // STATEMENTS))
    if not 1 <= page <= pages:
        return None
    start = (page - 1) * STATEMENTS
    shown = own[start : start + STATEMENTS]
    if len(shown) < STATEMENTS:
        shown += _naming(store, iri, STATEMENTS - len(shown), max(0, start - len(own)))
    about = list(_about(iri, page, pages, total)) if pages > 1 else []
    return Description(_labelled(store, shown, MOST - len(about)) + about, page, pages, total)


def _own(store: Store, iri: str) -> list[Triple]:
    """What is stated of a thing, then of its words and its geometry."""
    node = NamedNode(iri)
    triples = {
        plain(q) for q in gather(store, subjects(store, iri), (*SELECTORS, "geo:hasGeometry"))
    }
    if not triples and not any(store.quads_for_pattern(None, None, node, UNION)):
        triples = {plain(quad) for quad in store.quads_for_pattern(None, None, None, node)}
    return sorted(triples, key=lambda t: (t.subject != node, str(t)))


def subjects(store: Store, iri: str) -> list[str]:
    """What is described at an address: the thing; all terms, whose IRIs are its fragments."""
    return [iri, *subjects_of(store, "rdfs:isDefinedBy", iri)] if iri == ONTOLOGY else [iri]


def _count(store: Store, iri: str) -> int:
    found = _select(store, _COUNTED.format(node=NamedNode(iri)))
    return next(int(row["count"].value) for row in found)


def _naming(store: Store, iri: str, limit: int, offset: int) -> list[Triple]:
    """A stretch of the statements that name a thing, sorted among themselves."""
    node = NamedNode(iri)
    rows = _select(store, _NAMING.format(node=node, limit=limit, offset=offset))
    return sorted((Triple(row["thing"], row["link"], node) for row in rows), key=str)


def _select(store: Store, query: str) -> QuerySolutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)  # noqa: S101 both queries are SELECT
    return found


def _labelled(store: Store, statements: list[Triple], most: int) -> list[Triple]:
    """Some statements with the labels of what they name, as far as there is room."""
    named = sorted(set(labels(store, _nodes(statements))) - set(statements), key=str)
    return [*statements, *named[: max(0, most - len(statements))]]


def _nodes(statements: Iterable[Triple]) -> set[NamedNode]:
    ends = {end for t in statements for end in (t.subject, t.object)}
    return {end for end in ends if isinstance(end, NamedNode)}


def labels(store: Store, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
    """The names of some things, in all languages."""
    for node in nodes:
        for curie in LABELS:
            for quad in store.quads_for_pattern(node, property_of(curie), None, UNION):
                yield plain(quad)


def _about(iri: str, page: int, pages: int, total: int) -> Iterator[Triple]:
    """What a page says of itself, for readers of triples alone: how many there are, what is next.

    <…/place/aven?page=1>
        dcterms:title "Page 1 of 6 about …/place/aven: 5,012 statements in all"@en ;
        schema:numberOfItems 5012 ; schema:position 1 ; rdfs:seeAlso <…/place/aven?page=2> .
    """
    node = NamedNode(f"{iri}?page={page}")
    title = f"Page {page} of {pages} about {iri}: {total:,} statements in all"
    yield Triple(node, property_of("dcterms:title"), Literal(title, language="en"))
    yield Triple(node, property_of("schema:numberOfItems"), Literal(total))
    yield Triple(node, property_of("schema:position"), Literal(page))
    if page < pages:
        yield Triple(node, property_of("rdfs:seeAlso"), NamedNode(f"{iri}?page={page + 1}"))
