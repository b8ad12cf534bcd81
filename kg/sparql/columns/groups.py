"""The table of groups: the keys of each, and what is counted of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np

from kg.sparql.columns.counting import Counted, Groups, NotExact, counted
from kg.sparql.columns.meaning import MOST, values
from kg.sparql.columns.relation import Relation, keys
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import PRIVATE, Aggregate, Query, Unrecognised
from kg.sparql.table import Table, Term

_ASKED: Final = (f"{PRIVATE}g", f"{PRIVATE}x")


def grouped(query: Query, found: Relation, session: Session) -> str:
    """The groups of some solutions, as SPARQL has them. Raises Unrecognised."""
    named = {*query.keys, *(a.name for a in query.aggregates.values() if a.name)}
    if not named <= found.columns.keys():
        raise Unrecognised
    columns = [found.columns[key] for key in query.keys]
    terms = list[Sequence[Term]]()
    if columns:
        key = keys(columns, found.rows)
        _, first, of = np.unique(key, return_index=True, return_inverse=True)
        groups = Groups(len(first), of, found, keyed=True)
        terms = [session.terms(column[first]) for column in columns]
    else:
        groups = Groups(1, np.zeros(found.rows, np.int64), found, keyed=False)
    if groups.many > MOST:
        raise Unrecognised
    all_counted = [_counted(name, a, groups, session) for name, a in query.aggregates.items()]
    names = [*query.keys, *chain.from_iterable(one.names for one in all_counted)]
    terms += chain.from_iterable(one.terms for one in all_counted)
    then = [one.then for one in all_counted] + [f"FILTER({test})" for test in query.having]
    return f"{values(Table(names, terms, groups.many))} {' '.join(then)}"


def _counted(name: str, aggregate: Aggregate, groups: Groups, session: Session) -> Counted:
    try:
        return counted(name, aggregate, groups, session)
    except NotExact:
        return Counted((name,), [_asked(aggregate, groups, session)])


def _asked(aggregate: Aggregate, groups: Groups, session: Session) -> list[Term]:
    """What the engine makes of an aggregate over all values of each group."""
    column = groups.found.columns[aggregate.name or ""]
    if groups.found.rows >= MOST:
        raise Unrecognised
    order = np.lexsort((column, groups.of))
    told: list[Sequence[Term]] = [list(map(str, groups.of[order].tolist()))]
    told.append(session.terms(column[order]))
    call = f"{aggregate.function}({'DISTINCT ' * aggregate.distinct}?{PRIVATE}x"
    call += f"; SEPARATOR={aggregate.separator})" if aggregate.function == "GROUP_CONCAT" else ")"
    table = f"{{ {values(Table(_ASKED, told, len(order)))} }}"
    if not groups.keyed:
        ((term,),) = session.engine.ask(f"SELECT ({call} AS ?{PRIVATE}r) {table}")
        return [None if term is None else str(term)]
    given: list[Term] = [None] * groups.many
    text = f"SELECT ?{PRIVATE}g ({call} AS ?{PRIVATE}r) {table} GROUP BY ?{PRIVATE}g"
    for group, term in session.engine.ask(text):
        given[int(group.value)] = None if term is None else str(term)
    return given
