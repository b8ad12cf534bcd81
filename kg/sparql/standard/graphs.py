"""GRAPH ?g { … } as the union of GRAPH <…> { … } over the graphs, where the engine needs it.

Around a sub-SELECT, VALUES, MINUS, another GRAPH or a path of any length, the engine leaves ?g
unbound, or counts over all graphs together. What the standard says is a union; it is written out:
https://www.w3.org/TR/sparql11-query/#sparqlAlgebraEval (Graph).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.spell import joined
from kg.sparql.standard.places import places
from kg.sparql.tokens import Token, closing, spliced, spoken

MOST: Final = 200
"""Copies of groups that a query may need; planning takes 40 ms for so many."""
NOWHERE: Final = "urn:none"
"""The graph that is read where there is none to be named."""
LONGEST: Final = 1_000_000
"""Characters of a query with its copies."""
_VARIABLE: Final = re.compile(r"GRAPH\s*[?$]", re.IGNORECASE)
_HARD: Final = frozenset(("SELECT", "VALUES", "MINUS", "GRAPH"))


def has_graphs(query: str) -> bool:
    """Whether a GRAPH with a variable may be in it."""
    return _VARIABLE.search(query) is not None


def check_variables(found: list[Token]) -> None:
    """Raises QueryRefused where the variable of GRAPH ?g is used in it, and is not bound yet."""
    for i, end in _groups(found):
        inside, name = found[i + 3 : end], found[i + 1].text[1:]
        uses = [
            where.filters
            for where in places(inside)
            if where.token.text[1:] == name and where.token.kind == "variable" and not where.apart
        ]
        if uses and all(uses):
            raise QueryRefused(
                f"?{name} is used within GRAPH ?{name} {{ … }}, where it is not bound yet: by the "
                "standard it is bound behind the closing bracket. Move the FILTER or BIND there."
            )


def spread(query: str, graphs: Sequence[str]) -> str:
    """The query with its hard GRAPH ?g written out over the graphs. Raises QueryRefused."""
    found = spoken(query)
    return _Spreading(query, found, graphs).text(0, len(found))


class _Spreading:
    """Writes tokens out, and counts what has been copied."""

    def __init__(self, query: str, found: list[Token], graphs: Sequence[str]) -> None:
        self.query, self.found, self.graphs = query, found, graphs
        self.copies = 0
        self.ends = dict(_groups(found))

    def text(self, begin: int, end: int) -> str:
        """The text of some tokens, and of the blanks before each."""
        parts, i = list[str](), begin
        while i < end:
            last = self.found[i - 1].end if i else 0
            parts.append(self.query[last : self.found[i].start])
            if i in self.ends and self.ends[i] < end and _hard(self.found[i : self.ends[i]]):
                parts.append(self._union(i, self.ends[i]))
                i = self.ends[i] + 1
            else:
                parts.append(self.found[i].text)
                i += 1
        return "".join(parts)

    def _union(self, i: int, end: int) -> str:
        name = self.found[i + 1].text
        self._count(self.found[end].start - self.found[i].start)
        inner = self.text(i + 3, end)
        copies = [
            f"{{ VALUES {name} {{ <{graph}> }} GRAPH <{graph}> {{ {_relabelled(inner, k)} }} }}"
            for k, graph in enumerate(self.graphs)
        ] or [f"{{ VALUES {name} {{ }} GRAPH <{NOWHERE}> {{ {inner} }} }}"]
        return f"{{ {copies[0]} {joined(f'UNION {copy}' for copy in copies[1:])} }}"

    def _count(self, length: int) -> None:
        self.copies += len(self.graphs)
        if self.copies > MOST or length * len(self.graphs) > LONGEST:
            raise QueryRefused(
                "GRAPH ?g { … } around a sub-SELECT, VALUES, MINUS, another GRAPH or a path with * "  # noqa: S608 no query
                f"or ? is worked out for each graph, of {len(self.graphs):,}; {MOST} at most. "
                "Put GRAPH ?g inside the sub-SELECT and group by ?g, or name graphs by FROM NAMED."
            )


def _groups(found: list[Token]) -> Iterator[tuple[int, int]]:
    """Where each GRAPH ?g { … } begins and ends."""
    for i in range(len(found) - 2):
        variable, bracket = found[i + 1], found[i + 2]
        if found[i].word == "GRAPH" and variable.kind == "variable" and bracket.text == "{":
            yield i, closing(found, i + 2)


def _hard(found: list[Token]) -> bool:
    """Whether the tokens of a GRAPH ?g { … } are what the engine gets wrong."""
    name, inside = found[1].text[1:], found[3:]
    return any(
        where.token.word in _HARD
        or (where.token.text in ("*", "?") and not where.computes)
        or (where.filters and where.token.kind == "variable" and where.token.text[1:] == name)
        for where in places(inside)
    )


def _relabelled(inner: str, k: int) -> str:
    """A copy with blank nodes of its own: a label may stand in one group only."""
    if "_:" not in inner:
        return inner
    labels = (token for token in spoken(inner) if token.kind == "blank")
    return spliced(inner, ((t.start, t.end, f"_:g{k}.{t.text[2:]}") for t in labels))
