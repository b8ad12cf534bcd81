"""Solutions filtered, and what is computed of them: by the engine, of each distinct tuple once.

Plain days alone are compared here.
"""

from __future__ import annotations

import operator
from functools import reduce
from typing import Any, Final

import numpy as np

from kg.sparql.columns.conjuncts import Compared, conjuncts
from kg.sparql.columns.days import day_of, is_day
from kg.sparql.columns.meaning import MOST
from kg.sparql.columns.relation import Relation, empty, keys, told_apart
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Bind, Expression, Unrecognised
from kg.sparql.table import Table

_SIGNS: Final = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}


def compared(found: Relation, test: Expression, session: Session) -> Relation | None:
    """The solutions that pass a test, if it compares days with days; else None."""
    passed = list[Any]()
    for one in conjuncts(test.text):
        if not isinstance(one, Compared) or one.name not in found.columns:
            return None
        day, days = day_of(session.constants[one.constant]), session.days(found.columns[one.name])
        if days is None or not is_day(day):
            return None
        passed.append(_SIGNS[one.sign](days, day))
    return found.take(reduce(operator.and_, passed))


def filtered(found: Relation, test: Expression, session: Session) -> Relation:
    """The solutions that pass a test."""
    if not found.rows:
        return found
    passed = compared(found, test, session)
    return judged(found, test, session) if passed is None else passed


def judged(found: Relation, test: Expression, session: Session) -> Relation:
    """The solutions that pass a test, which the engine makes of each distinct tuple."""
    names = [name for name in found.columns if name in test.variables]
    first, place = _tuples(found, names)
    columns = [session.terms(found.columns[name][first]) for name in names]
    kept = session.engine.keep(test, Table(names, columns, len(first)))
    if len(kept) == len(first):
        return found
    passed = np.zeros(len(first), bool)
    passed[kept] = True
    return found.take(passed[place]) if kept else empty(found)


def extended(found: Relation, bind: Bind, session: Session) -> Relation:
    """The solutions with one more variable, which the engine computes from each distinct tuple.

    Raises Unrecognised for one that they have already: GROUP BY may name a key so.
    """
    if bind.name in found.columns:
        raise Unrecognised
    if (same := bind.expression.named) in found.columns:
        return found.named(bind.name, same)
    names = [name for name in found.columns if name in bind.expression.variables]
    first, place = _tuples(found, names)
    known = [session.terms(found.columns[name][first]) for name in names]
    terms = session.engine.compute(bind.expression, Table(names, known, len(first)))
    if any(term is not None and term.startswith("_:") for term in terms):
        raise Unrecognised
    surely = all(term is not None for term in terms)
    columns = {**found.columns, bind.name: session.numbers(terms)[place]}
    bound = {**found.bound, bind.name: surely}
    return Relation(found.rows, columns, bound, found.sources, found.most)


def _tuples(found: Relation, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """A row for each distinct tuple of some variables, and the place of each row's among them."""
    key = keys([found.columns[name] for name in names], found.rows)
    first, place = told_apart(key)
    if len(first) > MOST:
        raise Unrecognised
    return first, place
