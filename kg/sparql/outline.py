"""What a query's groups hold, by the indices of its tokens: read once, for whoever asks of groups.

https://www.w3.org/TR/sparql11-query/#rGroupGraphPattern
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kg.sparql.tokens import Token, closing, head_at

_END: Final = Token("none", "", 0, 0)
_PARTS: Final = frozenset(("OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND", "VALUES"))
_BREAKS: Final = frozenset((".", "{", "}", ""))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a query: its first token, and the one behind it."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence(Stretch):
    """A subject with its properties, without the full stop."""


@dataclass(frozen=True, slots=True)
class Values(Stretch):
    """VALUES."""

    names: tuple[int, ...]
    """Where its variables stand."""
    sure: bool
    """Whether no UNDEF is in it."""


@dataclass(frozen=True, slots=True)
class Expression(Stretch):
    """A constraint, or what is computed."""

    exists: tuple[Group, ...]
    """The groups of each EXISTS in it, but for those in such groups."""
    names: tuple[int, ...] = ()
    """Where the variable stands that AS gives it; none without."""

    def outside(self) -> Iterator[int]:
        """Its tokens, but for those groups."""
        i = self.begin
        for group in self.exists:
            yield from range(i, group.begin)
            i = group.end
        yield from range(i, self.end)


@dataclass(frozen=True, slots=True)
class Filter(Stretch):
    """FILTER."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Bind(Stretch):
    """BIND."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Optional(Stretch):
    """OPTIONAL."""

    group: Group


@dataclass(frozen=True, slots=True)
class Minus(Stretch):
    """MINUS."""

    group: Group


@dataclass(frozen=True, slots=True)
class Graph(Stretch):
    """GRAPH."""

    name: Token
    group: Group


@dataclass(frozen=True, slots=True)
class Union(Stretch):
    """UNION; with one branch a group within a group."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Select(Stretch):
    """A query, or one within a group."""

    shown: tuple[str, ...]
    """The names of what it shows; * for all that its group has."""
    where: Group
    """Of no tokens, for a DESCRIBE without."""
    computed: tuple[Expression, ...]
    """What it computes, groups by, filters or sorts by, in brackets or as a call."""
    values: Values | None
    """What its solutions are joined with at last."""
    slices: bool
    """Whether it has a LIMIT or OFFSET."""


Clause: TypeAlias = Token | Expression | Values
Part: TypeAlias = Sentence | Values | Filter | Bind | Optional | Minus | Graph | Union | Select


@dataclass(frozen=True, slots=True)
class Group(Stretch):
    """What stands between braces, in its order, and the braces."""

    parts: tuple[Part, ...]

    @property
    def selects(self) -> bool:
        """Whether it is a sub-SELECT."""
        return isinstance(next(iter(self.parts), None), Select)


def names_of(found: Sequence[Token], stretch: Iterable[int]) -> set[str]:
    """The names of the variables among some tokens."""
    return {found[i].text[1:] for i in stretch if found[i].kind == "variable"}


def outline(found: list[Token]) -> Select:
    """The outline of a query that is SPARQL, without the template of a CONSTRUCT.

    >>> from kg.sparql.tokens import spoken
    >>> for part in outline(spoken("ASK { ?s ?p ?o . FILTER(?s < 1) { ?s a ?o } }")).where.parts:
    ...     print(type(part).__name__, part.begin, part.end)
    Sentence 2 5
    Filter 6 12
    Union 12 17
    """
    return _Outlining(found).select(head_at(found))


def selects(found: list[Token]) -> list[Select]:
    """The outlines of a query that is SPARQL and of its sub-SELECTs, the innermost first."""
    reading = _Outlining(found)
    reading.select(head_at(found))
    return reading.selects


class _Outlining:
    """Reads the parts of a query at its tokens."""

    def __init__(self, found: list[Token]) -> None:
        self.found = [*found, _END]
        self.selects = list[Select]()

    def select(self, begin: int) -> Select:
        """A query, or a sub-SELECT."""
        head, i = list[Clause](), begin
        while self.found[i].text not in ("{", ""):
            i = self._clause(i, head)
        where = self.group(i) if self.found[i].text else Group(i, i, ())
        tail, i = list[Clause](), where.end
        while self.found[i].text not in ("}", ""):
            i = self._clause(i, tail)
        both = (*head, *tail)
        select = Select(
            begin,
            i,
            tuple(name for one in head for name in self._shown(one)),
            where,
            tuple(one for one in both if isinstance(one, Expression)),
            next((one for one in both if isinstance(one, Values)), None),
            any(isinstance(one, Token) and one.word in ("LIMIT", "OFFSET") for one in both),
        )
        self.selects.append(select)
        return select

    def _shown(self, one: Clause) -> Iterable[str]:
        """The name of what is shown; * for all."""
        if isinstance(one, Token):
            return (one.text.lstrip("?$"),) if one.kind == "variable" or one.text == "*" else ()
        return names_of(self.found, one.names)

    def _clause(self, i: int, into: list[Clause]) -> int:
        """Reads a token of a head or a modifier, or what its bracket holds; what follows it."""
        token = self.found[i]
        if token.word == "VALUES":
            into.append(values := self._values(i))
            return values.end
        if token.kind == "open" or token.word == "EXISTS":
            into.append(expression := self._expression(i))
            return expression.end
        into.append(token)
        return i + 1

    def group(self, begin: int) -> Group:
        """A group from its bracket on."""
        parts, i = list[Part](), begin + 1
        if self.found[i].word == "SELECT":
            parts.append(select := self.select(i))
            i = select.end
        while self.found[i].text != "}":
            if self.found[i].text == ".":
                i += 1
            else:
                parts.append(part := self._part(i))
                i = part.end
        return Group(begin, i + 1, tuple(parts))

    def _part(self, i: int) -> Part:
        word = self.found[i].word
        if word == "VALUES":
            return self._values(i)
        if word in ("FILTER", "BIND"):
            expression = self._expression(i + 1)
            return (Filter if word == "FILTER" else Bind)(i, expression.end, expression)
        if word in ("OPTIONAL", "MINUS"):
            group = self.group(i + 1)
            return (Optional if word == "OPTIONAL" else Minus)(i, group.end, group)
        if word == "GRAPH":
            group = self.group(i + 2)
            return Graph(i, group.end, self.found[i + 1], group)
        return self._union(i) if self.found[i].text == "{" else self._sentence(i)

    def _union(self, begin: int) -> Union:
        branches = [self.group(begin)]
        while self.found[branches[-1].end].word == "UNION":
            branches.append(self.group(branches[-1].end + 1))
        return Union(begin, branches[-1].end, tuple(branches))

    def _sentence(self, begin: int) -> Sentence:
        i = begin + 1
        while self.found[i].text not in _BREAKS and self.found[i].word not in _PARTS:
            i += 1
        return Sentence(begin, i)

    def _values(self, begin: int) -> Values:
        i = begin
        while self.found[i].text != "{":
            i += 1
        names = (k for k in range(begin, i) if self.found[k].kind == "variable")
        end = closing(self.found, i) + 1
        sure = all(token.word != "UNDEF" for token in self.found[i:end])
        return Values(begin, end, tuple(names), sure)

    def _expression(self, begin: int) -> Expression:
        """What stands in brackets, or a call, or EXISTS with its group."""
        opening, exists = begin, list[Group]()
        while self.found[opening].kind != "open":
            opening += 1
        end = closing(self.found, opening) + 1
        i = begin
        while i < end:
            i += 1
            if self.found[i - 1].word == "EXISTS":
                exists.append(group := self.group(i))
                i = group.end
        named = self.found[end - 3].word == "AS"
        return Expression(begin, end, tuple(exists), (end - 2,) if named else ())
