"""What a withdrawal reaches: the thing, and everything that stands only because of it.

A claim goes with its voice, and with whoever or whatever it names in a role: without them it would
say something else than its source did. A voice goes with its speaker, and with the voice that
relays it. What merely points to the thing (a denial that also says more, the event that a claim
is about) loses the pointer and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from kg.lift.authorities import GEOMETRY
from kg.lift.retired import GRAPH
from kg.lift.terms import term
from kg.names import Names
from kg.store import UNION

CARRYING: Final = frozenset(
    term(curie)
    for curie in (
        *("wh:inArticle", "oa:hasSource", "wh:voice", "wh:relayedBy", "wh:speaker", "wh:refersTo"),
        *("wh:gainedBy", "wh:lostBy", "wh:agent", "wh:affected", "wh:supportedBy", "wh:controller"),
        *("wh:place", "wh:departure", "wh:destination", "wh:onCondition", "wh:timeAnchor"),
        *("rdf:subject", "rdf:object"),
    )
)
"""What has lost the value of such a property no longer stands."""
REPLIES: Final = (term("wh:denies"), term("wh:corrects"))

_TYPE: Final = term("rdf:type")
_SPEAKER: Final = term("wh:speaker")
_OUTLET: Final = term("wh:OutletVoice")
_SAYING: Final = tuple(map(term, ("wh:EventClaim", "wh:ControlClaim", "wh:QuantityClaim")))


@dataclass(slots=True)
class Reach:
    """What goes from one release, found step by step from the thing itself."""

    store: Store
    names: Names
    gone: set[NamedNode] = field(default_factory=set)
    _waiting: list[NamedNode] = field(default_factory=list)

    def of(self, iri: str) -> frozenset[NamedNode]:
        """Everything that goes with a thing, itself included."""
        self._add(NamedNode(iri))
        while self._waiting:
            node = self._waiting.pop()
            for found in [*self._carried(node), *self._left(node)]:
                self._add(found)
        return frozenset(self.gone)

    def _add(self, node: NamedNode) -> None:
        if node not in self.gone:
            self.gone.add(node)
            self._waiting.append(node)

    def _carried(self, node: NamedNode) -> Iterator[NamedNode]:
        """What stands only with a node that goes."""
        for quad in self._naming(node):
            subject = quad.subject
            if isinstance(subject, NamedNode) and (
                (quad.predicate in CARRYING and not self._is_outlet(quad))
                or (quad.predicate in REPLIES and self._is_bare(subject))
            ):
                yield subject

    def _is_outlet(self, quad: Quad) -> bool:
        """Whether it only names the publisher whose voice an article's own is."""
        return quad.predicate == _SPEAKER and self._has(quad.subject, _TYPE, _OUTLET)

    def _is_bare(self, claim: NamedNode) -> bool:
        """Whether a claim says no more than that it denies or corrects what goes."""
        says = any(self._has(claim, _TYPE, kind) for kind in _SAYING)
        return not says and not any(
            quad.object not in self.gone
            for link in REPLIES
            for quad in self.store.quads_for_pattern(claim, link, None, UNION)
        )

    def _left(self, node: NamedNode) -> Iterator[NamedNode]:
        """Parts and words that nothing else names."""
        for quad in self.store.quads_for_pattern(node, None, None, UNION):
            part = quad.object
            if (
                isinstance(part, NamedNode)
                and self._is_part(part)
                and all(q.subject in self.gone for q in self._naming(part))
            ):
                yield part

    def _is_part(self, node: NamedNode) -> bool:
        """Whether it is a span, a selector, a geometry, or an actor or place of one article."""
        kind, local = self.names.split(node.value) or ("", "")
        own = "." in local or local.endswith(GEOMETRY)
        return kind == "span" or (kind in ("actor", "place") and own)

    def _naming(self, node: NamedNode) -> Iterator[Quad]:
        """What is stated, not derived, with this node as its object."""
        for quad in self.store.quads_for_pattern(None, None, node, None):
            if is_stated(str(quad.graph_name)[1:-1], self.names):
                yield quad

    def _has(self, subject: object, predicate: NamedNode, value: NamedNode) -> bool:
        found = self.store.quads_for_pattern(subject, predicate, value, UNION)  # type: ignore[arg-type]
        return next(iter(found), None) is not None


def is_stated(graph: str, names: Names) -> bool:
    """Whether a graph holds what people stated: neither derived, nor about the release itself."""
    prefix = names.graph("")
    apart = ("derived/", "metadata", GRAPH)
    return graph.startswith(prefix) and not graph.removeprefix(prefix).startswith(apart)


def stands_in(store: Store, names: Names, iri: str) -> bool:
    """Whether a release states anything of a thing, or names it."""
    node = NamedNode(iri)
    return any(
        is_stated(str(quad.graph_name)[1:-1], names)
        for pattern in ((node, None, None, None), (None, None, node, None))
        for quad in store.quads_for_pattern(*pattern)
    )
