"""What each group of a query binds, and which names it would mistake if it were told their values.

By the standard a group knows nothing of what stands around it, except that EXISTS is told of the
solution that it is asked for: https://www.w3.org/TR/sparql11-query/#sparqlTranslateGraphPatterns.
A name is loose in a group where a FILTER, BIND, MINUS, OPTIONAL or EXISTS in it may meet the name
unbound: a value from around would be another answer. Patterns have the same solutions either way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.sparql.tokens import Token, closing, head_at

ANY: Final = ""
"""Stands for all names: a MINUS whose sides share none removes much if both are told of one."""


@dataclass(slots=True)
class Scope:
    """A group, by the indices of its brackets."""

    begin: int
    end: int = 0
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
    """A MINUS, or AS with a name, in an EXISTS that begins somewhere; the names it depends on."""

    word: str
    names: frozenset[str]
    begin: int


class Scopes:
    """Reads a query that is SPARQL."""

    def __init__(self, found: list[Token]) -> None:
        self.found = [*found, Token("none", "", 0, 0)]
        self.asking = list[int]()
        """Where each EXISTS begins that is being read."""
        self.spots = list[Spot]()
        """From the innermost group outwards."""
        self.doubts = list[Doubt]()
        self.bound = dict[str, tuple[int, int]]()
        """Where each name first and last stands in a pattern, VALUES or AS, but in EXISTS."""
        self.said = dict[str, tuple[int, int]]()
        """The same, in EXISTS too."""
        start = head_at(found)
        self._select(start, Scope(start))

    def _select(self, i: int, scope: Scope) -> int:
        """Goes through a query or a sub-SELECT; returns where it ends."""
        head, where = Scope(i), Scope(i)
        while self.found[i].text not in ("{", ""):
            i = self._clause(i, head)
        if self.found[i].text == "{":
            where.begin = i
            i = self._group(i + 1, where)
        begin = i
        while self.found[i].text not in ("}", ""):
            i = self._clause(i, head if self.found[i].kind == "open" else Scope(i))
        words = {token.word for token in self.found[begin:i]}
        if "VALUES" in words:
            self._spot(where.end, where, where.asked - where.sure)
        shown = where.names if "*" in head.names else head.names
        whole = ANY in where.loose or not words.isdisjoint(("LIMIT", "OFFSET"))
        scope.names, scope.sure = shown | head.inner, shown & where.sure
        scope.inner = head.inner | (shown if whole else shown & where.loose)
        return i

    def _clause(self, i: int, head: Scope) -> int:
        """Goes through a token of a head or a modifier, or what its bracket holds."""
        token = self.found[i]
        if token.word == "VALUES":
            return self._values(i, head)
        if token.kind == "open":
            end = closing(self.found, i)
            self._expression(i + 1, end, Scope(i))
            if self.found[end - 2].word == "AS":
                head.inner.add(self._named(end - 1))
            return end + 1
        if token.kind == "variable" or token.text == "*":
            head.names.add(token.text.lstrip("?$"))
        return i + 1

    def _group(self, i: int, scope: Scope) -> int:
        """Goes through a group from behind its bracket; returns what follows it."""
        if self.found[i].word == "SELECT":
            i = self._select(i, scope)
        while self.found[i].text != "}":
            i = self._part(i, scope)
        scope.end = i
        return i + 1

    def _part(self, i: int, scope: Scope) -> int:
        """Goes through what a group holds at a token; returns what follows it."""
        token = self.found[i]
        if token.text == "{":
            return self._union(i, scope)
        if token.word in ("OPTIONAL", "MINUS"):
            inner = Scope(i + 1)
            end = self._group(i + 2, inner)
            (self._optional if token.word == "OPTIONAL" else self._minus)(inner, scope)
            return end
        if token.word == "VALUES":
            return self._values(i, scope)
        if token.word in ("FILTER", "BIND"):
            return self._computed(i, scope)
        if token.kind == "variable":
            name = self._bind(i, scope)
            scope.sure.add(name)
        return i + 1

    def _union(self, i: int, scope: Scope) -> int:
        """Goes through a group, or several with UNION between them."""
        branches = list[Scope]()
        while not branches or self.found[i].word == "UNION":
            i += len(branches) > 0
            inner = Scope(i)
            i = self._group(i + 1, inner)
            if self.found[inner.begin + 1].word != "SELECT":
                self._spot(inner.end, inner, inner.asked - inner.sure)
            branches.append(inner)
        scope.names.update(*(one.names for one in branches))
        scope.inner.update(*(one.loose for one in branches))
        scope.sure |= set.intersection(*(one.sure for one in branches))
        return i

    def _optional(self, inner: Scope, scope: Scope) -> None:
        """Its filters are told of what stands before it, by the standard and by the engine."""
        known = scope.sure | inner.sure
        asked = inner.inner | (inner.asked - known)
        self._spot(inner.end + 1, inner, asked)
        scope.inner |= asked | (inner.read - known) | (inner.names - scope.sure)
        scope.names |= inner.names

    def _minus(self, inner: Scope, scope: Scope) -> None:
        shared = scope.sure & inner.sure
        self._doubt("MINUS", shared)
        scope.inner |= inner.loose | (inner.names - scope.sure)
        if not shared:
            scope.inner.add(ANY)

    def _values(self, i: int, scope: Scope) -> int:
        names = set[str]()
        while self.found[i].text != "{":
            if self.found[i].kind == "variable":
                names.add(self._bind(i, scope))
            i += 1
        end = closing(self.found, i)
        if all(token.word != "UNDEF" for token in self.found[i:end]):
            scope.sure |= names
        return end + 1

    def _computed(self, i: int, scope: Scope) -> int:
        """Goes through a FILTER or BIND; returns what follows it."""
        begin, binds = i, self.found[i].word == "BIND"
        while self.found[i].kind != "open":
            i += 1
        end = closing(self.found, i)
        if not binds:
            self._expression(begin, end, scope)
            return end + 1
        read = Scope(scope.begin, end, sure=scope.sure)
        self._expression(i, end - 1, read)
        self._spot(end + 1, read, read.asked - scope.sure)
        scope.names.add(self._named(end - 1))
        scope.inner |= read.loose | {self.found[end - 1].text[1:]}
        return end + 1

    def _expression(self, i: int, end: int, scope: Scope) -> None:
        """Goes through an expression, for what it reads and what its EXISTS name."""
        while i < end:
            token, begin = self.found[i], i
            if token.kind == "variable":
                scope.read.add(token.text[1:])
            i += 1
            if token.word == "EXISTS":
                self.asking.append(begin)
                i = self._group(i + 1, Scope(i))
                self.asking.pop()
                inside = self.found[begin:i]
                scope.asked.update(one.text[1:] for one in inside if one.kind == "variable")

    def _named(self, i: int) -> str:
        """The name behind AS."""
        name = self._bind(i, Scope(i))
        self._doubt("AS", {name})
        return name

    def _bind(self, i: int, scope: Scope) -> str:
        """The name at a token, which a group may bind there."""
        name = self.found[i].text[1:]
        scope.names.add(name)
        for where in (self.said,) if self.asking else (self.said, self.bound):
            where[name] = where.get(name, (i, i))[0], i
        return name

    def _spot(self, at: int, inner: Scope, loose: set[str]) -> None:
        if loose and not self.asking:
            self.spots.append(Spot(at, inner.begin, inner.end, frozenset(loose)))

    def _doubt(self, word: str, names: set[str]) -> None:
        if self.asking:
            self.doubts.append(Doubt(word, frozenset(names), self.asking[-1]))
