"""Solutions in the order that a query asks for: a whole order of all terms, whatever they are.

Where SPARQL says which of two comes first, so it is here: what is unbound before IRIs, these before
literals; numbers and times by what they are, words by their signs. Where it leaves it open, kinds
of literals follow one another. The engine is not asked: sorting literals of several kinds, which
have no whole order there, may end it.
https://www.w3.org/TR/sparql11-query/#modOrderBy
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np

from kg.sparql.columns.file import Numbers, Order
from kg.sparql.columns.meaning import MOST
from kg.sparql.columns.relation import Relation
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import After, Unrecognised
from kg.sparql.table import Term, words_of

Place: TypeAlias = tuple[int, Any, str]
"""A kind of terms, and what is compared within it: what a term is, and what it is said in."""
LACKING, BLANK, IRI, NUMBER, TIME, SPAN, TRUTH, WORDS, OTHER = range(9)
_XSD: Final = "^^<http://www.w3.org/2001/XMLSchema#"
_EXACT: Final = re.compile(
    r"(?:positive|nonNegative|negative|nonPositive)Integer|integer|decimal|byte|short|int|long|"
    r"unsigned(?:Byte|Short|Int|Long)"
)
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE: Final = re.compile(rf"(?:{_DECIMAL.pattern})(?:[Ee][+-]?[0-9]+)?|[+-]?INF")
_TIME: Final = re.compile(
    r"(-?[0-9]{4,9})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?))?)?)?(?:Z|([+-])([0-9]{2}):([0-9]{2}))?"
)
_ZONED: Final = re.compile(r'(?:Z|[+-][0-9]{2}:[0-9]{2})"')
_SPAN: Final = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_LENGTHS: Final = (31_556_952, 2_629_746, 86_400, 3_600, 60, 1)
"""Seconds of a year, a month (as they are on average), a day, an hour, a minute and a second."""


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


def is_mixed(found: Relation, after: After, session: Session) -> bool:
    """Whether literals of several kinds are to be sorted: the engine may give them in any order.

    Days and times with zones and without are two kinds. Raises Unrecognised for too many.
    """
    columns = [found.columns[key.name] for key in after.keys if key.name in found.columns]
    return any(len(_kinds(np.unique(column), session)) > 1 for column in columns)


def _kinds(numbers: Numbers, session: Session) -> set[tuple[int, bool]]:
    if len(numbers) > MOST:
        raise Unrecognised
    terms = [term for term in session.terms(numbers) if term and term.startswith('"')]
    kinds = zip(map(place_of, terms), terms, strict=True)
    return {(place[0], place[0] == TIME and bool(_ZONED.search(term))) for place, term in kinds}


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


def place_of(term: Term) -> Place:
    """Where a term stands among others.

    >>> sorted(
    ...     [
    ...         '"b"',
    ...         '"10"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ...         "<http://x/a>",
    ...         '"9.5"^^<http://www.w3.org/2001/XMLSchema#double>',
    ...         '"a"',
    ...     ],
    ...     key=place_of,
    ... )[:2]
    ['<http://x/a>', '"9.5"^^<http://www.w3.org/2001/XMLSchema#double>']
    """
    if term is None:
        return LACKING, "", ""
    if not term.startswith('"'):
        kind = BLANK if term.startswith("_:") else OTHER if term.startswith("<<") else IRI
        return kind, term[1:-1], ""
    written, _, behind = term.rpartition('"')
    words = words_of(written[1:])
    if not behind.startswith("^^"):
        return WORDS, words, behind
    typed = _typed(words, behind[len(_XSD) : -1]) if behind.startswith(_XSD) else None
    return typed or (OTHER, behind, words)


def _typed(words: str, kind: str) -> Place | None:
    """Where a literal stands that is a number, a time, a duration or a truth; None for another."""
    if _EXACT.fullmatch(kind):
        return (NUMBER, Decimal(words), "") if _DECIMAL.fullmatch(words) else None
    if kind in ("double", "float"):
        if not _DOUBLE.fullmatch(words):
            return None
        return NUMBER, float(np.float32(words) if kind == "float" else words), ""
    if kind in ("date", "dateTime", "gYear", "gYearMonth"):
        found = _TIME.fullmatch(words)
        return (TIME, _seconds(found.groups()), "") if found else None
    if kind.endswith("uration") and (span := _SPAN.fullmatch(words)):
        return SPAN, _length(span.groups()), ""
    return (TRUTH, words in ("true", "1"), "") if kind == "boolean" else None


def _length(parts: Sequence[str | None]) -> Decimal:
    """Seconds of a duration: where two are surely of different lengths, theirs differ so."""
    seconds = sum(Decimal(part or 0) * one for part, one in zip(parts[1:], _LENGTHS, strict=True))
    return Decimal(-seconds if parts[0] else seconds)


def _seconds(parts: Sequence[str | None]) -> Decimal:
    """Seconds from some moment to a day or time, which is Greenwich's where it has no zone."""
    year, month, day, hour, minute, over, minutes = (
        int(part or 0) for part in (*parts[:5], *parts[7:])
    )
    east = -1 if parts[6] == "-" else 1
    past = _days(year, month, day) * 86_400 + (hour - east * over) * 3_600
    return past + (minute - east * minutes) * 60 + Decimal(parts[5] or 0)


def _days(year: int, month: int, day: int) -> int:
    """Days from the first of March of the year 0, which each fourth February ends by a day more."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return year * 365 + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1
