"""What the rules read: of all lines of a graph, those whose property some query names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store

from kg.names import Names

_NAMED: Final = re.compile(r"\b([a-z]+):([A-Za-z]\w*)")
_HEAD: Final = re.compile(r"^#.*$", re.MULTILINE)


@dataclass(slots=True)
class Premises:
    """A store of what some queries can ask for, in its default graph alone.

    Most of what is published (where words stand, what was mentioned) no rule reads; and that who
    says a thing is not its graph but its voice, so that no graph need be looked at. The store is
    small, and says nothing twice.
    """

    folder: Path
    names: Names
    queries: Iterable[str]
    store: Store = field(init=False)
    _asked: frozenset[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store(str(self.folder))
        self._asked = properties(self.queries, self.names)

    def add(self, lines: Iterable[bytes]) -> None:
        """Adds the triples, of lines of N-Quads, that the queries can ask for."""
        content = b"".join(self._triples(lines))
        self.store.bulk_load(content, format=RdfFormat.N_TRIPLES)

    def _triples(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            if line.split(b" ", 2)[1] in self._asked:
                yield line.rpartition(b" <")[0] + b" .\n"


def properties(queries: Iterable[str], names: Names) -> frozenset[bytes]:
    """The properties that queries name, as N-Triples have them, and some that are none.

    <https://w3id.org/whoholds/ns#place>, … of ?claim wh:place ?place
    """
    prefixes = names.prefixes()
    named = (found for query in queries for found in _NAMED.findall(_HEAD.sub("", query)))
    known = {f"<{prefixes[prefix]}{local}>" for prefix, local in named if prefix in prefixes}
    return frozenset(iri.encode() for iri in known | {f"<{prefixes['rdf']}type>"})
