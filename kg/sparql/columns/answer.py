"""The answer to a query from columns, where there is one."""

from __future__ import annotations

from typing import Any, Final

from pyoxigraph import QuerySolutions, Store

from kg.sparql.columns.file import Columns
from kg.sparql.columns.groups import table_of_groups
from kg.sparql.columns.meaning import Engine, values
from kg.sparql.columns.recognise import recognise
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import PRIVATE, Query, Unrecognised
from kg.sparql.columns.where import constants, relation

CELLS: Final = 50_000
"""Terms of solutions that are given as they are, at most: of more the engine does so sooner."""


def answer(columns: Columns, text: str, about: dict[str, Any]) -> QuerySolutions | None:
    """The solutions of a query that is recognised, or None where the engine is to answer.

    `about` is what the engine is told beside the query. Raises SyntaxError for what is no SPARQL.
    """
    query = recognise(text)
    if query is None:
        return None
    Store().query(text, **about)  # whether it is one is for the engine to say
    try:
        with columns.turn:
            return solutions(columns, query, Engine(query.prologue, about))
    except (Unrecognised, SyntaxError):
        return None


def solutions(columns: Columns, query: Query, engine: Engine) -> QuerySolutions:
    """The solutions of a recognised query. Raises Unrecognised or SyntaxError."""
    session = Session(columns, engine)
    session.learn(constants(query.where))
    found = relation(query.where, session)
    table = _groups(query, found, session) if query.counts else _rows(query, found, session)
    return engine.ask(f"SELECT {query.select} {{ {table} }} {query.after}")


def _groups(query: Query, found: Relation, session: Session) -> str:
    """The groups of the solutions, as SPARQL has them."""
    named = {*query.keys, *(a.name for a in query.aggregates.values() if a.name)}
    if not named <= found.columns.keys():
        raise Unrecognised
    table = table_of_groups(query, found, session)
    tests = " ".join(f"FILTER({test})" for test in query.having)
    return f"{values(table.names, table.rows)} {table.then} {tests}"


def _rows(query: Query, found: Relation, session: Session) -> str:
    """The solutions as they are."""
    names = [name for name in found.columns if not name.startswith(PRIVATE)]
    if query.shown is not None:
        names = [name for name in names if name in query.shown]
    if found.rows * max(len(names), 1) > CELLS:
        raise Unrecognised
    rows = session.rows([found.columns[name] for name in names], found.rows)
    return values(names, rows)
