"""Numbers that the engine cannot compute with: rows would be missing, and nobody would be told.

Its integers have 64 bits and its decimals 18 digits behind the point, as many as XML Schema asks of
everybody: https://www.w3.org/TR/xmlschema-2/#decimal
"""

from __future__ import annotations

from typing import Final

from kg.errors import QueryRefused
from kg.sparql.standard.places import places
from kg.sparql.standard.values import value_of
from kg.sparql.tokens import Token

SHORT: Final = 18
"""Characters of a number that is not too large."""


def refuse_incomputable(found: list[Token]) -> None:
    """Raises QueryRefused for them."""
    if any(token.kind == "number" and len(token.text) > SHORT for token in found):
        _refuse_numbers(found)


def is_computable(number: str) -> bool:
    """Whether the engine computes with a number, as a query or N-Triples spells it.

    >>> is_computable("12345678901234567890.5"), is_computable("12345678901234567890")
    (True, False)
    """
    return len(number) <= SHORT or value_of(f"{number} + 0") is not None


def _refuse_numbers(found: list[Token]) -> None:
    for place in places(found):
        text = place.token.text
        if place.computes and place.token.kind == "number" and not is_computable(text):
            raise QueryRefused(
                f"{text} has more digits than are computed with here: integers have 64 bits, "
                "decimals 18 digits behind the point. Write it as a double (1e20), or with fewer."
            )
