"""What a release states about some things: gathered along links, then read by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.names import VOCABULARIES, WH, Names
from kg.store import UNION

Value = NamedNode | Literal

SELECTORS: Final = ("wh:span", "oa:hasSelector", "oa:hasStartSelector", "oa:hasEndSelector")
"""From a thing to the words it stands on."""
VOICES: Final = ("wh:voice", "wh:relayedBy")
"""From a claim to its voice, and outwards to the outlet."""
LABELS: Final = ("skos:prefLabel", "rdfs:label", "schema:headline", "dcterms:title")
ONTOLOGY: Final = WH.rstrip("#")


@cache
def property_of(curie: str) -> NamedNode:
    """The property of a curie: property_of("wh:place")"""
    prefix, _, local = curie.partition(":")
    return NamedNode(VOCABULARIES[prefix] + local)


class Facts:
    """Statements by subject and property; values are sorted, each once."""

    def __init__(self, quads: Iterable[Quad | Triple]) -> None:
        self._found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted({plain(q) for q in quads}, key=str):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Value):
                self._found[quad.subject.value][quad.predicate.value].append(quad.object)

    def properties(self, thing: str) -> dict[str, list[Value]]:
        """Everything stated about a thing."""
        return self._found.get(thing, {})

    def all(self, thing: str, curie: str) -> list[Value]:
        """The values of a property."""
        return self.properties(thing).get(property_of(curie).value, [])

    def texts(self, thing: str, curie: str) -> list[str]:
        """The values' IRIs and lexical forms."""
        return [value.value for value in self.all(thing, curie)]

    def one(self, thing: str, curie: str) -> str | None:
        """The first value's IRI or lexical form."""
        return next(iter(self.texts(thing, curie)), None)

    def things(self, curie: str) -> list[str]:
        """The things that have a property, sorted."""
        link = property_of(curie).value
        return sorted(thing for thing, stated in self._found.items() if link in stated)


def subjects_of(store: Store, curie: str, thing: str) -> list[str]:
    """What names a thing by a property, sorted."""
    quads = store.quads_for_pattern(None, property_of(curie), NamedNode(thing), UNION)
    return sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})


def plain(quad: Quad | Triple) -> Triple:
    """A statement without its graph."""
    return Triple(quad.subject, quad.predicate, quad.object)


def gather(store: Store, seeds: Iterable[str], follow: Iterable[str] = ()) -> list[Quad]:
    """Every quad about the seeds, and about what they lead to by the properties to follow."""
    links = {property_of(curie) for curie in follow}
    waiting = [NamedNode(seed) for seed in seeds]
    seen = set(waiting)
    found: list[Quad] = []
    while waiting:
        about = list(store.quads_for_pattern(waiting.pop(), None, None, UNION))
        found += about
        further = {q.object for q in about if q.predicate in links}
        new = {one for one in further if isinstance(one, NamedNode)} - seen
        seen |= new
        waiting += new
    return found


def exists(store: Store, iri: str) -> bool:
    """Whether the release says anything of a thing, or names it."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    patterns = ((node, None, None, UNION), (None, None, node, UNION))
    return any(next(iter(store.quads_for_pattern(*p)), None) for p in patterns) or (
        store.contains_named_graph(node)
    )


def used_prefixes(triples: Iterable[Triple], names: Names) -> dict[str, str]:
    """The prefixes that some triples need, so that a short description stays short."""
    terms = {term for t in triples for term in (t.subject, t.predicate, t.object)}
    nodes = {term.value for term in terms if isinstance(term, NamedNode)}
    typed = (term.datatype.value for term in terms if isinstance(term, Literal))
    datatypes = {one for one in typed if not one.lower().endswith("string")}
    return {
        prefix: iri
        for prefix, iri in sorted(names.prefixes().items())
        if any(node.startswith(iri) for node in nodes | datatypes)
    }
