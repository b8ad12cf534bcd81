"""What a thing leads to in the current release, and what leads to it: look-ups along one property.

Pages look things up like this rather than by SPARQL: a look-up costs what it finds, however large
the release is, and no plan of a query can scan it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.store import UNION
from server.show.facts import property_of
from server.site import release


def objects(iri: str, curie: str) -> list[str]:
    """What a thing leads to by a property: IRIs, sorted, each once."""
    quads = release().store.quads_for_pattern(NamedNode(iri), property_of(curie), None, UNION)
    return sorted({q.object.value for q in quads if isinstance(q.object, NamedNode)})


def subjects(curie: str, iri: str, kind: str = "") -> list[str]:
    """What leads to a thing by a property: IRIs, sorted, each once; only of a kind if one is given.

    >>> subjects("wh:place", place, "claim")  # doctest: +SKIP
    ['https://example.org/valley/claim/aven.both-banks']
    """
    start = f"{release().names.base}{kind}/" if kind else ""
    quads = release().store.quads_for_pattern(None, property_of(curie), NamedNode(iri), UNION)
    found = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
    return sorted(one for one in found if one.startswith(start))


def value(iri: str, *curies: str) -> str:
    """The IRI or lexical form of a thing's first of some properties that it has; empty if none."""
    return next((found for curie in curies for found in _values(iri, curie)), "")


def _values(iri: str, curie: str) -> Iterator[str]:
    quads = release().store.quads_for_pattern(NamedNode(iri), property_of(curie), None, UNION)
    found = {str(getattr(quad.object, "value", "")) for quad in quads}
    yield from sorted(found)[:1]


def has(iri: str, curie: str) -> bool:
    """Whether a thing has any value of a property."""
    return any(release().store.quads_for_pattern(NamedNode(iri), property_of(curie), None, UNION))


def typed(iri: str, curie: str) -> bool:
    """Whether a thing is of a class."""
    pattern = NamedNode(iri), property_of("rdf:type"), property_of(curie), UNION
    return any(release().store.quads_for_pattern(*pattern))
