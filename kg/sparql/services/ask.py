"""Filling a query's holes: every service is asked by itself, with nothing known of the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from pyoxigraph import QuerySolutions, Store

from kg.errors import ServiceError
from kg.sparql.functions import only_known
from kg.sparql.services.call import Call, fill
from kg.sparql.services.values import no_solution, values

SECONDS: Final = 10
"""Seconds for all services of a query together; never more than half of the query's own."""


def ask_services(query: str, calls: Sequence[Call], base: str, seconds: float) -> str:
    """A query of so many seconds, with the answers of its services in its holes.

    Raises SyntaxError, before anybody is asked, for what is no SPARQL; QueryRefused for an answer
    that cannot be carried over; ServiceError for a failure that is not to be SILENT.
    """
    if not calls:
        return query
    whole = fill(query, [f"OPTIONAL {call.pattern}" for call in calls])  # allowed in the same place
    asked = [f"BASE <{base}> SELECT * WHERE {call.pattern}" for call in calls]
    with only_known():
        Store().query(whole, base_iri=base)
        names = [_variables(text) for text in asked]
    deadline = time.monotonic() + min(SECONDS, seconds / 2)
    answers = [_answer(*one, deadline) for one in zip(calls, asked, names, strict=True)]
    return fill(query, answers)


def _variables(query: str) -> list[str]:
    """What a query's table has as columns. Raises SyntaxError."""
    found = Store().query(query)
    return [name.value for name in found.variables] if isinstance(found, QuerySolutions) else []


def _answer(call: Call, query: str, names: list[str], deadline: float) -> str:
    from kg.sparql.services.fetch import fetch

    try:
        return values(fetch(call.address, query, deadline), names, call.address)
    except ServiceError:
        if not call.silent:
            raise
        return no_solution(names)
