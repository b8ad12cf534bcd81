"""The sentences of a query's patterns as single statements, and the ways that a path goes.

Each way of a path is a sequence: (p|q)/r goes p/r or q/r, ^(p/q) goes ^q/^p. Paths under *, + and ?
are steps of their own: they hold each pair of ends once, whatever ways lead there.
https://www.w3.org/TR/sparql11-query/#sparqlPropertyPaths
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kg.errors import QueryRefused
from kg.names import VOCABULARIES
from kg.sparql.tokens import Token

MOST: Final = 100
"""Ways that the paths of a query may go."""
_RDF: Final = VOCABULARIES["rdf"]
_TERMS: Final = frozenset(("iri", "string", "number", "variable", "blank", "word"))


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a way: a property or a path under * + ?, or what it must not be."""

    text: str
    inverse: bool = False
    negated: bool = False
    """Whether it is any property but those of its text, which commas divide."""

    @property
    def path(self) -> str:
        """It as a path."""
        return f"^{self.text}" if self.inverse else self.text


Way = tuple[Step, ...]


class Statement(NamedTuple):
    """A subject, the ways of its path (or the variable for its property) and an object."""

    subject: str
    ways: list[Way]
    thing: str


def refuse_ways(count: int) -> None:
    """Raises QueryRefused for paths that go more ways than are written out."""
    if count > MOST:
        raise QueryRefused(
            f"the alternatives (|) of the paths make more than {MOST} ways; each is worked out. "
            "Use fewer, or VALUES ?p { … } with ?s ?p ?o."
        )


class Reader:
    """Reads sentences from the tokens of a query that is SPARQL."""

    def __init__(self, found: list[Token], fresh: Callable[[str], str]) -> None:
        self.found = [*found, Token("none", "", 0, 0)]
        self.fresh = fresh
        """A variable for a blank node's label, or for a node without one."""
        self.read = list[Statement]()

    def sentence(self, i: int) -> tuple[list[Statement], int]:
        """The statements of the sentence at a token, and where it ends."""
        self.read = []
        subject, end = self._node(i)
        return self.read, self._properties(subject, end)

    def _properties(self, subject: str, i: int) -> int:
        while self._verb(i):
            ways, i = self._ways(i)
            thing, i = self._node(i)
            self.read.append(Statement(subject, ways, thing))
            while self.found[i].text == ",":
                thing, i = self._node(i + 1)
                self.read.append(Statement(subject, ways, thing))
            while self.found[i].text == ";":
                i += 1
        return i

    def _verb(self, i: int) -> bool:
        token = self.found[i]
        return token.kind in ("iri", "variable") or token.text in ("a", "^", "!", "(")

    def _node(self, i: int) -> tuple[str, int]:
        """A term, or the variable that stands for a blank node; and where it ends."""
        token = self.found[i]
        if token.text == "[":
            name = self.fresh("")
            return name, self._properties(name, i + 1) + 1
        if token.text == "(":
            return self._list(i + 1)
        if token.kind not in _TERMS:
            raise QueryRefused(f"a path with | or ! cannot be read at '{token.text}'. Use UNION.")
        if token.kind == "blank":
            return self.fresh(token.text), i + 1
        if self.found[i + 1].kind == "language":
            return token.text + self.found[i + 1].text, i + 2
        if self.found[i + 1].text == "^^":
            return f"{token.text}^^{self.found[i + 2].text}", i + 3
        return token.text, i + 1

    def _list(self, i: int) -> tuple[str, int]:
        """What a collection begins with, and where it ends."""
        first = place = "" if self.found[i].text == ")" else self.fresh("")
        while self.found[i].text != ")":
            thing, i = self._node(i)
            self.read.append(Statement(place, [(Step(f"<{_RDF}first>"),)], thing))
            last = self.found[i].text == ")"
            rest = f"<{_RDF}nil>" if last else self.fresh("")
            self.read.append(Statement(place, [(Step(f"<{_RDF}rest>"),)], rest))
            place = rest
        return first or f"<{_RDF}nil>", i + 1

    def _ways(self, i: int) -> tuple[list[Way], int]:
        """The ways of a path, and where it ends."""
        if self.found[i].kind == "variable":
            return [(Step(self.found[i].text),)], i + 1
        ways, i = self._sequence(i)
        while self.found[i].text == "|":
            more, i = self._sequence(i + 1)
            ways = ways + more
            refuse_ways(len(ways))
        return ways, i

    def _sequence(self, i: int) -> tuple[list[Way], int]:
        ways, i = self._element(i)
        while self.found[i].text == "/":
            then, i = self._element(i + 1)
            refuse_ways(len(ways) * len(then))
            ways = [one + other for one in ways for other in then]
        return ways, i

    def _element(self, i: int) -> tuple[list[Way], int]:
        begin = i + (self.found[i].text == "^")
        ways, end = self._primary(begin)
        if self.found[end].text in ("*", "+", "?"):
            end += 1
            ways = [(Step("".join(token.text for token in self.found[begin:end])),)]
        return ([_back(way) for way in ways] if begin > i else ways), end

    def _primary(self, i: int) -> tuple[list[Way], int]:
        token = self.found[i]
        if token.text == "(":
            ways, end = self._ways(i + 1)
            return ways, end + 1
        if token.text == "!":
            bracketed = self.found[i + 1].text == "("
            end = i + 2
            while bracketed and self.found[end].text != ")":
                end += 1
            end += bracketed or self.found[i + 1].text == "^"
            return list(_negated(self.found[i + 1 : end])), end
        return [(Step(f"<{_RDF}type>" if token.text == "a" else token.text),)], i + 1


def _back(way: Way) -> Way:
    return tuple(replace(step, inverse=not step.inverse) for step in reversed(way))


def _negated(inside: list[Token]) -> Iterator[Way]:
    """The ways of a negated set: forward, back, or both."""
    kinds: dict[bool, list[str]] = {False: [], True: []}
    inverse = False
    for token in inside:
        if token.kind == "iri" or token.text == "a":
            kinds[inverse].append(f"<{_RDF}type>" if token.text == "a" else token.text)
        inverse = token.text == "^"
    for back, names in kinds.items():
        if names or not (back or kinds[True]):
            yield (Step(", ".join(names), back, negated=True),)
