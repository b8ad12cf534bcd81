"""The table of groups: the keys of each, and what is counted of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from kg.sparql.columns.counting import Counted, Groups, NotExact, counted
from kg.sparql.columns.meaning import MOST, Term, values
from kg.sparql.columns.relation import Relation, keys
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import PRIVATE, Aggregate, Query, Unrecognised

_ASKED: Final = (f"{PRIVATE}g", f"{PRIVATE}x")


@dataclass(frozen=True, slots=True)
class Table:
    """Groups as rows of terms, and what the engine is to compute of each row."""

    names: tuple[str, ...]
    rows: list[tuple[Term, ...]]
    then: str


def table_of_groups(query: Query, found: Relation, session: Session) -> Table:
    """The groups of some solutions. Raises Unrecognised."""
    columns = [found.columns[key] for key in query.keys]
    if columns:
        key = keys(columns, found.rows)
        _, first, of = np.unique(key, return_index=True, return_inverse=True)
        groups = Groups(len(first), of, found, keyed=True)
        terms = [session.terms(column[first]) for column in columns]
    else:
        groups, terms = Groups(1, np.zeros(found.rows, np.int64), found, keyed=False), []
    if groups.many > MOST:
        raise Unrecognised
    all_counted = [_counted(name, a, groups, session) for name, a in query.aggregates.items()]
    names = [*query.keys, *chain.from_iterable(one.names for one in all_counted)]
    terms += chain.from_iterable(one.terms for one in all_counted)
    rows: list[tuple[Term, ...]] = [()] * groups.many
    if terms:
        rows = list(zip(*terms, strict=True))
    return Table(tuple(names), rows, " ".join(one.then for one in all_counted))


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
    told = zip(map(str, groups.of[order].tolist()), session.terms(column[order]), strict=True)
    call = f"{aggregate.function}({'DISTINCT ' * aggregate.distinct}?{PRIVATE}x"
    call += f"; SEPARATOR={aggregate.separator})" if aggregate.function == "GROUP_CONCAT" else ")"
    table = f"{{ {values(_ASKED, told)} }}"
    if not groups.keyed:
        ((term,),) = session.engine.ask(f"SELECT ({call} AS ?{PRIVATE}r) {table}")
        return [None if term is None else str(term)]
    given: list[Term] = [None] * groups.many
    text = f"SELECT ?{PRIVATE}g ({call} AS ?{PRIVATE}r) {table} GROUP BY ?{PRIVATE}g"
    for group, term in session.engine.ask(text):
        given[int(group.value)] = None if term is None else str(term)
    return given
