"""The answer to a query from columns, where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kg.sparql.columns.choices import learn
from kg.sparql.columns.constants import constants
from kg.sparql.columns.file import Columns, Numbers
from kg.sparql.columns.meaning import Engine, check_written, values
from kg.sparql.columns.ordered import ordered
from kg.sparql.columns.recognise import is_plain, may_be_plain, recognise
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Plan, Query, Unrecognised
from kg.sparql.columns.where import selected, shown
from kg.sparql.dataset import EVERYTHING, Dataset
from kg.sparql.engine import check_syntax
from kg.sparql.results import Result
from kg.sparql.table import Table
from kg.sparql.tokens import Token

CELLS: Final = 50_000
"""Terms of solutions that are given as they are, at most: of more the engine does so sooner."""
SHORT: Final = 2**16
"""Bytes of the terms of each variable of a query that takes a moment."""
COUNTED: Final = 3
"""As many times more solutions may there be on the way where they are not given but counted."""
LONGEST: Final = 4_096
"""Characters of a query that takes a moment, its names spelt out."""


def answer(
    columns: Columns,
    text: str,
    about: dict[str, Any],
    tokens: Sequence[Token] = (),
    dataset: Dataset = EVERYTHING,
) -> Result | None:
    """The result of a query that is recognised, or None where the engine is to answer.

    `about` is what the engine is told beside the query; its tokens may be known already.
    What is no SPARQL has none: SyntaxError is raised, or the engine is left to do so.
    """
    query = recognise(text, tokens)
    if query is None:
        return None
    _check(query, text, about)
    engine = Engine(query.prologue, about)
    try:
        with columns.turn:
            found = solutions(_session(columns, engine, dataset), query)
        return engine.query(f"{query.shape} {{ {values(found)} }}") if query.shape else found
    except (Unrecognised, SyntaxError, MemoryError):
        return None


def answer_plain(
    columns: Columns,
    text: str,
    about: dict[str, Any],
    most: int,
    tokens: Sequence[Token] = (),
    plan: Plan | None = None,
) -> Table | None:
    """The solutions of a query that takes a moment for sure, whatever the data; else None.

    So it is with so many solutions on the way, at most. It waits for nobody: what would have to be
    learnt first is left for `learn_wanted`. Its plan may be known already, as its tokens may.
    """
    if len(text) > LONGEST or (plan := plan or _plan(text, tokens)) is None:
        return None
    query, terms = plan
    try:
        _check(query, text, about)
        engine, many = Engine(query.prologue, about, terms), most * (COUNTED if query.counts else 1)
        return solutions(Session(columns, engine, most=many, longest=SHORT), query)
    except (Unrecognised, SyntaxError):
        return None


def _plan(text: str, tokens: Sequence[Token]) -> Plan | None:
    """A query that is read alone, if it is plain."""
    query = recognise(text, tokens) if may_be_plain(tokens) else None
    return Plan(query, {}) if query and is_plain(query) else None


def _check(query: Query, text: str, about: dict[str, Any]) -> None:
    """Has the engine say whether it is SPARQL, where that is for it to say. Raises SyntaxError."""
    if not query.sure:
        check_syntax(text, **about)


def learn_wanted(columns: Columns) -> None:
    """Learns what a plain query could not wait for: the next one of its kind finds it."""
    with columns.turn:
        for source in tuple(columns.wanted):
            learn(source, columns)


def _session(columns: Columns, engine: Engine, dataset: Dataset) -> Session:
    """A query of the graphs that are asked for. Raises Unrecognised for such as there are not."""
    if not dataset:
        return Session(columns, engine)
    default, named = (_graphs(columns, some) for some in (dataset.default, dataset.named))
    return Session(columns, engine, default=default, named=named)


def _graphs(columns: Columns, iris: Sequence[str]) -> Numbers:
    numbers = [columns.number(f"<{iri}>") for iri in iris]
    known = np.array([number for number in numbers if number is not None], np.int32)
    if len(known) < len(iris) or not np.isin(known, columns.sets.graphs).all():
        raise Unrecognised
    return known


def solutions(session: Session, query: Query) -> Table:
    """The solutions of a recognised query. Raises Unrecognised or SyntaxError."""
    session.learn(constants(query))
    found = selected(query, session)
    names = shown(query, found)
    head = names if query.select.names is None else query.select.names
    _allow(query, query.after.left(found.rows), len(names), len(head), session)
    last = ordered(found, query.after, session)
    columns = [session.terms(last.columns[name]) for name in names]
    table = Table(names, columns, last.rows, head)
    check_written(table, nodes=True)
    return table


def _allow(query: Query, rows: int, spelt: int, shown: int, session: Session) -> None:
    """Raises Unrecognised for too many rows of so many variables, not all of which have terms."""
    if rows * spelt > CELLS and not query.counts_within:
        raise Unrecognised
    session.allow_cells(rows * (shown - spelt) + 1)
