"""Paths of no length from or to a constant: :a broader* ?x binds ?x to :a, wherever :a stands.

The engine gives that row only where the constant stands in the graph that is read; where it does
not, the query is refused.
https://www.w3.org/TR/sparql11-query/#defn_evalPP_ZeroLengthPath
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.sparql.standard.graphs import NOWHERE
from kg.sparql.standard.places import Place, places
from kg.sparql.tokens import Token, closing, spoken

_ENDS: Final = frozenset(("iri", "string", "number", "variable", "blank", "language"))
_MAYBE: Final = re.compile(r"(?<!\sSELECT )\*|\?(?!\w)", re.IGNORECASE)
"""Without one of these signs a query has no path that may have no length."""
_BREAKS: Final = frozenset((".", "{", "}"))


@dataclass(frozen=True, slots=True)
class End:
    """A constant at an end of a path that may have no length, and the graph that is read there."""

    term: str
    graph: str

    @property
    def present(self) -> str:
        """The query whether it stands in the graph."""
        begins = f"{{ {self.term} ?p ?o }} UNION " if self.term.startswith("<") else ""
        pattern = f"{begins}{{ ?s ?p {self.term} }}"
        return (
            f"ASK {{ GRAPH {self.graph} {{ {pattern} }} }}"
            if self.graph
            else f"ASK {{ {pattern} }}"
        )


def path_ends(query: str) -> list[End]:
    """The constants at the ends of a query's paths that may have no length."""
    if not _MAYBE.search(query):
        return []
    found = spoken(query)
    if not any(token.text in ("*", "?") for token in found):
        return []
    return list(dict.fromkeys(Paths(found).ends()))


class Paths:
    """Finds paths among tokens."""

    def __init__(self, found: list[Token]) -> None:
        self.found = [*found, Token("none", "", 0, 0)]

    def ends(self) -> Iterator[End]:
        """The constants, path by path."""
        where = list(places(self.found))
        for i in range(1, len(self.found)):
            before = self.found[i - 1]
            inside = i + (self.found[i].text == "(")
            if where[inside].computes or not (
                before.kind in _ENDS
                or before.text in (";", "[", ")", "]")
                or before.word in ("TRUE", "FALSE")
            ):
                continue
            end, empty = self.path(i)
            if end > i and empty:
                graph = self._graph(i)
                if graph != f"<{NOWHERE}>":
                    yield from (End(term, graph) for term in self._terms(i, end, where) if term)

    def _terms(self, i: int, end: int, where: list[Place]) -> Iterator[str]:
        yield self._subject(i, where)
        while True:
            term, end = self._term(end)
            yield term
            if self.found[end].text != ",":
                return
            end += 1

    def _subject(self, i: int, where: list[Place]) -> str:
        """The constant that begins the sentence of a path; empty if it is none."""
        before = self.found[i - 1]
        if before.text != ";":
            typed = self.found[i - 2].text == "^^"
            return self._term(i - 3 if typed else i - 1 - (before.kind == "language"))[0]
        depth, i = where[i].depth, i - 1
        while i > 0:
            at = where[i].depth - (self.found[i].kind == "close")
            if at < depth or (at == depth and self.found[i].text in _BREAKS):
                break
            i -= 1
        return "" if self.found[i].text in ("[", "(") else self._term(self._first(i + 1))[0]

    def _first(self, i: int) -> int:
        """Where a sentence begins behind a FILTER or BIND that no full stop ends."""
        while self.found[i].word in ("FILTER", "BIND"):
            while self.found[i].kind not in ("open", "none"):
                i += 1
            i = closing(self.found, i) + 1
        return i

    def _term(self, i: int) -> tuple[str, int]:
        """A constant (else nothing), and where the term ends."""
        token = self.found[i]
        if token.kind == "open":
            return "", closing(self.found, i) + 1
        text, i = token.text, i + 1
        if self.found[i].kind == "language":
            text, i = text + self.found[i].text, i + 1
        elif self.found[i].text == "^^":
            text, i = f"{text}^^{self.found[i + 1].text}", i + 2
        constant = token.kind in ("iri", "string", "number") or token.word in ("TRUE", "FALSE")
        return text if constant else "", i

    def _graph(self, i: int) -> str:
        """The graph that is read at a token: what the innermost GRAPH around it names."""
        around = ""
        for k in range(i):
            if self.found[k].word == "GRAPH" and closing(self.found, k + 2) > i:
                around = self.found[k + 1].text
        return around

    def path(self, i: int) -> tuple[int, bool]:
        """Where a path ends (where it began, if it is none), and whether it may have no length."""
        end, empty = self._sequence(i)
        while end > i and self.found[end].text == "|":
            end, other = self._sequence(end + 1)
            empty = empty or other
        return end, empty

    def _sequence(self, i: int) -> tuple[int, bool]:
        end, empty = self._element(i)
        while end > i and self.found[end].text == "/":
            end, other = self._element(end + 1)
            empty = empty and other
        return end, empty

    def _element(self, i: int) -> tuple[int, bool]:
        start = i + (self.found[i].text == "^")
        token = self.found[start]
        if token.text == "(":
            end, empty = self.path(start + 1)
            end += 1
        elif token.text == "!":
            first = self.found[min(start + 1, len(self.found) - 1)].text
            last = closing(self.found, start + 1) if first == "(" else start + 1 + (first == "^")
            end, empty = last + 1, False
        elif token.kind == "iri" or token.text == "a":
            end, empty = start + 1, False
        else:
            return i, False
        end = min(end, len(self.found) - 1)
        if self.found[end].text in ("*", "?", "+"):
            return end + 1, empty or self.found[end].text != "+"
        return end, empty
