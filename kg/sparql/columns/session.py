"""One query over columns: the terms that it brings, and those that the columns have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from kg.sparql.columns.days import day_of, is_day
from kg.sparql.columns.file import Columns, Numbers
from kg.sparql.columns.meaning import Engine
from kg.sparql.columns.relation import MOST, UNBOUND
from kg.sparql.columns.tree import Unrecognised
from kg.sparql.table import Term

CELLS: Final = 15_000
"""Terms that are spelt, at most, where somebody must not wait."""
SEARCHED: Final = 16_000_000
"""Signs that are searched there, at most: each piece of text is looked for in some milliseconds."""
_SIGN: Final = r"[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}"
_WHOLE: Final = re.compile(
    rf"<[A-Za-z][A-Za-z0-9+.-]*+:(?!\S*/\.)(?://[A-Za-z0-9._~-]*+(?=[/?#>])|(?!//))"
    rf"(?:{_SIGN}|/)*+(?:\?(?:{_SIGN}|[/?])*+)?(?:\#(?:{_SIGN}|[/?])*+)?>"
)
"""An IRI that is one, and spelt as it is: absolute, without the dots that lead up."""


@dataclass(slots=True)
class Session:
    """A query's own terms beside those of the columns."""

    columns: Columns
    engine: Engine
    most: int = MOST
    """Solutions that there may be on the way."""
    longest: int | None = None
    """Bytes of the terms of a column, at most, where somebody must not wait."""
    constants: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _brought: list[str] = field(default_factory=list)
    _cells: int = 0
    _searched: int = 0

    @property
    def hurried(self) -> bool:
        """Whether nothing may be learnt that takes long."""
        return self.longest is not None

    def allow(self, many: int) -> None:
        """Raises Unrecognised for so many terms to look through, where that takes too long."""
        if self.hurried and many > self.most:
            raise Unrecognised

    def allow_search(self, signs: int) -> None:
        """Raises Unrecognised where a query searches more signs, all in all, than take a moment."""
        self._searched += signs
        if self.hurried and self._searched > SEARCHED:
            raise Unrecognised

    def allow_cells(self, many: int) -> None:
        """Raises Unrecognised where a query spells more terms, all in all, than take a moment."""
        self._cells += many
        if self.hurried and self._cells > CELLS:
            raise Unrecognised

    def learn(self, constants: Iterable[str]) -> None:
        """Learns how the query's constants are spelt in the store; of most the engine is asked."""
        found = list(dict.fromkeys(constants))
        self.constants |= {one: term for one in found if (term := _as_it_is(one))}
        new = [one for one in found if one not in self.constants]
        self.constants |= zip(new, map(str, self.engine.spelt(new)), strict=True)

    def number(self, constant: str) -> int:
        """The number of a constant of the query."""
        return self._number(self.constants[constant])

    def numbers(self, terms: Sequence[Term]) -> Numbers:
        """The numbers of terms; one that the columns have not gets a number now."""
        found = [UNBOUND if term is None else self._number(term) for term in terms]
        return np.array(found, np.int32)

    def days(self, column: Numbers) -> Numbers | None:
        """The days of a column of them; None if there is anything else in it."""
        if ((column < 0) | (column >= self.columns.size)).any():
            return None
        days = self.columns.days[column]
        return days if days.all() and all(map(is_day, np.unique(days).tolist())) else None

    def terms(self, column: Numbers) -> list[Term]:
        """The terms of a column. Raises Unrecognised for too long ones."""
        self.allow_cells(len(column))
        stored = (column >= 0) & (column < self.columns.size)
        if self.longest is not None and self.columns.length(column[stored]) > self.longest:
            raise Unrecognised
        if stored.all():
            return list(self.columns.terms(column))
        return [self._term(number) for number in column.tolist()]

    def _number(self, term: str) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self.columns.number(term)
            if number is None:
                number = self.columns.size + len(self._brought)
                self._brought.append(term)
            self._numbers[term] = number
        return number

    def _term(self, number: int) -> Term:
        if number == UNBOUND:
            return None
        size = self.columns.size
        return self.columns.term(number) if number < size else self._brought[number - size]


def _as_it_is(constant: str) -> str:
    """How an IRI or a day is spelt that needs no engine to say so; empty for anything else."""
    if _WHOLE.fullmatch(constant):
        return constant
    literal = f'"{constant[1:11]}"{constant[12:]}' if constant[11:12] == constant[:1] else ""
    return literal if is_day(day_of(literal)) else ""
