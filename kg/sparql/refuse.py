"""What is refused before the engine sees it: what leaves the machine, and what would choke it."""

from __future__ import annotations

from collections import Counter
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.tokens import Token

LONGEST: Final = 64 * 1024
DEEPEST: Final = 64
MOST: Final = {
    "UNION": 100,
    "MINUS": 100,
    "BIND": 200,
    "OPTIONAL": 200,
    "FILTER": 200,
    "VALUES": 100,
    "SELECT": 50,
}
OPERATORS: Final = 300
PATTERNS: Final = 600
"""How many characters, nested brackets, clauses of a kind, operators and patterns a query may have.

A chain of thousands of them crashes the engine, or keeps it planning for ever.
"""
_OPERATORS: Final = ("!", "+", "-", "*", "/", "|", "^", "&&", "||", "=", "!=", "<", ">", "<=", ">=")
_LIMITS: Final = {
    **MOST,
    **dict.fromkeys((".", ";", ","), PATTERNS),
    **dict.fromkeys(_OPERATORS, OPERATORS),
}
_FEW: Final = min(DEEPEST, *_LIMITS.values())
"""Among so few words and signs there are too many of none."""


def refuse_length(query: str) -> None:
    """Raises QueryRefused for a text that is not even looked at."""
    if len(query) > LONGEST:
        raise QueryRefused(f"the query has {len(query):,} characters; at most {LONGEST:,} are run.")


def refuse(found: list[Token], words: frozenset[str], *, asks: bool = False) -> None:
    """Raises QueryRefused for what is too large, or would leave the machine unless it `asks`.

    `words` are those of its tokens.
    """
    if len(found) > _FEW:
        _refuse_chains(found)
        _refuse_depth(found)
    if "BNODE" in words:
        _refuse_named_nodes(found)
    for word in ("LOAD",) if asks else ("LOAD", "SERVICE"):
        if word in words:
            raise QueryRefused(
                f"{word} is not run here: nothing may read another address. "
                "Ask that endpoint yourself, or let it ask this one."
            )


def _refuse_named_nodes(found: list[Token]) -> None:
    """The engine makes one node of BNODE("a") in all rows; the standard has one for each row."""
    for i, token in enumerate(found[:-2]):
        if token.word == "BNODE" and found[i + 2].text != ")":
            raise QueryRefused("BNODE with an argument is not run here. Use BNODE(), or IRI(…).")


def _refuse_depth(found: list[Token]) -> None:
    depth = 0
    for token in found:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth > DEEPEST:
            raise QueryRefused(f"the query nests more than {DEEPEST} brackets deep. Simplify it.")


def _refuse_chains(found: list[Token]) -> None:
    counts = Counter(token.word or token.text for token in found)
    counts.update(token.text[0] for token in found if token.kind == "number")  # +1, -1
    for text, limit in _LIMITS.items():
        if counts[text] > limit:
            raise QueryRefused(f"the query has {counts[text]:,} {text}; at most {limit} are run.")
