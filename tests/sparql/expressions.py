"""What a single expression is, asked as a query is."""

from __future__ import annotations

from pyoxigraph import Store

from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute

NAMES = Names("http://e/")


def value(expression, store=None, where=""):
    """What an expression is, where something is known; None for an error."""
    query = prepare(f"SELECT ({expression} AS ?value) {{ {where} }}", NAMES)
    found = next(execute(store or Store(), query, NAMES))["value"]
    return None if found is None else found.value
