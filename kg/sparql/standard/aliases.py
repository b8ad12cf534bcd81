"""What a SELECT computes of what it computes: the engine takes such names for unbound in groups.

`SELECT (SUM(?v) AS ?sum) (COUNT(?v) AS ?n) (?sum / ?n AS ?mean)` is SPARQL: a name may be used in
the expressions behind it. So what it stands for is written there.
https://www.w3.org/TR/sparql11-query/#selectExpressions
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.tokens import Token, closing, spliced

LONGEST: Final = 64 * 1024
"""Characters of an expression, at most, with what its names stand for."""
_AGGREGATES: Final = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
_GROUPS: Final = _AGGREGATES | {"GROUP", "HAVING"}
_HEAD_ENDS: Final = frozenset(("{", "WHERE", "FROM"))
_OTHERS: Final = frozenset(("RAND", "BNODE", "UUID", "STRUUID", "EXISTS", "BOUND"))
"""What is another each time, asks the statements, or takes a variable alone."""


def unfold(query: str, found: list[Token], words: frozenset[str]) -> str:
    """The query with such names written out; `words` are those of its tokens.

    Raises QueryRefused for what becomes too long.

    >>> from kg.sparql.tokens import spoken
    >>> text = "SELECT (SUM(?v) AS ?n) (?n * 2 AS ?m) { ?s ?p ?v }"
    >>> unfold(text, spoken(text), frozenset(["SUM", "AS"]))
    'SELECT (SUM(?v) AS ?n) ((SUM(?v)) * 2 AS ?m) { ?s ?p ?v }'
    """
    if words.isdisjoint(_GROUPS) or "AS" not in words:
        return query
    heads = (i for i, token in enumerate(found) if token.word == "SELECT")
    return spliced(query, (edit for i in heads for edit in _written_out(query, found, i + 1)))


def _written_out(query: str, found: list[Token], i: int) -> Iterator[tuple[int, int, str]]:
    known = dict[str, str]()
    for body, name in _computed(found, i):
        if not _OTHERS.isdisjoint(token.word for token in body):
            continue
        named = (token for token in _alone(body) if token.text[1:] in known)
        edits = [(t.start, t.end, f"({known[t.text[1:]]})") for t in named]
        known[name] = spliced(query[: body[-1].end], edits)[body[0].start :]
        if len(known[name]) > LONGEST:
            raise QueryRefused(
                f"?{name} stands for more than {LONGEST:,} characters, with all that is computed "
                "for it. Compute it in a sub-SELECT."
            )
        yield from edits


def _alone(body: list[Token]) -> Iterator[Token]:
    """The variables of an expression that stand in no aggregate: in one they are a row's."""
    i = 0
    while i < len(body):
        if body[i].kind == "variable":
            yield body[i]
        i = closing(body, i + 1) + 1 if body[i].word in _AGGREGATES else i + 1


def _computed(found: list[Token], i: int) -> Iterator[tuple[list[Token], str]]:
    """What a head computes: an expression's tokens, and its name."""
    while i < len(found) and (found[i].word or found[i].text) not in _HEAD_ENDS:
        end = closing(found, i) if found[i].kind == "open" else i
        if end > i + 3 and found[end - 2].word == "AS":
            yield found[i + 1 : end - 2], found[end - 1].text[1:]
        i = end + 1
