"""What is true of terms, and of two of them, where the engine has an error for that."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.names import VOCABULARIES
from kg.sparql.datatypes import NUMBERS

_XSD: Final = VOCABULARIES["xsd"]
_BOOLEAN: Final = NamedNode(f"{_XSD}boolean")
_NUMBERS: Final = frozenset(NamedNode(f"{_XSD}{kind}") for kind in NUMBERS)
_VALUED: Final = _NUMBERS | {_BOOLEAN}
"""Datatypes whose literals are true or false."""
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}


def ordered(compare: Callable[[float, float], bool], one: object, other: object) -> Literal | None:
    """How booleans are ordered, false before true; and NaN, before nothing and behind nothing."""
    truths = _boolean(one), _boolean(other)
    if None not in truths:
        return Literal(compare(*truths))  # type: ignore[arg-type]
    numbers = _number(one), _number(other)
    odd = None not in numbers and any(map(math.isnan, numbers))  # type: ignore[arg-type]
    return Literal(value=False) if odd else None


def _number(term: object) -> float | None:
    """A number that may be none, or any other; None for no number."""
    if not isinstance(term, Literal) or term.datatype not in _NUMBERS:
        return None
    try:
        return float(term.value)
    except ValueError:
        return None


def _boolean(term: object) -> bool | None:
    """What a boolean says; None for any other term."""
    if isinstance(term, Literal) and term.datatype == _BOOLEAN:
        return _TRUTHS.get(term.value)
    return None


def truth(term: object) -> Literal | None:
    """The truth of a literal of which the engine finds none: with a language, or ill-typed."""
    if not isinstance(term, Literal):
        return None
    if term.language:
        return Literal(bool(term.value))
    return Literal(value=False) if term.datatype in _VALUED else None
