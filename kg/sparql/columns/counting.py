"""What aggregates make of groups: counts and exact sums of numbers, the first and the last.

https://www.w3.org/TR/sparql11-query/#setFunctions
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any, Final

import numpy as np

from kg.sparql.columns.file import Numbers, Order
from kg.sparql.columns.ordered import ranked
from kg.sparql.columns.relation import UNBOUND, Relation, told_apart
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Aggregate, Expression, Unrecognised
from kg.sparql.table import Table, Term

LARGEST: Final = 2**63
PRECISE: Final = 2**53
"""Below it floating-point numbers are every integer."""
LISTED: Final = 20_000
"""Values whose order is kept, at most."""
_NUMBER: Final = re.compile(
    r'"([+-]?(?:[0-9]{1,99}(?:\.[0-9]{0,18})?|\.[0-9]{1,18}))"'
    r"\^\^<http://www\.w3\.org/2001/XMLSchema#(integer|decimal)>"
)
"""What is exact, and so short that sums are; an integer with a point is none, the engine says."""
_PARTS: Final = ("sum", "many")
_MEAN: Final = Expression("IF(?many = 0, 0, ?sum / ?many)", frozenset(_PARTS))


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
    totals: dict[tuple[str | None, bool], tuple[list[Term], list[Term]]] = field(
        default_factory=dict, repr=False
    )
    """What was added up of them: of which variable, and whether of each value once."""

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
        if self.keyed:
            return np.bincount(self.of, minlength=self.many)
        return np.array([self.found.rows])

    def lacks(self, name: str | None) -> Any:
        """Of each whether one of its solutions does not bind a variable."""
        return np.bincount(self.column(name)[0], minlength=self.many) < self.sizes()


def counted(aggregate: Aggregate, groups: Groups, session: Session) -> Numbers:
    """What an aggregate gives for each group. Raises NotExact where the engine is to say."""
    if aggregate.function == "COUNT":
        return _whole(_count(aggregate, groups), session)
    if aggregate.function == "SAMPLE":
        return _least(*groups.column(aggregate.name), groups.many)
    if aggregate.function in ("MIN", "MAX"):
        return _extreme(aggregate, groups, session)
    if aggregate.function in ("SUM", "AVG"):
        return _total(aggregate, groups, session)
    raise NotExact


def _whole(numbers: Any, session: Session) -> Numbers:
    """Integers as terms."""
    kinds, place = np.unique(numbers, return_inverse=True)
    return session.numbers([_shown(Decimal(one), whole=True) for one in kinds.tolist()])[place]


def _count(aggregate: Aggregate, groups: Groups) -> Any:
    if aggregate.name is None:
        return groups.sizes()
    if aggregate.distinct and groups.keyed:
        return np.bincount(groups.pairs(aggregate.name)[0], minlength=groups.many)
    if aggregate.distinct:
        return np.array([len(told_apart(groups.column(aggregate.name)[1])[0])])
    return np.bincount(groups.column(aggregate.name)[0], minlength=groups.many)


def _least(of: Any, column: Numbers, many: int) -> Numbers:
    """The least number of each group, -1 where it has none: the same one each time."""
    least = np.full(many, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(least, of, column)
    return np.where(np.bincount(of, minlength=many) > 0, least, np.int32(UNBOUND))


def _extreme(aggregate: Aggregate, groups: Groups, session: Session) -> Numbers:
    """MIN and MAX: unbound where something is unbound, as the engine has it."""
    order = _order(aggregate.name or "", groups.found, session)
    of, column = groups.column(aggregate.name)
    places = order.places[order.numbers.searchsorted(column)]
    best_first = order.ranked
    if aggregate.function == "MAX":
        best_first, places = best_first[::-1], np.int32(len(best_first) - 1) - places
    best = _least(of, places, groups.many)
    best[groups.lacks(aggregate.name)] = UNBOUND
    return np.append(best_first, np.int32(UNBOUND))[best]


def _order(name: str, found: Relation, session: Session) -> Order:
    """The order of all that a variable can be, kept if it comes from the statements alone."""
    source, columns = found.sources.get(name), session.columns
    if source in columns.orders:
        return columns.orders[source]
    if source is None or session.hurried or columns.pairs(source).kinds > LISTED:
        column = found.columns[name]
        return ranked(np.unique(column[column >= 0]), session)
    columns.orders[source] = ranked(np.unique(columns.pairs(source).first), session)
    return columns.orders[source]


def _total(aggregate: Aggregate, groups: Groups, session: Session) -> Numbers:
    """SUM and AVG of integers and decimals. Raises NotExact where there is another."""
    key = aggregate.name, aggregate.distinct
    if key not in groups.totals:
        groups.totals[key] = _added(aggregate, groups, session)
    sums, many = groups.totals[key]
    if aggregate.function == "AVG":
        sums = session.engine.compute(_MEAN, Table(_PARTS, [sums, many], groups.many))
    return session.numbers(sums)


def _added(aggregate: Aggregate, groups: Groups, session: Session) -> tuple[list[Term], list[Term]]:
    """The sum of each group, and of how many; nothing where it lacks one. Raises NotExact."""
    of, values, often = groups.pairs(aggregate.name)
    session.allow_cells(len(of))
    if aggregate.distinct:
        often = np.ones_like(often)
    kinds, place = np.unique(values, return_inverse=True)
    numbers = list(map(_number, session.terms(kinds.astype(np.int32))))
    if aggregate.distinct and len({whole for _, whole in numbers}) > 1:
        raise NotExact
    sums = _sums(of, place, often, numbers, groups.many)
    shown: list[Term] = [_shown(number, whole=whole) for number, whole in sums]
    weights = np.bincount(of, weights=often, minlength=groups.many).astype(np.int64)
    many: list[Term] = list(map(str, weights.tolist()))
    for group in np.flatnonzero(groups.lacks(aggregate.name)).tolist():
        shown[group] = many[group] = None
    return shown, many


def _sums(
    of: Any, place: Any, often: Any, numbers: Sequence[tuple[Decimal, bool]], many: int
) -> list[tuple[Decimal, bool]]:
    """The sum of each group, and whether all that is added are integers."""
    largest = max((abs(number) for number, _ in numbers), default=0)
    if all(whole for _, whole in numbers) and largest * int(often.sum()) < PRECISE:
        added = np.array([int(number) for number, _ in numbers], np.int64)[place] * often
        sums = np.bincount(of, added, many).astype(np.int64).tolist()
        return [(Decimal(number), True) for number in sums]
    found = [(Decimal(0), True)] * many
    with localcontext(prec=200):
        for group, which, times in zip(of.tolist(), place.tolist(), often.tolist(), strict=True):
            (number, whole), (before, exact) = numbers[which], found[group]
            found[group] = before + number * times, exact and whole
    return found


def _number(term: Term) -> tuple[Decimal, bool]:
    """A number, and whether it is an integer."""
    found = _NUMBER.fullmatch(term or "")
    if not found or (found[2] == "integer" and "." in found[1]):
        raise NotExact
    return Decimal(found[1]), found[2] == "integer"


def _shown(number: Decimal, *, whole: bool) -> str:
    if abs(number) >= LARGEST:
        raise Unrecognised
    written, kind = (f"{int(number)}", "integer") if whole else (f"{number:f}", "decimal")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return f'"{written}"^^<http://www.w3.org/2001/XMLSchema#{kind}>'
