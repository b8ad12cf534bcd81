"""Filling a query's holes: every service is asked by itself, with what is known before it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from pyoxigraph import QuerySolutions, Store

from kg.errors import ServiceError
from kg.sparql.engine import check_syntax, only_known
from kg.sparql.services.call import Call, fill
from kg.sparql.services.known import Solve, blocks, known_rows
from kg.sparql.services.values import no_solution, values
from kg.sparql.standard.expressions import say_expressions

SECONDS: Final = 10
"""Seconds for all services of a query together; never more than half of the query's own."""


def ask_services(
    query: str, calls: Sequence[Call], base: str, seconds: float, solve: Solve | None = None
) -> str:
    """A query of so many seconds, with the answers of its services in its holes.

    With `solve`, which asks our own graph, each is told what the query knows before it.
    Raises SyntaxError, before anybody is asked, for what is no SPARQL; QueryRefused for an answer
    that cannot be carried over; ServiceError for a failure that is not to be SILENT.
    """
    if not calls:
        return query
    whole = fill(query, [f"OPTIONAL {call.pattern}" for call in calls])  # allowed in the same place
    asked = [f"SELECT * WHERE {call.pattern}" for call in calls]
    with only_known():
        check_syntax(whole, base_iri=base)
        names = [_variables(f"BASE <{base}> {text}") for text in asked]
    patience = min(SECONDS, seconds / 2)
    answers = list[str]()
    for call, columns in zip(calls, names, strict=True):
        groups = _groups(call, columns, answers, base, solve)
        begin = time.monotonic()
        answers.append(_answer(call, groups, columns, base, begin + patience))
        patience -= time.monotonic() - begin
    return fill(query, answers)


def _variables(query: str) -> list[str]:
    """What a query's table has as columns. Raises SyntaxError."""
    found = Store().query(query)
    return [name.value for name in found.variables] if isinstance(found, QuerySolutions) else []


def _groups(
    call: Call, names: list[str], answers: Sequence[str], base: str, solve: Solve | None
) -> list[str]:
    """The groups that are asked for a call: its own, or that with blocks of what is known."""
    before = say_expressions(fill(call.before, answers))
    known = known_rows(before, names, base, solve) if solve and before.strip() else None
    return [call.pattern] if known is None else list(blocks(call.pattern, *known))


def _answer(call: Call, groups: Sequence[str], names: list[str], base: str, deadline: float) -> str:
    from kg.sparql.services.fetch import fetch

    queries = (f"BASE <{base}> SELECT * WHERE {group}" for group in groups)
    try:
        return values((fetch(call.address, q, deadline) for q in queries), names, call.address)
    except ServiceError:
        if not call.silent:
            raise
        return no_solution(names)
