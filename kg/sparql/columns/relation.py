"""Solutions as columns of term numbers, one for each variable, and how two are joined.

As https://www.w3.org/TR/sparql11-query/#sparqlAlgebra has it: solutions are a multiset. What is
unbound is -1, and agrees with anything: where variables may be unbound, solutions are taken apart
by which of them they bind, and joined part by part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from kg.sparql.columns.file import Numbers, Source
from kg.sparql.columns.tree import PRIVATE, Unrecognised

UNBOUND: Final = -1
MOST: Final = 4_000_000
"""Solutions, at most; of more the engine gives one after the other."""
PARTS: Final = 64
"""Pairs of parts that are joined, at most."""
_ROW: Final = f"{PRIVATE}row"
"""The variable that numbers solutions."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Solutions, and for each of their variables whether it is surely bound."""

    rows: int
    columns: Mapping[str, Numbers]
    bound: Mapping[str, bool]
    sources: Mapping[str, Source] = field(default_factory=dict)
    """For a variable what gives all it can be."""
    most: int = MOST
    """How many solutions there may be."""

    def take(self, rows: Any) -> Relation:
        """The solutions of some numbers, or where a mask is true."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        many = int(np.count_nonzero(rows)) if rows.dtype == bool else len(rows)
        return Relation(many, columns, self.bound, self.sources, self.most)

    def put(self, name: str, column: Numbers, source: Source | None = None) -> Relation:
        """The solutions with one more variable, which is surely bound."""
        sources = self.sources if source is None else {**self.sources, name: source}
        bound = {**self.bound, name: True}
        columns = {**self.columns, name: column}
        return Relation(self.rows, columns, bound, sources, self.most)

    def named(self, name: str, same: str) -> Relation:
        """The solutions with one more variable, which is the same as another."""
        columns = {**self.columns, name: self.columns[same]}
        bound = {**self.bound, name: self.bound[same]}
        return Relation(self.rows, columns, bound, self.sources, self.most)

    def with_all(self, *names: str) -> Relation:
        """The solutions with some variables, which are unbound if they are not there yet."""
        lacking = [name for name in names if name not in self.columns]
        unbound = np.full(self.rows, UNBOUND, np.int32)
        columns = {**self.columns, **dict.fromkeys(lacking, unbound)}
        bound = {**self.bound, **dict.fromkeys(lacking, False)}
        return Relation(self.rows, columns, bound, self.sources, self.most)

    def shown(self, names: Iterable[str]) -> Relation:
        """The solutions with some of their variables."""
        columns = {name: self.columns[name] for name in names}
        bound = {name: self.bound[name] for name in columns}
        sources = {name: source for name, source in self.sources.items() if name in columns}
        return Relation(self.rows, columns, bound, sources, self.most)

    def only(self, names: Iterable[str]) -> Relation:
        """The distinct values of some variables."""
        columns = [self.columns[name] for name in names]
        first = np.unique(keys(columns, self.rows), return_index=True)[1]
        found = {name: self.columns[name][first] for name in names}
        bound = {name: self.bound[name] for name in names}
        return Relation(len(first), found, bound, most=self.most)


def unit(most: int) -> Relation:
    """One solution, which binds nothing."""
    return Relation(1, {}, {}, most=most)


def empty(found: Relation) -> Relation:
    """No solution, of the same variables."""
    return found.take(np.zeros(0, np.intp))


def keys(columns: Sequence[Numbers], rows: int) -> Any:
    """A number for each row: the same for those rows alone that are alike in all columns."""
    if not columns:
        return np.zeros(rows, np.int64)
    key = columns[0].astype(np.int64)
    for number, column in enumerate(columns[1:], 2):
        key = (key << 32) | (column.astype(np.int64) + 1)
        if number < len(columns):
            key = np.unique(key, return_inverse=True)[1]
    return key


def told_apart(key: Any) -> tuple[Any, Any]:
    """The place of one of each number of a column, in their order; of each row that of its own.

    Numbers that are not much larger than many are counted, which takes less than to sort them.
    """
    most = int(key.max(initial=0)) + 2
    if most > 4 * len(key) or key.min(initial=0) < UNBOUND:
        _, first, of = np.unique(key, return_index=True, return_inverse=True)
        return first, of
    one = np.full(most, -1, np.int64)
    one[key[::-1] + 1] = np.arange(len(key))[::-1]
    there = one >= 0
    return one[there], (np.cumsum(there) - 1)[key + 1]


def spread(begins: Any, counts: Any, most: int) -> tuple[Any, Any]:
    """For spans of so many places from some begin: the span of each place, and each place.

    Raises Unrecognised for too many.
    """
    total = int(counts.sum())
    if total > most:
        raise Unrecognised
    spans = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return spans, np.arange(total) + np.repeat(begins - before, counts)


def among(column: Any, ends: Any) -> Any:
    """Where a column's numbers are among others, which are in order."""
    if not len(ends):
        return np.zeros(len(column), bool)
    places = np.minimum(ends.searchsorted(column), len(ends) - 1)
    return ends[places] == column


def parted(found: Relation, names: Iterable[str]) -> list[tuple[Relation, Any]]:
    """The solutions by which of some variables they bind, and their rows.

    What those of a part bind they surely do; what they do not is none of their variables.
    """
    maybe = [name for name in names if not found.bound.get(name, True)]
    if not maybe or not found.rows:
        return [(found, slice(None))]
    binds = [(found.columns[name] != UNBOUND).astype(np.int32) for name in maybe]
    kinds = keys(binds, found.rows)
    parts = list[tuple[Relation, Any]]()
    for first in np.unique(kinds, return_index=True)[1]:
        rows = np.flatnonzero(kinds == kinds[first])
        lacking = {name for name in maybe if found.columns[name][first] == UNBOUND}
        part = found.shown(name for name in found.columns if name not in lacking).take(rows)
        bound = {name: name in maybe or surely for name, surely in part.bound.items()}
        parts.append((replace(part, bound=bound), rows))
    return parts


def join(left: Relation, right: Relation) -> Relation:
    """The solutions of both that agree. Raises Unrecognised for too many."""
    for one, other in ((left, right), (right, left)):
        if one.rows == 1 and not one.columns:
            return other
    found = [_joined(mine, theirs) for mine, theirs, _ in _pairs(left, right)]
    return union(found).with_all(*left.columns, *right.columns)


def numbered(found: Relation) -> Relation:
    """The solutions with their numbers."""
    return found.put(_ROW, np.arange(found.rows, dtype=np.int32))


def completed(left: Relation, both: Relation) -> Relation:
    """What was made of some solutions by their numbers, and those of which nothing was made."""
    alone = np.bincount(both.columns[_ROW], minlength=left.rows) == 0
    made = both.shown(name for name in both.columns if name != _ROW)
    return replace(union([made, left.take(alone)]), sources=left.sources)


def agreeing(left: Relation, right: Relation, graph: str | None = None) -> Any:
    """Where a solution of the left agrees with any of the right. Raises Unrecognised as `join`.

    If `graph` is given, in something else than the variable that names the graph.
    """
    agree = np.zeros(left.rows, bool)
    for mine, theirs, rows in _pairs(left, right):
        if graph is None or _shared(mine, theirs) - {graph}:
            agree[rows] |= np.isin(*_keys(mine, theirs))
    return agree


def minus(left: Relation, right: Relation, graph: str) -> Relation:
    """The solutions of the left that agree in something with none of the right.

    To stand in the same graph is not to agree in something. Raises Unrecognised as `join`.
    """
    return left.take(~agreeing(left, right, graph))


def union(branches: Sequence[Relation]) -> Relation:
    """The solutions of all branches, one after the other. Raises Unrecognised for too many."""
    if len(branches) == 1:
        return branches[0]
    names = list(dict.fromkeys(name for branch in branches for name in branch.columns))
    rows, most = sum(branch.rows for branch in branches), branches[0].most
    if rows > most:
        raise Unrecognised
    columns = {
        name: np.concatenate(
            [b.columns.get(name, np.full(b.rows, UNBOUND, np.int32)) for b in branches]
        )
        for name in names
    }
    bound = {name: all(branch.bound.get(name, False) for branch in branches) for name in names}
    return Relation(rows, columns, bound, most=most)


def _shared(left: Relation, right: Relation) -> set[str]:
    """The variables of both."""
    return {*left.columns} & {*right.columns}


def _pairs(left: Relation, right: Relation) -> Iterator[tuple[Relation, Relation, Any]]:
    """Each part of both that surely binds what it shares, and the rows of the left's.

    Raises Unrecognised for too many.
    """
    names = _shared(left, right)
    lefts, rights = parted(left, names), parted(right, names)
    if len(lefts) * len(rights) > PARTS:
        raise Unrecognised
    return ((mine, theirs, rows) for mine, rows in lefts for theirs, _ in rights)


def _joined(left: Relation, right: Relation) -> Relation:
    """The solutions of both that agree in what they share, which both surely bind."""
    mine, theirs = _keys(left, right)
    order = np.argsort(theirs, kind="stable")
    begins = theirs[order].searchsorted(mine)
    counts = theirs[order].searchsorted(mine, "right") - begins
    rows, places = spread(begins, counts, left.most)
    return _beside(left.take(rows), right.take(order[places]))


def _keys(left: Relation, right: Relation) -> tuple[Any, Any]:
    """A number for each row on either side: the same where they agree in all that they share."""
    names = sorted(_shared(left, right))
    both = [np.concatenate([left.columns[name], right.columns[name]]) for name in names]
    whole = keys(both, left.rows + right.rows)
    return whole[: left.rows], whole[left.rows :]


def _beside(left: Relation, right: Relation) -> Relation:
    columns = {**right.columns, **left.columns}
    bound, sources = {**right.bound, **left.bound}, {**right.sources, **left.sources}
    return Relation(left.rows, columns, bound, sources, left.most)
