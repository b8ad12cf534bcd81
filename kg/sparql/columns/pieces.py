"""A query's tokens with numbers whole, and names without the full stop that ends a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.sparql.tokens import Token, tokens

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)")


def pieces(query: str) -> Iterator[Token]:
    """All tokens but comments."""
    past = 0
    for token in tokens(query):
        if token.kind == "comment" or token.start < past:
            continue
        if token.kind == "name":
            yield from _without_stops(token)
        elif (number := _NUMBER.match(query, token.start)) and token.kind != "word":
            past = number.end()
            yield Token("number", number[0], token.start, past)
        else:
            yield token


def _without_stops(token: Token) -> Iterator[Token]:
    name = token.text.rstrip(".")
    middle = token.start + len(name)
    yield Token("name", name, token.start, middle)
    for at in range(middle, token.end):
        yield Token("other", ".", at, at + 1)
