"""The answer to a query from columns, where there is one."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from pyoxigraph import QuerySolutions, Store

from kg.sparql.columns.file import Columns
from kg.sparql.columns.groups import table_of_groups
from kg.sparql.columns.meaning import Engine, values
from kg.sparql.columns.recognise import recognise
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Query, Unrecognised
from kg.sparql.columns.where import constants, relation


def answer(columns: Columns, text: str, about: dict[str, Any]) -> QuerySolutions | None:
    """The solutions of a query that counts, or None where the engine is to answer.

    `about` is what the engine is told beside the query. Raises SyntaxError for what is no SPARQL.
    """
    from duckdb import Error

    query = recognise(text)
    if query is None:
        return None
    Store().query(text, **about)  # whether it is one is for the engine to say
    try:
        with columns.turn:
            return solutions(columns, query, Engine(query.prologue, about))
    except (Unrecognised, SyntaxError, Error):
        return None


def solutions(columns: Columns, query: Query, engine: Engine) -> QuerySolutions:
    """The solutions of a recognised query. Raises Unrecognised, SyntaxError or DuckDB's Error."""
    session = Session(columns, engine)
    with closing(session.database):
        session.learn(constants(query.where))
        found = relation(query.where, session)
        named = {*query.keys, *(a.name for a in query.aggregates.values() if a.name)}
        if not named <= found.bound.keys():
            raise Unrecognised
        table = table_of_groups(query, found, session)
    tests = " ".join(f"FILTER({test})" for test in query.having)
    groups = f"{{ {values(table.names, table.rows)} {table.then} {tests} }}"
    return engine.ask(f"SELECT {query.select} {groups} {query.after}")
