"""A recognised query: its groups of patterns, what it counts, and what becomes of the groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

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
    """`+`, `*` or `?`, where the predicate may lead on in any number of steps, or in none."""
    also: tuple[tuple[Constant, bool], ...] = ()
    """The properties that such steps may take, too, and whether the other way round."""
    but: tuple[Constant, ...] = ()
    """What the predicate is not, where it may be any."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All three."""
        return self.subject, self.predicate, self.object

    @property
    def constants(self) -> Iterator[str]:
        """Its constants, as the query spells them."""
        nodes = (*self.nodes, *(predicate for predicate, _ in self.also), *self.but)
        return (node.text for node in nodes if isinstance(node, Constant))


@dataclass(frozen=True, slots=True)
class Expression:
    """What the engine is to evaluate: as the query spells it, and the variables it names."""

    text: str
    variables: frozenset[str]
    asked: tuple[Exists, ...] = ()
    """Each EXISTS in it, for which one of these variables stands."""

    @property
    def named(self) -> str:
        """The variable that it is and nothing else, in brackets or not; empty otherwise."""
        text = self.text
        while text.startswith("(") and text.endswith(")"):
            text = text[1:-1].strip()
        return text[1:] if text[1:] in self.variables else ""


@dataclass(frozen=True, slots=True)
class Filter:
    """FILTER."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Exists:
    """FILTER EXISTS, or NOT EXISTS."""

    group: Group
    negated: bool
    name: str = ""
    """The variable of ours that stands for it in an expression."""


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


@dataclass(frozen=True, slots=True)
class Graph:
    """GRAPH."""

    graph: Node
    group: Group


@dataclass(frozen=True, slots=True)
class Subquery:
    """A SELECT within a group."""

    query: Query


Element: TypeAlias = (
    Triple | Filter | Exists | Bind | Values | Optional | Minus | Union | Graph | Subquery
)


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces, in its order."""

    elements: tuple[Element, ...]

    def within(self) -> Iterator[Element]:
        """Its elements, and those of the groups in it."""
        for element in self.elements:
            yield element
            for inner in groups_of(element):
                yield from inner.within()


def groups_of(element: Element) -> tuple[Group, ...]:
    """The groups of an element."""
    if isinstance(element, Union):
        return element.branches
    if isinstance(element, Subquery):
        return (element.query.where,)
    if isinstance(element, Filter | Bind):
        return tuple(test.group for test in element.expression.asked)
    return (element.group,) if isinstance(element, Optional | Minus | Exists | Graph) else ()


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

    names: tuple[str, ...] | None = None
    """The variables that it shows, in their order; None where it shows all."""
    distinct: bool = False
    computed: tuple[Bind, ...] = ()
    """Those of them that it computes, each of what stands before it."""


@dataclass(frozen=True, slots=True)
class Key:
    """A variable that solutions are sorted by."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """What becomes of the solutions: ORDER BY, OFFSET and LIMIT."""

    keys: tuple[Key, ...] = ()
    """What they are sorted by."""
    computed: tuple[Bind, ...] = ()
    """The keys that are computed."""
    offset: int = 0
    limit: int | None = None

    @property
    def variables(self) -> frozenset[str]:
        """The variables that sorting asks for."""
        named = [one.expression.variables for one in self.computed]
        ours = {one.name for one in self.computed}
        return frozenset({key.name for key in self.keys} - ours).union(*named)

    @property
    def slices(self) -> bool:
        """Whether some solutions are left out."""
        return self.limit is not None or self.offset > 0

    @property
    def breaks_off(self) -> bool:
        """Whether some solutions are enough, whichever they are."""
        return self.slices and not self.keys

    def left(self, rows: int) -> int:
        """How many of some solutions OFFSET and LIMIT leave."""
        behind = max(rows - self.offset, 0)
        return behind if self.limit is None else min(behind, self.limit)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that counts, or gives its solutions as they are.

    What it computes, HAVING and ORDER BY name an aggregate by a variable of ours.
    """

    where: Group
    keys: tuple[str, ...]
    grouped: bool
    aggregates: dict[str, Aggregate]
    select: Select
    having: tuple[Expression, ...]
    after: After
    values: Values | None = None
    """What its solutions are joined with at last."""
    prologue: str = ""
    shape: str = ""
    """What is made of its solutions: ASK, or CONSTRUCT and its template; else empty."""
    sure: bool = False
    """Whether all of it was read as the grammar has it, but for what constants are: of these the
    engine is asked anyway, so it need not be asked whether the rest is SPARQL."""

    @property
    def counts(self) -> bool:
        """Whether it makes groups of its solutions."""
        return self.grouped or bool(self.aggregates)

    @property
    def counts_alone(self) -> bool:
        """Whether it shows what it groups by and what it counts of variables, in such an order."""
        shown = {bind.name for bind in self.select.computed}
        known = shown.union(self.keys, self.aggregates)
        return (
            self.counts
            and len(self.where.elements) == 1
            and all(bind.expression.named in self.aggregates for bind in self.select.computed)
            and known.issuperset(self.select.names or ("",))
            and known.issuperset(key.name for key in self.after.keys)
            and not (self.having or self.values or self.after.computed)
        )

    @property
    def beside(self) -> frozenset[str]:
        """The variables that it names beside its group."""
        computed = (*self.select.computed, *self.after.computed)
        expressions = (*(bind.expression for bind in computed), *self.having)
        names = {*self.keys, *(self.select.names or ()), *self.after.variables}
        names.update(bind.name for bind in computed)
        names.update(one.name for one in self.aggregates.values() if one.name)
        names.update(self.values.names if self.values else ())
        return frozenset(names).union(*(one.variables for one in expressions))

    @property
    def bare(self) -> bool:
        """Whether it shows variables as they are, in an order of such."""
        return not (self.counts or self.select.computed or self.after.computed or self.values)

    @property
    def counts_within(self) -> bool:
        """Whether it makes groups of solutions anywhere."""
        inner = (one.query for one in self.where.within() if isinstance(one, Subquery))
        return self.counts or any(query.counts for query in inner)


class Plan(NamedTuple):
    """A plain query that was read with holes (kg.sparql.template), and what stands in them."""

    query: Query
    terms: Mapping[str, str]
