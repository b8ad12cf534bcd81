"""Which graphs a query reads: those that its request names, else those that it names itself.

https://www.w3.org/TR/sparql11-protocol/#dataset
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from kg.errors import QueryRefused
from kg.sparql.tokens import Token


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs whose union is the default graph, and those that GRAPH reaches."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def dataset_of(found: list[Token], base: str) -> Dataset:
    """What FROM and FROM NAMED name, prefixes and base resolved; nothing if there is none."""
    default, named = list[str](), list[str]()
    for apart, iri in _named(found, base):
        (named if apart else default).append(iri)
    return Dataset(tuple(default), tuple(named))


def _named(found: list[Token], base: str) -> Iterator[tuple[bool, str]]:
    prefixes: dict[str, str] = {}
    for i, token in enumerate(found):
        after = [t.text for t in found[i + 1 : i + 4]] + ["", "", ""]
        if token.word == "BASE":
            base = urljoin(base, after[0].strip("<>"))
        elif token.word == "PREFIX":
            prefixes[after[0]] = urljoin(base, after[1].strip("<>"))
        elif token.word == "FROM":
            apart = after[0].upper() == "NAMED"
            yield apart, _resolved(after[1] if apart else after[0], base, prefixes)


def _resolved(named: str, base: str, prefixes: dict[str, str]) -> str:
    if named.startswith("<"):
        return urljoin(base, named.strip("<>"))
    prefix, colon, local = named.partition(":")
    return prefixes.get(prefix + colon, named) + re.sub(r"\\(.)", r"\1", local)


def refuse_unpublished(dataset: Dataset, published: frozenset[str]) -> None:
    """Raises QueryRefused for a graph that is not published here."""
    for graph in (*dataset.default, *dataset.named):
        if graph not in published:
            raise QueryRefused(
                f"<{graph}> is no graph of this release, and nothing is read from elsewhere."
            )
