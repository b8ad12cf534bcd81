"""The answer to a query from columns, where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from pyoxigraph import QuerySolutions, Store

from kg.sparql.columns.choices import learn
from kg.sparql.columns.file import Columns
from kg.sparql.columns.groups import grouped
from kg.sparql.columns.meaning import Engine, check_written, values
from kg.sparql.columns.ordered import ordered
from kg.sparql.columns.recognise import is_plain, recognise
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import PRIVATE, Query, Unrecognised
from kg.sparql.columns.where import constants, relation
from kg.sparql.table import Table
from kg.sparql.tokens import Token

Found: TypeAlias = QuerySolutions | Table
CELLS: Final = 50_000
"""Terms of solutions that are given as they are, at most: of more the engine does so sooner."""
SHORT: Final = 2**16
"""Bytes of the terms of each variable of a query that takes a moment."""
LONGEST: Final = 4_096
"""Characters of a query that takes a moment, its names spelt out."""


def answer(
    columns: Columns, text: str, about: dict[str, Any], tokens: Sequence[Token] = ()
) -> Found | None:
    """The solutions of a query that is recognised, or None where the engine is to answer.

    `about` is what the engine is told beside the query; its tokens may be known already.
    What is no SPARQL has none: SyntaxError is raised, or the engine is left to do so.
    """
    query = recognise(text, tokens)
    if query is None:
        return None
    _check(query, text, about)
    try:
        with columns.turn:
            return solutions(Session(columns, Engine(query.prologue, about)), query)
    except (Unrecognised, SyntaxError, MemoryError):
        return None


def answer_plain(
    columns: Columns, text: str, about: dict[str, Any], most: int, tokens: Sequence[Token] = ()
) -> Found | None:
    """The solutions of a query that takes a moment for sure, whatever the data; else None.

    So it is with so many solutions on the way, at most. It waits for nobody: what would have to be
    learnt first is left for `learn_wanted`.
    """
    query = recognise(text, tokens) if len(text) <= LONGEST else None
    if query is None or not is_plain(query):
        return None
    try:
        _check(query, text, about)
        engine = Engine(query.prologue, about)
        return solutions(Session(columns, engine, most=most, longest=SHORT), query)
    except (Unrecognised, SyntaxError):
        return None


def _check(query: Query, text: str, about: dict[str, Any]) -> None:
    """Has the engine say whether it is SPARQL, where that is for it to say. Raises SyntaxError."""
    if not query.sure:
        Store().query(text, **about)


def learn_wanted(columns: Columns) -> None:
    """Learns what a plain query could not wait for: the next one of its kind finds it."""
    with columns.turn:
        for source in tuple(columns.wanted):
            learn(source, columns)


def solutions(session: Session, query: Query) -> Found:
    """The solutions of a recognised query. Raises Unrecognised or SyntaxError."""
    session.learn(constants(query.where))
    found = relation(query.where, session)
    if query.bare:
        return _table(found, query, session)
    body = grouped(query, found, session) if query.counts else _values(found, query, session)
    return session.engine.ask(f"SELECT {query.select.text} {{ {body} }} {query.after.text}")


def _table(found: Relation, query: Query, session: Session) -> Table:
    """The solutions as they are shown."""
    named = query.select.names
    names = sorted(_public(found)) if named is None else named
    known = [name for name in names if name in found.columns]
    distinct = found.only(known) if query.select.distinct else found
    _allow(query.after.left(distinct.rows), len(known), len(names), session)
    shown = ordered(distinct, query.after, session)
    columns = [session.terms(shown.columns[name]) for name in known]
    table = Table(known, columns, shown.rows, names)
    check_written(table)
    return table


def _values(found: Relation, query: Query, session: Session) -> str:
    """The solutions as SPARQL has them, for the engine to compute with or sort."""
    names, needed = _public(found), query.needed
    if needed is not None:
        names = [name for name in names if name in needed]
    _allow(found.rows, len(names), len(names if needed is None else needed), session)
    columns = [session.terms(found.columns[name]) for name in names]
    return values(Table(names, columns, found.rows))


def _public(found: Relation) -> list[str]:
    return [name for name in found.columns if not name.startswith(PRIVATE)]


def _allow(rows: int, spelt: int, shown: int, session: Session) -> None:
    """Raises Unrecognised for too many rows of so many variables, not all of which have terms."""
    if rows * spelt > CELLS:
        raise Unrecognised
    session.allow_cells(rows * (shown - spelt) + 1)
