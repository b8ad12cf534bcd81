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
    stack, awaited = [(False, False, False)], False
    for i, token in enumerate(found):
        computes, filters, apart = stack[-1]
        yield Place(token, len(stack), computes, filters, apart)
        if token.word in ("FILTER", "BIND"):
            awaited = True
        elif token.kind == "open":
            selects = i + 1 < len(found) and found[i + 1].word == "SELECT"
            round_ = token.text == "(" and (computes or awaited or found[i - 1].word in _CALLED)
            stack.append((round_, filters or awaited, apart or selects))
            awaited = False
        elif token.kind == "close" and len(stack) > 1:
            stack.pop()


_CALLED = frozenset(("HAVING", "BY", "SELECT", "DISTINCT", "COUNT", "ASC", "DESC"))
"""What else a bracket with an expression follows."""
