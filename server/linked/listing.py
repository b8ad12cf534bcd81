"""What a page states as RDF: of itself, of what it lists, and the names of all that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.lift.terms import term, words
from kg.store import UNION
from server.linked.description import labels
from server.paging import Paged
from server.show.facts import plain
from server.site import release

Value = NamedNode | Literal


def here(path: str) -> NamedNode:
    """The IRI of a page: where the release is published, whatever host this is."""
    return NamedNode(release().names.base + path)


def state(subject: NamedNode, **said: Value | Sequence[Value] | None) -> Iterator[Triple]:
    """Statements of one thing: state(page, dcterms_title=words("Limits", "en"))"""
    for name, given in said.items():
        values = given if isinstance(given, Sequence) else [given] if given is not None else []
        predicate = term(name.replace("_", ":", 1))
        yield from (Triple(subject, predicate, value) for value in values)


def about_page(page: NamedNode, kind: str, title: str) -> Iterator[Triple]:
    """Of what kind a page is, what it is called, and which release it shows.

    <…/limits> a schema:WebPage ; dcterms:title "Limits"@en ; dcterms:isPartOf <…/release/…> .
    """
    yield from state(
        page,
        rdf_type=term(kind),
        dcterms_title=words(title, "en"),
        dcterms_isPartOf=NamedNode(release().names.release(release().digest)),
    )


def about_list(page: NamedNode, part: Paged[NamedNode]) -> Iterator[Triple]:
    """What a page of a list has, and how many there are in all.

    <…/article> schema:hasPart <…/article/aven> ; schema:numberOfItems 5 .
    """
    yield from state(page, schema_hasPart=part.found, schema_numberOfItems=Literal(part.total))


def stated(things: Iterable[NamedNode], *curies: str) -> Iterator[Triple]:
    """What the release states of some things by some properties."""
    for thing in things:
        for curie in curies:
            quads = release().store.quads_for_pattern(thing, term(curie), None, UNION)
            yield from sorted(map(plain, quads), key=str)


def with_labels(triples: Iterable[Triple]) -> list[Triple]:
    """Statements, followed by the names of what they name."""
    found = list(dict.fromkeys(triples))
    nodes = {end for t in found for end in (t.subject, t.object) if isinstance(end, NamedNode)}
    named = sorted(set(labels(release().store, nodes)) - set(found), key=str)
    return [*found, *named]
