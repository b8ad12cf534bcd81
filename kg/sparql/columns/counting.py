"""What aggregates make of groups: counts and exact sums of numbers, orders as the engine has them.

https://www.w3.org/TR/sparql11-query/#setFunctions
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Final

import numpy as np

from kg.sparql.columns.file import Numbers, Order
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Aggregate, Unrecognised
from kg.sparql.table import Term

LARGEST: Final = 2**63
LISTED: Final = 20_000
"""Values whose order is kept, at most."""
_NUMBER: Final = re.compile(
    r'"([+-]?(?:[0-9]+(?:\.[0-9]{0,18})?|\.[0-9]{1,18}))"'
    r"\^\^<http://www\.w3\.org/2001/XMLSchema#(integer|decimal)>"
)
"""What is exact; an integer with a point is none, which the engine says."""


class NotExact(Exception):
    """Something else than integers and decimals is to be added up: the engine does."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Solutions in groups: how many groups, the group of each solution."""

    many: int
    of: Any
    found: Relation
    keyed: bool
    """Whether they have keys, and are not all solutions together."""

    def column(self, name: str | None) -> tuple[Any, Numbers]:
        """The groups and values of those solutions that bind a variable."""
        column = self.found.columns[name or ""]
        bound = column >= 0
        return self.of[bound], column[bound]

    def pairs(self, name: str | None) -> tuple[Any, Any, Any]:
        """Each group with each value that it has of a variable, and how often it has it."""
        groups, column = self.column(name)
        key, often = np.unique((groups.astype(np.int64) << 32) | column, return_counts=True)
        return key >> 32, key & (2**32 - 1), often

    def sizes(self) -> Any:
        """How many solutions each has."""
        return np.bincount(self.of, minlength=self.many)

    def lacks(self, name: str | None) -> Any:
        """Of each whether one of its solutions does not bind a variable."""
        return np.bincount(self.column(name)[0], minlength=self.many) < self.sizes()


@dataclass(frozen=True, slots=True)
class Counted:
    """What an aggregate gives: its variables, their terms for each group."""

    names: tuple[str, ...]
    terms: list[list[Term]]
    then: str = ""
    """What the engine makes of its variables."""


def counted(name: str, aggregate: Aggregate, groups: Groups, session: Session) -> Counted:
    """What an aggregate gives for each group. Raises NotExact where the engine is to say."""
    if aggregate.function == "COUNT":
        return Counted((name,), [[str(many) for many in _count(aggregate, groups)]])
    if aggregate.function == "SAMPLE":
        return Counted((name,), [_sample(aggregate, groups, session)])
    if aggregate.function in ("MIN", "MAX"):
        return Counted((name,), [_extreme(aggregate, groups, session)])
    if aggregate.function in ("SUM", "AVG"):
        return _total(name, aggregate, groups, session)
    raise NotExact


def _count(aggregate: Aggregate, groups: Groups) -> list[int]:
    if aggregate.name is None:
        found = groups.of
    elif aggregate.distinct:
        found = groups.pairs(aggregate.name)[0]
    else:
        found = groups.column(aggregate.name)[0]
    many: list[int] = np.bincount(found, minlength=groups.many).tolist()
    return many


def _sample(aggregate: Aggregate, groups: Groups, session: Session) -> list[Term]:
    """The same one each time: that with the least number."""
    of, column = groups.column(aggregate.name)
    return session.terms(_least(of, column, groups.many))


def _least(of: Any, column: Numbers, many: int) -> Numbers:
    """The least number of each group, -1 where it has none."""
    least = np.full(many, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(least, of, column)
    return np.where(np.bincount(of, minlength=many) > 0, least, np.int32(-1))


def _extreme(aggregate: Aggregate, groups: Groups, session: Session) -> list[Term]:
    """MIN and MAX: unbound where something is unbound, as the engine has it."""
    order = _order(aggregate.name or "", groups.found, session)
    of, column = groups.column(aggregate.name)
    places = order.places[order.numbers.searchsorted(column)]
    turned = -1 if aggregate.function == "MAX" else 1
    last = len(order.terms) - 1
    best = _least(of, places if turned == 1 else last - places, groups.many)
    best = np.where(groups.lacks(aggregate.name), -1, best)
    return [
        None if place < 0 else order.terms[place if turned == 1 else last - place]
        for place in best.tolist()
    ]


def _order(name: str, found: Relation, session: Session) -> Order:
    """The order of all that a variable can be, kept if it comes from the statements alone."""
    source, columns = found.sources.get(name), session.columns
    if source is None or columns.pairs(source).kinds > LISTED:
        column = found.columns[name]
        return _ranked(np.unique(column[column >= 0]), session)
    if source not in columns.orders:
        columns.orders[source] = _ranked(np.unique(columns.pairs(source).first), session)
    return columns.orders[source]


def _ranked(numbers: Numbers, session: Session) -> Order:
    terms = [str(term) for term in session.terms(numbers)]
    ranked = session.engine.ranked(terms)
    places = np.zeros(len(terms), np.int32)
    places[ranked] = np.arange(len(terms), dtype=np.int32)
    return Order([terms[i] for i in ranked], numbers, places)


def _total(name: str, aggregate: Aggregate, groups: Groups, session: Session) -> Counted:
    """SUM and AVG of integers and decimals. Raises NotExact where there is another."""
    of, values, often = groups.pairs(aggregate.name)
    if aggregate.distinct:
        often = np.ones_like(often)
    kinds, place = np.unique(values, return_inverse=True)
    numbers = list(map(_number, session.terms(kinds.astype(np.int32))))
    if aggregate.distinct and len({whole for _, whole in numbers}) > 1:
        raise NotExact
    sums, exact = [Decimal(0)] * groups.many, [True] * groups.many
    with localcontext(prec=200):
        for group, which, times in zip(of.tolist(), place.tolist(), often.tolist(), strict=True):
            number, whole = numbers[which]
            sums[group] += number * times
            exact[group] &= whole
    shown: list[Term] = [
        _shown(number, whole=whole) for number, whole in zip(sums, exact, strict=True)
    ]
    weights = np.bincount(of, weights=often, minlength=groups.many).astype(np.int64)
    many: list[Term] = list(map(str, weights.tolist()))
    for group in np.flatnonzero(groups.lacks(aggregate.name)).tolist():
        shown[group] = many[group] = None
    if aggregate.function == "SUM":
        return Counted((name,), [shown])
    parts = (f"{name}s", f"{name}c")
    then = f"BIND(IF(?{parts[1]} = 0, 0, ?{parts[0]} / ?{parts[1]}) AS ?{name})"
    return Counted(parts, [shown, many], then)


def _number(term: Term) -> tuple[Decimal, bool]:
    """A number, and whether it is an integer."""
    found = _NUMBER.fullmatch(term or "")
    if not found or (found[2] == "integer" and "." in found[1]):
        raise NotExact
    return Decimal(found[1]), found[2] == "integer"


def _shown(number: Decimal, *, whole: bool) -> str:
    if abs(number) >= LARGEST:
        raise Unrecognised
    if whole:
        return str(int(number))
    return f'"{number:f}"^^<http://www.w3.org/2001/XMLSchema#decimal>'
