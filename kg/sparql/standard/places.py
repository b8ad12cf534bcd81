"""Where tokens stand: in a FILTER or BIND, in an expression, in a sub-SELECT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.sparql.tokens import Token


@dataclass(frozen=True, slots=True)
class Place:
    """A token, how deep it stands, and what it stands in."""

    token: Token
    depth: int
    computes: bool
    """In the brackets of an expression: an asterisk there multiplies."""
    filters: bool
    """In a FILTER or BIND, EXISTS { … } included."""
    apart: bool
    """In a sub-SELECT."""


def places(found: list[Token]) -> Iterator[Place]:
    """The place of each token."""
    stack, awaited, heads = [(False, False, False)], False, {1: False}
    for i, token in enumerate(found):
        computes, filters, apart = stack[-1]
        yield Place(token, len(stack), computes, filters, apart)
        if token.word in ("FILTER", "BIND"):
            awaited = True
        elif token.word in _HEADS:
            heads[len(stack)] = True
        elif token.kind == "open":
            selects = i + 1 < len(found) and found[i + 1].word == "SELECT"
            round_ = token.text == "(" and (computes or awaited or heads[len(stack)])
            stack.append((round_, filters or awaited, apart or selects))
            awaited, heads[len(stack)] = False, False
        elif token.kind == "close" and len(stack) > 1:
            stack.pop()


_HEADS = frozenset(("SELECT", "BY", "HAVING"))
"""What else is followed by brackets with expressions, up to the end of the query or sub-SELECT."""
