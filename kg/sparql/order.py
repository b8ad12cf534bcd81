"""Which of two terms comes first: a whole order of all of them, whatever they are.

Where SPARQL says which, so it is here: IRIs before literals; numbers and times by what they are,
words by their signs. Where it leaves it open, kinds of literals follow one another.
https://www.w3.org/TR/sparql11-query/#modOrderBy
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from kg.sparql.datatypes import DECIMAL, EXACT, INEXACT
from kg.sparql.table import Term, words_of

Place: TypeAlias = tuple[int, Any, str]
"""A kind of terms, and what is compared within it: what a term is, and what it is said in."""
LACKING, BLANK, IRI, NUMBER, TIME, SPAN, TRUTH, WORDS, OTHER = range(9)
_XSD: Final = "^^<http://www.w3.org/2001/XMLSchema#"
_DOUBLE: Final = re.compile(rf"(?:{DECIMAL.pattern})(?:[Ee][+-]?[0-9]+)?|[+-]?INF")
_TIME: Final = re.compile(
    r"(-?[0-9]{4,9})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?))?)?)?(?:Z|([+-])([0-9]{2}):([0-9]{2}))?"
)
_SPAN: Final = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_LENGTHS: Final = (31_556_952, 2_629_746, 86_400, 3_600, 60, 1)
"""Seconds of a year, a month (as they are on average), a day, an hour, a minute and a second."""


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
    if kind in EXACT:
        return (NUMBER, Decimal(words), "") if DECIMAL.fullmatch(words) else None
    if kind in INEXACT:
        if not _DOUBLE.fullmatch(words):
            return None
        return NUMBER, of_32_bits(float(words)) if kind == "float" else float(words), ""
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


def of_32_bits(number: float) -> float:
    """The number of 32 bits that is next to another."""
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)
