"""The answer to a query from columns, where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

from pyoxigraph import QuerySolutions, Store

from kg.sparql.columns.choices import learn
from kg.sparql.columns.days import day_of
from kg.sparql.columns.evaluated import compared, judged
from kg.sparql.columns.file import Columns
from kg.sparql.columns.groups import grouped
from kg.sparql.columns.meaning import Engine, check_written, values
from kg.sparql.columns.ordered import ordered
from kg.sparql.columns.recognise import is_plain, recognise
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import PRIVATE, Expression, Filter, Query, Unrecognised
from kg.sparql.columns.where import constants, relation, solved
from kg.sparql.table import Table, Term
from kg.sparql.tokens import Token

Found: TypeAlias = QuerySolutions | Table
CELLS: Final = 50_000
"""Terms of solutions that are given as they are, at most: of more the engine does so sooner."""
FEW: Final = 2_000
"""So many solutions are filtered while they are given."""
SHORT: Final = 2**16
"""Bytes of the terms of each variable of a query that takes a moment."""
LONGEST: Final = 4_096
"""Characters of a query that takes a moment, its names spelt out."""
SORTED: Final = 20
"""Solutions that may be sorted by anything. Of more, terms that have no whole order end the engine,
and whoever asked it."""


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
    if query.counts:
        body = grouped(query, relation(query.where, session), session)
    else:
        found, left = _filtered(query, session)
        if query.bare and not left and (table := _table(found, query, session)):
            return table
        body = _left(found, left, query, session)
    return session.engine.ask(f"SELECT {query.select.text} {{ {body} }} {query.after.text}")


def _filtered(query: Query, session: Session) -> tuple[Relation, list[Expression]]:
    """The solutions, and those filters that are for the engine yet."""
    found, left = solved(query.where, session), list[Expression]()
    for test in (e.expression for e in query.where.elements if isinstance(e, Filter)):
        passed = compared(found, test, session)
        if passed is not None:
            found = passed
        elif found.rows > FEW:
            found = judged(found, test, session)
        else:
            left.append(test)
    return found, left


def _table(found: Relation, query: Query, session: Session) -> Table | None:
    """The solutions as they are shown; None where the engine is to sort them."""
    named = query.select.names
    names = sorted(_public(found)) if named is None else named
    known = [name for name in names if name in found.columns]
    distinct = found.only(known) if query.select.distinct else found
    shown = ordered(distinct, query.after, session)
    if shown is None:
        return None
    columns = _spelt(shown, known, len(names), session)
    table = Table(known, columns, shown.rows, names)
    check_written(table)
    return table


def _left(found: Relation, left: list[Expression], query: Query, session: Session) -> str:
    """The solutions as SPARQL has them, with what is left to the engine."""
    names, needed = _public(found), query.needed
    if needed is not None:
        needed = needed.union(*(test.variables for test in left))
        names = [name for name in names if name in needed]
    columns = _spelt(found, names, len(names if needed is None else needed), session)
    if session.hurried and found.rows > SORTED:
        _refuse_mixed(zip(names, columns, strict=True), query.after.variables)
    table = values(Table(names, columns, found.rows))
    return f"{table} {' '.join(f'FILTER({test.text})' for test in left)}"


def _public(found: Relation) -> list[str]:
    return [name for name in found.columns if not name.startswith(PRIVATE)]


def _spelt(found: Relation, names: Sequence[str], shown: int, session: Session) -> list[list[Term]]:
    """The terms of some variables, of so many that are shown. Raises Unrecognised for too many."""
    if found.rows * len(names) > CELLS:
        raise Unrecognised
    session.allow_cells(found.rows * (shown - len(names)) + 1)
    return [session.terms(found.columns[name]) for name in names]


def _refuse_mixed(columns: Iterable[tuple[str, Sequence[Term]]], names: frozenset[str]) -> None:
    """Raises Unrecognised for variables that are neither all IRIs, nor words, nor plain days."""
    for name, column in columns:
        terms = [term for term in column if term is not None]
        if name in names and not any(all(map(alike, terms)) for alike in _ALIKE):
            raise Unrecognised


_ALIKE: Final[tuple[Callable[[str], object], ...]] = (
    lambda term: term.startswith("<"),
    lambda term: term.endswith('"'),
    day_of,
)
