"""Which solutions may pass a filter: those that fail one of its conjuncts for sure are left out.

Days are compared as numbers, and pieces of texts looked for in all texts of a property at once.
What is left is for the engine to judge.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from kg.sparql.columns.conjuncts import Compared, Searched, conjuncts, folded
from kg.sparql.columns.file import Columns, Numbers, Source, Texts
from kg.sparql.columns.lexical import day_of
from kg.sparql.columns.relation import Relation, among
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Expression

FEW: Final = 30
"""So many solutions are not worth a look: the engine has judged them as soon."""
LONGEST: Final = 16_000_000
"""Bytes of all texts that are kept to be searched, at most."""
_SIGNS: Final[dict[str, Callable[[Any, int], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


def candidates(found: Relation, test: Expression, session: Session) -> Relation:
    """The solutions that may pass a test."""
    for one in conjuncts(test.text):
        if one is None or found.rows <= FEW or one.name not in found.columns:
            continue
        if isinstance(one, Compared):
            found = _compared(found, one, session)
        else:
            found = _searched(found, one, session.columns)
    return found


def _compared(found: Relation, one: Compared, session: Session) -> Relation:
    day = day_of(session.constants[one.constant])
    if not day:
        return found
    column, known = found.columns[one.name], session.columns.days
    stored = (column >= 0) & (column < len(known))
    days = np.where(stored, known[np.where(stored, column, 0)], 0) if len(known) else column * 0
    return found.take((days == 0) | _SIGNS[one.sign](days, day))


def _searched(found: Relation, one: Searched, columns: Columns) -> Relation:
    source = found.sources.get(one.name)
    texts = _texts(source, columns) if source else None
    if texts is None:
        return found
    return found.take(among(found.columns[one.name], _having(texts, one.piece)))


def _having(texts: Texts, piece: str) -> Numbers:
    """The numbers of the terms that have a piece, in their order."""
    found, place = list[int](), texts.text.find(piece)
    while place >= 0:
        found.append(place)
        place = texts.text.find(piece, place + 1)
    return texts.numbers[np.unique(texts.begins.searchsorted(found, "right") - 1)]


def _texts(source: Source, columns: Columns) -> Texts | None:
    """What is searched, kept; None where it is too long."""
    if source not in columns.texts:
        numbers = np.unique(columns.pairs(source).first)
        kept = sum(len(texts.text) for texts in columns.texts.values() if texts)
        fits = kept + columns.length(numbers) <= LONGEST
        columns.texts[source] = _read(numbers, columns) if fits else None
    return columns.texts[source]


def _read(numbers: Numbers, columns: Columns) -> Texts:
    lines = [folded(term) for term in columns.terms(numbers)]
    ends = np.cumsum([len(line) + 1 for line in lines], dtype=np.int64)
    return Texts(numbers, "\n".join(lines), np.concatenate([[0], ends[:-1]]))
