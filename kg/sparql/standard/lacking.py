"""Constants that the engine cannot compute with: rows would be missing, and nobody would be told.

It has no order of booleans, integers of 64 bits, and decimals of 18 digits behind the point.
https://www.w3.org/TR/sparql11-query/#OperatorMapping
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.standard.places import places
from kg.sparql.standard.values import value_of
from kg.sparql.tokens import Token

SHORT: Final = 18
"""Characters of a number that is not too large."""
_ORDERS: Final = frozenset(("<", ">", "<=", ">="))
_TRUTHS: Final = frozenset(("TRUE", "FALSE"))


def refuse_incomputable(found: list[Token], words: frozenset[str]) -> None:
    """Raises QueryRefused for them; `words` are those of the tokens."""
    if not words.isdisjoint(_TRUTHS):
        _refuse_order(found)
    if any(token.kind == "number" and len(token.text) > SHORT for token in found):
        _refuse_numbers(found)


def is_computable(number: str) -> bool:
    """Whether the engine computes with a number, as a query or N-Triples spells it.

    >>> is_computable("12345678901234567890.5"), is_computable("12345678901234567890")
    (True, False)
    """
    return len(number) <= SHORT or _adds(number)


@lru_cache(maxsize=4096)
def _adds(number: str) -> bool:
    return value_of(f"{number} + 0") is not None


def _refuse_order(found: list[Token]) -> None:
    for i, token in enumerate(found):
        around = {one.word for one in (*found[max(i - 1, 0) : i], *found[i + 1 : i + 2])}
        if token.text in _ORDERS and not around.isdisjoint(_TRUTHS):
            raise QueryRefused(
                f"true and false are compared by {token.text}, of which nothing comes here. "
                "Compare them by = or != ."
            )


def _refuse_numbers(found: list[Token]) -> None:
    for place in places(found):
        text = place.token.text
        if place.computes and place.token.kind == "number" and not is_computable(text):
            raise QueryRefused(
                f"{text} has more digits than are computed with here: integers have 64 bits, "
                "decimals 18 digits behind the point. Write it as a double (1e20), or with fewer."
            )
