"""The order of booleans, which the engine does not have: of them a comparison would say nothing.

https://www.w3.org/TR/sparql11-query/#OperatorMapping
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.errors import QueryRefused
from kg.names import VOCABULARIES
from kg.sparql.functions import BEFORE
from kg.sparql.tokens import Token

ORDERS: Final = frozenset(("<", ">", "<=", ">="))
_TESTS: Final = frozenset((*ORDERS, "=", "!=", "&&", "||", "IN"))
_SUMS: Final = frozenset("+-*/")
_BOOLEAN: Final = f"<{VOCABULARIES['xsd']}boolean>"
_TERMS: Final = ("number", "string", "language", "iri")
_NAMES: Final = """
    STR LANG DATATYPE IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE SUBSTR
    ENCODE_FOR_URI STRBEFORE STRAFTER REPLACE YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW
    UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 STRLANG COUNT SUM AVG GROUP_CONCAT
"""
_OTHERS: Final = frozenset(_NAMES.split())
"""Functions that give no boolean."""


def compared(left: str, sign: str, right: str) -> str:
    """A comparison that says something of booleans, too.

    >>> compared("?a", ">=", "?b")
    'COALESCE(?a >= ?b, !<urn:whoholds:before>(?a, ?b))'
    """
    first, second = (left, right) if sign in ("<", ">=") else (right, left)
    negated = "!" if sign in ("<=", ">=") else ""
    return f"COALESCE({left} {sign} {right}, {negated}<{BEFORE}>({first}, {second}))"


def may_be_booleans(found: Sequence[Token], at: int) -> bool:
    """Whether a token compares what may be booleans, by those that stand beside it."""
    sign, right = found[at].text, found[at + 1 : at + 4]
    if sign not in ORDERS or not right:
        return False
    typed = right[0].kind == "string" and right[1:] and right[1].text == "^^"
    return not any(map(_is_other, (found[at - 1], right[-1] if typed else right[0])))


def _is_other(token: Token) -> bool:
    """Whether a side that begins or ends with a token is surely no boolean."""
    return token.kind in _TERMS and token.text != _BOOLEAN


def are_booleans(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether both sides of a comparison may be booleans. Raises QueryRefused for groups in them.

    Such a comparison is written twice, and labels of blank nodes may not be.
    """
    if not (_is_boolean(left) and _is_boolean(right)):
        return False
    if any(token.text == "{" for token in (*left, *right)):
        raise QueryRefused(
            "EXISTS is compared by < or > with what may be a boolean, too. BIND it to a variable, "
            "and compare that."
        )
    return True


def _is_boolean(side: Sequence[Token]) -> bool:
    """Whether an expression may be a boolean."""
    signs = set(_outside_brackets(side))
    if not signs.isdisjoint(_TESTS):
        return True
    if not side or side[0].kind == "number" or not signs.isdisjoint(_SUMS):
        return False
    if side[0].text == "(":
        return _is_boolean(side[1:-1])
    if side[0].kind in ("iri", "string"):
        return _BOOLEAN in signs
    return side[0].word not in _OTHERS


def _outside_brackets(side: Sequence[Token]) -> list[str]:
    """The words and signs of an expression that stand in no brackets; + and - of its numbers."""
    signs, depth = list[str](), 0
    for token in side:
        depth -= token.kind == "close"
        if not depth:
            signs.append(token.text[0] if token.kind == "number" else token.word or token.text)
        depth += token.kind == "open"
    return signs
