"""One query over columns: its own connection, the tables it makes, the terms it brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from kg.sparql.columns.file import KEPT, MANY, Columns
from kg.sparql.columns.meaning import Engine, Term


@dataclass(slots=True)
class Session:
    """A query's connection: what it makes goes when it is closed."""

    columns: Columns
    engine: Engine
    database: Any = field(init=False)
    brought: dict[str, int] = field(default_factory=dict)
    """Terms that the columns have not: the query's own, and what it computes."""
    spelling: dict[int, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.database = self.columns.opened.cursor()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a query in SQL gives."""
        return self.database.execute(query, values).fetchall()  # type: ignore[no-any-return]

    def table(
        self, names: Sequence[str], rows: Sequence[tuple[int | None, ...]], kept: str = ""
    ) -> str:
        """The name of a new table of numbers, its columns named as SQL has them.

        It goes with the session, unless it has a name by which it is kept.
        """
        name = f"{KEPT}.{kept}" if kept else f"made{next(self._numbers)}"
        kind = "TABLE" if kept else "TEMP TABLE"
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
        shown = ", ".join(f"unnest(?::INTEGER[]) AS {n}" for n in names)
        self.database.execute(f"CREATE OR REPLACE {kind} {name} AS SELECT {shown}", columns)
        return name

    def learn(self, constants: Iterable[str]) -> None:
        """Asks the engine how the query's constants are spelt in the store."""
        new = list(dict.fromkeys(c for c in constants if c not in self.constants))
        for constant, term in zip(new, self.engine.spelt(new), strict=True):
            self.constants[constant] = str(term)

    def number(self, constant: str) -> int:
        """The number of a constant of the query."""
        return self.numbers([self.constants[constant]])[0] or 0

    def numbers(self, terms: Sequence[Term]) -> list[int | None]:
        """The numbers of terms; one that the columns have not gets a number now."""
        known = self.columns.ids
        new = {t for t in terms if t is not None and t not in known and t not in self.brought}
        if new:
            found = self._look_up(list(new))
            if len(known) < MANY:
                known |= found
            size = self.columns.size
            for term in sorted(new):
                self.brought[term] = found.get(term, size + len(self.brought))
        return [None if t is None else known.get(t, self.brought.get(t)) for t in terms]

    def _look_up(self, terms: Sequence[str]) -> dict[str, int]:
        """The numbers of those that the columns have."""
        if len(terms) == 1:
            query = "SELECT term, id FROM terms WHERE hash = md5_number_lower($1) AND term = $1"
            return dict(self.rows(query, terms))
        query = (
            "SELECT term, id FROM terms "
            "WHERE hash IN (SELECT md5_number_lower(unnest(?::VARCHAR[])))"
        )
        wanted = set(terms)
        return {term: number for term, number in self.rows(query, [terms]) if term in wanted}

    def spell(self, numbers: Iterable[int | None]) -> None:
        """Makes the spelling of these known."""
        known = self.columns.spelling
        new = {n for n in numbers if n is not None and n not in known and n not in self.spelling}
        self.spelling |= {number: term for term, number in self.brought.items()}
        stored = [n for n in new if n < self.columns.size]
        if not stored:
            return
        query = "SELECT id, term FROM terms WHERE id IN (SELECT unnest(?::INTEGER[]))"
        (known if len(known) < MANY else self.spelling).update(self.rows(query, [stored]))

    def terms(self, row: Sequence[int | None]) -> tuple[Term, ...]:
        """The terms of a row whose spelling is known."""
        known, own = self.columns.spelling, self.spelling
        return tuple(None if n is None else known.get(n) or own[n] for n in row)


def quoted(name: str) -> str:
    """A variable as a column's name: SQL tells no capitals apart, and needs no quotes so."""
    return f"v{name.encode().hex()}"
