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
from kg.sparql.paths import Paths
from kg.sparql.sentences import Reader, Step, Way
from kg.sparql.tokens import Token, closing, head_at

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

    def settle(self, loops: Iterable[Loop]) -> Iterator[Loop]:
        """Those of some paths in its parts that are still in question."""
        for loop in loops:
            if not loop.within(self.firm | self.soft if loop.fresh else self.firm):
                yield loop.asked(self.names) if loop.fresh else loop


def refuse_outsiders(found: list[Token]) -> None:
    """Raises QueryRefused for such a path in a query that is SPARQL."""
    if any(token.word == "EXISTS" for token in found) and _may_loop(found):
        _Nodes(found).check()


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
        self.found = [*found, Token("none", "", 0, 0)]
        self.reader = _Sentences(found)
        self.asking = 0
        """In how many EXISTS it is."""
        self.graph = ""

    def check(self) -> None:
        """Raises QueryRefused."""
        scope = Scope()
        self._select(head_at(self.found), scope)
        for loop in scope.loops:
            if loop.told:
                _refuse(loop)

    def _select(self, i: int, scope: Scope) -> int:
        """Goes through a query or a sub-SELECT; returns where it ends."""
        where, shown, heads, asked = Scope(), set[str](), i, list[Loop]()
        while self.found[i].text not in ("{", ""):
            i = self._clause(i, shown, where, asked)
        every = any(token.text == "*" and token.kind == "other" for token in self._top(heads, i))
        if self.found[i].text == "{":
            i = self._group(i + 1, where)
        while self.found[i].text not in ("}", ""):
            i = self._clause(i, set(), where, asked)
        where.loops += where.settle(asked)
        _show(where, where.names | shown if every else shown, scope)
        return i

    def _top(self, i: int, end: int) -> Iterator[Token]:
        """The tokens of a head that stand in no bracket."""
        while i < end:
            yield self.found[i]
            i = closing(self.found, i) + 1 if self.found[i].kind == "open" else i + 1

    def _clause(self, i: int, shown: set[str], where: Scope, asked: list[Loop]) -> int:
        """Goes through a token of a head or a modifier, or what its bracket holds."""
        token = self.found[i]
        if token.word == "VALUES":
            return self._values(i, where)
        if token.kind == "variable":
            shown.add(token.text[1:])
        if token.kind != "open":
            return i + 1
        end = closing(self.found, i)
        asked += self._asked(i, end)
        if self.found[end - 2].word == "AS":
            shown.add(self.found[end - 1].text[1:])
            where.names.add(self.found[end - 1].text[1:])
        return end + 1

    def _group(self, i: int, scope: Scope) -> int:
        """Goes through a group from behind its bracket; returns what follows it."""
        loops = list[Loop]()
        if self.found[i].word == "SELECT":
            i = self._select(i, scope)
            loops, scope.loops = scope.loops, []
        while self.found[i].text != "}":
            i = self._part(i, scope, loops)
        scope.join()
        scope.loops += scope.settle(loops)
        return i + 1

    def _part(self, i: int, scope: Scope, loops: list[Loop]) -> int:
        """Goes through what a group holds at a token; returns what follows it."""
        token = self.found[i]
        parts = {
            "{": self._union,
            "OPTIONAL": self._beside,
            "MINUS": self._beside,
            "GRAPH": self._named,
            "FILTER": self._computed,
            "BIND": self._computed,
        }
        if part := parts.get(token.word or token.text):
            return part(i, scope, loops)
        if token.word == "VALUES":
            return self._values(i, scope)
        return i + 1 if token.text == "." else self._sentence(i, scope)

    def _union(self, i: int, scope: Scope, loops: list[Loop]) -> int:
        """Goes through a group, or several with UNION between them."""
        branches = list[Scope]()
        while not branches or self.found[i].word == "UNION":
            i += len(branches) > 0
            branches.append(Scope())
            i = self._group(i + 1, branches[-1])
        for one in branches:
            scope.names |= one.names
            loops += (replace(loop, fresh=False) for loop in one.loops)
        scope.firm |= set.intersection(*(one.firm for one in branches))
        scope.soft |= set.intersection(*(one.firm | one.soft for one in branches))
        return i

    def _beside(self, i: int, scope: Scope, loops: list[Loop]) -> int:
        """Goes through OPTIONAL, whose filters are told of what stands before it, or MINUS."""
        inner, optional = Scope(), self.found[i].word == "OPTIONAL"
        end = self._group(i + 2, inner)
        scope.names |= inner.names if optional else set()
        loops += (replace(loop, fresh=loop.fresh and optional) for loop in inner.loops)
        return end

    def _named(self, i: int, scope: Scope, loops: list[Loop]) -> int:
        """Goes through GRAPH."""
        inner, around = Scope(), self.graph
        token = self.found[i + 1]
        self.graph = f"?{token.text[1:]}" if token.kind == "variable" else token.text
        end = self._group(i + 3, inner)
        self.graph = around
        scope.names |= inner.names | ({token.text[1:]} if token.kind == "variable" else set())
        scope.firm |= inner.firm
        scope.soft |= inner.soft
        loops += (replace(loop, fresh=False) for loop in inner.loops)
        return end

    def _values(self, i: int, scope: Scope) -> int:
        while self.found[i].text != "{":
            if self.found[i].kind == "variable":
                scope.names.add(self.found[i].text[1:])
            i += 1
        return closing(self.found, i) + 1

    def _computed(self, i: int, scope: Scope, loops: list[Loop]) -> int:
        """Goes through a FILTER or BIND; returns what follows it."""
        begin, binds = i, self.found[i].word == "BIND"
        while self.found[i].kind != "open":
            i += 1
        end = closing(self.found, i)
        loops += self._asked(begin, end)
        if binds:
            scope.names.add(self.found[end - 1].text[1:])
        return end + 1

    def _asked(self, i: int, end: int) -> list[Loop]:
        """The paths in question of each EXISTS in an expression."""
        loops = list[Loop]()
        while i < end:
            i += 1
            if self.found[i - 1].word == "EXISTS":
                inner = Scope()
                self.asking += 1
                i = self._group(i + 1, inner)
                self.asking -= 1
                loops += (replace(loop, fresh=True) for loop in inner.loops)
        return loops

    def _sentence(self, i: int, scope: Scope) -> int:
        """Goes through a sentence; returns what follows it."""
        read, end = self.reader.sentence(i)
        scope.names |= {t.text[1:] for t in self.found[i:end] if t.kind == "variable"}
        for one in read:
            ends = frozenset(filter(None, map(_name, (one.subject, one.thing))))
            nodes = {(self.graph, name) for name in ends}
            open_ended = bool(_name(one.subject) and _name(one.thing)) and self.asking > 0
            if one.ways[0] != (_EMPTY,) or not open_ended:
                scope.firm |= nodes
                continue
            scope.loops.append(Loop(self.graph, ends, ends))
        return end


def _name(term: str) -> str:
    """The name of a variable, the label of a blank node; empty for a constant."""
    return term[1:] if term.startswith(("?", "$")) else term if term.startswith("_:") else ""


def _show(where: Scope, shown: set[str], scope: Scope) -> None:
    """What a sub-SELECT shows of its group: other names are others outside."""
    scope.names |= shown
    for ours, theirs in ((scope.firm, where.firm), (scope.soft, where.soft)):
        ours |= {(g, n) for g, n in theirs if n in shown and _graph(g, shown) == g}
    for loop in where.loops:
        live = frozenset[str]() if loop.told else loop.live & shown
        graph = _graph(loop.graph, shown)
        scope.loops.append(
            replace(loop, graph=graph, ends=loop.ends & shown, live=live, fresh=False)
        )


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
