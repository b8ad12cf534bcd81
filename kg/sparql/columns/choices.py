"""Which terms a variable can be at all, if a filter is to let it pass.

Of a property's objects those are chosen that fail none of the filter's conjuncts for sure: days are
compared as numbers, and pieces of texts looked for in all texts at once. What is chosen the engine
judges yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Final, TypeAlias

import numpy as np

from kg.sparql.columns.conjuncts import Compared, Searched, conjuncts, folded
from kg.sparql.columns.days import day_of
from kg.sparql.columns.file import Columns, Listed, Numbers, Source
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Filter, Group, Unrecognised

MOST: Final = 2_000_000
"""Terms of a property's objects that are listed, at most."""
LONGEST: Final = 16_000_000
"""Bytes of all texts that are kept to be searched, at most."""
_NEVER: Final = 10**8
"""After all days."""
Demands: TypeAlias = Mapping[str, list[Compared | Searched]]
"""What filters demand of variables, by their names."""


def demands(group: Group) -> Demands:
    """What the filters of a group demand."""
    found: dict[str, list[Compared | Searched]] = {}
    for element in group.elements:
        if isinstance(element, Filter):
            for one in conjuncts(element.expression.text):
                if one is not None:
                    found.setdefault(one.name, []).append(one)
    return found


def chosen(
    source: Source, demanded: Sequence[Compared | Searched], session: Session
) -> Numbers | None:
    """The terms of a source that may be what is demanded, in their order; None for any.

    Raises Unrecognised where they would have to be listed first, and nobody is to wait for that.
    """
    columns = session.columns
    if source.predicate not in columns.properties:
        return np.zeros(0, np.int32)
    if source not in columns.listed:
        if session.hurried:
            columns.wanted.add(source)
            raise Unrecognised
        learn(source, columns)
    listed = columns.listed[source]
    if listed is None:
        return None
    parts = [*_between(listed, demanded, session), *_with_pieces(listed, demanded, session)]
    both: Numbers | None = reduce(np.intersect1d, parts) if parts else None
    return both


def learn(source: Source, columns: Columns) -> None:
    """Lists the terms of a source, and keeps the list."""
    pairs = columns.pairs(source)
    columns.listed[source] = _listed(pairs.first, columns) if pairs.kinds <= MOST else None
    columns.wanted.discard(source)


def _listed(column: Numbers, columns: Columns) -> Listed:
    numbers = np.unique(column)
    days = columns.days[numbers]
    order = np.argsort(days, kind="stable")
    kept = sum(len(listed.text) for listed in columns.listed.values() if listed)
    if kept + columns.length(numbers) > LONGEST:
        return Listed(numbers, numbers[order], days[order], "", np.zeros(0, np.int64))
    lines = [f"\n{folded(term)}" for term in columns.terms(numbers)]
    ends = np.cumsum([len(line) for line in lines], dtype=np.int64)
    begins = np.concatenate([[0], ends[:-1]])
    return Listed(numbers, numbers[order], days[order], "".join(lines), begins)


def _between(
    listed: Listed, demanded: Sequence[Compared | Searched], session: Session
) -> Iterator[Numbers]:
    """Those that are no plain day, and the days on the right side of all others."""
    spans = [
        _span(one.sign, day)
        for one in demanded
        if isinstance(one, Compared) and (day := day_of(session.constants[one.constant]))
    ]
    if spans:
        least, most = max(begin for begin, _ in spans), min(end for _, end in spans)
        sought = np.array([1, least, max(least, most)], np.int32)
        begin, first, last = listed.days.searchsorted(sought).tolist()
        session.allow(begin + last - first)
        yield np.sort(np.concatenate([listed.by_day[:begin], listed.by_day[first:last]]))


def _span(sign: str, day: int) -> tuple[int, int]:
    """The days on one side of another: the first, and the one after the last."""
    spans = {
        "<": (1, day),
        "<=": (1, day + 1),
        "=": (day, day + 1),
        ">=": (day, _NEVER),
        ">": (day + 1, _NEVER),
    }
    return spans[sign]


def _with_pieces(
    listed: Listed, demanded: Sequence[Compared | Searched], session: Session
) -> Iterator[Numbers]:
    if len(listed.begins):
        for one in demanded:
            if isinstance(one, Searched):
                yield _having(listed, one, session)


def _having(listed: Listed, one: Searched, session: Session) -> Numbers:
    """Those that have a piece."""
    pieces = [f'\n"{one.piece}', f"\n<{one.piece}"] if one.begins else [one.piece]
    found = list[int]()
    session.allow_search(len(listed.text) * len(pieces))
    for piece in pieces:
        for place in _places(listed.text, piece):
            found.append(place)
            session.allow(len(found))
    lines = np.unique(listed.begins.searchsorted(found, "right") - 1)
    having: Numbers = listed.numbers[lines]
    return having


def _places(text: str, piece: str) -> Iterator[int]:
    """Where a piece is in a text, once in each line."""
    place = text.find(piece)
    while place >= 0:
        yield place
        line = text.find("\n", place + 1)
        place = text.find(piece, line) if line >= 0 else -1
