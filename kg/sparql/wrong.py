"""What is wrong with a query that is no SPARQL, and where, in the text that was sent.

The engine names a place in the text as it is respelled for it, where lines are as they were and
columns are not; and where it tried keywords, the place that it names is behind the longest.
"""

from __future__ import annotations

import re
from typing import Final

from kg.sparql.tokens import Token, decode, spoken_of

_SAID: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXPECTED: Final = re.compile(r"expected (?:one of )?(.*)", re.DOTALL)
_ANY: Final = "[_]"
_SIGN: Final = re.compile(r'"[^\w"\\]+"')
_KEYWORD: Final = re.compile(r"[A-Za-z_]+")
_TWELVE: Final = ('"{|"', '"~"', '"<<"', '"<<("')
FEW: Final = 6
"""Signs of which one is missing are listed if they are no more."""


def where_wrong(error: SyntaxError, sent: str, read: str) -> str:
    """A query's error, for who sent it; `read` is its text as the engine got it.

    >>> where_wrong(SyntaxError('error at 1:7: expected "{"'), "SELECT", "SELECT")
    'line 1, column 7: the query ends too early; expected "{"'
    """
    said = _SAID.fullmatch(f"{error}")
    if said is None:
        return f"{error}"
    line, column, why = int(said[1]), int(said[2]), said[3]
    expected = _EXPECTED.fullmatch(why)
    if expected is None:
        return f"line {line}, column {column}: {why}"
    items = expected[1].split(", ")
    reasons = [item for item in items if re.fullmatch(r"[A-Z][a-z].* .*", item)]
    if reasons:
        return f"line {line}: {reasons[0]}"
    start = max(0, _offset(read, line, column) - _behind(items))
    return f"{_stumble(decode(sent), read, start)}{_missing(items)}"


def _behind(items: list[str]) -> int:
    """How far the engine's place may be behind the one where it stumbled."""
    words = [len(item) for item in items if _KEYWORD.fullmatch(item)]
    return max(words, default=int(items == [_ANY]))


def _stumble(sent: str, read: str, start: int) -> str:
    """Which token of the text sent it is that the engine cannot read."""
    found, known = spoken_of(sent), spoken_of(read)
    index = next((i for i, token in enumerate(known) if token.end > start), len(known))
    if index == len(known):
        return f"{_place(sent.rstrip(), len(sent.rstrip()))}: the query ends too early"
    if len(found) != len(known):
        return f"line {_line(read, start)} cannot be read"
    return f"{_place(sent, found[index].start)}: it cannot be read from {_shown(found[index])} on"


def _missing(items: list[str]) -> str:
    signs = [item for item in items if item not in _TWELVE]
    if len(signs) > FEW or not all(map(_SIGN.fullmatch, signs)):
        return ""
    return f"; expected {'one of ' * (len(signs) > 1)}{', '.join(signs)}"


def _shown(token: Token) -> str:
    return f"'{token.text}'" if len(token.text) <= 60 else f"'{token.text[:60]}…'"


def _offset(text: str, line: int, column: int) -> int:
    return sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column - 1


def _line(text: str, offset: int) -> int:
    return len(re.findall(r"\r\n?|\n", text[:offset])) + 1


def _place(text: str, offset: int) -> str:
    column = offset - max(text.rfind(sign, 0, offset) for sign in "\r\n")
    return f"line {_line(text, offset)}, column {column}"
