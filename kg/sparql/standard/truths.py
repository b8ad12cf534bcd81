"""What is true of a variable that stands for yes or no: the engine has an error for two kinds.

A literal with a language is true if it has any words, and a number or truth that is none, such as
"abc"^^xsd:integer, is false; to the engine FILTER(?label) drops every label in a language.
https://www.w3.org/TR/sparql11-query/#ebv
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.names import VOCABULARIES
from kg.sparql.tokens import Token, spliced, spoken

_BOTH: Final = frozenset(("&&", "||"))
_BEFORE: Final = _BOTH | {"(", ","}
_BEHIND: Final = _BOTH | {")", ","}
_CLAUSES: Final = frozenset(("FILTER", "HAVING"))
_SIGNED: Final = ("nonNegative", "nonPositive", "positive", "negative")
_SIZES: Final = ("Byte", "Short", "Int", "Long")
_KINDS: Final = (
    *("boolean", "integer", "decimal", "double", "float"),
    *(f"{sign}Integer" for sign in _SIGNED),
    *(size.lower() for size in _SIZES),
    *(f"unsigned{size}" for size in _SIZES),
)
_IRIS: Final = ", ".join(f"<{VOCABULARIES['xsd']}{kind}>" for kind in _KINDS)
_TRUTH: Final = (
    'COALESCE(!!{0}, IF(LANG({0}) != "", STR({0}) != "",'
    f" IF(DATATYPE({{0}}) IN ({_IRIS}), false, 1/0)))"
)
"""Where it is none of the two kinds, the truth or the error that the engine finds."""


def has_truths(found: list[Token]) -> bool:
    """Whether a variable alone stands for yes or no in a query."""
    return any(_places(found))


def tell_truths(query: str) -> str:
    """The query with such variables in other words."""
    found = spoken(query)
    return spliced(query, ((t.start, t.end, _TRUTH.format(t.text)) for t in _places(found)))


def _places(found: list[Token]) -> Iterator[Token]:
    for i, token in enumerate(found[1:-1], start=1):
        if token.kind == "variable" and _stands_for_truth(found, i):
            yield token


def _stands_for_truth(found: list[Token], i: int) -> bool:
    """Whether yes or no is made of a variable, which may have brackets of its own around it."""
    left, right = i - 1, i + 1
    while left > 0 and right < len(found):
        before, behind, outer = found[left], found[right], found[left - 1]
        if before.text == "!" or (before.text == "(" and outer.word == "IF" and behind.text == ","):
            return True
        if before.text != "(" or behind.text != ")":
            ends = behind.text in _BEHIND or behind.word == "AS"
            return ends and before.text in _BEFORE and bool({before.text, behind.text} & _BOTH)
        if outer.word or outer.kind in ("iri", "name"):
            return outer.word in _CLAUSES
        left, right = left - 1, right + 1
    return False
