"""What each group of a query binds, and which names it would mistake if it were told their values.

By the standard a group knows nothing of what stands around it, except that EXISTS is told of the
solution that it is asked for: https://www.w3.org/TR/sparql11-query/#sparqlTranslateGraphPatterns.
A name is loose in a group where a FILTER, BIND, MINUS, OPTIONAL or EXISTS in it may meet the name
unbound: a value from around would be another answer. Patterns have the same solutions either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.sparql.outline import (
    Bind,
    Expression,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Part,
    Select,
    Sentence,
    Stretch,
    Union,
    Values,
    names_of,
)
from kg.sparql.tokens import Token

ANY: Final = ""
"""Stands for all names: a MINUS whose sides share none removes much if both are told of one."""


@dataclass(slots=True)
class Scope:
    """What a group has to do with names."""

    names: set[str] = field(default_factory=set)
    """What it may bind."""
    sure: set[str] = field(default_factory=set)
    """What each of its solutions binds."""
    inner: set[str] = field(default_factory=set)
    """What is loose in its parts."""
    read: set[str] = field(default_factory=set)
    """What its own filters name."""
    asked: set[str] = field(default_factory=set)
    """What their EXISTS name."""

    @property
    def loose(self) -> set[str]:
        """What is loose in it."""
        return self.inner | ((self.read | self.asked) - self.sure)


class Spot(NamedTuple):
    """Where a group or BIND ends that may be told of what is around, and what is loose in it."""

    at: int
    begin: int
    end: int
    loose: frozenset[str]


class Doubt(NamedTuple):
    """A MINUS, or AS with a name, in the group of an EXISTS; the names it depends on."""

    word: str
    names: frozenset[str]
    group: Group


class Scopes:
    """Reads a query that is SPARQL."""

    def __init__(self, found: list[Token], whole: Select) -> None:
        self.found = found
        self.asking = list[Group]()
        """The groups of each EXISTS that is being read."""
        self.spots = list[Spot]()
        """From the innermost group outwards."""
        self.doubts = list[Doubt]()
        self.bound = dict[str, tuple[int, int]]()
        """Where each name first and last stands in a pattern, VALUES or AS, but in EXISTS."""
        self.said = dict[str, tuple[int, int]]()
        """The same, in EXISTS too."""
        self._select(whole, Scope())

    def _select(self, query: Select, scope: Scope) -> None:
        """Goes through a query or a sub-SELECT, which stands alone in its group."""
        where, named = self._group(query.where), set[str]()
        for expression in query.computed:
            self._expression(expression, Scope())
            named |= {self._named(i) for i in expression.names}
        if query.values:
            self._spot(query.where, where.asked - where.sure)
            self._values(query.values, where)
        shown = where.names if "*" in query.shown else set(query.shown)
        whole = ANY in where.loose or query.slices
        scope.names, scope.sure = shown | named, shown & where.sure
        scope.inner = named | (shown if whole else shown & where.loose)

    def _group(self, group: Group) -> Scope:
        scope = Scope()
        for part in group.parts:
            self._part(part, group, scope)
        return scope

    def _part(self, part: Part, group: Group, scope: Scope) -> None:
        """Goes through a part of a group, whose scope it adds to."""
        match part:
            case Select():
                self._select(part, scope)
            case Union():
                self._union(part.branches, scope)
            case Graph():
                self._pattern((part.begin + 1,), scope)
                self._union((part.group,), scope)
            case Optional():
                self._optional(part, scope)
            case Minus():
                self._minus(part, scope)
            case Values():
                self._values(part, scope)
            case Filter():
                self._expression(part.expression, scope)
            case Bind():
                self._computed(part, group, scope)
            case Sentence():
                self._pattern(range(part.begin, part.end), scope)

    def _union(self, branches: Iterable[Group], scope: Scope) -> None:
        """Goes through a group, or several with UNION between them."""
        scopes = [self._branch(one) for one in branches]
        scope.names.update(*(one.names for one in scopes))
        scope.inner.update(*(one.loose for one in scopes))
        scope.sure |= set.intersection(*(one.sure for one in scopes))

    def _branch(self, group: Group) -> Scope:
        inner = self._group(group)
        if not group.selects:
            self._spot(group, inner.asked - inner.sure)
        return inner

    def _optional(self, part: Optional, scope: Scope) -> None:
        """Its filters are told of what stands before it, by the standard and by the engine."""
        inner = self._group(part.group)
        known = scope.sure | inner.sure
        asked = inner.inner | (inner.asked - known)
        self._spot(part.group, asked, part.end)
        scope.inner |= asked | (inner.read - known) | (inner.names - scope.sure)
        scope.names |= inner.names

    def _minus(self, part: Minus, scope: Scope) -> None:
        inner = self._group(part.group)
        shared = scope.sure & inner.sure
        self._doubt("MINUS", shared)
        scope.inner |= inner.loose | (inner.names - scope.sure)
        if not shared:
            scope.inner.add(ANY)

    def _values(self, part: Values, scope: Scope) -> None:
        names = {self._bind(i) for i in part.names}
        scope.names |= names
        scope.sure |= names if part.sure else set()

    def _pattern(self, stretch: Iterable[int], scope: Scope) -> None:
        names = {self._bind(i) for i in stretch if self.found[i].kind == "variable"}
        scope.names |= names
        scope.sure |= names

    def _computed(self, part: Bind, group: Group, scope: Scope) -> None:
        """Goes through a BIND; its own name is nobody's yet."""
        read = Scope(sure=scope.sure)
        self._expression(part.expression, read)
        names = {self._named(i) for i in part.expression.names}
        self._spot(Stretch(group.begin, part.end), read.asked - scope.sure, part.end)
        scope.names |= names
        scope.inner |= read.loose | names

    def _expression(self, expression: Expression, scope: Scope) -> None:
        """Goes through an expression, for what it reads and what its EXISTS name."""
        scope.read |= names_of(self.found, expression.outside())
        for group in expression.exists:
            self.asking.append(group)
            self._group(group)
            self.asking.pop()
            scope.asked |= names_of(self.found, range(group.begin, group.end))

    def _named(self, i: int) -> str:
        """The name at a token behind AS."""
        name = self._bind(i)
        self._doubt("AS", {name})
        return name

    def _bind(self, i: int) -> str:
        """The name at a token, which a group may bind there."""
        name = self.found[i].text[1:]
        for where in (self.said,) if self.asking else (self.said, self.bound):
            first, last = where.get(name, (i, i))
            where[name] = min(first, i), max(last, i)
        return name

    def _spot(self, stretch: Stretch, loose: set[str], at: int = 0) -> None:
        """Notes it; `at` is where it ends, if that is not before its closing bracket."""
        if loose and not self.asking:
            end = stretch.end - 1
            self.spots.append(Spot(at or end, stretch.begin, end, frozenset(loose)))

    def _doubt(self, word: str, names: set[str]) -> None:
        if self.asking:
            self.doubts.append(Doubt(word, frozenset(names), self.asking[-1]))
