"""One query over columns: the terms that it brings, and those that the columns have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from kg.sparql.columns.days import day_of, is_day
from kg.sparql.columns.file import Chosen, Columns, Numbers, Statements
from kg.sparql.columns.meaning import Engine
from kg.sparql.columns.relation import MOST, UNBOUND
from kg.sparql.columns.tree import Unrecognised
from kg.sparql.table import Term

CELLS: Final = 15_000
"""Terms that are spelt, at most, where somebody must not wait."""
FEW: Final = 24
"""Terms that are spelt one by one, at most: of so few it takes less."""
SEARCHED: Final = 16_000_000
"""Signs that are searched there, at most: each piece of text is looked for in some milliseconds."""
_SIGN: Final = r"[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}"
_WHOLE: Final = re.compile(
    rf"<[A-Za-z][A-Za-z0-9+.-]*+:(?!\S*/\.)(?://[A-Za-z0-9._~-]*+(?=[/?#>])|(?!//))"
    rf"(?:{_SIGN}|/)*+(?:\?(?:{_SIGN}|[/?])*+)?(?:\#(?:{_SIGN}|[/?])*+)?>"
)
"""An IRI that is one, and spelt as it is: absolute, without the dots that lead up."""


@dataclass(slots=True)
class Spent:
    """What a query has taken so far."""

    cells: int = 0
    searched: int = 0


@dataclass(slots=True)
class Session:
    """A query's own terms beside those of the columns, and which statements are asked."""

    columns: Columns
    engine: Engine
    most: int = MOST
    """Solutions that there may be on the way."""
    longest: int | None = None
    """Bytes of the terms of a column, at most, where somebody must not wait."""
    default: Numbers | None = None
    """The graphs whose statements are asked where no graph is named; None for all."""
    named: Numbers | None = None
    """The graphs that may be named; None for all."""
    graph: str = ""
    """The variable that names the graph, where one does."""
    stated: Statements = field(init=False)
    """The statements that are asked."""
    constants: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _brought: list[str] = field(default_factory=list)
    _spent: Spent = field(default_factory=Spent)

    def __post_init__(self) -> None:
        self.stated = self._of(self.default)

    def _of(self, graphs: Numbers | None) -> Statements:
        return self.columns if graphs is None else Chosen(self.columns, graphs)

    def within(self, constant: str) -> Session:
        """The same, asked of a graph. Raises Unrecognised for none that is published."""
        graph = np.array([self.number(constant)], np.int32)
        known = self.columns.sets.graphs if self.named is None else self.named
        if not np.isin(graph, known).all():
            raise Unrecognised
        return replace(self, default=graph, graph="")

    def each(self, name: str) -> Session:
        """The same, asked of each graph that may be named."""
        return replace(self, default=None, graph=name)

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
        self._spent.searched += signs
        if self.hurried and self._spent.searched > SEARCHED:
            raise Unrecognised

    def allow_cells(self, many: int) -> None:
        """Raises Unrecognised where a query spells more terms, all in all, than take a moment."""
        self._spent.cells += many
        if self.hurried and self._spent.cells > CELLS:
            raise Unrecognised

    def learn(self, constants: Iterable[str]) -> None:
        """Learns how the query's constants are spelt in the store; of most the engine is asked."""
        new = dict[str, str]()
        for constant in constants:
            one = self.engine.filled(constant)
            if one in self.columns.known or _WHOLE.fullmatch(one):
                self.constants[constant] = one
            elif day := _as_day(one):
                self.constants[constant] = day
            else:
                new[constant] = one
        if new:
            spelt = self.engine.spelt(list(new.values()))
            self.constants |= zip(new, map(str, spelt), strict=True)

    def number(self, constant: str) -> int:
        """The number of a constant of the query."""
        return self._number(self.constants[constant])

    def numbers(self, terms: Sequence[Term]) -> Numbers:
        """The numbers of terms; one that the columns have not gets a number now."""
        new = [term for term in dict.fromkeys(terms) if term is not None]
        new = [term for term in new if term not in self._numbers]
        for term, number in zip(new, self.columns.numbers(new), strict=True):
            self._numbers[term] = self._bring(term) if number is None else number
        found = [UNBOUND if term is None else self._numbers[term] for term in terms]
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
        if len(column) <= FEW:
            return list(map(self._term, column.tolist()))
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
            self._numbers[term] = number = self._bring(term) if number is None else number
        return number

    def _bring(self, term: str) -> int:
        """A number for a term that the columns have not."""
        self._brought.append(term)
        return self.columns.size + len(self._brought) - 1

    def _term(self, number: int) -> Term:
        if number == UNBOUND:
            return None
        if number >= self.columns.size:
            return self._brought[number - self.columns.size]
        return self.columns.term(number, self.longest)


def _as_day(constant: str) -> str:
    """How a day is spelt that needs no engine to say so; empty for anything else."""
    literal = f'"{constant[1:11]}"{constant[12:]}' if constant[11:12] == constant[:1] else ""
    return literal if is_day(day_of(literal)) else ""
