"""What terms mean, asked of the engine: each distinct term or tuple once, as a table in VALUES."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.sparql.columns.tree import PRIVATE, Expression, Unrecognised

ROW: Final = f"{PRIVATE}i"
IS: Final = "urn:row:"
MOST: Final = 200_000
"""How many distinct tuples are asked about at most; with more, the engine answers alone."""
Term: TypeAlias = str | None
"""A term as N-Triples spells it; None where there is none."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine without statements that knows the prefixes and base of a query."""

    prologue: str
    about: dict[str, Any]

    def ask(self, query: str) -> QuerySolutions:
        """The solutions of a query. Raises SyntaxError."""
        found = Store().query(f"{self.prologue}\n{query}", **self.about)
        if not isinstance(found, QuerySolutions):
            raise TypeError(query)
        return found

    def keep(
        self, test: Expression, names: Sequence[str], rows: Sequence[tuple[Term, ...]]
    ) -> list[int]:
        """The numbers of the rows that pass a FILTER."""
        table = _numbered(names, rows)
        found = self.ask(f"SELECT ?{ROW} {{ {table} FILTER({test.text}) }}")
        return [int(row[0].value) for row in found]

    def keep_of(self, test: Expression, name: str, store: Store) -> list[int]:
        """The numbers of the terms of a store of `listed` that pass a FILTER of one variable."""
        query = f"SELECT ?{ROW} {{ ?{ROW} <{IS}> ?{name} FILTER({test.text}) }}"
        found = store.query(f"{self.prologue}\n{query}", **self.about)
        return [int(row[0].value[len(IS) :]) for row in found]  # type: ignore[union-attr]

    def compute(
        self, what: Expression, names: Sequence[str], rows: Sequence[tuple[Term, ...]]
    ) -> list[Term]:
        """What an expression gives for each row: None where it is in error."""
        table = _numbered(names, rows)
        found = self.ask(f"SELECT ?{ROW} ({what.text} AS ?{PRIVATE}r) {{ {table} }}")
        results: list[Term] = [None] * len(rows)
        for row in found:
            results[int(row[0].value)] = None if row[1] is None else str(row[1])
        return results

    def ranked(self, terms: Sequence[str]) -> list[int]:
        """The numbers of the terms in the order that MIN, MAX and ORDER BY have."""
        table = _numbered([f"{PRIVATE}t"], [(term,) for term in terms])
        found = self.ask(f"SELECT ?{ROW} {{ {table} }} ORDER BY ?{PRIVATE}t")
        return [int(row[0].value) for row in found]

    def spelt(self, constants: Sequence[str]) -> list[Term]:
        """Constants of the query as the store spells them."""
        if not constants:
            return []
        names = [f"{PRIVATE}c{number}" for number in range(len(constants))]
        found = self.ask(f"SELECT * {{ {values(names, [constants])} }}")
        row = next(found)
        return [str(row[name]) for name in names]


def listed(terms: Iterable[str]) -> Store:
    """A store of terms, each said of its number."""
    store = Store()
    lines = (f"<{IS}{number}> <{IS}> {term} .\n" for number, term in enumerate(terms))
    store.bulk_load("".join(lines).encode(), format=RdfFormat.N_TRIPLES)
    return store


def _numbered(names: Sequence[str], rows: Sequence[tuple[Term, ...]]) -> str:
    return values([ROW, *names], ((str(i), *row) for i, row in enumerate(rows)))


def values(names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    """A table as SPARQL has it. Raises Unrecognised for a term that cannot be written there."""
    head = " ".join(f"?{name}" for name in names)
    return f"VALUES ({head}) {{ {' '.join(_lines(rows))} }}"


def _lines(rows: Iterable[Sequence[Term]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number >= MOST:
            raise Unrecognised
        yield f"({' '.join(_cell(term) for term in row)})"


def _cell(term: Term) -> str:
    if term is None:
        return "UNDEF"
    if term.startswith(("_:", "<<")):
        raise Unrecognised
    return term
