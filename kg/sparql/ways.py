"""Paths that go several ways: a p|q b has a solution for each way, and so has a !r b.

The engine gives each pair of ends once for p|q, and for !(p|q) where both ends are known or it
looks back too. So the ways are written out: { a p b } UNION { a q b }, and a ?p b with a FILTER.
https://www.w3.org/TR/sparql11-query/#sparqlPropertyPaths
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import QuerySolutions, Store

from kg.errors import QueryRefused
from kg.sparql.sentences import Reader, Statement, Way, refuse_ways
from kg.sparql.tokens import Token, closing, form_at, spoken

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
    Store().query(query, base_iri=base)  # what is no SPARQL goes no further
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
        self.query, self.found, self.base = query, [*found, Token("none", "", 0, 0)], base
        self.reader = Reader(found, self._variable)
        self.prefix = "way"
        while self.prefix in query:
            self.prefix += "_"
        self.made = 0
        self.ways = 0
        self.labels = dict[str, str]()
        self.plain = list[tuple[int, int]]()
        """Where the sentences of the group begin and end that stay as they are."""
        self.template = 0
        """Where the template of a CONSTRUCT ends, whose blank nodes are others."""
        self.new = dict[int, tuple[str, int]]()
        """By tokens: what stands there now, and the token that follows it."""

    def text(self) -> str:
        """The whole query. Raises QueryRefused."""
        i = form_at(self.found)
        self._select(i)
        parts, last, i = list[str](), 0, 0
        while i < len(self.found) - 1:
            token = self.found[i]
            label = token.text if i < self.template else self.labels.get(token.text, token.text)
            text, end = self.new.get(i, (label, i + 1))
            parts += (self.query[last : token.start], text)
            last, i = self.found[end - 1].end, end
        return "".join([*parts, self.query[last:]])

    def _variable(self, label: str) -> str:
        """A new variable, the same for the same label of a blank node."""
        if label not in self.labels:
            self.made += 1
            name = f"?{self.prefix}{self.made}"
            if not label:
                return name
            self.labels[label] = name
        return self.labels[label]

    def _select(self, i: int) -> int:
        """Goes through a query or a sub-SELECT; returns where it ends."""
        made, begin = self.made, i
        if self.found[i].word == "CONSTRUCT" and self.found[i + 1].text == "{":
            self.template = i = closing(self.found, i + 1) + 1
        while self.found[i].text not in ("{", ""):
            i = self._expression(i)
        i = self._group(i + 1, matters=True) if self.found[i].text else i
        while self.found[i].text not in ("}", ""):
            i = self._expression(i)
        if self.made > made:
            self._hide(begin, i)
        return i

    def _expression(self, i: int) -> int:
        """Goes through a token or what its bracket holds; returns where that ends."""
        if self.found[i].kind != "open":
            return i + 1
        end = closing(self.found, i)
        while i < end:
            exists = self.found[i].word == "EXISTS"
            i = self._group(i + 2, matters=False) if exists else i + 1
        return end + 1

    def _group(self, i: int, *, matters: bool) -> int:
        """Goes through a group from behind its bracket; returns where it ends."""
        if self.found[i].word == "SELECT":
            return self._select(i) + 1
        written, around, self.plain = len(self.new), self.plain, []
        while self.found[i].text != "}":
            i = self._part(i, matters=matters)
        if len(self.new) > written:
            self._join()
        self.plain = around
        return i + 1

    def _join(self) -> None:
        """Makes variables of the labels in several sentences of a group that is written anew.

        What is written there comes between these, and a label may stand in one pattern only.
        """
        seen = set[str]()
        for begin, end in self.plain:
            labels = {token.text for token in self.found[begin:end] if token.kind == "blank"}
            for label in sorted(labels & seen):
                self._variable(label)
            seen |= labels

    def _part(self, i: int, *, matters: bool) -> int:
        """Goes through what a group holds at a token; returns where that ends."""
        word, text = self.found[i].word, self.found[i].text
        if text == "{":
            return self._group(i + 1, matters=matters)
        if word == "MINUS":
            return self._group(i + 2, matters=False)
        if text == "." or word in ("OPTIONAL", "UNION"):
            return i + 1
        if word in ("GRAPH", "SERVICE"):
            return i + 2 + (self.found[i + 1].word == "SILENT")
        if word in ("FILTER", "BIND", "VALUES"):
            return self._clause(i)
        return self._sentence(i, matters=matters)

    def _clause(self, i: int) -> int:
        """Goes through a FILTER, BIND or VALUES; returns where it ends."""
        word, exists = self.found[i].word, False
        while self.found[i].kind != "open":
            exists = exists or self.found[i].word == "EXISTS"
            i += 1
        if exists:
            return self._group(i + 1, matters=False)
        rows = word == "VALUES" and self.found[i].text == "("
        i = self._expression(i)
        return self._expression(i) if rows else i

    def _sentence(self, i: int, *, matters: bool) -> int:
        """Writes a sentence anew if it is to be; returns where it ends."""
        made, labels = self.made, dict(self.labels)
        read, end = self.reader.sentence(i)
        if matters and any(map(_several, read)):
            self.ways += sum(len(one.ways) for one in read if _several(one))
            refuse_ways(self.ways)
            self.new[i] = " . ".join(map(self._written, read)), end
        else:
            self.made, self.labels = made, labels
            self.plain.append((i, end))
        return end

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

    def _hide(self, begin: int, end: int) -> None:
        """Keeps new variables out of a SELECT *. Raises QueryRefused where it cannot."""
        star = begin + 1 + (self.found[begin + 1].word in ("DISTINCT", "REDUCED"))
        shows = self.found[star].text == "*"
        names = self._shown(begin, end) if shows else []
        self.new |= {star: (" ".join(names), star + 1)} if names else {}
        inside = "".join(token.word or token.text for token in self.found[begin:end])
        if (shows and not names) or "COUNT(DISTINCT*" in inside:
            raise QueryRefused(
                "a path with | or ! is not run here beside * in place of variables, where that is "
                "DESCRIBE *, COUNT(DISTINCT *) or SELECT * without any. Name the variables, or use "
                "SELECT (1 AS ?found)."
            )

    def _shown(self, begin: int, end: int) -> list[str]:
        """The variables of a SELECT *, as the query was sent."""
        text = self.query[self.found[begin].start : self.found[end - 1].end]
        found = Store().query(text, base_iri=self.base)
        return [str(name) for name in found.variables] if isinstance(found, QuerySolutions) else []


def _several(one: Statement) -> bool:
    """Whether a statement's path goes several ways, or any but some."""
    return len(one.ways) > 1 or any(step.negated for step in one.ways[0])


def _path(way: Way) -> str:
    return "/".join(step.path for step in way)
