"""The groups of some solutions: the keys of each, and what is counted of it.

https://www.w3.org/TR/sparql11-query/#aggregateAlgebra
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.sparql.columns.counting import Groups, NotExact, counted
from kg.sparql.columns.evaluated import judged
from kg.sparql.columns.file import Numbers
from kg.sparql.columns.meaning import MOST, values
from kg.sparql.columns.relation import Relation, keys, told_apart
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import PRIVATE, Aggregate, Query, Unrecognised
from kg.sparql.table import Table, Term

_GROUP, _VALUE, _RESULT = (f"{PRIVATE}{letter}" for letter in "gxr")


def grouped(query: Query, found: Relation, session: Session) -> Relation:
    """A solution for each group that HAVING leaves. Raises Unrecognised."""
    found = found.with_all(*query.keys, *(a.name for a in query.aggregates.values() if a.name))
    groups, first = _groups(query.keys, found)
    if groups.many > MOST:
        raise Unrecognised
    columns = {name: found.columns[name][first] for name in query.keys}
    bound = {name: found.bound[name] for name in query.keys}
    for name, aggregate in query.aggregates.items():
        columns[name] = _counted(aggregate, groups, session)
        bound[name] = bool((columns[name] >= 0).all())
    shown = Relation(groups.many, columns, bound, most=found.most)
    for test in query.having:
        shown = judged(shown, test, session)
    return shown


def _groups(names: Sequence[str], found: Relation) -> tuple[Groups, Any]:
    """The groups of some keys, and a solution of each."""
    if not names:
        everything = np.zeros(found.rows, np.int64)
        return Groups(1, everything, found, keyed=False), np.zeros(0, np.int32)
    first, of = told_apart(keys([found.columns[name] for name in names], found.rows))
    return Groups(len(first), of, found, keyed=True), first


def _counted(aggregate: Aggregate, groups: Groups, session: Session) -> Numbers:
    try:
        return counted(aggregate, groups, session)
    except NotExact:
        return session.numbers(_asked(aggregate, groups, session))


def _asked(aggregate: Aggregate, groups: Groups, session: Session) -> list[Term]:
    """What the engine makes of an aggregate over all values of each group."""
    column = groups.found.columns[aggregate.name or ""]
    if groups.found.rows >= MOST:
        raise Unrecognised
    order = np.lexsort((column, groups.of))
    told: list[Sequence[Term]] = [list(map(str, groups.of[order].tolist()))]
    told.append(session.terms(column[order]))
    call = f"{aggregate.function}({'DISTINCT ' * aggregate.distinct}?{_VALUE}"
    call += f"; SEPARATOR={aggregate.separator})" if aggregate.function == "GROUP_CONCAT" else ")"
    table = f"{{ {values(Table((_GROUP, _VALUE), told, len(order)))} }}"
    if not groups.keyed:
        ((term,),) = session.engine.ask(f"SELECT ({call} AS ?{_RESULT}) {table}")
        return [None if term is None else str(term)]
    given: list[Term] = [None] * groups.many
    text = f"SELECT ?{_GROUP} ({call} AS ?{_RESULT}) {table} GROUP BY ?{_GROUP}"
    for group, term in session.engine.ask(text):
        given[int(group.value)] = None if term is None else str(term)
    return given
