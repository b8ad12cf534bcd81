"""Solutions in the order that a query asks for.

The engine is not asked: it has no whole order of literals of several kinds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from kg.sparql.columns.file import Numbers, Order
from kg.sparql.columns.meaning import MOST
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import After, Unrecognised
from kg.sparql.order import Place, place_of


def ordered(found: Relation, after: After, session: Session) -> Relation:
    """The solutions that ORDER BY, OFFSET and LIMIT leave. Raises Unrecognised for too many."""
    if not (after.keys or after.slices):
        return found
    ranks = dict[str, Any]()
    for key in after.keys:
        if key.name in found.columns and key.name not in ranks:
            places = _places(found.columns[key.name], session)
            ranks[key.name] = -places if key.descending else places
    order = np.lexsort([*reversed(ranks.values())]) if ranks else np.arange(found.rows)
    return found.take(order[after.offset :][: after.left(found.rows)])


def ranked(numbers: Numbers, session: Session) -> Order:
    """The order of some terms. Raises Unrecognised for too many."""
    keys = _keys(numbers, session)
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int32)
    places = np.zeros(len(keys), np.int32)
    places[order] = np.arange(len(keys), dtype=np.int32)
    return Order(numbers, places, numbers[order])


def _places(column: Numbers, session: Session) -> Any:
    """A number for each row: less where its term comes before, the same where none does."""
    numbers, rows = np.unique(column, return_inverse=True)
    keys = _keys(numbers, session)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    steps = [keys[one] != keys[other] for one, other in pairwise(order)]
    places = np.zeros(len(keys), np.int64)
    places[order] = np.cumsum([0, *steps])[: len(keys)]
    return places[rows]


def _keys(numbers: Numbers, session: Session) -> list[Place]:
    if len(numbers) > MOST:
        raise Unrecognised
    return [place_of(term) for term in session.terms(numbers)]
