"""Comparisons by < and its like, of what the engine does not compare as the standard does.

It has no order of booleans. NaN is before nothing and behind nothing to the standard, nor is it
<= itself: that is false, and no error.
https://www.w3.org/TR/sparql11-query/#OperatorMapping
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from kg.errors import QueryRefused
from kg.names import VOCABULARIES
from kg.sparql.datatypes import INEXACT, NUMBERS
from kg.sparql.ours.names import BEFORE, UP_TO
from kg.sparql.tokens import Token

ORDERS: Final = frozenset(("<", ">", "<=", ">="))
_TESTS: Final = frozenset((*ORDERS, "=", "!=", "&&", "||", "IN", "!"))
_SUMS: Final = frozenset("+-*/")
OPERATORS: Final = _TESTS | _SUMS
_BOOLEAN: Final = f"<{VOCABULARIES['xsd']}boolean>"
_INEXACT: Final = frozenset(f"<{VOCABULARIES['xsd']}{name}>" for name in INEXACT)
_COMPARED: Final = {f"<{VOCABULARIES['xsd']}{name}>" for name in NUMBERS} | {_BOOLEAN}
_TERMS: Final = ("iri", "string")
_NUMERIC: Final = frozenset(("ABS", "CEIL", "FLOOR", "ROUND", "SUM", "AVG"))
_ANY: Final = frozenset(("IF", "COALESCE", "STRDT", "MIN", "MAX", "SAMPLE"))
_NAMES: Final = """
    STR LANG DATATYPE IRI URI BNODE RAND CONCAT STRLEN UCASE LCASE SUBSTR ENCODE_FOR_URI STRBEFORE
    STRAFTER REPLACE YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1
    SHA256 SHA384 SHA512 STRLANG COUNT GROUP_CONCAT
"""
NEITHER: Final = frozenset(_NAMES.split())
"""Functions that give no boolean and no number that is none; those that give others; either."""


class Side(NamedTuple):
    """A side of a comparison: its text, and what it may be."""

    text: str
    boolean: bool
    number: bool
    nan: bool
    """Whether it may be a number that is none."""


def compared(left: Side, sign: str, right: Side, *, errs: bool) -> str:
    """A comparison as the standard has it; unless it `errs`, an error is as good as false.

    >>> a, b = (Side(name, boolean=True, number=False, nan=False) for name in ("?a", "?b"))
    >>> compared(a, ">", b, errs=False)
    'COALESCE(?a > ?b, <urn:whoholds:function:before>(?b, ?a))'
    """
    said = f"{left.text} {sign} {right.text}"
    booleans = left.boolean and right.boolean
    if left.nan and right.nan and "=" in sign:
        lone = f"{left.text} = {left.text}"
        said = f"IF({lone}, {said}, {'1/0' if errs or booleans else 'false'})"
    numbers = (left.nan and right.number) or (left.number and right.nan)
    if not booleans and not (errs and numbers):
        return said
    first, second = (left, right) if "<" in sign else (right, left)
    name = UP_TO if "=" in sign else BEFORE
    return f"COALESCE({said}, <{name}>({first.text}, {second.text}))"


def is_odd(found: Sequence[Token], at: int) -> bool:
    """Whether a token compares what may be other than the engine has it, by those beside it."""
    sign, right = found[at].text, found[at + 1 : at + 4]
    if sign not in ORDERS or not right:
        return False
    typed = right[0].kind == "string" and right[1:] and right[1].text == "^^"
    return not any(map(_is_other, (found[at - 1], right[-1] if typed else right[0])))


def _is_other(token: Token) -> bool:
    """Whether a side that begins or ends with a token is surely neither boolean nor number."""
    return token.kind in (*_TERMS, "language") and token.text not in _COMPARED


def side(text: str, tokens: Sequence[Token]) -> Side:
    """What a side of a comparison may be. Raises QueryRefused for what cannot be written twice."""
    boolean, nan = _is_boolean(tokens), _is_nan(tokens)
    number = nan or _is_number(tokens)
    if (boolean or nan) and any(token.text == "{" for token in tokens):
        raise QueryRefused(
            "EXISTS stands in what < or > compares. BIND EXISTS to a variable, and compare that."
        )
    return Side(text, boolean, number, nan)


def _is_boolean(side: Sequence[Token]) -> bool:
    """Whether an expression may be a boolean."""
    signs = outside_brackets(side)
    if not _TESTS.isdisjoint(signs):
        return True
    if not side or side[0].kind == "number" or not _SUMS.isdisjoint(signs):
        return False
    if side[0].text == "(":
        return _is_boolean(side[1:-1])
    if side[0].kind in _TERMS:
        return _BOOLEAN in signs
    return side[0].word not in NEITHER | _NUMERIC


def _is_number(side: Sequence[Token]) -> bool:
    """Whether an expression may be a number."""
    signs = outside_brackets(side)
    string = bool(side) and side[0].kind == "string"
    return _TESTS.isdisjoint(signs) and ("^^" in signs or not string)


def _is_nan(side: Sequence[Token]) -> bool:
    """Whether an expression may be a number that is none."""
    signs = outside_brackets(side)
    if not _TESTS.isdisjoint(signs):
        return False
    if not _SUMS.isdisjoint(signs[1:]):
        return True
    if side[:1] and side[0].text in "+-":
        return _is_nan(side[1:])
    if side[:1] and side[0].text == "(":
        return _is_nan(side[1:-1])
    if side[:1] and side[0].kind in _TERMS:
        return not _INEXACT.isdisjoint(signs)
    return bool(side) and (side[0].kind == "variable" or side[0].word in _NUMERIC | _ANY)


def outside_brackets(side: Sequence[Token]) -> list[str]:
    """The words and signs of an expression that stand in no brackets; + and - of its numbers."""
    signs, depth = list[str](), 0
    for token in side:
        depth -= token.kind == "close"
        if not depth:
            signed = token.kind == "number" and token.text[0] in _SUMS
            signs.append(token.text[0] if signed else token.word or token.text)
        depth += token.kind == "open"
    return signs
