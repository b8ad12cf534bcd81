"""What terms mean, asked of the engine: each distinct term or tuple once, as a table in VALUES."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import QuerySolutions, Store

from kg.sparql.columns.tree import PRIVATE, Expression, Unrecognised
from kg.sparql.table import Table, Term

ROW: Final = f"{PRIVATE}i"
MOST: Final = 200_000
"""How many distinct tuples are asked about at most; with more, the engine answers alone."""
_TIME: Final = re.compile(
    r'(Z|[+-][0-9]{2}:[0-9]{2})?"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:date|time|g[A-Z])'
)
_NUMBER: Final = re.compile(
    r'"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:(double|float)|integer|decimal)>$'
)


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

    def keep(self, test: Expression, table: Table) -> list[int]:
        """The numbers of the rows that pass a FILTER."""
        found = self.ask(f"SELECT ?{ROW} {{ {_numbered(table)} FILTER({test.text}) }}")
        return [int(row[0].value) for row in found]

    def compute(self, what: Expression, table: Table) -> list[Term]:
        """What an expression gives for each row: None where it is in error."""
        found = self.ask(f"SELECT ?{ROW} ({what.text} AS ?{PRIVATE}r) {{ {_numbered(table)} }}")
        results: list[Term] = [None] * table.rows
        for row in found:
            results[int(row[0].value)] = None if row[1] is None else str(row[1])
        return results

    def ranked(self, terms: Sequence[str]) -> list[int]:
        """The numbers of the terms in the order that MIN, MAX and ORDER BY have.

        Raises Unrecognised for terms of no whole order: sorting them may end the engine.
        """
        if not _have_order(terms):
            raise Unrecognised
        table = _numbered(Table([f"{PRIVATE}t"], [terms], len(terms)))
        found = self.ask(f"SELECT ?{ROW} {{ {table} }} ORDER BY ?{PRIVATE}t")
        return [int(row[0].value) for row in found]

    def spelt(self, constants: Sequence[str]) -> list[Term]:
        """Constants of the query as the store spells them."""
        if not constants:
            return []
        names = [f"{PRIVATE}c{number}" for number in range(len(constants))]
        table = Table(names, [[constant] for constant in constants], 1)
        found = self.ask(f"SELECT * {{ {values(table)} }}")
        row = next(found)
        return [str(row[name]) for name in names]


def _have_order(terms: Sequence[str]) -> bool:
    """Whether terms have a whole order.

    Days and times have none if some have a zone and some not, nor have numbers that are compared
    now as doubles, now exactly.
    """
    zoned = {bool(found[1]) for term in terms if (found := _TIME.search(term))}
    kinds = {found[1] or "exact" for term in terms if (found := _NUMBER.search(term))}
    return len(zoned) < 2 and len(kinds) < 2


def _numbered(table: Table) -> str:
    numbers = list(map(str, range(table.rows)))
    return values(Table([ROW, *table.names], [numbers, *table.columns], table.rows))


def values(table: Table) -> str:
    """A table as SPARQL has it. Raises Unrecognised for one that cannot be written there."""
    if table.rows > MOST:
        raise Unrecognised
    check_written(table)
    return table.values()


def check_written(table: Table) -> None:
    """Raises Unrecognised for terms that a table cannot hold: nodes without a name, RDF 1.2's."""
    for column in table.columns:
        lines = "\n".join(["", *filter(None, column)])
        if "\n_:" in lines or "\n<<" in lines:
            raise Unrecognised
