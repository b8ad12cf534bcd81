"""How literals are kept: by what they are, and so perhaps otherwise than they were spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal

from kg.names import VOCABULARIES
from kg.sparql.standard.lacking import is_computable
from kg.store import stored

_XSD: Final = VOCABULARIES["xsd"]
_SIGNED: Final = ("nonNegative", "positive", "nonPositive", "negative")
_EXACT: Final = frozenset(
    f"{_XSD}{name}" for name in ("decimal", "integer", *(f"{sign}Integer" for sign in _SIGNED))
)
"""Datatypes whose numbers may have any number of digits."""
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)


@dataclass(slots=True)
class Kept:
    """What there is to be said of literals that were kept."""

    _said: dict[tuple[str, str], str] = field(default_factory=dict)
    """Of the first one, by its datatype and by what happened to it."""
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def keep(self, literal: Literal) -> Literal:
        """The literal as a store keeps it."""
        kept = stored(literal)
        if kept != literal:
            self._note("respelt", literal, f"is served as {_spelt(kept)}")
        elif _is_too_long(literal):
            self._note("long", literal, "has more digits than any query here computes with")
        return kept

    def _note(self, what: str, literal: Literal, said: str) -> None:
        key = what, literal.datatype.value
        self._said.setdefault(key, f"{_spelt(literal)} {said}")
        self._counts[key] = self._counts.get(key, 0) + 1

    def __iter__(self) -> Iterator[str]:
        """A sentence for each datatype: an example, and how many more there are.

        >>> kept = Kept()
        >>> for text in ("012", "12", "+12", "12345678901234567890"):
        ...     _ = kept.keep(Literal(text, datatype=Literal(12).datatype))
        >>> for line in kept:
        ...     print(line.replace("http://www.w3.org/2001/XMLSchema#", ""))
        "012"^^<integer> is served as "12"^^<integer>, and 1 more of its datatype
        "12345678901234567890"^^<integer> has more digits than any query here computes with
        """
        for key, said in self._said.items():
            more = self._counts[key] - 1
            yield f"{said}, and {more:,} more of its datatype" if more else said


def _spelt(literal: Literal) -> str:
    return f'"{literal.value}"^^{literal.datatype}'


def _is_too_long(literal: Literal) -> bool:
    """Whether it is a number that queries do not compute with."""
    return (
        literal.datatype.value in _EXACT
        and _NUMBER.fullmatch(literal.value) is not None
        and not is_computable(literal.value)
    )
