"""Paths that go several ways: a p|q b has a solution for each way, and so has a !r b.

The engine gives each pair of ends once for p|q, and for !(p|q) where both ends are known or it
looks back too. So the ways are written out: { a p b } UNION { a q b }, and a ?p b with a FILTER.
https://www.w3.org/TR/sparql11-query/#sparqlPropertyPaths
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import QuerySolutions, Store

from kg.errors import QueryRefused
from kg.sparql.engine import ask_engine, check_syntax
from kg.sparql.outline import (
    Bind,
    Expression,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Select,
    Sentence,
    Union,
    outline,
)
from kg.sparql.standard.sentences import Reader, Statement, Way, refuse_ways
from kg.sparql.tokens import Token, closing, form_at, spliced, spoken

_SIGN: Final = re.compile(r"(?<!\|)\|(?!\|)|!(?!=)")
"""Without one of these signs no path of a query goes several ways."""
_COUNTS: Final = frozenset(
    ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "GROUP", "HAVING")
)
_EACH: Final = frozenset(("BNODE", "RAND", "UUID", "STRUUID"))
"""What is another for each solution."""
_PARTS: Final = frozenset(("LIMIT", "OFFSET"))


def each_way(query: str, base: str) -> str:
    """The query with its paths' ways written out, where the number of solutions matters.

    Raises QueryRefused for what cannot be written out, SyntaxError for what is no SPARQL.
    """
    if not _SIGN.search(query):
        return query
    found = spoken(query)
    if not any(token.text in ("|", "!") for token in found):
        return query
    check_syntax(query, base_iri=base)  # what is no SPARQL goes no further
    return _Writing(query, found, base).text() if _matters(found) else query


def _matters(found: list[Token]) -> bool:
    """Whether a result may depend on how often there is the same solution."""
    words = {token.word for token in found}
    if words & (_COUNTS | _EACH) or sum(token.word == "SELECT" for token in found) > 1:
        return True
    i = form_at(found)
    if found[i].word == "SELECT":
        return found[i + 1].word not in ("DISTINCT", "REDUCED")
    if words & _PARTS:
        return True
    template = found[i + 1 : closing(found, i + 1)] if found[i].word == "CONSTRUCT" else []
    return any(token.kind == "blank" or token.text in ("[", "(") for token in template)


class _Writing:
    """Writes a query's sentences anew, where they have paths that go several ways."""

    def __init__(self, query: str, found: list[Token], base: str) -> None:
        self.query, self.found, self.base = query, found, base
        self.reader = Reader(found, self._variable)
        self.prefix = "way"
        while self.prefix in query:
            self.prefix += "_"
        self.made = 0
        self.ways = 0
        self.labels = dict[str, str]()
        self.new = dict[int, tuple[str, int]]()
        """By tokens: what stands there now, and the token that follows it."""

    def text(self) -> str:
        """The whole query. Raises QueryRefused."""
        whole = outline(self.found)
        self._select(whole)
        return spliced(self.query, self._edits(whole.begin))

    def _edits(self, i: int) -> Iterator[tuple[int, int, str]]:
        """What stands behind the template of a CONSTRUCT, whose blank nodes are others."""
        while i < len(self.found):
            label = self.labels.get(self.found[i].text, self.found[i].text)
            text, end = self.new.get(i, (label, i + 1))
            yield self.found[i].start, self.found[end - 1].end, text
            i = end

    def _variable(self, label: str) -> str:
        """A new variable, the same for the same label of a blank node."""
        if label not in self.labels:
            self.made += 1
            name = f"?{self.prefix}{self.made}"
            if not label:
                return name
            self.labels[label] = name
        return self.labels[label]

    def _select(self, query: Select) -> None:
        """Goes through a query or a sub-SELECT."""
        made = self.made
        self._group(query.where, matters=True)
        for expression in query.computed:
            self._expression(expression)
        if self.made > made:
            self._hide(query)

    def _expression(self, expression: Expression) -> None:
        for group in expression.exists:
            self._group(group, matters=False)

    def _group(self, group: Group, *, matters: bool) -> None:
        written, plain = len(self.new), list[Sentence]()
        for part in group.parts:
            match part:
                case Select():
                    self._select(part)
                case Union():
                    for branch in part.branches:
                        self._group(branch, matters=matters)
                case Graph() | Optional():
                    self._group(part.group, matters=matters)
                case Minus():
                    self._group(part.group, matters=False)
                case Filter() | Bind():
                    self._expression(part.expression)
                case Sentence():
                    plain += () if self._is_written(part, matters=matters) else (part,)
        if len(self.new) > written:
            self._join(plain)

    def _join(self, plain: Iterable[Sentence]) -> None:
        """Makes variables of the labels in several sentences of a group that is written anew.

        What is written there comes between these, and a label may stand in one pattern only.
        """
        seen = set[str]()
        for one in plain:
            inside = self.found[one.begin : one.end]
            labels = {token.text for token in inside if token.kind == "blank"}
            for label in sorted(labels & seen):
                self._variable(label)
            seen |= labels

    def _is_written(self, one: Sentence, *, matters: bool) -> bool:
        """Whether a sentence is written anew."""
        made, labels = self.made, dict(self.labels)
        read, end = self.reader.sentence(one.begin)
        if not (matters and any(map(_several, read))):
            self.made, self.labels = made, labels
            return False
        self.ways += sum(len(one.ways) for one in read if _several(one))
        refuse_ways(self.ways)
        self.new[one.begin] = " . ".join(map(self._written, read)), end
        return True

    def _written(self, one: Statement) -> str:
        if not _several(one):
            return f"{one.subject} {_path(one.ways[0])} {one.thing}"
        ways = [" . ".join(self._steps(one.subject, way, one.thing)) for way in one.ways]
        return ways[0] if len(ways) == 1 else " UNION ".join(f"{{ {way} }}" for way in ways)

    def _steps(self, subject: str, way: Way, thing: str) -> Iterator[str]:
        """The statements of a way: one, or one for each step if some are negated."""
        if not any(step.negated for step in way):
            yield f"{subject} {_path(way)} {thing}"
            return
        for k, step in enumerate(way, start=1):
            then = thing if k == len(way) else self._variable("")
            if step.negated:
                name = self._variable("")
                ends = (then, subject) if step.inverse else (subject, then)
                yield f"{ends[0]} {name} {ends[1]}"
                if step.text:
                    yield f"FILTER({name} NOT IN ({step.text}))"
            else:
                yield f"{subject} {step.path} {then}"
            subject = then

    def _hide(self, query: Select) -> None:
        """Keeps new variables out of a SELECT *. Raises QueryRefused where it cannot."""
        inside = self.found[query.begin : query.end]
        names = self._shown(inside) if "*" in query.shown else []
        if names:
            star = next(i for i, token in enumerate(inside, query.begin) if token.text == "*")
            self.new[star] = " ".join(names), star + 1
        counts = "COUNT(DISTINCT*" in "".join(token.word or token.text for token in inside)
        if counts or ("*" in query.shown and not names):
            raise QueryRefused(
                "a path with | or ! is not run here beside * in place of variables, where that is "
                "DESCRIBE *, COUNT(DISTINCT *) or SELECT * without any. Name the variables, or use "
                "SELECT (1 AS ?found)."
            )

    def _shown(self, inside: list[Token]) -> list[str]:
        """The variables of a SELECT *, as the query was sent."""
        text = self.query[inside[0].start : inside[-1].end]
        found = ask_engine(Store(), text, base_iri=self.base)
        return [str(name) for name in found.variables] if isinstance(found, QuerySolutions) else []


def _several(one: Statement) -> bool:
    """Whether a statement's path goes several ways, or any but some."""
    return len(one.ways) > 1 or any(step.negated for step in one.ways[0])


def _path(way: Way) -> str:
    return "/".join(step.path for step in way)
