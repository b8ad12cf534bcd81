"""What a query names: the constants of its patterns and tables, and those it compares with."""

from __future__ import annotations

from collections.abc import Iterator

from kg.sparql.columns.conjuncts import Compared, conjuncts
from kg.sparql.columns.tree import Constant, Filter, Graph, Group, Query, Subquery, Triple, Values


def constants(query: Query) -> Iterator[str]:
    """All constants of a query's patterns and tables, and those that filters compare with."""
    for element in Group((Subquery(query),)).within():
        if isinstance(element, Triple):
            yield from element.constants
        elif isinstance(element, Graph) and isinstance(element.graph, Constant):
            yield element.graph.text
        elif isinstance(element, Values):
            yield from _terms(element)
        elif isinstance(element, Subquery) and element.query.values:
            yield from _terms(element.query.values)
        elif isinstance(element, Filter):
            known = conjuncts(element.expression.text)
            yield from (one.constant for one in known if isinstance(one, Compared))


def _terms(table: Values) -> Iterator[str]:
    return (term.text for row in table.rows for term in row if term)
