"""What is true of that which stands for yes or no: the engine has an error for two kinds.

A literal with a language is true if it has any words, and a number or truth that is none, such as
"abc"^^xsd:integer, is false; to the engine FILTER(?label) drops every label in a language.
https://www.w3.org/TR/sparql11-query/#ebv
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.ours.names import TRUTH
from kg.sparql.standard.comparisons import OPERATORS, outside_brackets
from kg.sparql.tokens import Token, closing, divided

BOTH: Final = frozenset(("&&", "||"))
_BEFORE: Final = BOTH | {"(", ","}
_BEHIND: Final = BOTH | {")", ","}
CLAUSES: Final = frozenset(("FILTER", "HAVING"))
_NAMES: Final = """
    COALESCE IF STRDT STRLANG MIN MAX SAMPLE SUBSTR UCASE LCASE STRBEFORE STRAFTER CONCAT REPLACE
"""
GIVING: Final = frozenset(_NAMES.split())
"""Functions that may give either of the two kinds."""
_CHOOSING: Final = ("COALESCE", "IF")
"""Those of them that give what they are given."""


def is_doubtful(found: Sequence[Token]) -> bool:
    """Whether an operand may be of the two kinds.

    Raises QueryRefused for groups in it: it is written twice, and labels of blank nodes may not be.
    """
    if not _is_doubtful(found):
        return False
    if any(token.text == "{" for token in found):
        raise QueryRefused(
            "EXISTS stands in what is asked for its truth, beside what may have a language. BIND "
            "EXISTS to a variable."
        )
    return True


def _is_doubtful(found: Sequence[Token]) -> bool:
    while found and found[0].text == "(" and closing(found, 0) == len(found) - 1:
        found = found[1:-1]
    if not found or not OPERATORS.isdisjoint(outside_brackets(found)):
        return False
    first, alone = found[0], len(found) == 1
    if first.word not in GIVING:
        return first.kind == "variable" if alone else first.kind == "string"
    given = divided(found[2:-1])
    return first.word not in _CHOOSING or any(map(_is_doubtful, given[first.word == "IF" :]))


def is_asked(found: Sequence[Token], at: int) -> bool:
    """Whether what begins at a token, an operand or brackets around it, is asked for its truth."""
    left, right = at - 1, operand_end(found, at)
    while left > 0 and right < len(found):
        before, behind, outer = found[left], found[right], found[left - 1]
        if before.text == "!" or before.word in CLAUSES:
            return True
        if before.text not in _BEFORE or (behind.text not in _BEHIND and behind.word != "AS"):
            return False
        if before.text in BOTH or behind.text in BOTH:
            return True
        if before.text == ",":
            return False
        if outer.word or outer.kind in ("iri", "name"):
            return outer.word in (*CLAUSES, "IF")
        left, right = left - 1, right + 1
    return False


def operand_end(found: Sequence[Token], at: int) -> int:
    """Where an operand ends that begins at a token: a term, a call, or what brackets hold."""
    while found[at].text == "!" and at + 1 < len(found):
        at += 1
    following = found[at + 1].text if at + 1 < len(found) else ""
    if following in ("(", "{") and found[at].kind in ("word", "iri", "name"):
        at += 1
    if found[at].kind == "open":
        return closing(found, at) + 1
    return at + {"^^": 3}.get(following, 1 + following.startswith("@"))


def told(text: str) -> str:
    """Whether an operand is true.

    >>> told("?v")
    'COALESCE(IF(?v, true, false), <urn:whoholds:function:truth>(?v))'
    """
    return f"COALESCE(IF({text}, true, false), <{TRUTH}>({text}))"
