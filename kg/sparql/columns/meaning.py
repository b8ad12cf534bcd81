"""What terms mean, asked of the engine: each distinct term or tuple once, as a table in VALUES."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import QuerySolutions, Store

from kg.sparql.columns.tree import PRIVATE, Expression, Unrecognised
from kg.sparql.engine import Found, ask_engine
from kg.sparql.table import Table, Term
from kg.sparql.template import filled

ROW: Final = f"{PRIVATE}i"
MOST: Final = 200_000
"""How many distinct tuples are asked about at most; with more, the engine answers alone."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine without statements that knows the prefixes and base of a query."""

    prologue: str
    about: dict[str, Any]
    terms: Mapping[str, str] = field(default_factory=dict)
    """What stands in the holes of the query, if it was read with some."""

    def filled(self, text: str) -> str:
        """A piece of the query as it was sent."""
        return filled(text, self.terms)

    def query(self, query: str) -> Found:
        """The result of a query. Raises SyntaxError."""
        return ask_engine(Store(), f"{self.prologue}\n{query}", **self.about)

    def ask(self, query: str) -> QuerySolutions:
        """The solutions of a SELECT. Raises SyntaxError."""
        found = self.query(query)
        if not isinstance(found, QuerySolutions):
            raise TypeError(query)
        return found

    def keep(self, test: Expression, table: Table) -> list[int]:
        """The numbers of the rows that pass a FILTER."""
        passes = f"FILTER({self.filled(test.text)})"
        found = self.ask(f"SELECT ?{ROW} {{ {_numbered(table)} {passes} }}")
        return [int(row[0].value) for row in found]

    def compute(self, what: Expression, table: Table) -> list[Term]:
        """What an expression gives for each row: None where it is in error."""
        computed = f"({self.filled(what.text)} AS ?{PRIVATE}r)"
        found = self.ask(f"SELECT ?{ROW} {computed} {{ {_numbered(table)} }}")
        results: list[Term] = [None] * table.rows
        for row in found:
            results[int(row[0].value)] = None if row[1] is None else str(row[1])
        return results

    def spelt(self, constants: Sequence[str]) -> list[Term]:
        """Constants of the query as the store spells them."""
        if not constants:
            return []
        names = [f"{PRIVATE}c{number}" for number in range(len(constants))]
        table = Table(names, [[constant] for constant in constants], 1)
        found = self.ask(f"SELECT * {{ {values(table)} }}")
        row = next(found)
        return [str(row[name]) for name in names]


def _numbered(table: Table) -> str:
    numbers = list(map(str, range(table.rows)))
    return values(Table([ROW, *table.names], [numbers, *table.columns], table.rows))


def values(table: Table) -> str:
    """A table as SPARQL has it. Raises Unrecognised for one that cannot be written there."""
    if table.rows > MOST:
        raise Unrecognised
    check_written(table)
    return table.values()


def check_written(table: Table, *, nodes: bool = False) -> None:
    """Raises Unrecognised for terms that a table cannot hold: RDF 1.2's, and nodes without a name.

    Whoever only shows it may have such `nodes`; VALUES cannot.
    """
    for column in table.columns:
        lines = "\n".join(["", *filter(None, column)])
        if "\n<<" in lines or ("\n_:" in lines and not nodes):
            raise Unrecognised
