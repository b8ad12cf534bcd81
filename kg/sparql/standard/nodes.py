"""Paths of no length within EXISTS, at variables that may be put for no node of the graph.

`VALUES ?s { :none } FILTER EXISTS { ?s :broader* ?t }` holds by the standard: the term is put in
place of the variable, and a path of no length begins and ends at any term. The engine has such
paths at nodes of the graph alone, which is right wherever no term is put for either end. So such a
query is refused, but where an end is surely a node.
https://www.w3.org/TR/sparql11-query/#defn_substitute
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kg.errors import QueryRefused
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
    Union,
    Values,
    names_of,
)
from kg.sparql.standard.paths import Paths
from kg.sparql.standard.sentences import Reader, Step, Way
from kg.sparql.tokens import Token

_EMPTY: Final = Step("*")
_HIDDEN: Final = "?"
"""The graph of a variable that is another outside a sub-SELECT."""
Node = tuple[str, str]
"""A graph, as GRAPH names it, and a variable or blank node that is a node of it."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A path within EXISTS that may have no length, between two variables."""

    graph: str
    ends: frozenset[str]
    live: frozenset[str]
    """Those of its ends that are the same variables in the group around it."""
    fresh: bool = False
    """Whether the group around it is the one that EXISTS is asked for: each name is the same."""
    told: frozenset[str] = frozenset()
    """Those of its ends that terms may be put for."""

    @property
    def nodes(self) -> set[Node]:
        """Its ends, if they are nodes."""
        return {(self.graph, end) for end in self.live}

    def within(self, nodes: set[Node]) -> bool:
        """Whether an end is one of these nodes: then so is the other."""
        return any((self.graph, end) in nodes for end in (self.ends if self.fresh else self.live))

    def asked(self, names: set[str]) -> Loop:
        """It where EXISTS is asked for a group that may bind some names."""
        told = self.ends & names
        known = not self.graph.startswith("?") or self.graph[1:] in names
        return replace(self, live=told if known else frozenset(), told=self.told | told)


@dataclass(slots=True)
class Scope:
    """What a group binds, and the paths in it that are still in question."""

    names: set[str] = field(default_factory=set)
    firm: set[Node] = field(default_factory=set)
    """What each of its solutions binds to nodes."""
    soft: set[Node] = field(default_factory=set)
    """The same, as long as none of the paths in question is refused."""
    loops: list[Loop] = field(default_factory=list)

    def join(self) -> None:
        """Leaves of its own paths those in question: to a node there, only nodes lead.

        Whether a path holds that begins where another one ends is a question of the first alone.
        """
        for loop in (*self.loops, *reversed(self.loops)):
            if loop.within(self.firm):
                self.firm |= loop.nodes
        left = list[Loop]()
        for loop in self.loops:
            if not loop.within(self.firm | self.soft):
                left.append(loop)
            self.soft |= loop.nodes
        self.loops = left

    def take(self, inner: Scope) -> list[Loop]:
        """Adds what a group in it is sure to have; that group's paths in question."""
        self.names |= inner.names
        self.firm |= inner.firm
        self.soft |= inner.soft
        return inner.loops

    def settle(self, loops: Iterable[Loop]) -> Iterator[Loop]:
        """Those of some paths in its parts that are still in question."""
        for loop in loops:
            if not loop.within(self.firm | self.soft if loop.fresh else self.firm):
                yield loop.asked(self.names) if loop.fresh else loop


def refuse_outsiders(found: list[Token], whole: Select) -> None:
    """Raises QueryRefused for such a path in a query that is SPARQL."""
    if any(token.word == "EXISTS" for token in found) and _may_loop(found):
        _Nodes(found).check(whole)


def _may_loop(found: list[Token]) -> bool:
    """Whether there may be a path that may have no length."""
    return any(token.text in ("*", "?") and token.kind == "other" for token in found)


class _Sentences(Reader):
    """Reads a path as one step, which tells whether it may have no length."""

    def __init__(self, found: list[Token]) -> None:
        super().__init__(found, self._name)
        self.paths = Paths(found)
        self.made = 0

    def _name(self, label: str) -> str:
        self.made += not label
        return label or f"_: {self.made}"

    def _ways(self, i: int) -> tuple[list[Way], int]:
        if self.found[i].kind == "variable":
            return super()._ways(i)
        end, empty = self.paths.path(i)
        return [(_EMPTY,) if empty else ()], end


class _Nodes:
    """Goes through a query."""

    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.reader = _Sentences(found)
        self.asking = 0
        """In how many EXISTS it is."""
        self.graph = ""

    def check(self, whole: Select) -> None:
        """Raises QueryRefused."""
        for loop in self._select(whole).loops:
            if loop.told:
                _refuse(loop)

    def _select(self, query: Select) -> Scope:
        """A query or a sub-SELECT: what of it is known outside."""
        where = self._group(query.where)
        computed = (i for one in query.computed for i in one.names)
        values = query.values.names if query.values else ()
        where.names |= names_of(self.found, (*computed, *values))
        asked = [loop for one in query.computed for loop in self._asked(one)]
        where.loops += where.settle(asked)
        return _outside(where, where.names if "*" in query.shown else {*query.shown})

    def _group(self, group: Group) -> Scope:
        scope, loops = Scope(), list[Loop]()
        for part in group.parts:
            loops += self._part(part, scope)
        scope.join()
        scope.loops += scope.settle(loops)
        return scope

    def _part(self, part: Part, scope: Scope) -> Iterable[Loop]:
        """Adds a part of a group to its scope; the paths in question that are not its own."""
        match part:
            case Select():
                return scope.take(self._select(part))
            case Union():
                return self._union(part, scope)
            case Graph():
                return self._graph(part, scope)
            case Optional() | Minus():
                return self._beside(part, scope)
            case Filter() | Bind():
                scope.names |= names_of(self.found, part.expression.names)
                return self._asked(part.expression)
            case Values():
                scope.names |= names_of(self.found, part.names)
            case Sentence():
                self._sentence(part, scope)
        return ()

    def _beside(self, part: Optional | Minus, scope: Scope) -> Iterable[Loop]:
        """Goes through OPTIONAL, whose filters are told of what stands before it, or MINUS."""
        inner = self._group(part.group)
        if isinstance(part, Minus):
            return _stale(inner.loops)
        scope.names |= inner.names
        return inner.loops

    def _union(self, part: Union, scope: Scope) -> Iterable[Loop]:
        branches = [self._group(one) for one in part.branches]
        scope.names.update(*(one.names for one in branches))
        scope.firm |= set.intersection(*(one.firm for one in branches))
        scope.soft |= set.intersection(*(one.firm | one.soft for one in branches))
        return _stale(loop for one in branches for loop in one.loops)

    def _graph(self, part: Graph, scope: Scope) -> Iterable[Loop]:
        around, named = self.graph, part.name.kind == "variable"
        self.graph = f"?{part.name.text[1:]}" if named else part.name.text
        inner = self._group(part.group)
        self.graph = around
        scope.names |= {part.name.text[1:]} if named else set()
        return _stale(scope.take(inner))

    def _asked(self, expression: Expression) -> list[Loop]:
        """The paths in question of each EXISTS in an expression."""
        self.asking += 1
        inner = [self._group(group) for group in expression.exists]
        self.asking -= 1
        return [replace(loop, fresh=True) for one in inner for loop in one.loops]

    def _sentence(self, part: Sentence, scope: Scope) -> None:
        scope.names |= names_of(self.found, range(part.begin, part.end))
        for one in self.reader.sentence(part.begin)[0]:
            ends = frozenset(filter(None, map(_name, (one.subject, one.thing))))
            both = bool(_name(one.subject) and _name(one.thing))
            if both and self.asking and one.ways[0] == (_EMPTY,):
                scope.loops.append(Loop(self.graph, ends, ends))
            else:
                scope.firm |= {(self.graph, name) for name in ends}


def _stale(loops: Iterable[Loop]) -> Iterator[Loop]:
    """Paths in another group than the one that EXISTS is asked for."""
    return (replace(loop, fresh=False) for loop in loops)


def _name(term: str) -> str:
    """The name of a variable, the label of a blank node; empty for a constant."""
    return term[1:] if term.startswith(("?", "$")) else term if term.startswith("_:") else ""


def _outside(where: Scope, shown: set[str]) -> Scope:
    """What is known of a sub-SELECT that shows some names: others are others outside."""
    scope = Scope({*shown})
    for ours, theirs in ((scope.firm, where.firm), (scope.soft, where.soft)):
        ours |= {(g, n) for g, n in theirs if n in shown and _graph(g, shown) == g}
    for loop in where.loops:
        live = frozenset[str]() if loop.told else loop.live & shown
        graph = _graph(loop.graph, shown)
        scope.loops.append(
            replace(loop, graph=graph, ends=loop.ends & shown, live=live, fresh=False)
        )
    return scope


def _graph(graph: str, shown: set[str]) -> str:
    return _HIDDEN if graph.startswith("?") and graph[1:] not in shown else graph


def _refuse(loop: Loop) -> None:
    name = min(loop.told)
    read = f"GRAPH {loop.graph}" if loop.graph.strip(_HIDDEN) else "the graphs asked"
    raise QueryRefused(
        f"?{name} stands within EXISTS at an end of a path that may have no length, and what is "
        f"bound outside may be no node of {read}: the engine leaves out the path of no length that "
        f"begins and ends there. Bind ?{name} outside by a pattern over the same graph, or use + "
        f"for * , and UNION for the thing itself."
    )
