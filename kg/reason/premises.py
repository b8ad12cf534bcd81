"""What the rules read: of all lines of a graph, those whose property some query names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Store, Triple

LOOSE: Final = 8
"""The share of its lines (an eighth) that a store takes on loosely before it is put in order."""

_NAMED: Final = re.compile(r"\b([a-z]+):([A-Za-z]\w*)")


@dataclass(slots=True)
class Premises:
    """A store of what some queries can ask for, in its default graph alone.

    Most of what is published (where words stand, what was mentioned) no rule reads; and that who
    says a thing is not its graph but its voice, so that no graph need be looked at. The store is
    small, and says nothing twice.
    """

    queries: Iterable[str]
    prefixes: dict[str, str]
    folder: Path | None = None
    """Where the store is on disk; without, it is in memory."""
    store: Store = field(init=False)
    _asked: frozenset[str] = field(init=False)
    _ordered: int = field(init=False, default=0)
    _loose: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.store = Store(str(self.folder)) if self.folder else Store()
        self._asked = properties(self.queries, self.prefixes)

    @property
    def room(self) -> Path | None:
        """Where there is room beside the store; none beside one in memory."""
        return self.folder.parent if self.folder else None

    def load(self, lines: Iterable[bytes]) -> None:
        """Adds what the queries can ask for of some lines of N-Quads."""
        self.store.bulk_load(b"".join(self._triples(lines)), format=RdfFormat.N_TRIPLES)

    def _triples(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        asked = {f"<{iri}>".encode() for iri in self._asked}
        for line in lines:
            if line.split(b" ", 2)[1] in asked:
                self._loose += 1
                yield line.rpartition(b" <")[0] + b" .\n"

    def extend(self, triples: Iterable[Triple]) -> None:
        """Adds what the queries can ask for of some triples."""
        asked = [t for t in triples if t.predicate.value in self._asked]
        self._loose += len(asked)
        self.store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in asked)

    def settle(self) -> None:
        """Puts in order what was added bit by bit, once it is much: look-ups then read less."""
        if self._loose * LOOSE > self._ordered:
            self.store.optimize()
            self._ordered, self._loose = self._ordered + self._loose, 0


def properties(queries: Iterable[str], prefixes: dict[str, str]) -> frozenset[str]:
    """The IRIs of the properties that queries name, and of some things that are none.

    https://w3id.org/whoholds/ns#place, … of ?claim wh:place ?place
    """
    bodies = (query[query.index("WHERE") :] for query in queries)
    named = (found for body in bodies for found in _NAMED.findall(body))
    known = (prefixes[prefix] + local for prefix, local in named if prefix in prefixes)
    return frozenset((*known, f"{prefixes['rdf']}type"))
