"""Looking things up in the store of a release: what is said of one thing, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.names import Names
from kg.runs import in_order
from kg.store import UNION

REMEMBERED: Final = 4_000
"""Of how many things what is said of them is kept: places, actors and articles come again."""

Term = NamedNode | BlankNode | Literal | Triple
Steps = tuple[str, ...]


class Facts:
    """What a store says, in the union of its graphs. In `room` there is place for many names."""

    def __init__(self, store: Store, names: Names, room: Path | None = None) -> None:
        self.store = store
        self.names = names
        self.room = room
        self._prefixes = names.prefixes()
        self.about = lru_cache(REMEMBERED)(self._about)
        self.path = lru_cache(None)(self._path)
        self._to = lru_cache(REMEMBERED)(self._from)

    def each(self, class_: str) -> Iterator[NamedNode]:
        """All things of a class, by IRI. However many there are, they take little memory."""
        type_, wanted = NamedNode(self.iri("rdf:type")), NamedNode(self.iri(class_))
        found = self.store.quads_for_pattern(None, type_, wanted, UNION)
        named = (q.subject.value for q in found if isinstance(q.subject, NamedNode))
        yield from map(NamedNode, in_order(named, self.room))

    def iri(self, name: str) -> str:
        """The IRI of a prefixed name: wh:place"""
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local

    def of(self, thing: Term, path: str) -> list[Term]:
        """The values at the end of a path (wh:voice/wh:speaker, ^wh:voice), each once, by IRI."""
        found = [thing]
        for step in self.path(path):
            values = [value for one in found for value in self._step(one, step)]
            found = list(dict.fromkeys(values)) if len(found) > 1 else values
        return sorted(found, key=written) if len(found) > 1 else found

    def first(self, thing: Term, path: str) -> Term | None:
        """The first of these values, or None."""
        return next(iter(self.of(thing, path)), None)

    def _step(self, thing: Term, step: str) -> Iterable[Term]:
        if not isinstance(thing, NamedNode):
            return ()
        if step.startswith("^"):
            return self._to(thing, step[1:])
        return self.about(thing).get(step, ())

    def _path(self, path: str) -> Steps:
        steps = path.split("/") if path else []
        return tuple("^" * s.startswith("^") + self.iri(s.removeprefix("^")) for s in steps)

    def _about(self, thing: NamedNode) -> dict[str, dict[Term, None]]:
        found: dict[str, dict[Term, None]] = {}
        for quad in self.store.quads_for_pattern(thing, None, None, UNION):
            found.setdefault(quad.predicate.value, {})[quad.object] = None
        return found

    def _from(self, thing: NamedNode, property_: str) -> list[Term]:
        quads = self.store.quads_for_pattern(None, NamedNode(property_), thing, UNION)
        return list(dict.fromkeys(quad.subject for quad in quads))


def written(term: Term) -> str:
    """A term's IRI or words."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
