"""A recognised query: its groups of patterns, what it counts, and what becomes of the groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

PRIVATE: Final = "_"
"""Begins the names of variables that are ours: no recognised query has such a name itself."""


class Unrecognised(Exception):
    """A query is none that columns answer: the engine does."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A term as the query spells it."""

    text: str


Node: TypeAlias = Variable | Constant


@dataclass(frozen=True, slots=True)
class Triple:
    """A pattern of three."""

    subject: Node
    predicate: Node
    object: Node
    repeated: str = ""
    """`+` or `*`, where the predicate may lead on in any number of steps."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All three."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True, slots=True)
class Expression:
    """What the engine is to evaluate: as the query spells it, and the variables it names."""

    text: str
    variables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Filter:
    """FILTER."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Exists:
    """FILTER EXISTS, or NOT EXISTS."""

    group: Group
    negated: bool


@dataclass(frozen=True, slots=True)
class Bind:
    """BIND, or what GROUP BY or an aggregate computes of each solution."""

    expression: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Values:
    """VALUES: rows of terms, None for UNDEF."""

    names: tuple[str, ...]
    rows: tuple[tuple[Constant | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """OPTIONAL."""

    group: Group


@dataclass(frozen=True, slots=True)
class Minus:
    """MINUS."""

    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    """UNION; with one branch a group within a group."""

    branches: tuple[Group, ...]


Element: TypeAlias = Triple | Filter | Exists | Bind | Values | Optional | Minus | Union


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces, in its order."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """COUNT, SUM … of the solutions of a group: of one variable, or of the solutions themselves."""

    function: str
    distinct: bool
    name: str | None
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """What a query shows."""

    text: str
    """What stands between SELECT and WHERE, aggregates replaced."""
    names: tuple[str, ...] | None = None
    """The variables that it names, in their order; None where it shows all."""
    distinct: bool = False
    computes: bool = False
    """Whether it shows what is computed of them."""


@dataclass(frozen=True, slots=True)
class Key:
    """A variable that solutions are sorted by."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """What becomes of the solutions: ORDER BY, OFFSET and LIMIT."""

    text: str
    """All three as the query spells them, aggregates replaced."""
    variables: frozenset[str]
    """The variables that it names."""
    keys: tuple[Key, ...] | None = None
    """What they are sorted by, if by variables alone; None if there is more to it."""
    offset: int = 0
    limit: int | None = None

    def left(self, rows: int) -> int:
        """How many of some solutions OFFSET and LIMIT leave."""
        behind = max(rows - self.offset, 0)
        return behind if self.limit is None else min(behind, self.limit)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that counts, or gives its solutions as they are.

    What its SELECT, HAVING and ORDER BY say names an aggregate by a variable of ours.
    """

    prologue: str
    where: Group
    keys: tuple[str, ...]
    grouped: bool
    aggregates: dict[str, Aggregate]
    select: Select
    having: tuple[str, ...]
    after: After
    sure: bool
    """Whether all of it was read as the grammar has it, but for what constants are and what comes
    after, unless that is read: of these the engine is asked anyway, so it need not be asked whether
    the rest is SPARQL."""

    @property
    def counts(self) -> bool:
        """Whether it makes groups of its solutions."""
        return self.grouped or bool(self.aggregates)

    @property
    def bare(self) -> bool:
        """Whether it shows variables as they are, in an order of such as it shows."""
        if self.counts or self.select.computes or self.after.keys is None:
            return False
        names = self.select.names if self.select.distinct else None
        return names is None or self.after.variables.issubset(names)

    @property
    def needed(self) -> frozenset[str] | None:
        """The variables that SELECT and ORDER BY name; None where it shows all."""
        names = self.select.names
        return None if names is None else self.after.variables.union(names)
